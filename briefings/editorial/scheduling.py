"""Publication at a time to come. What is due is published once, or says why it could not be, whatever the clock does.

A publication and the settling of its schedule are one transaction, under a lock on the briefing that every act of the
workflow takes first. So a clock that goes back finds nothing waiting, two runs at once take turns, and a killed run
leaves what was due to the next one.
"""

import datetime
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from briefings.models import Briefing, Publishable, PublishedRevision, Schedule, ScheduleState, Stage, User
from briefings.permissions import PUBLISH, SCHEDULE, may

from .approval import back_stage, take_back_schedule
from .log import log
from .plans import allow, note_problems, plan_of, refusals
from .problems import Problem, PublicationRefused, Refused, problem
from .references import ORDER, reached_from
from .texts import text_digest
from .typed import line
from .workflow import publish

logger = logging.getLogger(__name__)

FARTHEST = 5  # years ahead
KINDS = {model._meta.model_name: model for model in ORDER}


class ScheduleRefused(Refused):
    """Nothing was scheduled or taken back."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one publication that was due: its revision; or the sentences that say why it could not be.

    `broken` names a fault of ours: nothing was changed, and the next run tries again.
    """

    briefing: Briefing
    due: datetime.datetime
    revision: PublishedRevision | None = None
    problems: list[str] = field(default_factory=list)
    broken: str = ""


def schedule(
    briefing: Briefing,
    *,
    by: User,
    due: datetime.datetime,
    along: Iterable[Publishable] = (),
    change_note: str = "",
    major: bool = True,
    text: str = "",
) -> Schedule:
    """Let a briefing be published at `due` (an aware time), just as `publish` would now, with what is confirmed along.

    Only an embargo may stand in the way that ends before then; all is checked again when the time has come. `text` is
    the digest of what was looked at; that of `briefing` as it is passed unless given. Raises PermissionDenied, or
    ScheduleRefused with its problems; then nothing is scheduled. `briefing` is refreshed.
    """
    allow(by, SCHEDULE, briefing)
    text, note = text or text_digest(briefing), line(change_note)
    with transaction.atomic():
        stored = _locked(briefing)
        if problems := [*_unschedulable(stored, text, due)]:
            raise ScheduleRefused(problems)
        confirmed = list(along)
        plan = plan_of(stored, reached_from(stored), at=due)
        if problems := [*refusals(stored, stored, plan, confirmed), *note_problems(stored, plan, note)]:
            raise ScheduleRefused(problems)
        take_back_schedule(stored)  # one that failed
        made = Schedule.objects.create(
            briefing=stored,
            created_by=by,
            due=due,
            text=text,
            is_major=major,
            change_note=note,
            along=[[one._meta.model_name, one.pk, one.version] for one in confirmed],
        )
        Briefing.objects.filter(pk=stored.pk).note(stage=Stage.SCHEDULED, scheduled_for=due, reviewer=None)
        said = _("Scheduled it for %(due)s.") % {"due": in_words(due)}
        log("schedule", stored, by=by, sentence=said, due=due.isoformat(), major=major, change_note=note)
    briefing.refresh_from_db()
    return made


def cancel(briefing: Briefing, *, by: User) -> None:
    """Take back a publication that waits for its time, or lay one aside that failed; the text stays as it is."""
    allow(by, SCHEDULE, briefing)
    with transaction.atomic():
        stored = _locked(briefing)
        was_waiting = stored.stage == Stage.SCHEDULED
        if not take_back_schedule(stored):
            raise ScheduleRefused([problem("not-scheduled", stored)])
        _unschedule(stored)
        said = _("Took the scheduled publication back.") if was_waiting else _("Laid the failed publication aside.")
        log("cancel-schedule", stored, by=by, sentence=said)
    briefing.refresh_from_db()


def run_due(*, now: datetime.datetime | None = None) -> Iterator[Outcome]:
    """Publish what is due at `now` (UTC), the earliest first, each in its own transaction; yield what came of each.

    What cannot be published is failed with its reasons, and its briefing is no longer scheduled. Safe to be run by
    several processes at once, as often as one likes.
    """
    now = now or timezone.now()
    waiting = Schedule.objects.filter(state=ScheduleState.WAITING, due__lte=now).order_by("due", "pk")
    for pk, briefing in list(waiting.values_list("pk", "briefing")):
        outcome = _run(pk, briefing)
        if outcome:
            yield outcome


