"""No page, however made, holds a worker up. The figures themselves are in `tests/benchmarks/articles.py`."""

import contextlib
import gzip
import time

import pytest

from briefings.articles import (
    Unreadable,
    article_span,
    canonical_address,
    describe,
    edtf_of,
    media_type_of,
    parse_references,
    read_html,
    robots_allow,
)
from briefings.articles.decoding import unpacked

PATIENCE = 6.0  # seconds of processor time; what is not linear takes minutes

LD = "<script type=application/ld+json>"
MARKUP = {
    "canonical links": "<link rel=canonical href=/a>" * 100_000 + "a",
    "nested bylines": "<div class=byline>" * 1500 + "<i></i>" * 200_000 + "a",
    "bylines": "<p class=byline itemprop=author>" * 100_000 + "a",
    "times": "<time datetime='2017-09-26 in some words'>a</time>" * 50_000,
    "tags": "<meta name=author content=a>" * 100_000 + "a",
    "headings": "<h1>" + "a<b>" * 1500 + "a " * 1_000_000,
    "space in JSON": f"{LD}{{{' ' * 400_000}a</script>a",
    "commas in JSON": f"{LD}[{',' * 400_000}]</script>a",
    "comments in JSON": f"{LD}{'<!--' * 100_000}</script>a",
    "links in JSON": f'{LD}[{",".join(["""{"@type":"Article","url":"https://a.example/b"}"""] * 8000)}]</script>a',
    "much JSON": f'{LD}{{"@type":"Article","author":["a"]}}</script>' * 40_000 + "a",
    "comments": "<!---->" * 600_000 + "a",
    "open comments": "<!--" * 1_000_000,
    "hidden elements": "<p hidden>a" * 100_000 + "<p>a",
    "styles": "<p style=';;;; display : '>a" * 40_000,
    "deep hidden": "<div hidden>" * 2000 + "<p>a" * 100_000,
    "tables": "<table><tr><td>" * 600 + "a" * 1_000_000,
    "references": "&nbsp;&amp;&#x200c;&bogus;" * 150_000,
    "end tags": "</html " * 600_000 + "a",
    "words": "a" * 4_000_000,
    "unlike UTF-8": "é" * 2_000_000,
}


@pytest.fixture(autouse=True, scope="module")
def warm():
    describe("<p>a")  # trafilatura makes itself ready at its first page


@contextlib.contextmanager
def patient():
    started = time.process_time()
    with contextlib.suppress(Unreadable):
        yield
    assert time.process_time() - started < PATIENCE


@pytest.mark.parametrize("name", MARKUP)
def test_hostile_pages_take_no_longer_than_their_length_asks(name):
    markup = MARKUP[name]
    with patient():
        read_html(markup.encode("latin-1"))
    with patient():
        describe(markup, address="https://a.example/b")
    with patient():
        article_span("a", markup)


def may(robots):
    return robots_allow(robots, "https://a.example/" + "a" * 1900, "a")


@pytest.mark.parametrize(
    ("function", "argument"),
    [
        (media_type_of, b"<!---->" * 1000 + b"x"),
        (media_type_of, b" " * 5_000_000),
        (lambda content: unpacked(content, "gzip", 5_000_000), gzip.compress(b"") * 90),
        (edtf_of, "1 a" * 1000),
        (edtf_of, "26. september " * 1000),
        (may, "User-agent: *\nAllow: /" + "a*" * 250_000),
        (may, "User-agent: *\n" + "Allow: /\n" * 60_000),
        (may, "User-agent: a\n" * 40_000 + "Allow: /\n" * 10),
        (lambda content: parse_references(content, "a.csv"), b'"Item Type",' + b"a," * 1_000_000 + b"\na" * 1_000_000),
        (lambda content: parse_references(content, "a.json"), b"[" + b"{}," * 500_000 + b"{}]"),
        (lambda content: parse_references(content, "a.ris"), b"TY  - NEWS\n" + b"AU  - a\n" * 100_000 + b"ER  - \n"),
    ],
)  # fmt: skip
def test_hostile_values_take_no_longer_than_their_length_asks(function, argument):
    with patient():
        function(argument)


@pytest.mark.parametrize("path", ["/a-1/amp" * 240, "/.." * 600, "/%41" * 480, "?" + "amp=1&" * 320, "/amp" * 480])
def test_hostile_addresses_take_no_longer_than_their_length_asks(path):
    with patient():
        canonical_address(f"https://a.example{path}")


def test_too_many_small_parts_are_not_unpacked():
    with pytest.raises(ValueError, match="members"):
        unpacked(gzip.compress(b"") * 200, "gzip", 5_000_000)
