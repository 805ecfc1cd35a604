"""Two texts made of one: what is taken over, what is asked about, and that no word of either side is lost."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefings.editorial.merging import Side, merge, merged_text

BASE = "The first paragraph says this.\n\nThe second one says that.\n"
WORDS = st.lists(st.sampled_from(["one", "two", "three", "four", " ", "  ", "\n", "\n\n", "é", "😀"]), max_size=25)
TEXTS = WORDS.map("".join)
UNHURRIED = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])


def conflicts(chunks):
    return [(one.mine, one.theirs) for one in chunks if one.side == Side.CONFLICT]


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        (BASE, BASE, BASE),
        (BASE.replace("first", "1st"), BASE, BASE.replace("first", "1st")),
        (BASE, BASE.replace("that", "it"), BASE.replace("that", "it")),
        (BASE.replace("first", "1st"), BASE.replace("that", "it"), BASE.replace("first", "1st").replace("that", "it")),
        (BASE + "\nMore.\n", "Before.\n\n" + BASE, "Before.\n\n" + BASE + "\nMore.\n"),
        (
            BASE.replace("The second one says that.\n", ""),
            BASE.replace("first", "1st"),
            "The 1st paragraph says this.\n\n",
        ),
        (BASE.replace("this", "so"), BASE.replace("this", "so"), BASE.replace("this", "so")),
        (
            BASE.replace("this.", "so."),
            BASE.replace("The second", "A second"),
            "The first paragraph says so.\n\nA second one says that.\n",
        ),
        ("", "", ""),
        ("", BASE, ""),
    ],
    ids=[
        "nothing",
        "mine",
        "theirs",
        "each",
        "ends",
        "taken out",
        "alike",
        "next paragraphs",
        "both gone",
        "mine gone",
    ],
)
def test_what_only_one_side_changed_is_taken_over(mine, theirs, merged):
    chunks = merge(BASE, mine, theirs)
    assert not conflicts(chunks) and merged_text(chunks) == merged


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "found", "both"),
    [
        ("It is here.", "It was here.", "It stays here.", [("was", "stays")], "It was stays here."),
        (
            "194 members now",
            "195 members now",
            "194 states now",
            [("195 members", "194 states")],
            "195 members 194 states now",
        ),
        ("A b c.", "A c.", "A b2 c.", [("", "b2 ")], "A b2 c."),
        ("One.\n", "One.\n\nMine.\n", "One.\n\nTheirs.\n", [("Mine.", "Theirs.")], "One.\n\nMine.\n\nTheirs.\n"),
        ("One.", "One. Mine.", "One. Theirs.", [("Mine.", "Theirs.")], "One. Mine. Theirs."),
        ("", "Mine.", "Theirs.", [("Mine.", "Theirs.")], "Mine.\n\nTheirs."),
        ("x y", "", "x z", [("", "x z")], "x z"),
    ],
    ids=[
        "one word",
        "near words",
        "taken out and changed",
        "two paragraphs",
        "two sentences",
        "from nothing",
        "all gone",
    ],
)
def test_what_both_changed_is_asked_about_and_both_is_an_answer(base, mine, theirs, found, both):
    chunks = merge(base, mine, theirs)
    assert [(one.strip(), two.strip()) for one, two in conflicts(chunks)] == [(m.strip(), t.strip()) for m, t in found]
    assert merged_text(chunks) == both
    place = next(place for place, one in enumerate(chunks) if one.side == Side.CONFLICT)
    assert merged_text(chunks, {place: chunks[place].mine}) == mine
    assert merged_text(chunks, {place: chunks[place].theirs}) == theirs
    assert "Ours." in merged_text(chunks, {place: "Ours."})


def test_without_the_text_that_both_were_made_of_nothing_counts_as_taken_out():
    chunks = merge(None, "One two three.", "One four three. Five.")
    assert merged_text(chunks) == "One two three. four three. Five."
    assert merged_text(merge(None, "Same.", "Same.")) == "Same."


@UNHURRIED
@given(TEXTS, TEXTS, TEXTS)
def test_the_chunks_hold_every_text_whole(base, mine, theirs):
    chunks = merge(base, mine, theirs)
    assert "".join(one.mine for one in chunks) == mine
    assert "".join(one.theirs for one in chunks) == theirs
    assert "".join(one.base for one in chunks) == base
    assert merged_text(merge(base, mine, base)) == mine
    assert merged_text(merge(base, base, theirs)) == theirs
    assert merged_text(merge(base, mine, mine)) == mine, "the same change is made once"


@UNHURRIED
@given(st.lists(st.integers(0, 3), max_size=12), st.data())
def test_no_word_that_either_side_wrote_is_lost(numbers, data):
    base = " ".join(f"w{number}" for number in numbers)

    def edited(name):
        words = [word for word in base.split() if data.draw(st.booleans())]
        for number in range(data.draw(st.integers(0, 4))):
            words.insert(data.draw(st.integers(0, len(words))), f"{name}{number}")
        return " ".join(words)

    mine, theirs = edited("mine"), edited("theirs")
    merged = merged_text(merge(base, mine, theirs)).split()
    written = [word for word in (mine + " " + theirs).split() if word.startswith(("mine", "theirs"))]
    assert sorted(word for word in merged if word in written) == sorted(written)
    kept_by_both = set(mine.split()) & set(theirs.split())
    assert kept_by_both <= set(merged)


@pytest.mark.parametrize("word", ["w{} ", "same ", "w{}\n\n"])
def test_200_kilobytes_take_less_than_two_seconds(word):
    words = [word.format(number) for number in range(200_000 // len(word.format(10_000)))]
    mine, theirs = list(words), list(words)
    mine[::50], theirs[25::70] = (["mine "] * len(mine[::50]), ["theirs "] * len(theirs[25::70]))
    start = time.process_time()
    chunks = merge("".join(words), "".join(mine), "".join(theirs))
    assert time.process_time() - start < 2
    assert "".join(one.mine for one in chunks) == "".join(mine)
