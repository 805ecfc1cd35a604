"""Where words may begin and end: never inside a grapheme, a word or a number. No quotation stands on half of one."""

import re
import unicodedata

from .normalize import Form, extends

_JOINERS = "\u200c\u200d"  # ZWNJ and ZWJ shape the word that they stand in
_INSIDE_WORDS = "-'’.@_·\u2010\u2011"
_INSIDE_NUMBERS = _INSIDE_WORDS + ",:/–\u2212\u066b\u066c\u2044"
_GROUP, _LEADING_GROUP = re.compile(r"\d{3}(?!\d)"), re.compile(r"(?<!\d)\d{1,3}$")
_SIGNS = "-\u2212"
_DASHES = "–—"  # join figures ("2017–18") but part words, also where the second tier has turned them into hyphens
# Written without spaces between words: any letter may begin one. Pairs of first and last code point.
_UNSPACED = (
    ("\u0e00", "\u0eff"),  # Thai, Lao
    ("\u1000", "\u109f"),  # Myanmar
    ("\u1780", "\u17ff"),  # Khmer
    ("\u2e80", "\u31ff"),  # radicals, kana, bopomofo
    ("\u3400", "\u4dbf"),  # ideographs
    ("\u4e00", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)
FIRST_UNSPACED = _UNSPACED[0][0]


def is_word(char: str) -> bool:
    """Return whether `char` is a letter, a digit or a mark on one."""
    return char.isalnum() or char == "_" or char in _JOINERS or extends(char)


def is_unspaced(char: str) -> bool:
    """Return whether `char` belongs to a script that puts no spaces between words."""
    return char >= FIRST_UNSPACED and any(first <= char <= last for first, last in _UNSPACED)


def joined(form: Form, position: int) -> bool:
    """Return whether `position` of `form.text` lies inside a grapheme, a word or a number."""
    text = form.text
    if not 0 < position < len(text):
        return False
    before, after = text[position - 1], text[position]
    if before.isalnum() and after.isalnum():
        return _adjacent(before, after) or form.splits(position)
    base = text[position - 2] if position > 1 else ""
    return _across(form, position) or _within_grapheme(base, before, after) or form.splits(position)


def _within_grapheme(base: str, before: str, after: str) -> bool:
    """Return whether a mark or a joiner holds `before`, with `base` before it, and `after` together."""
    if extends(after):
        return True
    if extends(before) and after.isalnum():  # a vowel sign or an accent inside a word
        return bool(base) and is_word(base) and not any(map(is_unspaced, (base, before, after)))
    return (after in _JOINERS and is_word(before)) or (before in _JOINERS and is_word(after))


def _adjacent(before: str, after: str) -> bool:
    """Return whether two letters or digits side by side belong together."""
    if not (is_unspaced(before) or is_unspaced(after)):
        return True
    # 三十 and 100万 are one number each, although Han letters otherwise stand alone.
    return unicodedata.numeric(before, None) is not None and unicodedata.numeric(after, None) is not None


def _across(form: Form, position: int) -> bool:
    """Return whether a hyphen, an apostrophe, a decimal point or a sign ties what stands beside `position` together."""
    text = form.text
    before, after = text[position - 1], text[position]
    if not is_word(after):  # word | joiner, word
        return position + 1 < len(text) and is_word(before) and _ties(form, before, position, text[position + 1])
    if before in _SIGNS and after.isdigit() and not _was_dash(form, position - 1):
        return True
    return position > 1 and _ties(form, text[position - 2], position - 1, after)


def _ties(form: Form, before: str, at: int, after: str) -> bool:
    """Return whether the glyph at `at` holds `before` and `after` together as one word or one number."""
    if not (is_word(before) and is_word(after)):
        return False
    glyph = form.text[at]
    if before.isdigit() and after.isdigit():
        return glyph in _INSIDE_NUMBERS or (glyph == " " and _is_grouped(form, at))
    return glyph in _INSIDE_WORDS and not _was_dash(form, at)


def _was_dash(form: Form, at: int) -> bool:
    return form.text[at] == "-" and form.source[form.start(at)] in _DASHES


def _is_grouped(form: Form, at: int) -> bool:
    """Return whether the space at `at`, no-break or thin in the original, groups the digits of one number by three."""
    if form.source[form.start(at)] not in "\xa0\u2009\u202f":
        return False
    return bool(_GROUP.match(form.text[at + 1 : at + 5]) and _LEADING_GROUP.search(form.text[max(0, at - 4) : at]))
