"""A second pair of eyes: a review is asked for, ends in an approval or with a reason why not, and can be withdrawn.

An approval is of one text, by its digest, and of no other. The acts here move a stage and write no text, so they stand
in the log and not in the history of the briefing, which says who changed it last.
"""

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from briefings.models import Briefing, ScheduleState, Stage, User
from briefings.models.briefings import OF_THE_WORKFLOW
from briefings.permissions import APPROVE, REVIEW, SUBMIT, may

from .evidence import body_problems
from .log import log
from .marks import open_sentences
from .problems import Problem, Refused, problem
from .switches import four_eyes
from .texts import is_as_published, text_digest, writers_of
from .typed import LONGEST_REASON, lines

MET_BY_PUBLISHING = {"unpublished-statement", "embargo"}  # published along, or checked when it is published


class ApprovalRefused(Refused):
    """Nothing was asked for, approved or withdrawn."""


def submit(briefing: Briefing, *, by: User, note: str = "", reviewer: User | None = None) -> None:
    """Ask for a review, of anybody who may or of one by name; `note` tells the reader what to look at.

    Raises PermissionDenied, or ApprovalRefused with its problems; then nothing is asked. `briefing` is refreshed, as
    by all acts here.
    """
    _allow(by, SUBMIT, briefing, _("Only who wrote it, or an editor, asks for a review of it."))
    note = lines(note)
    with transaction.atomic():
        stored = _locked(briefing)
        if problems := [*_unready(stored), *_too_long(note), *_unfit(reviewer, stored)]:
            raise ApprovalRefused(problems)
        _move(stored, Stage.IN_REVIEW, reviewer=reviewer, approved_by=None, approved_text="")
        said = _("Asked %(who)s for a review.") if reviewer else _("Asked for a review.")
        said %= {"who": reviewer.called} if reviewer else {}
        log("submit", stored, by=by, sentence=_with(said, note), note=note)
    briefing.refresh_from_db()


def send_back(briefing: Briefing, *, by: User, reason: str) -> None:
    """Send a text that is in review, or approved and not scheduled, back to who wrote it, with the reason."""
    _allow(by, REVIEW, briefing, _("Only an editor sends a text back."))
    reason = lines(reason)
    with transaction.atomic():
        stored = _locked(briefing)
        if stored.stage not in (Stage.IN_REVIEW, Stage.APPROVED):
            raise ApprovalRefused([problem("not-in-review", stored)])
        if problems := [problem("no-review-reason")] if not reason else [*_too_long(reason)]:
            raise ApprovalRefused(problems)
        _move(stored, Stage.DRAFT, reviewer=None, approved_by=None, approved_text="")
        log("send-back", stored, by=by, sentence=_with(_("Sent it back."), reason), note=reason)
    briefing.refresh_from_db()


def approve(briefing: Briefing, *, by: User, text: str = "", note: str = "") -> None:
    """Approve the very text that was read, once nothing stands open in it: no error, no warning without a word on it,
    no sentence that nobody has read beside its passages.

    `text` is the digest (`text_digest`) of what was read; that of `briefing` as it is passed unless given. While four
    eyes are on, nobody approves what they have written on since it was last published, administrators included.
    """
    _allow(by, APPROVE, briefing, _("Only an editor approves a text."))
    text, note = text or text_digest(briefing), lines(note)
    with transaction.atomic():
        stored = _locked(briefing)
        if stored.stage != Stage.IN_REVIEW:
            raise ApprovalRefused([problem("not-in-review", stored)])
        if text != text_digest(stored):
            raise ApprovalRefused([problem("text-changed-meanwhile", stored)])
        if problems := [*_too_long(note), *own_text_problems(stored, by), *unapprovable(stored)]:
            raise ApprovalRefused(problems)
        _move(stored, Stage.APPROVED, reviewer=None, approved_by=by, approved_text=text)
        said = _("Approved it.") if four_eyes() else _("Approved it, with four eyes off.")
        log("approve", stored, by=by, sentence=_with(said, note), note=note, text=text)
    briefing.refresh_from_db()


def withdraw(briefing: Briefing, *, by: User, reason: str = "") -> None:
    """Withdraw an approval: the text is in review again, and a publication that waits for its time is taken back."""
    _allow(by, APPROVE, briefing, _("Only an editor withdraws an approval."))
    reason = lines(reason)
    with transaction.atomic():
        stored = _locked(briefing)
        if stored.approved_by_id is None:
            raise ApprovalRefused([problem("not-approved-yet", stored)])
        if problems := [*_too_long(reason)]:
            raise ApprovalRefused(problems)
        said = _("Withdrew the approval.")
        if stored.stage == Stage.SCHEDULED:
            take_back_schedule(stored)
            said = _("Withdrew the approval, and with it the scheduled publication.")
        _move(stored, Stage.IN_REVIEW, approved_by=None, approved_text="", scheduled_for=None)
        log("withdraw-approval", stored, by=by, sentence=_with(said, reason), note=reason)
    briefing.refresh_from_db()


def note_edit(briefing: Briefing, *, by: User) -> list[str]:
    """Let an approval lapse, and a publication that waits fail, where the text is no longer the one they are of.

    For every door through which a text is written, after all of it is written and inside its transaction. Returns
    sentences about what lapsed, none where nothing did; `briefing` gets its stage as it is then, and nothing else.
    """
    with transaction.atomic():
        stored = _locked(briefing)
        if stored.stage not in (Stage.APPROVED, Stage.SCHEDULED):
            return []
        said = [*_lapsed(stored)]
        if said:
            _move(stored, Stage.DRAFT, approved_by=None, approved_text="", scheduled_for=None)
            log("edit", stored, by=by, sentence=" ".join(said))
    briefing.refresh_from_db(fields=sorted(OF_THE_WORKFLOW))
    return said


