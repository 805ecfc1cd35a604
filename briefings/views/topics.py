"""Topics: the list, and one with its parts, its statements and its briefings."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from briefings.filters import TopicFilter
from briefings.heads import Head
from briefings.models import Briefing, Statement, Topic
from briefings.rows import topic_rows

from .details import briefings_in_short, detail, related_sources, related_statements, sources_of
from .lists import list_page

COUNT = ngettext_lazy("%(shown)s topic", "%(shown)s topics", "number")


def topic_list(request):
    return list_page(
        request,
        TopicFilter,
        Topic.objects.published(),
        rows=topic_rows,
        name="topic-list",
        section="topics",
        count=COUNT,
        title=_("Topics"),
        description=_("The subjects under which briefings and statements are filed."),
    )


def topic_detail(request, key):
    return detail(request, Topic, key, topic_page)


def topic_page(request, thing, *, preview=False):
    """The page of a topic whatever its status."""
    statements = Statement.objects.published().filter(topics=thing)
    briefings = Briefing.objects.published().filter(current__topic_rows__topic=thing)
    context = {
        "head": Head(
            title=thing.name,
            description=thing.description or _("Briefings and statements about %(name)s.") % {"name": thing.name},
            path=thing.get_absolute_url(),
            section="topics",
        ),
        "preview": preview,
        "thing": thing,
        "parent": Topic.objects.published().filter(pk=thing.parent_id).first(),
        "children": topic_rows(Topic.objects.published().filter(parent=thing).order_by("name")),
        "briefings": briefings_in_short(briefings, topic=thing.slug),
        "sources": related_sources(sources_of(statements), topic=thing.slug),
        **related_statements(statements=(statements, {"topic": thing.slug})),
    }
    return render(request, "briefings/topic_detail.html", context)
