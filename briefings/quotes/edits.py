"""Honest edits of a quotation: cuts and insertions that it marks itself, and what stands in the source in their place.

`…` or `[…]` is a cut, `[word]` an insertion, `[t]he` a changed initial, and `[name]` may stand for a pronoun. Between
the marks the words must be the source's own, in its order. No mark excuses a lost or an added negation.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from .boundaries import joined
from .matching import occurrences
from .negations import negates
from .normalize import Form, Text
from .parts import WORD, EditKind, Part, parsed

LONGEST_OMISSION = 600  # code points, where no passage says which words belong together
_FEWEST_WORDS = 3  # of each part of a quotation with cuts: two words stand together anywhere
_MOST_PLACES = 100  # of one part

_CLAUSE_END = re.compile(r"[,;:.!?\n\"()،؛۔؟，。；：！？、]|(?<= )-(?= )")
_STOPS = ",.،۔。，"


@dataclass(frozen=True, slots=True)
class Edit:
    """One marked edit: the mark as the quotation has it, and the source's own words that it stands for, if any.

    The words of an omission are empty where it lies between two passages with nothing of either left out.
    """

    kind: EditKind
    quoted: str
    original: str


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class _Original:
    """The text that a quotation is compared with: one tier, and where in it passages meet."""

    form: Form
    seams: tuple[int, ...] = ()

    def words(self, start: int, end: int) -> str:
        """Return the source's own glyphs for form.text[start:end], without white space around them."""
        return self.form.source[self.form.start(start) : self.form.end(end)].strip() if start < end else ""


def marked_edits(quote: str, passages: Sequence[str], alike: Callable[[str], str]) -> tuple[Edit, ...] | None:
    """Return the edits by which `quote` is the whole of `passages`, or None if its marks do not account for it.

    `alike(words)` gives words with nested quotation marks alike, as long as they were.
    """
    for form in _spellings(Text(quote).typographic, alike):
        for original in _joined_passages(passages, alike):
            if (found := _edits(form, original, whole=True)) is not None:
                return found
    return None


def stands_edited(quote: str, text: Form, alike: Callable[[str], str]) -> bool:
    """Return whether `quote`, with its marked edits, stands in `text`: its parts in order and not far apart."""
    originals = [_Original(form) for form in _spellings(text, alike)]
    return any(
        _edits(form, original, whole=False) is not None
        for form, original in zip(_spellings(Text(quote).typographic, alike), originals, strict=False)
    )


def _spellings(form: Form, alike: Callable[[str], str]) -> Iterator[Form]:
    yield form
    yield form.with_text(alike(form.text))


def _joined_passages(passages: Sequence[str], alike: Callable[[str], str]) -> Iterator[_Original]:
    """Yield the passages with a space between; then also without the stop that house style may drop before it."""
    stripped = [passage.strip() for passage in passages]
    bare = [re.sub(rf"(?<![{_STOPS}])[{_STOPS}]$", "", passage) for passage in stripped[:-1]] + stripped[-1:]
    for pieces in dict.fromkeys((tuple(stripped), tuple(bare))):
        sizes = [len(Text(piece).typographic.text.strip()) for piece in pieces]
        seams = tuple(sum(sizes[:number]) + number - 1 for number in range(1, len(sizes)))
        form = Text(" ".join(pieces)).typographic
        if len(form.text) == sum(sizes) + len(sizes) - 1:
            for spelling in _spellings(form, alike):
                yield _Original(spelling, seams)


def _edits(quote: Form, original: _Original, *, whole: bool) -> tuple[Edit, ...] | None:
    return _aligned(list(parsed(quote, original.form.text)), original, whole)


def _aligned(pieces: Sequence[Part | str], original: _Original, whole: bool) -> tuple[Edit, ...] | None:
    """Find the parts in order with the cuts between them, and return the edits; None if they do not stand so."""
    parts = [piece for piece in pieces if isinstance(piece, Part)]
    has_cuts = len(parts) < len(pieces)
    fewest = _FEWEST_WORDS if has_cuts or not whole else 1
    if not parts or any(part.size < fewest for part in parts):
        return None
    cut, ways = "", [_Place(0, 0, ())]
    for number, piece in enumerate(pieces):
        if isinstance(piece, str):
            cut = piece
            continue
        is_first, is_last = piece is parts[0], number == len(pieces) - 1
        places = _places(piece, original, ends_quote=is_last)
        if is_first and not cut:
            ways = [place for place in places if not whole or place.start == 0]
        else:
            ways = list(_after_cut(ways, places, cut, original, whole, is_first))
        cut = ""
        if not ways:
            return None
    return next(_closed(ways, cut, original, whole), None)


