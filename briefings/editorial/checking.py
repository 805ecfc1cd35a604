"""Checks one object of a content file by itself, before the database is asked: its shape, types and values.

How it stands to other objects is checked in `loading`.
"""

import copy
import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.models import Snapshot
from briefings.models.sources import REMOVED, sha256_of_file

from .faults import Fault, Faults
from .fixtures import KINDS, Key, Kind, name_of

REMEMBERED = 1_000  # values of a field known to be good, such as "en" and "published"


@dataclass(slots=True)
class Row:
    """One object that may be loaded: values of plain fields, natural keys of what it points at."""

    file: str
    line: int
    key: Key
    plain: dict[str, Any]
    references: dict[str, Key | None]
    many: dict[str, list[Key]]


class Bad(ValueError):
    """A value that cannot be taken."""

    def __init__(self, sentence: str, remedy: str = ""):
        self.sentence, self.remedy = sentence, remedy
        super().__init__(sentence)


TYPES = {
    str: gettext_lazy("a text"),
    int: gettext_lazy("a number"),
    float: gettext_lazy("a fraction"),
    bool: gettext_lazy("true or false"),
    type(None): gettext_lazy("null"),
    list: gettext_lazy("a list"),
    dict: gettext_lazy("an object"),
}


def shown(value: Any) -> str:
    """Return a value as a message shows it: whole if short, else its beginning."""
    text = value if isinstance(value, str) else repr(value)
    text = text.encode(errors="backslashreplace").decode().replace("\x00", "\\x00")
    return text if len(text) <= 80 else f"{text[:80]}…"


def shortened(sentence: str) -> str:
    """Cut out the middle of a message that repeats a long value."""
    return sentence if len(sentence) <= 400 else f"{sentence[:150]}…{sentence[-200:]}"


def expect(value: Any, wanted: type) -> None:
    if type(value) is not wanted:
        names = {"wanted": TYPES[wanted], "found": TYPES[type(value)]}
        raise Bad(_("Here belongs %(wanted)s, not %(found)s.") % names, _("Correct it in the file."))


class FieldCheck:
    """Turns a JSON value into the value of one plain field, as strict about its type as `full_clean` is about the rest.

    Calling it raises Bad. Short values that were found good are remembered: most fields repeat a handful of them.
    """

    def __init__(self, field: models.Field):
        self.field = copy.copy(field)
        self.field.editable = True  # Django checks no choices of what no form shows, such as the status
        self.known: dict[Any, Any] = {}
        self.type: type = int if isinstance(field, models.IntegerField) else str
        if isinstance(field, models.BooleanField):
            self.type = bool
        if isinstance(field, models.JSONField):
            self.type = list if field.default is list else dict

    def __call__(self, value: Any) -> Any:
        try:
            return self.known[type(value), value]
        except (KeyError, TypeError):
            checked = self.check(value)
        if len(self.known) < REMEMBERED and len(str(value)) < 64:
            self.known[type(value), value] = checked
        return checked

    def check(self, value: Any) -> Any:
        if value is None:
            return self.nothing()
        expect(value, self.type)
        for words in _words_in(value):
            self._check_characters(words)
        if isinstance(self.field, models.DateTimeField):
            value = moment(value)
        return self.clean(value)

    def nothing(self) -> None:
        if not self.field.null:
            raise Bad(str(self.field.error_messages["null"]), _("Give it a value."))

    def clean(self, value: Any) -> Any:
        """Check a value of the right type as `full_clean` does: what may be empty and is, passes."""
        if self.field.blank and value in self.field.empty_values:
            return value
        try:
            return self._clean(value)
        except ValidationError as error:
            raise Bad(shortened(" ".join(error.messages)), remedy(self.field, error)) from error

    def _clean(self, value: Any) -> Any:
        if isinstance(self.field, models.FileField):
            self._check_file(value)
            return self.field.clean(self.field.attr_class(None, self.field, value), None).name
        return self.field.clean(value, None)

    def _check_file(self, name: str) -> None:
        path = PurePosixPath(name)
        if name.startswith(REMOVED) and ".." not in path.parts:  # its hash is kept, and `verify` asks for the redaction
            return
        if path.is_absolute() or ".." in path.parts or not self.field.storage.exists(name):
            raise Bad(_("The media folder has no such file."), _("Copy the file there, then load this."))

    def _check_characters(self, value: str) -> None:
        if "\x00" in value:
            raise Bad(_("The text holds a NUL character, which no database keeps."), _("Remove it."))
        try:
            value.encode()
        except UnicodeEncodeError as error:
            half = _("The text holds half a character (a lone surrogate, \\ud800 to \\udfff).")
            raise Bad(half, _("Write the whole character.")) from error


