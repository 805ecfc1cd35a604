"""Two versions of a text, word by word and paragraph by paragraph."""

import time

import pytest

from briefings.quotes import ChangeKind, compare_paragraphs


def shown(before, after):
    marks = {ChangeKind.SAME: "", ChangeKind.REMOVED: "-", ChangeKind.ADDED: "+"}
    return [
        " ".join(marks[change.kind] + word for change in one.changes for word in change.words.split())
        for one in compare_paragraphs(before, after)
    ]


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        (["One two."], ["One two."], ["One two."]),
        (["One two."], ["One three."], ["One -two. +three."]),
        (["One.", "Two."], ["One."], ["One.", "-Two."]),
        (["One.", "Three."], ["One.", "Two here.", "Three."], ["One.", "+Two +here.", "Three."]),
        (["Old a b."], ["New a b."], ["-Old +New a b."]),
        ([""], ["So."], ["+So."]),
        (["So."], [""], ["-So."]),
        ([], [], []),
        (["a b c d"], ["a b", "c d"], ["a b -c", "+c d"]),
    ],
)
def test_what_went_and_what_came_stands_in_its_paragraph(before, after, left):
    assert shown(before, after) == left


@pytest.mark.parametrize("seed", range(5))
def test_no_word_is_lost_on_either_side(seed):
    before = [" ".join(f"w{(seed * 7 + place * step) % 11}" for place in range(9)) for step in range(6)]
    after = [*before[2:], before[0].replace("w0", "x"), "new one"]
    found = [change for one in compare_paragraphs(before, after) for change in one.changes]
    for kind, text in ((ChangeKind.REMOVED, before), (ChangeKind.ADDED, after)):
        words = [word for change in found if change.kind in (kind, ChangeKind.SAME) for word in change.words.split()]
        assert words == " ".join(text).split()


def test_long_and_hostile_texts_take_no_longer():
    started = time.process_time()
    compare_paragraphs(["a " * 50_000], ["b a " * 25_000])
    compare_paragraphs(["a"] * 20_000, ["a"] * 19_999)
    assert time.process_time() - started < 4
