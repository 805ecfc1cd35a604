"""The Atom feeds (RFC 4287): of briefings as readers see them now, and of corrections; the latest first."""

import re

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Min
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from briefings.models import Briefing, Correction, PublishedRevision
from briefings.rows import correction_rows

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
        revisions = revisions.annotate(first_at=Min("briefing__revisions__at"))
        return revisions.prefetch_related("topics", "authors").order_by("-dated", "-pk")[:MOST]

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
        return revision.dated

    def item_pubdate(self, revision):
        return revision.first_at


class CorrectionFeed(Feed):
    feed_type = SiteAtom

    def title(self):
        return _("%(site)s: corrections") % {"site": settings.SITE_NAME}

    def subtitle(self):
        return _("What something here said, what it says now, and why it was changed.")

    def link(self):
        return settings.SITE_URL + reverse("correction-list")

    def feed_url(self):
        return settings.SITE_URL + reverse("feed-corrections")

    feed_guid = link

    def author_name(self):
        return settings.SITE_NAME

    def items(self):
        return correction_rows(Correction.objects.published().order_by("-at", "-pk")[:MOST])

    def item_title(self, row):
        return _xml(f"{row.kind_label}: {row.name}")

    def item_description(self, row):
        parts = [(_("It said:"), row.said), (_("It says now:"), row.says), (_("Why:"), row.why)]
        return "".join(f"<p>{escape(label)} {escape(_xml(words))}</p>" for label, words in parts if words)

    def item_link(self, row):
        return settings.SITE_URL + row.url

    item_guid = item_link

    def item_updateddate(self, row):
        return row.at
