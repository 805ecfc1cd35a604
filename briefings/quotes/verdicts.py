"""Whether quoted words are the words of the stored text. It speaks of wording, never of truth or of place."""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from .edits import Edit, marked_edits, stands_edited
from .matching import stands_in
from .normalize import Form, Text, normalized, prepared
from .parts import is_marked
from .similarity import similarity


class Verdict(StrEnum):
    """The outcome of comparing a quotation's words with a stored text, from the same glyphs to not found."""

    EXACT = "exact"
    TYPOGRAPHIC = "typographic"  # equal but for typography and house style
    EDITED = "edited"  # an honest, marked edit
    ALTERED = "altered"  # similar words
    MISSING = "missing"


PUBLISHABLE = frozenset({Verdict.EXACT, Verdict.TYPOGRAPHIC, Verdict.EDITED})

_ALTERED = 0.5  # of the words, at least, are the same ones in the same order: fewer are other words
_LONGEST_EDITED = 50_000  # code points; a quotation is shorter, and looking for its parts takes time
_STOPS = ",.،۔。，"  # what a house may put inside the closing mark: comma and full stop of Latin, Arabic and Han
_MARK = re.compile("[\"']")


def compare(quote: str, passages: Sequence[str]) -> Verdict:
    """Compare a quotation's words (without its outer marks) with the exact text of the passages it is anchored in.

    Several passages, in order, are words that the source interrupts: the quotation is them with a space between, or
    with a marked cut. A line end is a paragraph break and never equals a space, so a caller unfolds soft line ends of
    its own first. The quotation is the whole of its passages: what is left out at either end needs its mark as well.
    """
    return _judged(quote, passages)[0]


def edits(quote: str, passages: Sequence[str]) -> tuple[Edit, ...]:
    """Return what an edited quotation left out, put in or replaced, in its order; nothing if its verdict is another."""
    return _judged(quote, passages)[1]


def _judged(quote: str, passages: Sequence[str]) -> tuple[Verdict, tuple[Edit, ...]]:
    pairs = [normalized(passage) for passage in passages]
    exact, typographic = normalized(quote)
    if not (pairs and _has_words(typographic) and all(_has_words(plain) for _, plain in pairs)):
        return Verdict.MISSING, ()
    whole = " ".join(plain for _, plain in pairs)
    if exact == " ".join(strict for strict, _ in pairs):
        return Verdict.EXACT, ()
    if typographic == whole or _equal_by_house_style(typographic, [plain for _, plain in pairs]):
        return Verdict.TYPOGRAPHIC, ()
    if is_marked(typographic) and len(typographic) + len(whole) <= _LONGEST_EDITED:
        found = marked_edits(quote, passages, _with_nested_marks_alike)
        if found is not None:
            return Verdict.EDITED, found
    return (Verdict.ALTERED if similarity(typographic, whole) >= _ALTERED else Verdict.MISSING), ()


def find_in(quote: str, text: str | Text) -> Verdict:
    """Say whether a quotation's words (without its outer marks) stand in `text`, as whole words: never `altered`.

    With marked edits its parts must stand there in order, none of them under three words or far from the one before.
    """
    text = prepared(text)
    exact, typographic = normalized(quote)
    if not _has_words(typographic):
        return Verdict.MISSING
    if stands_in(text.exact, exact):
        return Verdict.EXACT
    form = text.typographic
    if stands_in(form, typographic) or _stands_in_by_house_style(form, typographic):
        return Verdict.TYPOGRAPHIC
    if (
        is_marked(typographic)
        and len(typographic) <= _LONGEST_EDITED
        and stands_edited(quote, form, _with_nested_marks_alike)
    ):
        return Verdict.EDITED
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
