"""Statements as rows of lists, each with the route by which its words came."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.text import capfirst

from briefings.languages import direction_of
from briefings.models import AttributionStep, Citation, Evidence, Source, Statement, StatementKind
from briefings.models.dates import describe
from briefings.notes.wording import basis
from briefings.parties import Party, named, party, relay, route


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement with the route by which its first evidence brought it; `others` counts its further sources."""

    pk: int
    key: str
    url: str
    kind: str
    kind_label: str
    is_quotation: bool
    text: str
    language: str
    direction: str
    speaker: Party | None
    said: str
    said_note: str
    event: Party | None
    route: tuple[Party, ...]
    source: Party | None
    published: str
    published_note: str
    others: int
    cited: int

    @property
    def own_voice(self):
        return len(self.route) == 1


STATEMENT = (
    "pk", "key", "kind", "text", "language", "speaker_description", "said", "said_basis", "said_note",
    *named("speaker_person"), *named("speaker_organization"), *named("event"),
)  # fmt: skip
EVIDENCE = (
    "pk", "statement", "snapshot__source__key", "snapshot__source__title", "snapshot__source__published",
    "snapshot__source__published_basis",
    *named("snapshot__source__publisher"),
)  # fmt: skip


def statement_rows(statements: QuerySet | list) -> list[StatementRow]:
    """Rows of public statements (a sliced queryset, or keys of rows in the order wanted), in four queries."""
    if isinstance(statements, QuerySet):
        rows = list(statements.values(*STATEMENT))
    else:
        found = Statement.objects.published().filter(pk__in=statements).order_by().values(*STATEMENT)
        rows = sorted(found, key=lambda row: statements.index(row["pk"]))
    keys = [row["pk"] for row in rows]
    evidence = defaultdict(list)
    public = Source.objects.published()
    for item in (
        Evidence.objects.filter(statement__in=keys, snapshot__source__in=public).order_by("order").values(*EVIDENCE)
    ):
        evidence[item["statement"]].append(item)
    steps = _relays([items[0]["pk"] for items in evidence.values()])
    cited = _cited(keys)
    return [_statement_row(row, evidence[row["pk"]], steps, cited[row["pk"]]) for row in rows]


def _relays(evidence):
    """Who passed words on, by evidence, nearest the speaker first; None for nobody named."""
    relays = defaultdict(list)
    columns = ("evidence", *named("organization"), *named("person"))
    for step in AttributionStep.objects.filter(evidence__in=evidence).order_by("order").values(*columns):
        relays[step["evidence"]].append(relay(step))
    return relays


def _cited(statements):
    """In how many published briefings each statement stands."""
    citations = Citation.objects.published().filter(statement__in=statements).order_by().values_list("statement")
    return Counter(dict(citations.annotate(briefings=Count("revision", distinct=True))))


def _statement_row(row, evidence, steps, cited):
    first = evidence[0] if evidence else None
    speaker = party(row, "speaker_person", "person") or party(row, "speaker_organization", "organization")
    voice = speaker or (Party(row["speaker_description"]) if row["speaker_description"] else None)
    return StatementRow(
        pk=row["pk"],
        key=row["key"],
        url=reverse("statement-detail", args=[row["key"]]),
        kind=row["kind"],
        kind_label=capfirst(StatementKind(row["kind"]).label),
        is_quotation=row["kind"] == StatementKind.QUOTATION,
        text=row["text"],
        language=row["language"],
        direction=direction_of(row["language"]),
        speaker=voice,
        said=describe(row["said"]),
        said_note=basis(row["said_basis"], "") if row["said"] else "",
        event=party(row, "event"),
        route=_route(voice, steps[first["pk"]], first) if first else (),
        source=_source(first) if first else None,
        published=describe(first["snapshot__source__published"]) if first else "",
        published_note=basis(first["snapshot__source__published_basis"], "") if first else "",
        others=max(0, len({item["snapshot__source__key"] for item in evidence}) - 1),
        cited=cited,
    )


def _source(evidence):
    url = reverse("source-detail", args=[evidence["snapshot__source__key"]])
    return Party(evidence["snapshot__source__title"], url)


def _route(voice, relays, evidence):
    publisher = party(evidence, "snapshot__source__publisher", "organization")
    return route(voice, relays, publisher or _source(evidence))
