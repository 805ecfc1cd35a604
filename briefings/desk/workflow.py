"""The workflow page: where one briefing stands on its way to readers, what stands in the way, and what one may do now.

The acts and their forms are in `workflow_acts`, what the page shows in `workflow_page`.
"""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from briefings.editorial.approval import for_review_by
from briefings.models import Briefing, ReviewState, Schedule, ScheduleState, Source, Stage, Statement
from briefings.permissions import APPROVE, HISTORY, PUBLISH, may

from .captures import HIGHEST_NUMBER, page
from .workflow_acts import ACTS, act_on
from .workflow_page import context_of


def addresses(site):
    """One page for each briefing, behind the login."""
    return [path("workflow/<int:pk>/", site.admin_view(workflow_view), name="desk-workflow")]


def address_of(pk):
    return reverse("admin:desk-workflow", args=[pk])


def workflow_view(request, pk):
    """Show where a briefing stands; on POST do one act, or show the page again with what was typed and why not."""
    briefing = _briefing(request.user, pk)
    given = None
    if request.method == "POST":
        if request.POST.get("act") not in ACTS:
            raise Http404
        given = act_on(request, briefing)
        if given is None:
            return redirect(address_of(pk))
        briefing.refresh_from_db()
    title = _("Where “%(thing)s” stands") % {"thing": briefing}
    return page(request, "workflow", title, context_of(request, briefing, given))


def _briefing(user, pk):
    """The briefing of this number where the user may see its working text; any other does not exist for them."""
    found = Briefing.objects.select_related("current", "approved_by", "reviewer", "created_by")
    briefing = found.filter(pk=pk).first() if pk <= HIGHEST_NUMBER else None
    if briefing is None or not may(user, HISTORY, briefing):
        raise Http404
    return briefing


# What the front page of the desk counts


def waiting(request):
    """What waits for this user: reviews, what failed at its time, what may be published."""
    if may(request.user, APPROVE, Briefing):
        found = for_review_by(request.user)
        words = ngettext("briefing waits for your review", "briefings wait for your review", found.count())
        yield _count(found, f"stage__exact={Stage.IN_REVIEW}", words)
        yield from _record_reviews(request.user)
        yield from _failed()
    if may(request.user, PUBLISH, Briefing):
        found = Briefing.objects.filter(stage=Stage.APPROVED)
        words = ngettext("approved briefing to publish", "approved briefings to publish", found.count())
        yield _count(found, f"stage__exact={Stage.APPROVED}", words)


def _count(found, narrowed, words):
    """One count: it leads to the one briefing, or to the list of those of this stage."""
    listed = f"{reverse('admin:briefings_briefing_changelist')}?{narrowed}"
    return _only_or(found, listed, address_of), found.count(), words


def _only_or(found, listed, address):
    pks = list(found.order_by("pk").values_list("pk", flat=True)[:2])
    return address(pks[0]) if len(pks) == 1 else listed


def _failed():
    failed = Schedule.objects.filter(state=ScheduleState.FAILED).order_by("-settled_at", "-pk")
    if pks := list(failed.values_list("briefing", flat=True)):
        words = ngettext("briefing not published at its time", "briefings not published at their time", len(pks))
        yield address_of(pks[0]), len(pks), words


def _record_reviews(user):
    for model, one, several in (
        (Statement, gettext_lazy("statement to review"), gettext_lazy("statements to review")),
        (Source, gettext_lazy("source to review"), gettext_lazy("sources to review")),
    ):
        found = model.objects.filter(review=ReviewState.ASKED).exclude(created_by=user)
        name, number = model._meta.model_name, found.count()
        listed = f"{reverse(f'admin:briefings_{name}_changelist')}?review=asked"
        if number:
            where = _only_or(found, listed, lambda pk, name=name: reverse(f"admin:briefings_{name}_change", args=[pk]))
            yield where, number, one if number == 1 else several
