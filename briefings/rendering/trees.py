"""A text as a tree of plain values, between the HTML it comes from and the format it is written in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one manner; `link` is an address that a body may link to, or empty."""

    words: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of a footnote by its label; `about` is what the writer put around it, such as a page."""

    label: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A line break within a paragraph."""


@dataclass(frozen=True, slots=True)
class Image:
    address: str
    alt: str


Inline = Run | Mark | Break | Image


@dataclass(frozen=True, slots=True)
class Heading:
    level: int  # from 1
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    ordered: bool
    start: int
    items: tuple[tuple["Block", ...], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """A part in the author's own voice: `::: analysis`."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Code:
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    pass


@dataclass(frozen=True, slots=True)
class Figure:
    image: Image
    caption: str


Block = Heading | Paragraph | Listing | Quote | Aside | Code | Rule | Figure
