"""A statement that may be cited as a row: what it says, by which way it came, how its words compare."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from briefings.languages import direction_of
from briefings.models import AttributionStep, Evidence, Source, Statement, StatementKind, User
from briefings.models.dates import describe
from briefings.notes.wording import wording
from briefings.parties import Party, route
from briefings.permissions import readable


@dataclass(frozen=True, slots=True)
class Citable:
    """A statement that may be cited: what it says, and by which way it came. Dates are in words."""

    statement: Statement
    evidence: Evidence | None
    voice: str
    route: str
    said: str
    source: str
    source_key: str
    published: str
    wording: str
    kind: str
    direction: str

    @property
    def standing(self) -> str:
        """What kind of statement it is and how its words compare, in a few words."""
        is_said = self.statement.kind != StatementKind.PARAPHRASE or self.evidence is None
        return self.wording if self.is_quotation else ", ".join([self.kind, *([self.wording] if is_said else [])])

    @property
    def key(self) -> str:
        return str(self.statement.key)

    @property
    def source_record(self) -> Source | None:
        return self.evidence.snapshot.source if self.evidence else None

    @property
    def is_draft(self) -> bool:
        return not self.statement.is_public

    @property
    def is_quotation(self) -> bool:
        return bool(self.statement.kind == StatementKind.QUOTATION)


def citable_rows(user: User, statements: QuerySet[Statement]) -> list[Citable]:
    """Return rows of statements that `user` may read, in their order, in three queries.

    The source of a row is the first that the user may read as well.
    """
    shown = list(statements.select_related("speaker_person", "speaker_organization", "event"))
    first = _first_evidence(user, shown)
    steps: dict[int, list[Party | None]] = {one.pk: [] for one in first.values()}
    relays = AttributionStep.objects.filter(evidence__in=list(steps)).order_by("order")
    for step in relays.select_related("organization", "person"):
        named = step.organization or step.person
        steps[step.evidence_id].append(Party(str(named)) if named else None)
    return [_row(one, first.get(one.pk), steps) for one in shown]


def _first_evidence(user: User, statements: Iterable[Statement]) -> dict[int, Evidence]:
    """The first evidence of each in a source that the user may read."""
    sources = readable(user, Source.objects.all())
    found = Evidence.objects.filter(statement__in=statements, snapshot__source__in=sources).order_by("-order")
    carried = found.select_related("snapshot__source__publisher").defer("snapshot__text", "snapshot__headers")
    return {one.statement_id: one for one in carried}


def _row(statement: Statement, evidence: Evidence | None, steps: dict[int, list[Party | None]]) -> Citable:
    voice = str(statement.speaker or statement.speaker_description)
    source = evidence.snapshot.source if evidence else None
    publisher = str(source.publisher or "") if source else ""
    stops = route(
        Party(voice) if voice else None,
        steps[evidence.pk] if evidence else (),
        Party(publisher or source.title) if source else None,
    )
    return Citable(
        statement=statement,
        evidence=evidence,
        voice=voice,
        route=" → ".join(stop.name for stop in stops),
        said=describe(statement.said),
        source=source.title if source else "",
        source_key=source.key if source else "",
        published=describe(source.published) if source else "",
        wording=_wording(statement, evidence, publisher, own_voice=len(stops) == 1),
        kind=str(statement.get_kind_display()),
        direction=direction_of(statement.language),
    )


def _wording(statement: Statement, evidence: Evidence | None, publisher: str, *, own_voice: bool) -> str:
    if evidence is None:
        return _("without evidence")
    said = wording(
        statement.kind,
        evidence.verdict,
        evidence.location,
        publisher=publisher,
        own_voice=own_voice,
        method=evidence.snapshot.method,
    )
    return str(said)
