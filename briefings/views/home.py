"""The first page: what this site is, its latest briefings, and ways into everything they rest on."""

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from briefings.heads import Head
from briefings.models import Briefing, Source, Statement, Topic
from briefings.pagination import counted, in_words
from briefings.rows import briefing_rows, source_rows, statement_rows, topic_rows

from .briefings import COUNT as COUNT_OF_BRIEFINGS
from .sources import COUNT as COUNT_OF_SOURCES
from .statements import COUNT as COUNT_OF_STATEMENTS


def home(request):
    briefings = Briefing.objects.published().latest_first()
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
        "counts": _counts(
            (briefings, COUNT_OF_BRIEFINGS, "briefing-list"),
            (statements, COUNT_OF_STATEMENTS, "statement-list"),
            (sources, COUNT_OF_SOURCES, "source-list"),
        ),
    }
    return render(request, "briefings/home.html", context)


def _counts(*counted_lists):
    """How much there is, each with its list: (words, address)."""
    return [(in_words(*counted(rows), count), reverse(name)) for rows, count, name in counted_lists]
