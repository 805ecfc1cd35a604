"""Events: the list, and one with who took part, its parts, and what was said there and about it."""

from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from briefings.filters import EventFilter
from briefings.heads import Head
from briefings.models import DateBasis, Event, EventKind, Statement, said_at
from briefings.models.dates import describe
from briefings.notes.wording import basis
from briefings.profiles import profile_of
from briefings.rows import event_rows
from briefings.timelines import timeline_of

from .details import detail, grouped_by_speaker, related_briefings, related_statements
from .lists import list_page

COUNT = ngettext_lazy("%(shown)s event", "%(shown)s events", "number")


def event_list(request):
    return list_page(
        request,
        EventFilter,
        Event.objects.published(),
        rows=event_rows,
        name="event-list",
        section="events",
        count=COUNT,
        title=_("Events"),
        description=_("What happened at a time, or is said to have happened; who took part, and what was said there."),
    )


def event_detail(request, key):
    return detail(request, Event, key, event_page)


def event_page(request, thing, *, preview=False):
    """The page of an event whatever its status."""
    public = Statement.objects.published()
    there, about = public.filter(said_at(thing)), public.about(thing)
    profile = profile_of(thing)
    lists = related_statements(there=(there, {"event": thing.slug}), about=(about, {"about": thing.slug}))
    date = describe(thing.date)
    context = {
        "head": Head(
            title=thing.name,
            description=_("%(name)s, %(date)s: who took part, and what was said there.")
            % {"name": thing.name, "date": date or _("no date known")},
            path=thing.get_absolute_url(),
            section="events",
            type="article",
        ),
        "preview": preview,
        "thing": thing,
        "kind": _("Event") if thing.kind == EventKind.OTHER else capfirst(thing.get_kind_display()),
        "date": date,
        "date_note": _date_note(thing),
        "profile": profile,
        "timeline": timeline_of(profile, there, event=thing.slug),
        "briefings": related_briefings(there, about, event=thing.slug),
        "speakers": grouped_by_speaker(lists["there"].rows),
        **lists,
    }
    return render(request, "briefings/event_detail.html", context)


def _date_note(thing):
    """What the date of an event rests on, in the editors' words where they left any."""
    if thing.date and thing.date_basis == DateBasis.DERIVED:
        return basis(thing.date_basis, thing.date_note)
    return thing.date_note.removesuffix(".") or basis(thing.date_basis, "")
