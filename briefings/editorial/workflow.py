"""Publishing and retracting: the only doors through which `status` moves, each one transaction with its permission.

What stands in the way, and what becomes public along, comes from `plans`.
"""

import datetime
from collections.abc import Iterable

import reversion
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.models import (
    Briefing,
    Evidence,
    Publishable,
    PublishedRevision,
    RevisionAuthor,
    RevisionTopic,
    ScheduleState,
    Stage,
    StaleRecord,
    Statement,
    Status,
    User,
)
from briefings.models.base import this_second
from briefings.permissions import PUBLISH, RETRACT

from .approval import take_back_schedule
from .citations import index_citations
from .errata import record_retraction
from .evidence import check_wording
from .flags import settle_by_publication
from .log import log
from .plans import Plan, allow, note_problems, plan_of, refusals
from .problems import PublicationRefused, RetractionRefused, problem
from .references import reached_from
from .seals import seal
from .switches import four_eyes
from .texts import FIELDS, authors_of, text_digest, topics_of
from .typed import line, lines

__all__ = ["publish", "retract", "text_digest"]

PUBLISHED, RETRACTED = gettext_lazy("Published “%(thing)s”."), gettext_lazy("Retracted “%(thing)s”.")
AFTERWARDS = {"stage": Stage.DRAFT, "reviewer": None, "approved_by": None, "approved_text": "", "scheduled_for": None}


def publish(
    thing: Publishable,
    *,
    by: User,
    along: Iterable[Publishable] = (),
    change_note: str = "",
    major: bool = True,
    is_correction: bool = False,
) -> PublishedRevision | None:
    """Make `thing` public, with every draft it points at, in one transaction; a briefing gets its next revision.

    `along` confirms the drafts by name, as `plan_publication` listed them and as they were then. From its second
    version on a briefing needs a `change_note` for readers; only a `major` change moves its public date. While four
    eyes are on it needs an approval of this very text as well, but for a correction of what is public already, which
    waits for nobody. Returns the revision of a briefing, else None; `thing` is refreshed. Raises PermissionDenied, or
    PublicationRefused with its problems (also where the thing or a draft was changed after it was looked at); then
    nothing was published.
    """
    allow(by, PUBLISH, thing)
    note = line(change_note)
    try:
        with transaction.atomic(), reversion.create_revision():
            stored = _lock(thing)
            reached = reached_from(stored)
            plan = plan_of(stored, reached, is_correction=is_correction and stored.is_public)
            if problems := [*refusals(stored, thing, plan, along), *note_problems(stored, plan, note)]:
                raise PublicationRefused(problems)
            check_wording(Evidence.objects.filter(statement__in=_statements([stored, *reached])))
            made = _publish(stored, plan, by, note, major)
            _log_publication(stored, plan, made, by, is_correction)
            reversion.set_user(by)
            reversion.set_comment(PUBLISHED % {"thing": thing})
    except StaleRecord as stale:
        raise PublicationRefused([problem("changed-meanwhile", stale.record)]) from stale
    thing.refresh_from_db()
    return made


def retract(thing: Publishable, *, by: User, reason: str) -> None:
    """Turn a public thing into a tombstone that gives the reason; its address, history and citations stay.

    What public briefings cite may be retracted: they then show the notice in its place, because nothing published
    vanishes and an error must not have to wait for every page that repeats it. For the same reason nobody else has to
    approve it, four eyes or not. Raises PermissionDenied or RetractionRefused; then nothing was changed.
    """
    allow(by, RETRACT, thing)
    with transaction.atomic(), reversion.create_revision():
        stored = _lock(thing)
        if not stored.is_public:
            raise RetractionRefused([problem("not-public", stored)])
        if stored.version != thing.version:
            raise RetractionRefused([problem("changed-meanwhile", stored)])
        if not (why := lines(reason)):
            raise RetractionRefused([problem("no-reason")])
        stored.status, stored.retraction_reason = Status.RETRACTED, why
        stored.save()
        record_retraction(stored, by=by)
        if isinstance(stored, Briefing):
            take_back_schedule(stored)
            Briefing.objects.filter(pk=stored.pk).note(**AFTERWARDS)
        log("retract", stored, by=by, sentence=_("Retracted it: %(why)s") % {"why": why})
        reversion.set_user(by)
        reversion.set_comment(RETRACTED % {"thing": thing})
    thing.refresh_from_db()


