"""Publishers as pages print them, found among the organizations by name and other name, or made as drafts."""

import unicodedata
from collections.abc import Iterable, Mapping

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.text import slugify

from briefings.models import Alias, Organization, OrganizationKind, User
from briefings.permissions import READ, may

from .keys import first_free, taken_keys

LONGEST_SLUG = 60
LONGEST_NAME = 200
_THE = ("the ", "www.")


def match_publishers(names: Iterable[str], *, by: User | None) -> dict[str, Organization]:
    """Return the organization that each of `names` is called by, in two queries whatever their number.

    Case, a leading “The” and spaces make no difference. A name of its own goes before another name; media outlets
    before others; what `by` may not read is not found (None stands for the command line, which reads all).
    """
    wanted = {name: _folded(name) for name in names if name.strip()}
    forms = {form for folded in wanted.values() for form in (folded, f"the {folded}")}
    named = Organization.objects.annotate(folded=Lower("name")).filter(_among("folded", forms))
    aliases = Alias.objects.annotate(folded=Lower("name")).filter(_among("folded", forms), organization__isnull=False)
    found: dict[str, list[Organization]] = {}
    for thing in named.order_by("pk"):
        found.setdefault(_folded(thing.name), []).append(thing)
    for alias in aliases.select_related("organization").order_by("pk"):
        found.setdefault(_folded(alias.name), []).append(alias.organization)
    return {name: best for name, folded in wanted.items() if (best := _best(found.get(folded, []), by)) is not None}


def _among(column: str, forms: set[str]) -> Q:
    return Q(**{f"{column}__in": sorted(forms)})


def _folded(name: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", name).split()).lower()
    for start in _THE:
        name = name.removeprefix(start)
    return name


def _best(things: list[Organization], by: User | None) -> Organization | None:
    readable = [thing for thing in things if by is None or may(by, READ, thing)]
    return min(readable, key=lambda thing: thing.kind != OrganizationKind.MEDIA, default=None)


def new_publisher(name: str, kind: str = OrganizationKind.MEDIA) -> Organization:
    """Return an unsaved draft of an organization of this name, with a slug that no other has."""
    slug = _slug(name)
    return _draft(name, first_free(slug, taken_keys(Organization, slug)), kind)


def make_publishers(kinds: Mapping[str, str], *, by: User | None) -> dict[str, Organization]:
    """Return the organization of each of these names (name: kind where it is new), made as drafts where there is none.

    Five queries, whatever their number; to be called in a transaction.
    """
    found = match_publishers(kinds, by=by)
    taken = taken_keys(Organization)
    drafts: dict[str, Organization] = {}
    for name, kind in kinds.items():
        if name.strip() and name not in found and _folded(name) not in drafts:
            slug = first_free(_slug(name), taken)
            taken.add(slug)
            drafts[_folded(name)] = _draft(name, slug, kind)
            drafts[_folded(name)].created_by = by
    Organization.objects.bulk_create(drafts.values())
    return {name: found.get(name) or drafts[_folded(name)] for name in kinds if name.strip()}


def _slug(name: str) -> str:
    return slugify(name)[:LONGEST_SLUG].strip("-") or "publisher"


def _draft(name: str, slug: str, kind: str) -> Organization:
    return Organization(name=" ".join(name.split())[:LONGEST_NAME], slug=slug, kind=kind)
