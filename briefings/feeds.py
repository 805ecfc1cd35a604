"""The Atom feed of briefings (RFC 4287): what readers see now, the latest revision first."""

import re

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from briefings.models import Briefing, PublishedRevision

MOST = 20
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2: not even escaped


class SiteAtom(Atom1Feed):
    """Addresses are the site's own, whatever host was asked."""

    content_type = "application/atom+xml; charset=utf-8"


def _xml(words):
    """Leave out what pasted words may hold and no XML: one such character would take the whole feed away."""
    return _NO_XML.sub("", words)


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
        return _xml(revision.title)

    def item_description(self, revision):
        return escape(_xml(revision.standfirst))  # Django marks summaries as HTML

    def item_link(self, revision):
        return settings.SITE_URL + revision.get_absolute_url()

    item_guid = item_link

    def item_author_name(self, revision):
        names = ", ".join(author.name for author in revision.authors.all() if author.is_public)
        return _xml(names) or settings.SITE_NAME

    def item_categories(self, revision):
        return [_xml(topic.name) for topic in revision.topics.all() if topic.is_public]

    def item_updateddate(self, revision):
        return revision.at
