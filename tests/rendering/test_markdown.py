"""What Markdown becomes: blocks of safe HTML, and the problems of its syntax with their lines."""

import re

import pytest

from briefings.rendering import Picture, block_lines, render
from briefings.rendering.sanitising import ATTRIBUTES, CLASSES, TAGS, sanitise

PICTURES = {"hall": Picture("/media/hall.png", "The hall", "The hall in Beijing", "A. Painter", "CC0")}


def html(body, **kwargs):
    return "".join(block.html for block in render(body, {}, **kwargs).blocks)


def problems(body, **kwargs):
    return [(problem.code, problem.line, problem.about) for problem in render(body, {}, **kwargs).problems]


def test_each_top_level_block_is_a_block_with_its_number():
    body = "# A\n\nB *c*\nd\n\n- e\n\n- f\n\n> g\n\n---\n\n    h\n"
    rendered = render(body, {})
    assert [block.number for block in rendered.blocks] == [1, 2, 3, 4, 5, 6]
    opened = [re.match(r"<(\w+)", block.html)[1] for block in rendered.blocks]
    assert opened == ["h2", "p", "ul", "blockquote", "hr", "pre"]


@pytest.mark.parametrize(
    ("body", "levels"),
    [
        ("# A\n\n## B\n\n# C", ["h2", "h3", "h2"]),
        ("## A\n\n### B", ["h2", "h3"]),
        ("## A\n\n#### B", ["h2", "h3"]),
        ("###### A", ["h2"]),
        ("# A\n\n## B\n\n### C\n\n#### D\n\n##### E\n\n###### F", ["h2", "h3", "h4", "h5", "h6", "h6"]),
    ],
)
def test_headings_start_at_the_second_level_and_leave_none_out(body, levels):
    assert re.findall(r"<(h\d)>", html(body)) == levels


def test_an_analysis_block_is_a_section_with_a_name_of_its_own():
    rendered = render("A.\n\n::: analysis\nB.\n\nC.\n:::\n\n::: analysis\nD.\n:::\n", {})
    assert [block.analysis for block in rendered.blocks] == [False, True, True]
    names = [re.search(r'<section class="analysis" aria-label="([^"]+)">', block.html) for block in rendered.blocks[1:]]
    assert [name[1] for name in names] == ["Analysis", "Analysis 2"]
    assert rendered.blocks[1].html.count("<p>") == 2


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("A.\n\n::: analysis\nB.\n", ("analysis-not-closed", 3, "")),
        ("A.\n\n::: analysis\nB.", ("analysis-not-closed", 3, "")),
        ("A.\n\n::: note\nB.\n", ("unknown-block", 3, "::: note")),
        ("A.\n:::\n", None),
        ("A\nb <b>c</b>.", ("raw-html", 2, "<b>")),
        ("<script>alert(1)</script>", ("raw-html", 1, "<script>")),
        ("A.\n\n<!-- later -->", ("raw-html", 3, "<!--")),
        ("\\<b> and `<b>` and 1 < 2 > 0", None),
        ("    <b>", None),
        ("A\n[b](javascript:alert) c", ("link-not-allowed", 2, "javascript:alert")),
        ("<data:text/html,x>", ("link-not-allowed", 1, "data:text/html,x")),
        ("[a](//example.org/x)", ("link-not-allowed", 1, "//example.org/x")),
        ("[a](page.html)", ("link-not-allowed", 1, "page.html")),
        ("A\n\n[a](https://example.org/a b)", ("bad-link", 3, "](https://example.org/a")),
        ("![](hall)\n\n![](door)", ("unknown-illustration", 3, "door")),
        ("![](https://example.org/x.png)", ("unknown-illustration", 1, "https://example.org/x.png")),
    ],
)
def test_what_is_wrong_is_said_with_its_line(body, problem):
    found = problems(body, illustrations=PICTURES)
    assert problem in found if problem else not found


def test_problems_come_in_the_order_of_their_lines():
    body = "A <b>\n\nB [@nobody]\n\n[c](x y)\n\n“d”\n\n::: analysis\n![](door)"
    assert [line for _code, line, _about in problems(body)] == [1, 3, 5, 7, 9, 10]


