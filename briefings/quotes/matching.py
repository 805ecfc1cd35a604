"""Where given words stand in a text: every place, in linear time, as code points of the original."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from .boundaries import FIRST_UNSPACED, joined
from .normalize import Form, Text, normalized, prepared

MOST_PLACES = 500  # a person cannot choose among more, and no context is read for more


def find_words(text: str | Text, words: str) -> list[tuple[int, int]]:
    """Return every place where `words` stand in `text`, as (start, end) in code points, in order.

    Words match glyph by glyph; only where they stand nowhere so, quotation marks, dashes and ellipses match in any
    typography. No place begins or ends inside a word, a number or a grapheme. text[start:end] is the stored wording.
    At most MOST_PLACES are returned.
    """
    text = prepared(text)
    for form, needle in zip(text.forms, normalized(words), strict=True):
        places = list(islice(spans(form, needle), MOST_PLACES))
        if places:
            return [(form.start(start), form.end(end)) for start, end in places]
    return []


def stands_in(form: Form, needle: str) -> bool:
    """Return whether `needle`, normalised as `form` is, stands in it as whole words."""
    return next(spans(form, needle), None) is not None


def spans(form: Form, needle: str) -> Iterator[tuple[int, int]]:
    """Yield every (start, end) of `needle` in `form.text` that begins and ends between words."""
    is_joined, text = _joined_in(form), form.text
    is_letter = needle[:1].isalnum() and needle[0] < FIRST_UNSPACED
    for start in occurrences(text, needle) if needle else ():
        if is_letter and start and text[start - 1] < FIRST_UNSPACED and text[start - 1].isalnum():
            continue  # inside a word, the common case
        if not is_joined(start) and not is_joined(start + len(needle)):
            yield start, start + len(needle)


def _joined_in(form: Form) -> Callable[[int], bool]:
    """Return `joined` for one form. Where the form is its source, four glyphs decide, and each four are judged once."""
    text, known = form.text, dict[str, bool]()
    if text != form.source:
        return partial(joined, form)

    def is_joined(position: int) -> bool:
        if not 2 <= position <= len(text) - 2:
            return joined(form, position)
        around = text[position - 2 : position + 2]
        if around not in known:
            known[around] = joined(form, position)
        return known[around]

    return is_joined


def occurrences(text: str, needle: str) -> Iterator[int]:
    """Yield every position of `needle` in `text`, overlapping ones too, in time linear in both."""
    allowance = 8 * len(text) + 4096
    at = text.find(needle)
    while at >= 0:
        yield at
        allowance -= len(needle)
        if allowance < 0:  # a needle that overlaps itself again and again
            yield from _overlapping(text, needle, at + 1)
            return
        at = text.find(needle, at + 1)


def _overlapping(text: str, needle: str, start: int) -> Iterator[int]:
    """Yield every position of `needle` from `start` on (Knuth, Morris and Pratt)."""
    borders = _borders(needle)
    matched, size = 0, len(needle)
    for at in range(start, len(text)):
        while matched and (matched == size or text[at] != needle[matched]):
            matched = borders[matched - 1]
        if text[at] == needle[matched]:
            matched += 1
        if matched == size:
            yield at - size + 1


def _borders(needle: str) -> list[int]:
    """Return for each beginning of `needle` the length of its longest beginning that is also its end."""
    borders, matched = [0] * len(needle), 0
    for at in range(1, len(needle)):
        while matched and needle[at] != needle[matched]:
            matched = borders[matched - 1]
        matched += needle[at] == needle[matched]
        borders[at] = matched
    return borders
