"""Words that report speech: verbs with their helpers, and "according to". One cue, one statement."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from .lexicon import words as w
from .lexicon.lists import words_of
from .lexicon.other_verbs import HELPERS, IRREGULAR
from .lexicon.verbs import FORMS, NOUNS, Form, Takes
from .phrases import Tokens


class Mode(StrEnum):
    """How a cue stands in its sentence."""

    FINITE = "finite"  # she said
    PARTICIPLE = "participle"  # saying
    INFINITIVE = "infinitive"  # to say
    PASSIVE = "passive"  # was told
    ACCORDING = "according"  # according to
    NOUN = "noun"  # Xi's announcement that
    QUOTED = "quoted"  # quoted X saying, was quoted as saying


@dataclass(frozen=True, slots=True)
class Cue:
    """The tokens from `first` (a helper or adverb) over the verb at `at`; `end` is past the last."""

    first: int
    at: int
    end: int
    mode: Mode
    form: Form
    is_negated: bool = False

    @property
    def takes(self) -> Takes:
        return self.form.takes


ACCORDING = Form("according to", Takes.NOTHING, "according")


def cues(t: Tokens) -> Iterator[Cue]:
    """Yield the cues of a sentence in their order."""
    for at, token in enumerate(t):
        if token.low == "according" and at + 1 < len(t) and t[at + 1].low == "to":
            yield Cue(at, at, at + 2, Mode.ACCORDING, ACCORDING)
        elif (form := FORMS.get(token.low)) and (cue := _verb(t, at, form)):
            yield _quoted(t, cue) if form.verb in _QUOTING else cue


def _verb(t: Tokens, at: int, form: Form) -> Cue | None:
    if t[at].is_capital and at and (t[at - 1].is_word or t[at - 1].text != "("):
        return None  # a name, as in United States
    first, helper = _helpers(t, at)
    negated = any(token.low in w.NEGATIONS for token in t[first:at])
    mode = _mode(t, first, at, helper, form)
    return Cue(first, at, at + 1, mode, form, negated) if mode else None


_QUOTING = frozenset({"quote", "cite"})
_SAYING = frozenset({"saying", "telling", "stating", "adding"})


def _quoted(t: Tokens, cue: Cue) -> Cue:
    """Return the cue "quoted … saying" for its first word, if the second follows."""
    for at in range(cue.end, min(len(t), cue.end + 14)):
        if t[at].low in _SAYING:
            return replace(cue, end=at + 1, mode=Mode.QUOTED, form=FORMS["say"])
        if not t[at].is_word and t[at].text not in "'’.-&":
            break
    return cue


def _helpers(t: Tokens, at: int) -> tuple[int, str]:
    """Return where the verb's group begins, and the helper nearest to the verb ("" if none)."""
    first, k, helper = at, at - 1, ""
    while k >= 0 and t[k].is_word:
        word = t[k].low
        if word in w.AUXILIARIES or (word == "to" and not helper):
            helper = helper or word
            first = k
        elif word in w.ADVERBS and not (t[k].is_capital and k > 0):
            first = k
        elif (word in w.DAYS or word in w.PARTS_OF_DAY) and k > 1:
            begin = _when(t, k)
            if begin is None:
                break
            first = k = begin
        else:
            break
        k -= 1
    return first, helper


def _when(t: Tokens, k: int) -> int | None:
    """Return where "on Tuesday" or "late Tuesday night" begins, which ends at `k` and stands before a verb."""
    if t[k].low in w.PARTS_OF_DAY:
        k -= 1
    if k < 1 or t[k].low not in w.DAYS or not t[k - 1].is_word:
        return None
    begin = k
    while k > 1 and t[k - 1].low in ("on", "late", "early", "earlier", "later", "last"):
        k -= 1
    return k if k < begin or t[k - 1].is_capital else None


def _mode(t: Tokens, first: int, at: int, helper: str, form: Form) -> Mode | None:
    if helper:
        return _helped(helper, form)
    if form.verb == "ask" and form.is_participle and (first == 0 or t[first - 1].low in ("when", "if", ",", "(")):
        return Mode.PASSIVE
    if form.is_ing:
        return Mode.PARTICIPLE
    before = t[first - 1] if first else None
    if (
        before is not None
        and before.is_word
        and (before.low in w.DETERMINERS - w.PRONOUNS or before.low in w.PREPOSITIONS)
    ):
        return None
    if before is not None and form.is_participle and (before.low in _QUANTITIES or before.text[0].isdigit()):
        return None  # pledged delegates
    if t[at].low in NOUNS and not _is_used_as_verb(t, first, at, form):
        return None
    if form.is_participle and not form.is_past:
        return None
    if (
        form.is_base
        and not form.is_past
        and before is not None
        and (before.low in HELPERS or before.low in IRREGULAR or before.low.endswith("ed"))
    ):
        return None
    if at + 1 < len(t) and t[at + 1].low == "by" and form.is_participle:
        return None
    return Mode.FINITE


def _helped(helper: str, form: Form) -> Mode | None:
    if helper == "to":
        return Mode.INFINITIVE if form.is_base else None
    if helper in w.BE and helper != "'s":
        return Mode.PASSIVE if form.is_participle else Mode.FINITE if form.is_ing else None
    if helper in w.HAVE or helper == "'s":
        return Mode.FINITE if form.is_participle or form.is_ing or (form.is_base and helper == "'d") else None
    return Mode.FINITE if form.is_base else None


_QUANTITIES = w.NUMBERS | words_of("fewer more less most many few several some first second third total")
_PLURALS = words_of("i you we they who people police officials some many others most both that which")


def _is_used_as_verb(t: Tokens, first: int, at: int, form: Form) -> bool:
    """Return whether a form that may be a noun has a subject before it, and something to report after it."""
    if first == 0:
        return False
    if at + 1 >= len(t):
        return True
    before, after = t[first - 1], t[at + 1]
    if before.is_quotation or (before.low in w.RELATIVE and first > 1 and t[first - 2].is_quotation):
        return False
    if not (before.is_word or before.text in ",)"):
        return False
    if (
        before.is_word
        and (before.low in w.DETERMINERS or before.low in w.NUMBERS or before.low.endswith("'s"))
        and before.low not in _PLURALS
    ):
        return False
    if form.is_base and before.is_word and not (before.low in _PLURALS or before.low.endswith("s")):
        return False
    return (
        after.is_quotation
        or after.text in ":,.;"
        or after.low in w.COMPLEMENTISERS
        or after.low in w.QUESTIONS
        or after.low in w.PRONOUNS
        or after.low in w.DETERMINERS
        or after.is_capital
        or before.low in _PLURALS
    )
