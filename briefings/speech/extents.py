"""How far what a cue reports goes: it ends where the clause around it does, or where another cue takes over."""

from .cues import Cue, Mode
from .lexicon import words as w
from .lexicon.lists import words_of
from .lexicon.other_verbs import IRREGULAR, PRESENT
from .lexicon.verbs import FORMS
from .phrases import Range, Tokens
from .tokens import Token


def stop_of(t: Tokens) -> int:
    """Return the end of the sentence without its stop."""
    end = len(t)
    while end and not (t[end - 1].is_word or t[end - 1].is_quotation or t[end - 1].text in "%)]$"):
        end -= 1
    return end


def start_of(t: Tokens, before: int) -> int:
    """Return where the clause before `before` begins: at the sentence, or after a semicolon."""
    return next((at + 1 for at in range(before - 1, -1, -1) if t[at].text == ";"), 0)


def is_finite(token: Token) -> bool:
    """Return whether a word is, or looks like, a finite verb."""
    form = FORMS.get(token.low)
    if form and (form.is_past or form.is_present):
        return True
    return token.low in w.AUXILIARIES or token.low in IRREGULAR or token.low in PRESENT or token.low.endswith("ed")


_FRONTED = words_of("while when after although though if as since before because once whereas whenever")


def end_of(t: Tokens, cue: Cue, subject: Range | None, first: int, stop: int) -> int:
    """Return where what begins at `first` ends, at `stop` or before."""
    begin = subject[0] if subject and subject[0] < cue.first else cue.first
    if cue.mode in (Mode.FINITE, Mode.PASSIVE) and _is_fronted(t, begin):
        return next((at for at in range(first + 1, stop) if t[at].text == "," and not t[at - 1].is_quotation), stop)
    if subject and t[begin].low in w.RELATIVE and begin and t[begin - 1].text == ",":
        stop = _end_of_relative(t, first, stop)
    opened = _parenthesis(t, cue.first)
    for at in range(first + 1, stop):
        if t[at].text == ")" and opened and not _parenthesis(t, at, first):
            return at
        if _ends_at(t, at, first, stop):
            return at
    return stop


def _is_fronted(t: Tokens, begin: int) -> bool:
    """Return whether the cue stands in a clause that leads into the main one: "While he admitted that …, she"."""
    if not begin or t[begin - 1].low not in _FRONTED:
        return False
    return begin == 1 or (begin == 2 and t[0].low in w.COORDINATORS | {"even", "just"})


def _end_of_relative(t: Tokens, first: int, stop: int) -> int:
    """Return the comma that closes "who said it was over, " before the verb of the main clause."""
    for at in range(first + 1, stop - 1):
        if t[at].text == "," and (is_finite(t[at + 1]) or (t[at + 1].low in w.ADVERBS and is_finite(t[at + 2]))):
            return at
    return stop


def _parenthesis(t: Tokens, at: int, low: int = 0) -> bool:
    """Return whether a parenthesis is open at `at`."""
    for k in range(at - 1, max(low, at - 60) - 1, -1):
        if t[k].text == ")":
            return False
        if t[k].text == "(":
            return True
    return False


def _is_inserted(t: Tokens, at: int, stop: int) -> bool:
    """Return whether the relative clause that begins at the comma is closed by another, and the sentence goes on."""
    closing = next((k for k in range(at + 1, stop - 1) if t[k].text == ","), None)
    return closing is not None and (is_finite(t[closing + 1]) or t[closing + 1].low in w.COORDINATORS)


def _ends_at(t: Tokens, at: int, first: int, stop: int) -> bool:
    """Return whether the content that begins at `first` ends before the mark at `at`: an aside follows, or more."""
    if at + 1 >= stop:
        return False
    if t[at].text == ";":
        return True
    if t[at].text != ",":
        return False
    following = t[at + 1].low
    if following in ("who", "which", "whose"):
        return not _is_inserted(t, at, stop)
    if following == "compared":
        return True
    return following in ("a", "an") and not any(t[k].text == "," for k in range(at + 1, stop))
