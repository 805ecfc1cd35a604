"""The text of a page: everything a reader sees, nothing else, the same every time."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.articles import TEXT_VERSION, Unreadable, article_span, read, read_html, read_text
from briefings.quotes import blocks, find_words

PAGES = Path(__file__).parent / "pages"


INVISIBLE = "a\u00a0 b\u2003c\u200bd\u200ce\u200df\u200eg\u200fh\u00adi\ufeffj"


def text_of(markup, **options):
    return read_html(markup, **options).text


def test_a_news_page_loses_nothing_that_a_reader_sees():
    reading = read_html((PAGES / "news_json_ld.html").read_bytes())
    assert reading.text == (
        "The Harbour Daily\n\n"
        "News\nTides\n\n"
        "Harbour board counts nine late returns\nand one early\n\n"
        "By Mara Quist and Tomas\u00a0Ek\n\n"
        "4 March 2019\n\n"
        "The pier at low tide. Photo: Ida Holm\n\n"
        "The harbour board said on Monday that nine re\u00adturns had been filed late, "
        "the clerk’s “first count” this year.\n\n"
        "“We counted them twice,” the clerk said.\n\n"
        "Refunds follow.\n\n"
        "No return is ever lost.\n\n"
        "Five came by boat\nFour came by post\n\ntwo of them torn\n\n"
        "Returns by month\n\n"
        "Month\nLate\n\nJanuary\n4\n\nFebruary\n5\n\n"
        "Jan  ****\nFeb  *****\n\n"
        "Refunds follow.\n\n"
        "This stands on the page.\n\n"
        "Read also\n\nTide tables for April\n\n"
        "© 2019 The Harbour Daily"
    )
    assert (reading.version, reading.media_type) == (TEXT_VERSION, "text/html")
    assert reading.title == "Harbour board counts nine late returns – The Harbour Daily"


def test_an_amp_page_is_read_though_it_hides_its_body_at_first():
    assert text_of((PAGES / "amp.html").read_bytes()) == (
        "Late returns\n\nThe board counted nine.\n\nMore\n\nIt counted again."
    )


def test_repeated_paragraphs_of_a_live_blog_stay():
    text = text_of((PAGES / "live_blog.html").read_bytes())
    assert text.count("All aboard are well.") == 2
    assert "18:00\n\nThe ferry is back\n\nAll aboard" in text


def test_right_to_left_text_keeps_its_joiners_and_marks():
    text = text_of((PAGES / "urdu.html").read_bytes())
    assert "کلرک نے کہا: ”ہم نے اُنھیں دو بار گنا۔“" in text
    assert text.endswith("\u200fرپورٹ (PDF\u200e) می\u200cخواهم آج\u00a0ملی۔")


def test_a_paywall_gives_what_stands_before_it():
    assert text_of((PAGES / "paywall.html").read_bytes()) == (
        "Who pays for the pier?\n\nThe board met in the old customs house.\n\nSubscribe to read on\n\nMail Subscribe"
    )


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a <b> b</b> c", "a b c"),
        ("a<b>b</b>c", "abc"),
        ("<a>1</a><a>2</a>", "12"),
        ("a\n\t \r\n b\f c", "a b c"),
        ("<p> a </p> <p> b", "a\n\nb"),
        ("<p>one</p>two<p>three", "one\n\ntwo\n\nthree"),
        ("<div><div>a</div></div><div>b", "a\n\nb"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<p>a<br><br><br>b<br></p>c", "a\n\nb\n\nc"),
        ("a<br> <b>b</b>", "a\nb"),
        ("a<hr>b", "a\n\nb"),
        ("<pre>\n  a\n\n\n b \n</pre>c", "  a\n\n\n b \n\nc"),
        ("<pre>a<b>b\n</b>c</pre>", "ab\nc"),
        ("<pre>a\r\nb\rc</pre>", "a\nb\nc"),
        ("<textarea>\n a\n  b</textarea>", " a\n  b"),
        (INVISIBLE, INVISIBLE),
        ("<p>&nbsp;</p>a", "\u00a0\n\na"),
        ("a&#0;b\0c", "a\ufffdbc"),
        ("a&#147;b&#x94;c", "a“b”c"),
        ("&amp;lt; &lt; &hellip; &copy 2019 &fjlig; &zwnj;", "&lt; < … © 2019 fj \u200c"),
        ("<dl><dt>a<dd>b</dl>c", "a\nb\n\nc"),
        ("<table><tr><td><p>a<p>b<td>c<tr><td>d</table>", "a\n\nb\n\nc\n\nd"),
        ("<details><summary>More</summary>text</details>", "More\n\ntext"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢kan"),
        ("<figure><img alt='no'><figcaption>yes</figcaption></figure>", "yes"),
        ("a<svg><title>no</title><desc>no</desc><text>yes</text></svg>", "ayes"),
        ("<video>no</video><iframe>no</iframe><object>no</object>a", "a"),
        ("<p hidden>no</p><p hidden=until-found>yes", "yes"),
        ("<p style='display:none'>no</p><p style='visibility: hidden; x:y'>no</p><p style='display:block'>yes", "yes"),
        ("a<span style='display:none'>no<div>no</div></span>b", "ab"),
        ("<dialog>no</dialog><dialog open>yes</dialog>", "yes"),
        ("<body hidden>yes", "yes"),
        ("<div><template shadowrootmode=open><p>yes</template></div>", "yes"),
        ("<template><p>no<template>no</template>no</template>yes", "yes"),
        ("<head><x-flag>yes</x-flag><title>no</title></head><body>too", "yes\n\ntoo"),
        ("a<!-- no -->b<?no?>c<![CDATA[no]]>d", "abcd"),
        ("<script>'<p>no</p>'</script><style>no</style>yes", "yes"),
        ("a<wbr>b<custom-part>c</custom-part>d", "abcd"),
        ("</p></div>a</span><b>b<p>c</b>d", "ab\n\ncd"),
        ("x<body>a</body><body>b</body>c</html>d", "xabcd"),
        ("<input value=no><button>yes</button>", "yes"),
        ("<o:p>a</o:p>b", "ab"),
    ],
)  # fmt: skip
def test_each_rule_of_the_walk(markup, text):
    assert text_of(markup) == text


def test_the_blocks_of_the_text_are_those_that_the_quote_engine_sees():
    text = text_of("<p>a b</p><ul><li>c<li>d</ul>e<br>f<table><tr><td>g<td>h</table>")
    assert [text[start:end] for start, end in blocks(text)] == ["a b", "c", "d", "e", "f", "g", "h"]


def test_quotations_are_found_in_the_text_of_the_seed_article(seed):
    page = "<html><body><nav>Home</nav>" + "".join(f"<p>{paragraph}</p>\n" for paragraph in seed)
    text = text_of(page)
    assert text.split("\n\n") == ["Home", *(paragraph for paragraph in seed if paragraph)]
    assert all(len(find_words(text, paragraph)) == 1 for paragraph in seed if paragraph)


@pytest.mark.parametrize(
    ("content", "content_type", "text"),
    [
        ("<p>Zürich “9”".encode(), "", "Zürich “9”"),
        ("\ufeff<p>Zürich".encode(), "text/html; charset=iso-8859-1", "Zürich"),
        ("<p>Zürich".encode("utf-16"), "", "Zürich"),
        ("<p>Zürich".encode("utf-16-be"), "text/html; charset=utf-16be", "Zürich"),
        ("<p>“Zürich”".encode("cp1252"), "text/html; charset=ISO-8859-1", "“Zürich”"),
        ("<p>“Zürich”".encode("cp1252"), "", "“Zürich”"),
        ("<p>“Zürich”".encode("cp1252"), "text/html; charset=utf-8", "“Zürich”"),
        ("<p>Zürich".encode(), "text/html; charset=iso-8859-1", "Zürich"),
        ('<meta charset="windows-1256"><p>کہا'.encode("cp1256"), "", "کہا"),
        ('<meta http-equiv=Content-Type content="text/html; charset=windows-1251"><p>да'.encode("cp1251"), "", "да"),
        ("<p>да".encode("koi8-r"), "text/html;charset='koi8-r'", "да"),
        ('<meta charset="gb2312"><p>国际'.encode("gb18030"), "", "国际"),
        ('<meta charset="shift_jis"><p>漢字'.encode("cp932"), "", "漢字"),
        ("<p>漢字".encode("iso2022_jp"), "text/html; charset=iso-2022-jp", "漢字"),
        ('<?xml version="1.0" encoding="iso-8859-2"?><p>Łódź'.encode("iso-8859-2"), "", "Łódź"),
        ('<meta charset="utf-16"><p>Zürich'.encode(), "", "Zürich"),
        ("<p>Zürich ".encode() + b"\xff" + "Ö".encode(), "text/html; charset=utf-8", "Zürich \ufffdÖ"),
        ("<p>Zürich".encode(), "text/html; charset=rot13", "Zürich"),
        ("<p>Zürich".encode(), "text/html; charset=unicode_escape", "Zürich"),
        (b"<p>\xed\xa0\x80x", "text/html; charset=utf-8", "\ufffd\ufffd\ufffdx"),
        ("<p>a\ud800b", "", "a\ufffdb"),
    ],
)  # fmt: skip
def test_bytes_are_decoded_as_a_browser_would_but_never_into_mojibake(content, content_type, text):
    assert text_of(content, content_type=content_type) == text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"<p></p><script>x</script>", "no-text"),
        (b"<!-- x -->", "no-text"),
        (b"<frameset><frame src=a></frameset>", "no-text"),
        (b"<div>" * 5000 + b"deep", "damaged"),
        (b"x" * 20_000_001, "too-large"),
        (b"<b>a</b>" * 250_001, "too-large"),
    ],
)
def test_a_page_without_text_is_refused_with_a_reason(content, code):
    with pytest.raises(Unreadable) as caught:
        read_html(content)
    assert caught.value.code == code


def test_plain_text_is_kept_as_it_is_but_for_line_ends_and_empty_lines_around_it():
    reading = read_text(b"\xef\xbb\xbf\r\n \r\n  A  b\tc\r\n\r\nd\re\0 \n\n")
    assert reading.text == "  A  b\tc\n\nd\ne"
    assert (reading.version, reading.media_type, reading.title) == (TEXT_VERSION, "text/plain", "")


@pytest.mark.parametrize(("content", "code"), [(b"", "empty"), (b"\n \r\n", "empty"), (b"\x89PNG\0\0", "not-text")])
def test_text_without_words_is_refused_with_a_reason(content, code):
    with pytest.raises(Unreadable) as caught:
        read_text(content)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("content", "content_type", "text"),
    [
        (b"<p>a<p>b", "text/html", "a\n\nb"),
        (b"<p>a<p>b", "", "a\n\nb"),
        (b"<!-- x --><!DOCTYPE html>a", "application/octet-stream", "a"),
        (b"<p>a<p>b", "text/plain", "<p>a<p>b"),
        (b"a < b", "", "a < b"),
        ("Zürich".encode("cp1252"), "text/plain; charset=latin1", "Zürich"),
        ("<p>Zürich".encode("utf-16"), "text/html", "Zürich"),
    ],
)
def test_what_was_handed_over_is_read_by_what_it_is(content, content_type, text):
    assert read(content, content_type).text == text


@pytest.mark.parametrize(
    ("content", "content_type", "code"),
    [(b"", "text/html", "empty"), (b"GIF89a\0\0", "", "not-text"), (b"{}", "application/json", "not-text"),
     (b"%PDF-1.7 nonsense", "text/html", "damaged")],
)  # fmt: skip
def test_what_is_none_of_ours_is_refused(content, content_type, code):
    with pytest.raises(Unreadable) as caught:
        read(content, content_type)
    assert caught.value.code == code


def test_the_proposed_article_leaves_menus_and_footers_out(seed):
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in seed[1:] if paragraph)
    page = (
        f"<html><body><nav><ul><li><a href='/'>Home</a><li><a href='/w'>World</a></ul></nav><article><h1>{seed[0]}</h1>"
        f"{paragraphs}</article><footer><p>Copyright, all rights reserved by the publisher of this page</footer></body>"
    )
    text = text_of(page)
    start, end = article_span(text, page)
    assert text[start:end].startswith(seed[0])
    assert text[start:end].endswith([paragraph for paragraph in seed if paragraph][-1])


@pytest.mark.parametrize("page", ["", "<p>x", "<div>" * 3000, "\0", "<p>" + "a" * 3_000_000])
def test_no_article_is_proposed_where_none_is_found(page):
    assert article_span("Something else entirely stands here.", page) is None


PIECES = [
    *("<p>", "</p>", "<b>", "</b>", "<br>", "<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td>", "</table>", "<pre>"),
    *("</pre>", "<div hidden>", "</div>", "<script>", "</script>", "<!--", "-->", "<svg>", "</svg>", "<textarea>"),
    *("</textarea>", "<template>", "</template>", "</body>", "</html>", "<", ">", "&", "&nbsp;", "&#13;"),
    *(" ", "\n", "\r\n", "\u200c", "a", "b.", "é", "\0", "\u2028"),
]
MARKUP = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(MARKUP)
def test_whatever_the_markup_the_text_is_well_formed_and_the_same_again(markup):
    try:
        text = text_of(markup)
    except Unreadable as error:
        assert error.code in {"empty", "no-text"}
        return
    assert text == text_of(markup.encode())
    assert "\0" not in text and "\r" not in text
    assert not text.startswith("\n") and not text.endswith("\n")
    text.encode()
