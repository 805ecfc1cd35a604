"""The acts of the reading desk on what the rules propose: accept, reject, merge. Taking back is in `undoing`.

Each act is one transaction and leaves a Decision. Whoever comes second is told what the first decided, and nothing of
either is lost.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import reversion
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from briefings import speech
from briefings.models import DeskAct, Proposal, ProposalState, Snapshot, Statement, User

from .acts import record_act, settling_clashes
from .further_evidence import carry
from .proposed_fields import Suggestion, suggest_for
from .statements import Fields, NotDone, Span, make, refuse_unless_may_add

Seen = Mapping[int, int]  # the number of a proposal and the version at which it was looked at


class Overtaken(NotDone):
    """Somebody else decided first; `proposal` is as it stands now. Nothing was changed."""

    def __init__(self, proposal: Proposal, sentence: str) -> None:
        self.proposal = proposal
        super().__init__(sentence)


@dataclass(slots=True)
class Accepted:
    """What came of accepting several: the statements made, and a sentence for each proposal that was left."""

    statements: list[Statement] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def propose_statements(snapshot: Snapshot) -> int:
    """Keep what the rules propose of a stored copy, once for each version of the rules; return how many are new.

    What nobody decided about is replaced when the rules change; what was decided, or merged by an editor, stays.
    """
    if snapshot.proposals.filter(rules=speech.VERSION).exists():
        return 0
    proposed = speech.propose(snapshot.text, language=snapshot.source.language)
    with transaction.atomic():
        Snapshot.objects.select_for_update().only("pk").get(pk=snapshot.pk)  # of two who open it at once, one proposes
        if snapshot.proposals.filter(rules=speech.VERSION).exists():
            return 0
        snapshot.proposals.open().filter(merged=None).delete()
        kept = set(snapshot.proposals.values_list("fingerprint", flat=True))
        rows = {row.fingerprint: row for one in proposed if (row := _row(snapshot, one)).fingerprint not in kept}
        snapshot.proposals.filter(fingerprint__in=[_fingerprint(one.spans) for one in proposed]).update(
            rules=speech.VERSION
        )
        Proposal.objects.bulk_create(rows.values())
    return len(rows)


def accept(
    proposal: Proposal,
    *,
    by: User,
    version: int,
    fields: Fields | None = None,
    chosen: Mapping[str, str] | None = None,
    same_as: Statement | None = None,
    batch: uuid.UUID | None = None,
) -> Statement:
    """Make a proposal a statement, with evidence, passages and route, as suggested or with an editor's `fields`.

    `version` is the one that was looked at; `chosen` says who is meant by a name (see `Suggestion.fields`); `same_as`
    links it with a statement of the same utterance. Raises Overtaken, NotDone or PermissionDenied; nothing was made.
    """
    with settling_clashes(), transaction.atomic():
        stored = _lock(proposal, version, by)
        if fields is None:
            fields = _suggested(stored, by).fields(chosen or {}, by)
        made = make(stored.snapshot, spans_of(stored), fields, by=by, same_as=same_as)
        _decide(stored, ProposalState.ACCEPTED, by, statement=made.statement)
        record_act(DeskAct.ACCEPT, stored.snapshot, by=by, proposal=stored, made=made, batch=batch)
    return made.statement


def accept_as_evidence(
    proposal: Proposal, statement: Statement, *, by: User, version: int, chosen: Mapping[str, str] | None = None
) -> Statement:
    """Make a proposal evidence of a statement that another source carries in the same words; return the statement.

    Raises Overtaken, NotDone (also where the wording of a quotation differs) or PermissionDenied; nothing was made.
    """
    with settling_clashes(), transaction.atomic(), reversion.create_revision():
        stored = _lock(proposal, version, by)
        fields = _suggested(stored, by).fields(chosen or {}, by)
        made = carry(statement, stored.snapshot, spans_of(stored), fields, by=by)
        _decide(stored, ProposalState.ACCEPTED, by, statement=statement)
        record_act(DeskAct.ADD_EVIDENCE, stored.snapshot, by=by, proposal=stored, made=made)
    return statement


def accept_all(snapshot: Snapshot, seen: Seen, *, by: User) -> Accepted:
    """Accept these proposals of a stored copy, each with its version as looked at, as one act that is undone as one.

    What cannot be accepted is left, with its sentence; the others are accepted all the same.
    """
    done, batch = Accepted(), uuid.uuid4()
    chosen = list(snapshot.proposals.filter(pk__in=list(seen)).in_reading_order())
    for one in suggest_for(chosen, snapshot, by=by):
        version = seen[one.proposal.pk]
        try:
            fields = one.fields({}, by)
            done.statements.append(accept(one.proposal, by=by, version=version, fields=fields, batch=batch))
        except NotDone as refused:
            done.left.append(refused.sentence)
    return done


def reject(proposal: Proposal, *, by: User, version: int) -> None:
    """Decide that a proposal is no statement; it stays to be seen. Raises Overtaken or PermissionDenied."""
    with transaction.atomic():
        stored = _lock(proposal, version, by)
        _decide(stored, ProposalState.REJECTED, by)
        record_act(DeskAct.REJECT, stored.snapshot, by=by, proposal=stored)


def merge(proposal: Proposal, neighbour: Proposal, *, by: User, version: int, neighbour_version: int) -> Proposal:
    """Make one proposal of two neighbours: their passages in reading order, all else from the first of them.

    Returns the new one, still to be read. Raises Overtaken, PermissionDenied, or NotDone where the two are not said by
    the same speaker; nothing was changed then.
    """
    with settling_clashes(), transaction.atomic():
        two = [_lock(proposal, version, by), _lock(neighbour, neighbour_version, by)]
        first, second = sorted(two, key=lambda one: (one.start, one.end))
        _refuse_to_merge(first, second)
        merged = Proposal.objects.create(**_merged(first, second), created_by=by)
        for one in two:
            one.merged_into = merged
            _decide(one, ProposalState.MERGED, by)
        record_act(DeskAct.MERGE, merged.snapshot, by=by, proposal=merged)
    return merged


def spans_of(proposal: Proposal) -> list[Span]:
    """Return the passages of a proposal as (start, end) in code points, in reading order."""
    return [(start, end) for start, end in proposal.spans]


def decided(proposal: Proposal) -> str:
    """Say in a sentence what was decided about a proposal, by whom and when."""
    said = {
        ProposalState.ACCEPTED: _("%(who)s accepted it on %(when)s."),
        ProposalState.REJECTED: _("%(who)s rejected it on %(when)s."),
        ProposalState.MERGED: _("%(who)s merged it with its neighbour on %(when)s."),
    }
    if proposal.state not in said or proposal.decided_at is None:
        return ""
    who = proposal.decided_by
    name = (who.get_full_name() or who.get_username()) if who else _("Somebody else")
    when = formats.date_format(timezone.localtime(proposal.decided_at), "j F Y, H:i")
    return said[ProposalState(proposal.state)] % {"who": name, "when": when}


def _fingerprint(spans: Iterable[Sequence[int]]) -> str:
    return Proposal.fingerprint_of([[start, end] for start, end in spans])


def _row(snapshot: Snapshot, proposed: speech.Proposal) -> Proposal:
    return Proposal(
        snapshot=snapshot,
        rules=speech.VERSION,
        spans=[list(span) for span in proposed.spans],
        start=proposed.spans[0][0],
        end=proposed.spans[-1][1],
        fingerprint=_fingerprint(proposed.spans),
        form=proposed.form.value,
        kind=proposed.kind,
        verb=proposed.verb[:100],
        name_printed=proposed.printed[:300],
        name=proposed.name[:200],
        relays=[{"name": (relay.name or relay.printed)[:200], "verb": relay.verb[:100]} for relay in proposed.chain],
        event=proposed.event[:200],
        confidence=proposed.confidence,
    )


def _lock(proposal: Proposal, version: int, by: User) -> Proposal:
    """Hold the stored proposal for `by`, if it is still open and as it was looked at."""
    held = Proposal.objects.select_for_update(of=("self",)).select_related("snapshot__source__publisher")
    stored = held.filter(pk=proposal.pk).first()
    if stored is None:
        raise NotDone(_("This proposal is not here any more: the proposals were made anew. Look at the list again."))
    refuse_unless_may_add(stored.snapshot, by)
    if stored.state != ProposalState.OPEN:
        nothing = _("Nothing was changed by you.")
        raise Overtaken(stored, f"{decided(stored)} {nothing}")
    if stored.version != version:
        raise Overtaken(stored, _("Somebody worked on this proposal after you opened it. Look at it again."))
    return stored


def _suggested(proposal: Proposal, by: User) -> Suggestion:
    return suggest_for([proposal], proposal.snapshot, by=by)[0]


def _decide(proposal: Proposal, state: ProposalState, by: User, *, statement: Statement | None = None) -> None:
    proposal.state, proposal.statement = state, statement
    proposal.decided_by, proposal.decided_at = by, timezone.now()
    proposal.save()


def _refuse_to_merge(first: Proposal, second: Proposal) -> None:
    if first.pk == second.pk or first.snapshot_id != second.snapshot_id:
        raise NotDone(_("Only two different proposals of one article can be merged."))
    if first.name and second.name and first.name != second.name:
        raise NotDone(
            _("These two are not one statement: the article gives one to %(first)s and the other to %(second)s.")
            % {"first": first.name, "second": second.name}
        )
    if first.end > second.start:
        raise NotDone(_("These two share words, so they cannot be passages of one statement."))


def _merged(first: Proposal, second: Proposal) -> dict[str, Any]:
    spans = sorted([*first.spans, *second.spans])
    is_alike = first.form == second.form
    return {
        "snapshot": first.snapshot,
        "rules": first.rules,
        "spans": spans,
        "start": first.start,
        "end": max(first.end, second.end),
        "fingerprint": Proposal.fingerprint_of(spans),
        "form": first.form if is_alike else speech.Form.MIXED.value,
        "kind": first.kind if is_alike else "paraphrase",
        "verb": first.verb,
        "name_printed": first.name_printed or second.name_printed,
        "name": first.name or second.name,
        "relays": first.relays or second.relays,
        "event": first.event or second.event,
        "confidence": min(first.confidence, second.confidence),
    }
