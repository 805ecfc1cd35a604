"""An embargo binds every page, list, feed and format: nothing of the source, and nothing that rests on it, is there."""

import datetime

import pytest
from django.urls import get_resolver, reverse
from django.urls.exceptions import NoReverseMatch
from django.utils import timezone

from briefings.models import Briefing
from briefings.sitemaps import SITEMAPS
from tests.factories import (
    make_briefing,
    make_evidence,
    make_published_briefing,
    make_snapshot,
    make_source,
    make_statement,
)

pytestmark = pytest.mark.django_db
SECRET = "a word that nobody may print yet"
KEYS = ("early", "told", "scoop", "public", "known")


def public_addresses():
    """Every public address that can be made: without arguments, or of one of the things of this test."""
    for name in {name for name in get_resolver("briefings.urls").reverse_dict if isinstance(name, str)}:
        for arguments in ([], *([key] for key in (*KEYS, *SITEMAPS)), *([key, 1] for key in KEYS)):
            try:
                yield reverse(name, args=arguments)
            except NoReverseMatch:
                continue


@pytest.fixture
def embargoed(db):
    """A source under embargo, a statement and a briefing that rest on it; and it carries a public statement as well."""
    until = timezone.now() + datetime.timedelta(days=1)
    source = make_source(key="early", title=SECRET, embargo_until=until)
    copy = make_snapshot(f"“{SECRET}.” And “What everybody knows.”", source=source)
    make_statement(f"{SECRET}.", key="told", snapshot=copy)
    make_briefing(f"“{SECRET}.”[@told]", slug="scoop", title=SECRET)
    known = make_statement("What everybody knows.", key="known", status="published")
    make_evidence(known, snapshot=copy)
    make_published_briefing("So.[@known]", slug="public")
    return source


def test_nothing_of_what_is_under_embargo_is_anywhere_in_public(client, embargoed):
    addresses = sorted(set(public_addresses()))
    assert {"/", "/sources/", "/statements/known/", "/briefings/public/", "/feeds/briefings.atom"} <= set(addresses)
    for address in addresses:
        response = client.get(address, headers={"Host": "localhost"})
        content = b"".join(response.streaming_content) if response.streaming else response.content
        assert SECRET.encode() not in content, address
        if address.rstrip("/").endswith(("early", "told", "scoop")):
            assert response.status_code == 404, address


def test_a_draft_of_a_public_briefing_that_cites_it_changes_nothing_for_readers(client, embargoed):
    briefing = Briefing.objects.get(slug="public")
    briefing.body += f"\n\n“{SECRET}.”[@told]"
    briefing.save()
    assert SECRET not in client.get(briefing.get_absolute_url()).content.decode()
