"""What is reported before its cue: a quotation, or a clause that a comma closes. "It was over, he said"."""

from .extents import start_of
from .lexicon import words as w
from .lexicon.lists import words_of
from .lexicon.verbs import FORMS
from .phrases import Range, Tokens

_LEADING = words_of(
    "still instead meanwhile however moreover furthermore additionally also besides indeed then again nevertheless"
    " nonetheless sometimes overall"
)


def quoted_before(t: Tokens, at: int) -> Range | None:
    """Return the quotation, with the words that lead into it, that ends right before `at`."""
    k = at - 1
    if k >= 0 and (t[k].text == "," or t[k].low in w.LINKS):
        k -= 1
    if k < 0 or not t[k].is_quotation:
        return None
    first = start_of(t, k)
    if first == k or not t[first].is_word or t[k - 1].text == ":":
        return k, k + 1
    if k == at - 1 and t[k].text[-2:-1] not in ",?!-—…" and t[k].text[-3:-2] not in ",?!":
        return None
    return past_leading(t, first, k), k + 1


def clause_before(t: Tokens, at: int) -> Range | None:
    """Return the clause that a comma closes right before `at`: "It was over, he said"."""
    k = at - 1
    if k < 1 or not (t[k].text == "," or t[k].low in w.LINKS):
        return None
    first = past_leading(t, start_of(t, k), k)
    return (first, k) if k > first else None


def past_leading(t: Tokens, first: int, end: int) -> int:
    """Return `first` past what only links the sentence to the one before: "But", "Meanwhile,"."""
    at = first
    while at < end and (t[at].low in _LEADING or (at > first and t[at].text == ",")):
        at += 1
    return at if at < end else first


def is_lead_in(t: Tokens, part: Range) -> bool:
    """Return whether words before "he said," only lead into what follows: "In particular, he said, the plan failed"."""
    first, end = part
    if end - first > 7 or any(t[at].is_quotation for at in range(first, end)):
        return False
    word = t[first].low
    if word in w.PREPOSITIONS or word in w.ADVERBS or word in _LEADING or word.endswith("ly"):
        return not any(t[at].low in w.AUXILIARIES for at in range(first, end))
    return False


def parts_around(t: Tokens, before: Range, at: int, stop: int, *, is_inverted: bool = False) -> tuple[Range, ...]:
    """Return what is reported before a cue and what goes on after it; the words of saying end at `at` or later."""
    k = at
    while k < stop and t[k].text not in ",;:" and not t[k].is_quotation and t[k].low not in w.LINKS:
        k += 1
    if k >= stop or t[k].text == ":":
        return (before,)
    if t[k].is_quotation:
        return before, (k, k + 1)
    if (last := _closing_quotation(t, k, stop)) is not None:
        return before, (last, stop)
    if t[k].text != ";" and k + 1 < stop and _goes_on(t, k + 1, before, is_inverted):
        end = next((m for m in range(k + 1, stop) if t[m].text == ";"), stop)
        return ((k + 1, end),) if is_lead_in(t, before) else (before, (k + 1, end))
    return (before,)


def _closing_quotation(t: Tokens, at: int, stop: int) -> int | None:
    """Return the quotation that ends the sentence after a comma, where no other verb of saying leads up to it."""
    if not t[stop - 1].is_quotation or (t[stop - 2].text != "," and t[stop - 2].low not in w.LINKS):
        return None
    return None if any(t[k].low in FORMS for k in range(at, stop - 1)) else stop - 1


_NOT_HIS = words_of("who which whose according as adding where")


def _goes_on(t: Tokens, at: int, before: Range, is_inverted: bool) -> bool:
    """Return whether the words after "he said," belong to what he said: "The plan, he said, was a mistake"."""
    token = t[at]
    if t[before[1] - 1].is_quotation:
        return False
    if is_inverted and not (token.low in w.COORDINATORS or token.low in w.AUXILIARIES):
        return False
    if token.low in _NOT_HIS or (token.low.endswith("ing") and len(token.low) > 5) or token.low in FORMS:
        return False
    return token.is_word
