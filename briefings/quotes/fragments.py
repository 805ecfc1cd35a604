"""Links into a live page that scroll to the words of a passage (WICG draft report "URL Fragment Text Directives").

A browser looks for each term inside one block, in whole words, without regard to case and accents, and takes the first
place that fits. So a link is offered only where the passage is the one place of the stored text that its terms fit.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import quote

from .boundaries import is_unspaced, is_word
from .context import line_at
from .normalize import BREAKS, IGNORED, TYPOGRAPHY, Text

LONGEST_EXACT = 300  # code points; a longer passage is given by its first and last words
_STEPS = (0, 3, 6, 9, *range(10, 41))  # words of context; with more a link grows too long for mail and chat
_TERM_WORDS = 3  # of a passage given by its first and last words
_WINDOW = 2_000  # code points that hold the words of any term

# A word with the marks on it; where no spaces part the words, a clause. Both ends are word boundaries to any browser.
_CLAUSE_MARKS = "。，、；：！？"
_WORD = re.compile(rf"[^\s{_CLAUSE_MARKS}]+[{_CLAUSE_MARKS}”」』]*|[{_CLAUSE_MARKS}”」』]+")
_MOST_LOOKS = 2_000  # for one term among its places in parts of words
_TIES = "'’.:·,;_-\u2010\u2011"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Terms:
    """Spans of the text; a passage given exactly has no `end`."""

    start: Span
    end: Span | None = None
    prefix: Span | None = None
    suffix: Span | None = None


def fragment_url(address: str, text: str | Text, start: int, end: int) -> str:
    """Return `address` with a fragment that leads to text[start:end], or without any where none would be unique."""
    address = address.partition("#")[0]
    fragment = text_fragment(text, start, end) if address else None
    return f"{address}#{fragment}" if fragment else address


def text_fragment(text: str | Text, start: int, end: int) -> str | None:
    """Return the directive (":~:text=…") that leads to text[start:end], code points, or None where it is not unique."""
    source = text.source if isinstance(text, Text) else text
    words = source[start:end]
    if not words.strip():
        return None
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    page = _page(source)
    for terms in _attempts(source, start, end):
        if _is_unique(page, source, terms):
            return ":~:text=" + _directive(source, terms)
    return None


def _attempts(text: str, start: int, end: int) -> Iterator[_Terms]:
    """Yield ever longer terms: context from the passage's own blocks first, then also from the blocks beside it."""
    for crossing in (False, True):
        seen = None
        for words in _STEPS[crossing:]:
            first, last = _passage_terms(text, start, end, words)
            prefix = _before(text, start, words or not _is_boundary(text, start), crossing)
            suffix = _after(text, end, words or not _is_boundary(text, end), crossing)
            terms = _Terms(first, last, prefix, suffix)
            if terms == seen:
                break
            yield terms
            seen = terms


def _passage_terms(text: str, start: int, end: int, words: int) -> tuple[Span, Span | None]:
    """Return the whole passage, or its first and last words where it is long or of several blocks."""
    first, last = line_at(text, start), line_at(text, end - 1)
    if first == last and end - start <= LONGEST_EXACT:
        return (start, end), None
    count = _TERM_WORDS + words
    opening = _words(text, start, min(end, first[1], start + _WINDOW))[:count]
    closing = _words(text, max(start, last[0], end - _WINDOW), end)[-count:]
    if first == last and opening[-1][1] > closing[0][0]:  # few and very long words
        return (start, end), None
    return (start, opening[-1][1]), (closing[0][0], end)


def _before(text: str, position: int, words: int, crossing: bool) -> Span | None:
    """Return the last `words` words before `position`, from one block: its own or, crossing, the one before."""
    low, high = line_at(text, position)[0], position
    if crossing and not text[low:high].strip():
        high = len(text[:low].rstrip())
        low = line_at(text, high)[0] if high else 0
    chosen = _words(text, max(low, high - _WINDOW), high)[-words:] if words else []
    return (chosen[0][0], chosen[-1][1]) if chosen else None


