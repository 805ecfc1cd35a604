"""Works out again everything derived: wording, citations, current revisions, and which stored pages still stand.

Revisions that came without a seal get one.
"""

from collections.abc import Collection

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from briefings.models import Briefing, Evidence, PublishedRevision
from briefings.models.pages import mark_all

from .citations import index_all_citations, index_citations
from .evidence import check_wording
from .redacting import left_files, remove_files
from .seals import seal_missing

LATEST = PublishedRevision.objects.filter(briefing=OuterRef("pk")).order_by("-version").values("pk")[:1]


def rebuild(*, statements: Collection[str] | None = None, briefings: Collection[str] | None = None) -> dict[str, int]:
    """Derive everything again, or only what follows from these statements (keys) and briefings (slugs).

    All in one transaction; a second call changes nothing but marks every stored page again. Returns how many pieces of
    evidence were compared, citations found, revisions sealed that came without a seal, and briefings pointed at another
    revision.
    """
    with transaction.atomic():
        evidence = Evidence.objects.all()
        if statements is not None:
            evidence = evidence.filter(statement__key__in=statements)
        counts = {"evidence": check_wording(evidence)}
        counts["citations"] = index_all_citations() if briefings is None else _index(briefings)
        counts["seals"] = seal_missing(briefings)
        counts["briefings"] = point_at_latest(briefings)
        mark_all()
        # What a kill in the midst of a redaction may have left.
        transaction.on_commit(lambda: remove_files(name for _key, name in left_files()))
    return counts


def _index(briefings: Collection[str]) -> int:
    revisions = PublishedRevision.objects.filter(briefing__slug__in=briefings)
    return sum(index_citations(revision) for revision in revisions.order_by("pk").iterator(chunk_size=100))


def point_at_latest(briefings: Collection[str] | None = None) -> int:
    """Point briefings at their latest published revision, where they are not; return how many were moved."""
    behind = [pk for pk, _slug in not_at_latest(briefings)]
    for first in range(0, len(behind), 500):
        moved = Briefing.objects.filter(pk__in=behind[first : first + 500])
        moved.update(current=Subquery(LATEST), version=F("version"))  # derived, so it is no edit
    return len(behind)


def not_at_latest(briefings: Collection[str] | None = None) -> list[tuple[int, str]]:
    """Return (pk, slug) of the briefings whose current revision is not their latest."""
    chosen = Briefing.objects.all() if briefings is None else Briefing.objects.filter(slug__in=briefings)
    rows = chosen.order_by().annotate(latest=Subquery(LATEST)).values_list("pk", "slug", "current", "latest")
    return [(pk, slug) for pk, slug, current, latest in rows.iterator() if current != latest]
