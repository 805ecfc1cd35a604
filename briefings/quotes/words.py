"""A text as a row of words without case, accents and typography: for finding similar words, never for a verdict."""

import re
import unicodedata
from functools import cached_property, lru_cache

from .normalize import IGNORED

_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u094f"
)
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_LETTERS = rf"\w{IGNORED}{_MARKS}\u200c\u200d"
_WORD = re.compile(rf"[^\W_][{_LETTERS}]*")
# Where the script puts no spaces between words, every letter counts as one.
_WORD_OR_LETTER = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}](?:(?![{_UNSPACED}])[{_LETTERS}])*")
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_DROPPED = re.compile(f"[{IGNORED}\u200c\u200d]")
_LONGEST_CACHED = 500_000

Span = tuple[int, int]


class Words:
    """The words of a text in order, folded, and where each stands in it (code points, end exclusive)."""

    def __init__(self, source: str) -> None:
        self.source = source
        pattern = _WORD_OR_LETTER if _HAS_UNSPACED.search(source) else _WORD
        self.spans: list[Span] = [match.span() for match in pattern.finditer(source)]
        folded = _Folded()
        self.words = [folded[word] for word in pattern.findall(source)]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The numbers of the places where each word stands."""
        places: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            if word in places:
                places[word].append(number)
            else:
                places[word] = [number]
        return places


class _Folded(dict[str, str]):
    def __missing__(self, word: str) -> str:
        if word.isascii():
            return self.setdefault(word, word.lower())
        plain = unicodedata.normalize("NFKD", _DROPPED.sub("", word)[:100])
        return self.setdefault(word, "".join(c for c in plain if not unicodedata.combining(c)).casefold())


def words_of(source: str) -> Words:
    """Return the words of `source`; those of the last few texts are remembered."""
    return _remembered(source) if len(source) <= _LONGEST_CACHED else Words(source)


@lru_cache(maxsize=8)
def _remembered(source: str) -> Words:
    return Words(source)
