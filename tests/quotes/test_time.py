"""No text, however made, holds a worker up. The figures themselves are in `tests/benchmarks/quotes.py`."""

import time

import pytest

from briefings.quotes import (
    Selector,
    Text,
    anchor,
    compare,
    difference,
    find_in,
    find_words,
    locate,
    quoted_spans,
    selector_at,
    sentence_around,
    suggest,
    text_fragment,
)

from . import hostile

PATIENCE = 1.0  # seconds of processor time; what is not linear takes minutes


def acts(text):
    half, middle = len(text) // 2, text[: len(text) // 2]
    yield "find a letter", lambda: find_words(Text(text), text[:1])
    yield "find half", lambda: find_words(Text(text), middle)
    yield "find half and more", lambda: find_words(Text(text), middle + "x")
    yield "find in", lambda: find_in(middle + "!", Text(text))
    yield "compare", lambda: compare(middle, [middle + "x"])
    gone = "x" + text[half : half + 200] + "x"
    near = Selector(gone, text[half - 32 : half], text[half + 200 : half + 232], half, half + len(gone))
    yield "compare marked words", lambda: compare(text[:300] + " … " + text[:300] + " [x] y", [text])
    yield "find marked words", lambda: find_in(text[:300] + " … " + text[:300] + " [x] y", Text(text))
    yield "difference", lambda: difference(text, text[::-1])
    yield "anchor", lambda: anchor(Text(text), near)
    yield "anchor half", lambda: anchor(Text(text), Selector(middle + "x", "", text[half : half + 32], 0, half + 1))
    yield "suggest", lambda: suggest(Text(text), gone)
    yield "locate", lambda: locate(Text("x " + text), selector_at(text, 90, 130))
    yield "quotations", lambda: quoted_spans(text)
    yield "sentence", lambda: sentence_around(text, half, half + 9)
    yield "link", lambda: text_fragment(text, half, half + 9)
    yield "long link", lambda: text_fragment(text, half, half + 900)


@pytest.mark.parametrize("name", hostile.TEXTS)
def test_hostile_text_takes_no_longer_than_its_length_asks(name):
    for act, run in acts(hostile.TEXTS[name]):
        started = time.process_time()
        run()
        assert time.process_time() - started < PATIENCE, act
