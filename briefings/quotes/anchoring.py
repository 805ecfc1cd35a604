"""Finding a stored passage again in a text: its selector, and the place where the passage stands now."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .matching import MOST_PLACES, find_words
from .normalize import Text, normalized, prepared

CONTEXT = 32  # code points on each side
_SHORT = 24  # a quotation of fewer code points could stand anywhere, so its context decides
_BY_CHANCE = 4  # a letter or two agree by chance: less than this tells no two places apart


class Location(StrEnum):
    """Where a passage stands in a text, whatever its words say."""

    IN_PLACE = "in place"
    MOVED = "moved"
    AMBIGUOUS = "ambiguous"  # two places fit equally
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Selector:
    """A passage as W3C TextQuoteSelector and TextPositionSelector: code points, end exclusive."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """Where a passage was found: code points, end exclusive; none where it is gone or ambiguous."""

    location: Location
    start: int | None = None
    end: int | None = None


def selector_at(text: str, start: int, end: int, context: int = CONTEXT) -> Selector:
    """Describe the passage text[start:end], with up to `context` code points on each side; ValueError if it is none."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"No passage from {start} to {end} in a text of {len(text)} code points.")
    return Selector(text[start:end], text[max(0, start - context) : start], text[end : end + context], start, end)


def locate(text: str | Text, selector: Selector) -> Found:
    """Find the passage of `selector` in `text`.

    It is in place where its very words stand at its position, else moved to the one place that fits best; two places
    that fit equally are ambiguous. A short passage counts only where its context stands beside it.
    """
    source = text.source if isinstance(text, Text) else text
    start, end = selector.start, selector.end
    is_there = 0 <= start < end and bool(selector.exact) and source[start:end] == selector.exact
    has_context = not _is_short(selector) or context_at(source, (start, end), selector).fits
    if is_there and has_context and _goes_on_alike(source, selector):
        return Found(Location.IN_PLACE, start, end)
    places = find_words(prepared(text), selector.exact)
    if not _is_short(selector) and len(places) == 1:
        return _found(places[0], selector)
    return _best(source, places, selector)


def _goes_on_alike(source: str, selector: Selector) -> bool:
    """Return whether the glyphs beside the old position are those that were there, so that no word became longer."""
    before, after = selector.prefix[-2:], selector.suffix[:2]
    is_same = source[: selector.start].endswith(before) and source.startswith(after, selector.end)
    return is_same and (bool(before) or not selector.start) and (bool(after) or selector.end == len(source))


def _found(place: tuple[int, int], selector: Selector) -> Found:
    return Found(Location.IN_PLACE if place[0] == selector.start else Location.MOVED, *place)


def _best(source: str, places: Sequence[tuple[int, int]], selector: Selector) -> Found:
    """Choose among several places, or judge the only one of a short passage, by the context."""
    if len(places) == MOST_PLACES:
        return Found(Location.AMBIGUOUS)
    scores = sorted(
        ((context_at(source, place, selector), place) for place in places),
        key=lambda scored: (scored[0].fits, scored[0].agreeing),
        reverse=True,
    )
    if _is_short(selector):
        scores = [scored for scored in scores if scored[0].fits]
    if not scores:
        return Found(Location.GONE)
    if len(scores) == 1:
        return _found(scores[0][1], selector)
    (best, place), (second, _) = scores[:2]
    if best.fits and best.agreeing - second.agreeing >= _BY_CHANCE:
        return _found(place, selector)
    return Found(Location.AMBIGUOUS)


@dataclass(frozen=True, slots=True)
class Beside:
    """How much of the context stands beside a place."""

    agreeing: int  # code points, both sides together
    fits: bool  # at least half of one side stands where it stood


def context_at(source: str, place: tuple[int, int], selector: Selector) -> Beside:
    """Compare what stands beside `place` of `source` with the context of `selector`."""
    start, end = place
    reach = 2 * CONTEXT
    before = _agreeing(_plain(selector.prefix)[::-1], _plain(source[max(0, start - reach) : start])[::-1])
    after = _agreeing(_plain(selector.suffix), _plain(source[end : end + reach]))
    return Beside(before[0] + after[0], before[1] or after[1])


def _plain(context: str) -> str:
    """Return context in tier two, with the block boundaries as spaces: a new layout is no new context."""
    return normalized(context)[1].replace("\n", " ")


def _agreeing(expected: str, actual: str) -> tuple[int, bool]:
    """Return how many code points agree from the start on, and whether that is half of what was expected or more."""
    count = 0
    for one, other in zip(expected, actual, strict=False):
        if one != other:
            break
        count += 1
    return count, 2 * count >= len(expected) if expected else not actual


def _is_short(selector: Selector) -> bool:
    return len(selector.exact) < _SHORT
