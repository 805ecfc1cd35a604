"""Checking sources from the desk: now, or by the worker, and what came of it in a sentence."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import TaskResultStatus

from briefings.editorial.drift import ENOUGH, run_check
from briefings.editorial.failures import sentence_for
from briefings.models import PassageCheck, PassageState, SourceCheck, SourceState
from briefings.models.dates import day_of
from briefings.notes.drift import gone_sentence
from briefings.permissions import RECAPTURE, may

AT_ONCE = 10  # sources that one asks for together; the round takes care of more


def standing_of(check, states):
    """Say how a source stands after a check, for editors; `states` counts those of its passages in other copies."""
    date = {"date": day_of(check.checked_at)}
    if check.state == SourceState.ALIVE:
        return _("Checked %(date)s: unchanged.") % date
    if check.state == SourceState.CHANGED:
        return f"{_('Checked %(date)s: changed.') % date} {_passages(states)}".strip()
    why = sentence_for(check.reason, check.reason_detail)
    if check.state == SourceState.GONE:
        return f"{gone_sentence(check.reason_detail)} {why}"
    said = _("Could not be read on %(date)s. %(why)s") % {**date, "why": why}
    if not check.failures:
        return said
    words = _("Failed %(n)d of %(enough)d times, days apart, after which it counts as gone.")
    return f"{said} {words % {'n': check.failures, 'enough': ENOUGH}}"


def _passages(states):
    altered, gone = states[PassageState.ALTERED], states[PassageState.GONE]
    if not altered and not gone:
        return _("All passages still stand in it.")
    parts = []
    if altered:
        words = ngettext("%(n)d passage reads differently.", "%(n)d passages read differently.", altered)
        parts.append(words % {"n": altered})
    if gone:
        words = ngettext("%(n)d passage is gone.", "%(n)d passages are gone.", gone)
        parts.append(words % {"n": gone})
    return " ".join(parts)


def latest_standing(source):
    """How a source stands, in a sentence; that it was never checked, where it was not."""
    check = SourceCheck.objects.current().filter(source=source).first()
    if check is None:
        return _("Not looked at since it was captured.")
    current = PassageCheck.objects.current().filter(passage__evidence__snapshot__source=source)
    states = list(current.values_list("state", flat=True))
    return standing_of(check, {state: states.count(state) for state in PassageState})


def check_now(request, sources):
    """Check sources, and say for each what came of it. Without a worker this takes as long as their servers do."""
    if not all(may(request.user, RECAPTURE, source) for source in sources):
        raise PermissionDenied(_("Only an editor can check a source. Ask an editor to do it."))
    for source in sources[:AT_ONCE]:
        _check_one(request, source)
    if left := len(sources) - AT_ONCE:
        words = _("The other %(n)d were left alone: choose at most %(most)d, or let the command check_sources do it.")
        if left > 0:
            messages.warning(request, words % {"n": left, "most": AT_ONCE})


def _check_one(request, source):
    if not source.address or not source.snapshots.exists():
        words = _("“%(source)s” has no address or no stored copy, so there is nothing to look at.")
        messages.warning(request, words % {"source": source})
        return
    result = run_check.enqueue(source.pk, request.user.pk)
    if result.status == TaskResultStatus.SUCCESSFUL:
        messages.success(request, f"{source}: {latest_standing(source)}")
    elif result.status == TaskResultStatus.FAILED:
        words = _(
            "“%(source)s” could not be checked because of a fault here. Nothing was changed; tell who runs this site."
        )
        messages.error(request, words % {"source": source})
    else:
        words = _("“%(source)s” will be checked in a moment. Load this page again to see what came of it.")
        messages.info(request, words % {"source": source})
