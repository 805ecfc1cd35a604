"""Footnotes: the author's own remarks, apart from citations, with what does not fit together told by line."""

import re
import time

import pytest

from briefings.rendering import Cited, citation_places, cited_keys, picture_keys, render

NOTES = {"a": Cited(("The hall was full.",)), "b": Cited(("Nobody came.",)), "c": Cited(("It rained.",))}


def problems(body):
    return [(problem.code, problem.line, problem.about) for problem in render(body, NOTES).problems]


def test_a_footnote_becomes_a_mark_and_a_remark_apart_from_the_body():
    rendered = render("Word[^x] more.\n\n[^x]: A *remark*.\n\n    Its second paragraph.\n\nThe end.", NOTES)
    assert [block.html for block in rendered.blocks] == [
        '<p>Word<a class="remark" href="#r-a" id="m-a" role="doc-noteref" aria-label="Remark a">a</a> more.</p>\n',
        "<p>The end.</p>\n",
    ]
    (remark,) = rendered.remarks
    assert remark.html == "<p>A <em>remark</em>.</p>\n<p>Its second paragraph.</p>\n"
    assert (remark.letter, remark.anchors, remark.number) == ("a", ("m-a",), 3)
    assert not rendered.problems


def test_a_footnote_in_the_line_is_one_too_and_order_is_that_of_the_marks():
    rendered = render("A[^z]\nb^[in *line* [@a]] c[^y] d[^z].\n\n[^y]: Y.\n[^z]: Z.", NOTES)
    assert [(one.letter, one.anchors) for one in rendered.remarks] == [
        ("a", ("m-a", "m-a-2")),
        ("b", ("m-b",)),
        ("c", ("m-c",)),
    ]
    assert re.sub("<[^>]+>", "", rendered.remarks[1].html) == "in line1\n"
    assert not rendered.problems


def test_citations_in_remarks_are_numbered_after_those_of_the_body():
    body = "One.[^x][@b]\n\n[^x]: Said.[@a]\n\nTwo.[@c]\n\nThree.[@a]"
    rendered = render(body, NOTES)
    assert [(place.key, place.number, place.order, place.paragraph, place.line) for place in rendered.citations] == [
        ("b", 1, 1, 1, 1),
        ("c", 2, 2, 2, 5),
        ("a", 3, 3, 3, 7),
        ("a", 3, 4, 4, 3),
    ]
    assert rendered.remarks[0].notes == ()
    assert citation_places(body, NOTES) == rendered.citations
    assert [key for key, _line in cited_keys(body)] == [place.key for place in rendered.citations]
    first = render("One.[^x]\n\n[^x]: Said.[@a]", NOTES)
    assert (first.blocks[0].notes, first.remarks[0].notes) == ((), (1,))


def test_what_nothing_refers_to_is_neither_shown_nor_cited():
    body = "One.[@b]\n\n[^x]: Said.[@a] ![](hall)"
    assert (cited_keys(body), picture_keys(body)) == ([("b", 1)], [])
    assert not render(body, NOTES).remarks
    assert [place.key for place in citation_places(body, NOTES)] == ["b"]


def test_marks_side_by_side_have_a_comma_and_stand_close_to_their_word():
    html = render("Word [@a] [^x][^x].\n\n[^x]: X.", NOTES).blocks[0].html
    assert re.sub("<[^>]+>", "", html) == "Word1, a, a.\n"
    html = render("Word[^x][@a].\n\n[^x]: X.", NOTES).blocks[0].html
    assert re.sub("<[^>]+>", "", html) == "Worda, 1.\n"


def test_a_quotation_in_a_remark_must_stand_in_what_the_remark_cites():
    body = "They said “Nobody came.”[@b][^x]\n\n[^x]: Others said “The hall was full.” {}"
    assert problems(body.format("")) == [("quotation-not-in-cited-passage", 3, "The hall was full.")]
    cited = render(body.format("[@a]"), NOTES)
    assert not cited.problems
    assert '<span class="verbatim">The hall was full.</span>' in cited.remarks[0].html
    assert ("quotation-not-in-cited-passage", 1, "Nobody came.") in problems(
        "They said “Nobody came.”[^x]\n\n[^x]: So.[@b]"
    )


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("A.\n\nB\nc[^x].", ("footnote-undefined", 4, "[^x]")),
        ("A.\n\n[^x]: B.", ("footnote-unused", 3, "[^x]")),
        ("A[^x].\n\n[^x]: B.\n\n[^x]: C.", ("footnote-twice", 5, "[^x]")),
        ("A[^x].\n\n[^x]:\n\nB.", ("footnote-empty", 3, "[^x]")),
        ("A\nb^[].", ("footnote-empty", 2, "^[]")),
        ("A[^x].\n\n[^x]: B\n    c[^y].\n\n[^y]: D.", ("footnote-in-footnote", 4, "[^y]")),
        ("A\nb^[c\nd^[e]].", ("footnote-in-footnote", 3, "^[e]")),
        ("A[^x].\n\n[^x]: B ^[c].", ("footnote-in-footnote", 3, "^[c]")),
        ("A\nb ^[c\n<b>].", ("raw-html", 3, "<b>")),
        ("A[^x].\n\n[^x]: [b](javascript:alert)", ("link-not-allowed", 3, "javascript:alert")),
        ("A[^x].\n\n[^x]: B.[@nobody]", ("unknown-citation", 3, "nobody")),
        ("> A[^x].\n>\n> [^x]: B.", ("footnote-undefined", 1, "[^x]")),
        ("> — A[^x].\n[^x]: B.", None),
        ("- A[^x].\n[^x]: B.", None),
        ("A[^x].\n\n[^x]: B.", None),
        ("`[^x]` and \\[^x] and [^x y] and 2^[", None),
    ],
)
def test_what_does_not_fit_together_is_said_with_its_line(body, problem):
    found = problems(body)
    assert problem in found if problem else not found


def test_what_is_no_footnote_stays_as_it_is_written():
    body = "A[^x] b^[c^[d]]."
    rendered = render(body, NOTES)
    assert ">A[^x] b<a" in rendered.blocks[0].html
    assert rendered.remarks[0].html == "<p>c^[d]</p>\n"


def test_letters_go_on_after_z():
    body = " ".join(f"a^[r{number}]" for number in range(60))
    letters = [remark.letter for remark in render(body, NOTES).remarks]
    assert (letters[0], letters[25], letters[26], letters[52]) == ("a", "z", "aa", "ba")


def test_a_name_for_the_mark_is_given_in_the_words_of_the_page_and_no_label_gets_out():
    html = render('A[^"><b>].\n\n[^"><b>]: B.', NOTES).blocks[0].html
    assert "<b>" not in html and 'aria-label="Remark a"' in html


@pytest.mark.parametrize(
    "piece",
    ["^[", "[^", "[^a", "^[]", "[^a]: ", "[^a]: b\n\n", "a^[b] ", "^[^[", "[^x]", "^[`", "\\^[", "> [^a]: ^[b]\n"],
)
def test_hostile_footnotes_take_no_longer_than_their_length(piece):
    body = piece * (20_000 // len(piece))
    start = time.process_time()
    render(body, NOTES)
    assert time.process_time() - start < 2
