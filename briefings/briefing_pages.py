"""What a briefing's page shows, from its latest published revision or, for a preview, from the draft. No request."""

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from briefings.heads import Head
from briefings.languages import direction_of
from briefings.models import Briefing, Correction, Flag, Redaction, SentenceMark
from briefings.models.dates import day_of
from briefings.notes import apparatus_of, read_by_second
from briefings.notes.notices import notices_of
from briefings.parties import party_of
from briefings.rows import correction_rows

TEMPLATE = "briefings/briefing_detail.html"
TEXT = "briefings/_text.html"  # what a seal keeps of it


def page_context(briefing, *, preview=False):
    """Return what the template of a briefing's page needs, in eight queries whatever it cites.

    One more for each thing that most pages lack: marks of a second reader, corrections, notices, redactions.
    """
    shown = briefing if preview else briefing.current
    carried = _carried(briefing)
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
        "authors": (authors := [party_of(author, preview=preview) for author in authors_of(shown, preview=preview)]),
        "dates": "" if preview else dates_of(shown),
        "about": (about := None if preview else _about(briefing)),
        "apparatus": apparatus_of(
            shown.body,
            illustrations=briefing.pictures_in(shown.body),
            preview=preview,
            read=read_by_second(briefing) if "marks" in carried else (),
        ),
        "redactions": []
        if preview or "redactions" not in carried
        else redactions_of(("briefing", briefing.slug), version_page_of(briefing, shown)),
        "reference": "" if preview else _reference(briefing, shown, authors),
        "corrections": [] if preview or "corrections" not in carried else correction_rows(briefing.corrections.all()),
        "notices": [] if preview or "flags" not in carried else notices_of(briefing),
        "report_url": about["report"] if about else "",
    }


def _carried(briefing):
    """Which of the things that most pages lack there are for this one; asked after the page was claimed, as all is."""
    of_this = {"briefing": OuterRef("pk")}
    there = {
        "marks": Exists(SentenceMark.objects.filter(**of_this)),
        "corrections": Exists(Correction.objects.filter(**of_this)),
        "flags": Exists(Flag.objects.open().filter(**of_this)),
        "redactions": Exists(Redaction.objects.published()),
    }
    row = Briefing.objects.filter(pk=briefing.pk).values_list(*there.values()).first()
    return {name for name, is_there in zip(there, row or (), strict=False) if is_there}


def render_page(briefing):
    """Return the finished HTML of a published briefing: the same for all readers, and for the same records."""
    with translation.override(settings.LANGUAGE_CODE), timezone.override(timezone.get_default_timezone()):
        return render_to_string(TEMPLATE, page_context(briefing))


def redactions_of(*pages):
    """What a page says where words were removed: (day, reason), the latest first. A page is (kind, key)."""
    return [(day_of(at), reason) for at, reason in Redaction.objects.on_page(*pages)]


def version_page_of(briefing, revision):
    """How a redaction names the page of one version."""
    return "version", f"{briefing.slug}/{revision.version}"


def text_of(revision):
    """Return, as HTML, what a reader sees of a revision under its byline now: the seal of a new one keeps it so."""
    with translation.override(settings.LANGUAGE_CODE), timezone.override(timezone.get_default_timezone()):
        pictures = revision.briefing.pictures_in(revision.body)
        context = {
            "apparatus": apparatus_of(revision.body, illustrations=pictures, read=read_by_second(revision.briefing)),
            "language": revision.language,
            "site_direction": direction_of(settings.LANGUAGE_CODE),
        }
        return render_to_string(TEXT, context)


def dates_of(revision):
    """When a revision was published, in words: its public date, a minor change since, and its version."""
    values = {"date": day_of(revision.dated), "changed": day_of(revision.at), "version": revision.version}
    if values["date"] == values["changed"]:
        return _("Published %(date)s · Version %(version)s") % values
    return _("Published %(date)s · Small change %(changed)s · Version %(version)s") % values


def _about(briefing):
    """The addresses behind the line of links under the byline."""
    names = {
        "history": "briefing-history",
        "checks": "briefing-checks",
        "markdown": "briefing-markdown",
        "docx": "briefing-docx",
        "report": "report-new",
    }
    return {name: reverse(view, args=[briefing.slug]) for name, view in names.items()}


def authors_of(shown, *, preview=False):
    """The persons of a byline, in its order."""
    if preview:
        return shown.authors.order_by("name")
    return [row.person for row in shown.author_rows.select_related("person").order_by("pk")]


def _reference(briefing, shown, authors):
    """How to cite this briefing, in one line of plain text."""
    values = {
        "site": settings.SITE_NAME,
        "title": shown.title,
        "version": shown.version,
        "date": day_of(shown.dated),
        "address": settings.SITE_URL + briefing.get_absolute_url(),
    }
    line = _("“%(title)s”, %(site)s, version %(version)s, %(date)s, %(address)s") % values
    return f"{', '.join(author.name for author in authors)}: {line}" if authors else line
