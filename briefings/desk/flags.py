"""Flags: public briefings that cite what was corrected, retracted or lost, and what an editor made of each."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from briefings.admin.publishing import change_address
from briefings.editorial.flags import LONGEST_NOTE, settle
from briefings.editorial.problems import Refused
from briefings.languages import direction_of
from briefings.models import Briefing, Citation, Flag
from briefings.models.dates import day_of
from briefings.pagination import page_of
from briefings.permissions import CORRECT, SETTLE, may

from .captures import HIGHEST_NUMBER, page

OPEN, SETTLED = "open", "settled"
SHOWN = {OPEN: gettext_lazy("To be looked at"), SETTLED: gettext_lazy("Dealt with")}


def addresses(site):
    """The queue, and settling a flag from it, behind the login."""
    return [
        path("flags/", site.admin_view(list_view), name="desk-flags"),
        path("flags/<int:pk>/", site.admin_view(settle_view), name="desk-flags-settle"),
    ]


def waiting(request):
    """What the front page of the desk counts of this queue, for editors."""
    if may(request.user, SETTLE, Briefing):
        number = Flag.objects.open().count()
        words = ngettext(
            "flag: something that a public briefing cites has changed",
            "flags: something that public briefings cite has changed",
            number,
        )
        yield reverse("admin:desk-flags"), number, words


def list_view(request):
    _refuse_unless_editor(request.user)
    return _list(request, request.GET.get("show", ""))


def _refuse_unless_editor(user):
    if not may(user, SETTLE, Briefing):
        raise PermissionDenied(_("The flags of published briefings are for editors."))


def _list(request, shown, refused=None):
    shown = shown if shown in SHOWN else OPEN
    flags = Flag.objects.open().order_by("at", "pk")
    if shown == SETTLED:
        flags = Flag.objects.exclude(pk__in=Flag.objects.open()).order_by("-dealt_at", "-pk")
    cited = Citation.objects.filter(revision=OuterRef("briefing__current"), statement=OuterRef("statement"))
    flags = flags.select_related("briefing__current", "statement", "dealt_by").defer("briefing__body")
    flags = flags.annotate(number=Subquery(cited.order_by("order").values("number")[:1]))
    context = {
        "page": page_of(flags, request, rows=lambda some: [_row(flag, request.user) for flag in some]),
        "shown": shown,
        "filters": [(name, label, name == shown) for name, label in SHOWN.items()],
        "refused": refused or {},
        "longest": LONGEST_NOTE,
    }
    return page(request, "flags", _("Flags"), context)


def _row(flag, user):
    briefing, statement = flag.briefing, flag.statement
    title = briefing.current.title if briefing.current else briefing.title
    public = f"{briefing.get_absolute_url()}{f'#n{flag.number}' if flag.number else ''}"
    return {
        "flag": flag,
        "title": title,
        "language": briefing.language,
        "direction": direction_of(briefing.language),
        "public": public if briefing.is_public else "",
        "number": flag.number,
        "since": day_of(flag.at),
        "dealt": day_of(flag.dealt_at) if flag.dealt_at else "",
        "statement_words": Truncator(statement.text).chars(160),
        "statement_address": change_address(statement),
        "statement_direction": direction_of(statement.language),
        "text_address": reverse("admin:desk-writing", args=[briefing.pk]),
        "correct_address": reverse("admin:desk-correct", args=[briefing.pk])
        if briefing.is_public and may(user, CORRECT, briefing)
        else "",
    }


def settle_view(request, pk):
    """Let a text stand; where that is refused, the queue comes again with the reason and what was typed."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    _refuse_unless_editor(request.user)
    flag = Flag.objects.filter(pk=pk).first() if pk <= HIGHEST_NUMBER else None
    seen = request.POST.get("seen", "")
    if flag is None or not (seen.isascii() and seen.isdecimal() and len(seen) < 10):
        raise Http404
    note = request.POST.get("note", "").replace("\x00", "")
    try:
        settle(flag, by=request.user, note=note, seen=int(seen))
    except Refused as refusal:
        return _list(request, OPEN, {"pk": pk, "why": str(refusal), "note": note})
    messages.success(request, _("It stands as it is. Readers no longer see the notice."))
    return redirect("admin:desk-flags")
