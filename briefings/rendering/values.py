"""What goes into rendering and what comes out of it: plain values, no behaviour."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cited:
    """A statement as rendering needs it: the exact passages that its evidence holds."""

    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """An illustration: its address on this site, what it shows in words, and what stands under it."""

    url: str
    alt: str
    caption: str = ""
    credit: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Labels:
    """The words that rendering adds to a body for who hears it read; a page gives them in its own language."""

    note: str = "Note {number}"
    analysis: str = "Analysis"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a body: a code, the line (from 1) and the key, words or tag it is about."""

    code: str
    line: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class CitationPlace:
    """One use of a citation: the note's number (by first use), the place among all uses from 1, the block from 1.

    `anchor` is the id of the marker; `locator` and `prefix` are what the writer put around the key.
    """

    key: str
    number: int
    order: int
    paragraph: int
    anchor: str
    prefix: str = ""
    locator: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """One top-level block: its sanitised HTML, its number from 1, and the notes first used in it, in order."""

    html: str
    notes: tuple[int, ...]
    number: int
    analysis: bool


@dataclass(frozen=True, slots=True)
class Rendered:
    """A whole body: its blocks, its citations in order, and its problems by line."""

    blocks: tuple[Block, ...]
    citations: tuple[CitationPlace, ...]
    problems: tuple[Problem, ...]
