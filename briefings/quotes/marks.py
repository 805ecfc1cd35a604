"""Double quotation marks: which words of a text they enclose."""

import re
from collections.abc import Iterator

from .normalize import BREAKS

# Opening mark -> the marks that may close it. German closes with what English opens with, Swedish uses one for both.
_CLOSERS = {"“": "”", "„": "“”", "«": "»", "»": "«»", "”": "”", '"': '"', "「": "」", "『": "』"}
_MARK_OR_BREAK = re.compile(rf'["“”„«»「」『』]|[{BREAKS}]+')


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of the words inside each outermost pair of double quotation marks, without the marks.

    A quotation never crosses a block. An opening mark that nothing closes counts up to the end of its block, because
    a quotation of several paragraphs opens each and closes the last, and no forgotten mark may hide words from a check.
    """
    return [(start, end) for start, end, _ in quotations(text)]


def quotations(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield what `quoted_spans` returns, and with each whether its mark is closed."""
    opened, closers, depth = -1, "", 0
    for match in _MARK_OR_BREAK.finditer(text):
        at, mark = match.start(), match[0]
        if mark not in _ALL:
            if opened >= 0:
                yield from _inside(text, opened, at, False)
            opened = -1
        elif opened < 0:
            if _opens(text, at, mark):
                opened, closers, depth = match.end(), _CLOSERS[mark], 1
        elif mark in closers and not _is_nested_opening(text, at, mark):
            depth -= 1
            if not depth:
                yield from _inside(text, opened, at, True)
                opened = -1
        elif mark == text[opened - 1]:
            depth += 1
    if opened >= 0:
        yield from _inside(text, opened, len(text), False)


_ALL = frozenset('"“”„«»「」『』')


def _inside(text: str, start: int, end: int, is_closed: bool) -> Iterator[tuple[int, int, bool]]:
    """Yield the span without the white space at its ends (French sets some), or nothing if there are no words."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    if start < end:
        yield start, end, is_closed


def _opens(text: str, at: int, mark: str) -> bool:
    """Return whether a mark outside every quotation opens one: not an inch mark (5"), not a stray closing mark."""
    if mark not in _CLOSERS:
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark in "”»":
        return not before.isalnum() and after.isalnum()
    return mark != '"' or (bool(after.strip()) and not before.isdigit())


def _is_nested_opening(text: str, at: int, mark: str) -> bool:
    """Return whether a mark that could close stands as an opening one does: a space before it and a letter after it."""
    if mark not in '"»':
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (before.isspace() or before in "([—–") and after.isalnum()
