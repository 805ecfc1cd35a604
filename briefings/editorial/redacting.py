"""Finds words in every field of every record, and puts what is left of them in their place. See `redaction`.

Fields are found by looking at the models, so that a new one is searched unless it is left out here, with the reason.
"""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, models

from briefings.models import (
    Capture,
    Immutable,
    Passage,
    Redaction,
    Seal,
    Snapshot,
    Statement,
    StoredPage,
)
from briefings.models.base import KeyField
from briefings.models.dates import EDTFField
from briefings.models.sources import REMOVED, sha256_of
from briefings.quotes import CONTEXT, Redactor

from .bundles import canonical

SEARCHED_APPS = {"briefings", "reversion", "django_tasks_database", "admin"}
# What is not searched, and why.
LEFT_OUT_MODELS: dict[str, str] = {
    "briefings.redaction": "holds the words until it is carried out, and empties itself then",
    "briefings.storedpage": "is thrown away as a whole and made anew",
    "briefings.user": "names of accounts are changed by an administrator",
    "briefings.formeraddress": "an address leads somewhere for ever",
    "briefings.passage": "follows the stored copy, by its offsets",
}
LEFT_OUT_FIELDS: dict[str, str] = {
    "slug key now": "an address stays for ever; rename it",
    "address canonical_address final_address archive_address": "an address is no text of ours; correct it by hand",
    "status state stage kind act model method property": "one of a few names",
    "verdict location language review support cause code": "one of a few names",
    "country_code wikidata media_type number secret window format db object_id": "a name for machines",
    "text_sha256 raw_sha256 fingerprint reviewed_content approved_text": "a digest",
    "digest previous leaves etag renderer": "a digest",
    "raw warc file": "a file: removed as a whole, or, if it is a picture, replaced by hand",
    "spans validators worker_ids": "numbers and names for machines",
    "task_path queue_name backend_name exception_class_path": "names in the code",
}
SKIPPED = {name for names in LEFT_OUT_FIELDS for name in names.split()}
ALWAYS = {("briefings.schedule", "text"), ("briefings.snapshot", "text")}  # the first a digest, the second done apart
MARKDOWN = {"body", "base_body"}
AT_ONCE = 200


@dataclass(slots=True)
class Place:
    """A field of a record that holds the words: its value now, and what would be left of it."""

    model: type[models.Model]
    pk: Any
    field: str
    before: Any
    after: Any
    file: str = ""
    hashes: tuple[str, str] = ("", "")

    def __post_init__(self) -> None:
        if not any(self.hashes):
            self.hashes = (sha256_of(_text(self.before)), sha256_of(_text(self.after)))


@dataclass(slots=True)
class Touched:
    """A stored copy that holds the words: its text before and after, and where they stood in it."""

    pk: int
    before: str
    after: str
    spans: list[tuple[int, int]] = field(default_factory=list)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else canonical(value)


def searched_fields(model: type[models.Model]) -> dict[str, models.Field]:
    """Return the fields of a model that may hold words and are searched, by name."""
    if model._meta.label_lower in LEFT_OUT_MODELS or model._meta.app_label not in SEARCHED_APPS:
        return {}
    kinds = (models.CharField, models.TextField, models.JSONField)
    return {
        one.name: one
        for one in model._meta.concrete_fields
        if isinstance(one, kinds)
        and not isinstance(one, KeyField | EDTFField | models.URLField | models.FileField)
        and not one.choices
        and one.name not in SKIPPED
        and (model._meta.label_lower, one.name) not in ALWAYS
    }


def places_of(words: str) -> list[Place]:
    """Return every place that holds the words, with what would be left there; nothing is written.

    Reads the whole database, a bounded part of it at a time. ValueError where there are no words.
    """
    redactor = Redactor(words)
    copies = list(_copies(redactor))
    by_hash = {sha256_of(one.before): one for one in copies}
    found = [Place(Snapshot, one.pk, "text", one.before, one.after) for one in copies]
    found += _passages(redactor, copies)
    found += _statements(found)
    done = {(one.model, one.pk, one.field) for one in found}
    for model in apps.get_models():
        places = _in_model(model, redactor, by_hash)
        found += [one for one in places if (one.model, one.pk, one.field) not in done]
    return found + list(_files(redactor, {one.pk for one in copies}))


