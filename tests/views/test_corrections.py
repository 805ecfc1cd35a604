"""Corrections in public: the list, the feed, the pages of what was corrected, tombstones, and the notices before."""

import re
from xml.etree import ElementTree

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone

from briefings.editorial import retract
from briefings.editorial.corrections import correct_briefing, correct_statement
from briefings.editorial.flags import raise_flags, settle
from briefings.models import Correction, Flag, FlagCause, Statement
from briefings.permissions import Role
from tests.factories import accept_all, make_briefing, make_published_briefing, make_statement, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher():
    return make_user(Role.PUBLISHER)


@pytest.fixture
def corrected(publisher):
    """A public briefing whose second version mended a day."""
    statement = make_statement(status="published", key="said")
    briefing = make_published_briefing(f"It was said on Monday.[@{statement.key}]", slug="first", title="The first")
    briefing.body = briefing.body.replace("Monday", "Tuesday")
    briefing.save()
    accept_all(briefing)
    correct_briefing(
        briefing, by=publisher, kind="error", said="on <b>Monday</b>", says="on Tuesday", why="We had the day wrong."
    )
    return briefing


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_the_briefing_says_what_it_said_and_why_that_changed(client, corrected):
    shown = page(client, "/briefings/first/")
    assert 'href="#corrections"' in shown and "Corrected on" in shown
    for words in ("Our error", "on &lt;b&gt;Monday&lt;/b&gt;", "on Tuesday", "We had the day wrong.", "version 2"):
        assert words in shown
    assert "Corrections" not in page(client, make_published_briefing().get_absolute_url()).partition("<footer")[0]


def test_a_stored_page_shows_a_correction_that_came_after_it(client, corrected, publisher):
    page(client, "/briefings/first/")
    corrected.refresh_from_db()
    correct_briefing(corrected, by=publisher, kind="clarification", said="", says="", why="It was in the morning.")
    shown = page(client, "/briefings/first/")
    assert "It was in the morning." in shown and "Corrected 2 times" in shown


def test_the_list_names_what_was_corrected_and_filters(client, corrected, publisher):
    correct_statement(
        Statement.objects.get(key="said"), by=publisher, kind="update", said="Old.", says="New.", why="Said again."
    )
    shown = page(client, "/corrections/")
    assert "2 corrections" in shown and "The first" in shown and "Said again." in shown
    assert "Said again." not in page(client, "/corrections/?kind=error")
    assert "Said again." in page(client, "/corrections/?q=again")
    assert "Nothing published fits" in page(client, "/corrections/?until=2001")
    assert client.get("/corrections/?kind=nonsense").status_code == 400
    assert client.get("/corrections/?page=2").status_code == 404
    assert 'href="/corrections/"' in page(client, "/")
    assert "/corrections/" in page(client, "/sitemap-pages.xml")


def test_each_correction_has_an_address_that_leads_to_its_place(client, corrected, publisher):
    first = Correction.objects.get()
    assert client.get(f"/corrections/{first.key}/")["Location"] == f"/corrections/#{first.key}"
    assert f'id="{first.key}"' in page(client, "/corrections/")
    later = [
        Correction(
            key=f"later-{n}", kind="update", why="More.", briefing=corrected, at=first.at + timezone.timedelta(days=1)
        )
        for n in range(25)
    ]
    Correction.objects.bulk_create(later)
    assert client.get(f"/corrections/{first.key}/")["Location"] == f"/corrections/?page=2#{first.key}"
    assert f'id="{first.key}"' in page(client, "/corrections/?page=2")
    assert client.get("/corrections/never/").status_code == 404


