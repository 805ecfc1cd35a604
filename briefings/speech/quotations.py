"""What stands between quotation marks, paragraph by paragraph, in the ways of many languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .tokens import Span

# Opening mark -> the marks that may close it. German closes with what English opens with, Swedish uses one for both;
# two apostrophes are how some agencies' wires set a double mark.
_CLOSERS = {
    "“": '”"',
    "„": "“”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹",
    "”": "”",
    '"': '"”',
    "''": "''",
    "「": "」",
    "『": "』",
    "〝": "〞",
}
_UNSPACED = "\u2e80"  # from here on scripts set no space before a mark
_MARK = re.compile("''(?!')|[“”„«»‹›\"「」『』〝〞‘]")
# British papers set speech in single marks, which are apostrophes too: they count where the stop stands inside.
_SINGLE_CLOSES = re.compile(r"[,.?!…]’(?!\w)|[‘“”\"]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks (`start`, `end`) and without them (`inside`)."""

    start: int
    end: int
    inside: Span
    is_closed: bool


def quotations(text: str, start: int, end: int) -> Iterator[Quotation]:
    """Yield the outermost quotations of text[start:end], one paragraph.

    A quotation that is not closed runs to the end of its paragraph, as the first of several paragraphs does.
    """
    opened, mark, depth = -1, "", 0
    past = start
    for match in _MARK.finditer(text, start, end):
        found = match[0]
        if found == "‘":
            if opened < 0 and match.start() >= past and (single := _single(text, match.end(), start, end)):
                past = single.end
                yield single
        elif opened < 0:
            if match.start() >= past and _opens(text, match, start, end):
                opened, mark, depth = match.start(), found, 1
        elif found == mark and found not in _CLOSERS[mark]:
            depth += 1
        elif _closes(text, match, mark, end):
            depth -= 1
            if depth <= 0 or found == '"':
                yield from _between(text, opened, len(mark), match.start(), match.end(), True)
                opened = -1
    if opened >= 0:
        yield from _between(text, opened, len(mark), end, end, False)


def _single(text: str, inner: int, start: int, end: int) -> Quotation | None:
    """Return the quotation in single marks whose words begin at `inner`, if it closes with a stop inside."""
    if inner - 1 > start and text[inner - 2].isalnum():
        return None
    close = _SINGLE_CLOSES.search(text, inner, end)
    if close is None or len(close[0]) < 2 or " " not in text[inner : close.start()]:
        return None
    return Quotation(inner - 1, close.end(), (inner, close.end() - 1), True)


def _opens(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Return whether a mark outside every quotation opens one: not an inch mark (5"), not a stray closing mark."""
    mark = match[0]
    if mark not in _CLOSERS or match.end() >= end:
        return False
    before = text[match.start() - 1] if match.start() > start else " "
    after = text[match.end()]
    if mark in "”»›":
        return not before.isalnum() and before not in ".,!?" and after.isalnum()
    return mark not in ('"', "''") or not ((before.isalnum() and before < _UNSPACED) or after.isspace())


def _closes(text: str, match: re.Match[str], mark: str, end: int) -> bool:
    found = match[0]
    if found not in _CLOSERS[mark] or (found == "'" and mark != "''"):
        return False
    if found in ('"', "''") and match.end() < end:  # a straight mark before a letter and after a space opens another
        return not (text[match.end()].isalnum() and text[match.start() - 1].isspace())
    return True


def _between(text: str, opened: int, width: int, inner_end: int, end: int, is_closed: bool) -> Iterator[Quotation]:
    """Yield the quotation, its inside without white space at the ends, or nothing if nothing was quoted."""
    a, b = opened + width, inner_end
    while a < b and text[a].isspace():
        a += 1
    while b > a and text[b - 1].isspace():
        b -= 1
    if any(char.isalnum() for char in text[a:b]):
        yield Quotation(opened, end, (a, b), is_closed)
