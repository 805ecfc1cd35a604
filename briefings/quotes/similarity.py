"""How alike two wordings are, from nothing (0) to the same words (1): to suggest and to tell, never to publish."""

from collections import Counter
from collections.abc import Sequence

from .differences import matching_runs
from .words import Words

_LONGEST = 20_000  # code points
_LONGEST_GAP = 400  # letters, to be compared one by one
_BY_CHANCE = 0.5  # of the letters of any two words are alike in order


def similarity(one: str, other: str) -> float:
    """Return the share of both wordings, by letters, alike in the same order; of long ones, of how they begin."""
    old, new = Words(one[:_LONGEST]).words, Words(other[:_LONGEST]).words
    total = _letters(old) + _letters(new)
    common = sum(len(word) * count for word, count in (Counter(old) & Counter(new)).items())
    if not total or (4 * common < total and total > _LONGEST_GAP):
        return 0.0
    alike, done, other_done = 0.0, 0, 0
    for start, at, count in [*matching_runs(old, new), (len(old), len(new), 0)]:
        alike += alike_letters(old[done:start], new[other_done:at])
        alike += _letters(old[start : start + count])
        done, other_done = start + count, at + count
    return 2 * alike / total


def alike_letters(old: Sequence[str], new: Sequence[str]) -> float:
    """Return how many letters of two stretches of other words are alike beyond chance, as after a slip of the pen."""
    one, other = "".join(old), "".join(new)
    if not one or not other or len(one) + len(other) > _LONGEST_GAP:
        return 0.0
    share = 2 * common_letters(one, other) / (len(one) + len(other))
    return max(0.0, share - _BY_CHANCE) / (1 - _BY_CHANCE) * (len(one) + len(other)) / 2


def common_letters(one: str, other: str) -> int:
    """Return how many letters both have in the same order (the bit-parallel method of Hyyrö, 2004)."""
    masks: dict[str, int] = {}
    for at, char in enumerate(one):
        masks[char] = masks.get(char, 0) | 1 << at
    every = (1 << len(one)) - 1
    row = every
    for char in other:
        alike = row & masks.get(char, 0)
        row = ((row + alike) | (row - alike)) & every
    return len(one) - row.bit_count()


def _letters(words: Sequence[str]) -> int:
    return sum(map(len, words))
