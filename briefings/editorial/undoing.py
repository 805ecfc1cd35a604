"""Taking back the last act at the reading desk: what it made goes, as long as nobody has built on it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from briefings.models import (
    Briefing,
    Decision,
    DeskAct,
    Evidence,
    Passage,
    Proposal,
    ProposalState,
    Snapshot,
    Statement,
    User,
)

from .evidence import check_wording
from .statements import NOUNS, NotDone, footprint, refuse_unless_may_add

_LOOKED_AT = 200  # acts back


@dataclass(slots=True)
class Undone:
    """What was taken back: the proposals that are open again, those that are no more, and a sentence for what stays."""

    acts: list[DeskAct] = field(default_factory=list)
    reopened: list[Proposal] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    staying: list[str] = field(default_factory=list)
    took_names: bool = False  # drafts of names went along


def undo(snapshot: Snapshot, *, by: User) -> Undone:
    """Take back the last act of `by` at a stored copy that can be taken back; acts of one keystroke go together.

    What was published, changed by somebody or cited meanwhile stays, and `staying` says why. Raises NotDone where there
    is nothing to take back, and PermissionDenied.
    """
    refuse_unless_may_add(snapshot, by)
    with transaction.atomic():
        acts = _last_batch(snapshot, by)
        if not acts:
            raise NotDone(_("There is nothing of yours to take back at this article."))
        undone = Undone()
        for act in acts:
            if reason := _why_it_stays(act):
                undone.staying.append(reason)
                act.before = {**act.before, "stays": True}
            else:
                _take_back(act, undone)
                act.undone_at = timezone.now()
            act.refresh_from_db(fields=["version"])  # what was deleted let go of the act
            act.save()
    return undone


def may_undo(snapshot: Snapshot, *, by: User) -> bool:
    """Return whether `undo` would find an act of `by`."""
    return bool(_last_batch(snapshot, by))


def _last_batch(snapshot: Snapshot, by: User) -> list[Decision]:
    mine = Decision.objects.filter(snapshot=snapshot, created_by=by, undone_at=None).order_by("-pk")
    acts = [act for act in mine.select_related("statement", "evidence", "proposal")[:_LOOKED_AT]]
    batch = next((act.batch for act in acts if not act.before.get("stays")), None)
    return [act for act in acts if act.batch == batch and not act.before.get("stays")]


def _why_it_stays(act: Decision) -> str:
    """Return the sentence that says why an act cannot be taken back, or nothing."""
    if act.act == DeskAct.REJECT:
        return ""
    if act.act == DeskAct.MERGE:
        is_open = act.proposal is not None and act.proposal.state == ProposalState.OPEN
        return "" if is_open else _("The merged proposal was decided meanwhile; take that back first.")
    made = act.evidence if act.act == DeskAct.ADD_EVIDENCE else act.statement
    if act.statement is None or made is None:
        return ""  # it is gone already
    named = {"key": act.statement.key}
    if act.statement.was_published:
        return _("“%(key)s” has been published, so it stays. Retract or correct it on its own page.") % named
    if footprint(made) != act.before.get("footprint"):
        return _("“%(key)s” was changed after it was made here, so it stays. Look at it on its own page.") % named
    if act.act != DeskAct.ADD_EVIDENCE and (briefing := _citing(act.statement)):
        return _("“%(key)s” is cited in “%(briefing)s”, so it stays.") % {**named, "briefing": briefing}
    return ""


def _citing(statement: Statement) -> Briefing | None:
    """A briefing whose text names the statement: a draft of a page has no rows of citations yet."""
    return Briefing.objects.filter(body__contains=f"@{statement.key}").first()


def _take_back(act: Decision, undone: Undone) -> None:
    undone.acts.append(DeskAct(act.act))
    if act.act == DeskAct.MERGE:
        _part(act, undone)
        return
    made = act.evidence if act.act == DeskAct.ADD_EVIDENCE else act.statement
    if made is not None and act.before.get("passages"):
        Passage.objects.filter(pk__in=act.before["passages"]).delete()
        check_wording(Evidence.objects.filter(pk=made.pk))
    elif made is not None:
        made.delete()
    for name in _names_made(act):
        try:
            with transaction.atomic():
                name.delete()
            undone.took_names = True
        except ProtectedError:
            pass  # another statement names it by now
    if act.proposal is not None:
        _reopen(act.proposal, undone)
    act.statement = act.evidence = None


def _part(act: Decision, undone: Undone) -> None:
    merged = act.proposal
    for one in Proposal.objects.filter(merged_into=merged):
        one.merged_into = None
        _reopen(one, undone)
    undone.gone.append(merged.pk)
    act.proposal = None
    Proposal.objects.filter(pk=merged.pk).delete()


def _reopen(proposal: Proposal, undone: Undone) -> None:
    proposal.refresh_from_db(fields=["version"])
    proposal.state, proposal.statement = ProposalState.OPEN, None
    proposal.decided_by = proposal.decided_at = None
    proposal.save()
    undone.reopened.append(proposal)


def _names_made(act: Decision) -> Iterator[Any]:
    """The drafts of names that came with an act, as long as nobody has changed them."""
    for noun, pk, version in act.before.get("names", []):
        thing = NOUNS[noun].objects.filter(pk=pk, version=version).first()
        if thing is not None and not thing.was_published:
            yield thing
