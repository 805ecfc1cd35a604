"""Single quotation marks quote as double ones do; apostrophes do not."""

import pytest

from briefings.quotes import quoted_spans
from briefings.rendering import Cited, render

NOTES = {"a": Cited(("The countries’ security is the ‘need of the hour’, and the boys' house",))}


def quoted(text):
    return [text[start:end] for start, end in quoted_spans(text, single=True)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He said ‘made up’ twice", ["made up"]),
        ("He said 'made up', twice", ["made up"]),
        ("‘the countries’ security is shared’, he said", ["the countries’ security is shared"]),
        ("He said “it’s the ‘need of the hour’” and ‘more’", ["it’s the ‘need of the hour’", "more"]),
        ("‘He said “no” to me’, she wrote", ["He said “no” to me"]),
        ("»German« and ‚single‘ and ‹French›", ["German", "single", "French"]),
        ("The countries' security and the boys' house", []),
        ("It’s Xi’s. ’Tis the ’90s; rock ’n’ roll, 6' tall", []),
        ("'Tis the season of the boys' house", []),
        ("don't, can't and won't", []),
    ],
)
def test_what_single_marks_enclose(text, words):
    assert quoted(text) == words


@pytest.mark.parametrize("body", ["It is the ‘need of the hour’.[@a]", "the countries' security, the boys' house[@a]"])
def test_words_in_single_marks_that_stand_in_a_passage_pass(body):
    assert render(body, NOTES).problems == ()


def test_words_in_single_marks_that_stand_nowhere_are_reported():
    (problem,) = render("A.\n\nIt is the ‘need of the day’.[@a]", NOTES).problems
    assert (problem.line, problem.about) == (3, "need of the day")
