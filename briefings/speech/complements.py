"""Where what a cue reports begins, after it: "that it was over", a quotation, "to go", a thing, "of a crisis"."""

from .circumstances import past_circumstances, past_listener
from .cues import Cue
from .lexicon import words as w
from .lexicon.lists import words_of
from .lexicon.other_verbs import IRREGULAR, PRESENT
from .lexicon.verbs import FORMS, PREPOSITIONS, Takes
from .phrases import Tokens

_NO_BEGINNING = words_of("as while when after before because since and but of with about to for by until unless")
_FARTHEST = 25


def complement(t: Tokens, cue: Cue, stop: int) -> int | None:
    """Return the first token of what the cue reports, after it, or None if nothing follows."""
    takes = cue.takes
    k = past_listener(t, cue.end) if takes & Takes.LISTENER else cue.end
    listened = k > cue.end
    k = past_circumstances(t, k)
    if k >= stop:
        return None
    if (that := _later_that(t, k, stop, takes)) is not None:
        return that
    token = t[k]
    if token.text == ":":
        return k + 1 if k + 1 < stop else None
    if token.text == ",":
        return k + 1 if k + 1 < stop and t[k + 1].is_quotation and takes & Takes.QUOTATION else None
    if token.is_quotation:
        return k
    if not token.is_word and token.text not in "$#@‘'[(":
        return None
    return _words_after(t, cue, k, stop, listened)


def _later_that(t: Tokens, k: int, stop: int, takes: Takes) -> int | None:
    """Return a "that" after an insertion: "said, twice, that", "told supporters in Columbus, Ohio, that"."""
    if not takes & (Takes.CLAUSE | Takes.QUESTION):
        return None
    if not (t[k].text == "," or (takes & Takes.LISTENER and t[k].low in w.PREPOSITIONS)):
        return None
    wanted = ("that",) if takes & Takes.CLAUSE else ("whether", "if", "why", "how")
    for at in range(k + 1, min(stop, k + _FARTHEST)):
        if t[at].is_quotation or t[at].text in ":;" or t[at].low in FORMS or t[at].low in w.AUXILIARIES:
            return None
        if t[at].low in wanted:
            return at if t[at - 1].text == "," or t[k].low in w.PREPOSITIONS else None
    return None


def _words_after(t: Tokens, cue: Cue, k: int, stop: int, listened: bool) -> int | None:
    takes, word = cue.takes, t[k].low
    if word == "that":
        return k if takes & (Takes.CLAUSE | Takes.QUESTION) else None
    if word == "to" and takes & (Takes.INFINITIVE | Takes.ORDER):
        if k + 1 < stop and (t[k + 1].is_capital or t[k + 1].low in w.DETERMINERS | w.OBJECTS):
            return None  # pledged to him
        return cue.end if takes & Takes.ORDER and k > cue.end else k
    if word in PREPOSITIONS.get(cue.form.verb, "").split():
        return k + 1 if k + 1 < stop else None
    if word in w.QUESTIONS:
        return k if takes & (Takes.CLAUSE | Takes.QUESTION | Takes.THING) else None
    if word in ("about", "of", "with") and (quoted := _quotation_after_phrase(t, k, stop)) is not None:
        return quoted if takes & Takes.QUOTATION else None
    if word == "about" and k + 1 < stop and (t[k + 1].text[0].isdigit() or t[k + 1].low in w.NUMBERS | {"a"}):
        return k
    if word in w.AUXILIARIES:
        return k if takes & Takes.CLAUSE and k == cue.end and _is_extracted(t, cue) else None
    if word in _NO_BEGINNING:
        return None
    if takes & Takes.CLAUSE and (cue.form.verb in ("say",) or has_verb(t, k, stop)):
        return k
    if takes & Takes.LISTENER and cue.form.verb in ("tell", "remind"):
        return None
    return k if takes & Takes.THING else (cue.end if takes & Takes.ORDER and has_infinitive(t, cue.end, stop) else None)


def _quotation_after_phrase(t: Tokens, k: int, stop: int) -> int | None:
    """Return the quotation after "of Congress:" or "about the plan,"."""
    for at in range(k + 1, min(stop - 1, k + 12)):
        if t[at].is_quotation:
            return None
        if t[at].text in ":,":
            return at + 1 if t[at + 1].is_quotation else None
    return None


def _is_extracted(t: Tokens, cue: Cue) -> bool:
    """Return whether the cue stands inside "what he said was a mistake", its subject's verb after it."""
    return any(t[at].low in ("what", "that", "which", "who") for at in range(max(0, cue.first - 5), cue.first))


def has_verb(t: Tokens, first: int, end: int) -> bool:
    """Return whether the words may be a clause: one of them is, or looks like, a finite verb."""
    for at in range(first, end):
        word = t[at].low
        if word in w.AUXILIARIES or word in IRREGULAR or word in PRESENT:
            return True
        if at > first and word.endswith("ed") and not t[at].is_capital and t[at - 1].low not in w.DETERMINERS:
            return True
        if at > first and (form := FORMS.get(word)) and (form.is_past or form.is_present):
            return True
    return False


def has_infinitive(t: Tokens, first: int, end: int) -> bool:
    return any(t[at].low == "to" for at in range(first, min(end, first + 12)))
