"""Quoted words that are no quotation: titles, terms and our translations, each with a reason."""

import pytest

from briefings.rendering import Cited, marked_words, render

WORDS = "The growing challenge requires a collaborative approach"
NOTES = {"a": Cited((WORDS,)), "ur": Cited(("بڑھتا ہوا چیلنج",), ("The growing challenge is “shared” by all",))}


def problems(body):
    return [(problem.code, problem.line) for problem in render(body, NOTES).problems]


@pytest.mark.parametrize(
    "body",
    [
        '[“War and Peace”]{.title reason="A novel"} was read.[@a]',
        '[“soft power”]{.term reason="A word of ours"}',
        "[‘soft power’]{.term reason=“A word of ours”}",
        '[“soft *power*”]{reason="A word of ours" .term}',
        'He said [“The growing challenge”]{.translation reason="From the Urdu"}.[@ur]',
        'He said [“The growing challenge is ‘shared’ by all.”]{.translation reason="From the Urdu"}[@ur]',
        "[words]{} and [more]{x} and `[“x”]{.term}`",
    ],
)
def test_marked_words_with_a_reason_are_no_problem(body):
    assert problems(body) == []


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        ("A.[@a]\n\n[“soft power”]{.term}", "marked-without-reason", 3),
        ('[“soft power”]{.term reason=" "}', "marked-without-reason", 1),
        ('A\n[“soft power”]{.quote reason="x"}', "bad-marked-words", 2),
        ('[“soft power”]{.term reason="x" onclick="y"}', "bad-marked-words", 1),
        (f'[“{WORDS} of ours”]{{.term reason="x"}}', "marked-too-long", 1),
        ('[“Another challenge”]{.translation reason="From the Urdu"}[@ur]', "translation-not-recorded", 1),
        ('[“The growing challenge”]{.translation reason="x"}[@a]', "translation-not-recorded", 1),
        ('[“The growing challenge”]{.translation reason="x"}\n\nB.[@ur]', "translation-not-recorded", 1),
        ('“a [made]{.term reason="x"} up”', "quotation-not-in-cited-passage", 1),
        ('[“soft\npower”]{.term\nreason="x"}\nand “made up”', "quotation-not-in-cited-passage", 4),
    ],
)
def test_marks_hide_nothing(body, code, line):
    assert (code, line) in problems(body)


def test_our_translation_is_labelled_and_never_highlighted():
    html = render('[“The growing challenge”]{.translation reason="From <Urdu>"}[@ur; @a]', NOTES).blocks[0].html
    assert "verbatim" not in html and "(our translation)" in html
    assert 'title="From &lt;Urdu&gt;"' in html


def test_marked_words_are_listed_with_their_reasons():
    (one,) = marked_words('A\n\n[“soft power”]{.term reason="Ours"} and [“bad”]{.nothing}')
    assert (one.kind, one.words, one.reason, one.line) == ("term", "“soft power”", "Ours", 3)


@pytest.mark.parametrize("piece", ["[", "[a]{", "[“a”]{.term ", "]{.", "[a [b] ", '[“a”]{.term reason="x"}'])
def test_hostile_marks_are_read_all_the_same(piece):
    render(piece * 2000, NOTES)
