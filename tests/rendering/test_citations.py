"""Pandoc's citation syntax: what is a citation, what is not, and how notes are numbered."""

import re

import pytest

from briefings.rendering import Cited, Labels, citation_places, cited_keys, render
from briefings.rendering.citations import Mention, parse_citation

KEYS = {key: Cited() for key in ("a", "b", "iqbal-2017", "Xi_2017")}


def places(body):
    return [(place.key, place.number, place.paragraph) for place in render(body, KEYS).citations]


def problems(body):
    return [(problem.code, problem.line) for problem in render(body, KEYS).problems]


@pytest.mark.parametrize(
    ("inside", "mentions"),
    [
        ("@a", [Mention("a")]),
        ("@iqbal-2017", [Mention("iqbal-2017")]),
        (" @a ", [Mention("a")]),
        ("@a; @b", [Mention("a"), Mention("b")]),
        ("@a;@b", [Mention("a"), Mention("b")]),
        ("see @a", [Mention("a", "see")]),
        ("@a, para. 3", [Mention("a", "", "para. 3")]),
        ("@a para. 3", [Mention("a", "", "para. 3")]),
        ("see\nalso @a,\nparas 3, 4; but @b", [Mention("a", "see also", "paras 3, 4"), Mention("b", "but")]),
        ("@Xi_2017", [Mention("Xi_2017")]),
        ("@a, @b", None),
        ("@a @b", None),
        ("@a;", None),
        ("; @a", None),
        ("@", None),
        ("@ a", None),
        ("see@a", None),
        ("@a!", None),
    ],
)
def test_citation_syntax(inside, mentions):
    assert parse_citation(inside) == mentions


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("A.[@a]", [("a", 1, 1)]),
        ("A.[@b] B.[@a; @b]\n\nC.[@a]", [("b", 1, 1), ("a", 2, 1), ("b", 1, 1), ("a", 2, 2)]),
        ("A.[@a][@b]", [("a", 1, 1), ("b", 2, 1)]),
        ("*A.[@a]* **b [@b]**", [("a", 1, 1), ("b", 2, 1)]),
        (
            "# A [@a]\n\n- B [@b]\n\n> C [@a]\n\n::: analysis\nD [@b]\n:::",
            [("a", 1, 1), ("b", 2, 2), ("a", 1, 3), ("b", 2, 4)],
        ),
        ("A [@a](so to speak)", [("a", 1, 1)]),
        ("A [@a]: b", [("a", 1, 1)]),
        ("![@a] b", [("a", 1, 1)]),
        ("[b @a]", [("a", 1, 1)]),
    ],
)
def test_notes_are_numbered_by_first_use_and_reused(body, found):
    assert places(body) == found
    assert [(place.key, place.number, place.paragraph) for place in citation_places(body, KEYS)] == found
    assert [key for key, _line in cited_keys(body)] == [key for key, _number, _paragraph in found]


@pytest.mark.parametrize(
    "body",
    [
        "\\[@a]",
        "[\\@a]",
        "`[@a]`",
        "[`@a`]",
        "    [@a]",
        "```\n[@a]\n```",
        "[write to desk@example.org]",
        "[@a](https://example.org/a)",
        "[@a](/statements/a/)",
        "[a](https://example.org/@a-b)",
        "<https://example.org/@a-b>",
        "Call @interpol or a@b-c.org",
        "[a] and [b][c]",
    ],
)
def test_what_is_no_citation_stays_what_it_is(body):
    assert places(body) == [] == cited_keys(body)
    assert problems(body) == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("A\n[@a, @b].", [("bad-citation-syntax", 2)]),
        ("A [@a", [("bad-citation-syntax", 1)]),
        ("A [@a\n\nB ]", [("bad-citation-syntax", 1)]),
        ("A @iqbal-2017", [("bad-citation-syntax", 1)]),
        ("A [see [this](https://x.org) @iqbal-2017]", [("bad-citation-syntax", 1)]),
        ("A [@]", [("bad-citation-syntax", 1)]),
        ("A\n\n[@a]: https://example.org", [("bad-citation-syntax", 3)]),
        ("A\n\n[b [@a]](https://example.org)", [("bad-link", 3)]),
        ("A\n\n\nB\nc [see @a,\npara. 3; @nobody]", [("unknown-citation", 5)]),
        ("A[@b] c\n[@b;\n@b] d\n[@nobody]", [("unknown-citation", 4)]),
        ("* A\n  b [@nobody]", [("unknown-citation", 2)]),
        ("- A\n\n  b [@nobody]", [("unknown-citation", 3)]),
        ("A\\\nb  \nc [@nobody]", [("unknown-citation", 3)]),
    ],
)
def test_problems_have_the_line_on_which_the_citation_stands(body, found):
    assert problems(body) == found


def test_an_unknown_key_has_no_number_and_is_shown_as_written():
    rendered = render("A.[@nobody; @a] B.[@b]", KEYS)
    assert [(place.key, place.number) for place in rendered.citations] == [("a", 1), ("b", 2)]
    assert "[@nobody]" in rendered.blocks[0].html
    assert cited_keys("A.[@nobody; @a]") == [("nobody", 1), ("a", 1)]


def test_every_use_has_an_anchor_of_its_own_that_points_at_its_note():
    rendered = render("A.[@a] B.[@b] C.[@a]\n\nD.[@a]", KEYS)
    assert [place.anchor for place in rendered.citations] == ["c1", "c2", "c1-2", "c1-3"]
    marks = re.findall(
        r'<a class="cite" href="#(\w+)" id="([\w-]+)" role="doc-noteref" aria-label="Note (\d)">(\d)</a>',
        "".join(block.html for block in rendered.blocks),
    )
    assert marks == [("n1", "c1", "1", "1"), ("n2", "c2", "2", "2"), ("n1", "c1-2", "1", "1"), ("n1", "c1-3", "1", "1")]


def test_prefix_and_locator_are_said_by_the_mark():
    rendered = render('A.[see "this" @a, para. 3]', KEYS)
    assert (rendered.citations[0].prefix, rendered.citations[0].locator) == ('see "this"', "para. 3")
    label, title = re.search(r'aria-label="([^"]*)" title="([^"]*)"', rendered.blocks[0].html).groups()
    assert (label, title) == ("Note 1: see &quot;this&quot;, para. 3", "see &quot;this&quot;, para. 3")


def test_what_is_said_to_a_screen_reader_is_in_the_language_of_the_page():
    labels = Labels(note="Anmerkung {number}", analysis="Deutung & mehr")
    html = "".join(block.html for block in render("A.[@a, S. 3]\n\n::: analysis\nB.\n:::", KEYS, labels=labels).blocks)
    assert 'aria-label="Anmerkung 1: S. 3"' in html
    assert '<section class="analysis" aria-label="Deutung &amp; mehr">' in html


def test_a_block_knows_the_notes_first_used_in_it():
    rendered = render("A.[@a; @b]\n\nB.[@b] C.[@iqbal-2017]\n\nD.[@a]", KEYS)
    assert [block.notes for block in rendered.blocks] == [(1, 2), (3,), ()]


@pytest.mark.parametrize("body", ["A [@a].", "A\n[@a].", "A  \n[@a]."])
def test_a_mark_sits_tight_behind_its_word(body):
    assert re.search(r"<p>A<a [^>]*>1</a>\.</p>", render(body, KEYS).blocks[0].html)


def test_neighbouring_marks_are_kept_apart():
    for body in ("A.[@a; @b]", "A.[@a][@b]"):
        assert re.sub("<[^>]+>", "", render(body, KEYS).blocks[0].html) == "A.1, 2\n"
