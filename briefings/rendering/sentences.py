"""The sentences of a body as a reviewer reads them: plain words, each with the statements that are cited for it.

Where sentences end is for `quotes` to say. A citation covers the sentence that it stands in or ends, and those before
it in its paragraph that no earlier citation covers. A block quote is one paragraph, so that a citation after the name
of the speaker covers the words above it; each item of a list is one of its own.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it.token import Token

from briefings import quotes

from .lines import line_of
from .markdown import BREAKS, parse, top_level

_STOPPED = re.compile(r"[.!?…۔؟।][\"'”’“»«)\]」』]*\Z")


@dataclass(frozen=True, slots=True)
class BodySentence:
    """A sentence: its words without marks, its line from 1, its block from 1 as in `render`, the keys cited for it.

    What a heading says is no sentence. A sentence of analysis is ours by its label, and rests on no passage.
    """

    text: str
    line: int
    paragraph: int
    keys: tuple[str, ...]
    is_analysis: bool = False

    @property
    def needs_mark(self) -> bool:
        """Whether a reviewer compares it with passages: it cites some, and does not stand in an analysis block."""
        return bool(self.keys) and not self.is_analysis


def sentences(body: str) -> tuple[BodySentence, ...]:
    """Return all sentences of a body outside its headings, in order; those that nothing is cited for have no keys.

    Nothing raises, and keys that name no statement are there as well. Linear in the length of the body.
    """
    found: list[BodySentence] = []
    for number, block in enumerate(top_level(parse(body)[0]), 1):
        for paragraph in _paragraphs(block):
            found += paragraph.sentences(number)
    return tuple(found)


def block_words(body: str) -> tuple[str, ...]:
    """Return the words of each top-level block of a body, headings included, in the order and number of `render`."""
    found = []
    for block in top_level(parse(body)[0]):
        paragraph = _Paragraph(False)
        for token in block:
            if token.type == "inline":
                paragraph.add(token)
        code = [token.content for token in block if token.type in ("fence", "code_block")]
        found.append(" ".join("".join([*paragraph.pieces, *code]).split()))
    return tuple(found)


@dataclass(slots=True)
class _Paragraph:
    """The words of one paragraph as a reader sees them, the lines they stand on, and the citations by their place."""

    is_analysis: bool
    pieces: list[str] = field(default_factory=list)
    size: int = 0
    last: int = 0  # behind the last word so far: a mark belongs to the word before it
    starts: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    was_cited: bool = False
    cited: dict[int, list[str]] = field(default_factory=dict)

    def add(self, inline: Token) -> None:
        self._put("\n\n" if self.size else "", 0)
        for child in inline.children or []:
            if child.type == "citation":
                keys = [mention.key for mention in child.meta["mentions"]]
                self.cited.setdefault(max(self.last, 1), []).extend(keys)
                self._close_up()
            elif child.type in BREAKS:
                self._put(" ", line_of(child))
            elif child.type in ("text", "code_inline"):
                self._put(child.content.replace("\n", " "), line_of(child))

    def _close_up(self) -> None:
        """Take away the space before a mark, as `render` does, and remember that a mark stands here."""
        while self.size > self.last and self.starts:
            kept = self.pieces[-1].rstrip(" ")
            self.size = self.starts[-1] + len(kept)
            if kept:
                self.pieces[-1] = kept
                break
            self.pieces.pop(), self.starts.pop(), self.lines.pop()
        self.was_cited = True

    def _put(self, words: str, line: int) -> None:
        if not self.size:
            words = words.lstrip()
        elif self.was_cited and words[:1].isalnum() and _STOPPED.search(self.pieces[-1]):
            words = f" {words}"  # the mark alone stands between two sentences
        if words:
            self.was_cited = False
            self.starts.append(self.size)
            self.lines.append(line)
            self.pieces.append(words)
            if not words.isspace():
                self.last = self.size + len(words.rstrip())
            self.size += len(words)

    def sentences(self, number: int) -> Iterator[BodySentence]:
        """Part the paragraph, and give every sentence its keys: those in it and at its end, else the next ones."""
        text = "".join(self.pieces)
        places = sorted(self.cited)
        for start, end in quotes.sentences(text):
            first, behind = bisect_right(places, start), bisect_right(places, end)
            own = places[first:behind] or places[behind : behind + 1]
            keys = dict.fromkeys(key for place in own for key in self.cited[place])
            line = self.lines[bisect_right(self.starts, start) - 1]
            words = " ".join(text[start:end].split())
            if any(map(str.isalnum, words)):
                yield BodySentence(words, line, number, tuple(keys), self.is_analysis)


def _paragraphs(block: list[Token]) -> Iterator[_Paragraph]:
    """The paragraphs of a top-level block that is no heading."""
    quoted, analysis, heading, depth = None, 0, False, 0
    for token in block:
        if token.type in ("blockquote_open", "blockquote_close"):
            depth += token.nesting
            if token.nesting > 0 and depth == 1:
                quoted = _Paragraph(analysis > 0)
            elif not depth and quoted:
                yield quoted
        elif token.type in ("container_analysis_open", "container_analysis_close"):
            analysis += token.nesting
        elif token.type in ("heading_open", "heading_close"):
            heading = token.nesting > 0
        elif token.type == "inline" and not heading:
            paragraph = quoted if depth and quoted else _Paragraph(analysis > 0)
            paragraph.add(token)
            if not depth:
                yield paragraph
