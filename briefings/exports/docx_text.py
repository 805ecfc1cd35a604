"""The text of a Word document: paragraphs, runs, links, lists and the marks of notes, as WordprocessingML."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from lxml import etree

from briefings.rendering.trees import (
    Aside,
    Block,
    Break,
    Code,
    Figure,
    Heading,
    Image,
    Inline,
    Listing,
    Mark,
    Paragraph,
    Quote,
    Rule,
    Run,
)

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DEEPEST = 8  # levels of lists that Word has, from 0
_FIRST_LINK = 10  # numbers of relations below it are those of the document's parts
_STEP = 360  # twentieths of a point by which a level of a list stands further in


def element(tag: str, /, *children: etree._Element, **attributes: str) -> etree._Element:
    """Return an element of WordprocessingML."""
    made = etree.Element(f"{{{W}}}{tag}", nsmap={"w": W, "r": R})
    for key, value in attributes.items():
        made.set(f"{{{W}}}{key}", value)
    made.extend(children)
    return made


def words_of(words: str) -> str:
    """Return the words without what no XML can hold."""
    return _NO_XML.sub("", words)


class Text:
    """Makes the paragraphs of one part of a document, and gathers the links and lists that other parts must name."""

    def __init__(self, analysis: str):
        self.analysis = analysis
        self.links: dict[str, str] = {}  # address to the name of its relation
        self.starts: list[tuple[bool, int]] = []  # of each list: whether it is numbered, and from where
        self._noted: set[str] = set()
        self._bookmarks = 0

    def blocks(self, blocks: Iterable[Block], style: str = "", level: int = -1) -> list[etree._Element]:
        """Paragraphs for blocks; `level` is that of the list they stand in, from 0."""
        return [made for block in blocks for made in self._block(block, style, level)]

    def _block(self, block: Block, style: str, level: int) -> Iterator[etree._Element]:
        match block:
            case Heading(number, inlines):
                yield self.paragraph(inlines, f"Heading{min(max(1, number - 1), 5)}")
            case Paragraph(inlines):
                yield self.paragraph(inlines, style, inset=level)
            case Quote(blocks):
                yield from self.blocks(blocks, "Quote", level)
            case Aside(blocks):
                yield self.paragraph((Run(self.analysis, strong=True),), "Analysis")
                yield from self.blocks(blocks, "Analysis", level)
            case Code(text):
                yield from (self.paragraph((Run(line),), "Code", inset=level) for line in text.strip("\n").split("\n"))
            case Figure(image, caption):
                yield self.paragraph((image,), style, inset=level)
                yield from [self.paragraph((Run(caption),), "Caption", inset=level)] if caption else []
            case Rule():
                yield self.paragraph((), "Rule")
            case Listing():
                yield from self._list(block, style, min(level + 1, _DEEPEST))

    def _list(self, listing: Listing, style: str, level: int) -> Iterator[etree._Element]:
        self.starts.append((listing.ordered, listing.start))
        number = len(self.starts)
        for item in listing.items:
            first, rest = (item[0], item[1:]) if item and isinstance(item[0], Paragraph) else (Paragraph(()), item)
            made = self.paragraph(first.inlines, style or "ListParagraph")
            place = element("numPr", element("ilvl", val=str(level)), element("numId", val=str(number)))
            made[0].insert(1, place)
            yield made
            yield from self.blocks(rest, style, level)

    def paragraph(
        self, inlines: Sequence[Inline], style: str = "", bookmark: str = "", *, inset: int = -1
    ) -> etree._Element:
        """One paragraph, its properties first."""
        about = element("pPr", *([element("pStyle", val=style)] if style else []))
        if inset >= 0:
            about.append(element("ind", left=str(_STEP * (inset + 1))))
        made = [node for link, each in groupby(inlines, key=_link) for node in self._linked(link, each)]
        return element("p", about, *(self._bookmarked(bookmark, made) if bookmark else made))

    def _linked(self, link: str, inlines: Iterable[Inline]) -> Iterator[etree._Element]:
        nodes: list[etree._Element] = []
        before: Inline | None = None
        for inline in inlines:
            if isinstance(inline, Mark) and isinstance(before, Mark) and not inline.about:
                nodes.append(_raised(_text(", ")))
            nodes += self._inline(inline)
            before = inline
        if not link:
            yield from nodes
            return
        made = element("hyperlink", *nodes)
        made.set(f"{{{R}}}id", self.links.setdefault(words_of(link), f"rId{_FIRST_LINK + len(self.links)}"))
        yield made

    def _inline(self, inline: Inline) -> Iterator[etree._Element]:
        match inline:
            case Run():
                yield self.run(inline)
            case Break():
                yield element("r", element("br"))
            case Image(address, alt):
                yield from self._linked(address, [Run(f"[{alt or address}]", link=address)])
            case Mark(label, about):
                yield from [self.run(Run(f" ({about})"))] if about else []
                yield from self._mark(label)

    def run(self, run: Run) -> etree._Element:
        words = words_of(run.words)
        manner = [
            *([element("rStyle", val="Hyperlink")] if run.link else []),
            *([element("rFonts", ascii="Consolas", hAnsi="Consolas", cs="Consolas")] if run.code else []),
            *([element("b"), element("bCs")] if run.strong else []),
            *([element("i"), element("iCs")] if run.emphasis else []),
            *([element("rtl")] if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in words) else []),
        ]
        text = element("t")
        text.text = words
        text.set(_XML_SPACE, "preserve")
        return element("r", *([element("rPr", *manner)] if manner else []), text)

    def _mark(self, label: str) -> list[etree._Element]:
        """The first mark of a note is its footnote, each other one refers to that; a remark's leads to its bookmark."""
        if not label.isdecimal():
            made = element("hyperlink", _raised(_text(label)), anchor=f"r-{label}")
            return [made]
        name = f"_RefNote{label}"
        if label not in self._noted:
            self._noted.add(label)
            return self._bookmarked(name, [_raised(element("footnoteReference", id=label))])
        code = _text(f" NOTEREF {name} \\f \\h ", "instrText")
        return [_field("begin"), element("r", code), _field("separate"), _raised(_text(label)), _field("end")]

    def _bookmarked(self, name: str, nodes: Sequence[etree._Element]) -> list[etree._Element]:
        self._bookmarks += 1
        number = str(self._bookmarks)
        return [element("bookmarkStart", id=number, name=name), *nodes, element("bookmarkEnd", id=number)]


def _link(inline: Inline) -> str:
    return inline.link if isinstance(inline, Run) else ""


def _raised(node: etree._Element) -> etree._Element:
    return element("r", element("rPr", element("rStyle", val="FootnoteReference")), node)


def _text(words: str, name: str = "t") -> etree._Element:
    made = element(name)
    made.text = words
    made.set(_XML_SPACE, "preserve")
    return made


def _field(kind: str) -> etree._Element:
    return element("r", element("fldChar", fldCharType=kind))
