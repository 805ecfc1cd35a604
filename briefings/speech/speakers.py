"""Who a speaker is: "Iqbal", "the minister" and "he" resolved to the names of the article."""

from collections.abc import Iterable

from .capitals import runs
from .lexicon import roles
from .lexicon import words as w
from .names import Name, Names
from .phrases import Range, Tokens
from .segments import Sentence

_REMEMBERED = 20  # people that a pronoun may stand for
_EARLY = 3  # a name among the first words of a sentence is its subject
_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_PEOPLE = _HE | _SHE | {"who", "i"}


class Speakers:
    """Reads an article from its beginning and remembers who was in focus, for the pronouns to come."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._recent: list[Name] = []

    def resolve(self, t: Tokens, phrase: Range | None) -> Name | None:
        """Return the name that a phrase of a sentence stands for, or None."""
        if phrase is None:
            return None
        first, end = phrase
        if t[first].low in _HE or t[first].low in _SHE:
            return self._pronoun(t, first)
        for run in runs(t[first:end]):
            a, b = run[0] + first, run[1] + first
            if self._is_head(t, first, a, b, end) and (name := self._names.of_run(t, a, b)):
                return name
        return self._role(t, first, end)

    def _is_head(self, t: Tokens, first: int, a: int, b: int, end: int) -> bool:
        """Return whether the name is what the phrase is about, and not what hangs on it: "a spokesman for Iqbal"."""
        if t[b - 1].low.endswith(("'s", "s'")) and b < end:
            return False
        between = t[first:a]
        if any(token.low in w.PREPOSITIONS for token in between):
            return False
        is_title = b - a == 1 and t[b - 1].low in roles.ROLES | roles.TITLE_PARTS
        return not (between and is_title)

    def _role(self, t: Tokens, first: int, end: int) -> Name | None:
        if t[first].low not in w.ARTICLES | {"this", "that"} or t[first].low in ("a", "an"):
            return None
        words = [token.low for token in t[first + 1 : end] if token.is_word]
        if not words or words[-1] not in roles.ROLES:
            return None
        found = self._names.with_role(words) or self._names.with_role(words[-1:])
        for name in self._recent:
            if name in found:
                return name
        return found[0] if len(found) == 1 else None

    def _pronoun(self, t: Tokens, at: int) -> Name | None:
        gender = "male" if t[at].low in _HE else "female"
        here = self._people(t, runs(t[:at]))
        for name in [*here[:1], *self._recent, *here[1:]]:
            if name.is_person and name.gender in ("", gender):
                return name
        return None

    def _people(self, t: Tokens, named: Iterable[Range]) -> list[Name]:
        found = [self._names.of_run(t, first, end) for first, end in named]
        return [name for name in found if name and name.is_person]

    def notice(self, name: Name | None) -> None:
        """Put a name in focus, as the subject of a sentence or a speaker."""
        if name:
            name.is_person = name.is_person or not (name.is_medium or roles.BODIES & set(name.words))
            if name in self._recent:
                self._recent.remove(name)
            self._recent.insert(0, name)
            del self._recent[_REMEMBERED:]

    def read(self, sentence: Sentence, *, has_report: bool) -> None:
        """Take in a sentence: whom it names may be meant by a pronoun to come, its speaker or subject first."""
        people = self._people(sentence.tokens, sentence.names)
        is_subject = not has_report and bool(people) and sentence.names[0][0] < _EARLY
        focus = self._recent[:1] if has_report or not is_subject else []
        order = [*focus, *people, *self._recent]
        self._recent = list(dict.fromkeys(order))[:_REMEMBERED]
