"""Quoted words in a body: what must stand in a cited passage, and what gets the highlighter."""

import re
from html.parser import HTMLParser

import pytest

from briefings.rendering import Cited, render

WORDS = "The growing challenge requires a collaborative approach"
NOTES = {"a": Cited((WORDS,)), "b": Cited(("It’s the “need of the hour”", "They met. They talked")), "c": Cited()}


def problems(body, notes=NOTES):
    return [(problem.line, problem.about) for problem in render(body, notes).problems]


def highlighted(body, notes=NOTES):
    """What a reader sees highlighted, one string a block; checks on the way that the tags nest."""
    return [Highlighter().read(block.html) for block in render(body, notes).blocks]


class Highlighter(HTMLParser):
    def read(self, html):
        self.open, self.words = [], ""
        self.feed(html)
        self.close()
        assert self.open == []
        return self.words

    def handle_starttag(self, tag, attrs):
        if tag not in ("br", "hr", "img"):
            self.open.append((tag, dict(attrs).get("class")))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if ("span", "verbatim") in self.open:
            assert self.open.count(("span", "verbatim")) == 1
            self.words += data


EDITED = "The growing challenge, we know, requires a collaborative approach"


@pytest.mark.parametrize(
    "words",
    [
        "The growing challenge … requires a collaborative approach",
        "[t]he growing challenge […] requires a collaborative approach",
        "The growing challenge, [as] we know, requires a [truly] collaborative approach",
    ],
)
def test_edited_words_pass_where_their_marks_account_for_them_and_are_not_highlighted(words):
    body = f"He said: “{words}”.[@a]"
    assert problems(body, {"a": Cited((EDITED,))}) == []
    assert highlighted(body, {"a": Cited((EDITED,))}) == [""]
    assert problems(body.replace("requires", "needs"), {"a": Cited((EDITED,))}) != []


def test_parts_of_an_edited_quotation_stand_in_one_passage():
    body = "He said: “the first of them … the second of them”.[@a]"
    assert problems(body, {"a": Cited(("the first of them came, and the second of them",))}) == []
    assert problems(body, {"a": Cited(("the first of them came", "and the second of them"))}) != []


@pytest.mark.parametrize(
    "body",
    [
        f"He said: “{WORDS}”.[@a]",
        f'He said: "{WORDS}".[@a]',
        "“The growing challenge”, he said, “requires a collaborative approach”.[@a]",
        f"“{WORDS},” he said.[@a]",
        "He *said* “The *growing **challenge*** requires a [collaborative](https://example.org) approach”.[@a]",
        "“The growing challenge\nrequires a collaborative approach”.[@a]",
        "“The growing challenge [@b] requires a collaborative approach”.[@a]",
        "“the 'need of the hour'”[@b] and “They met. They talked”.[@b]",
        f"[@a] “{WORDS}”",
        f"- A\n- “{WORDS}” [@a]",
        f"# “{WORDS}” [@a]",
        f"> {WORDS}. [@a]\n>\n> — Ahsan Iqbal",
        f"> “{WORDS}”\n>\n> They met.\n> They talked. [@a; @b]",
        'A “”. It is 5" long.',
        'Say `"anything"` here.',
    ],
)
def test_words_that_stand_in_a_cited_passage_are_no_problem(body):
    assert problems(body) == []


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("“A growing challenge”.[@a]", 1, "A growing challenge"),
        ("“the growing challenge”.[@a]", 1, "the growing challenge"),
        ("“The growing challenges”.[@a]", 1, "The growing challenges"),
        (f"“{WORDS}”.", 1, WORDS),
        (f"“{WORDS}”.[@b]", 1, WORDS),
        (f"“{WORDS}”.[@c]", 1, WORDS),
        (f"“{WORDS}”.\n\nSo he said.[@a]", 1, WORDS),
        ("A\nb “made\nup”.[@a]", 2, "made up"),
        ("A [@a]\n*b* “made up".replace("b", "b  \nc"), 3, "made up"),
        ("“The growing challenge” and “made up”.[@a]", 1, "made up"),
        ("“They met.\n\nThey talked”.[@b]", 1, "They met."),
        ("# “Made up”\n\nA.[@a]", 1, "Made up"),
        ("> Made up. [@a]", 1, "Made up."),
        ("> Made up.", 1, "Made up."),
        (f"> {WORDS}, and made up. [@a]", 1, f"{WORDS}, and made up."),
        (f"> {WORDS} [@a]\n>\n> Made up.", 3, "Made up."),
        (f"::: analysis\nA.[@a]\n\nB “{WORDS}”.\n:::", 4, WORDS),
        ("“The growing” `challenge”` “made up”[@a]", 1, "made up"),
    ],
)
def test_words_that_stand_in_no_cited_passage_are_reported(body, line, words):
    assert (line, words) in problems(body)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (f"He said: “{WORDS}”.[@a]", [WORDS]),
        (f"“{WORDS},” he said.[@a]", [WORDS]),
        ("*He said “The growing* challenge” [@a]", ["The growing challenge"]),
        ("“The *growing\n**challenge*** requires `a`” [@a]", ["The growing\nchallenge requires a"]),
        ("“The [growing](https://example.org) challenge” [@a]", ["The growing challenge"]),
        ("“The growing challenge [@b] requires” [@a]", ["The growing challenge requires"]),
        ("“The growing challenge” and “made up” [@a]", ["The growing challenge"]),
        (
            "“The growing” and “collaborative approach” and “challenge” [@a]",
            ["The growingcollaborative approachchallenge"],
        ),
        ("**“The** *growing*” `“` “collaborative” [@a]", ["The growingcollaborative"]),
        (f"“{WORDS}” [@b]", [""]),
        (f"“{WORDS}”", [""]),
        ("> *The growing* challenge [@a]\n>\n> — Iqbal", ["The growing challenge"]),
        (f"{WORDS}.[@a]", [""]),
        ("> Made up [@a]", [""]),
    ],
)
def test_the_highlighter_is_only_on_words_that_stand_in_a_cited_passage(body, words):
    assert [re.sub(r"^\s+|\s+$", "", found) for found in highlighted(body)] == words


def test_quotation_marks_stay_outside_the_highlighter():
    assert (
        '“<span class="verbatim">The growing challenge</span>”'
        in render("“The growing challenge” [@a]", NOTES).blocks[0].html
    )


def test_an_interrupted_passage_is_not_quoted_as_one():
    notes = {"a": Cited(("Security", "is indivisible"))}
    assert problems("“Security is indivisible”.[@a]", notes) == [(1, "Security is indivisible")]
    assert problems("“Security”, he said, “is indivisible”.[@a]", notes) == []


def test_a_block_quote_with_a_line_break_does_not_match_across_two_passages():
    notes = {"a": Cited(("Security is", "indivisible today"))}
    assert problems("> Security is\\\n> indivisible today [@a]", notes) == [(1, "Security is\nindivisible today")]


def test_nested_marks_are_read_within_their_passage():
    notes = {"a": Cited(("‘Tis so", "the boys’ “need of the hour” it is"))}
    assert problems("“the boys’ ‘need of the hour’ it is”.[@a]", notes) == []
