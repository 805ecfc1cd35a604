"""A stored article as the reading desk shows it: paragraphs, cut where proposals, passages and names begin and end."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise

from briefings.models import ProposalState
from briefings.quotes import blocks

LOOKS = {ProposalState.OPEN: "", ProposalState.ACCEPTED: "done", ProposalState.REJECTED: "no"}
STRONGEST = ("on", "", "done", "no")  # of several marks on the same words, the first of these shows
PRONOUNS = {"he", "she", "they", "it", "we", "i", "you", "who"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text in code points, the proposal it belongs to (0: a statement made otherwise), and its look."""

    start: int
    end: int
    proposal: int
    look: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that share their marks; `marked` tells them from plain words, since the plainest look has no name."""

    words: str
    marked: bool
    look: str
    proposals: str
    is_name: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    number: int
    start: int
    pieces: list[Piece]


class Article:
    """The text of a stored copy, its blocks found once."""

    def __init__(self, text):
        self.text = text
        self.blocks = list(blocks(text))
        self._starts = [start for start, _end in self.blocks]

    def number_at(self, position):
        """The number, from 1, of the paragraph that holds a position."""
        return max(1, bisect_right(self._starts, position))

    def numbers(self, spans):
        """The numbers of all paragraphs that hold some of these spans."""
        return {number for start, end in spans for number in range(self.number_at(start), self.number_at(end - 1) + 1)}

    def paragraphs(self, marks, names, wanted=None):
        """Return the paragraphs (those with a number in `wanted`) with their marks and with names told apart.

        `names` maps the number of a paragraph to the names that are to be shown in it.
        """
        marks = sorted(marks, key=lambda mark: (mark.start, mark.end))
        reach, furthest = [], 0  # the furthest end of the marks so far, so that none that began earlier is missed
        for mark in marks:
            furthest = max(furthest, mark.end)
            reach.append(furthest)
        starts = [mark.start for mark in marks]
        found = []
        for number, (start, end) in enumerate(self.blocks, 1):
            if wanted is None or number in wanted:
                here = marks[bisect_right(reach, start) : bisect_left(starts, end)]
                here = [mark for mark in here if mark.end > start]
                found.append(Paragraph(number, start, list(self._pieces(start, end, here, names.get(number, ())))))
        return found

    def _pieces(self, start, end, marks, names):
        named = list(self._places(start, end, names))
        spans = [(mark.start, mark.end) for mark in marks] + named
        edges = sorted({start, end} | {min(max(edge, start), end) for span in spans for edge in span})
        for left, right in pairwise(edges):
            over = [mark for mark in marks if mark.start <= left and right <= mark.end]
            look = min((mark.look for mark in over), key=STRONGEST.index, default="")
            proposals = " ".join(str(mark.proposal) for mark in over if mark.proposal)
            is_name = any(first <= left and right <= last for first, last in named)
            yield Piece(self.text[left:right], bool(over), look, proposals, is_name)

    def _places(self, start, end, names):
        """Where these names stand in a paragraph as whole words; of two at one place the longer counts."""
        if not names:
            return
        either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        for match in re.compile(rf"(?<!\w)(?:{either})(?!\w)").finditer(self.text, start, end):
            yield match.span()


def names_in(article, proposals):
    """The names of speakers, relays and events to be shown, by the number of the paragraphs that proposals stand in."""
    found = {}
    for one in proposals:
        names = {one.name_printed, one.name, one.event, *(relay["name"] for relay in one.relays)}
        names = {name for name in names if name and name.casefold() not in PRONOUNS}
        for number in article.numbers(one.spans):
            found.setdefault(number, set()).update(names)
    return found


def marks_of(proposals, passages, current):
    """The marks of proposals and of the passages (start, end) of statements that are there."""
    found = [
        Mark(start, end, one.pk, "on" if one.pk == current else LOOKS[one.state])
        for one in proposals
        for start, end in one.spans
    ]
    return found + [Mark(start, end, 0, "done") for start, end in passages]
