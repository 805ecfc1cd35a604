"""What a word processor puts on the clipboard, as Markdown: headings, emphasis, links, lists, quotes and footnotes."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from typing import Any

from .html_trees import TreeReader, parsed
from .tree_markdown import markdown_from
from .trees import Block, Heading, Mark, Quote, Rule

LONGEST = 4_000_000  # characters of HTML

# How Word, LibreOffice, Google Docs and Markdown's own converters name the two ends of a footnote.
_TO_NOTE = re.compile(
    r"#(?:_(ftn|edn)(\d+)|sd(foot|end)note(\d+)sym|(ftnt|cmnt)(\d+)|(?:user-content-)?(fn)[:-]?(\w+))$"
)
_TO_MARK = re.compile(
    r"#(?:_(ftn|edn)ref(\d+)|sd(foot|end)note(\d+)anc|(ftnt|cmnt)_ref(\d+)|(?:user-content-)?(fn)ref[:-]?(\w+))$"
)
_NOTE_ID = re.compile(r"_?(?:ftn|edn)\d+|sd(?:foot|end)note\d+|(?:user-content-)?fn[:-]?\w+")
_NUMBER = re.compile(r"^[\s\[(]*(?:\d+|[ivxlc]+|[*†‡§])?[\s\]).]*$")


class TooLong(ValueError):
    """The HTML has more than LONGEST characters."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """Markdown for a body, and what was left out, by kind: pictures, comments, deleted, tables, embedded, links …"""

    markdown: str
    lost: tuple[str, ...]


def markdown_of(html: str, *, taken: Container[str] = ()) -> Pasted:
    """Return the Markdown of copied HTML, whatever it is; none of its HTML gets through.

    Quotation marks stay as they are. Footnotes get labels by number, none of those in `taken`, and stand at the end.
    `lost` names each kind of thing that was left out once: "pictures", "comments", "deleted" (words that a tracked
    change took out), "tables" (their words stay, a row a paragraph), "embedded", "links" (to files), "footnotes" (marks
    without a text). Raises TooLong.
    """
    if len(html) > LONGEST:
        raise TooLong
    root = parsed(html)
    notes = _Notes(root, taken)
    reader = TreeReader(notes.mark)
    blocks = [_lowered(block) for block in reader.blocks(root)]
    while blocks and notes.found and isinstance(blocks[-1], Rule):  # the line above the footnotes
        blocks.pop()
    written = [markdown_from(_joined_quotes(blocks)), *notes.written(reader)]
    lost = {**reader.lost, **({"footnotes": 1} if notes.without_text else {})}
    return Pasted("\n\n".join(filter(None, written)), tuple(sorted(lost)))


def _key(pattern: re.Pattern[str], address: str) -> str:
    found = pattern.search(address)
    return "".join(filter(None, found.groups())) if found else ""


class _Notes:
    """The footnotes of a document: taken out of it at first, then labelled by their marks as these are met."""

    def __init__(self, root: Any, taken: Container[str]):
        self.taken = taken
        self.found: dict[str, Any] = {}
        self.labels: dict[str, str] = {}
        self.without_text = False
        self.last = 0
        for link in list(root.iter("a")):
            if key := _key(_TO_MARK, link.get("href", "")):
                self._take_out(link, key)

    def _take_out(self, link: Any, key: str) -> None:
        note = link.getparent()
        for ancestor in link.iterancestors("div", "li", "aside"):
            if _NOTE_ID.fullmatch(ancestor.get("id", "")):
                note = ancestor
                break
        else:
            note = next(link.iterancestors("p", "li", "div"), note)
        if note is None or note.tag in ("body", "html") or note.getparent() is None:
            return
        if _NUMBER.match("".join(link.itertext())) or "↩" in "".join(link.itertext()):
            _drop_link(link)
        note.drop_tree()
        if not key.startswith("cmnt"):  # a comment, in Google's documents
            self.found.setdefault(key, note)

    def mark(self, link: Any) -> Mark | None:
        """The mark that a link is; a mark without a text is one without a label."""
        key = _key(_TO_NOTE, link.get("href", ""))
        if not key:
            return None
        if key.startswith("cmnt"):
            return Mark("")
        if key not in self.found:
            self.without_text = True
            return Mark("")
        if key not in self.labels:
            self.labels[key] = self._free_label()
        return Mark(self.labels[key])

    def _free_label(self) -> str:
        self.last += 1
        while str(self.last) in self.taken:
            self.last += 1
        return str(self.last)

    def written(self, reader: TreeReader) -> Iterator[str]:
        """The definitions, in the order of their marks."""
        for key, label in list(self.labels.items()):
            text = markdown_from(_lowered(block) for block in reader.blocks(self.found[key]))
            first, *rest = text.split("\n") or [""]
            yield "\n".join([f"[^{label}]: {first}", *(f"    {line}" if line else "" for line in rest)])


def _drop_link(link: Any) -> None:
    """Take out the number that leads back, with the raised letters around it."""
    around = link.getparent()
    link.drop_tree()
    while around is not None and around.tag in ("sup", "span") and not "".join(around.itertext()).strip():
        link, around = around, around.getparent()
        link.drop_tree()


def _lowered(block: Block) -> Block:
    """Headings one level down: the title of a page is its only first one."""
    return replace(block, level=min(block.level + 1, 6)) if isinstance(block, Heading) else block


def _joined_quotes(blocks: list[Block]) -> Iterator[Block]:
    """Paragraphs of one quotation that a program wrote as a quotation each."""
    waiting: tuple[Block, ...] = ()
    for block in blocks:
        if isinstance(block, Quote):
            waiting += block.blocks
            continue
        if waiting:
            yield Quote(waiting)
            waiting = ()
        yield block
    if waiting:
        yield Quote(waiting)
