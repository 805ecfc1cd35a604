"""The occasion words were said at, where the article names one: "the 86th General Assembly of Interpol"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .lexicon import roles
from .lexicon import words as w
from .lexicon.lists import words_of
from .phrases import Range, Tokens
from .segments import Paragraph, Sentence
from .tokens import Span

_MOST = 40  # events of an article: a list of more is a calendar
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
_AT = words_of("at during opened opening opens attended attending attend addressed addressing address in joined")
# Said elsewhere, whatever the speaker did before.
_ELSEWHERE = words_of(
    "interview tweet tweeted tweets twitter facebook wrote writes statement email e-mail letter op-ed essay article"
    " book podcast telephone phone"
)


@dataclass(frozen=True, slots=True)
class Event:
    """An occasion: its fullest name as printed, where that stands, and the words that name it."""

    name: str
    span: Span
    words: frozenset[str]


class Events:
    """The events that an article names, and which of them a sentence means."""

    def __init__(self, text: str, blocks: Iterable[Paragraph]) -> None:
        self._all: list[Event] = []
        for block in blocks:
            for sentence in block.sentences:
                for first, end in _named(sentence):
                    self._learn(text, sentence.tokens, first, end)

    def _learn(self, text: str, t: Tokens, first: int, end: int) -> None:
        span = t[first].start, t[end - 1].end
        event = Event(text[slice(*span)], span, frozenset(token.low for token in t[first:end] if token.is_word))
        for index, known in enumerate(self._all):
            if event.words <= known.words:
                return
            if known.words < event.words:
                self._all[index] = event
                return
        if len(self._all) < _MOST:
            self._all.append(event)

    def mentioned(self, t: Tokens) -> Event | None:
        """Return the event that a sentence names or takes up ("the assembly"), as a place to be at."""
        if not self._all:
            return None
        for at, token in enumerate(t):
            if token.low.rstrip("s") in roles.EVENTS and (event := self._meant(t, at)):
                return event
        return None

    def _meant(self, t: Tokens, at: int) -> Event | None:
        """Return the event that the noun at `at` takes up, with the words before it."""
        first = at
        while (
            first > 0 and t[first - 1].is_word and t[first - 1].low not in w.PREPOSITIONS | w.ARTICLES | w.AUXILIARIES
        ):
            first -= 1
            if at - first > 5:
                return None
        if first == 0 or t[first - 1].low not in w.ARTICLES | {"that", "this"} or t[first - 1].low in ("a", "an"):
            return None
        said = {token.low for token in t[first : at + 1]}
        for event in reversed(self._all):
            if said <= event.words or (token_names(t, first, at) & event.words and t[at].low in roles.EVENTS):
                return event
        return None


def token_names(t: Tokens, first: int, end: int) -> set[str]:
    return {token.low for token in t[first:end] if token.is_capital}


def _named(sentence: Sentence) -> Iterable[Range]:
    """Yield the names of events in a sentence: capitalised, with a noun for an occasion, and a place to be."""
    t = sentence.tokens
    for first, end in sentence.names:
        if not any(token.low in roles.EVENTS for token in t[first:end]) or end - first < 2:
            continue
        if first and _ORDINAL.match(t[first - 1].low):
            yield first - 1, end
        elif first > 1 and (t[first - 2].low in _AT or t[first - 1].low in _AT):
            yield first, end


def is_elsewhere(t: Tokens, content: Iterable[Range]) -> bool:
    """Return whether the words around what is reported name another occasion than a meeting."""
    inside = {at for first, end in content for at in range(first, end)}
    return any(token.low in _ELSEWHERE for at, token in enumerate(t) if at not in inside)
