"""The Atom feed of briefings (RFC 4287): what readers see now, the latest revision first."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from briefings.models import Briefing, PublishedRevision

MOST = 20


class SiteAtom(Atom1Feed):
    """Addresses are the site's own, whatever host was asked."""

    content_type = "application/atom+xml; charset=utf-8"


class BriefingFeed(Feed):
    feed_type = SiteAtom

    def title(self):
        return settings.SITE_NAME

    def subtitle(self):
        return _("Articles in which every claim can be followed to the words that were printed.")

    def link(self):
        return settings.SITE_URL + reverse("briefing-list")

    def feed_url(self):
        return settings.SITE_URL + reverse("feed")

    feed_guid = link

    def author_name(self):
        return settings.SITE_NAME

    def items(self):
        current = Briefing.objects.published().values("current")
        revisions = PublishedRevision.objects.filter(pk__in=current).select_related("briefing")
        return revisions.prefetch_related("topics", "authors").order_by("-at", "-pk")[:MOST]

    def item_title(self, revision):
        return revision.title

    def item_description(self, revision):
        return escape(revision.standfirst)  # Django marks summaries as HTML

    def item_link(self, revision):
        return settings.SITE_URL + revision.get_absolute_url()

    item_guid = item_link

    def item_author_name(self, revision):
        return ", ".join(author.name for author in revision.authors.all() if author.is_public) or settings.SITE_NAME

    def item_categories(self, revision):
        return [topic.name for topic in revision.topics.all() if topic.is_public]

    def item_updateddate(self, revision):
        return revision.at
