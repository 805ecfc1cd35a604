"""A body as words: paragraph by paragraph, without its marking-up."""

import pytest

from briefings.rendering import paragraphs_of


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("One *two*\nthree.[@a; @b] Four.", ["One two three. [a; b] Four."]),
        ("## Head\n\n- first\n- [second](/people/x/)", ["Head", "first", "second"]),
        ("::: analysis\nOurs.\n:::", ["Ours."]),
        ("![A hall](hall)", ["[A hall]"]),
        ("```\ncode here\n```", ["code here"]),
        ("> “Words” &amp; more", ["“Words” & more"]),
        ("", []),
    ],
)
def test_a_reader_sees_words(body, words):
    assert paragraphs_of(body) == words
