"""Whose verb it is that has no subject right beside it."""

from .cues import Cue, Mode
from .lexicon import words as w
from .lexicon.other_verbs import IRREGULAR
from .phrases import Range, Tokens, subject_after, subject_before
from .reports import Report


def shared_subject(t: Tokens, cue: Cue, earlier: list[Report]) -> Range | None:
    """Return the subject of the verb before it, for a verb without one of its own: "X agreed but added that"."""
    if cue.first == 0 or t[cue.first - 1].low not in ("and", "but", "then", "or", ","):
        return None
    return last_subject(earlier) or first_subject(t, cue.first)


def last_subject(earlier: list[Report]) -> Range | None:
    return next((one.subject for one in reversed(earlier) if one.subject and one.cue.mode is Mode.FINITE), None)


def first_subject(t: Tokens, before: int) -> Range | None:
    """Return the phrase that the sentence begins with, past what leads up to it."""
    at = 0
    while at < before and t[at].low in w.COORDINATORS:
        at += 1
    if at < before and t[at].low in w.PREPOSITIONS | w.SUBORDINATORS:
        comma = next((k for k in range(at, before) if t[k].text == ","), None)
        if comma is None:
            return None
        at = comma + 1
    if at < before and t[at].low in w.PERSONAL:
        return at, at + 1
    end = at
    while end < before and _is_nominal(t, end, at):
        end += 1
    while end > at and t[end - 1].low in w.ADVERBS:
        end -= 1
    return (at, end) if any(token.is_word for token in t[at:end]) else None


def _is_nominal(t: Tokens, at: int, first: int) -> bool:
    token = t[at]
    if not token.is_word:
        return token.text in "&'’()-."
    if token.low in w.AUXILIARIES or token.low in w.SUBORDINATORS or token.low in IRREGULAR or token.low in w.PERSONAL:
        return False
    return token.is_capital or at == first or not token.low.endswith("ed")


def main_subject(t: Tokens, later: list[Cue], comma: int) -> Range | None:
    """Return the subject of the sentence that a participle leads into: "Noting that it was late, he added"."""
    for cue in later:
        if cue.mode is Mode.FINITE and cue.first > comma and (subject := subject_before(t, cue.first, comma)):
            return subject
    return subject_after(t, comma + 1)
