"""Finding a stored passage in an article that changed: the same words where they are now, or similar words, or none."""

import re
from dataclasses import dataclass

from .anchoring import Found, Location, Selector, context_at, locate
from .boundaries import is_unspaced
from .matching import find_words
from .normalize import Text, prepared
from .resembling import Likeness, likenesses
from .verdicts import Verdict, compare

_NEARBY = 12  # code points: a passage that stands as near to its old position as this counts as where it was
_STANDS = 0.6  # of the context on one side
_SPARSE = 0.6  # a place that has fewer of the passage's letters among its own is less like it
_LEAST_SUGGESTED = 0.4


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a passage is in a changed text, what became of its words, and how alike they are (0 to 1).

    Places are code points, end exclusive; there are none where the passage is gone or ambiguous.
    """

    location: Location
    verdict: Verdict
    start: int | None
    end: int | None
    similarity: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A place that resembles given words (code points, end exclusive) and how alike they are. An editor judges."""

    start: int
    end: int
    similarity: float


def anchor(text: str | Text, selector: Selector) -> Anchor:
    """Find the passage of `selector` in `text`, which may have changed since.

    The very words keep their verdict, exact or typographic. Similar words are `altered`, and their place is given for
    a person to look at; the less they resemble the passage, the more must its context or its position speak for them.
    Where the words stand without their context, similar words between that context are taken for the passage.
    """
    text = prepared(text)
    found = _located(text, selector)
    if _is_settled(text, selector, found):
        return _standing(text, selector, found)
    best = _most_alike(text, selector)
    if best is None or (found.location != Location.GONE and not _is_better(best, selector, found)):
        return _standing(text, selector, found)
    if standing := _place_beside(text, selector, best):
        return _standing(text, selector, standing)
    return Anchor(_location(best.start, selector), Verdict.ALTERED, best.start, best.end, _likeness(best))


def suggest(text: str | Text, words: str, near: int | None = None) -> Suggestion | None:
    """Return the place of `text` that most resembles `words`, or None where nothing does: for an editor to judge.

    Of places that are equally alike the one nearest to `near`, a code point, is taken.
    """
    text = prepared(text)
    places = [Suggestion(start, end, 1.0) for start, end in find_words(text, words)] or [
        Suggestion(one.start, one.end, min(one.words, one.density))
        for one in likenesses(text.source, words, near=near)
        if min(one.words, one.density) >= _LEAST_SUGGESTED
    ]
    return max(places, key=lambda one: (one.similarity, -abs(one.start - (near or 0))), default=None)


def _standing(text: Text, selector: Selector, found: Found) -> Anchor:
    """Return the anchor of words that were found standing, or standing in several places."""
    if found.location == Location.AMBIGUOUS:
        return Anchor(Location.AMBIGUOUS, Verdict.TYPOGRAPHIC, None, None, 1.0)
    if found.start is None or found.end is None:
        return Anchor(Location.GONE, Verdict.MISSING, None, None, 0.0)
    verdict = compare(selector.exact, [text.source[found.start : found.end]])
    if verdict not in (Verdict.EXACT, Verdict.TYPOGRAPHIC):  # punctuation alone has no verdict
        return Anchor(Location.GONE, Verdict.MISSING, None, None, 0.0)
    return Anchor(_location(found.start, selector), verdict, found.start, found.end, 1.0)


def _location(start: int, selector: Selector) -> Location:
    return Location.IN_PLACE if start == selector.start else Location.MOVED


def _located(text: Text, selector: Selector) -> Found:
    """Locate the words, also where the passage begins or ends inside a word, as it then did before."""
    lead = _rest_of_word(selector.prefix[::-1], selector.exact[:1])[::-1]
    tail = _rest_of_word(selector.suffix, selector.exact[-1:])
    if not lead and not tail:
        return locate(text, selector)
    wide = Selector(
        lead + selector.exact + tail,
        selector.prefix[: len(selector.prefix) - len(lead)],
        selector.suffix[len(tail) :],
        selector.start - len(lead),
        selector.end + len(tail),
    )
    found = locate(text, wide)
    if found.start is None or found.end is None:
        return found
    words = text.source[found.start : found.end]
    if not (words.startswith(lead) and words.endswith(tail)):
        return Found(Location.GONE)
    return Found(found.location, found.start + len(lead), found.end - len(tail))


def _rest_of_word(context: str, edge: str) -> str:
    """Return the letters with which `context`, read away from the passage, goes on with the word at its edge."""
    if not edge.isalnum() or is_unspaced(edge):
        return ""
    match = re.match(r"[^\W_]+", context)
    return match[0] if match and not is_unspaced(match[0][0]) else ""


def _is_settled(text: Text, selector: Selector, found: Found) -> bool:
    """Return whether the words stand where they stood, or beside as much of their context as one side had."""
    if found.start is None or found.end is None:
        return False
    if found.location == Location.IN_PLACE:
        return True
    agreeing = context_at(text.source, (found.start, found.end), selector).agreeing
    return 2 * agreeing >= len(selector.prefix) + len(selector.suffix)


def _most_alike(text: Text, selector: Selector) -> Likeness | None:
    places = likenesses(text.source, selector.exact, selector.prefix, selector.suffix, near=selector.start)
    convincing = [place for place in places if _convinces(place, selector)]
    return max(
        convincing,
        key=lambda place: _likeness(place) + 0.3 * (_sides(place) + _is_near(place, selector)),
        default=None,
    )


def _convinces(place: Likeness, selector: Selector) -> bool:
    """Return whether a place is enough like the passage to be taken for it: the more speaks for it, the less.

    Elsewhere and without its context only the same words convince, and of a few words, which could stand anywhere,
    not even those.
    """
    count, sides = len(selector.exact.split()), _sides(place)
    if sides == 2 or _is_near(place, selector):
        return _likeness(place) >= (0.65 if not _is_near(place, selector) else 0.55 if sides < 2 else 0.35)
    least = 0.9 if sides and count >= 4 else 0.97 if count >= 8 else 2.0
    return min(place.words, place.density) >= least


def _likeness(place: Likeness) -> float:
    """Return how alike the words are, less where many others stand among them."""
    return place.words - 0.8 * max(0.0, _SPARSE - place.density)


def _sides(place: Likeness) -> int:
    return (place.before >= _STANDS) + (place.after >= _STANDS)


def _is_near(place: Likeness, selector: Selector) -> bool:
    return abs(place.start - selector.start) <= _NEARBY


def _is_better(place: Likeness, selector: Selector, found: Found) -> bool:
    """Return whether similar words have a better claim than the very words that were found without their context."""
    if found.start is None or found.end is None:
        return _is_near(place, selector)
    if place.start < found.end and found.start < place.end:
        return False
    return _sides(place) == 2 or (_sides(place) == 1 and _is_near(place, selector))


def _place_beside(text: Text, selector: Selector, best: Likeness) -> Found | None:
    """Return where the very words stand, as whole words, at the place that resembles them."""
    there = [place for place in find_words(text, selector.exact) if abs(place[0] - best.start) <= _NEARBY]
    place = min(there, key=lambda place: abs(place[0] - best.start), default=None)
    return Found(_location(place[0], selector), *place) if place else None
