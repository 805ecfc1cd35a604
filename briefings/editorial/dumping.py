"""Writes all content into the files that `loading` reads: the same content always gives the same bytes.

Objects are sorted by their keys, byte by byte on every database; each part of a statement follows it. Who made
something and what can be worked out again is not written (see `fixtures`).
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Func, Prefetch, QuerySet

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
    Organization,
    Passage,
    Person,
    PublishedRevision,
    Redaction,
    RevisionAuthor,
    RevisionTopic,
    Seal,
    SentenceMark,
    Snapshot,
    Source,
    Statement,
    StatementLink,
    Topic,
)

from .fixtures import Kind, kind_of, written

AT_ONCE = 200


class Bytewise(Func):
    """Orders by the bytes of UTF-8, whatever the language that the database sorts in."""

    template = '%(expressions)s COLLATE "C"'
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="%(expressions)s COLLATE BINARY", **extra)


def dump(folder: Path) -> dict[str, int]:
    """Write the content files into a folder, which is made if need be; return how many objects each file holds.

    All files are written beside the old ones and put in their place at the end, so that a dump which is cut off leaves
    the old ones as they were. Raises OSError where they cannot be written; the old ones are then kept too.
    """
    folder.mkdir(parents=True, exist_ok=True)
    counts, finished = {}, []
    try:
        with one_moment():
            for name, content in FILES.items():
                new = folder / f".{name}.new"
                finished.append((new, folder / name))
                counts[name] = _write(new, content())
        for new, file in finished:
            new.replace(file)
    finally:
        for new, _file in finished:
            new.unlink(missing_ok=True)
    return counts


def _write(path: Path, objects: Iterable[str]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("[")
        for text in objects:
            file.write(",\n" if count else "\n")
            file.write(text)
            count += 1
        file.write("\n]\n" if count else "]\n")
        file.flush()
        os.fsync(file.fileno())
    return count


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything as it is at one moment, while others go on writing."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # atomic() would take the lock for writing, which a reader does not need
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


# What stands in each file, in order


def in_order(queryset: QuerySet, *lookups: str) -> QuerySet:
    """Sort by these fields; text byte by byte."""
    return queryset.order_by(*(_order(queryset.model, lookup) for lookup in lookups))


def _order(model: type[models.Model], lookup: str) -> Any:
    *path, last = lookup.split("__")
    for name in path:
        model = model._meta.get_field(name).related_model
    is_text = isinstance(model._meta.get_field(last), models.CharField | models.TextField)
    return Bytewise(lookup) if is_text else lookup


def texts(queryset: QuerySet) -> Iterator[str]:
    """Write the objects of a queryset, a bounded number of them in memory."""
    kind = kind_of(queryset.model)
    for record in complete(queryset).iterator(chunk_size=AT_ONCE):
        yield text_of(kind, record)


def complete(queryset: QuerySet) -> QuerySet:
    """Fetch with a queryset what the keys of its objects and of what they point at are made of."""
    kind = kind_of(queryset.model)
    paths = {path for name in kind.references for path in _paths(kind, name)}
    return queryset.select_related(*sorted(paths)).prefetch_related(*kind.many)


def _paths(kind: Kind, name: str) -> Iterator[str]:
    """The relations to follow from a kind to know the key of what its field `name` points at."""
    yield name
    for lookup in kind.target(name).key_lookups:
        if "__" in lookup:
            yield f"{name}__{lookup.rpartition('__')[0]}"


def text_of(kind: Kind, record: models.Model) -> str:
    return written(kind, {name: _value(kind, record, name) for name in kind.fields})


def _value(kind: Kind, record: models.Model, name: str) -> Any:
    value = getattr(record, name)
    if name in kind.many:
        return sorted(other.natural_key() for other in value.all())
    if name in kind.references:
        return value and value.natural_key()
    return value.name if isinstance(kind.fields[name], models.FileField) else value


def topics() -> Iterator[str]:
    yield from texts(in_order(Topic.objects.all(), "slug"))


def organizations() -> Iterator[str]:
    yield from texts(in_order(Organization.objects.all(), "slug"))
    yield from texts(in_order(Alias.objects.exclude(organization=None), "organization__slug", "name", "language"))


def people() -> Iterator[str]:
    yield from texts(in_order(Person.objects.all(), "slug"))
    yield from texts(in_order(Alias.objects.exclude(person=None), "person__slug", "name", "language"))


def events() -> Iterator[str]:
    yield from texts(in_order(Event.objects.all(), "slug"))


def sources() -> Iterator[str]:
    yield from texts(in_order(Source.objects.all(), "key"))
    yield from texts(in_order(Snapshot.objects.all(), "source__key", "imported_at", "text_sha256"))


def statements() -> Iterator[str]:
    """Each statement is followed by its evidence, and each piece of evidence by its passages and its route."""
    parts = [Prefetch(name, complete(model.objects.order_by("order"))) for name, model in EVIDENCE_PARTS.items()]
    evidence = complete(Evidence.objects.order_by("order")).defer("snapshot__text").prefetch_related(*parts)
    whole = complete(in_order(Statement.objects.all(), "key")).prefetch_related(Prefetch("evidence", evidence))
    for statement in whole.iterator(chunk_size=AT_ONCE):
        yield text_of(kind_of(Statement), statement)
        for piece in statement.evidence.all():
            yield text_of(kind_of(Evidence), piece)
            for name, model in EVIDENCE_PARTS.items():
                for part in getattr(piece, name).all():
                    yield text_of(kind_of(model), part)
    yield from texts(in_order(StatementLink.objects.all(), *StatementLink.natural_key_fields))


def claims() -> Iterator[str]:
    yield from texts(in_order(Claim.objects.all(), *Claim.natural_key_fields))


def briefings() -> Iterator[str]:
    yield from texts(in_order(Briefing.objects.all(), "slug"))
    yield from texts(in_order(Illustration.objects.all(), *Illustration.natural_key_fields))
    yield from texts(in_order(PublishedRevision.objects.all(), *PublishedRevision.natural_key_fields))
    by_revision = ("revision__briefing__slug", "revision__version")
    yield from texts(in_order(RevisionTopic.objects.all(), *by_revision, "topic__slug"))
    yield from texts(in_order(RevisionAuthor.objects.all(), *by_revision, "id"))  # the order of the byline


def seals() -> Iterator[str]:
    yield from texts(in_order(Seal.objects.all(), *Seal.natural_key_fields))


def editorial() -> Iterator[str]:
    for model in (Acceptance, SentenceMark, Correction, FormerAddress):
        yield from texts(in_order(model.objects.all(), *model.natural_key_fields))
    yield from texts(in_order(Redaction.objects.published(), "key"))


EVIDENCE_PARTS: dict[str, type[models.Model]] = {"passages": Passage, "steps": AttributionStep}
FILES = {
    "10_topics.json": topics,
    "20_organizations.json": organizations,
    "30_people.json": people,
    "40_events.json": events,
    "50_sources.json": sources,
    "60_statements.json": statements,
    "70_claims.json": claims,
    "80_briefings.json": briefings,
    "85_seals.json": seals,
    "90_editorial.json": editorial,
}
