import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.quotes import PUBLISHABLE, Anchor, Location, Selector, Verdict, anchor, compare, selector_at, suggest

from .samples import article

ARTICLE = (
    "The harbour board met on Monday. Its chair, Nora Lind, said that the old pier needs a new roof before the winter"
    " storms arrive, and that nobody had asked for money so far.\n"
    "Fishermen wondered who would pay. “We mend our own nets,” one of them said, “and we can mend a roof.”\n"
    "The board meets again in May. A summer fair is planned on the pier, with music and a regatta.\n"
)
ROOF = "the old pier needs a new roof before the winter storms arrive"


def passage(words, text=ARTICLE):
    start = text.index(words)
    return selector_at(text, start, start + len(words))


def found(text, words=ROOF, of=ARTICLE):
    place = anchor(text, passage(words, of))
    return place.location, place.verdict, None if place.start is None else text[place.start : place.end]


def test_unchanged_passage_is_in_place():
    assert found(ARTICLE) == (Location.IN_PLACE, Verdict.EXACT, ROOF)


def test_passage_moves_with_what_is_put_before_it():
    assert found("New: a correction.\n" + ARTICLE) == (Location.MOVED, Verdict.EXACT, ROOF)


def test_other_typography_is_told():
    words = "“We mend our own nets,” one of them"
    text = ARTICLE.replace("“", '"').replace("”", '"')
    assert found(text, words) == (Location.IN_PLACE, Verdict.TYPOGRAPHIC, '"We mend our own nets," one of them')


@pytest.mark.parametrize(
    ("now", "words"),
    {
        "a word for another": (ARTICLE.replace("old pier", "stone pier"), ROOF.replace("old", "stone")),
        "a negation put in": (ARTICLE.replace("pier needs", "pier never needs"), ROOF.replace("needs", "never needs")),
        "a word left out": (ARTICLE.replace("winter storms", "storms"), ROOF.replace("winter ", "")),
        "a paragraph break put in": (ARTICLE.replace(" before", "\nbefore"), ROOF.replace(" before", "\nbefore")),
        "letter case": (ARTICLE.replace("old pier", "Old Pier"), ROOF.replace("old pier", "Old Pier")),
        "slips of the pen": (ARTICLE.replace("needs a new", "neds a nwe"), ROOF.replace("needs a new", "neds a nwe")),
        "an interruption": (
            ARTICLE.replace("roof before", "roof,” she said on Monday, “before"),
            ROOF.replace("roof before", "roof,” she said on Monday, “before"),
        ),
        "new surroundings": (
            ARTICLE.replace("Nora Lind, said that", "according to minutes,").replace("a new roof", "a better roof"),
            ROOF.replace("new", "better"),
        ),
    }.values(),
)  # fmt: skip
def test_changed_words_are_altered_and_their_place_is_given(now, words):
    _, verdict, place = found(now)
    assert (verdict, place) == (Verdict.ALTERED, words)


@pytest.mark.parametrize(
    "now",
    {
        "left out": ARTICLE.replace(ROOF, ""),
        "its paragraph left out": ARTICLE[ARTICLE.index("Fishermen") :],
        "other words between its context": ARTICLE.replace(ROOF, "all were glad to be back from sea"),
        "cut off before it": ARTICLE[:60] + "Subscribe to read on.",
        "half of its words elsewhere": ARTICLE.replace(ROOF, "")
        + "In winter the old stones of the church need new mortar.",
        "empty": "",
    }.values(),
)
def test_vanished_passage_is_gone(now):
    assert anchor(now, passage(ROOF)) == Anchor(Location.GONE, Verdict.MISSING, None, None, 0.0)


def test_short_passage_elsewhere_without_its_context_is_gone():
    text = "Somebody built a garage.\nIt has a new roof now, and a door, and nobody uses either of the two."
    assert anchor(text, passage("a new roof")).location == Location.GONE


def test_short_passage_stays_where_it_was_when_its_surroundings_are_rewritten():
    text = ARTICLE.replace("old pier needs", "ancient jetty wants").replace(
        "before the winter storms", "by the autumn gale"
    )
    assert found(text, "a new roof") == (Location.MOVED, Verdict.EXACT, "a new roof")


def test_words_repeated_elsewhere_do_not_stand_in_for_the_changed_passage():
    text = ARTICLE.replace("old pier needs", "old pier wants") + f"Later a visitor claimed: {ROOF}, no less.\n"
    assert found(text)[1:] == (Verdict.ALTERED, ROOF.replace("needs", "wants"))


def test_passage_that_begins_inside_a_word_is_found_again():
    words = "obody had asked for money"
    copy = "x obody had asked for money x\n"
    assert found(copy + ARTICLE, words) == (Location.MOVED, Verdict.EXACT, words)


@pytest.mark.parametrize(("then", "now"), [("they can", "they can't"), ("a crime", "a crime-fighting unit")])
def test_half_of_a_longer_word_is_never_the_passage(then, now):
    before, after = "The whole board thinks that ", " agree with everything that was said."
    place = anchor(before + now + after, selector_at(before + then + after, len(before), len(before) + len(then)))
    assert place.verdict not in PUBLISHABLE


def test_two_places_that_fit_equally_have_no_place():
    text = "Intro, which is new here.\n" + f"It said that {ROOF}. Then it rained.\n" * 2
    selector = Selector(ROOF, "It said that ", ". Then it rained.", 900, 900 + len(ROOF))
    place = anchor(text, selector)
    assert (place.location, place.start, place.end) == (Location.AMBIGUOUS, None, None)


def test_editors_marks_in_the_stored_passage_are_words_like_any():
    before = "He said we all want this … we really want it now and always, he went on for an hour."
    selector = passage("we all want this … we really want it now", before)
    text = before.replace("this …", "this, as nobody doubts, and")
    assert anchor(text, selector).verdict == Verdict.ALTERED


@given(article, article, st.data())
def test_publishable_anchors_spell_the_passage(text, other, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    at = data.draw(st.integers(0, len(text)))
    place = anchor(text[:at] + other + text[at:], selector_at(text, start, end))
    if place.verdict in PUBLISHABLE and place.start is not None:
        now = (text[:at] + other + text[at:])[place.start : place.end]
        assert compare(now, [text[start:end]]) == place.verdict
    assert (place.start is None) == (place.location in (Location.AMBIGUOUS, Location.GONE))


def test_similar_words_are_suggested():
    place = suggest(ARTICLE, "the old peer needs new roofs before winter storms")
    assert ARTICLE[place.start : place.end] == ROOF.removesuffix(" arrive")
    assert 0.7 < place.similarity < 1


def test_nothing_like_the_words_is_not_suggested():
    assert suggest(ARTICLE, "an orchestra of fifty violins tuned up in silence") is None
    assert suggest(ARTICLE, "") is None
    assert suggest("", "words") is None


def test_of_equal_suggestions_the_nearest_is_taken():
    text = "a blue boat sails.\n" + "something else happens here. " * 20 + "a blue boat sails."
    assert suggest(text, "a blue boat", near=len(text)).start == text.rindex("a blue boat")
    assert suggest(text, "a blue boat", near=5).start == 0
