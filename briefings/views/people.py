"""People: the list, and one with the profile that claims give and all that they said. Each has a public role."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from briefings.filters import PersonFilter
from briefings.heads import Head
from briefings.models import Briefing, Person, Statement
from briefings.profiles import profile_of
from briefings.rows import briefing_rows, person_rows
from briefings.timelines import timeline_of

from .details import SHORT, detail, other_names, passed_on_by, related_briefings, related_statements
from .lists import list_page

COUNT = ngettext_lazy("%(shown)s person", "%(shown)s people", "number")


def person_list(request):
    return list_page(
        request,
        PersonFilter,
        Person.objects.published(),
        rows=person_rows,
        name="person-list",
        section="people",
        count=COUNT,
        title=_("People"),
        description=_("Those who speak or are spoken about in a public role."),
    )


def person_detail(request, key):
    return detail(request, Person, key, person_page)


def person_page(request, thing, *, preview=False):
    """The page of a person whatever its status."""
    public = Statement.objects.published()
    by, about, via = public.by(thing), public.about(thing), passed_on_by(thing)
    written = Briefing.objects.published().filter(current__author_rows__person=thing).latest_first()
    profile = profile_of(thing)
    context = {
        "head": Head(
            title=thing.name,
            description=_("%(name)s, %(role)s: what is printed about them, by whom, and what they said.")
            % {"name": thing.name, "role": thing.public_role},
            path=thing.get_absolute_url(),
            section="people",
            type="profile",
        ),
        "preview": preview,
        "thing": thing,
        "names": other_names(thing),
        "profile": profile,
        "timeline": timeline_of(profile, by, person=thing.slug),
        "briefings": related_briefings(by, about, via, person=thing.slug),
        "written": briefing_rows(written[:SHORT]),
        **related_statements(
            by=(by, {"person": thing.slug}),
            about=(about, {"about": thing.slug}),
            via=(via, {"via": thing.slug}),
        ),
    }
    return render(request, "briefings/person_detail.html", context)
