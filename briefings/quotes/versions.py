"""What changed from one version of a text to another: word by word, paragraph by paragraph."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from .differences import Change, ChangeKind, matching_runs


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """A paragraph as it was and as it is: runs of words in order, each with what became of it."""

    changes: tuple[Change, ...]

    @property
    def is_same(self) -> bool:
        return all(change.kind == ChangeKind.SAME for change in self.changes)


def compare_paragraphs(before: Sequence[str], after: Sequence[str]) -> tuple[ParagraphChange, ...]:
    """Compare two texts, given as paragraphs, word by word; return the paragraphs of both together, in order.

    The words that are same or removed are those of `before` in order, those that are same or added those of `after`.
    Time stays near linear, as with `difference`.
    """
    paragraphs: list[list[tuple[ChangeKind, str]]] = [[]]
    has_stayed = False  # something of this paragraph is in `after`
    for kind, word in _words(_tokens(before), _tokens(after)):
        # A paragraph that begins in `after` takes the place of what has just gone.
        if word.startswith("\n") and (has_stayed or kind != ChangeKind.ADDED):
            paragraphs.append([])
            has_stayed = False
        paragraphs[-1].append((kind, word.lstrip("\n")))
        has_stayed = has_stayed or kind != ChangeKind.REMOVED
    return tuple(_paragraph(words) for words in paragraphs if words)


def _tokens(paragraphs: Sequence[str]) -> list[str]:
    """The words of all paragraphs, a line feed before each that begins one."""
    words = []
    for paragraph in paragraphs:
        first, *others = paragraph.split() or [""]
        words += [f"\n{first}", *others] if first else []
    return words


def _words(old: list[str], new: list[str]) -> Iterator[tuple[ChangeKind, str]]:
    done = other_done = 0
    for start, other, count in [*matching_runs(old, new), (len(old), len(new), 0)]:
        yield from ((ChangeKind.REMOVED, word) for word in old[done:start])
        yield from ((ChangeKind.ADDED, word) for word in new[other_done:other])
        yield from ((ChangeKind.SAME, word) for word in old[start : start + count])
        done, other_done = start + count, other + count


def _paragraph(words: list[tuple[ChangeKind, str]]) -> ParagraphChange:
    runs = groupby(words, key=lambda pair: pair[0])
    return ParagraphChange(tuple(Change(kind, " ".join(word for _, word in run)) for kind, run in runs))
