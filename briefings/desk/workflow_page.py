"""What the workflow page shows of one briefing: its stages, who wrote it, what stands in the way, what is next."""

from django.utils import timezone
from django.utils.translation import gettext as _

from briefings.admin.publishing import change_address, second_person, shown_plan
from briefings.editorial.approval import own_text_problems, unapprovable
from briefings.editorial.plans import plan_publication
from briefings.editorial.scheduling import in_words
from briefings.editorial.switches import four_eyes
from briefings.editorial.texts import is_as_published, text_digest, writers_of
from briefings.models import LogEntry, ScheduleState, Stage
from briefings.permissions import APPROVE, PUBLISH, RETRACT, REVIEW, SCHEDULE, SUBMIT, may

from .log import may_see_log, thing_address
from .workflow_acts import ACTS, form_of

SHOWN = 30  # entries of the log
WORDS = ("submit", "send-back", "approve", "withdraw-approval", "edit", "schedule-failed")  # what says where it stands


def context_of(request, briefing, given=None):
    """Everything for the template; `given` is a form that was sent and refused."""
    user, text = request.user, text_digest(briefing)
    stage = standing_stage(briefing, text)
    plan = plan_publication(briefing, by=user) if may(user, PUBLISH, briefing) else None
    failed = briefing.schedules.filter(state=ScheduleState.FAILED).first()
    acts = [*_acts(user, briefing, stage, plan, failed, given)]
    return {
        "briefing": briefing,
        "briefing_address": change_address(briefing),
        "stages": [*_stages(briefing, stage)],
        "standing": [*_standing(briefing, stage, text)],
        "failed": failed,
        "problems": _problems(briefing, stage, plan),
        "second_person": second_person(briefing),
        "is_own": bool(own_text_problems(briefing, user)) and may(user, APPROVE, briefing),
        "writers": ", ".join(one.called for one in writers_of(briefing)),
        "plan": shown_plan(briefing, plan) if plan else None,
        "text": text,
        "zone": timezone.get_current_timezone_name(),
        "acts": acts,
        "refused": given.problems if given and not any(one["given"] for one in acts) else [],  # it fits no longer
        "entries": LogEntry.objects.about(briefing)[:SHOWN],
        "log_address": thing_address(briefing) if may_see_log(user) else "",
        "may_review": may(user, REVIEW, briefing),
    }


def standing_stage(briefing, text):
    """The stage as it is true of this text: an approval of another text is none."""
    if briefing.stage == Stage.APPROVED and briefing.approved_text != text:
        return Stage.DRAFT
    return Stage(briefing.stage)


def _stages(briefing, stage):
    """The way from the draft to the readers, and which step is now: (label, is now)."""
    gone = briefing.was_published and not briefing.is_public
    now = "gone" if gone else "public" if briefing.is_public and is_as_published(briefing) else stage
    for step in Stage:
        yield step.label, now == step
    yield _("published"), now == "public"
    if gone:
        yield _("retracted"), True


def _standing(briefing, stage, text):
    """Sentences that say where it stands."""
    if briefing.was_published and not briefing.is_public:
        yield _("It is retracted: readers see a note with the reason. %(why)s") % {"why": briefing.retraction_reason}
        return
    if briefing.is_public:
        said = {"version": briefing.current.version, "when": in_words(briefing.current.at)}
        yield _("Readers have version %(version)s, of %(when)s.") % said
        if is_as_published(briefing):
            yield _("The working text is what they read.")
    else:
        yield _("Readers have never seen it.")
    if stage == Stage.SCHEDULED:
        yield from _of_schedule(briefing, text)
    elif stage != briefing.stage and briefing.approved_by:
        yield _("The text was changed after %(who)s approved it, so it is a draft again.") % {
            "who": briefing.approved_by.called
        }
    last = LogEntry.objects.about(briefing).filter(act__in=WORDS).first()
    if last and not (briefing.current and briefing.current.at > last.at):
        yield _("%(who)s, %(when)s: %(said)s") % {
            "who": last.name or _("The desk"),
            "when": in_words(last.at),
            "said": last.sentence,
        }


def _of_schedule(briefing, text):
    yield _("It is to be published on %(when)s.") % {"when": in_words(briefing.scheduled_for)}
    if briefing.scheduled_for <= timezone.now():
        yield _("That time has come, and nothing has published it yet: “manage.py run_due” has to run every minute.")
    if briefing.schedules.filter(state=ScheduleState.WAITING).exclude(text=text).exists():
        yield _("The text was edited since: it will not be published like this. Take it back, then schedule it again.")


def _problems(briefing, stage, plan):
    """What stands in the way: of an approval while nobody has given one, of a publication afterwards."""
    if briefing.is_public and is_as_published(briefing):
        return []
    if plan is None or (stage in (Stage.DRAFT, Stage.IN_REVIEW) and four_eyes()):
        return unapprovable(briefing)
    return [one for one in plan.problems if one.is_open]


def _acts(user, briefing, stage, plan, failed, given):
    """The acts that fit now, the likeliest first, each with its form as it was sent or anew."""
    for name in _fitting(user, briefing, stage, plan, failed):
        form = given.form if given and given.name == name else form_of(name, briefing)
        yield {"name": name, "act": ACTS[name], "form": form, "given": given if given and given.name == name else None}


def _fitting(user, briefing, stage, plan, failed):
    is_new = not (briefing.is_public and is_as_published(briefing))
    is_open = is_new and not (briefing.was_published and not briefing.is_public)
    errors = plan.errors if plan else []
    chosen = {
        "approve": stage == Stage.IN_REVIEW and may(user, APPROVE, briefing) and not own_text_problems(briefing, user),
        "cancel": bool(stage == Stage.SCHEDULED or failed) and may(user, SCHEDULE, briefing),
        "publish": plan is not None and is_open and not errors,
        "schedule": plan is not None
        and is_open
        and stage != Stage.SCHEDULED
        and not [one for one in errors if one.code != "embargo"]
        and may(user, SCHEDULE, briefing),
        "submit": is_open and stage == Stage.DRAFT and may(user, SUBMIT, briefing),
        "send-back": stage in (Stage.IN_REVIEW, Stage.APPROVED) and may(user, REVIEW, briefing),
        "withdraw": bool(briefing.approved_by) and may(user, APPROVE, briefing),
        "retract": briefing.is_public and may(user, RETRACT, briefing),
    }
    return [name for name, fits in chosen.items() if fits]