def touched_copies(places: Iterable[Place], words: str) -> list[Touched]:
    """Return the stored copies among these places, with the spans of the words."""
    redactor = Redactor(words)
    return [
        Touched(one.pk, one.before, one.after, redactor.spans(one.before))
        for one in places
        if one.model is Snapshot and one.field == "text"
    ]


def _copies(redactor: Redactor) -> Iterator[Touched]:
    for pk, text in Snapshot.objects.order_by("pk").values_list("pk", "text").iterator(chunk_size=20):
        after = redactor.plain(text)
        if after != text:
            yield Touched(pk, text, after)


def _passages(redactor: Redactor, copies: list[Touched]) -> Iterator[Place]:
    """Passages follow their copy, so that they stand in it as before; one that did not stand there, its own words."""
    texts = {one.pk: one for one in copies}
    rows = Passage.objects.order_by("pk").values_list("pk", "evidence__snapshot", "start", "end", "exact", "locator")
    for pk, copy, start, end, exact, locator in rows.iterator(chunk_size=AT_ONCE):
        one = texts.get(copy)
        stands = one is not None and one.before[start:end] == exact
        after = one.after[start:end] if one and stands else redactor.plain(exact)
        if after != exact:
            yield Place(Passage, pk, "exact", exact, after)
        if (other := redactor.plain(locator)) != locator:
            yield Place(Passage, pk, "locator", locator, other)


def _statements(places: list[Place]) -> list[Place]:
    """Statements in the very words of a passage go on being so, even where that has but a part of the words."""
    changed = {one.pk: one for one in places if one.model is Passage and one.field == "exact"}
    rows = Passage.objects.filter(pk__in=changed).values_list("pk", "evidence__statement", "evidence__statement__text")
    found = {pk: Place(Statement, pk, "text", text, changed[one].after) for one, pk, text in rows
             if text == changed[one].before}  # fmt: skip
    return list(found.values())


def _in_model(model: type[models.Model], redactor: Redactor, copies: dict[str, Touched]) -> Iterator[Place]:
    fields = searched_fields(model)
    if not fields:
        return
    rows = model._base_manager.order_by("pk").values_list("pk", *fields)
    for pk, *values in rows.iterator(chunk_size=AT_ONCE):
        for one, value in zip(fields.values(), values, strict=True):
            after = _without(model, one, value, redactor, copies) if value else value
            if after != value:
                yield Place(model, pk, one.name, value, after)


def _without(
    model: type[models.Model], one: models.Field, value: Any, redactor: Redactor, copies: dict[str, Touched]
) -> Any:
    """Return a value of a field without the words, by what the field holds."""
    if model is Seal:
        return redactor.html(value) if one.name == "html" else _evidence(value, redactor, copies)
    if isinstance(one, models.JSONField):
        return redactor.value(value)
    if one.name == "serialized_data":
        return _kept_version(value, redactor)
    return (redactor.markdown if one.name in MARKDOWN else redactor.plain)(value)


def _evidence(value: str, redactor: Redactor, copies: dict[str, Touched]) -> str:
    """Selectors follow the copy that they are of, so that a part of the words at an edge goes as well."""
    try:
        bundle = json.loads(value)
    except ValueError:
        return redactor.plain(value)
    for statement in bundle.get("statements", ()):
        for piece in statement.get("evidence", ()):
            if one := copies.get(piece["copy"]["text_sha256"]):
                for passage in piece["passages"]:
                    _follow(passage["selector"], one)
    after = redactor.value(bundle)
    return canonical(after) if canonical(after) != value else value


