"""Whether quoted words are the words of the stored text. It speaks of wording, never of truth or of place."""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from .matching import stands_in
from .normalize import Form, Text, normalized, prepared


class Verdict(StrEnum):
    """The outcome of comparing a quotation's words with a stored text, from the same glyphs to not found."""

    EXACT = "exact"
    TYPOGRAPHIC = "typographic"  # equal but for typography and house style
    EDITED = "edited"  # an honest, marked edit
    ALTERED = "altered"  # similar words
    MISSING = "missing"


PUBLISHABLE = frozenset({Verdict.EXACT, Verdict.TYPOGRAPHIC, Verdict.EDITED})

_STOPS = ",.،۔。，"  # what a house may put inside the closing mark: comma and full stop of Latin, Arabic and Han
_MARK = re.compile("[\"']")


def compare(quote: str, passages: Sequence[str]) -> Verdict:
    """Compare a quotation's words (without its outer marks) with the exact text of the passages it is anchored in.

    Several passages, in order, are words that the source interrupts: the quotation is them with a space between.
    A line end is a paragraph break and never equals a space, so a caller unfolds soft line ends of its own first.
    """
    pairs = [normalized(passage) for passage in passages]
    exact, typographic = normalized(quote)
    if not (_has_words(typographic) and all(_has_words(plain) for _, plain in pairs)):
        return Verdict.MISSING
    if exact == " ".join(strict for strict, _ in pairs):
        return Verdict.EXACT
    if typographic == " ".join(plain for _, plain in pairs):
        return Verdict.TYPOGRAPHIC
    return Verdict.TYPOGRAPHIC if _equal_by_house_style(typographic, [plain for _, plain in pairs]) else Verdict.MISSING


def find_in(quote: str, text: str | Text) -> Verdict:
    """Say whether a quotation's words (without its outer marks) stand in `text`, as whole words."""
    text = prepared(text)
    exact, typographic = normalized(quote)
    if not _has_words(typographic):
        return Verdict.MISSING
    if stands_in(text.exact, exact):
        return Verdict.EXACT
    form = text.typographic
    if stands_in(form, typographic) or _stands_in_by_house_style(form, typographic):
        return Verdict.TYPOGRAPHIC
    return Verdict.MISSING


def _has_words(words: str) -> bool:
    """Return whether there is more than punctuation: a full stop stands everywhere and quotes nobody."""
    return any(unicodedata.category(char)[0] not in "PZC" for char in words)


def _equal_by_house_style(quote: str, passages: Sequence[str]) -> bool:
    """Compare tier-two words, each passage with or without the stop before its closing mark, nested marks alike."""
    rest = _with_nested_marks_alike(quote)
    for number, passage in enumerate(_with_nested_marks_alike("\n\n".join(passages)).split("\n\n")):
        words = _without_stop(passage)
        if number:
            if not rest.startswith(" "):
                return False
            rest = rest[1:]
        if not words or not rest.startswith(words):
            return False
        rest = rest[len(words) :]
        if rest[:1] and rest[0] in _STOPS:
            rest = rest[1:]
    return not rest


def _stands_in_by_house_style(form: Form, quote: str) -> bool:
    """Look for tier-two words with nested marks alike, and without the stop before the closing mark."""
    if _MARK.search(quote):
        form, quote = form.with_text(_with_nested_marks_alike(form.text)), _with_nested_marks_alike(quote)
    return stands_in(form, quote) or stands_in(form, _without_stop(quote))


def _without_stop(words: str) -> str:
    """Return `words` without one final comma or full stop; an ellipsis is not house style and stays."""
    return words[:-1] if words[-1:] and words[-1] in _STOPS and not words.endswith("..") else words


def _with_nested_marks_alike(words: str) -> str:
    """Return tier-two `words`, as long as before, with the marks of every pair of quotation marks made double.

    Apostrophes, feet and inches open no pair and stay, so that 6' never equals 6".
    """
    glyphs, opened = list(words), list[int]()
    for match in _MARK.finditer(words):
        at, mark = match.start(), match[0]
        before, after = words[at - 1 : at], words[at + 1 : at + 2]
        if opened and words[opened[-1]] == mark and not before.isspace() and not after.isalnum():
            glyphs[opened.pop()] = glyphs[at] = '"'
        elif not before.isalnum() and after.strip():
            opened.append(at)
    return "".join(glyphs)
