"""What stands between a verb of saying and what was said: to whom, when, where and how. All in token numbers."""

from .lexicon import words as w
from .lexicon.lists import words_of
from .phrases import Tokens

_CLAUSE_OPENERS = w.PERSONAL | w.ARTICLES | w.POSSESSIVES | frozenset({"there", "this", "these", "those"})
_LONG = words_of("weeks months years days decades hours")
_SETTINGS = words_of(
    "statement interview speech email e-mail letter post tweet message memo report filing affidavit news conference"
    " briefing hearing rally debate forum appearance television radio twitter facebook telephone phone call release"
    " video blog testimony remarks conversation press summit meeting town hall assembly address note op-ed editorial"
    " column documentary program programme show podcast broadcast event ceremony fundraiser dinner breakfast lunch"
    " article book essay transcript series morning afternoon evening night week month year weekend convention session"
    " reporters dissent ruling tv cnn msnbc nbc abc cbs fox february march april may june july january august"
    " september october november december monday tuesday wednesday thursday friday saturday sunday"
)
_LEADS = words_of("on in at during after before to from via through by with for of about over following")
_PERIODS = words_of("week month year night morning afternoon evening weekend spring summer fall autumn winter")
_LATELY = words_of("last this next earlier later late early")
_HOW = w.WHEN | frozenset({"too", "also", "once", "twice", "instead", "then"})


def past_listener(t: Tokens, at: int) -> int:
    """Return where the words after "told" go on, past the one who was told."""
    if at >= len(t) or not t[at].is_word or t[at].low in w.COMPLEMENTISERS | w.QUESTIONS:
        return at
    if t[at].low in w.OBJECTS and not (at + 1 < len(t) and t[at + 1].low in w.AUXILIARIES):
        return at + 1
    k = at + 1 if t[at].low in w.DETERMINERS or t[at].low in w.NUMBERS else at
    first = k
    while k < len(t) and (t[k].is_word or t[k].text in "&'’.-"):
        word = t[k].low
        if word in ("of", "for", "from", "and", "at") and k > first and k + 1 < len(t):
            if word == "at" and t[k + 1].low not in w.ARTICLES:
                break
            k += 2 if t[k + 1].low in w.DETERMINERS else 1
            continue
        if _ends_listener(t, k, first):
            break
        k += 1
    return k


def _ends_listener(t: Tokens, k: int, first: int) -> bool:
    word = t[k].low
    if word in w.PREPOSITIONS or word in _CLAUSE_OPENERS or word in w.SUBORDINATORS or word == "to":
        return True
    if word in w.AUXILIARIES or word in w.DAYS or word in w.COORDINATORS:
        return True
    if k > first and t[k].is_capital and t[k - 1].is_word and not t[k - 1].is_capital and t[k - 1].low.endswith("s"):
        return True  # "told reporters Clinton was"
    return k > first and word in w.ADVERBS and not t[k].is_capital


def past_circumstances(t: Tokens, at: int) -> int:
    """Return where the words after a verb go on, past when, where and how it was said: "on Tuesday", "in a letter"."""
    k = at
    while k < len(t):
        after = _past_time(t, k)
        if after == k:
            after = _past_setting(t, k)
        if after == k:
            return k
        k = after
    return k


def _past_time(t: Tokens, at: int) -> int:
    """Past "Tuesday night", "recently", "last week", "Sept. 12", "on Monday"."""
    k = at
    if t[k].low in ("on", "late", "early", "by", "earlier", "later", "last", "this", "next") and k + 1 < len(t):
        k += 1
        if t[k].low in _LATELY and k + 1 < len(t):
            k += 1
    if t[k].low in w.DAYS or t[k].low in w.MONTHS:
        k += 1
        while k < len(t) and (t[k].low in w.PARTS_OF_DAY or t[k].text[0].isdigit()):
            k += 1
        return k
    if t[at].low in _LATELY and at + 1 < len(t):
        if t[at + 1].low in ("in", "on"):
            return at + 1
        if t[k].low in _PERIODS or t[k].low in w.PARTS_OF_DAY:
            return k + 1
    if t[at].low == "for" and at + 1 < len(t) and t[at + 1].low in _LONG:
        return at + 2
    if t[at].low in _HOW or (t[at].low.endswith("ly") and not t[at].is_capital):
        return at + 1
    return at


def _past_setting(t: Tokens, at: int) -> int:
    """Past "in a statement", "during an interview with the paper": a preposition, and a noun for an occasion."""
    if t[at].low not in _LEADS:
        return at
    if t[at].low == "to" and not (
        at + 1 < len(t)
        and (t[at + 1].is_capital or t[at + 1].low in w.DETERMINERS | w.OBJECTS or t[at + 1].low in _SETTINGS)
    ):
        return at
    k, seen = at + 1, False
    limit = min(len(t), at + 18)
    while k < limit and (t[k].is_word or t[k].text in "'’&.-"):
        word = t[k].low
        if word == "that" or (seen and word in _CLAUSE_OPENERS and t[k - 1].low not in w.PREPOSITIONS):
            break
        if word in w.AUXILIARIES or (word in w.SUBORDINATORS and word not in ("after", "before", "since")):
            break
        seen = seen or word in _SETTINGS
        k += 1
    if k < len(t) and t[k].low == "that" and k > at + 1:
        return k
    if not seen:
        return at
    return _end_of_setting(t, at, k)


def _end_of_setting(t: Tokens, at: int, stop: int) -> int:
    """Return the end of the phrase: at `stop` if a clause begins there, else right after its noun."""
    if stop >= len(t) or not t[stop].is_word or t[stop].low in _CLAUSE_OPENERS:
        return stop
    return max(k for k in range(at, stop) if t[k].low in _SETTINGS) + 1