def _after_cut(
    ways: Sequence[_Place], places: Sequence[_Place], cut: str, original: _Original, whole: bool, is_first: bool
) -> Iterator[_Place]:
    """Yield each place of a part that one of `ways` reaches over an honest cut, with all edits so far."""
    for place in places:
        if is_first and not whole:
            yield place
            continue
        before = [way for way in ways if way.end <= place.start]
        for way in before[-8:][::-1]:
            if not whole and place.start - way.end > LONGEST_OMISSION:
                continue
            if _may_omit(original, way.end, place.start, is_head=is_first):
                omission = Edit(EditKind.OMISSION, cut, original.words(way.end, place.start))
                yield _Place(way.start, place.end, (*way.edits, omission, *place.edits))
                break


def _closed(ways: Iterable[_Place], cut: str, original: _Original, whole: bool) -> Iterator[tuple[Edit, ...]]:
    """Yield the edits of each way that ends where the original ends, or before it with a cut at the end."""
    size = len(original.form.text)
    for way in ways:
        rest = original.form.text[way.end :]
        if not whole or not rest.strip() or (not cut and len(rest) == 1 and rest in _STOPS):
            yield (*way.edits, Edit(EditKind.OMISSION, cut, "")) if whole and cut else way.edits
        elif cut and _may_omit(original, way.end, size, is_tail=True):
            yield (*way.edits, Edit(EditKind.OMISSION, cut, original.words(way.end, size)))


def _may_omit(original: _Original, start: int, end: int, *, is_head: bool = False, is_tail: bool = False) -> bool:
    """Return whether a cut may stand for form.text[start:end]: there are words, and no negation of what is kept."""
    text = original.form.text
    omitted = text[start:end]
    is_seam = any(start <= seam < end for seam in original.seams)
    if not (is_head or is_tail or is_seam or WORD.search(omitted)):
        return False
    clauses = _CLAUSE_END.split(omitted)
    goes_on = not is_head and not (start and _CLAUSE_END.match(text[start - 1]))
    return not ((goes_on and negates(clauses[0])) or (not is_tail and negates(clauses[-1])))


def _places(part: Part, original: _Original, *, ends_quote: bool) -> list[_Place]:
    """Return where `part` stands, as whole words; none where it stands in more places than anyone would choose from."""
    form, words = original.form, list(part.words)
    if ends_quote and words[-1][-1:] and words[-1][-1] in _STOPS and not form.text.endswith(words[-1]):
        words[-1] = words[-1][:-1]  # a stop inside the closing mark is house style
    anchor = max(range(len(words)), key=lambda number: len(words[number]))
    found = list(islice(occurrences(form.text, words[anchor]), _MOST_PLACES + 1)) if words[anchor] else []
    if len(found) > _MOST_PLACES:
        return []
    places = []
    for at in found:
        for start, before in _extended(part, words, original, at, range(anchor - 1, -1, -1)):
            for end, after in _extended(part, words, original, at + len(words[anchor]), range(anchor, len(words) - 1)):
                if not (joined(form, start) or joined(form, end)):
                    places.append(_Place(start, end, (*before[::-1], *after)))
    return places


def _extended(
    part: Part, words: Sequence[str], original: _Original, at: int, brackets: range
) -> list[tuple[int, tuple[Edit, ...]]]:
    """Follow `part` from `at` over `brackets`, to the right or, where they count down, to the left; return the ends."""
    text, rightwards = original.form.text, brackets.step > 0
    ways: dict[int, tuple[Edit, ...]] = {at: ()}
    for number in brackets:
        bracket, beyond = part.brackets[number], words[number + 1 if rightwards else number]
        reached: dict[int, tuple[Edit, ...]] = {}
        for position, edits in ways.items():
            for option, kind in bracket.options:
                near = position if rightwards else position - len(option)
                far = near + len(option) if rightwards else near - len(beyond)
                if near < 0 or far < 0 or not text.startswith(option, near) or not text.startswith(beyond, far):
                    continue
                if kind == EditKind.INSERTION and not option and joined(original.form, position):
                    continue
                made = (Edit(kind, bracket.quoted, original.words(near, near + len(option))),) if kind else ()
                if kind == EditKind.INSERTION:
                    made = (Edit(kind, bracket.quoted, ""),)
                reached.setdefault(far + len(beyond) if rightwards else far, (*edits, *made))
        ways = reached
    return list(ways.items())
