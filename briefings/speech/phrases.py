"""Noun phrases beside a verb: who speaks, who listens. A range of tokens is (first, past the last)."""

from collections.abc import Sequence

from .lexicon import words as w
from .lexicon.other_verbs import IRREGULAR
from .lexicon.verbs import FORMS, NOUNS
from .tokens import Token

Tokens = Sequence[Token]
Range = tuple[int, int]

_INNER_MARKS = frozenset("&/'’-%$€£#@.")
_STAYING = frozenset({"of", "for", "from"})  # after a verb, a phrase with another preposition is no part of the name
_LONGEST = 60


def subject_before(t: Tokens, at: int, low: int = 0) -> Range | None:
    """Return the noun phrase that ends right before the verb at `at`, its appositive included, or None."""
    last = at - 1
    if last < low or t[last].low in w.COORDINATORS:
        return None
    if t[last].text in ",)" or t[last].low in w.LINKS:
        return _with_appositive(t, last, low)
    return _plain(t, last, low)


def _with_appositive(t: Tokens, close: int, low: int) -> Range | None:
    """Return the phrase before the appositive or relative clause that closes at `close`: "X, who was there, said"."""
    if t[close].text == ")":
        opened = _opening(t, close, low)
        return (inner[0], close + 1) if opened > low and (inner := _plain(t, opened - 1, low)) else None
    found = None
    for at in range(close - 1, max(low, close - _LONGEST), -1):
        if t[at].text in ";:" or (t[at].is_quotation and t[at].text[-2:-1] in ",.?!"):
            break
        if t[at].text == t[close].text and (head := _plain(t, at - 1, low)) and _stands_free(t, head, low):
            found = (head[0], close + 1)
    return found


def _stands_free(t: Tokens, head: Range, low: int) -> bool:
    """Return whether a phrase begins where a clause does, and names somebody or something."""
    first = head[0]
    if first > low and t[first - 1].is_quotation:
        return True
    if not (t[first].is_capital or t[first].low in w.DETERMINERS or t[first].low in w.NUMBERS):
        return False
    if first == low:
        return True
    before = t[first - 1]
    return before.is_quotation or not before.is_word or before.low in w.SUBORDINATORS or before.low in w.COORDINATORS


def _opening(t: Tokens, close: int, low: int) -> int:
    at = close
    while at > low and t[at].text != "(":
        at -= 1
    return at


def _plain(t: Tokens, last: int, low: int) -> Range | None:
    """Return the noun phrase that ends with the token `last`."""
    if last < low:
        return None
    if t[last].low in w.PERSONAL or t[last].low in w.RELATIVE:
        return last, last + 1
    first = last + 1
    at = last
    while at >= low and last - at < _LONGEST:
        token = t[at]
        if token.text == ")":
            at = _opening(t, at, low) - 1
            continue
        if not _may_belong(t, at, low):
            break
        first = at
        at -= 1
    return _trimmed(t, first, last + 1)


def _may_belong(t: Tokens, at: int, low: int) -> bool:
    """Return whether the token can be inside a noun phrase that ends further on."""
    token = t[at]
    if not token.is_word:
        return token.text in _INNER_MARKS and at > low
    word = token.low
    if word in w.DAYS:
        return False
    if (
        token.is_capital
        and word not in w.COORDINATORS
        and word not in w.PERSONAL
        and (at > low or word not in w.SUBORDINATORS | w.AUXILIARIES | w.ADVERBS)
    ):
        return True
    if word in w.AUXILIARIES or word in w.SUBORDINATORS or word in w.PERSONAL:
        return False
    if word in w.COORDINATORS:
        return word == "and" and at > low and not token.is_capital
    if word in w.ADVERBS and not token.is_capital:
        return word in ("now", "long", "all", "just", "only", "even", "nearly", "almost", "once", "then", "more")
    if word == "to":
        return at + 1 < len(t) and (t[at + 1].is_capital or t[at + 1].low in w.DETERMINERS | w.OBJECTS)
    if word in IRREGULAR or (word.endswith("ed") and not _is_adjective(t, at)):
        return False
    form = FORMS.get(word)
    return form is None or word in NOUNS or not form.is_past or token.is_capital or _is_adjective(t, at)


