"""Readers' reports: what they wrote about which note, and what the desk answers or makes of it."""

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
from briefings.editorial.problems import Refused
from briefings.editorial.reports import LONGEST_ANSWER, answer, close
from briefings.languages import direction_of
from briefings.models import Briefing, Citation, ReaderReport
from briefings.models.dates import day_of
from briefings.pagination import page_of
from briefings.permissions import ANSWER, CORRECT, may

from .captures import HIGHEST_NUMBER, page

OPEN, ANSWERED = "open", "answered"
SHOWN = {OPEN: gettext_lazy("To be answered"), ANSWERED: gettext_lazy("Dealt with")}
PER_PAGE = 10  # each with its words and a field for the answer


def addresses(site):
    """The queue, and answering from it, behind the login."""
    return [
        path("reports/", site.admin_view(list_view), name="desk-reports"),
        path("reports/<int:pk>/", site.admin_view(answer_view), name="desk-reports-answer"),
    ]


def waiting(request):
    """What the front page of the desk counts of this queue, for editors."""
    if may(request.user, ANSWER, Briefing):
        number = ReaderReport.objects.open().count()
        words = ngettext("reader’s report to answer", "readers’ reports to answer", number)
        yield reverse("admin:desk-reports"), number, words


def list_view(request):
    _refuse_unless_editor(request.user)
    return _list(request, request.GET.get("show", ""))


def _refuse_unless_editor(user):
    if not may(user, ANSWER, Briefing):
        raise PermissionDenied(_("Readers’ reports are for editors."))


def _list(request, shown, refused=None):
    shown = shown if shown in SHOWN else OPEN
    found = ReaderReport.objects.open().order_by("made_at", "pk")
    if shown == ANSWERED:
        found = ReaderReport.objects.exclude(pk__in=ReaderReport.objects.open()).order_by("-answered_at", "-pk")
    read = Citation.objects.filter(
        revision__briefing=OuterRef("briefing"),
        revision__version=OuterRef("of_version"),
        statement=OuterRef("statement"),
    )
    related = ("briefing__current", "statement", "answered_by", "correction")
    found = found.select_related(*related).defer("briefing__body")
    found = found.annotate(note=Subquery(read.order_by("order").values("number")[:1]))
    context = {
        "page": page_of(found, request, rows=lambda some: [_row(one, request.user) for one in some], per_page=PER_PAGE),
        "shown": shown,
        "filters": [(name, label, name == shown) for name, label in SHOWN.items()],
        "refused": refused or {},
        "longest": LONGEST_ANSWER,
    }
    return page(request, "reports", _("Readers’ reports"), context)


def _row(one, user):
    briefing, statement = one.briefing, one.statement
    may_correct = briefing.is_public and may(user, CORRECT, briefing)
    return {
        "one": one,
        "title": briefing.current.title if briefing.current else briefing.title,
        "language": briefing.language,
        "direction": direction_of(briefing.language),
        "address": briefing.get_absolute_url(),
        "text_address": reverse("admin:desk-writing", args=[briefing.pk]),
        "made": day_of(one.made_at),
        "answered": day_of(one.answered_at) if one.answered_at else "",
        "is_older": bool(briefing.current and briefing.current.version != one.of_version),
        "statement_words": Truncator(statement.text).chars(160) if statement else "",
        "statement_address": change_address(statement) if statement else "",
        "statement_language": statement.language if statement else "",
        "statement_direction": direction_of(statement.language) if statement else "",
        "correct_address": f"{reverse('admin:desk-correct', args=[briefing.pk])}?report={one.pk}"
        if may_correct
        else "",
    }


def answer_view(request, pk):
    """Answer or close; where that is refused, the queue comes again with the reason and what was typed."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    _refuse_unless_editor(request.user)
    one = ReaderReport.objects.filter(pk=pk).first() if pk <= HIGHEST_NUMBER else None
    seen, act = request.POST.get("seen", ""), request.POST.get("act", "")
    if one is None or act not in ("answer", "close") or not (seen.isascii() and seen.isdecimal() and len(seen) < 10):
        raise Http404
    text = request.POST.get("text", "").replace("\x00", "")
    try:
        if act == "answer":
            answer(one, by=request.user, text=text, seen=int(seen))
        else:
            close(one, by=request.user, seen=int(seen))
    except Refused as refusal:
        return _list(request, request.POST.get("show", ""), {"pk": pk, "why": str(refusal), "text": text})
    messages.success(request, _("Done. The reader finds it at the address that the report gave them."))
    return redirect("admin:desk-reports")