def _lock(thing: Publishable) -> Publishable:
    """Read the stored thing and hold it; where a database cannot hold one row, the transaction holds them all."""
    return type(thing)._base_manager.select_for_update().get(pk=thing.pk)


def _publish(stored: Publishable, plan: Plan, by: User, note: str, major: bool) -> PublishedRevision | None:
    for draft in plan.along:
        allow(by, PUBLISH, draft)
        draft.status = Status.PUBLISHED
        draft.save()
    stored.status = Status.PUBLISHED
    made = None
    if isinstance(stored, Briefing):
        fixed_at = _fixed_at(stored)
        made = _revise(stored, by, note, major)
        _settle(stored)
        settle_by_publication(stored, by=by, missed_since=fixed_at)
    stored.save()
    return made


def _fixed_at(briefing: Briefing) -> datetime.datetime | None:
    """When a publication was fixed whose time has come; None where somebody publishes now."""
    due = briefing.schedules.filter(state=ScheduleState.WAITING, due__lte=timezone.now())
    return due.values_list("created_at", flat=True).first()


def _statements(things: Iterable[Publishable]) -> list[int]:
    return [one.pk for one in things if isinstance(one, Statement)]


def _revise(briefing: Briefing, by: User, note: str, major: bool) -> PublishedRevision:
    """Write the next revision of a briefing, with its topics, its byline in order, its citations and its seal."""
    last = briefing.revisions.order_by("-version").first()
    at, taken = this_second(), {name: getattr(briefing, name) for name in FIELDS}
    is_major = major or last is None
    revision = PublishedRevision.objects.create(
        briefing=briefing,
        version=last.version + 1 if last else 1,
        by=by,
        at=at,
        is_major=is_major,
        dated=at if is_major else last.dated,
        change_note=note,
        **taken,
    )
    RevisionTopic.objects.bulk_create([RevisionTopic(revision=revision, topic_id=pk) for pk in topics_of(briefing)])
    RevisionAuthor.objects.bulk_create([RevisionAuthor(revision=revision, person_id=pk) for pk in authors_of(briefing)])
    index_citations(revision)
    seal(revision)
    briefing.current = revision
    return revision


def _settle(briefing: Briefing) -> None:
    """End the way of a text to its readers: a publication that waited for its time has come, or was of another text."""
    waiting = briefing.schedules.filter(state=ScheduleState.WAITING)
    waiting.filter(text=text_digest(briefing)).update(state=ScheduleState.DONE, settled_at=timezone.now())
    take_back_schedule(briefing)
    Briefing.objects.filter(pk=briefing.pk).note(**AFTERWARDS)


def _log_publication(
    thing: Publishable, plan: Plan, made: PublishedRevision | None, by: User, is_correction: bool
) -> None:
    details: dict[str, object] = {"along": [f"{one._meta.model_name}:{one.public_key}" for one in plan.along]}
    if made is None:
        log("publish", thing, by=by, sentence=_("Published it."), **details)
        return
    watched = four_eyes()
    said = (
        _("Published version %(version)s.") if not is_correction else _("Published version %(version)s, a correction.")
    )
    said %= {"version": made.version}
    if not watched:
        said += " " + _("Four eyes were off: nobody else had to approve it.")
    details |= {"version": made.version, "major": made.is_major, "change_note": made.change_note, "four_eyes": watched}
    if thing.approved_by:  # as it was read before it was published
        details["approved_by"] = thing.approved_by.get_username()
    log("publish", thing, by=by, sentence=said, **details)
