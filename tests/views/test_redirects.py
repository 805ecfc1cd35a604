"""Former addresses: every page under one leads to the same page under the present one, at no cost to the others."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from briefings.editorial import retract
from briefings.editorial.addresses import rename
from briefings.permissions import Role
from tests.factories import (
    make_event,
    make_organization,
    make_person,
    make_published_briefing,
    make_snapshot,
    make_statement,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db


def renamed(thing):
    rename(thing, by=make_user(Role.PUBLISHER), key="now")
    return thing


@pytest.mark.parametrize(
    ("section", "make"),
    [
        ("briefings", lambda: make_published_briefing(slug="then")),
        ("statements", lambda: make_statement(key="then", status="published")),
        ("sources", lambda: make_snapshot(status="published").source),
        ("organizations", lambda: make_organization(slug="then", status="published")),
        ("people", lambda: make_person(slug="then", status="published")),
        ("events", lambda: make_event(slug="then", status="published")),
        ("topics", lambda: make_topic(slug="then", status="published")),
    ],
)
def test_a_former_address_leads_to_the_present_one(client, section, make):
    thing = make()
    then = thing.public_key
    renamed(thing)
    answer = client.get(f"/{section}/{then}/?from=afar")
    assert (answer.status_code, answer["Location"]) == (301, f"/{section}/now/?from=afar")
    assert client.get(answer["Location"]).status_code == 200
    assert not answer.cookies


def test_pages_of_the_same_thing_move_along_and_a_form_keeps_what_was_typed(client):
    renamed(make_published_briefing(slug="then"))
    assert client.get("/briefings/then/report/?note=1")["Location"] == "/briefings/now/report/?note=1"
    posted = client.post("/briefings/then/report/", {"text": "Wrong."})
    assert (posted.status_code, posted["Location"]) == (308, "/briefings/now/report/")


def test_a_chain_of_addresses_is_one_step_and_ends_at_a_tombstone_too(client):
    topic = make_topic(slug="first", status="published")
    publisher = make_user(Role.PUBLISHER)
    rename(topic, by=publisher, key="second")
    rename(topic, by=publisher, key="third")
    retract(topic, by=publisher, reason="Two topics in one.")
    assert client.get("/topics/first/")["Location"] == "/topics/third/"
    assert client.get("/topics/third/").status_code == 410


def test_a_former_address_of_one_kind_says_nothing_about_another(client):
    renamed(make_topic(slug="then", status="published"))
    assert client.get("/people/then/").status_code == 404
    assert client.get("/topics/never/").status_code == 404


def test_a_page_that_is_found_costs_no_look_at_former_addresses(client):
    renamed(make_topic(slug="then", status="published"))
    with CaptureQueriesContext(connection) as captured:
        client.get("/topics/now/")
    assert not [query for query in captured if "formeraddress" in query["sql"]]
