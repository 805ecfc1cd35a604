"""The figures of a text: what in it is a number or a date, where it stands, and what it stands for."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from .dates import dates_in
from .numbers import numbers_in
from .values import Key

# Addresses, names of hosts, versions, hashes and codes such as A4, G20, v2.1 or ISO-8859-1 are names, whatever digits
# they have.
_NAMES = re.compile(
    r"https?://\S+|www\.\S+|(?<!\S)[^\s@]{1,90}@\S+"
    r"|(?<![\w.])v?\d{1,9}(?:\.\d{1,9}){2,30}(?![\w])(?!\.\d)"
    r"|(?<!\w)[^\W\d_]{1,60}[\d_][\w.-]{0,200}"
    r"|(?<!\w)24/7(?!\w)"
    r"|(?<![\w.-])(?:[\w-]{1,60}\.){1,8}[^\W\d_]{2,60}\d{0,9}(?!\w)"
)
_MOST = 3000  # of each kind in one text; a paragraph has fewer
_DOTTED_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or a date: where it stands (code points), as printed, and what it may stand for (see `values`)."""

    start: int
    end: int
    printed: str
    keys: frozenset[Key]

    @property
    def is_date(self) -> bool:
        return any(key[0] in ("date", "weekday") for key in self.keys)

    @property
    def is_in_digits(self) -> bool:
        return any(char.isdecimal() for char in self.printed)


@lru_cache(maxsize=4096)
def figures(text: str, *, generous: bool = False) -> tuple[Figure, ...]:
    """Return the figures of an English text in order; `generous` finds all that a source's words may mean.

    Without it, small numbers in words that count nothing for a reader ("one of", "the two", "at first") are left out.
    Takes time linear in the text. Nothing raises.
    """
    text = _NAMES.sub(lambda match: match[0] if _DOTTED_DATE.fullmatch(match[0]) else "\0" * len(match[0]), text)
    found = [Figure(start, end, text[start:end], keys) for start, end, keys in islice(dates_in(text), _MOST)]
    text = _blanked(text, found)
    found += [
        Figure(start, end, text[start:end].strip(), keys)
        for start, end, keys in islice(numbers_in(text, generous=generous), _MOST)
    ]
    return tuple(sorted(found, key=lambda figure: (figure.start, figure.end)))


def _blanked(text: str, found: list[Figure]) -> str:
    """The text with its dates taken out, so that their digits are not numbers as well."""
    pieces, done = [], 0
    for start, end in sorted({(figure.start, figure.end) for figure in found}):
        if start >= done:
            pieces += [text[done:start], "\0" * (end - start)]
            done = end
    return "".join([*pieces, text[done:]])
