"""Whatever the text, its proposals point into it, in order, and the same every time."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from briefings.speech import propose
from tests.quotes import hostile

PIECES = st.sampled_from(
    [
        "said",
        "says",
        "told",
        "adding",
        "that",
        "“",
        "”",
        '"',
        "''",
        "'",
        "(",
        ")",
        ",",
        ".",
        ";",
        ":",
        "-",
        "—",
        "?",
        "!",
        "\n",
        "\n\n",
        "He",
        "Iqbal",
        "Minister",
        "Ahsan",
        "the",
        "a",
        "of",
        "to",
        "was",
        "quoted",
        "as",
        "saying",
        "according",
        "China.org",
        "announcement",
        "Xi's",
        "urged",
        "who",
        "which",
        "and",
        "but",
        "not",
        "86th",
        "General",
        "Assembly",
        "1,000",
        "U.S.",
        "«",
        "»",
        "„",
        "「",
        "」",
        "asked",
        "whether",
        "if",
        "Asked",
        "As",
        "noted",
        "on",
        "Tuesday",
        "in",
        "statement",
        "我们",
        "۔",
        "é",
        "\u200f",
        "\xa0",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map(" ".join))
LANGUAGES = st.sampled_from(["en", "en-GB", "ur", "de", "zh", ""])


@example_settings(max_examples=400)
@given(TEXTS, LANGUAGES)
def test_proposals_of_any_text_are_in_it_in_order_and_not_empty(text, language):
    found = propose(text, language=language)
    assert found == propose(text, language=language)
    assert [one.spans[0] for one in found] == sorted(one.spans[0] for one in found)
    for one in found:
        check(text, one)


def check(text, one):
    """A proposal's passages hold words, follow one another and stay in their lines; its marks are where it says."""
    assert one.spans
    assert one.content
    for spans in (one.spans, one.content):
        assert all(first[1] <= second[0] for first, second in pairwise(spans))
        for start, end in spans:
            assert 0 <= start < end <= len(text)
            assert "\n" not in text[start:end]
            assert any(char.isalnum() for char in text[start:end])
            assert text[start:end] == text[start:end].strip(" ,")
    if one.speaker:
        assert text[slice(*one.speaker)] == one.printed != ""
    if one.event_span:
        assert text[slice(*one.event_span)] == one.event
    for relay in one.chain:
        assert (relay.span is None) == (relay.name == "")
        assert relay.span is None or text[slice(*relay.span)] == relay.printed
    assert 0 < one.confidence < 1


@pytest.mark.parametrize("name", hostile.TEXTS)
def test_hostile_text_is_read_to_its_end(name):
    text = hostile.TEXTS[name][:60_000]
    for one in propose(text):
        check(text, one)
