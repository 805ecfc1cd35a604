"""Places of a text that resemble a passage: its words, some of them changed, between its context or what is left of it.

Words that few places have point to windows of the text; in each the best series of words in order is chosen, and what
lies between is compared letter by letter. All of it is linear in the text.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

from .similarity import alike_letters
from .words import Words, words_of

_CONTEXT_WORDS = 7  # on each side
_MOST_WINDOWS = 3
_MOST_HITS = 2_000
_LONGEST_PASSAGE = 150  # words; of a longer one the beginning and the end are looked for
_END_WORDS = 50
_LOOK_BACK = 32  # pairs of words before each that may be the one before it in its series
_SHALLOW = 2  # words into a stretch of equal ones
_MOST_REPEATS = 6  # of one word in a window


@dataclass(frozen=True, slots=True)
class Likeness:
    """A place that resembles a passage: code points, and what speaks for it, each from 0 to 1."""

    start: int
    end: int
    words: float  # of the letters of the passage stand there in order
    density: float  # of the letters there are the passage's
    before: float  # of the words before the passage stand before it
    after: float


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A passage as folded words between those of its context, with their weights: rare words weigh more."""

    words: tuple[str, ...]
    weights: tuple[float, ...]
    first: int  # where the passage's own words begin
    last: int  # where they end (exclusive)
    lead: str  # what stands before its first and after its last word
    tail: str


def likenesses(text: str, exact: str, prefix: str = "", suffix: str = "", near: int | None = None) -> list[Likeness]:
    """Return the places of `text` that most resemble `exact`, given its context and the position where it stood."""
    article, passage = words_of(text), Words(exact)
    if len(passage.words) > _LONGEST_PASSAGE:
        return _long_likenesses(article, passage, prefix, suffix, near)
    if not passage.words:
        return []
    pattern = _pattern(article, passage, prefix, suffix)
    found: dict[tuple[int, int], Likeness] = {}
    for low, high in _windows(article, pattern, near):
        likeness = _judged(article, pattern, _series(article, pattern, low, high))
        if likeness:
            place = likeness.start, likeness.end
            found[place] = max(found.get(place, likeness), likeness, key=_support)
    return list(found.values())


def _support(likeness: Likeness) -> float:
    return likeness.words + likeness.before + likeness.after


def _long_likenesses(article: Words, passage: Words, prefix: str, suffix: str, near: int | None) -> list[Likeness]:
    """Return the place between what most resembles the first and the last words of a long passage."""
    first, last = passage.spans[_END_WORDS - 1][1], passage.spans[-_END_WORDS][0]
    heads = likenesses(article.source, passage.source[:first], prefix, "", near)
    tails = likenesses(article.source, passage.source[last:], "", suffix, None if near is None else near + last)
    if not heads or not tails:
        return []
    head, tail = max(heads, key=_support), max(tails, key=_support)
    begin, end = (bisect_left(article.spans, (at, at)) for at in (head.start, tail.end))
    there = article.words[begin:end]
    common = sum(len(word) * count for word, count in (Counter(there) & Counter(passage.words)).items())
    if not common:
        return []
    words, density = common / sum(map(len, passage.words)), common / sum(map(len, there))
    alike = min(words, (head.words + tail.words) / 2)
    return [Likeness(head.start, tail.end, alike, density, head.before, tail.after)]


def _pattern(article: Words, passage: Words, prefix: str, suffix: str) -> _Pattern:
    before = Words(prefix).words[-_CONTEXT_WORDS:]
    after = Words(suffix).words[:_CONTEXT_WORDS]
    words = (*before, *passage.words, *after)
    size, places = len(article.words) + 2, article.places
    weights = tuple(max(0.1, log(size / (1 + len(places.get(word, ())))) / log(size)) for word in words)
    lead, tail = passage.source[: passage.spans[0][0]], passage.source[passage.spans[-1][1] :]
    return _Pattern(words, weights, len(before), len(before) + len(passage.words), lead, tail)


