"""Quotation marks: which words of a text they enclose. Single ones are told from apostrophes by what stands beside."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from .normalize import BREAKS

# Opening mark -> the marks that may close it. German closes with what English opens with, Swedish uses one for both.
_CLOSERS = {"“": "”", "„": "“”", "«": "»", "»": "«»", "”": "”", '"': '"', "「": "」", "『": "』"}
_MARK_OR_BREAK = re.compile(rf'["“”„«»「」『』]|[{BREAKS}]+')


def quoted_spans(text: str, *, single: bool = False) -> list[tuple[int, int]]:
    """Return (start, end) of the words inside each outermost pair of double quotation marks, without the marks.

    With `single`, those inside single marks as well; a single mark that nothing closes is taken for an apostrophe.

    A quotation never crosses a block. An opening mark that nothing closes counts up to the end of its block, because
    a quotation of several paragraphs opens each and closes the last, and no forgotten mark may hide words from a check.
    """
    spans = [(start, end) for start, end, _ in quotations(text)]
    return _outermost([*spans, *_single(text)]) if single else spans


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


# An opening single mark stands before a word and not after one; these words begin with an apostrophe of their own.
_SINGLE_OPENING = re.compile(
    r"(?<![^\W_])(?<!['’‘])(?:[‘‚‹]|'|(?<=[\s(\[“\"«„—–-])’)(?=[\w\[(“\"«„…])"
    r"(?!(?i:tis|twas|twere|em|til|cause|round|bout|n)(?![^\W_])|\d0s)"
)
_SINGLE_CLOSING = re.compile(r"(?<=[^\s‘'‚‹])['’›‘](?![^\W_])")
_CLOSED_BY = {"‘": "’", "'": "'", "’": "’", "‚": "‘’", "‹": "›"}


def _single(text: str) -> Iterator[tuple[int, int]]:
    """Yield the words inside single marks, block by block.

    An apostrophe at the end of a word ("the countries’ security") closes as well as a mark does: of several that could,
    the last one before the next opening mark does, so that no words are hidden from a check.
    """
    if not _SINGLE_OPENING.search(text):
        return
    for block in re.finditer(rf"[^{BREAKS}]+", text):
        openings = [match.start() for match in _SINGLE_OPENING.finditer(text, *block.span())]
        closings = [match.start() for match in _SINGLE_CLOSING.finditer(text, *block.span())]
        done = block.start()
        for number, opening in enumerate(openings):
            if opening < done:
                continue
            limit = openings[number + 1] if number + 1 < len(openings) else block.end()
            first, last = bisect_right(closings, opening), bisect_left(closings, limit)
            mine = [at for at in closings[first:last] if text[at] in _CLOSED_BY[text[opening]]]
            if mine:
                end = next((at for at in mine if not _may_be_apostrophe(text, at)), mine[-1])
                done = end + 1
                yield from ((start, stop) for start, stop, _ in _inside(text, opening + 1, end, True))


def _may_be_apostrophe(text: str, at: int) -> bool:
    """Tell whether a mark may be that of "countries’": after an s, with a word to come."""
    return (
        text[at - 1] in "sSzZxX"
        and text[at] in "'’"
        and text[at + 1 : at + 2].isspace()
        and text[at + 2 : at + 3].isalnum()
    )


def _outermost(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out what stands inside another span, or begins inside one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
        elif end > found[-1][1]:  # they cross: both are read, up to where the later one ends
            found[-1] = (found[-1][0], end)
    return found


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