def test_a_link_may_have_its_address_elsewhere():
    made = html("[[words] more][there] and [there]\n\n[there]: https://example.org")
    assert made.count('<a href="https://example.org">') == 2


@pytest.mark.parametrize(
    "address",
    ["https://example.org/a?b=c#d", "http://example.org", "mailto:desk@example.org", "/statements/x/", "#n1"],
)
def test_links_lead_to_the_web_to_mail_or_to_our_own_pages(address):
    assert f'<a href="{address}">words</a>' in html(f"[words]({address})")


@pytest.mark.parametrize(
    "body",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\nscript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](vbscript:x) [x](data:text/html;base64,PHNjcmlwdD4=) [x](file:///etc/passwd)",
        "<javascript:alert(1)>",
        "[x][y]\n\n[y]: javascript:alert(1)",
        "![x](javascript:alert(1))",
        "<img src=x onerror=alert(1)><a href='javascript:alert(1)'>x</a><iframe src='//x'></iframe>",
        "<svg/onload=alert(1)>\n\n<style>p{}</style>",
        '[x](https://x.org "\\" onclick=\\"alert(1)")',
        '[@a"><script>alert(1)</script>]',
        '![" onerror="alert(1)](hall)',
        "```<script>\nx\n```",
        "::: analysis <script>\nx\n:::",
    ],
)
def test_no_markdown_makes_html_that_runs(body):
    made = html(body, illustrations=PICTURES)
    for tag in re.findall(r"<[^>]*>", made):
        name = re.match(r"</?(\w+)", tag)[1]
        assert name in TAGS, tag
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        assert not [each for each in attributes if each.startswith(("on", "style"))], tag
        assert not re.match(r"(java|vb)script|data|file", attributes.get("href") or attributes.get("src", ""), re.I), (
            tag
        )


def test_sanitising_keeps_what_is_listed_and_nothing_else():
    assert sanitise('<p onclick="x" id="y" style="z">a<script>b</script></p>') == "<p>a</p>"
    assert (
        sanitise('<span class="verbatim evil">a</span><a href="ftp://x">b</a>')
        == '<span class="verbatim">a</span><a>b</a>'
    )
    assert "style" not in TAGS | {name for names in ATTRIBUTES.values() for name in names} and "script" not in TAGS
    assert set(CLASSES) <= TAGS


def test_a_picture_alone_is_a_figure_and_one_in_a_line_stays_there():
    assert html("![](hall)", illustrations=PICTURES) == (
        '<figure><img src="/media/hall.png" alt="The hall" loading="lazy">'
        '<figcaption>The hall in Beijing <span class="credit">A. Painter · CC0</span></figcaption></figure>\n'
    )
    assert html("See ![the *hall*](hall).", illustrations=PICTURES) == (
        '<p>See <img src="/media/hall.png" alt="the hall" loading="lazy">.</p>\n'
    )


def test_a_picture_without_words_is_reported():
    silent = {"hall": Picture("/media/hall.png", " ")}
    assert problems("A\n\n![](hall)", illustrations=silent) == [("illustration-without-alt", 3, "hall")]
    assert not problems("![The hall](hall)", illustrations=silent)


def test_tables_and_strikethrough_are_plain_text():
    made = html("| a | b |\n|---|---|\n| c | d |\n\n~~e~~")
    assert "<table" not in made and "<del" not in made and "<s>" not in made


def test_an_empty_body_has_no_blocks():
    rendered = render(" \n\n", {})
    assert (rendered.blocks, rendered.citations, rendered.problems) == ((), (), ())


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("", ()),
        (
            "\n\nOne.\ngoes on.\n\n## Two\n\n- a\n\n::: analysis\nOurs.\n\nMore.\n:::\n\n> Said.\n",
            (3, 6, 8, 10, 16),
        ),
        ("[x]: /y\n\nOne.\n\n---\n", (3, 5)),
    ],
)
def test_each_block_is_known_by_the_line_on_which_it_begins(body, lines):
    assert block_lines(body) == lines
    assert len(render(body, {}).blocks) == len(lines)
