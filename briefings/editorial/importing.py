"""Imports references from a reference manager as sources: previewed first, then all of them or none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import capfirst

from briefings.articles import Reference
from briefings.models import DateBasis, Organization, OrganizationKind, Source, SourceKind, User
from briefings.permissions import ADD

from .capture import allow
from .keys import first_free, taken_keys
from .known_sources import canonical
from .publishers import make_publishers
from .suggestions import key_of

_AT_ONCE = 500
_BY_MEDIA = {SourceKind.NEWS, SourceKind.WEB, SourceKind.BROADCAST, SourceKind.POST, SourceKind.TRANSCRIPT}


@dataclass(frozen=True, slots=True)
class Planned:
    """One reference and what would become of it.

    `known` is the source that is here under its address already, `repeats` says that an earlier reference of the same
    export has it, and `errors` are sentences that keep it out. `problems` are codes of `articles.PROBLEMS`.
    """

    reference: Reference
    canonical_address: str
    known: Source | None
    repeats: bool
    errors: tuple[str, ...]

    @property
    def is_new(self) -> bool:
        """Whether it would become a source."""
        return not (self.known or self.repeats or self.errors)


def plan_import(references: Sequence[Reference]) -> list[Planned]:
    """Say of each reference, in order, whether it would become a source; nothing is written.

    A fixed number of queries for each 500 references.
    """
    addresses = [canonical(reference.address) for reference in references]
    known = _known(addresses)
    seen: set[str] = set()
    planned = []
    for reference, address in zip(references, addresses, strict=True):
        planned.append(
            Planned(reference, address, known.get(address), bool(address) and address in seen, _errors(reference))
        )
        seen.add(address)
    return planned


def _known(addresses: Iterable[str]) -> dict[str, Source]:
    wanted = sorted({address for address in addresses if address})
    found = {}
    for first in range(0, len(wanted), _AT_ONCE):
        for source in Source.objects.filter(canonical_address__in=wanted[first : first + _AT_ONCE]):
            found[source.canonical_address] = source
    return found


def _errors(reference: Reference) -> tuple[str, ...]:
    try:
        _source(reference, "key", None, canonical(reference.address)).clean_fields()
    except ValidationError as error:
        labels = {field.name: capfirst(field.verbose_name) for field in Source._meta.concrete_fields}
        return tuple(f"{labels[name]}: {' '.join(said)}" for name, said in error.message_dict.items())
    return ()


def _source(reference: Reference, key: str, publisher: Organization | None, address: str) -> Source:
    return Source(
        key=key,
        title=reference.title,
        kind=reference.kind or SourceKind.DOCUMENT,
        address=reference.address if address else "",
        canonical_address=address or None,
        publisher=publisher,
        authors=reference.authors,
        published=reference.published,
        published_basis=DateBasis.EDITORS if reference.published else "",
        language=reference.language or "en",
    )


def import_references(references: Sequence[Reference], *, by: User | None) -> list[Source]:
    """Make a draft without a copy of each reference that would become a source; publishers not known become drafts too.

    What is here already is left as it is, so that the same export a second time makes nothing. One transaction, in
    sets. Raises PermissionDenied.
    """
    allow(by, ADD, Source)
    with transaction.atomic():
        new = [one for one in plan_import(references) if one.is_new]
        publishers = make_publishers(_publisher_kinds(one.reference for one in new), by=by)
        taken = taken_keys(Source)
        sources = []
        for one in new:
            key = first_free(key_of(one.reference.title, one.reference.publisher, one.reference.published), taken)
            taken.add(key)
            sources.append(_source(one.reference, key, publishers.get(one.reference.publisher), one.canonical_address))
            sources[-1].created_by = by
        return Source.objects.bulk_create(sources, batch_size=_AT_ONCE)


def _publisher_kinds(references: Iterable[Reference]) -> dict[str, str]:
    """What each publisher is, where it has to be made: a media outlet by what it carries."""
    return {
        one.publisher: OrganizationKind.MEDIA if one.kind in _BY_MEDIA else OrganizationKind.OTHER
        for one in references
        if one.publisher
    }
