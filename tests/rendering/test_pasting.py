"""What word processors copy becomes Markdown that says the same, and never HTML."""

import re
import time

import pytest

from briefings.rendering import render
from briefings.rendering.pasting import LONGEST, TooLong, markdown_of

WORD_MARK = (
    '<a style=\'mso-footnote-id:ftn{n}\' href="#_ftn{n}" name="_ftnref{n}" title=""><span '
    "class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]>"
    "<span class=MsoFootnoteReference>[{n}]</span><![endif]></span></span></a>"
)
WORD_NOTE = (
    "<div style='mso-element:footnote' id=ftn{n}><p class=MsoFootnoteText><a style='mso-footnote-id:ftn{n}' "
    'href="#_ftnref{n}" name="_ftn{n}" title=""><span class=MsoFootnoteReference><span>[{n}]</span></span></a> '
    "{words}</p></div>"
)
WORD_ITEM = (
    "<p class=MsoListParagraph style='text-indent:-.25in;mso-list:l0 level{level} lfo1'><![if !supportLists]><span "
    "style='font-family:Symbol'><span style='mso-list:Ignore'>{mark}<span>&nbsp;&nbsp;</span></span></span><![endif]>"
    "{words}</p>"
)


def pasted(html, **options):
    return markdown_of(html, **options).markdown


def shown(markdown):
    return "".join(block.html for block in render(markdown, {}).blocks)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<h1>One</h1><h2>Two</h2><p>Text</p>", "## One\n\n### Two\n\nText"),
        ("<p class=MsoTitle>Title</p><p class=MsoNormal>A<o:p></o:p></p><p><o:p>&nbsp;</o:p></p>", "## Title\n\nA"),
        ("<p>a <b>b</b> <i>c</i> <b><i>d</i></b> <u>e</u></p>", "a **b** *c* ***d*** e"),
        ("<p>a<b> b </b>c</p>", "a **b** c"),
        ("<p>a\n  b&nbsp;c</p>", "a b\xa0c"),
        ("<p><span style='font-weight:700'>a</span> <b style='font-weight:normal'>b</b></p>", "**a** b"),
        ("<p>one<br>two</p>", "one\\\ntwo"),
        ('<p><a href="https://example.org/a_b">a <i>b</i></a></p>', "[a](https://example.org/a_b) [*b*](https://example.org/a_b)"),
        ('<p><a href="https://www.google.com/url?q=https://example.org/%3Fa&amp;sa=D">a</a></p>', "[a](https://example.org/?a)"),
        ("<blockquote><p>a</p><p>b</p></blockquote><p>c</p>", "> a\n>\n> b\n\nc"),
        ("<p class=MsoQuote>a</p><p class=MsoQuote>b</p>", "> a\n>\n> b"),
        ("<ul><li>a<li><p>b</p><ol start=3><li>c</ol></ul>", "- a\n- b\n  3. c"),
        ("<ul><li><p>a</p></li><ul><li><p>b</p></li></ul><li><p>c</p></li></ul>", "- a\n  - b\n- c"),
        ("<p>He said “it’s \"so\"” — ‘yes’</p>", "He said “it’s \"so\"” — ‘yes’"),
        ("plain words", "plain words"),
        ("", ""),
        ("<p> &nbsp; </p>", ""),
    ],
)  # fmt: skip
def test_what_a_body_can_say_is_kept(html, markdown):
    assert pasted(html) == markdown


def test_lists_of_word_are_lists():
    items = [(1, "·", "a"), (2, "o", "b"), (2, "o", "c"), (1, "·", "d")]
    html = "".join(WORD_ITEM.format(level=level, mark=mark, words=words) for level, mark, words in items)
    assert pasted(html + "<p>end</p>") == "- a\n  - b\n  - c\n- d\n\nend"
    numbered = "".join(WORD_ITEM.format(level=1, mark=f"{number}.", words="x") for number in (4, 5))
    assert pasted(numbered) == "4. x\n5. x"


def test_footnotes_of_word_are_footnotes():
    body = f"<p>a{WORD_MARK.format(n=2)} b{WORD_MARK.format(n=1)}</p>"
    notes = [WORD_NOTE.format(n=n, words=words) for n, words in ((1, "<i>One</i>."), (2, "Two."))]
    html = f"{body}<div style='mso-element:footnote-list'><br clear=all><hr>{''.join(notes)}</div>"
    assert pasted(html) == "a[^1] b[^2]\n\n[^1]: Two.\n\n[^2]: *One*."
    assert pasted(html, taken={"1", "3"}) == "a[^2] b[^4]\n\n[^2]: Two.\n\n[^4]: *One*."


def test_footnotes_and_endnotes_of_libreoffice_are_footnotes():
    html = """<p>a<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>
    b<a class="sdendnoteanc" name="sdendnote1anc" href="#sdendnote1sym"><sup>i</sup></a></p>
    <div id="sdfootnote1"><p><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>Foot</p>
    <p>more</p></div>
    <div id="sdendnote1"><p><a class="sdendnotesym" name="sdendnote1sym" href="#sdendnote1anc">i</a>End</p></div>"""
    assert pasted(html) == "a[^1] b[^2]\n\n[^1]: Foot\n\n    more\n\n[^2]: End"


