"""Organizations: the list, and one with the profile that claims give it and all that it said, published and relayed."""

from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from briefings.filters import OrganizationFilter
from briefings.heads import Head
from briefings.models import Organization, OrganizationKind, Source, Statement
from briefings.parties import Party
from briefings.profiles import profile_of
from briefings.rows import organization_rows
from briefings.timelines import timeline_of

from .details import detail, other_names, passed_on_by, related_briefings, related_sources, related_statements
from .lists import list_page

COUNT = ngettext_lazy("%(shown)s organization", "%(shown)s organizations", "number")


def organization_list(request):
    return list_page(
        request,
        OrganizationFilter,
        Organization.objects.published(),
        rows=organization_rows,
        name="organization-list",
        section="organizations",
        count=COUNT,
        title=_("Organizations"),
        description=_("Who speaks, publishes, passes words on or is spoken about. Countries are among them."),
    )


def organization_detail(request, key):
    return detail(request, Organization, key, organization_page)


def organization_page(request, thing, *, preview=False):
    """The page of an organization whatever its status."""
    public = Statement.objects.published()
    by, about = public.by(thing), public.about(thing)
    via = passed_on_by(thing)
    kind = _("organization") if thing.kind == OrganizationKind.OTHER else thing.get_kind_display()
    profile = profile_of(thing)
    context = {
        "head": Head(
            title=thing.name,
            description=_("%(name)s, %(kind)s: what is said of it, by whom, and what it said.")
            % {"name": thing.name, "kind": kind},
            path=thing.get_absolute_url(),
            section="organizations",
            type="profile",
        ),
        "preview": preview,
        "thing": thing,
        "kind": capfirst(kind),
        "country": _country(thing),
        "names": other_names(thing),
        "profile": profile,
        "timeline": timeline_of(profile, by, organization=thing.slug),
        "sources": related_sources(Source.objects.published().filter(publisher=thing), organization=thing.slug),
        "briefings": related_briefings(by, about, via, organization=thing.slug),
        **related_statements(
            by=(by, {"organization": thing.slug}),
            about=(about, {"about": thing.slug}),
            via=(via, {"via": thing.slug}),
        ),
    }
    return render(request, "briefings/organization_detail.html", context)


def _country(thing):
    """The country of an organization: its page where it has one, else its code."""
    if not thing.country_code or thing.kind == OrganizationKind.COUNTRY:
        return None
    countries = Organization.objects.published().filter(kind=OrganizationKind.COUNTRY, country_code=thing.country_code)
    country = countries.order_by("pk").first()
    return Party(country.name, country.get_absolute_url()) if country else Party(thing.country_code)
