"""What changed from one wording to another, word by word.

Myers' greedy comparison ("An O(ND) Difference Algorithm", 1986) between words that both sides have once, so that time
stays near linear: a stretch with more changes than anyone would read is given as removed and added whole.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .normalize import BREAKS

_BREAK = re.compile(f"[{BREAKS}]")
_MOST_CHANGES = 100  # within one stretch
_MOST_STEPS = 40_000  # of comparing within all stretches together
_MOST_WORDS = 40_000  # of both sides together, for a second look for landmarks

Run = tuple[int, int, int]  # first word on one side, first word on the other, how many words are alike from there


class ChangeKind(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Change:
    """A run of words with one space between them, and what became of it."""

    kind: ChangeKind
    words: str


def difference(before: str, after: str) -> tuple[Change, ...]:
    """Compare two wordings word by word, glyph for glyph; return runs of words in order.

    The runs that are same or removed, with a space between, are `before` with every white space one space; those that
    are same or added are `after`. Where only a paragraph break came or went, the word that follows it is given as
    removed and added.
    """
    old, new = _words(before), _words(after)
    changes: list[Change] = []
    done_old = done_new = 0
    for start, other, count in [*matching_runs(old, new), (len(old), len(new), 0)]:
        for kind, words in (
            (ChangeKind.REMOVED, old[done_old:start]),
            (ChangeKind.ADDED, new[done_new:other]),
            (ChangeKind.SAME, old[start : start + count]),
        ):
            if words:
                changes.append(Change(kind, " ".join(word.lstrip("\n") for word in words)))
        done_old, done_new = start + count, other + count
    return tuple(changes)


def _words(text: str) -> list[str]:
    """Return the words of `text`; one that begins a paragraph has a line feed before it."""
    if not _BREAK.search(text.strip()):
        return text.split()
    words: list[str] = []
    for block in _BREAK.split(text):
        inside = block.split()
        if inside and words:
            inside[0] = "\n" + inside[0]
        words += inside
    return words


def matching_runs(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Return the longest runs of words that both sequences have in the same order, in order and apart."""
    allowance = [_MOST_STEPS]
    runs: list[Run] = []
    for start, other, count in _aligned(old, new, allowance):
        if runs and runs[-1][0] + runs[-1][2] == start and runs[-1][1] + runs[-1][2] == other:
            start, other, count = runs[-1][0], runs[-1][1], runs.pop()[2] + count
        runs.append((start, other, count))
    return runs


def _aligned(old: Sequence[str], new: Sequence[str], allowance: list[int]) -> Iterator[Run]:
    """Yield runs from left to right; `allowance` is what is left of the steps."""
    low, high, other_high = _trimmed(old, new)
    if low:
        yield 0, 0, low
    done, other_done = low, low
    landmarks = _landmarks(old[low:high], new[low:other_high])
    for at, other_at in [*((low + one, low + other) for one, other in landmarks), (high, other_high)]:
        if done < at and other_done < other_at:
            part, other_part = old[done:at], new[other_done:other_at]
            head, tail, other_tail = _trimmed(part, other_part)
            if head:
                yield done, other_done, head
            middle = _greedy(part[head:tail], other_part[head:other_tail], allowance)
            for start, other, count in middle:
                yield done + head + start, other_done + head + other, count
            if tail < len(part):
                yield done + tail, other_done + other_tail, len(part) - tail
        if at < high:
            yield at, other_at, 1
        done, other_done = at + 1, other_at + 1
    if high < len(old):
        yield high, other_high, len(old) - high


def _trimmed(old: Sequence[str], new: Sequence[str]) -> tuple[int, int, int]:
    """Return how many words are alike at the beginning, and where the words alike at the end begin on each side."""
    low, shorter = 0, min(len(old), len(new))
    while low < shorter and old[low] == new[low]:
        low += 1
    high, other_high = len(old), len(new)
    while high > low and other_high > low and old[high - 1] == new[other_high - 1]:
        high, other_high = high - 1, other_high - 1
    return low, high, other_high


def _landmarks(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return places of words that stand once on each side, or of three words that do where no single one does."""
    if len(old) + len(new) > _MOST_WORDS:
        return _rising(old, new)
    return _rising(old, new) or _rising(
        [*zip(old, old[1:], old[2:], strict=False)], [*zip(new, new[1:], new[2:], strict=False)]
    )


def _rising(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return places of what stands once on each side: the longest series that is in order on both."""
    counts, other_counts = Counter(old), Counter(new)
    places = {one: at for at, one in enumerate(new) if other_counts[one] == 1}
    pairs = [(at, places[one]) for at, one in enumerate(old) if counts[one] == 1 and one in places]
    ends: list[int] = []  # for each length the least place where a rising series of that length ends
    holders: list[int] = []  # which pair that is
    before: list[int] = []  # the pair before each pair in its series
    for number, (_, other) in enumerate(pairs):
        length = bisect_left(ends, other)
        ends[length : length + 1] = [other]
        holders[length : length + 1] = [number]
        before.append(holders[length - 1] if length else -1)
    series: list[tuple[int, int]] = []
    number = holders[-1] if holders else -1
    while number >= 0:
        series.append(pairs[number])
        number = before[number]
    return series[::-1]


def _greedy(old: Sequence[str], new: Sequence[str], allowance: list[int]) -> list[Run]:
    """Return runs alike in a shortest series of changes, or none where that takes too many changes or steps."""
    size, other_size = len(old), len(new)
    if set(old).isdisjoint(new):
        return []
    furthest, trace = {1: 0}, list[dict[int, int]]()
    for changes in range(min(_MOST_CHANGES, size + other_size) + 1):
        trace.append(dict(furthest))
        for diagonal in range(-changes, changes + 1, 2):
            down = diagonal == -changes or (
                diagonal != changes and furthest.get(diagonal - 1, -1) < furthest.get(diagonal + 1, -1)
            )
            at = furthest[diagonal + 1] if down else furthest[diagonal - 1] + 1
            other = first = at - diagonal
            while at < size and other < other_size and old[at] == new[other]:
                at, other = at + 1, other + 1
            furthest[diagonal] = at
            allowance[0] -= 1 + other - first
            if at >= size and other >= other_size:
                return _traced(trace, size, other_size)
        if allowance[0] < 0:
            return []
    return []


def _traced(trace: list[dict[int, int]], at: int, other: int) -> list[Run]:
    """Return the runs along the way that `trace` records, from its end back to its beginning."""
    runs: list[Run] = []
    for changes in range(len(trace) - 1, -1, -1):
        furthest, diagonal = trace[changes], at - other
        down = diagonal == -changes or (
            diagonal != changes and furthest.get(diagonal - 1, -1) < furthest.get(diagonal + 1, -1)
        )
        before = furthest[diagonal + 1] if down else furthest[diagonal - 1]
        other_before = before - (diagonal + 1 if down else diagonal - 1)
        start = before if down else before + 1
        if changes == 0:
            start, before, other_before = 0, 0, 0
        if at > start:
            runs.append((start, start - diagonal, at - start))
        at, other = before, other_before
    return runs[::-1]