def _is_adjective(t: Tokens, at: int) -> bool:
    """Return whether a participle stands before a noun: "a retired general", "newly elected officials"."""
    if at == 0:
        return True
    before = t[at - 1]
    return (
        before.low in w.DETERMINERS | w.PREPOSITIONS
        or before.low.endswith("ly")
        or before.low in w.NUMBERS
        or not before.is_word
    )


def _trimmed(t: Tokens, first: int, end: int) -> Range | None:
    """Return the phrase without what only leads up to it: "In a statement the group" is about the group."""
    while first < end and (not t[first].is_word or t[first].low in w.ADVERBS or t[first].low in w.COORDINATORS):
        first += 1
    if first + 1 < end and t[first].low in w.PREPOSITIONS and not _counts(t, first):
        first = _past_preposition(t, first, end)
    if first >= end or not any(token.is_word for token in t[first:end]):
        return None
    return first, end


def _counts(t: Tokens, first: int) -> bool:
    """Return whether a preposition begins a number: "about half", "at least four in 10"; or an adjective."""
    following = t[first + 1]
    if following.low in ("least", "most") or following.low in w.NUMBERS or following.text[0].isdigit():
        return t[first].low in ("at", "about", "over", "under", "around", "between")
    return t[first].low in ("outside", "inside") and following.low not in w.DETERMINERS


def _past_preposition(t: Tokens, first: int, end: int) -> int:
    """Return where the phrase after a leading prepositional one begins, or `end`."""
    at = first + 1
    if at < end and t[at].low in w.DETERMINERS:
        at += 1
    seen_plain = False
    while at < end:
        token, before = t[at], t[at - 1]
        if before.low not in w.PREPOSITIONS and before.low != "and":
            if token.low in w.DETERMINERS and before.low not in w.DETERMINERS:
                return at
            if token.is_capital and seen_plain and not before.is_capital and before.low not in w.DETERMINERS:
                return at
        seen_plain = seen_plain or (token.is_word and not token.is_capital and token.low not in w.PREPOSITIONS)
        at += 1
    return end


def subject_after(t: Tokens, at: int) -> Range | None:
    """Return the noun phrase that begins at `at`, as in: said Ahsan Iqbal, the minister."""
    if at >= len(t) or not t[at].is_word:
        return None
    if t[at].low in w.PERSONAL:
        return at, at + 1
    end = at
    while end < len(t) and end - at < _LONGEST:
        token = t[end]
        if token.text == "(":
            close = next((k for k in range(end, min(end + 12, len(t))) if t[k].text == ")"), None)
            if close is None:
                break
            end = close + 1
            continue
        if not _continues(t, end, at):
            break
        end += 1
    while end > at and (t[end - 1].low in w.PREPOSITIONS or t[end - 1].low in w.COORDINATORS or not t[end - 1].is_word):
        end -= 1
    return (at, end) if end > at and _names(t, at, end) else None


def _continues(t: Tokens, at: int, first: int) -> bool:
    token = t[at]
    if not token.is_word:
        return token.text in _INNER_MARKS and token.text != "." and at > first
    word = token.low
    if token.is_capital and word not in w.DAYS and word not in w.PERSONAL:
        return True
    if word in w.DAYS or word in w.SUBORDINATORS or word in w.AUXILIARIES or word in w.PERSONAL:
        return False
    if word in w.PREPOSITIONS:
        return word in _STAYING and at > first
    if word in w.COORDINATORS:
        return word == "and" and at > first
    return not (word in w.ADVERBS and not token.is_capital and at > first)


def _names(t: Tokens, first: int, end: int) -> bool:
    """Return whether the words name somebody or something: a name, or a noun with what introduces it."""
    if t[first].low in w.PREPOSITIONS or t[first].low in w.WHEN or t[first].low.endswith("ly"):
        return False
    if any(
        token.low in IRREGULAR or (token.low.endswith("ed") and not token.is_capital) for token in t[first + 2 : end]
    ):
        return False
    if t[first].low in w.DETERMINERS or t[first].low in w.NUMBERS:
        return end - first > 1 or t[first].low in w.PRONOUNS
    return any(token.is_capital for token in t[first:end]) or t[end - 1].low.endswith("s") or end - first <= 4