def test_footnotes_of_google_docs_are_footnotes_and_its_wrapper_is_not_bold():
    html = """<b style="font-weight:normal;" id="docs-internal-guid-1"><p><span style="font-weight:400">a</span><sup>
    <a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p></b><hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a>
    <span>&nbsp;Words</span></p></div>"""
    assert pasted(html) == "a [^1]\n\n[^1]: Words"


@pytest.mark.parametrize(
    ("html", "markdown", "lost"),
    [
        ("<p>a <del cite='x'>b</del><ins>c</ins></p>", "a c", ("deleted",)),
        ("<p>a<img src='file:///x.png'></p>", "a", ("pictures",)),
        ("<p>a<a class=msocomanchor href='#_msocom_1'>[A1]</a></p>", "a", ("comments",)),
        ("<p>a</p><div style='mso-element:comment-list'><p>b</p></div>", "a", ("comments",)),
        ("<table><tr><td>a</td><td><p>b</p></td></tr><tr><td>c</td></tr></table>", "a | b\n\nc", ("tables",)),
        ("<p>a <a href='file:///C:/x.doc'>b</a> <a href='javascript:alert(1)'>c</a></p>", "a b c", ("links",)),
        ("<p>a<a href='#_ftn1' name='_ftnref1'>[1]</a></p>", "a", ("footnotes",)),
        ("<p>a<a name='_Toc1'></a><a href='#_Toc1'>b</a></p>", "ab", ()),
        ("<p>a<iframe src='//x'></iframe></p>", "a", ("embedded",)),
        ("<p>a<span style='display:none'>b</span><span style='mso-hide:all'>c</span></p>", "a", ()),
        ("<head><style>p{}</style><script>x</script></head><p>a<!-- b --></p>", "a", ()),
        ("<p>a</p></body></html><p>b</p>", "a\n\nb", ()),
    ],
)
def test_the_rest_is_left_out_and_told(html, markdown, lost):
    found = markdown_of(html)
    assert (found.markdown, found.lost) == (markdown, lost)


@pytest.mark.parametrize(
    "words",
    [
        "*a* and _b_ and snake_case and `c`",
        "# no heading",
        "1. no list",
        "- no list",
        "+ no list",
        "> no quote",
        "::: analysis",
        "[a](https://x.org) and [a][b] and [name] said",
        "[a]: https://x.org",
        "![x](hall)",
        "[^1] and ^[b] and [^1]: c",
        "<script>alert(1)</script> and <b>",
        "&amp; and &lt;b&gt; and AT&T",
        "a \\* b \\ c",
        "===",
        "---",
        "~~~",
        "https://example.org/a_b_c",
        "@iqbal-2017-growing and a@b.org",
        "<https://x.org>",
    ],
)
def test_words_stay_words(words):
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    made = render(pasted(f"<p>{escaped}</p>"), {})
    assert made.blocks[0].html == f"<p>{escaped.replace('>', '&gt;')}</p>\n"
    assert not made.remarks and not made.problems


def test_a_citation_that_was_typed_stays_one():
    assert pasted("<p>So.[@iqbal-2017-growing; @b, para. 3] [see @c]</p>").endswith(
        "[@iqbal-2017-growing; @b, para. 3] [see @c]"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<p><script>alert(1)</script><svg onload=alert(1)><p>x",
        '<a href="javascript:alert(1)">x</a><a href=" https://x.org/)<script>">y</a>',
        "<p>&lt;img src=x onerror=alert(1)&gt;</p>",
        '<p><a href="https://x.org/](javascript:alert(1))">x</a></p>',
        "<pre>&lt;/pre&gt;&lt;script&gt;</pre>",
        "<h1>&lt;b&gt;<br>&lt;i&gt;</h1>",
    ],
)
def test_no_html_gets_through(html):
    made = render(pasted(html), {})
    assert "raw-html" not in {problem.code for problem in made.problems}
    html = "".join(block.html for block in made.blocks)
    assert not re.search(r'<script|<img|href="(?!https://)', html)


@pytest.mark.parametrize(
    "html",
    [
        "<b>" * 100_000 + "x",
        "<div>" * 100_000 + "x",
        "<ul><li>" * 50_000,
        "<blockquote>x" * 50_000,
        '<a href="#_ftnref1">[1]</a>' * 30_000,
        "<table><tr><td>" * 40_000,
        "<p>" + "*_`[]@^" * 100_000,
        "<p>" + "[@a" * 200_000,
        "word <b>word</b> " * 15_000,
        "\x00\ud800<p>\x01x</p>" * 1000,
        "<?xml version='1.0' encoding='utf-16'?><p>x",
    ],
)
def test_hostile_html_does_not_hang(html):
    start = time.process_time()
    markdown_of(html)
    assert time.process_time() - start < 5  # far less on a machine that does nothing else


def test_what_is_too_long_is_refused():
    with pytest.raises(TooLong):
        markdown_of("x" * (LONGEST + 1))
