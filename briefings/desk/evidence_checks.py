"""What the evidence checks say of a briefing, and where editors say why its warnings stand."""

from django.contrib import messages
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from briefings.admin.publishing import change_address
from briefings.admin.roles import readable
from briefings.editorial.acceptances import LONGEST_REASON, accept_warnings, withdraw
from briefings.editorial.evidence import body_problems
from briefings.editorial.problems import Refused
from briefings.models import Acceptance, Briefing
from briefings.models.dates import day_of
from briefings.permissions import ACCEPT, CHANGE, HISTORY, may

from .captures import HIGHEST_NUMBER, page


def addresses(site):
    """The list for one briefing, and what is done from it, behind the login."""
    return [
        path("checks/<int:pk>/", site.admin_view(checks_view), name="desk-checks"),
        path("checks/word/<int:pk>/back/", site.admin_view(withdraw_view), name="desk-checks-withdraw"),
    ]


def checks_address(briefing):
    return reverse("admin:desk-checks", args=[briefing.pk])


def checks_view(request, pk):
    """Show what the checks find in the stored text; a POST gives one word on all warnings that are ticked."""
    briefing = _briefing_or_404(request.user, pk)
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        marks = request.POST.getlist("mark")[:1000]
        try:
            given = accept_warnings(briefing, dict.fromkeys(marks, reason), by=request.user, body=briefing.body)
        except Refused as refusal:
            return _page(request, briefing, {"why": str(refusal), "reason": reason, "marks": marks})
        _say(request, len(given))
        return redirect(checks_address(briefing))
    return _page(request, briefing, {})


def _say(request, number):
    if number:
        words = ngettext("Your word stands with %(n)d warning.", "Your word stands with %(n)d warnings.", number)
        messages.success(request, words % {"n": number})
    else:
        messages.warning(request, _("No warning was ticked, so nothing was written down."))


def _briefing_or_404(user, pk):
    briefings = readable(user, Briefing.objects.all()).select_related("current")
    briefing = briefings.filter(pk=pk).first() if pk <= HIGHEST_NUMBER else None
    if briefing is None or not may(user, HISTORY, briefing):
        raise Http404(_("There is no briefing here whose checks you may look at."))
    return briefing


def _page(request, briefing, refused):
    problems = body_problems(briefing.body, briefing=briefing)
    words = list(Acceptance.objects.filter(briefing=briefing).select_related("created_by"))
    standing = {(one.code, one.fingerprint) for one in problems}
    context = {
        "briefing": briefing,
        "address": change_address(briefing),
        "errors": [one for one in problems if one.blocks],
        "open": [one for one in problems if one.is_open and not one.blocks],
        "notes": [one for one in problems if not one.is_open and not one.reason],
        "given": [_given(one) for one in words if (one.code, one.fingerprint) in standing],
        "over": [_given(one) for one in words if (one.code, one.fingerprint) not in standing],
        "may_accept": may(request.user, ACCEPT, briefing),
        "may_write": may(request.user, CHANGE, briefing),
        "refused": refused,
        "longest": LONGEST_REASON,
    }
    return page(request, "checks", _("Checks of “%(briefing)s”") % {"briefing": briefing}, context)


def _given(acceptance):
    by = acceptance.created_by
    return {
        "pk": acceptance.pk,
        "about": acceptance.about,
        "reason": acceptance.reason,
        "day": day_of(acceptance.at),
        "by": (by.get_full_name() or by.get_username()) if by else "",
    }


def withdraw_view(request, pk):
    """Take a word back."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    found = Acceptance.objects.select_related("briefing").filter(pk=pk).first() if pk <= HIGHEST_NUMBER else None
    if found is None:
        raise Http404(_("This word has been taken back already."))
    briefing = _briefing_or_404(request.user, found.briefing_id)
    withdraw(found, by=request.user)
    messages.success(request, _("The word was taken back. Its warning waits again before the next publication."))
    return redirect(checks_address(briefing))
