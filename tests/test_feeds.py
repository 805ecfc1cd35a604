"""The Atom feed: what readers see now, at the site's own address."""

from xml.etree import ElementTree

import pytest

from briefings.models import Briefing
from tests.factories import make_person, make_published_briefing, make_revision, make_topic

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
PUBLIC = {"status": "published"}


def feed(client):
    answer = client.get("/feeds/briefings.atom", headers={"Host": "localhost"})
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def entries(client):
    return [entry.findtext(f"{ATOM}title") for entry in feed(client).findall(f"{ATOM}entry")]


def test_an_entry_has_what_readers_see(client):
    author, hidden = make_person(name="An Author", **PUBLIC), make_person(name="Hidden")
    topics = [make_topic(name="Crime", **PUBLIC), make_topic(name="Hidden")]
    make_published_briefing(
        slug="first", title="First & best", standfirst="Why <so>.", authors=[author, hidden], topics=topics
    )
    Briefing.objects.filter(slug="first").update(title="A draft")
    (entry,) = feed(client).findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "First & best"
    assert entry.findtext(f"{ATOM}summary") == "Why &lt;so&gt;."
    assert entry.find(f"{ATOM}link").get("href") == entry.findtext(f"{ATOM}id") == "http://testserver/briefings/first/"
    assert [author.findtext(f"{ATOM}name") for author in entry.findall(f"{ATOM}author")] == ["An Author"]
    assert [category.get("term") for category in entry.findall(f"{ATOM}category")] == ["Crime"]


def test_characters_that_xml_cannot_hold_are_left_out_and_the_feed_stands(client):
    words = "a\x0bb\x1f\ufffe\uffff \U0001f600"
    make_published_briefing(
        title=words,
        standfirst=words,
        authors=[make_person(name=words, **PUBLIC)],
        topics=[make_topic(name=words, **PUBLIC)],
    )
    (entry,) = feed(client).findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == entry.findtext(f"{ATOM}summary") == "ab \U0001f600"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == entry.find(f"{ATOM}category").get("term") == "ab \U0001f600"


def test_the_feed_names_itself_and_its_page(client):
    links = {link.get("rel"): link.get("href") for link in feed(client).findall(f"{ATOM}link")}
    assert links == {"alternate": "http://testserver/briefings/", "self": "http://testserver/feeds/briefings.atom"}


def test_the_latest_revision_comes_first_and_once(client):
    first = make_published_briefing(title="First")
    make_published_briefing(title="Second")
    first.title = "First, again"
    make_revision(first)
    assert entries(client) == ["First, again", "Second"]


def test_retracted_briefings_leave_the_feed(client):
    briefing = make_published_briefing()
    Briefing.objects.filter(pk=briefing.pk).update(status="retracted", retraction_reason="Wrong.")
    assert entries(client) == []


def test_the_feed_takes_the_same_queries_however_long_it_is(client, django_assert_num_queries):
    for _number in range(25):
        make_published_briefing(topics=[make_topic(**PUBLIC)], authors=[make_person(**PUBLIC)])
    with django_assert_num_queries(3):
        assert len(entries(client)) == 20


def test_who_has_the_feed_already_is_told_so(client):
    make_published_briefing()
    first = client.get("/feeds/briefings.atom")
    for name, value in {"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]}.items():
        assert client.get("/feeds/briefings.atom", headers={name: value}).status_code == 304
