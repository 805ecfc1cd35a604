"""What a text claims in its own voice that can be checked, and, where it is no report of speech, what it praises."""

from dataclasses import dataclass

from .extents import is_finite, stop_of
from .lexicon import claims as c
from .lexicon import words as w
from .phrases import Range, Tokens


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence in the text's own voice: its tokens, its kind, and how sure it is that it can be checked."""

    part: Range
    kind: str
    confidence: float


def claim(t: Tokens, *, is_report: bool) -> Claim | None:
    """Return the claim that a sentence makes, or None. In a report of others' speech only hard facts count."""
    stop = stop_of(t)
    if t[-1].text != "." or stop < 6 or any(token.is_quotation or token.low in c.ADDRESSING for token in t):
        return None
    first = _past_link(t)
    subject = _subject(t, first, stop)
    if subject is None:
        return None
    verb = _verb(t, subject[1], stop)
    if verb is None or t[verb].low == "can":
        return None
    part = (first, _end(t, verb, stop))
    words = {token.low for token in t[slice(*part)]}
    if words & c.VAGUE:
        return None
    hard = any(token.text[0].isdigit() for token in t[slice(*part)])
    if _is_opinion(t, verb, part, words):
        return None if is_report or not _is_named(t, subject) else Claim(part, "opinion", 0.25)
    structural = bool(words & c.STRUCTURE)
    if is_report:
        return Claim(part, "assertion", 0.35) if hard and structural and _is_named(t, subject) else None
    if not _is_named(t, subject):
        return None
    return Claim(part, "assertion", 0.45 if hard else 0.4 if structural else 0.3)


def introduction(t: Tokens, name: Range) -> Claim | None:
    """Return what a text says of a name in an appositive: "China.org, a government portal"."""
    at = name[1]
    if at + 2 >= len(t) or t[at].text != "," or t[at + 1].low not in ("a", "an"):
        return None
    stop = stop_of(t)
    end = next((k for k in range(at + 2, stop) if t[k].text in ",;:("), stop)
    return Claim((name[0], end), "assertion", 0.3)


def _past_link(t: Tokens) -> int:
    """Return where a sentence begins past "Furthermore," and "Presently,"."""
    if len(t) > 2 and t[1].text == "," and (t[0].low in c.LINKS or t[0].low.endswith("ly")):
        return 2
    return 0


def _subject(t: Tokens, first: int, stop: int) -> Range | None:
    """Return the subject of the main clause, past a phrase that leads into it."""
    at = first
    word = t[at].low
    if word in c.CLOSING:
        return None
    if word in w.PREPOSITIONS or word in w.SUBORDINATORS or word.endswith(("ing", "ed")):
        comma = next((k for k in range(at, stop) if t[k].text == ","), None)
        if comma is None:
            return None
        at = _past_series(t, comma, stop) + 1
        if t[at].low == "there" and word in w.SUBORDINATORS:
            at = first + 1
    if at >= stop or t[at].low in c.EMPTY_SUBJECTS or (at > first and t[at - 2].low == "conclusion"):
        return None
    end = at
    while (
        end < stop and not (is_finite(t[end]) or (end > at and _is_third_person(t, end))) and t[end].text not in ",;:"
    ):
        end += 1
    return (at, end) if end > at else None


def _is_third_person(t: Tokens, at: int) -> bool:
    """Return whether a word in -s after a singular noun is its verb: "Interpol operates a network"."""
    word, before = t[at].low, t[at - 1]
    if not word.endswith("s") or word.endswith(("ss", "us", "'s")) or t[at].is_capital or at + 1 >= len(t):
        return False
    if before.low.endswith(("'s", "s")) or before.low in w.DETERMINERS | w.PREPOSITIONS:
        return False
    following = t[at + 1]
    return following.is_word and not is_finite(following) and following.low not in ("and", "of")


def _past_series(t: Tokens, comma: int, stop: int) -> int:
    """Return the last comma of a leading phrase with a series: "Through programs, workshops, and sharing, Pakistan"."""
    for at in range(comma + 1, min(stop, comma + 12)):
        if is_finite(t[at]) or _is_third_person(t, at):
            break
        if t[at].text == ",":
            comma = at
    return comma


def _verb(t: Tokens, at: int, stop: int) -> int | None:
    """Return the verb after a subject, past an appositive."""
    starts = [at]
    if at < stop and t[at].text == ",":
        starts = [k + 1 for k in range(at + 1, min(stop, at + 20)) if t[k].text == ","]
    for start in starts:
        verb = start
        while verb < stop and (t[verb].low in w.ADVERBS or t[verb].low.endswith("ly")):
            verb += 1
        if verb < stop and (is_finite(t[verb]) or _is_third_person(t, verb)):
            return verb
    return None


def _end(t: Tokens, verb: int, stop: int) -> int:
    """Return the end of the sentence without a gloss: ", highlighting its commitment"."""
    return next(
        (at for at in range(verb, stop - 1) if t[at].text == "," and t[at + 1].low in c.GLOSSES),
        stop,
    )


def _is_opinion(t: Tokens, verb: int, part: Range, words: set[str]) -> bool:
    if t[verb].low in c.ADVISING:
        return True
    return bool(words & c.PRAISE)


def _is_named(t: Tokens, subject: Range) -> bool:
    """Return whether a subject is a name, or takes one up: "The country", "Its objectives"."""
    first, end = subject
    if t[first].low in ("the", "its", "their", "his", "her") or (t[first].is_capital and t[first].low.endswith("'s")):
        return True
    return any(token.is_capital for token in t[first + 1 : end]) or (t[first].is_capital and end - first <= 2)
