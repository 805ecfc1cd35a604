"""The briefing page as it is rendered: its notes and every way to and from them, what it shows and to whom."""

import re
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from briefings.models import Briefing, Status
from briefings.views.briefings import briefing_page
from tests.factories import (
    make_briefing,
    make_evidence,
    make_illustration,
    make_organization,
    make_person,
    make_published_briefing,
    make_snapshot,
    make_source,
    make_statement,
    make_topic,
)

pytestmark = pytest.mark.django_db

PUBLIC = {"status": Status.PUBLISHED}
TEXT = "A report.\n“We will share the load,” he said, the Portal reports. He left early.\n“Nobody asked,” she said.\n"
VOID = {"meta", "link", "input", "br", "img", "hr"}


class Page(HTMLParser):
    """What a page holds: elements as (tag, attributes), its ids, and whether its tags close in order."""

    def __init__(self, html):
        super().__init__()
        self.html, self.elements, self.open, self.problems = html, [], [], []
        self.feed(html)
        self.ids = [attributes["id"] for _tag, attributes in self.elements if "id" in attributes]

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(tag)

    def links(self, **wanted):
        return [
            attributes["href"]
            for tag, attributes in self.elements
            if tag in ("a", "link") and all(attributes.get(name) == value for name, value in wanted.items())
        ]

    @property
    def words(self):
        return " ".join(strip_tags(self.html).replace("\N{NO-BREAK SPACE}", " ").split())


def page_of(client, briefing):
    response = client.get(briefing.get_absolute_url())
    assert response.status_code == 200
    return Page(response.content.decode())


@pytest.fixture
def copy():
    source = make_source(
        key="report", title="The Report", publisher=make_organization(name="The Paper", **PUBLIC), published="2017-09",
        address="https://paper.example/1", **PUBLIC,
    )  # fmt: skip
    archived = "https://archive.example/1"
    return make_snapshot(TEXT, source=source, archive_address=archived)


@pytest.fixture
def quoted(copy):
    relay = make_organization(name="The Portal", **PUBLIC)
    speaker = make_person(name="The Speaker", **PUBLIC)
    return make_statement(
        "We will share the load", key="load", snapshot=copy, speaker=speaker, relays=[relay], **PUBLIC
    )  # fmt: skip


@pytest.fixture
def told(copy):
    return make_statement("He left early", key="left", kind="paraphrase", snapshot=copy, **PUBLIC)


@pytest.fixture
def shown(client, quoted, told):
    topic, author = make_topic(name="Crime", **PUBLIC), make_person(name="The Author", **PUBLIC)
    body = (
        "## How it went\n\n“We will share the load”, he said.[@load] He left.[@left]\n\nSo he said.[@load]\n\n"
        "::: analysis\nWe cannot tell why.\n:::\n"
    )
    briefing = make_published_briefing(
        body, title="What He Said", standfirst="And left.", topics=[topic], authors=[author]
    )
    return page_of(client, briefing)


def test_the_head_of_the_page_says_what_it_is_who_wrote_it_when_and_from_what(shown):
    assert "What He Said" in shown.words and "And left." in shown.words
    assert re.search(r"By The Author · Published \d+ \w+ \d{4} · Version 1", shown.words)
    assert "From 1 news report, much of it relayed from The Portal." in shown.words
    assert "1 quotation matches its text; 1 reported statement. This shows what was printed" in shown.words


def test_every_mark_leads_to_its_note_and_every_note_back_to_each_mark(shown):
    marks = {
        attributes["id"]: attributes["href"] for _tag, attributes in shown.elements if attributes.get("class") == "cite"
    }
    assert sorted(marks.values()) == ["#n1", "#n1", "#n2"]
    assert {href.lstrip("#") for href in marks.values()} <= set(shown.ids)
    backlinks = [href.lstrip("#") for href in shown.links(role="doc-backlink")]
    assert set(backlinks) == set(marks)


def test_the_page_is_well_formed_and_names_nothing_twice(shown):
    assert not shown.problems and not shown.open
    assert len(shown.ids) == len(set(shown.ids))
    for href in shown.links():
        if href.startswith("#"):
            assert href[1:] in shown.ids


