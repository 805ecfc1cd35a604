"""Readers' reports: the form, without account or cookie, and the page of the answer, for its reader alone."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from briefings.editorial.reports import report
from briefings.heads import Head
from briefings.languages import direction_of
from briefings.models import Briefing, ReaderReport
from briefings.models.dates import day_of
from briefings.report_forms import ReportForm, count_report, reader_of
from briefings.rows import correction_rows

from .details import detail


@csrf_exempt  # no cookie: the form carries a signed token instead
@require_http_methods(["GET", "HEAD", "POST"])
def report_new(request, key):
    """The form of a public briefing; a report that could not be taken comes back with its words."""
    return detail(request, Briefing, key, _report_page)


def _report_page(request, briefing):
    reader = reader_of(request)
    form = ReportForm(request.POST or None, briefing=briefing, reader=reader, initial={"note": _note(request)})
    if request.method == "POST" and form.is_valid():
        made = report(
            briefing,
            text=form.cleaned_data["text"],
            secret=form.secret,
            of_version=form.token["version"],
            statement=form.statement,
            contact=form.cleaned_data["contact"],
        )
        if form.is_new:
            count_report(reader)
        return _private(HttpResponseRedirect(reverse("report-answer", args=[made.secret])))
    context = {
        "head": Head(title=_("Report a problem"), path=reverse("report-new", args=[briefing.slug]), noindex=True),
        "form": form,
        "token": form.token_to_show,
        "title": briefing.current.title,
        "language": briefing.current.language,
        "direction": direction_of(briefing.current.language),
        "address": briefing.get_absolute_url(),
    }
    return _private(render(request, "briefings/report_new.html", context, status=400 if form.errors else 200))


def _note(request):
    """The number of a note as the link has it, or nothing."""
    asked = request.GET.get("note", "")
    return asked if asked.isascii() and asked.isdecimal() and len(asked) < 6 else ""


@require_safe
def report_answer(request, secret):
    """What became of a report, for whoever has its private address."""
    one = ReaderReport.objects.filter(secret=secret).select_related("briefing__current", "statement").first()
    if one is None:
        raise Http404(_("There is no report at this address."))
    context = {
        "head": Head(title=_("Your report"), noindex=True),
        "one": one,
        "made": day_of(one.made_at),
        "answered": day_of(one.answered_at) if one.answered_at else "",
        "address": one.briefing.get_absolute_url(),
        "corrections": correction_rows(type(one.correction).objects.published().filter(pk=one.correction_id))
        if one.correction_id
        else [],
    }
    response = _private(render(request, "briefings/report_answer.html", context))
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is the key
    return response


def _private(response):
    """Never kept, never found by a search."""
    add_never_cache_headers(response)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