def test_the_feed_is_atom_with_the_latest_first(client, corrected, publisher):
    corrected.refresh_from_db()
    Correction.objects.create(
        key="nul",
        kind="update",
        why="A\x01B & <c>",
        briefing=corrected,
        at=timezone.now() + timezone.timedelta(hours=1),
    )
    response = client.get("/feeds/corrections.atom")
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    assert [entry.find(f"{atom}title").text for entry in entries] == ["Update: The first", "Our error: The first"]
    assert "&lt;b&gt;Monday" in entries[1].find(f"{atom}summary").text
    assert entries[0].find(f"{atom}link").get("href").endswith("/corrections/nul/")
    assert client.get("/feeds/corrections.atom", headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_corrections_of_what_is_not_public_never_show(client):
    for number, thing in enumerate([{"briefing": make_briefing()}, {"statement": make_statement()}]):
        Correction.objects.create(key=f"hidden-{number}", kind="update", why="XYZZY", **thing)
        assert client.get(f"/corrections/hidden-{number}/").status_code == 404
    for path in ("/corrections/", "/feeds/corrections.atom"):
        assert "XYZZY" not in page(client, path)
    assert "Nothing published fits" in page(client, "/corrections/?q=XYZZY")


def test_a_tombstone_keeps_its_corrections_and_they_do_not_call_it_by_its_title(client, corrected, publisher):
    corrected.refresh_from_db()
    retract(corrected, by=publisher, reason="All of it was wrong.")
    gone = client.get("/briefings/first/")
    assert gone.status_code == 410
    shown = gone.content.decode()
    assert "We had the day wrong." in shown and "All of it was wrong." in shown and "Retraction" in shown
    for path in ("/corrections/", "/feeds/corrections.atom"):
        assert "The first" not in page(client, path)
        assert "All of it was wrong." in page(client, path)


def test_every_page_of_a_retracted_briefing_is_gone(client, corrected, publisher):
    corrected.refresh_from_db()
    retract(corrected, by=publisher, reason="All of it was wrong.")
    of_briefings = {
        name: patterns
        for name, patterns in get_resolver().reverse_dict.items()
        if isinstance(name, str) and patterns[0][0][0].startswith("briefings/%(key)s")
    }
    assert {"briefing-detail", "report-new"} <= of_briefings.keys()
    for name, patterns in of_briefings.items():
        values = {"key": "first"} | {other: 1 for other in patterns[0][0][1] if other != "key"}
        assert client.get(reverse(name, kwargs=values)).status_code == 410, name


def test_a_statement_shows_its_corrections(client, corrected, publisher):
    correct_statement(
        Statement.objects.get(key="said"), by=publisher, kind="error", said="Old.", says="New.", why="A slip."
    )
    assert "A slip." in page(client, "/statements/said/")


# Notices


def test_readers_see_a_notice_until_the_flag_is_dealt_with(client, corrected):
    page(client, "/briefings/first/")
    raise_flags([Statement.objects.get(key="said")], FlagCause.CORRECTED)
    shown = page(client, "/briefings/first/")
    assert "The statement in note 1 has been corrected" in shown
    assert re.search(r'class="notices".*href="#n1"', shown, re.S)
    settle(Flag.objects.get(), by=make_user(Role.EDITOR), note="The same day.", seen=1)
    assert "has been corrected" not in page(client, "/briefings/first/")
    assert "The same day." not in page(client, "/briefings/first/")


def test_a_retracted_statement_is_announced_and_its_note_says_so(client, corrected, publisher):
    retract(Statement.objects.get(key="said"), by=publisher, reason="It was made up.")
    shown = page(client, "/briefings/first/")
    assert "The statement in note 1 has been retracted" in shown and "It was made up." in shown


def test_lists_feeds_and_pages_take_as_many_queries_with_many_corrections(
    client, corrected, django_assert_max_num_queries
):
    for number in range(30):
        Correction.objects.create(key=f"c-{number}", kind="update", why="More.", briefing=corrected)
    for path, most in (("/corrections/", 4), ("/feeds/corrections.atom", 2), ("/corrections/c-3/", 3)):
        with django_assert_max_num_queries(most):
            client.get(path)
