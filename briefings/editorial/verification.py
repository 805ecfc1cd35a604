"""Holds the whole database to its promises: stored copies and passages unchanged, wording as recorded, public things
pointing at public things, citations and stored pages as they would be made today. It reads and never mends.

Findings come one by one, in bounded memory, whatever the size of the database.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby, islice

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from briefings.models import (
    Briefing,
    Citation,
    Evidence,
    Passage,
    PublishedRevision,
    Redacted,
    Redaction,
    Snapshot,
    Statement,
    StoredPage,
)
from briefings.models.sources import sha256_of, sha256_of_file
from briefings.rendering import citation_places

from .evidence import wordings
from .exposure import public_findings
from .findings import Finding, about
from .fixtures import kind_of
from .rebuilding import not_at_latest
from .redacting import left_files
from .seal_checks import seal_findings

COPIES_AT_ONCE = 20
SHOWN = 60  # code points of differing words in a sentence


def findings(
    *,
    pages: QuerySet[StoredPage] | None = None,
    render: Callable[[Briefing], str] = lambda briefing: "",
    counts: Counter[str] | None = None,
) -> Iterator[Finding]:
    """Yield everything that does not hold in the whole database.

    `pages` are the stored pages that count as fresh, and `render` makes the page of a briefing as it would be made now.
    `counts` is filled with how many things of each kind were looked at.
    """
    counts = Counter() if counts is None else counts
    yield from copy_findings(counts)
    yield from revision_findings(counts)
    yield from seal_findings(counts)
    yield from leftover_findings()
    yield from public_findings(counts)
    if pages is not None:
        yield from page_findings(pages, render, counts)


# Promises 1 to 3: stored copies, their passages and the wording


def copy_findings(counts: Counter[str]) -> Iterator[Finding]:
    """Check stored copies against their hashes, passages against the copies, and wording against both."""
    redacted = Redacted()
    copies = Snapshot.objects.order_by("pk").select_related("source").iterator(chunk_size=COPIES_AT_ONCE)
    while chunk := {copy.pk: copy for copy in islice(copies, COPIES_AT_ONCE)}:
        counts[_("stored copies")] += len(chunk)
        for copy in chunk.values():
            yield from _hash_findings(copy, redacted)
        yield from _passage_findings(chunk, counts)
        yield from _wording_findings(Evidence.objects.filter(snapshot__in=chunk), counts)


def _is_lawful(copy: Snapshot, field: str, before: str, after: str, redacted: Redacted) -> bool:
    return before == after or redacted.made(Snapshot, field, before=before, after=after)


def _hash_findings(copy: Snapshot, redacted: Redacted) -> Iterator[Finding]:
    key = (copy.source.key, copy.text_sha256)
    if not _is_lawful(copy, "text", copy.text_sha256, sha256_of(copy.text), redacted):
        yield about(Snapshot, key, _("The text is not the one that was stored: its hash differs."))
    if not copy.raw and copy.raw_sha256 != copy.text_sha256:
        yield about(Snapshot, key, _("Without a raw file its hash is that of the text, but here it differs."))
    if copy.raw and not copy.has_raw:
        if not _is_lawful(copy, "raw", copy.raw_sha256, sha256_of(copy.raw.name), redacted):
            yield about(Snapshot, key, _("Its raw file is said to be redacted, but no redaction tells of it."))
    elif copy.raw:
        try:
            with copy.raw.open() as raw:
                same = sha256_of_file(raw) == copy.raw_sha256
        except OSError:
            yield about(Snapshot, key, _("The raw file cannot be read; put it back from a backup."))
        else:
            if not same:
                yield about(Snapshot, key, _("The raw file is not the one that was stored: its hash differs."))


def _passage_findings(copies: dict[int, Snapshot], counts: Counter[str]) -> Iterator[Finding]:
    key = kind_of(Passage).key_lookups
    passages = Passage.objects.filter(evidence__snapshot__in=copies).order_by()
    rows = passages.values_list("evidence__snapshot", "start", "end", "exact", *key)
    for copy, start, end, exact, *place in rows.iterator():
        counts[_("passages")] += 1
        stands = copies[copy].text[start:end]
        if stands != exact:
            sentence = _("The stored copy has other words at this place: “%(stands)s”, not “%(exact)s”.")
            yield about(Passage, place, sentence % {"stands": stands[:SHOWN], "exact": exact[:SHOWN]})


def _wording_findings(evidence: QuerySet[Evidence], counts: Counter[str]) -> Iterator[Finding]:
    fresh = wordings(evidence)
    counts[_("wordings")] += len(fresh)
    rows = evidence.order_by().values_list("pk", "verdict", "location", "statement__key", "order")
    for pk, verdict, location, *place in rows.iterator():
        if fresh[pk] != (verdict, location):
            sentence = _("The wording is recorded as “%(stored)s” but compares as “%(fresh)s”.")
            words = {"stored": _words(verdict, location), "fresh": _words(*fresh[pk])}
            yield about(Evidence, place, sentence % words)


def _words(verdict: str, location: str) -> str:
    return ", ".join(part for part in (verdict, location) if part) or _("not checked")


def leftover_findings() -> Iterator[Finding]:
    """Find files that a redaction has to remove and that are there still, named by no record."""
    for redaction, name in left_files():
        sentence = _("The file “%(name)s” had to be removed and is there still. Run rebuild.") % {"name": name}
        yield about(Redaction, [redaction], sentence)


# What follows from published revisions


def revision_findings(counts: Counter[str]) -> Iterator[Finding]:
    """Check that the latest revision is the current one, and that citation rows are those of the bodies."""
    for _pk, slug in not_at_latest():
        yield about(Briefing, [slug], _("The page does not show the latest published revision."))
    keys = dict(Statement.objects.values_list("pk", "key").iterator())
    known = set(keys.values())
    citations = Citation.objects.order_by("revision", "order")
    rows = citations.values_list("revision", "statement", "number", "order", "paragraph")
    stored = groupby(rows.iterator(), key=lambda row: row[0])
    at, group = next(stored, (None, ()))
    revisions = PublishedRevision.objects.order_by("pk").values_list("pk", "body", "briefing__slug", "version")
    for pk, body, slug, version in revisions.iterator(chunk_size=100):
        have = []
        if at == pk:
            have = [(keys[statement], number, order, paragraph) for _pk, statement, number, order, paragraph in group]
            at, group = next(stored, (None, ()))
        counts[_("published revisions")] += 1
        counts[_("citations")] += len(have)
        if have != [(place.key, place.number, place.order, place.paragraph) for place in citation_places(body, known)]:
            yield about(PublishedRevision, [slug, version], _("Its citations are not those of its text."))


# Reading is looking up


def page_findings(
    pages: QuerySet[StoredPage], render: Callable[[Briefing], str], counts: Counter[str]
) -> Iterator[Finding]:
    """Check that stored pages are, byte for byte, what would be rendered now; one that was marked meanwhile is not."""
    public = pages.filter(briefing__in=Briefing.objects.published()).order_by("pk").select_related("briefing")
    for page in public.iterator(chunk_size=20):
        counts[_("stored pages")] += 1
        try:
            rendered = render(page.briefing)
        except Exception as error:  # whatever was changed behind the models' backs: the rest is still looked at
            sentence = _("Its page can no longer be made (%(reason)s).") % {"reason": error}
            yield about(Briefing, [page.briefing.slug], sentence)
            continue
        if page.html != rendered and pages.filter(pk=page.pk, html=page.html).exists():
            yield about(
                Briefing, [page.briefing.slug], _("Its stored page is not what would be rendered now. Rebuild.")
            )
