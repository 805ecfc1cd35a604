"""What goes into rendering and what comes out of it: plain values, no behaviour."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cited:
    """A statement as rendering needs it: the exact passages that its evidence holds, and its recorded translations."""

    words: tuple[str, ...] = ()
    translations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """An illustration: its address on this site, what it shows in words, and what stands under it."""

    url: str
    alt: str
    caption: str = ""
    credit: str = ""
    licence: str = ""
    width: int | None = None  # px, and so is the height: known before the file is there, they keep the page still
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Labels:
    """The words that rendering adds to a body for who hears it read; a page gives them in its own language."""

    note: str = "Note {number}"
    remark: str = "Remark {letter}"
    analysis: str = "Analysis"
    translation: str = "our translation"


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
class Stretch:
    """Words that stand together: a paragraph, a heading or an item of a list, with all that is not prose blanked.

    `lines` are (place in `words`, line of the body) wherever a line begins.
    """

    words: str
    lines: tuple[tuple[int, int], ...]

    def line_at(self, position: int) -> int:
        """The line of the body (from 1) on which the word at `position` stands."""
        return next((line for start, line in reversed(self.lines) if start <= position), self.lines[0][1])


@dataclass(frozen=True, slots=True)
class Marked:
    """Words that the writer says are a title, a term or our translation, why, and where."""

    kind: str
    words: str
    reason: str
    line: int


@dataclass(frozen=True, slots=True)
class Scope:
    """What answers for itself: a top-level block, or a block inside an analysis.

    `kind` is that of its Markdown token ("paragraph", "heading", "bullet_list" …); `groups` are the keys that are cited
    at one place, each time.
    """

    kind: str
    line: int
    is_analysis: bool
    stretches: tuple[Stretch, ...]
    groups: tuple[tuple[str, ...], ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys cited in it, each once, in order."""
        return tuple(dict.fromkeys(key for group in self.groups for key in group))

    @property
    def words(self) -> str:
        return "\n".join(stretch.words for stretch in self.stretches)


@dataclass(frozen=True, slots=True)
class Examined:
    """A body as checks need it: its citations in order, its problems by line, and what answers for itself."""

    citations: tuple["CitationPlace", ...]
    problems: tuple[Problem, ...]
    scopes: tuple[Scope, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One top-level block: its sanitised HTML, its number from 1, and the notes first used in it, in order."""

    html: str
    notes: tuple[int, ...]
    number: int
    analysis: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """A footnote of the author's: its letter, its sanitised HTML, the ids of its marks, and the notes first used in it.

    Its `number` continues those of the blocks; the remark's own id is `r-` and its letter.
    """

    letter: str
    html: str
    anchors: tuple[str, ...]
    notes: tuple[int, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """A whole body: its blocks, its remarks, its citations in order (those in remarks last), its problems by line."""

    blocks: tuple[Block, ...]
    citations: tuple[CitationPlace, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[Remark, ...] = ()