def _windows(article: Words, pattern: _Pattern, near: int | None) -> Iterator[tuple[int, int]]:
    """Yield (first, last) words of the stretches with the most of the pattern's words, and of where it stood."""
    size = len(pattern.words)
    reach = size + size // 3 + 12
    hits = _hits(article, pattern)
    expected = None
    if near is not None:
        expected = bisect_left(article.spans, (near, near))
        own = pattern.last - pattern.first
        yield max(0, expected - size), expected + 2 * size
        yield max(0, expected - 2), expected + own + own // 3 + 3
    sums, total, high = [], 0.0, 0
    for at, weight in hits:
        while high < len(hits) and hits[high][0] < at + reach:
            total += hits[high][1]
            high += 1
        sums.append((-total, abs(at - expected) if expected is not None else 0, at))
        total -= weight
    chosen: list[int] = []
    for _, _, at in sorted(sums):
        if all(abs(at - other) > reach // 2 for other in chosen):
            chosen.append(at)
            yield max(0, at - size), at + reach + size
            if len(chosen) == _MOST_WINDOWS:
                return


def _hits(article: Words, pattern: _Pattern) -> list[tuple[int, float]]:
    """Return where words of the pattern stand, with their weights, the rare ones first while there are not too many."""
    hits: list[tuple[int, float]] = []
    weights = dict(zip(pattern.words, pattern.weights, strict=True))
    enough = 20 * len(weights) + 100
    for word in sorted(weights, key=lambda word: len(article.places.get(word, ()))):
        places = article.places.get(word, ())
        if hits and len(hits) + len(places) > enough:
            break
        hits += [(at, weights[word]) for at in places[:_MOST_HITS]]
    return sorted(hits)


def _series(article: Words, pattern: _Pattern, low: int, high: int) -> list[tuple[int, int]]:
    """Return the best series of equal words in order, as pairs of places in the pattern and in article[low:high]."""
    pairs = _pairs(article, pattern, low, high)
    scores: list[float] = []
    before: list[int] = []
    runs: dict[tuple[int, int], tuple[int, int]] = {}  # how far into a stretch of equal words each pair is, and which
    for current, (at, number) in enumerate(pairs):
        depth, chosen = runs.get((at - 1, number - 1), (-1, -1))
        runs[at, number] = depth + 1, current
        best = scores[chosen] if chosen >= 0 else 0.0
        # Well inside a stretch nothing but the word before is better than it was at its beginning.
        for earlier in range(max(0, current - _LOOK_BACK), current) if depth < _SHALLOW else ():
            other_at, other = pairs[earlier]
            gap, other_gap = at - other_at, number - other
            if gap > 0 and other_gap > 0 and scores[earlier] > best:
                apart = gap - other_gap if gap > other_gap else other_gap - gap
                score = scores[earlier] - (0.1 + 0.03 * (apart if apart < 30 else 30) if gap + other_gap > 2 else 0)
                if score > best:
                    best, chosen = score, earlier
        scores.append(best + pattern.weights[number])
        before.append(chosen)
    series: list[tuple[int, int]] = []
    current = max(range(len(scores)), key=scores.__getitem__, default=-1)
    while current >= 0:
        series.append((pairs[current][1], pairs[current][0]))
        current = before[current]
    return series[::-1]


def _pairs(article: Words, pattern: _Pattern, low: int, high: int) -> list[tuple[int, int]]:
    """Return the equal words of article[low:high] and the pattern, as places in both, in the order of the article."""
    pairs = []
    for number, word in enumerate(pattern.words):
        places = article.places.get(word, ())
        first = bisect_left(places, low)
        pairs += [(at, number) for at in places[first : min(first + _MOST_REPEATS, bisect_left(places, high))]]
    return sorted(pairs)


def _judged(article: Words, pattern: _Pattern, series: list[tuple[int, int]]) -> Likeness | None:
    """Return where the passage begins and ends by its own words, else by the context beside it, and how alike it is."""
    own = [pair for pair in series if pattern.first <= pair[0] < pattern.last]
    lead = [pair for pair in series if pair[0] < pattern.first]
    tail = [pair for pair in series if pair[0] >= pattern.last]
    begin = _begin(pattern, own, lead)
    end = _end(pattern, own, tail, len(article.words))
    if begin is None or end is None or begin >= end:
        return None
    total = sum(map(len, pattern.words[pattern.first : pattern.last]))
    alike = _alike(article, pattern, own, begin, end)
    there = sum(map(len, article.words[begin:end]))
    return Likeness(
        _widened_start(article, pattern.lead, begin),
        _widened_end(article, pattern.tail, end),
        alike / total,
        alike / there if there else 0.0,
        _share(pattern, lead, 0, pattern.first, begin),
        _share(pattern, tail, pattern.last, len(pattern.words), len(article.words) - end),
    )


def _begin(pattern: _Pattern, own: Sequence[tuple[int, int]], lead: Sequence[tuple[int, int]]) -> int | None:
    if own and own[0][0] == pattern.first:
        return own[0][1]
    if lead and lead[-1][0] == pattern.first - 1:
        return lead[-1][1] + 1
    if not own:
        return None
    least = lead[-1][1] + 1 if lead else 0
    return max(least, own[0][1] - (own[0][0] - pattern.first))


def _end(pattern: _Pattern, own: Sequence[tuple[int, int]], tail: Sequence[tuple[int, int]], size: int) -> int | None:
    if own and own[-1][0] == pattern.last - 1:
        return own[-1][1] + 1
    if tail and tail[0][0] == pattern.last:
        return tail[0][1]
    if not own:
        return None
    most = tail[0][1] if tail else size
    return min(most, own[-1][1] + pattern.last - own[-1][0])


def _alike(article: Words, pattern: _Pattern, own: Sequence[tuple[int, int]], begin: int, end: int) -> float:
    """Return how many letters of the passage stand in article[begin:end]; near words count by their letters."""
    alike, number, at = 0.0, pattern.first, begin
    for other, place in [*own, (pattern.last, end)]:
        alike += alike_letters(pattern.words[number:other], article.words[at:place])
        if other < pattern.last:
            alike += len(pattern.words[other])
        number, at = other + 1, place + 1
    return alike


def _share(pattern: _Pattern, pairs: Sequence[tuple[int, int]], first: int, last: int, beyond: int) -> float:
    """Return how much of the context on one side stands, where `beyond` words do; none stands if there is none."""
    total = sum(map(len, pattern.words[first:last]))
    return sum(len(pattern.words[number]) for number, _ in pairs) / total if total else float(not beyond)


def _widened_start(article: Words, lead: str, begin: int) -> int:
    """Return where the marks begin that stand before the first word as they did before the passage's own."""
    start = article.spans[begin][0]
    least = max(article.spans[begin - 1][1] if begin else 0, start - len(lead.strip()) - 1)
    while lead.strip() and start > least and not article.source[start - 1].isspace():
        start -= 1
    return start


def _widened_end(article: Words, tail: str, end: int) -> int:
    finish = article.spans[end - 1][1]
    most = article.spans[end][0] if end < len(article.spans) else len(article.source)
    most = min(most, finish + len(tail.strip()) + 1)
    while tail.strip() and finish < most and not article.source[finish].isspace():
        finish += 1
    return finish
