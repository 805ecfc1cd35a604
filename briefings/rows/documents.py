"""Sources and briefings as rows of lists."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from briefings.languages import direction_of
from briefings.models import DateBasis, Evidence, RevisionTopic, SourceKind, Statement, Topic
from briefings.models.dates import describe
from briefings.notes.wording import basis
from briefings.parties import Party, named, party


@dataclass(frozen=True, slots=True)
class SourceRow:
    pk: int
    key: str
    url: str
    title: str
    kind_label: str
    language: str
    direction: str
    publisher: Party | None
    authors: str
    published: str
    published_note: str
    statements: int


@dataclass(frozen=True, slots=True)
class BriefingRow:
    """A briefing as its latest published revision has it."""

    pk: int
    url: str
    title: str
    standfirst: str
    language: str
    direction: str
    at: object
    version: int
    topics: tuple[Party, ...]


SOURCE = (
    "pk", "key", "title", "kind", "language", "authors", "published", "published_basis", "published_note",
    *named("publisher"),
)  # fmt: skip


def source_rows(sources: QuerySet) -> list[SourceRow]:
    """Rows of public sources, in two queries."""
    rows = list(sources.values(*SOURCE))
    public = Statement.objects.published()
    counted = Evidence.objects.filter(statement__in=public, snapshot__source__in=[row["pk"] for row in rows])
    found = counted.order_by().values_list("snapshot__source").annotate(Count("statement", distinct=True))
    statements = Counter(dict(found))
    return [
        SourceRow(
            pk=row["pk"],
            key=row["key"],
            url=reverse("source-detail", args=[row["key"]]),
            title=row["title"],
            kind_label=capfirst(SourceKind(row["kind"]).label),
            language=row["language"],
            direction=direction_of(row["language"]),
            publisher=party(row, "publisher", "organization"),
            authors=row["authors"],
            published=describe(row["published"]),
            published_note=basis(row["published_basis"] or DateBasis.PRINTED, "") if row["published"] else "",
            statements=statements[row["pk"]],
        )
        for row in rows
    ]


BRIEFING = (
    "pk",
    "slug",
    "current",
    *(f"current__{name}" for name in ("title", "standfirst", "language", "dated", "version")),
)


def briefing_rows(briefings: QuerySet) -> list[BriefingRow]:
    """Rows of public briefings as readers see them now, in two queries."""
    rows = list(briefings.values(*BRIEFING))
    topics = defaultdict(list)
    chosen = RevisionTopic.objects.filter(
        revision__in=[row["current"] for row in rows], topic__in=Topic.objects.published()
    )
    for item in chosen.order_by("topic__name").values("revision", *named("topic")):
        topics[item["revision"]].append(party(item, "topic"))
    return [
        BriefingRow(
            pk=row["pk"],
            url=reverse("briefing-detail", args=[row["slug"]]),
            title=row["current__title"],
            standfirst=row["current__standfirst"],
            language=row["current__language"],
            direction=direction_of(row["current__language"]),
            at=timezone.localtime(row["current__dated"]),
            version=row["current__version"],
            topics=tuple(topics[row["current"]]),
        )
        for row in rows
    ]
