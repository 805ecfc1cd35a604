"""Reads HTML, ours or of any page or program, as a tree of what a body can say; the rest is left out and counted."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

from lxml import html as lxml_html

from .html_tags import BLOCKS, EMBEDDED, HEADINGS, SKIPPED
from .lists import ListPart, listing_of, nested, part_of
from .markdown import is_allowed_link
from .tree_markdown import merged
from .trees import Aside, Block, Break, Code, Figure, Heading, Image, Inline, Mark, Paragraph, Quote, Rule, Run

Element = Any  # lxml has no types
DEEPEST = 40  # elements within each other; what is deeper counts as words
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight\s*:\s*(\w+)", re.IGNORECASE)
_SLANT = re.compile(r"font-style\s*:\s*(\w+)", re.IGNORECASE)
_COMMENTARY = re.compile(r"mso-element\s*:\s*comment|mso-comment-reference", re.IGNORECASE)
_COMMENT_CLASSES = {"msocomanchor", "MsoCommentReference", "msocomtxt"}
_END = re.compile(r"</(?:html|body)\b[^<>]{0,200}>", re.IGNORECASE)  # the parser would drop what stands after it
_REDIRECT = re.compile(r"https?://www\.google\.com/url\?(?:.*&)?q=([^&]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Manner:
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    link: str = ""


PLAIN = _Manner()


def parsed(text: str) -> Element:
    """Return the root of any HTML, an empty one included; what no document can hold is left out."""
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    content = _END.sub("", text.replace("\x00", "")).encode("utf-8", "replace")
    root = lxml_html.document_fromstring(content, parser=parser) if content.strip() else None
    return lxml_html.Element("body") if root is None else root


class TreeReader:
    """Reads elements as blocks. `lost` counts what was left out, by kind: pictures, comments, deleted, tables …

    `mark_of` says which link is the mark of a footnote. With `own`, what this site's pages are made of is known too.
    """

    def __init__(self, mark_of: Callable[[Element], Mark | None], *, own: bool = False):
        self.mark_of = mark_of
        self.own = own
        self.lost: Counter[str] = Counter()
        self._holding: set[Element] = set()

    def blocks(self, root: Element) -> tuple[Block, ...]:
        self._holding = _holding_blocks(root)
        return tuple(self._flow(root, PLAIN, 0))

    def _flow(self, element: Element, manner: _Manner, depth: int) -> Iterator[Block]:
        """What stands in an element, words between its blocks as paragraphs of their own."""
        loose: list[Inline] = list(self._words(element.text, manner))
        listed: list[ListPart] = []
        for child in element:
            if self._is_block(child):
                yield from _paragraph(loose)
                loose = []
                if part := part_of(child):
                    listed.append(replace(part, blocks=tuple(self._flow(child, manner, depth + 1))))
                else:
                    yield from nested(listed)
                    listed = []
                    yield from self._block(child, manner, depth + 1)
            else:
                loose += self._inline(child, manner, depth + 1)
            loose += self._words(child.tail, manner)
            if listed and any(
                isinstance(each, Mark) or (isinstance(each, Run) and each.words.strip()) for each in loose
            ):
                yield from nested(listed)
                listed = []
        yield from nested(listed)
        yield from _paragraph(loose)

    def _is_block(self, element: Element) -> bool:
        if not isinstance(element.tag, str) or element.tag in SKIPPED:
            return False
        return element.tag in BLOCKS or element in self._holding

    def _block(self, element: Element, manner: _Manner, depth: int) -> Iterator[Block]:
        if self._is_left_out(element):
            return
        tag = element.tag
        if depth > DEEPEST:
            yield from _paragraph([Run("".join(element.itertext()))])
        elif tag in HEADINGS or "MsoTitle" in _classes(element):
            words = merged(self._inlines(element, _Manner(), depth))
            yield from [Heading(HEADINGS.get(tag, 1), words)] if words else []
        elif tag == "hr":
            yield Rule()
        elif tag == "pre":
            yield Code("".join(element.itertext()))
        elif tag in ("ul", "ol"):
            items = [tuple(self._item(child, manner, depth)) for child in element]
            yield from listing_of(element, items)
        elif tag == "table":
            self.lost["tables"] += 1
            yield from self._rows(element, depth)
        else:
            yield from self._group(element, self._manner(element, manner), depth)

    def _item(self, element: Element, manner: _Manner, depth: int) -> Iterator[Block]:
        return (self._block if element.tag in ("ul", "ol") else self._flow)(element, manner, depth + 1)

    def _group(self, element: Element, manner: _Manner, depth: int) -> Iterator[Block]:
        classes = _classes(element)
        if self.own and element.tag == "figure":
            yield from self._figure(element)
            return
        inside = self._flow(element, manner, depth)
        if element.tag == "blockquote" or classes & {"MsoQuote", "MsoIntenseQuote"}:
            blocks = tuple(inside)
            yield from [Quote(blocks)] if blocks else []
        elif self.own and "analysis" in classes:
            yield Aside(tuple(inside))
        else:
            yield from inside

    def _rows(self, table: Element, depth: int) -> Iterator[Block]:
        """A paragraph for each row: the words of a table stay, its lines do not."""
        for row in table.iter("tr"):
            cells = [merged(self._inlines(cell, PLAIN, depth)) for cell in row if cell.tag in ("td", "th")]
            words: list[Inline] = []
            for cell in filter(None, cells):
                words += [*([Run(" | ")] if words else []), *cell]
            yield from _paragraph(words)

    def _figure(self, element: Element) -> Iterator[Block]:
        words = [" ".join(part.split()) for caption in element.iter("figcaption") for part in caption.itertext()]
        caption = " · ".join(filter(None, words))
        for image in element.iter("img"):
            yield Figure(Image(image.get("src", ""), image.get("alt", "")), caption)

    def _inlines(self, element: Element, manner: _Manner, depth: int) -> Iterator[Inline]:
        yield from self._words(element.text, manner)
        for child in element:
            yield from self._inline(child, manner, depth + 1)
            yield from self._words(child.tail, manner)

    def _inline(self, element: Element, manner: _Manner, depth: int) -> Iterator[Inline]:
        tag = element.tag
        if not isinstance(tag, str) or self._is_left_out(element):
            return
        if depth > DEEPEST * 2:
            yield from self._words("".join(element.itertext()), manner)
        elif tag == "br":
            yield Break()
        elif tag == "img":
            yield Image(element.get("src", ""), element.get("alt", ""))
        elif tag == "a" and (mark := self.mark_of(element)):
            yield mark
        else:
            if tag in BLOCKS:
                yield Run(" ")
            yield from self._inlines(element, self._manner(element, manner), depth)
            if tag in BLOCKS:
                yield Run(" ")

    def _words(self, words: str | None, manner: _Manner) -> Iterator[Run]:
        if words:
            yield Run(words, manner.strong, manner.emphasis, manner.code, manner.link)

    def _is_left_out(self, element: Element) -> bool:
        """Whether nothing of an element stays; what a reader saw of it is counted."""
        tag, style, classes = element.tag, element.get("style", ""), _classes(element)
        kind = None
        if tag == "img" and not self.own:
            kind = "pictures"
        elif tag in EMBEDDED or tag.startswith(("v:", "w:", "m:")):
            kind = "embedded"
        elif tag == "del":
            kind = "deleted"
        elif classes & _COMMENT_CLASSES or _COMMENTARY.search(style):
            kind = "comments"
        if kind:
            self.lost[kind] += 1
        own = self.own and "cite-and" in classes
        return bool(kind) or own or tag in SKIPPED or bool(style and _HIDDEN.search(style)) or _is_marker(style)

    def _manner(self, element: Element, manner: _Manner) -> _Manner:
        tag, style = element.tag, element.get("style", "")
        strong = manner.strong or tag in ("b", "strong")
        emphasis = manner.emphasis or tag in ("i", "em", "cite", "var", "dfn")
        if weight := _WEIGHT.search(style):
            strong = weight[1].lower() in ("bold", "bolder") or (weight[1].isdecimal() and int(weight[1][:4]) >= 600)
        if slant := _SLANT.search(style):
            emphasis = slant[1].lower() in ("italic", "oblique")
        code = manner.code or tag in ("code", "kbd", "samp", "tt")
        link = self._link(element) if tag == "a" and element.get("href") else manner.link
        return _Manner(strong, emphasis, code, link)

    def _link(self, element: Element) -> str:
        """Where a link of a body may lead; empty for a place within a page that stays behind, and for anything else."""
        address = "".join(element.get("href", "").split())
        if not self.own and (found := _REDIRECT.match(address)):
            address = unquote(found[1])
        if not self.own and not address.lower().startswith(("http:", "https:", "mailto:")):
            if not address.startswith("#"):
                self.lost["links"] += 1
            return ""
        return address if is_allowed_link(address) else ""


def _holding_blocks(root: Element) -> set[Element]:
    """The elements with blocks in them, whatever they are themselves."""
    found: set[Element] = set()
    for block in root.iter(*BLOCKS):
        for element in block.iterancestors():
            if element in found:
                break
            found.add(element)
    return found


def _is_marker(style: str) -> bool:
    return "mso-list:ignore" in style.replace(" ", "").lower()


def _classes(element: Element) -> set[str]:
    return set(element.get("class", "").split())


def _paragraph(inlines: Iterable[Inline]) -> Iterator[Paragraph]:
    words = merged(inlines)
    if any(not isinstance(each, Run | Break) or (isinstance(each, Run) and each.words.strip()) for each in words):
        yield Paragraph(words)