def test_notes_are_named_reachable_and_told_apart(shown):
    notes = [attributes for tag, attributes in shown.elements if tag == "aside"]
    assert [note["aria-label"] for note in notes] == ["Note 1", "Note 2"]
    assert "Analysis" in [attributes.get("aria-label") for tag, attributes in shown.elements if tag == "section"]
    assert all(note["role"] == "doc-footnote" and note["tabindex"] == "-1" for note in notes)


def test_a_note_shows_words_kind_route_source_date_import_wording_and_every_link(shown, quoted, copy):
    note = re.search(r'<aside class="note" id="n1".*?</aside>', shown.html, re.DOTALL)[0]
    words = Page(note).words
    assert "“We will share the load,” he said, the Portal reports." in words
    assert "Quotation · matches The Paper’s text" in words
    assert re.search("The Speaker.*The Portal.*The Paper", words)
    assert re.search(r"“The Report”, The Paper, September 2017\. Text supplied; imported \d+ \w+ \d{4}\.", words)
    links = Page(note).links()
    assert quoted.get_absolute_url() in links
    assert f"{copy.source.get_absolute_url()}#passage-{quoted.key}-1-1" in links
    assert any(link.startswith("https://paper.example/1#:~:text=We%20will%20share") for link in links)
    assert "https://archive.example/1" in links


def test_the_highlighter_marks_quoted_words_that_stand_and_nothing_else(shown):
    marked = re.findall(r'<span class="verbatim">(.*?)</span>', shown.html)
    assert set(marked) == {"We will share the load"}


def test_the_source_list_has_hash_address_and_the_notes_that_rest_on_it(shown, copy):
    sources = re.search(r'<section class="sources".*?</section>', shown.html, re.DOTALL)[0]
    assert copy.text_sha256 in sources
    assert Page(sources).links()[-3:] == ["https://paper.example/1", "https://archive.example/1", "/sources/report/"]
    assert "Notes 1, 2." in Page(sources).words


def test_the_page_says_how_to_cite_it(shown):
    cited = (
        r"The Author: “What He Said”, Briefings, version 1, \d+ \w+ \d{4}, http://testserver/briefings/briefing-\d+/"
    )
    assert re.search(cited, shown.words)


def test_each_further_source_of_a_note_is_listed(client, quoted, copy):
    make_evidence(
        quoted, snapshot=make_snapshot("“We will share the load.”", source=make_source(title="Twin", **PUBLIC))
    )
    page = page_of(client, make_published_briefing("He said so.[@load]"))
    note = Page(re.search(r"<aside.*?</aside>", page.html, re.DOTALL)[0])
    assert "Also in: “Twin”, undated." in note.words
    assert "source 2" in page.words


def test_where_no_address_is_known_the_reader_relies_on_our_copy(client):
    page = page_of(client, make_published_briefing())
    assert "The original has no address: you rely on our copy." in page.words
    assert "Read it in the original" not in page.words


def test_a_retracted_statement_leaves_its_number_and_its_reason(client, quoted, told):
    briefing = make_published_briefing("He said so.[@load] He left.[@left]")
    quoted.status, quoted.retraction_reason = Status.RETRACTED, "It was misheard."
    quoted.save()
    page = page_of(client, briefing)
    assert "This statement was retracted: It was misheard." in page.words
    assert "share the load" not in page.words
    assert "1 statement was retracted." in page.words
    assert {"n1", "n2"} <= set(page.ids)


def test_a_translation_stands_in_the_note_as_ours_and_is_not_highlighted(client, copy):
    make_statement(
        "We will share the load", key="load", snapshot=copy, translation="Wir teilen", translator="A. B.", **PUBLIC
    )
    page = page_of(client, make_published_briefing("So he said.[@load]"))
    assert "Our translation: Wir teilen (A. B.)" in page.words
    assert not re.search("verbatim[^<]*>Wir", page.html)


