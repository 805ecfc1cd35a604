"""How a statement comes into being at the reading desk: with its evidence, passages and route, or not at all.

Proposals and selections both end here. What is made can be told again by its footprint, so that it can be taken back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import reversion
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from briefings.models import (
    AttributionStep,
    Claim,
    Event,
    EventKind,
    Evidence,
    LinkKind,
    Organization,
    OrganizationKind,
    Passage,
    Person,
    Snapshot,
    Statement,
    StatementLink,
    Topic,
    User,
)
from briefings.permissions import ADD, CHANGE, READ, may
from briefings.quotes import paragraph_number

from .evidence import check_wording
from .keys import free_key, slug_of, statement_key
from .names import Matcher

Span = tuple[int, int]
NOUNS = {"person": Person, "organization": Organization, "event": Event, "topic": Topic}


class NotDone(Exception):
    """Nothing was changed; `sentence` says why and what to do, for the person who asked."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class NewName:
    """Somebody or something to be made as a draft along with a statement; the noun is one of NOUNS."""

    noun: str
    name: str
    role: str = ""  # why a person has a page, as the article prints it


Party = Person | Organization | NewName


@dataclass(frozen=True, slots=True)
class Fields:
    """What an editor, or the rules, say of a statement and of how its source prints it."""

    kind: str
    text: str
    speaker: Party | None = None
    speaker_description: str = ""
    speaker_reason: str = ""
    name_printed: str = ""
    verb: str = ""
    relays: tuple[tuple[Party | None, str], ...] = ()  # nearest the speaker first; None is a relay without a name
    event: Event | NewName | None = None
    topics: tuple[Topic | NewName, ...] = ()
    said: str = ""  # EDTF
    said_basis: str = ""
    said_note: str = ""
    locator: str = ""


@dataclass(slots=True)
class Made:
    """What one act made: the statement and evidence, and the drafts of names along with them."""

    statement: Statement
    evidence: Evidence
    names: list[Person | Organization | Event | Topic] = field(default_factory=list)
    is_new: bool = True  # else the statement was there before, and the evidence alone was made
    passages: list[int] = field(default_factory=list)  # made for evidence that was there before

    def to_undo(self) -> dict[str, Any]:
        """What has to stand unchanged for the act to be taken back."""
        made = [[one._meta.model_name, one.pk, one.version] for one in self.names]
        standing = footprint(self.statement if self.is_new else self.evidence)
        return {"footprint": standing, "names": made, "passages": self.passages}


def refuse_unless_may_add(snapshot: Snapshot, by: User) -> None:
    """Raise PermissionDenied unless `by` may read the source of a stored copy and make statements."""
    if not (may(by, READ, snapshot.source) and may(by, ADD, Statement)):
        raise PermissionDenied(_("You may not make statements from this source."))


def refuse_unless_may_change(statement: Statement, by: User) -> None:
    """Raise PermissionDenied unless `by` may add evidence to a statement."""
    if not may(by, CHANGE, statement):
        raise PermissionDenied(_("You may not change this statement; ask an editor to add the evidence."))


def make(
    snapshot: Snapshot, spans: Sequence[Span], fields: Fields, *, by: User, same_as: Statement | None = None
) -> Made:
    """Make a statement with its evidence, passages (one a span, in code points) and route; a revision keeps it.

    `same_as` links it as the same utterance in other words. Raises NotDone where something about it cannot be kept,
    PermissionDenied where `by` may not; either way nothing was made.
    """
    refuse_unless_may_add(snapshot, by)
    with transaction.atomic(), reversion.create_revision():
        reversion.set_user(by)
        reversion.set_comment(_("Made at the reading desk"))
        names: list[Any] = []
        statement = _statement(snapshot, spans, fields, by, names)
        evidence = add_evidence(statement, snapshot, spans, fields, by=by, names=names)
        if same_as:
            StatementLink.objects.create(
                from_statement=statement, to_statement=same_as, kind=LinkKind.SAME_UTTERANCE, created_by=by
            )
        return Made(statement, evidence, names)


