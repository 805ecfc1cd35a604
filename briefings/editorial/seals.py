"""Seals published revisions: what readers saw and what it rested on, each part with its hash, bound into a chain.

Whoever holds the digest of a briefing's latest version can tell whether anything of it or of an earlier one was
changed. The parts are hashed as they are stored: texts as their UTF-8, all else as canonical JSON (see `bundles`).
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Coalesce

from briefings.briefing_pages import text_of
from briefings.models import PublishedRevision, Seal
from briefings.models.sources import sha256_of

from .bundles import bundle, canonical, moment

PLAIN = ("title", "standfirst", "body", "language", "change_note", "at", "dated", "is_major")  # of the revision
LISTS = {"authors": ("author_rows", "person__slug"), "topics": ("topic_rows", "topic__slug")}
KEPT = ("html", "evidence")  # in the seal itself


def seal(revision: PublishedRevision) -> Seal:
    """Seal a new revision, whose topics, byline and citations are written; call it in the transaction that made it.

    It continues the digest of the briefing's version before. The address is kept as it is now, so that a later change
    of it breaks nothing.
    """
    slug = revision.briefing.slug
    before = Seal.objects.filter(revision__briefing=revision.briefing_id, revision__version=revision.version - 1)
    previous = before.values_list("digest", flat=True).first() or ""
    kept = {"html": text_of(revision), "evidence": canonical(bundle(revision))}
    values = {name: getattr(revision, name) for name in PLAIN} | kept
    for name, (rows, key) in LISTS.items():
        values[name] = list(getattr(revision, rows).order_by("pk").values_list(key, flat=True))
    leaves = {"slug": slug, **{name: hash_of(value) for name, value in values.items()}}
    digest = digest_of(slug, revision.version, leaves, previous)
    return Seal.objects.create(revision=revision, leaves=leaves, previous=previous, digest=digest, **kept)


def digest_of(slug: str, version: int, leaves: dict[str, str], previous: str) -> str:
    """Return the digest that binds the parts of one version to each other and to the version before."""
    bound = {"briefing": slug, "version": version, "leaves": leaves, "previous": previous}
    return sha256_of(canonical(bound))


def hash_of(value: Any) -> str:
    """Return the SHA-256 of a part: of a text itself, of a moment as it is written, of all else as canonical JSON."""
    if isinstance(value, str):
        return sha256_of(value)
    return sha256_of(moment(value) if isinstance(value, datetime) else canonical(value))


def seal_missing(briefings: Collection[str] | None = None) -> int:
    """Seal the revisions that came without a seal and behind which none is sealed, in order; return how many."""
    found = PublishedRevision.objects.filter(seal=None)
    if briefings is not None:
        found = found.filter(briefing__slug__in=briefings)
    sealed = Seal.objects.filter(revision__briefing=OuterRef("briefing")).order_by()
    last = sealed.values("revision__briefing").annotate(last=Max("revision__version")).values("last")
    found = found.annotate(sealed=Coalesce(Subquery(last), 0)).order_by("briefing", "version")
    pks = [pk for pk, version, last in found.values_list("pk", "version", "sealed") if version > last]
    for pk in pks:
        seal(PublishedRevision.objects.select_related("briefing").get(pk=pk))
    return len(pks)
