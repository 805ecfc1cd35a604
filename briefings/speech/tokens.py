"""The words, marks and quotations of a text, in reading order. All offsets are code points, the end exclusive."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .lexicon.lists import words_of

Span = tuple[int, int]

# Stops inside a word belong to it: U.S., a.m., Mr., China.org, 10,000, 3.5. Every other mark stands alone.
_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}"
    r"|\d+(?:[.,:]\d+)*[A-Za-z]*"
    r"|[^\W\d_]+(?:[-'’.&][^\W_]+)*"
    r"|[\w]+"
    r"|--+|\.\.+"
    r"|[^\w\s]"
)
# A pronoun and the verb that leans on it are two words: he's, they'd, who'll.
_CONTRACTION = re.compile(r"(i|you|he|she|it|we|they|who|that|there|what|here)('(?:s|d|ll|re|ve|m))")
_ABBREVIATIONS = words_of(
    "mr mrs ms mx dr prof gen lt col maj capt sgt gov sen rep reps sens hon rev st messrs pres supt insp adm cmdr"
    " cpl det jr sr inc ltd corp co bros no nos vs etc jan feb mar apr jun jul aug sep sept oct nov dec ave blvd ft"
    " mt dept univ assn d-calif r-ariz r-tex ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich"
    " minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo"
)


class Token(NamedTuple):
    """A word, a mark, or a whole quotation, whose `inside` is the span between its marks."""

    start: int
    end: int
    text: str
    low: str
    is_word: bool
    is_capital: bool
    inside: Span | None = None

    @property
    def is_quotation(self) -> bool:
        return self.inside is not None


def words(text: str, start: int, end: int) -> list[Token]:
    """Return the tokens of text[start:end], none of them a quotation."""
    found = []
    past = start  # what a stop was taken into the word before is past
    for match in _TOKEN.finditer(text, start, end):
        at, stop = match.span()
        if at < past:
            continue
        word = match[0]
        is_word = word[0].isalnum()
        low = word.lower()
        if is_word:
            if "’" in low:
                low = low.replace("’", "'")
            if stop < end and text[stop] == "." and _takes_stop(text, word, low, stop):
                word, low, stop = word + ".", low + ".", stop + 1
            if "'" in low and (contraction := _CONTRACTION.fullmatch(low)):
                middle = at + contraction.end(1)
                found.append(Token(at, middle, text[at:middle], low[: middle - at], True, word[0].isupper()))
                at, word, low = middle, text[middle:stop], low[middle - at :]
        past = stop
        found.append(Token(at, stop, word, low, is_word, is_word and word[0].isupper()))
    return found


def _takes_stop(text: str, word: str, low: str, stop: int) -> bool:
    """Return whether the stop after a word belongs to it: an abbreviation's or an initial's, not an ellipsis."""
    return (low in _ABBREVIATIONS or _is_initial(word)) and not text.startswith("..", stop)


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper() and word != "I"


def quotation(text: str, start: int, end: int, inside: Span) -> Iterator[Token]:
    """Yield the token for the quotation that stands at text[start:end], marks included.

    A few words that begin with capitals are a title ("Good Morning America"): a name among the words. A comma that
    typesetting put inside its marks counts after it.
    """
    if not _is_title(text[slice(*inside)]):
        yield Token(start, end, text[start:end], "", False, False, inside)
    elif text[inside[1] - 1] == ",":
        yield Token(start, inside[1] - 1, text[start : inside[1] - 1], "", True, True)
        yield Token(inside[1] - 1, end, ",", ",", False, False)
    else:
        yield Token(start, end, text[start:end], "", True, True)


_SMALL = words_of("a an and at for in of on or the to with")


def _is_title(words: str) -> bool:
    parts = words.rstrip(".,").split()
    if not 1 < len(parts) < 8 or words[-1] in "?!":
        return False
    return parts[0][0].isupper() and all(part[0].isupper() or part in _SMALL or part[0].isdigit() for part in parts)
