"""A briefing as a Word document (ECMA-376): headings, lists, links, and the notes as the footnotes that Word knows.

A note that is cited again is a cross-reference to its footnote, so that it keeps its number. The same article makes
the same bytes.
"""

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

from briefings.rendering.trees import Block, Heading, Listing, Paragraph, Run

from .docx_parts import CONTENT_TYPES, PACKAGE_RELATIONS, numbering, properties, relations, settings, styles
from .docx_text import Text, element, words_of
from .values import Article

_START = (1980, 1, 1, 0, 0, 0)  # zip's own beginning of time


def as_docx(article: Article) -> bytes:
    """Return the file. Characters that XML cannot hold are left out."""
    text = Text(article.analysis_label)
    body = element(
        "body", *_head(article, text), *text.blocks(article.blocks), *_tail(article, text), _section(article)
    )
    notes = Text(article.analysis_label)
    footnotes = _footnotes(article, notes)
    parts: dict[str, bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": PACKAGE_RELATIONS,
        "docProps/core.xml": properties(words_of(article.title), words_of(article.byline), article.language),
        "word/document.xml": _bytes(element("document", body)),
        "word/styles.xml": styles(article.language, article.is_rtl),
        "word/numbering.xml": numbering(text.starts),
        "word/settings.xml": settings(),
        "word/footnotes.xml": _bytes(footnotes),
        "word/_rels/document.xml.rels": relations(text.links, is_document=True),
        "word/_rels/footnotes.xml.rels": relations(notes.links, is_document=False),
    }
    return _zipped(parts)


def _head(article: Article, text: Text) -> list[etree._Element]:
    lines = [("Title", article.title), ("Subtitle", article.standfirst), ("Byline", article.byline)]
    made = [text.paragraph((Run(words),), style) for style, words in lines if words]
    return [*made, *([text.paragraph((Run(article.evidence_line),), "Byline")] if article.evidence_line else [])]


def _tail(article: Article, text: Text) -> list[etree._Element]:
    blocks: list[Block] = []
    if article.remarks:
        blocks.append(Heading(2, (Run(article.remarks_heading),)))
    made = text.blocks(blocks)
    for remark in article.remarks:
        first, *rest = remark.blocks or (Paragraph(()),)
        inlines = first.inlines if isinstance(first, Paragraph) else ()
        made.append(
            text.paragraph((Run(f"{remark.letter}. ", emphasis=True), *inlines), "Remark", f"r-{remark.letter}")
        )
        made += text.blocks(rest if isinstance(first, Paragraph) else remark.blocks)
    if article.sources:
        items = tuple((source,) for source in article.sources)
        made += text.blocks([Heading(2, (Run(article.sources_heading),)), Listing(True, 1, items)])
    return made


def _section(article: Article) -> etree._Element:
    size = element("pgSz", w="11906", h="16838")
    margins = element(
        "pgMar", top="1440", right="1440", bottom="1440", left="1440", header="708", footer="708", gutter="0"
    )
    return element("sectPr", size, margins, *([element("bidi")] if article.is_rtl else []))


def _footnotes(article: Article, text: Text) -> etree._Element:
    """The notes, after the two lines that every document with footnotes has to define."""
    lines = [
        element("footnote", element("p", element("r", element(kind))), type=kind, id=number)
        for kind, number in (("separator", "-1"), ("continuationSeparator", "0"))
    ]
    return element("footnotes", *lines, *(_footnote(note.number, note.paragraphs, text) for note in article.notes))


def _footnote(number: int, paragraphs: tuple[Paragraph, ...], text: Text) -> etree._Element:
    made = [text.paragraph(paragraph.inlines, "FootnoteText") for paragraph in paragraphs or (Paragraph(()),)]
    mark = element("r", element("rPr", element("rStyle", val="FootnoteReference")), element("footnoteRef"))
    made[0].insert(1, mark)
    made[0].insert(2, text.run(Run(" ")))
    return element("footnote", *made, id=str(number))


def _bytes(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _START)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            package.writestr(entry, content)
    return made.getvalue()
