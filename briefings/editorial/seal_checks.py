"""Whether published revisions are still what was sealed: each part against its hash, each digest against the chain.

A redaction's own change is accepted, and nothing else is. It reads and never mends.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import groupby, islice
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.models import (
    FormerAddress,
    PublishedRevision,
    Redacted,
    RevisionAuthor,
    RevisionTopic,
    Seal,
)

from .findings import Finding, about
from .seals import KEPT, PLAIN, digest_of, hash_of

AT_ONCE = 20
LISTS: dict[str, tuple[Any, str]] = {"authors": (RevisionAuthor, "person"), "topics": (RevisionTopic, "topic")}
PARTS = {
    "title": gettext_lazy("title"),
    "standfirst": gettext_lazy("standfirst"),
    "body": gettext_lazy("text"),
    "language": gettext_lazy("language"),
    "change_note": gettext_lazy("change note"),
    "at": gettext_lazy("time of publication"),
    "dated": gettext_lazy("public date"),
    "is_major": gettext_lazy("mark as a major change"),
    "authors": gettext_lazy("byline"),
    "topics": gettext_lazy("list of topics"),
    "html": gettext_lazy("page"),
    "evidence": gettext_lazy("evidence"),
}
Keys = dict[str, list[str]]


def seal_findings(counts: Counter[str] | None = None, briefings: Collection[str] | None = None) -> Iterator[Finding]:
    """Yield every part of a published revision that is not what was sealed, and every gap in a chain of digests.

    In bounded memory. `briefings` (slugs) narrows it.
    """
    counts = Counter() if counts is None else counts
    check = _Check()
    rows = PublishedRevision.objects.order_by("briefing", "version").select_related("briefing", "seal")
    rows = rows.defer("briefing__body", "briefing__standfirst")
    if briefings is not None:
        rows = rows.filter(briefing__slug__in=briefings)
    for _briefing, revisions in groupby(_with_keys(rows), key=lambda pair: pair[0].briefing_id):
        previous, number = "", 0
        for revision, keys in revisions:
            sealed = getattr(revision, "seal", None)
            counts[_("seals")] += sealed is not None
            sentences = [*_gaps(revision, sealed, previous, number + 1), *check.faults(revision, sealed, keys)]
            for sentence in sentences:
                yield about(PublishedRevision, [revision.briefing.slug, revision.version], sentence)
            previous, number = (sealed.digest if sealed else ""), revision.version


def _with_keys(rows: QuerySet) -> Iterator[tuple[PublishedRevision, Keys]]:
    """Yield revisions with the slugs of their byline and their topics."""
    revisions = rows.iterator(chunk_size=AT_ONCE)
    while chunk := list(islice(revisions, AT_ONCE)):
        found: dict[int, Keys] = {one.pk: {name: [] for name in LISTS} for one in chunk}
        for name, (model, field) in LISTS.items():
            links = model._base_manager.filter(revision__in=found).order_by("pk")
            for pk, slug in links.values_list("revision", f"{field}__slug"):
                found[pk][name].append(slug)
        yield from ((revision, found[revision.pk]) for revision in chunk)


def _gaps(revision: PublishedRevision, sealed: Seal | None, previous: str, number: int) -> Iterator[str]:
    if revision.version != number:
        yield _("The published revision before this one is missing.")
    if sealed is None:
        yield _("It has no seal. Run rebuild; if it had one, somebody has removed it.")
        return
    slug = str(sealed.leaves.get("slug", ""))
    if digest_of(slug, revision.version, sealed.leaves, sealed.previous) != sealed.digest:
        yield _("Its digest is not that of its parts.")
    if sealed.previous != previous:
        yield _("Its digest does not continue that of the version before.")


class _Check:
    """What may lawfully differ from what was sealed: redacted words, and addresses that were changed."""

    def __init__(self) -> None:
        self.redacted = Redacted()
        rows = FormerAddress.objects.filter(model__in=("briefing", "person", "topic"))
        self.former = {(model, key): now for model, key, now in rows.values_list("model", "key", "now")}

    def faults(self, revision: PublishedRevision, sealed: Seal | None, keys: Keys) -> Iterator[str]:
        if sealed is None:
            return
        slug = str(sealed.leaves.get("slug", ""))
        if revision.briefing.slug != self.now("briefing", slug):
            yield _("It was sealed at another address, “%(slug)s”.") % {"slug": slug[:80]}
        parts = [(name, revision, name) for name in PLAIN] + [(name, sealed, name) for name in KEPT]
        wrong = [name for name, holder, field in parts if not self.holds(sealed, holder, field)]
        wrong += [name for name in LISTS if not self.is_list(sealed, name, keys[name])]
        for name in wrong:
            yield _("Its %(part)s is not the one that was published: the hash differs.") % {"part": PARTS[name]}

    def holds(self, sealed: Seal, holder: PublishedRevision | Seal, field: str) -> bool:
        """Tell whether a part is what was sealed, or what a redaction made of it."""
        before, after = str(sealed.leaves.get(field, "")), hash_of(getattr(holder, field))
        return after == before or self.redacted.made(type(holder), field, before=before, after=after)

    def is_list(self, sealed: Seal, name: str, keys: list[str]) -> bool:
        """Tell whether a byline or the topics are those that were sealed, under the keys that they have now."""
        if hash_of(keys) == sealed.leaves.get(name):
            return True
        then = _keys_in(sealed.evidence, name)
        model = LISTS[name][1]
        return hash_of(then) == sealed.leaves.get(name) and [self.now(model, key) for key in then] == keys

    def now(self, model: str, key: str) -> str:
        """Return the present key of what had this one once."""
        seen: set[str] = set()
        while (model, key) in self.former and key not in seen:
            seen.add(key)
            key = self.former[model, key]
        return key


def _keys_in(evidence: str, name: str) -> list[str]:
    """Return the keys that a seal's evidence has for a byline or topics; none where it is no longer readable."""
    try:
        return [str(one["key"]) for one in json.loads(evidence)[name]]
    except (ValueError, LookupError, TypeError):
        return []