def _words_in(value: Any) -> Iterator[str]:
    """Yield the texts of a JSON value, those inside it too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from _words_in(inner)


def moment(value: str) -> datetime.datetime:
    """Read a time with its zone, for example 2026-11-22T08:00:00Z."""
    try:
        found = parse_datetime(value)
        if found is not None and found.tzinfo is not None:
            return found.astimezone(datetime.UTC)
    except (ValueError, OverflowError):  # no such day, or in UTC one before the year 1 or after 9999
        pass
    raise Bad(_("This is not a time with its zone."), _("Write it as 2026-11-22T08:00:00Z."))


def remedy(field: models.Field, error: ValidationError) -> str:
    """Say what to do about a message of Django's own that does not say it."""
    code = error.error_list[0].code
    if code == "invalid_choice" and field.choices:
        return _("Choose one of: %(names)s.") % {"names": ", ".join(str(value) for value, _label in field.flatchoices)}
    if code in ("blank", "null"):
        return _("Give it a value.")
    return _("Use another value, or change what is stored.") if code in ("unique", "unique_together") else ""


class ObjectCheck:
    """Turns the JSON of one object into a Row, and notes what is wrong with it."""

    def __init__(self, faults: Faults):
        self.faults = faults
        self.checks = {
            label: {name: FieldCheck(kind.fields[name]) for name in kind.plain} for label, kind in KINDS.items()
        }

    def row(self, file: str, line: int, content: Any) -> tuple[Kind, Row | None, Key | None]:
        """Return the kind, the row and the natural key of an object; row and key are None where they cannot be told.

        Raises Bad where not even the kind can be told.
        """
        kind, fields = shape(content)
        row = Row(file, line, (), {}, {}, {})
        wrong = {name: self._bad(kind, row, name, value) for name, value in fields.items()}
        wrong = {name: bad for name, bad in wrong.items() if bad}
        if kind.model is Snapshot and "text" in row.plain:
            fill_in(row.plain)
            if bad := wrong_raw_file(row.plain):
                wrong["raw_sha256"] = bad
        for name in kind.identity:
            if name not in fields and name not in row.plain and (bad := self._missing_part(kind, row, name)):
                wrong[name] = bad
        key = None
        if not any(name in kind.identity for name in wrong):
            key = row.key = kind.key_of(row.plain, row.references)
        thing = name_of(kind, key or (shown(fields.get(kind.identity[0], "")),))
        for name, bad in wrong.items():
            self.faults.append(Fault(file, line, thing, name, shown(fields.get(name, "")), bad.sentence, bad.remedy))
        return kind, (None if wrong else row), key

    def default(self, kind: Kind, name: str) -> Any:
        """Return the value of a plain field that a new object leaves out; raises Bad if it may not be left out."""
        return self.checks[kind.label][name].clean(kind.fields[name].get_default())

    def _missing_part(self, kind: Kind, row: Row, name: str) -> Bad | None:
        """Fill in a part of the key that the object leaves out, or return that it may not be left out."""
        field = kind.fields[name]
        if name in kind.references and field.null:
            row.references[name] = None
        elif name in kind.plain and field.has_default():
            row.plain[name] = field.get_default()
        else:
            return Bad(_("Without this field the object has no key."), _("Add it."))
        return None

    def _bad(self, kind: Kind, row: Row, name: str, value: Any) -> Bad | None:
        """Put the value of a field into the row, or return what is wrong with it."""
        try:
            if name not in kind.fields:
                raise unknown(kind, name)
            if name in kind.plain:
                row.plain[name] = self.checks[kind.label][name](value)
            elif name in kind.many:
                expect(value, list)
                row.many[name] = list(dict.fromkeys(reference(kind, name, key) for key in value))
            else:
                row.references[name] = None if value is None else reference(kind, name, value)
                if value is None and not kind.fields[name].null:
                    raise Bad(str(kind.fields[name].error_messages["null"]), _("Name what it belongs to."))
        except Bad as bad:
            return bad
        return None


