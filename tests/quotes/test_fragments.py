"""What the directives say. That a browser follows them is tested in `tests/browser/test_fragments.py`."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.quotes import fragment_url, text_fragment

from .samples import article

LONG = " ".join(f"word{number}" for number in range(60)) + "."


def fragment(text, words, place=0):
    start = [match.start() for match in re.finditer(re.escape(words), text)][place]
    return text_fragment(text, start, start + len(words))


DIRECTIVES = {
    "unique words": ("One two three.", "two three", ":~:text=two%20three"),
    "escaped marks": ("Now R&D, well-known.", "R&D, well-known.", ":~:text=R%26D%2C%20well%2Dknown."),
    "own glyphs": ("L’élu a dit «\u00a0non\u00a0».", "«\u00a0non\u00a0»", ":~:text=%C2%AB%C2%A0non%C2%A0%C2%BB"),
    "white space as a browser shows it": ("One  two\tthree.", "One  two\tthree", ":~:text=One%20two%20three"),
    "white space around left out": ("One two three.", " two ", ":~:text=two"),
    "repeated": ("It was so. It was not.", "was", None),
    "long": (LONG, LONG, ":~:text=word0%20word1%20word2,word57%20word58%20word59."),
    "over two blocks": ("One two\nthree four", "two\nthree", ":~:text=two,three"),
    "inside a word": ("One unlawful act.", "lawful", ":~:text=un-,lawful"),
    "ends inside a word": ("One lawfulness here.", "lawful", ":~:text=lawful,-ness"),
    "Chinese, inside a clause": ("前文。港口不会关闭。", "不会", ":~:text=港口-,不会,-关闭。"),
}


@pytest.mark.parametrize(("text", "words", "directive"), DIRECTIVES.values(), ids=DIRECTIVES)
def test_directive(text, words, directive):
    if directive is None:
        assert fragment(text, words) == ":~:text=It-,was,-so.%20It%20was"
    elif directive.isascii():
        assert fragment(text, words) == directive
    else:
        assert unquote(fragment(text, words)) == directive


def test_words_that_differ_only_in_case_or_accent_count_as_the_same():
    assert "-," in fragment("The Port stood. A port fell. Le pört tomba.", "port")


def test_words_inside_longer_ones_do_not_count():
    assert fragment("The sports port supports.", "port", 1) == ":~:text=port"


def test_context_grows_until_it_tells_two_places_apart():
    text = "a b c d e f port g h i j k l. z b c d e f port g h i j k m."
    assert fragment(text, "port", 0) == ":~:text=a%20b%20c%20d%20e%20f-,port,-g%20h%20i%20j%20k%20l."
    assert "z%20b" in fragment(text, "port", 1)


def test_repeated_block_is_told_apart_by_the_blocks_beside_it():
    text = "One\nNotice\nTwo two\nNotice\nThree"
    assert fragment(text, "Notice", 0) == ":~:text=One-,Notice,-Two%20two"
    assert fragment(text, "Notice", 1) == ":~:text=Two%20two-,Notice,-Three"


def test_passage_that_never_is_unique_has_no_fragment():
    text = "\n".join(["Notice"] * 5)
    assert fragment(text, "Notice", 2) is None
    assert fragment_url("https://example.org/a", text, 14, 20) == "https://example.org/a"


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 4), (5, 2), (90, 99)])
def test_no_words_have_no_fragment(start, end):
    assert text_fragment("One two", start, end) is None


def test_address_loses_its_own_fragment():
    assert fragment_url("https://example.org/a?b=c#part", "One two", 0, 3) == "https://example.org/a?b=c#:~:text=One"
    assert fragment_url("", "One two", 0, 3) == ""


@given(article, st.data())
def test_terms_are_words_of_the_text_each_inside_one_block(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    directive = text_fragment(text, start, end)
    if directive:
        terms = [unquote(term.strip("-")) for term in directive.removeprefix(":~:text=").split(",")]
        lines = [re.sub("[\t ]+", " ", line) for line in text.split("\n")]
        assert all(any(term in line for line in lines) for term in terms)
        assert re.fullmatch(r":~:text=([^,&-]+-,)?[^,&-]+(,[^,&-]+)?(,-[^,&-]+)?", directive)


def test_three_hundred_code_points_are_given_exactly_and_more_by_both_ends():
    words = ("seven letters " * 22)[:299] + "s"
    assert fragment(f"{words} and so on", words) == ":~:text=" + words.replace(" ", "%20")
    assert fragment(f"a{words} and so on", f"a{words}").count(",") == 1
