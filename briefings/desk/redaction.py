"""Redaction at the desk: what waits, every place that would be touched, what was carried out. Administrators only."""

from collections import Counter
from html import unescape

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from briefings.editorial.problems import Refused
from briefings.editorial.redacting import places_of
from briefings.editorial.redaction import ask, confirm, withdraw
from briefings.models import Redaction
from briefings.models.dates import day_of
from briefings.permissions import REDACT, may
from briefings.quotes import Redactor

from .captures import page

SHOWN = 8  # places of a kind that are shown in their words
AROUND = 60  # code points on each side


def addresses(site):
    """The list with its form, one that waits, and what is done with it, behind the login."""
    return [
        path("redaction/", site.admin_view(list_view), name="desk-redaction"),
        path("redaction/<slug:key>/", site.admin_view(one_view), name="desk-redaction-one"),
        path("redaction/<slug:key>/withdraw/", site.admin_view(withdraw_view), name="desk-redaction-withdraw"),
    ]


def waiting(request):
    """What the front page of the desk counts for administrators."""
    if may(request.user, REDACT, Redaction) and (number := Redaction.objects.waiting().count()):
        yield reverse("admin:desk-redaction"), number, ngettext("redaction to confirm", "redactions to confirm", number)


def list_view(request):
    """What waits, what was done, and the form to ask; what was typed is kept where it is refused."""
    _allow(request)
    problems = []
    if request.method == "POST":
        try:
            asked = ask(request.POST.get("words", ""), request.POST.get("reason", ""), by=request.user)
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("Asked. Another administrator has to confirm it; nothing is removed yet."))
            return redirect("admin:desk-redaction-one", asked.key)
    context = {
        "problems": problems,
        "typed": request.POST,
        "waiting": Redaction.objects.waiting().select_related("asked_by"),
        "done": [_done(one) for one in Redaction.objects.published().select_related("asked_by", "confirmed_by")[:100]],
    }
    return page(request, "redaction", _("Redaction"), context)


def _done(one):
    return {"redaction": one, "day": day_of(one.done_at), "number": len(one.places)}


def one_view(request, key):
    """One that waits: every place by kind, and the confirmation, which is typed."""
    _allow(request)
    redaction = get_object_or_404(Redaction.objects.waiting().select_related("asked_by"), key=key)
    problems = []
    if request.method == "POST":
        try:
            done = confirm(redaction, by=request.user, places=_number(request.POST.get("places", "")))
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("Removed from %(n)d places. Readers are told why.") % {"n": len(done.places)})
            return redirect("admin:desk-redaction")
    places = places_of(redaction.words)
    context = {
        "problems": problems,
        "redaction": redaction,
        "number": len(places),
        "groups": _grouped(places, redaction.words),
        "is_own": redaction.asked_by_id == request.user.pk,
    }
    return page(request, "redaction_one", _("Redaction to be confirmed"), context)


@require_POST
def withdraw_view(request, key):
    _allow(request)
    redaction = get_object_or_404(Redaction, key=key)
    try:
        withdraw(redaction, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken back. The words are forgotten here and stay where they are."))
    return redirect("admin:desk-redaction")


def _allow(request):
    if not may(request.user, REDACT, Redaction):
        raise PermissionDenied(_("Only an administrator can do this. Nothing was removed."))


def _number(words):
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else -1


def _grouped(places, words):
    """Places by kind of record and field: (name, how many, some of them in their words, how many more)."""
    redactor = Redactor(words)
    counts = Counter((place.model, place.field) for place in places)
    groups = []
    for (model, field), number in counts.items():
        some = [place for place in places if (place.model, place.field) == (model, field)][:SHOWN]
        name = f"{capfirst(model._meta.verbose_name_plural)}: {model._meta.get_field(field).verbose_name}"
        groups.append((name, number, [_excerpt(place, redactor) for place in some], max(0, number - SHOWN)))
    return groups


def _excerpt(place, redactor):
    """Where the words stand in a place: before, the words, after; a file has its name."""
    if place.file:
        return ("", _("the whole file"), "")
    text = unescape(strip_tags(place.before)) if place.field == "html" else str(place.before)
    for start, end in redactor.spans(text):
        return (text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND])
    return ("", text[: 2 * AROUND], "")