def shape(content: Any) -> tuple[Kind, Mapping[str, Any]]:
    """Return the kind and the fields of an object; raises Bad for anything but {"model": …, "fields": {…}}."""
    form = _("Write each object as {“model”: “briefings.topic”, “fields”: {…}}.")
    if type(content) is not dict:
        raise Bad(_("Here belongs an object, not %(found)s.") % {"found": TYPES[type(content)]}, form)
    if "pk" in content:
        raise Bad(_("A “pk” belongs to one database alone."), _("Remove it: objects are named by their keys."))
    if set(content) != {"model", "fields"} or type(content["fields"]) is not dict:
        raise Bad(_("An object has a “model”, “fields” and nothing else."), form)
    if not isinstance(content["model"], str) or content["model"].lower() not in KINDS:
        sentence = _("“%(model)s” is not loaded from files.") % {"model": shown(content["model"])}
        raise Bad(sentence, _("These are: %(models)s.") % {"models": ", ".join(KINDS)})
    return KINDS[content["model"].lower()], content["fields"]


def unknown(kind: Kind, name: str) -> Bad:
    known = {field.name for field in kind.model._meta.get_fields()}
    if name in known:
        return Bad(_("This is kept or worked out by the site and not loaded."), _("Remove it."))
    fields = ", ".join(kind.fields)
    return Bad(_("There is no such field."), _("The fields are: %(fields)s.") % {"fields": fields})


def reference(kind: Kind, name: str, value: Any) -> Key:
    """Read the natural key of what a field points at: a list such as ["dawn"] or ["iqbal-2017", 1]."""
    target = kind.target(name)
    form = _("Name one by its key: [%(parts)s].") % {"parts": ", ".join(target.key_lookups)}
    if type(value) is not list or len(value) != len(target.key_types):
        raise Bad(_("This is not the key of one %(target)s.") % {"target": target.name}, form)
    for part, wanted in zip(value, target.key_types, strict=True):
        if type(part) is not wanted or (isinstance(part, str) and not _may_be_key(part)):
            raise Bad(_("This is not the key of one %(target)s.") % {"target": target.name}, form)
    return tuple(value)


def _may_be_key(part: str) -> bool:
    return len(part) <= 500 and part.isascii() and part.isprintable()


def fill_in(values: dict[str, Any]) -> None:
    """Give the values of a stored copy the line ends and hashes that it gets when it is saved."""
    copy = Snapshot(**{name: values[name] for name in ("text", "text_sha256", "raw_sha256") if name in values})
    copy.fill_in()
    values["text"], values["text_sha256"] = copy.text, copy.text_sha256
    if "raw_sha256" in values:
        values["raw_sha256"] = copy.raw_sha256


def wrong_raw_file(values: Mapping[str, Any]) -> Bad | None:
    """Return what is wrong with the raw file of a stored copy: it could never be corrected once it is stored."""
    if not values.get("raw") or values["raw"].startswith(REMOVED):
        return None
    try:
        with Snapshot._meta.get_field("raw").storage.open(values["raw"]) as file:
            same = sha256_of_file(file) == values.get("raw_sha256")
    except OSError:
        same = False
    return None if same else Bad(_("The hash is not that of the raw file."), _("Copy the file as it was got."))
