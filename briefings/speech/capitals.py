"""Runs of capitalised words: what may be names, with the titles before them."""

from collections.abc import Iterator, Sequence

from .lexicon import words as w
from .lexicon.lists import words_of
from .tokens import Token

_NO_NAMES = (
    w.DAYS
    | w.MONTHS
    | w.PERSONAL
    | w.SUBORDINATORS
    | w.COORDINATORS
    | w.DETERMINERS
    | w.AUXILIARIES
    | w.PREPOSITIONS
    | w.ADVERBS
)
_INSIDE = words_of("de la van von der den al bin ibn di da du le dos del of for")


def runs(t: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield the runs of capitalised words in a sentence that may be names, with their titles."""
    end = 0
    for at, token in enumerate(t):
        if not token.is_capital or at < end or not _is_part(t, at):
            continue
        end = at + 1
        while end < len(t) and (_is_part(t, end) or _joins(t, end)):
            end += 1
        yield at, end


def _is_part(t: Sequence[Token], at: int) -> bool:
    return t[at].is_capital and t[at].low not in _NO_NAMES and (len(t[at].text) > 1)


def _joins(t: Sequence[Token], at: int) -> bool:
    return t[at].low in _INSIDE and at + 1 < len(t) and _is_part(t, at + 1)
