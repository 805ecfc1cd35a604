"""Who published what and when, as pages say it about themselves."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.articles import Proposed, describe, read_html

PAGES = Path(__file__).parent / "pages"
ADDRESS = "https://www.harbour.example/news/1834/late-returns"
FIELDS = ["title", "authors", "publisher", "published", "language", "address"]
LONGEST = {"title": 500, "authors": 500, "published": 30, "language": 12, "address": 2000}


def page(name):
    return (PAGES / f"{name}.html").read_bytes()


def described(markup, **options):
    metadata = describe(markup, **options)
    return {field: getattr(metadata, field) and getattr(metadata, field).value for field in FIELDS}


def json_page(**article):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle"} | article)}</script><p>x'


def test_a_news_page_is_described_by_its_json_ld_first():
    metadata = describe(page("news_json_ld"), address=ADDRESS + "?utm_source=x")
    assert metadata.title == Proposed("Harbour board counts nine late returns & one early", "JSON-LD")
    assert metadata.authors == Proposed("Mara Quist, Tomas Ek", "JSON-LD")
    assert metadata.publisher == Proposed("The Harbour Daily", "JSON-LD")
    assert metadata.published == Proposed("2019-03-04", "JSON-LD")
    assert metadata.language == Proposed("en-GB", "JSON-LD")
    assert metadata.address == Proposed(ADDRESS, "link rel=canonical")
    assert Proposed("Nine late returns", "Open Graph") in metadata.alternatives["title"]
    assert Proposed("Harbour Daily Online", "Open Graph") in metadata.alternatives["publisher"]
    assert metadata.alternatives["authors"] == (
        Proposed("Mara Quist and Tomas Ek", "byline"),
        Proposed("Mara Quist", "byline"),
    )
    assert metadata.alternatives["published"] == ()


def test_an_amp_page_with_careless_json_names_its_original():
    metadata = describe(page("amp"), address="https://amp.harbour.example/news/1834/late-returns")
    assert metadata.address == Proposed(ADDRESS, "link rel=canonical")
    assert metadata.title == Proposed("Late returns", "JSON-LD")
    assert metadata.published == Proposed("2019-03", "JSON-LD")


def test_a_live_blog_is_not_one_of_its_entries():
    found = described(page("live_blog"))
    assert found["title"] == "Storm over the harbour: as it happened"
    assert found["published"] == "2020-02-09"
    assert found["authors"] is None  # its author is its publisher


def test_a_page_without_json_is_described_by_its_marks():
    metadata = describe(page("urdu"))
    assert metadata.title == Proposed("بندرگاہ میں نو کشتیاں", "heading")
    assert metadata.published == Proposed("2019-03-04", "byline")
    assert metadata.language == Proposed("ur", "html lang")
    assert metadata.alternatives["language"] == (Proposed("en-US", "Open Graph"),)
    assert metadata.publisher == Proposed("روزنامہ بندرگاہ", "Open Graph")


def test_citation_tags_come_before_what_the_page_shows():
    metadata = describe(page("paywall"))
    assert metadata.title == Proposed("Who pays for the pier?", "citation tags")
    assert metadata.authors == Proposed("Mara Quist, Tomas Ek", "citation tags")
    assert metadata.published == Proposed("2018-11", "citation tags")
    assert Proposed("2018-11-05", "Dublin Core") in metadata.alternatives["published"]
    assert metadata.publisher == Proposed("The Harbour Review", "citation tags")
    assert metadata.language == Proposed("en", "Dublin Core")


def test_what_a_page_does_not_say_is_not_guessed():
    found = described(page("bare"), address="https://a.example/1", text=read_html(page("bare")).text)
    assert found["title"] == "A page without metadata"
    assert found["published"] is None
    assert found["language"] is None
    assert found["address"] == "https://a.example/1"


def test_a_hostile_page_is_described_with_what_makes_sense():
    metadata = describe(page("hostile"), address=ADDRESS)
    assert metadata.title == Proposed("Bold title in two lines", "Open Graph")
    assert metadata.address == Proposed(ADDRESS, "address")
    assert metadata.alternatives["address"] == (Proposed("https://elsewhere.example/other", "link rel=canonical"),)
    assert [metadata.authors, metadata.publisher, metadata.published, metadata.language] == [None] * 4


@pytest.mark.parametrize(
    ("canonical", "proposed"),
    [
        ("/news/1834/late-returns", ADDRESS),
        ("//harbour.example/news/2", "https://harbour.example/news/2"),
        ("https://m.harbour.example/news/2?utm_source=x#y", "https://www.harbour.example/news/2"),
        ("https://elsewhere.example/news/2", ADDRESS),
        ("https://www.harbour.example/", ADDRESS),
        ("http://127.1/", ADDRESS),
        ("https://[", ADDRESS),
        ("", ADDRESS),
    ],
)
def test_only_the_own_site_may_say_where_the_original_is(canonical, proposed):
    assert described(f'<link rel="canonical" href="{canonical}"><p>x', address=ADDRESS)["address"] == proposed


@pytest.mark.parametrize(
    ("author", "authors"),
    [
        ("Mara Quist", "Mara Quist"),
        ({"name": "Mara Quist"}, "Mara Quist"),
        ({"@type": "Person", "name": ["Mara Quist", "Tomas Ek"]}, "Mara Quist, Tomas Ek"),
        ([{"name": "Mara Quist"}, "Tomas Ek", None, 7, []], "Mara Quist, Tomas Ek"),
        ([{"name": "Mara Quist"}, {"name": "Mara Quist"}], "Mara Quist"),
        ("By Mara Quist", "Mara Quist"),
        ("<a href='/m'>Mara Quist</a>", "Mara Quist"),
        ("https://social.example/mara", None),
        (["https://social.example/mara", "Tomas Ek"], "Tomas Ek"),
        ("THE DAILY", None),
        ({}, None),
        (12, None),
    ],
)
def test_authors_are_names_in_any_form(author, authors):
    assert described(json_page(author=author, publisher={"name": "The Daily"}))["authors"] == authors


def test_of_several_articles_the_one_of_this_address_is_described():
    articles = [
        {"@type": "NewsArticle", "headline": "Read also", "url": "https://www.harbour.example/news/1"},
        {"@type": "NewsArticle", "headline": "This one", "mainEntityOfPage": "http://www.harbour.example/news/1834/late-returns/"},
        {"@type": "WebPage", "headline": "The page"},
    ]  # fmt: skip
    markup = f'<script type="application/ld+json">{json.dumps(articles)}</script><p>x'
    assert described(markup, address=ADDRESS)["title"] == "This one"
    assert described(markup)["title"] == "Read also"


@pytest.mark.parametrize(
    "script",
    [
        '<!-- {"@type": "Article", "headline": "Found"} -->',
        '//<![CDATA[\n{"@type": "Article", "headline": "Found"}\n//]]>',
        '/*<![CDATA[*/{"@type": "Article", "headline": "Found"}/*]]>*/',
        '{"@type": "Article", "headline": "Found",};',
        '{"@type": "http://schema.org/Article", "headline": "Found\n"}',
        '{"@type": ["Thing", "NewsArticle"], "headline": ["Found"]}',
        '[{"@graph": [{"@type": "WebPage", "mainEntity": {"@type": "article", "name": "Found"}}]}]',
    ],
)
def test_careless_json_ld_is_read(script):
    assert described(f'<script type="Application/LD+JSON; charset=utf-8">{script}</script><p>x')["title"] == "Found"


@pytest.mark.parametrize(
    "script",
    ["", "{", "null", "[" * 100_000, '{"@graph":' * 100_000, "9" * 10_000, '{"@type": "Article", "headline": NaN}',
     '{"@type": "Article", "author": ' + "[" * 500 + '"x"' + "]" * 500 + "}", "[" + "{}," * 100_000 + "{}]"],
)  # fmt: skip
def test_hostile_json_ld_is_passed_over(script):
    assert described(f"<title>Shown</title><script type=application/ld+json>{script}</script><p>x")["title"] == "Shown"


def test_values_are_as_long_as_their_fields():
    markup = json_page(
        headline="word " * 2000,
        author=["A" * 10_000, *(f"Name {number}" for number in range(500))],
        publisher="p" * 10_000,
        inLanguage="en-" + "x" * 1000,
        url="https://a.example/" + "a" * 10_000,
    )
    found = described(markup)
    for field, longest in LONGEST.items():
        assert not found[field] or len(found[field]) <= longest
    assert found["title"].endswith("word…")
    assert found["language"] is None and found["address"] is None


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en_US", "en-US"), ("EN", "en"), ("zh-hant-tw", "zh-Hant-TW"), ("ur", "ur"), ("English", None), ("x", None)],
)  # fmt: skip
def test_language_tags_are_written_as_is_usual(tag, language):
    assert described(f'<html lang="{tag}"><p>x')["language"] == language


@pytest.mark.parametrize("content", [b"", b"\0", b"<", "\ud800", b"<div>" * 10_000, b"\xff\xfe<", "<p>" * 100_000])
def test_no_page_is_too_strange(content):
    assert describe(content, address="https://a.example/1").alternatives.keys() == set(FIELDS)


KEYS = st.sampled_from(
    ["@type", "@id", "@graph", "headline", "author", "publisher", "datePublished", "inLanguage", "url", "mainEntity"]
)
INNER = st.sampled_from(["name", "@id", "@type", "@value", "url"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["NewsArticle", "2019-03", "#a"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(INNER, inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(KEYS, VALUES, max_size=8))
def test_whatever_json_says_the_proposals_fit_their_fields(article):
    metadata = describe(json_page(**article), address="https://a.example/1")
    for field in FIELDS:
        for proposed in filter(None, [getattr(metadata, field), *metadata.alternatives[field]]):
            assert proposed.value == proposed.value.strip() != ""
            assert not re.search(r"[\x00-\x1f]", proposed.value)
            assert len(proposed.value) <= LONGEST.get(field, 200)
