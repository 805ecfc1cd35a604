"""The format of content files: which models and fields they hold, in which file, and how an object is written.

Reading and checking is left to `strict_json`, `checking` and `loading`, writing to `dumping`.
"""

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.db import models

from briefings.models import (
    Acceptance,
    Alias,
    AttributionStep,
    Briefing,
    Claim,
    Correction,
    Event,
    Evidence,
    FormerAddress,
    Illustration,
    Immutable,
    Organization,
    Passage,
    Person,
    Publishable,
    PublishedRevision,
    Record,
    Redaction,
    Reviewable,
    RevisionAuthor,
    RevisionTopic,
    Seal,
    SentenceMark,
    Snapshot,
    Source,
    Statement,
    StatementLink,
    Topic,
    User,
)

# In the order in which they are written to a database: after everything they point at, save others of their own kind.
MODELS: tuple[type[models.Model], ...] = (
    Redaction,
    Topic, Organization, Person, Alias, Event, Source, Snapshot, Statement, Evidence, Passage, AttributionStep,
    StatementLink, Claim, Briefing, Illustration, PublishedRevision, RevisionTopic, RevisionAuthor, Seal,
    Acceptance, SentenceMark, Correction, FormerAddress,
)  # fmt: skip
# What the database works out or decides by itself, and what belongs to one installation alone.
LEFT_OUT: dict[type[models.Model], set[str]] = {
    Record: {"version", "modified_at"},
    Evidence: {"verdict", "location", "checked_at"},
    Briefing: {"current", "scheduled_for", "stage", "approved_text"},
    Illustration: {"width", "height"},
    Redaction: {"words"},  # only those are written that were carried out, and they have none
    Reviewable: {"review", "reviewed_at", "reviewed_content"},
}
Key = tuple[str | int | None, ...]


class Kind:
    """One model as content files hold it: `fields` in the order they are written, natural keys for all relations."""

    def __init__(self, model: type[models.Model]):
        self.model = model
        self.label = model._meta.label_lower
        self.name = str(model._meta.verbose_name)
        left_out = {name for base, names in LEFT_OUT.items() if issubclass(model, base) for name in names}
        self.fields = {
            field.name: field
            for field in [*model._meta.concrete_fields, *self._own_links()]
            if not (field.primary_key or field.generated or field.related_model is User or field.name in left_out)
        }
        self.many = [name for name, field in self.fields.items() if field.many_to_many]
        self.references = [name for name, field in self.fields.items() if field.is_relation and name not in self.many]
        self.plain = [name for name, field in self.fields.items() if not field.is_relation]
        self.is_immutable = issubclass(model, Immutable)
        self.is_publishable = issubclass(model, Publishable)

    def _own_links(self) -> list[models.ManyToManyField]:
        return [link for link in self.model._meta.many_to_many if link.remote_field.through._meta.auto_created]

    @property
    def key_lookups(self) -> tuple[str, ...]:
        return self.model.natural_key_fields

    @cached_property
    def identity(self) -> list[str]:
        """The fields of this very model that its natural key is made of."""
        return list(dict.fromkeys(lookup.split("__")[0] for lookup in self.key_lookups))

    @cached_property
    def key_types(self) -> tuple[type, ...]:
        """What each part of a natural key is in JSON: str or int."""
        return tuple(self._key_type(lookup.split("__")) for lookup in self.key_lookups)

    def _key_type(self, names: list[str]) -> type:
        field = self.model._meta.get_field(names[0])
        if len(names) > 1:
            return KINDS[field.related_model._meta.label_lower]._key_type(names[1:])
        return int if isinstance(field, models.IntegerField) else str

    def target(self, name: str) -> "Kind":
        """The kind that a relation points at."""
        return KINDS[self.fields[name].related_model._meta.label_lower]

    def key_of(self, plain: Mapping[str, Any], references: Mapping[str, Key | None]) -> Key:
        """Return the natural key of an object with these values and these keys of what it points at."""
        key: list[Any] = []
        for name in self.identity:
            if name in self.references:
                key += references[name] or [None] * len(self.target(name).key_types)
            else:
                key.append(plain[name])
        return tuple(key)


KINDS: dict[str, Kind] = {model._meta.label_lower: Kind(model) for model in MODELS}


def kind_of(model: type[models.Model]) -> Kind:
    return KINDS[model._meta.label_lower]


def name_of(kind: Kind, key: Key) -> str:
    """Name an object in a sentence: statement “iqbal-2017”, passage “iqbal-2017, 1, 2”."""
    parts = ", ".join(str(part)[:80] for part in key if part is not None)
    return f"{kind.name} “{parts}”"


def written(kind: Kind, fields: Mapping[str, Any]) -> str:
    """Return one object as a content file holds it: a line for each field, without the comma after the object."""
    lines = [f"      {_json(name)}: {_json(value)}" for name, value in fields.items()]
    return f'  {{\n    "model": {_json(kind.label)},\n    "fields": {{\n' + ",\n".join(lines) + "\n    }\n  }"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_moment)


def _moment(value: Any) -> str:
    """Write a time in UTC to the microsecond, so that what is loaded again is what was written."""
    return value.isoformat().replace("+00:00", "Z")