def _follow(selectors: list[dict[str, Any]], one: Touched) -> None:
    quote, position = selectors
    start, end = position["start"], position["end"]
    for name, first, last in (
        ("prefix", max(0, start - CONTEXT), start),
        ("exact", start, end),
        ("suffix", end, end + CONTEXT),
    ):
        if quote.get(name) == one.before[first:last]:
            quote[name] = one.after[first:last]


def _kept_version(value: str, redactor: Redactor) -> str:
    """What history keeps of a record: each of its fields as in the record itself."""
    try:
        records = json.loads(value)
    except ValueError:
        return redactor.plain(value)
    before = json.dumps(records)
    for record in records:
        model = apps.get_model(record["model"])
        fields = {"exact": None, "locator": None} if model is Passage else {**searched_fields(model), "text": None}
        for name, inner in record["fields"].items():
            if name in fields and inner:
                hide = redactor.markdown if name in MARKDOWN else redactor.value
                record["fields"][name] = hide(inner)
    return value if json.dumps(records) == before else json.dumps(records, ensure_ascii=False)


# Files: the raw bytes and the exchange as it went over the wire


def _files(redactor: Redactor, copies: set[int]) -> Iterator[Place]:
    """The files of copies whose text holds the words, and others in which they can be read."""
    for model in (Snapshot, Capture):
        for one in model._base_manager.order_by("pk").only("raw", "warc", "raw_sha256").iterator(chunk_size=AT_ONCE):
            for name in ("raw", "warc"):
                stored = getattr(one, name).name
                if not stored or stored.startswith(REMOVED):
                    continue
                if (model is Snapshot and one.pk in copies) or _holds(stored, redactor):
                    after = f"{REMOVED}{stored.rpartition('/')[2]}"
                    before = one.raw_sha256 if name == "raw" else sha256_of(stored)
                    yield Place(model, one.pk, name, stored, after, stored, (before, sha256_of(after)))


def _holds(name: str, redactor: Redactor) -> bool:
    try:
        with default_storage.open(name) as file:
            content = file.read()
    except OSError:
        return False
    try:
        content = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
    except (OSError, EOFError):
        return False
    text = content.decode("utf-8", "replace")
    return redactor.plain(text) != text or redactor.html(text) != text


def remove_files(names: Iterable[str]) -> int:
    """Remove files that no record names any more; return how many. A file that is gone already is no news."""
    left = [name for name in names if _is_left(name)]
    for name in left:
        default_storage.delete(name)
    return len(left)


def _is_left(name: str) -> bool:
    named = models.Q(raw=name) | models.Q(warc=name)
    held = any(model._base_manager.filter(named).exists() for model in (Snapshot, Capture))
    return not held and default_storage.exists(name)


def left_files() -> list[tuple[str, str]]:
    """Return the files that redactions had to remove and that are there still, each after its redaction's key."""
    rows = Redaction.objects.published().values_list("key", "places")
    named = dict.fromkeys((key, place["file"]) for key, places in rows for place in places if place.get("file"))
    return [(key, name) for key, name in named if _is_left(name)]


# Writing


def write(places: Iterable[Place]) -> None:
    """Put what is left in place of what stood there, inside the transaction of the act."""
    by_record: dict[tuple[type[models.Model], Any], dict[str, Any]] = defaultdict(dict)
    for place in places:
        by_record[place.model, place.pk][place.field] = place.after
    for (model, pk), values in by_record.items():
        rows = model._base_manager.filter(pk=pk)
        if issubclass(model, Immutable):
            rows.redact(**values)
        else:
            rows.update(**values)
    StoredPage.objects.all().delete()


def hold_everything() -> None:
    """Keep others from writing until the transaction ends, so that no word slips in behind the search."""
    if connection.vendor == "postgresql":
        tables = [connection.ops.quote_name(model._meta.db_table) for model in apps.get_models() if _is_searched(model)]
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {', '.join(tables)} IN SHARE ROW EXCLUSIVE MODE")


def _is_searched(model: type[models.Model]) -> bool:
    return bool(searched_fields(model)) or model in (Snapshot, Passage, Capture)