def add_evidence(
    statement: Statement, snapshot: Snapshot, spans: Sequence[Span], fields: Fields, *, by: User, names: list[Any]
) -> Evidence:
    """Add a stored copy that carries a statement, with its passages and route, and compare the wording.

    Drafts made for relays are appended to `names`. The caller holds the transaction and has asked for permission.
    """
    evidence = Evidence(
        statement=statement,
        snapshot=snapshot,
        order=statement.evidence.next_order(),
        name_printed=fields.name_printed,
        verb=fields.verb,
        created_by=by,
    )
    _checked(evidence)
    evidence.save()
    for order, (start, end) in enumerate(spans, 1):
        exact = snapshot.text[start:end]
        passage = Passage(evidence=evidence, order=order, start=start, end=end, exact=exact, created_by=by)
        passage.locator = fields.locator
        passage.save()
    for order, (relay, verb) in enumerate(fields.relays, 1):
        step = AttributionStep(evidence=evidence, order=order, verb=verb, created_by=by)
        if relay is not None:
            there = existing(relay, by=by, names=names)
            setattr(step, there._meta.model_name, there)
        _checked(step)
        step.save()
    check_wording(Evidence.objects.filter(pk=evidence.pk))
    evidence.refresh_from_db(fields=["verdict", "location", "checked_at", "version"])
    return evidence


def existing(named: Any, *, by: User, names: list[Any]) -> Any:
    """Return a record as it is, or the one that a NewName stands for: made as a draft unless it is there by now."""
    if not isinstance(named, NewName):
        return named
    name = " ".join(named.name.split())
    if there := _there_by_now(named.noun, name, by):
        return there
    model: Any = NOUNS[named.noun]
    thing = model(name=name, slug=free_key(model, slug_of(name), named.noun), created_by=by)
    if isinstance(thing, Person):
        thing.public_role = named.role[:200]
    elif isinstance(thing, Organization):
        thing.kind = OrganizationKind.OTHER
    elif isinstance(thing, Event):
        thing.kind = EventKind.OTHER
    _checked(thing)
    thing.save()
    names.append(thing)
    return thing


def footprint(thing: Statement | Evidence) -> list[list[Any]]:
    """Return everything that a statement, or one piece of its evidence, consists of: [noun, number, version] rows."""
    way = "statement" if isinstance(thing, Statement) else "pk"
    rows = Evidence.objects.filter(**{way: thing.pk})
    found: list[QuerySet] = [
        rows,
        *(model.objects.filter(evidence__in=rows.order_by()) for model in (Passage, AttributionStep)),
    ]
    if isinstance(thing, Statement):
        linked = Q(from_statement=thing) | Q(to_statement=thing)
        found += [Statement.objects.filter(pk=thing.pk), Claim.objects.filter(statement=thing)]
        found += [StatementLink.objects.filter(linked)]
    return [
        [part.model._meta.model_name, pk, version]
        for part in found
        for pk, version in part.order_by("pk").values_list("pk", "version")
    ]


def _statement(snapshot: Snapshot, spans: Sequence[Span], fields: Fields, by: User, names: list[Any]) -> Statement:
    speaker = existing(fields.speaker, by=by, names=names) if fields.speaker else None
    statement = Statement(
        kind=fields.kind,
        text=fields.text.strip(),
        language=snapshot.source.language,
        event=existing(fields.event, by=by, names=names) if fields.event else None,
        said=fields.said,
        said_basis=fields.said_basis if fields.said else "",
        said_note=fields.said_note,
        created_by=by,
    )
    if speaker is not None:
        setattr(statement, f"speaker_{speaker._meta.model_name}", speaker)
    else:
        statement.speaker_description, statement.speaker_reason = fields.speaker_description, fields.speaker_reason
    wanted = statement_key(
        statement.text,
        speaker=speaker,
        printed=fields.name_printed,
        source=snapshot.source,
        paragraph=paragraph_number(snapshot.text, spans[0][0]),
    )
    statement.key = free_key(Statement, wanted, "statement")
    _checked(statement)
    statement.save()
    statement.topics.set([existing(topic, by=by, names=names) for topic in fields.topics])
    return statement


def _there_by_now(noun: str, name: str, by: User) -> Any:
    """What bears this name already, where that is one thing: another editor, or the act before, may have made it."""
    if noun == "topic":
        return Topic.objects.filter(name__iexact=name).order_by("pk").first()
    matcher = Matcher(by, [name] if noun != "event" else [], events=[name] if noun == "event" else [])
    return matcher.find_event(name).pick if noun == "event" else matcher.find(name, [noun]).pick


def _checked(record: Any) -> None:
    """Raise NotDone with the sentences of whatever in a record's own values cannot be kept.

    What it points at was read by us just now, and what holds between values is kept by how it is made here and by the
    database, so neither is asked about again.
    """
    try:
        record.clean_fields(exclude={one.name for one in record._meta.concrete_fields if one.is_relation})
    except ValidationError as error:
        raise NotDone(" ".join(error.messages)) from error
