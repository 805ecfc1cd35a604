"""What a file is made of: the text as a tree, its notes and sources as paragraphs, and the words around them."""

from dataclasses import dataclass

from briefings.rendering.trees import Block, Paragraph


@dataclass(frozen=True, slots=True)
class ExportedNote:
    """A note by its number: the label of its marks in the text."""

    number: int
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class ExportedRemark:
    """A footnote of the author's own by its letter: the label of its marks in the text."""

    letter: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A briefing as a file shows it. Headings are words in the language of the site; `facts` are name and value."""

    title: str
    standfirst: str
    byline: str
    language: str  # BCP 47
    is_rtl: bool
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    remarks: tuple[ExportedRemark, ...]
    notes: tuple[ExportedNote, ...]
    sources: tuple[Paragraph, ...]
    evidence_line: str
    remarks_heading: str = "Remarks"
    sources_heading: str = "Sources"
    analysis_label: str = "Analysis"
