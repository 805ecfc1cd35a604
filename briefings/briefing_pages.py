"""What a briefing's page shows, from its latest published revision or, for a preview, from the draft. No request."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from briefings.heads import Head
from briefings.languages import direction_of
from briefings.models.dates import day_of
from briefings.notes import apparatus_of
from briefings.parties import party_of

TEMPLATE = "briefings/briefing_detail.html"


def page_context(briefing, *, preview=False):
    """Return what the template of a briefing's page needs, in at most nine queries whatever the number of citations."""
    shown = briefing if preview else briefing.current
    return {
        "head": Head(
            title=shown.title,
            description=shown.standfirst,
            path=briefing.get_absolute_url(),
            section="briefings",
            type="article",
            noindex=preview,
        ),
        "preview": preview,
        "title": shown.title,
        "standfirst": shown.standfirst,
        "language": shown.language,
        "direction": direction_of(shown.language),
        "site_direction": direction_of(translation.get_language()),
        "topics": [party_of(topic, preview=preview) for topic in shown.topics.order_by("name")],
        "authors": (authors := [party_of(author, preview=preview) for author in _authors(shown, preview)]),
        "version": None if preview else shown.version,
        "published": "" if preview else day_of(shown.at),
        "apparatus": apparatus_of(shown.body, illustrations=briefing.pictures_in(shown.body), preview=preview),
        "reference": "" if preview else _reference(briefing, shown, authors),
    }


def render_page(briefing):
    """Return the finished HTML of a published briefing: the same for all readers, and for the same records."""
    with translation.override(settings.LANGUAGE_CODE), timezone.override(timezone.get_default_timezone()):
        return render_to_string(TEMPLATE, page_context(briefing))


def _authors(shown, preview):
    if preview:
        return shown.authors.order_by("name")
    return [row.person for row in shown.author_rows.select_related("person").order_by("pk")]


def _reference(briefing, shown, authors):
    """How to cite this briefing, in one line of plain text."""
    values = {
        "site": settings.SITE_NAME,
        "title": shown.title,
        "version": shown.version,
        "date": day_of(shown.at),
        "address": settings.SITE_URL + briefing.get_absolute_url(),
    }
    line = _("“%(title)s”, %(site)s, version %(version)s, %(date)s, %(address)s") % values
    return f"{', '.join(author.name for author in authors)}: {line}" if authors else line
