"""The sitemap: an index, and for each kind of page the addresses of what is published."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.shortcuts import render
from django.urls import reverse

from briefings.models import Briefing, Event, Organization, Person, Source, Statement, Topic


class SiteSitemap(Sitemap):
    """Addresses are the site's own, whatever host was asked."""

    limit = 10_000

    def get_domain(self, site=None):
        return settings.SITE_URL.split("://")[1]

    def get_protocol(self, protocol=None):
        return settings.SITE_URL.split("://")[0]


class Pages(SiteSitemap):
    """The first page and the lists."""

    def items(self):
        lists = ("briefing", "statement", "source", "organization", "person", "event", "topic")
        return ["home", *(f"{noun}-list" for noun in lists), "correction-list"]

    def location(self, item):
        return reverse(item)


class Things(SiteSitemap):
    """All public things of one model, as plain rows."""

    def __init__(self, model):
        self.model = model
        self.key = model.natural_key_fields[0]

    def items(self):
        return self.model.objects.published().order_by("pk").values_list(self.key, "modified_at")

    def location(self, item):
        return reverse(f"{self.model._meta.model_name}-detail", args=[item[0]])

    def lastmod(self, item):
        return item[1]


class Briefings(Things):
    """Briefings change for readers when a revision is published."""

    def items(self):
        return self.model.objects.published().order_by("pk").values_list(self.key, "current__at")


class Checks(Briefings):
    """How each briefing was checked."""

    def __init__(self):
        super().__init__(Briefing)

    def location(self, item):
        return reverse("briefing-checks", args=[item[0]])


SITEMAPS = {
    "pages": Pages(),
    "briefings": Briefings(Briefing),
    "checks": Checks(),
    "statements": Things(Statement),
    "sources": Things(Source),
    "organizations": Things(Organization),
    "people": Things(Person),
    "events": Things(Event),
    "topics": Things(Topic),
}


def sitemap_index(request):
    """The list of all sitemaps; Django's own would name the host that was asked instead of the site's address."""
    addresses = [
        settings.SITE_URL + reverse("sitemap-section", args=[section]) + (f"?p={page}" if page > 1 else "")
        for section, site in SITEMAPS.items()
        for page in site.paginator.page_range
    ]
    sitemaps = [{"location": address} for address in addresses]
    return render(request, "sitemap_index.xml", {"sitemaps": sitemaps}, content_type="application/xml")