def _lapsed(stored: Briefing) -> Iterator[str]:
    text, waiting = text_digest(stored), stored.schedules.filter(state=ScheduleState.WAITING)
    was_approved = stored.stage == Stage.APPROVED or stored.approved_by_id is not None
    if was_approved and stored.approved_text != text:
        yield _("The text was changed after it was approved: it is a draft again and needs a new approval.")
    if stored.stage == Stage.SCHEDULED and waiting.exclude(text=text).exists():
        why = str(problem("text-edited", stored))
        waiting.update(state=ScheduleState.FAILED, problems=[why], settled_at=timezone.now())
        yield _("The text was changed after it was scheduled: it will not be published at its time.")


def approval_problems(briefing: Briefing) -> list[Problem]:
    """Return what is missing of the second pair of eyes that a publication needs; nothing while four eyes are off."""
    return [*_approval_problems(briefing)] if four_eyes() else []


def _approval_problems(briefing: Briefing) -> Iterator[Problem]:
    who = briefing.approved_by
    if who is None:
        yield problem("not-approved", briefing)
        return
    if briefing.approved_text != text_digest(briefing):
        yield problem("approved-other-text", who.called)
    if writers_of(briefing).filter(pk=who.pk).exists():
        yield problem("approved-by-writer", who.called)
    yield from _unmarked(briefing)  # a passage may have been edited since


def own_text_problems(briefing: Briefing, user: User) -> list[Problem]:
    """Return what keeps a user from approving a text: having written on it, while four eyes are on."""
    own = four_eyes() and writers_of(briefing).filter(pk=user.pk).exists()
    return [problem("own-text", briefing)] if own else []


def unapprovable(briefing: Briefing) -> list[Problem]:
    """Return what stands open in a text, whoever would approve it."""
    found = [*_empty(briefing)]
    for one in body_problems(briefing.body, briefing=briefing):
        if one.is_open and one.code not in MET_BY_PUBLISHING:
            found.append(one)
    return [*found, *_unmarked(briefing)]


def for_review_by(user: User) -> QuerySet[Briefing]:
    """Return the briefings in review that wait for this user, who may approve: asked of them, or of nobody by name."""
    waiting = Briefing.objects.filter(stage=Stage.IN_REVIEW).filter(Q(reviewer=user) | Q(reviewer=None))
    return waiting.exclude(pk__in=Briefing.objects.written_by(user)) if four_eyes() else waiting


def back_stage(briefing: Briefing) -> str:
    """Return the stage of a briefing that is no longer scheduled: approved where its approval is of this very text."""
    approved = briefing.approved_by_id is not None and briefing.approved_text == text_digest(briefing)
    return Stage.APPROVED if approved else Stage.DRAFT


def take_back_schedule(briefing: Briefing) -> bool:
    """Settle what waits for its time, or has failed, without publishing; for acts that hold the briefing."""
    open_ones = briefing.schedules.filter(state__in=(ScheduleState.WAITING, ScheduleState.FAILED))
    return bool(open_ones.update(state=ScheduleState.CANCELLED, settled_at=timezone.now()))


def _allow(user: User, act: str, briefing: Briefing, sentence: str) -> None:
    if not may(user, act, briefing):
        raise PermissionDenied(sentence)


def _locked(briefing: Briefing) -> Briefing:
    return Briefing.objects.select_for_update().get(pk=briefing.pk)


def _move(briefing: Briefing, stage: str, **fields: object) -> None:
    Briefing.objects.filter(pk=briefing.pk).note(stage=stage, **fields)


def _unready(briefing: Briefing) -> Iterator[Problem]:
    """Yield what speaks against asking for a review: it was asked for already, or there is nothing to read."""
    if briefing.stage == Stage.IN_REVIEW:
        yield problem("in-review-already", briefing)
    elif briefing.stage == Stage.SCHEDULED:
        yield problem("scheduled-already", briefing)
    elif briefing.stage == Stage.APPROVED and briefing.approved_text == text_digest(briefing):
        yield problem("approved-already", briefing)
    if briefing.was_published and not briefing.is_public:
        yield problem("retracted", briefing)
    elif briefing.is_public and is_as_published(briefing):
        yield problem("nothing-changed", briefing)
    yield from _empty(briefing)


def _empty(briefing: Briefing) -> Iterator[Problem]:
    for name in ("title", "body"):
        if not getattr(briefing, name).strip():
            yield problem(f"empty-{name}")


def _unfit(reviewer: User | None, briefing: Briefing) -> Iterator[Problem]:
    if reviewer is None:
        return
    if not may(reviewer, APPROVE, briefing) or own_text_problems(briefing, reviewer):
        yield problem("reviewer-cannot", reviewer.called)


def _unmarked(briefing: Briefing) -> Iterator[Problem]:
    if left := open_sentences(briefing.body, briefing=briefing):
        yield problem("sentences-unmarked", len(left))


def _too_long(words: str) -> Iterator[Problem]:
    if len(words) > LONGEST_REASON:
        yield problem("too-many-words", LONGEST_REASON)


def _with(sentence: str, words: str) -> str:
    return f"{sentence} {words}" if words else sentence
