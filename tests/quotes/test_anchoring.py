import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.quotes import Found, Location, Selector, locate, normalized, selector_at

from .samples import article

TEXT = (
    "The board met in May. Members heard that every office had filed its returns on time.\n"
    "The tide tables are wrong, the harbour master said. Members heard that every office had filed its returns on time."
)
RETURNS = "every office had filed its returns on time"


def passage(words: str, place: int = 0) -> Selector:
    start = -1
    for _ in range(place + 1):
        start = TEXT.index(words, start + 1)
    return selector_at(TEXT, start, start + len(words))


def test_selector_holds_the_words_their_context_and_their_position():
    assert selector_at("One two three.", 4, 7, context=3) == Selector("two", "ne ", " th", 4, 7)
    assert selector_at("One", 0, 3) == Selector("One", "", "", 0, 3)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 4)])
def test_selector_of_no_passage_is_refused(start, end):
    with pytest.raises(ValueError, match="No passage"):
        selector_at("One", start, end)


@pytest.mark.parametrize("place", [0, 1])
def test_passage_is_in_place_in_its_own_text(place):
    selector = passage(RETURNS, place)
    assert locate(TEXT, selector) == Found(Location.IN_PLACE, selector.start, selector.end)


@pytest.mark.parametrize("words", ["The tide tables are wrong", "harbour", "in May"])
def test_passage_moves_with_its_text(words):
    selector = passage(words)
    assert locate("New. " + TEXT, selector) == Found(Location.MOVED, selector.start + 5, selector.end + 5)


def test_repeated_passage_moves_to_the_place_with_its_context():
    text = TEXT.replace("The board", "The whole board")
    assert locate(text, passage(RETURNS, 1)) == Found(
        Location.MOVED, *[at + 6 for at in (passage(RETURNS, 1).start, passage(RETURNS, 1).end)]
    )


def test_two_places_that_fit_equally_are_ambiguous():
    text = "\n".join(
        ["Intro."] + ["Members heard that every office had filed its returns on time. Then they left."] * 2
    )
    selector = Selector(RETURNS, "Members heard that ", ". Then they left.", 900, 942)
    assert locate(text, selector) == Found(Location.AMBIGUOUS)


@pytest.mark.parametrize(
    "changed",
    [
        TEXT.replace("tide tables are", "tide tables were"),
        TEXT.replace("tide", "Tide"),
        TEXT.replace("tables are", "tables\nare"),
        "",
    ],
)
def test_passage_whose_words_changed_is_gone(changed):
    assert locate(changed, passage("The tide tables are wrong")) == Found(Location.GONE)


def test_passage_is_found_in_other_typography():
    selector = selector_at('He said "we do not know", then left.', 9, 23)
    text = "Then: he said “we\u00a0do not know”, then left."
    found = locate(text, selector)
    assert found.location == Location.MOVED
    assert text[found.start : found.end] == "we\u00a0do not know"


def test_short_passage_needs_its_context():
    assert locate("Nobody expects the spring tide at the harbour of another town.", passage("harbour")) == Found(
        Location.GONE
    )
    same_position = "x" * passage("harbour").start + "harbour wall"
    assert locate(same_position, passage("harbour")) == Found(Location.GONE)


def test_position_beyond_the_text_does_no_harm():
    assert locate("short", Selector("words", "", "", 900, 905)).location == Location.GONE
    assert locate("short", Selector("", "", "", 0, 0)).location == Location.GONE


@given(article, article, st.data())
def test_what_is_found_always_spells_the_passage(text, added, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    selector = selector_at(text, start, end)
    assert locate(text, selector) == Found(Location.IN_PLACE, start, end)
    found = locate(added + text, selector)
    if found.start is None:
        assert found.location in (Location.AMBIGUOUS, Location.GONE)
    else:
        assert normalized((added + text)[found.start : found.end])[1] == normalized(selector.exact)[1]
