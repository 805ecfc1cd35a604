"""Quoted words in a body: each must stand in a passage cited beside it, and gets the highlighter only if it does.

Which words are quoted and whether they stand in a passage is for `quotes` to say.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it.token import Token

from briefings import quotes

from .lines import BREAKS, line_of
from .marked import TRANSLATION
from .values import Cited, Problem

VERBATIM = {quotes.Verdict.EXACT, quotes.Verdict.TYPOGRAPHIC}
_MARKS = "“”„«»\"'‘’‚‹›"
_MARK = re.compile(f"[{_MARKS}‚′…[]|\\.{{3}}")
_DASHES = ("—", "–", "―")
_STOPS = (",", ".", "،", "۔", "。", "，")


@dataclass(slots=True)
class Paragraph:
    """The words of one inline token as a reader sees them, with the place of each child token in them.

    `prose` is the same text with code spans blanked: marks inside them quote nothing.
    """

    token: Token
    quoted_block: bool
    text: str = ""
    prose: str = ""
    starts: list[int] = field(default_factory=list)
    marked: list[tuple[int, int, str]] = field(default_factory=list)  # start, end and kind of marked words

    def __post_init__(self) -> None:
        parts, prose, size = [], [], 0
        for child in self.token.children or []:
            words = " " if child.type == "softbreak" else "\n" if child.type == "hardbreak" else _words(child)
            self.starts.append(size)
            if child.type == "marked_open":
                self.marked.append((size, size, str(child.meta["kind"])))
            elif child.type == "marked_close":
                opened = max(at for at, span in enumerate(self.marked) if span[0] == span[1])
                self.marked[opened] = (self.marked[opened][0], size, self.marked[opened][2])
            parts.append(words)
            prose.append("\x00" * len(words) if child.type == "code_inline" else words)
            size += len(words)
        self.text, self.prose = "".join(parts), "".join(prose)

    def line_at(self, position: int) -> int:
        """The line of the body (from 1) on which the word at `position` stands."""
        children = self.token.children or []
        return line_of(children[max(0, bisect_right(self.starts, position) - 1)]) if children else 1


def _words(child: Token) -> str:
    return child.content if child.type in ("text", "code_inline") else ""


class Passages:
    """The passages cited beside a quotation, asked as one text first: hundreds of either are nothing unusual."""

    def __init__(self, passages: Iterable[str]):
        self.each = [quotes.prepared(passage) for passage in dict.fromkeys(passages)]
        self.joined = quotes.Text("\n\n".join(passage.source for passage in self.each))

    def standing(self, words: str) -> str | None:
        """Return the words that stand in a passage: all, or all but a stop put before the mark by house style.

        Words that stand in one passage only with marked edits give "", and words that do not stand in any give None.
        """
        verdict = self._verdict(words)
        if verdict not in VERBATIM:
            return "" if verdict == quotes.Verdict.EDITED else None
        return words[:-1] if verdict != quotes.Verdict.EXACT and words.endswith(_STOPS) else words

    def _verdict(self, words: str) -> quotes.Verdict:
        # Words across a break could match across two passages, and so could nested marks and marks of edits: those are
        # asked of each.
        at_once = None if "\n" in words else quotes.find_in(words, self.joined)
        if at_once == quotes.Verdict.EXACT or (at_once == quotes.Verdict.MISSING and not _MARK.search(words)):
            return at_once
        verdicts = {quotes.find_in(words, passage) for passage in self.each}
        return next((verdict for verdict in quotes.Verdict if verdict in verdicts), quotes.Verdict.MISSING)


def check_quotations(scope: list[Token], paragraphs: list[Paragraph], notes: Mapping[str, Cited]) -> Iterator[Problem]:
    """Highlight the quotations of a scope that stand in what is cited there; yield a problem for each other.

    What is marked as a title or a term is left alone; what is marked as our translation must stand in a translation
    that is recorded with a statement cited there, and is never highlighted.
    """
    cited = [notes[key] for key in dict.fromkeys(_keys(scope)) if key in notes]
    passages = Passages(words for one in cited for words in one.words)
    translations = [words for one in cited for words in one.translations]
    for paragraph in paragraphs:
        yield from _check_translations(paragraph, translations)
        yield from _check(paragraph, passages)


def scopes_of(block: list[Token]) -> Iterator[list[Token]]:
    """Yield what answers for itself in a top-level block: the block, or each block inside an analysis."""
    if block[0].type != "container_analysis_open":
        yield block
        return
    scope: list[Token] = []
    for token in block[1:-1]:
        scope.append(token)
        if token.level == 1 and token.nesting <= 0 and token.type != "inline":
            yield scope
            scope = []


def paragraphs_of(scope: list[Token]) -> Iterator[Paragraph]:
    """Yield what stands together as words: each paragraph, heading or item of a list."""
    depth = 0
    for token in scope:
        depth += token.nesting if token.type in ("blockquote_open", "blockquote_close") else 0
        if token.type == "inline":
            yield Paragraph(token, depth > 0)


def _keys(scope: list[Token]) -> list[str]:
    return [
        mention.key
        for token in scope
        for child in token.children or []
        if child.type == "citation"
        for mention in child.meta["mentions"]
    ]


def _check(paragraph: Paragraph, passages: Passages) -> Iterator[Problem]:
    standing = []
    for start, end in _quoted(paragraph):
        if any(first <= start and end <= last for first, last, _kind in paragraph.marked):
            continue
        words = passages.standing(paragraph.text[start:end])
        if words:
            standing.append((start, start + len(words)))
        elif words is None:
            yield Problem("quotation-not-in-cited-passage", paragraph.line_at(start), paragraph.text[start:end])
    _highlight(paragraph, standing)


def _check_translations(paragraph: Paragraph, translations: list[str]) -> Iterator[Problem]:
    for start, end, kind in paragraph.marked:
        words = paragraph.text[start:end].strip(" \n" + _MARKS)
        recorded = any(quotes.find_in(words, translation) in quotes.PUBLISHABLE for translation in translations)
        if kind == TRANSLATION and not recorded:
            yield Problem("translation-not-recorded", paragraph.line_at(start), words)


def _quoted(paragraph: Paragraph) -> list[tuple[int, int]]:
    """What a paragraph quotes, without the marks: a block quote all of itself but a line naming the speaker."""
    if not paragraph.quoted_block:
        return quotes.quoted_spans(paragraph.prose, single=True)
    text = paragraph.text
    if text.startswith(_DASHES):
        return []
    start, end = len(text) - len(text.lstrip(" \n" + _MARKS)), len(text.rstrip(" \n" + _MARKS))
    return [(start, end)] if start < end else []


def _highlight(paragraph: Paragraph, spans: list[tuple[int, int]]) -> None:
    """Put the highlighter around each span; it closes before a tag and opens again after it, so that nesting holds."""
    if not spans:
        return
    points = [point for span in spans for point in span]  # an odd number of points before a place: it is quoted
    made: list[Token] = []
    is_open = False
    for child, start in zip(paragraph.token.children or [], paragraph.starts, strict=True):
        for piece, is_quoted in _pieces(child, start, points):
            if is_open and not is_quoted:
                made.append(Token("verbatim_close", "span", -1))
            elif is_quoted and not is_open:
                made.append(Token("verbatim_open", "span", 1, attrs={"class": "verbatim"}))
            is_open = is_quoted
            made.append(piece)
    if is_open:
        made.append(Token("verbatim_close", "span", -1))
    paragraph.token.children = made


def _pieces(child: Token, start: int, points: list[int]) -> Iterator[tuple[Token, bool]]:
    """Split a child token where a quotation begins or ends in it; say of each piece whether it is quoted."""
    size = 1 if child.type in BREAKS else len(_words(child))
    if not size:  # a tag, a mark, a picture: the highlighter does not go around it
        yield child, False
        return
    first, last = bisect_right(points, start), bisect_left(points, start + size)
    if child.type != "text":
        yield child, first % 2 == 1 and first == last
        return
    edges = [start, *points[first:last], start + size]
    for number, (left, right) in enumerate(pairwise(edges), first):
        yield child.copy(content=child.content[left - start : right - start]), number % 2 == 1
