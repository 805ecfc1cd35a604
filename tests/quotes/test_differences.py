import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.quotes import Change, ChangeKind, difference

from .properties import difference_gives_both_sides
from .samples import hostile_text

S, R, A = ChangeKind.SAME, ChangeKind.REMOVED, ChangeKind.ADDED
CHANGED = {
    "nothing": ("We agree on it.", "We agree on it.", [(S, "We agree on it.")]),
    "a word for another": ("We agree on it", "We differ on it", [(S, "We"), (R, "agree"), (A, "differ"), (S, "on it")]),
    "a word left out": ("We do not agree", "We do agree", [(S, "We do"), (R, "not"), (S, "agree")]),
    "words put in": ("We agree", "We do not agree", [(S, "We"), (A, "do not"), (S, "agree")]),
    "letter case": ("the Board", "the board", [(S, "the"), (R, "Board"), (A, "board")]),
    "marks": ("“go” now", '"go" now', [(R, "“go”"), (A, '"go"'), (S, "now")]),
    "white space": ("We  agree\u00a0now ", "We agree now", [(S, "We agree now")]),
    "a paragraph break": ("One.\nTwo. So.", "One. Two. So.", [(S, "One."), (R, "Two."), (A, "Two."), (S, "So.")]),
    "everything": ("one two", "three", [(R, "one two"), (A, "three")]),
    "from nothing": ("", "one", [(A, "one")]),
    "to nothing": (" one ", "", [(R, "one")]),
    "nothing at all": ("", " ", []),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "changes"), CHANGED.values(), ids=CHANGED)
def test_difference_word_by_word(before, after, changes):
    assert difference(before, after) == tuple(Change(kind, words) for kind, words in changes)


def test_few_changes_in_a_long_text_are_all_told():
    words = [f"word{number % 900}" for number in range(9000)]
    now = [*words[:4000], "put", "in", *words[4000:8000], *words[8001:]]
    changes = difference(" ".join(words), " ".join(now))
    assert [(change.kind, change.words) for change in changes if change.kind != S] == [(A, "put in"), (R, words[8000])]


@given(hostile_text, hostile_text)
def test_difference_of_any_two_texts_gives_both(before, after):
    difference_gives_both_sides(before, after)


@given(st.lists(st.sampled_from("abcd"), max_size=30), st.lists(st.sampled_from("abcd"), max_size=30))
def test_difference_of_words_that_repeat_gives_both(before, after):
    difference_gives_both_sides(" ".join(before), "\n".join(after))
