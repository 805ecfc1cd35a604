"""The sitemap: every public page, nothing else, at the site's own address."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from briefings.sitemaps import SITEMAPS, Things
from tests.factories import make_briefing, make_organization, make_published_briefing, make_revision, make_statement

pytestmark = pytest.mark.django_db
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def addresses(client, path):
    answer = client.get(path, headers={"Host": "localhost"})
    assert answer.status_code == 200 and answer["Content-Type"] == "application/xml"
    return [loc.text for loc in ElementTree.fromstring(answer.content).iter(LOC)]


def test_the_index_leads_to_every_section(client):
    sections = [address.removeprefix("http://testserver") for address in addresses(client, "/sitemap.xml")]
    assert sections == [f"/sitemap-{name}.xml" for name in SITEMAPS]
    assert all(addresses(client, section) is not None for section in sections)


def test_a_section_has_what_is_published(client):
    make_statement(key="public", status="published")
    make_statement(key="draft")
    make_organization(slug="gone", status="retracted", retraction_reason="Wrong.")
    assert addresses(client, "/sitemap-statements.xml") == ["http://testserver/statements/public/"]
    assert addresses(client, "/sitemap-organizations.xml") == []


def test_briefings_are_dated_by_their_latest_revision(client):
    make_briefing(slug="draft")
    make_revision(make_published_briefing(slug="first"), at=datetime(2017, 9, 26, tzinfo=UTC))
    html = client.get("/sitemap-briefings.xml").content.decode()
    assert addresses(client, "/sitemap-briefings.xml") == ["http://testserver/briefings/first/"]
    assert "<lastmod>2017-09-26</lastmod>" in html


def test_the_lists_are_there(client):
    assert "http://testserver/" in addresses(client, "/sitemap-pages.xml")
    assert "http://testserver/topics/" in addresses(client, "/sitemap-pages.xml")


def test_a_long_section_is_split_and_the_index_names_its_parts(client, monkeypatch):
    monkeypatch.setattr(Things, "limit", 2)
    for _number in range(3):
        make_organization(status="published")
    assert "http://testserver/sitemap-organizations.xml?p=2" in addresses(client, "/sitemap.xml")
    assert len(addresses(client, "/sitemap-organizations.xml?p=2")) == 1


@pytest.mark.parametrize(
    "path", ["/sitemap-organizations.xml?p=1000000000", "/sitemap-organizations.xml?p=%00", "/sitemap-x.xml"]
)
def test_a_section_that_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404