def in_words(moment: datetime.datetime) -> str:
    """Return a time as the desk says it, in the site's time zone and with its name."""
    return formats.date_format(timezone.localtime(moment), "j F Y, H:i e")


def _locked(briefing: Briefing) -> Briefing:
    return Briefing.objects.select_for_update().get(pk=briefing.pk)


def _unschedulable(stored: Briefing, text: str, due: datetime.datetime) -> Iterator[Problem]:
    now = timezone.now()
    if stored.stage == Stage.SCHEDULED:
        yield problem("scheduled-already", stored)
    elif text != text_digest(stored):
        yield problem("text-changed-meanwhile", stored)
    if due <= now:
        yield problem("due-past")
    if due > now + datetime.timedelta(days=366 * FARTHEST):
        yield problem("due-too-far", FARTHEST)


def _run(pk: int, briefing_pk: int) -> Outcome | None:
    """Publish what one schedule names, or fail it; None where another run, or an editor, was quicker."""
    with transaction.atomic():
        briefing = Briefing.objects.select_for_update().filter(pk=briefing_pk).first()
        waiting = Schedule.objects.select_for_update().filter(pk=pk, state=ScheduleState.WAITING).first()
        if briefing is None or waiting is None:
            return None
        try:
            with transaction.atomic():
                revision = _fire(briefing, waiting)
        except PublicationRefused as refusal:
            sentences = [str(one) for one in refusal.problems]
            _fail(briefing, waiting, sentences)
            return Outcome(briefing, waiting.due, problems=sentences)
        except Exception as fault:  # one that cannot be published must not keep the others waiting
            logger.exception("The scheduled publication of %s met a fault and is left for the next run.", briefing.slug)
            return Outcome(briefing, waiting.due, broken=f"{type(fault).__name__}: {fault}")
    return Outcome(briefing, waiting.due, revision)


def _fire(briefing: Briefing, waiting: Schedule) -> PublishedRevision | None:
    """Publish as whoever scheduled it would now; `publish` settles the schedule in the same transaction."""
    by = waiting.created_by
    if by is None or not may(by, PUBLISH, briefing):
        raise PublicationRefused([problem("scheduler-gone", by.called if by else "–")])
    if waiting.text != text_digest(briefing):
        raise PublicationRefused([problem("text-edited", briefing)])
    along = _confirmed(waiting)
    made = publish(briefing, by=by, along=along, change_note=waiting.change_note, major=waiting.is_major)
    said = _("Its time had come: published as scheduled for %(due)s.") % {"due": in_words(waiting.due)}
    log("run-due", briefing, by=None, sentence=said)
    return made


def _confirmed(waiting: Schedule) -> list[Publishable]:
    """Return the drafts that were confirmed, each with the version that it had then."""
    found: list[Publishable] = []
    for name, pk, version in waiting.along:
        draft = KINDS[name]._base_manager.filter(pk=pk).first()
        if draft is not None:
            draft.version = version
            found.append(draft)
    return found


def _fail(briefing: Briefing, waiting: Schedule, sentences: list[str]) -> None:
    waiting.state, waiting.problems, waiting.settled_at = ScheduleState.FAILED, sentences, timezone.now()
    waiting.save()
    _unschedule(briefing)
    said = _("Could not be published as scheduled for %(due)s.") % {"due": in_words(waiting.due)}
    log("schedule-failed", briefing, by=None, sentence=" ".join([said, *sentences]), problems=sentences)


def _unschedule(briefing: Briefing) -> None:
    """Put a briefing back where it stood before it was scheduled."""
    if briefing.stage != Stage.SCHEDULED:
        return
    stage = back_stage(briefing)
    forgotten = {} if stage == Stage.APPROVED else {"approved_by": None, "approved_text": ""}
    Briefing.objects.filter(pk=briefing.pk).note(stage=stage, scheduled_for=None, **forgotten)