def _after(text: str, position: int, words: int, crossing: bool) -> Span | None:
    """Return the first `words` words after `position`, from one block: its own or, crossing, the one after."""
    low, high = position, line_at(text, position - 1)[1]
    if crossing and not text[low:high].strip():
        low = len(text) - len(text[high:].lstrip())
        high = line_at(text, low)[1]
    chosen = _words(text, low, min(high, low + _WINDOW))[:words] if words else []
    return (chosen[0][0], chosen[-1][1]) if chosen else None


@lru_cache(maxsize=8)  # ever more words of the same stretches are asked for
def _words(text: str, low: int, high: int) -> list[Span]:
    return [match.span() for match in _WORD.finditer(text, low, high)]


def _is_boundary(text: str, position: int) -> bool:
    """Return whether every browser takes `position` for a word boundary; where in doubt, context bridges the place."""
    if not 0 < position < len(text):
        return True
    before, after = text[position - 1], text[position]
    if before.isspace() or after.isspace():
        return True
    if is_word(before) and is_word(after):
        return False
    if is_unspaced(before) or is_unspaced(after):
        return True
    return not (_is_tied(text, position - 1) or _is_tied(text, position))


def _is_tied(text: str, at: int) -> bool:
    """Return whether the mark at `at` may hold the letters on both sides together as one word."""
    return text[at] in _TIES and 0 < at < len(text) - 1 and is_word(text[at - 1]) and is_word(text[at + 1])


def _directive(text: str, terms: _Terms) -> str:
    def encoded(span: Span) -> str:
        words = re.sub(r"[\t\n\r\f ]+", " ", text[slice(*span)])
        return quote(words, safe="", errors="replace").replace("-", "%2D")

    parts = [encoded(span) for span in (terms.start, terms.end) if span]
    if terms.prefix:
        parts.insert(0, encoded(terms.prefix) + "-")
    if terms.suffix:
        parts.append("-" + encoded(terms.suffix))
    return ",".join(parts)


def _is_unique(page: str, text: str, terms: _Terms) -> bool:
    """Return whether a browser would find one place for the terms, and end a range where the passage ends."""
    if not terms.end:
        return _stands_once(page, _pattern(text, terms.prefix, terms.start, terms.suffix))
    if not _stands_once(page, _pattern(text, terms.prefix, terms.start)):
        return False
    rest = _folded(text[terms.start[1] : (terms.suffix or terms.end)[1]]).rstrip()
    return next(_places(rest, _pattern(text, terms.end, terms.suffix)), None) == len(rest)


def _pattern(text: str, *spans: Span | None) -> re.Pattern[str]:
    """Return what finds terms one after the other, white space or block boundaries between."""
    terms = [_folded(text[slice(*span)]).strip() for span in spans if span]
    return re.compile(r"\s*".join(map(re.escape, terms)))


def _stands_once(page: str, pattern: re.Pattern[str]) -> bool:
    return len(list(islice(_places(page, pattern), 2))) == 1


def _places(page: str, pattern: re.Pattern[str]) -> Iterator[int]:
    """Yield where each match in whole words ends; after too many in parts of words one more, so none is unique."""
    at = 0
    for _ in range(_MOST_LOOKS):
        match = pattern.search(page, at)
        if not match:
            return
        if not (_runs_on(page, match.start()) or _runs_on(page, match.end())):
            yield match.end()
        at = match.start() + 1
    yield -1


def _runs_on(page: str, position: int) -> bool:
    """Return whether a browser may see one word on both sides of `position`."""
    if not 0 < position < len(page):
        return False
    before, after = page[position - 1], page[position]
    return is_word(before) and is_word(after) and not (is_unspaced(before) or is_unspaced(after))


@lru_cache(maxsize=8)
def _page(text: str) -> str:
    return _folded(text)


def _folded(text: str) -> str:
    """Return the text as a browser compares it: no case, no accents, each gap one space or one line feed."""
    return re.sub(r"\s*\n\s*", "\n", re.sub(" {2,}", " ", text.translate(_LETTERS)))


class _Letters(dict[int, str]):
    """What each code point is compared as, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if re.match(f"[{IGNORED}]", char):
            folded = ""
        elif char.isspace():
            folded = "\n" if re.match(f"[{BREAKS}]", char) else " "
        else:
            plain = unicodedata.normalize("NFKD", char.translate(TYPOGRAPHY))
            folded = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
        return self.setdefault(code, folded)


_LETTERS = _Letters()