def test_pictures_show_with_their_words(client):
    briefing = make_published_briefing(f"![](hall)\n\nSo.[@{make_statement(**PUBLIC).key}]")
    make_illustration(briefing, key="hall", alt="A full hall", caption="The hall")
    page = page_of(client, briefing)
    assert ("img", "A full hall") in [(tag, attributes.get("alt")) for tag, attributes in page.elements]


def test_a_briefing_from_right_to_left_says_so_and_keeps_our_own_words_left_to_right(client, copy):
    source = make_source(title="خبر", language="ur", **PUBLIC)
    make_statement(
        "ہم مل کر چلیں گے",
        key="sath",
        language="ur",
        snapshot=make_snapshot("اس نے کہا “ہم مل کر چلیں گے”۔", source=source),
        **PUBLIC,
    )
    page = page_of(client, make_published_briefing("اس نے کہا۔[@sath]", title="وزیر کی بات", language="ur"))
    by_class = {attributes["class"]: attributes for _tag, attributes in page.elements if "class" in attributes}
    assert by_class["page briefing"]["dir"] == "rtl"
    assert (by_class["passage"]["lang"], by_class["passage"]["dir"]) == ("ur", "rtl")
    assert (by_class["note"]["lang"], by_class["note"]["dir"]) == ("en", "ltr")
    assert by_class["body"]["lang"] == "ur"


def test_a_draft_is_not_found_and_a_retracted_briefing_leaves_its_reason(client):
    draft = make_briefing()
    assert client.get(draft.get_absolute_url()).status_code == 404
    briefing = make_published_briefing()
    briefing.status, briefing.retraction_reason = Status.RETRACTED, "It rested on a forgery."
    briefing.save()
    response = client.get(briefing.get_absolute_url())
    assert response.status_code == 410
    assert "It rested on a forgery." in response.content.decode()


def test_readers_see_the_published_revision_and_a_preview_shows_the_draft(client):
    briefing = make_published_briefing(title="As Published")
    secret = make_statement("Not yet public words", key="secret")
    briefing.title, briefing.body = "As Drafted", f"New.[@{secret.key}]"
    briefing.save()
    public = client.get(briefing.get_absolute_url()).content.decode()
    assert "As Published" in public and "As Drafted" not in public and "Not yet public" not in public
    preview = briefing_page(RequestFactory().get("/"), briefing, preview=True).content.decode()
    assert "As Drafted" in preview and "Not yet public words" in preview
    assert "noindex" in preview and "Preview of a draft" in preview
    assert client.get(briefing.get_absolute_url()).content.decode() == public


def test_an_empty_draft_says_so_in_its_preview():
    html = briefing_page(RequestFactory().get("/"), make_briefing("", title="Empty"), preview=True).content.decode()
    assert "This briefing has no text yet." in html


@pytest.mark.parametrize("number", [10, 400])
def test_a_page_takes_at_most_twelve_queries_whatever_its_citations(client, copy, number):
    relay, speaker = make_organization(**PUBLIC), make_person(**PUBLIC)
    keys = [
        make_statement("We will share the load", snapshot=copy, speaker=speaker, relays=[relay, None], **PUBLIC).key
        for _ in range(number)
    ]
    topics = [make_topic(**PUBLIC) for _ in range(3)]
    body = "\n\n".join(f"He said so.[@{key}]" for key in keys)
    briefing = make_published_briefing(body, topics=topics, authors=[make_person(**PUBLIC)])
    with CaptureQueriesContext(connection) as first:
        page = page_of(client, briefing)
    asked = [query["sql"][:200] for query in first if not query["sql"].startswith("LOCK")]
    assert len(asked) <= 12, "\n".join(asked)
    assert sum(identifier.startswith("n") and identifier[1:].isdigit() for identifier in page.ids) == number
    Briefing.objects.filter(pk=briefing.pk).update(standfirst="Changed.")
    with CaptureQueriesContext(connection) as again:
        page_of(client, briefing)
    assert len(again) <= 12
    with CaptureQueriesContext(connection) as stored:
        page_of(client, briefing)
    assert len(stored) <= 2
