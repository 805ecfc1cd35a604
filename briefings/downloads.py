"""A briefing with its notes as a file: what its page shows, as the values that `exports` writes. No request."""

from html import unescape
from urllib.parse import urljoin

from django.conf import settings
from django.utils import timezone, translation
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from briefings.briefing_pages import page_context
from briefings.exports import Article, ExportedNote, ExportedRemark, as_docx, as_markdown, blocks_of
from briefings.rendering.trees import Paragraph, Run

MARKDOWN, DOCX = "md", "docx"
TYPES = {
    MARKDOWN: "text/markdown; charset=utf-8",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_WRITERS = {MARKDOWN: lambda article: as_markdown(article).encode(), DOCX: as_docx}


def file_of(briefing, kind, *, preview=False):
    """Return a briefing as a file of a kind (MARKDOWN, DOCX): as published, or as its editors left it.

    The words around a published text are in the site's language, the same for all readers.
    """
    if preview:
        return _WRITERS[kind](article_of(briefing, preview=True))
    with translation.override(settings.LANGUAGE_CODE), timezone.override(timezone.get_default_timezone()):
        return _WRITERS[kind](article_of(briefing))


def article_of(briefing, *, preview=False):
    """Return what a file of a briefing is made of; the queries are those of its page."""
    page = page_context(briefing, preview=preview)
    address = settings.SITE_URL + briefing.get_absolute_url()
    apparatus = page["apparatus"]
    authors = ", ".join(author.name for author in page["authors"])
    dates = page["dates"] or _("Draft")
    return Article(
        title=page["title"],
        standfirst=page["standfirst"],
        byline=" · ".join(filter(None, [authors, settings.SITE_NAME, dates])),
        language=page["language"],
        is_rtl=page["direction"] == "rtl",
        facts=tuple(_facts(page, authors, dates, "" if preview else address)),
        blocks=tuple(block for each in apparatus.blocks for block in blocks_of(each.html, address)),
        remarks=tuple(ExportedRemark(one.letter, blocks_of(one.html, address)) for one in apparatus.remarks),
        notes=tuple(ExportedNote(one.number, tuple(_note(one.note))) for one in apparatus.notes),
        sources=tuple(Paragraph(tuple(_source(entry.evidence))) for entry in apparatus.sources),
        evidence_line=unescape(strip_tags(apparatus.evidence_line)),
        remarks_heading=_("Remarks"),
        sources_heading=_("Sources"),
        analysis_label=_("Analysis"),
    )


def _facts(page, authors, dates, address):
    named = {"title": page["title"], "author": authors, "date": dates, "lang": page["language"], "url": address}
    return ((name, value) for name, value in named.items() if value)


def _note(note):
    """The paragraphs of a note, which say what the note beside the text says, links written out."""
    if note.retracted:
        yield _plain(_("This statement was retracted: %(reason)s") % {"reason": note.retracted})
        return
    said = ", ".join(filter(None, [note.kind_label, note.said]))
    yield Paragraph((*([Run(note.speaker_label, strong=True), Run(" · ")] if note.speaker_label else []), Run(said)))
    for evidence in note.evidence:
        yield from _evidence(evidence)
    if not note.evidence:
        yield _plain(_("The source that carried these words is no longer public."))
    if note.translation:
        translator = f" ({note.translator})" if note.translator else ""
        yield _plain(f"{_('Our translation:')} {note.translation}{translator}")


def _evidence(evidence):
    for extract in evidence.extracts:
        yield _plain("".join(f"{one.before}{one.exact}{one.after}" for one in extract))
    if len(evidence.route) > 1:
        yield _plain(" → ".join(party.name for party in evidence.route))
    wording = f"{evidence.wording[:1].upper()}{evidence.wording[1:]}."
    places = f" {_('At %(place)s.') % {'place': evidence.locators}}" if evidence.locators else ""
    yield Paragraph((Run(wording + places + " "), *_source(evidence)))
    if evidence.edits:
        yield _plain(f"{_('The quotation is edited:')} {'; '.join(evidence.edits)}.")
    if evidence.drift:
        yield _plain(evidence.drift)


def _source(evidence):
    """The source in a line: title, authors, publisher, date, how it was got, and its address."""
    page = urljoin(settings.SITE_URL, evidence.source.url) if evidence.source.url else ""
    yield Run(evidence.source.name, emphasis=True, link=page)
    authors = _("by %(authors)s") % {"authors": evidence.authors} if evidence.authors else ""
    publisher = evidence.publisher.name if evidence.publisher else ""
    rest = [authors, publisher, evidence.published or _("undated")]
    yield Run(", " + ", ".join(filter(None, rest)) + f". {evidence.captured} ")
    if evidence.address:
        yield Run(evidence.address, link=evidence.address)


def _plain(words):
    return Paragraph((Run(words),))
