"""Two texts made of one, merged word by word: what only one side changed is taken over, the rest is asked about.

The three-way merge of diff3 (Khanna, Kunal and Pierce, "A Formal Investigation of Diff3", 2007) over words and the
white space between them. Changes of the two sides that stand close together are one conflict: each is right where the
other is not known, and nobody wrote the sentence that both would make.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from briefings.quotes.differences import matching_runs

_TOKEN = re.compile(r"\n+|[^\S\n]+|\S+")
_NEAR = 3  # words between changes of the two sides that are too few to take both without asking


class Side(StrEnum):
    """Whose words a chunk holds. The names are what a form sends as the answer to a conflict, too."""

    SAME = "same"  # nobody changed them, or both did in the same way
    MINE = "mine"
    THEIRS = "theirs"
    CONFLICT = "conflict"
    BOTH = "both"  # an answer alone: mine, then theirs


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of the texts: the words of all three, empty where one has none, and which of them count."""

    side: Side
    base: str
    mine: str
    theirs: str
    gap: str = " "  # what parts the two of a conflict, where both are kept

    @property
    def both(self) -> str:
        """The words of both sides of a conflict one after the other, with room between them."""
        apart = not self.mine or not self.theirs or self.mine[-1].isspace() or self.theirs[0].isspace()
        return self.mine + ("" if apart else self.gap) + self.theirs


def merge(base: str | None, mine: str, theirs: str) -> tuple[Chunk, ...]:
    """Merge two texts made of `base`; return chunks in order, of which only conflicts have to be decided.

    Together the chunks' `mine` are `mine`, and so for `theirs` and `base`. Where `base` is not known (None), what both
    texts have stands for it: then nothing counts as taken out. Time grows almost linearly with the texts.
    """
    ours, others = _TOKEN.findall(mine), _TOKEN.findall(theirs)
    if base is None:
        origin = [word for start, _other, count in matching_runs(ours, others) for word in ours[start : start + count]]
    else:
        origin = _TOKEN.findall(base)
    parts = _parts(origin, matching_runs(origin, ours), matching_runs(origin, others), len(ours), len(others))
    pieces = [("".join(origin[a:b]), "".join(ours[c:d]), "".join(others[e:f])) for a, b, c, d, e, f in parts]
    chunks = list(_joined([Chunk(_side(*piece), *piece) for piece in pieces if any(piece)]))
    return tuple(_parted([one for chunk in chunks for one in _without_shared_ends(chunk)]))


def merged_text(chunks: Sequence[Chunk], answers: Mapping[int, str] | None = None) -> str:
    """Return the merged text. `answers` gives, by the place of a conflict among the chunks, the words to stand there.

    A conflict without an answer keeps the words of both sides: nothing is lost by forgetting one.
    """
    answers = answers or {}
    return "".join(answers.get(place, _words(chunk)) for place, chunk in enumerate(chunks))


def _words(chunk: Chunk) -> str:
    if chunk.side == Side.CONFLICT:
        return chunk.both
    return chunk.theirs if chunk.side == Side.THEIRS else chunk.mine


def _side(base: str, mine: str, theirs: str) -> Side:
    if mine == theirs:
        return Side.SAME
    if theirs == base:
        return Side.MINE
    return Side.THEIRS if mine == base else Side.CONFLICT


Part = tuple[int, int, int, int, int, int]  # from, to of the base, of one side and of the other, counted in tokens
Runs = list[tuple[int, int, int]]


def _parts(base: Sequence[str], ours: Runs, others: Runs, size: int, other_size: int) -> Iterator[Part]:
    """Cut the three texts where all of them agree, and around it."""
    at = mine = theirs = 0
    for start, end in [*_agreed(ours, others), (len(base), len(base))]:
        if start == end:
            here, there = size, other_size
        else:
            here, there = _place(ours, start), _place(others, start)
        yield at, start, mine, here, theirs, there
        at, mine, theirs = end, here + end - start, there + end - start
        yield start, end, here, mine, there, theirs


def _agreed(ours: Runs, others: Runs) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the base that both sides have kept."""
    one = other = 0
    while one < len(ours) and other < len(others):
        start = max(ours[one][0], others[other][0])
        end, other_end = ours[one][0] + ours[one][2], others[other][0] + others[other][2]
        if start < min(end, other_end):
            yield start, min(end, other_end)
        if end <= other_end:
            one += 1
        else:
            other += 1


def _place(runs: Runs, at: int) -> int:
    """Where a token of the base stands on a side that has kept it."""
    start, place, _count = runs[bisect_right(runs, at, key=lambda run: run[0]) - 1]
    return place + at - start


def _joined(chunks: Sequence[Chunk]) -> Iterator[Chunk]:
    """Make one chunk of changes that only white space parts, and one conflict of near changes by different sides."""
    waiting: list[Chunk] = []  # a change, and perhaps the few words behind it
    for chunk in _adjoining(chunks):
        if chunk.side == Side.SAME and len(waiting) == 1 and _is_short(chunk.mine):
            waiting.append(chunk)
        elif chunk.side == Side.SAME:
            yield from [*waiting, chunk]
            waiting = []
        elif waiting and (chunk.side != waiting[0].side or chunk.side == Side.CONFLICT):
            waiting = [_one(Side.CONFLICT, [*waiting, chunk])]
        elif waiting and waiting[-1].mine.isspace():
            waiting = [_one(chunk.side, [*waiting, chunk])]
        else:
            yield from waiting
            waiting = [chunk]
    yield from waiting


def _adjoining(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Join neighbours that nobody has to look at."""
    joined: list[Chunk] = []
    for chunk in chunks:
        if joined and chunk.side == joined[-1].side == Side.SAME:
            chunk = _one(Side.SAME, [joined.pop(), chunk])
        joined.append(chunk)
    return joined


def _is_short(words: str) -> bool:
    return len(words.split()) <= _NEAR and "\n" not in words


def _one(side: Side, chunks: Sequence[Chunk]) -> Chunk:
    base, mine, theirs = ("".join(getattr(one, name) for one in chunks) for name in ("base", "mine", "theirs"))
    return Chunk(side, base, mine, theirs)


def _without_shared_ends(chunk: Chunk) -> Iterator[Chunk]:
    """Take out of a conflict what both sides begin and end with: it is not in question."""
    if chunk.side != Side.CONFLICT:
        yield chunk
        return
    mine, theirs = _TOKEN.findall(chunk.mine), _TOKEN.findall(chunk.theirs)
    shorter = min(len(mine), len(theirs))
    low = next((at for at in range(shorter) if mine[at] != theirs[at]), shorter)
    high = next((at for at in range(shorter - low) if mine[-1 - at] != theirs[-1 - at]), shorter - low)
    head, tail = "".join(mine[:low]), "".join(mine[len(mine) - high :])
    if head:
        yield Chunk(Side.SAME, "", head, head)
    middle = ["".join(words[low : len(words) - high]) for words in (mine, theirs)]
    yield Chunk(_side(chunk.base, *middle), chunk.base, *middle)
    if tail:
        yield Chunk(Side.SAME, "", tail, tail)


def _parted(chunks: Sequence[Chunk]) -> Iterator[Chunk]:
    """Let the two of a conflict be paragraphs of their own where each of them is one, or more."""
    for place, chunk in enumerate(chunks):
        before = chunks[place - 1].mine if place else "\n"
        after = chunks[place + 1].mine if place + 1 < len(chunks) else "\n"
        is_whole = before.endswith("\n") and after.startswith("\n")
        yield replace(chunk, gap="\n\n") if is_whole or "\n" in chunk.mine + chunk.theirs else chunk
