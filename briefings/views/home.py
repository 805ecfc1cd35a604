"""The first page: what this site is, its latest briefings, and ways into everything they rest on."""

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from briefings.models import Briefing, Source, Statement, Topic
from briefings.rows import briefing_rows, source_rows, statement_rows, topic_rows

from .details import counted
from .heads import Head


def home(request):
    briefings = Briefing.objects.published().exclude(current=None).order_by("-current__at", "-pk")
    sources = Source.objects.published()
    statements = Statement.objects.published()
    context = {
        "head": Head(
            title=_("Sourced briefings"),
            description=_(
                "%(site)s: articles in which every claim can be checked in two clicks, down to the exact words "
                "in the original."
            )
            % {"site": settings.SITE_NAME},
            path=reverse("home"),
        ),
        "briefings": briefing_rows(briefings[:6]),
        "statements": statement_rows(statements.order_by("-said_earliest", "-key")[:4]),
        "sources": source_rows(sources.order_by("-published_earliest", "-key")[:4]),
        "topics": topic_rows(Topic.objects.published().filter(parent=None).order_by("name")[:8]),
        "counts": _counts(counted(briefings), counted(statements), counted(sources)),
    }
    return render(request, "briefings/home.html", context)


def _counts(briefings, statements, sources):
    """How much there is, each with its list: (words, address)."""
    return [
        (ngettext("%(n)s briefing", "%(n)s briefings", briefings) % {"n": briefings}, reverse("briefing-list")),
        (ngettext("%(n)s statement", "%(n)s statements", statements) % {"n": statements}, reverse("statement-list")),
        (ngettext("%(n)s source", "%(n)s sources", sources) % {"n": sources}, reverse("source-list")),
    ]
