"""Nouns that report: "Xi's announcement that China is committed", "the claim by critics that it failed"."""

from collections.abc import Iterator
from itertools import islice

from .cues import Cue, Mode
from .extents import end_of, stop_of
from .lexicon import words as w
from .lexicon.nouns import FORM, NOUNS
from .phrases import Range, Tokens, subject_after, subject_before
from .reports import Report

_MOST = 8  # of a sentence: what has more is no prose


def announcements(t: Tokens) -> Iterator[Report]:
    """Yield the reports whose cue is a noun with a "that" after it and its owner beside it."""
    stop = stop_of(t)
    nouns = (at for at in range(1, stop - 2) if t[at].low in NOUNS)
    for at in islice(nouns, _MOST):
        owner, after = _owner(t, at)
        if owner and after < stop - 1 and t[after].low == "that" and t[after + 1].low not in w.AUXILIARIES:
            cue = Cue(at, at, at + 1, Mode.NOUN, FORM)
            yield Report(cue, owner, ((after, end_of(t, cue, None, after, stop)),), True)


def _owner(t: Tokens, at: int) -> tuple[Range | None, int]:
    """Return whose the noun at `at` is, and where the words after it go on."""
    k = at - 1
    while k > 0 and not t[k].is_capital and t[k].low not in w.DETERMINERS and at - k < 3:
        k -= 1
    if t[k].low in w.POSSESSIVES:
        return (k, k + 1), at + 1
    if t[k].low.endswith(("'s", "s'")):
        return subject_before(t, k + 1), at + 1
    if t[at + 1].low == "by":
        owner = subject_after(t, at + 2)
        return (owner, owner[1]) if owner else (None, at)
    return None, at
