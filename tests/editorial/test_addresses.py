"""Changing public addresses: old ones lead straight to the present one, and are never given away."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from briefings.editorial.addresses import RenameRefused, rename
from briefings.editorial.dumping import dump
from briefings.editorial.exposure import public_findings
from briefings.editorial.keys import free_key
from briefings.editorial.loading import load
from briefings.history import last_change
from briefings.models import Briefing, FormerAddress, LogEntry, Statement, Topic
from briefings.permissions import Role
from tests.factories import make_briefing, make_person, make_published_briefing, make_statement, make_topic, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher():
    return make_user(Role.PUBLISHER)


def former():
    return set(FormerAddress.objects.values_list("model", "key", "now"))


def code(thing, key, by):
    """The code of the problem for which an address is not changed."""
    before = former(), thing.public_key
    with pytest.raises(RenameRefused) as refused:
        rename(thing, by=by, key=key)
    thing.refresh_from_db()
    assert (former(), thing.public_key) == before
    return refused.value.problems[0].code


def test_renaming_keeps_the_old_address_and_tells_log_and_history(publisher):
    briefing = make_published_briefing(slug="first")
    rename(briefing, by=publisher, key="second")
    assert briefing.slug == "second"
    assert former() == {("briefing", "first", "second")}
    entry = LogEntry.objects.get(act="rename")
    assert (entry.by, entry.details) == (publisher, {"old": "first", "new": "second"})
    assert last_change(briefing)[0] == publisher


def test_chains_are_collapsed_and_an_address_may_come_back(publisher):
    topic = make_topic(slug="one", status="published")
    rename(topic, by=publisher, key="two")
    rename(topic, by=publisher, key="three")
    assert former() == {("topic", "one", "three"), ("topic", "two", "three")}
    rename(topic, by=publisher, key="one")
    assert former() == {("topic", "two", "one"), ("topic", "three", "one")}
    assert not [*public_findings()]


def test_a_former_address_is_never_given_to_another_thing_of_its_kind(publisher):
    topic = make_topic(slug="crime", status="published")
    rename(topic, by=publisher, key="policing")
    other = make_topic(slug="other", status="published")
    assert code(other, "crime", publisher) == "address-taken-before"
    with pytest.raises(ValidationError, match="was the address of another"):
        Topic(name="Crime", slug="crime").full_clean()
    topic.full_clean()
    assert free_key(Topic, "crime", "topic") == "crime-2"
    assert free_key(Briefing, "crime", "briefing") == "crime"
    Topic.objects.create(name="Crime", slug="crime")
    assert "something else has taken" in next(public_findings()).sentence


def test_two_kinds_of_things_may_have_had_the_same_address(publisher):
    for thing in (make_topic(slug="one", status="published"), make_person(slug="one", status="published")):
        rename(thing, by=publisher, key="two")
    assert former() == {("topic", "one", "two"), ("person", "one", "two")}


@pytest.mark.parametrize(
    ("key", "found"),
    [("taken", "address-taken"), ("mine", "same-address"), ("Not A Key", "bad-address"), ("a" * 121, "bad-address"),
     ("a\x00b", "bad-address"), ("-a", "bad-address")],
)  # fmt: skip
def test_an_address_that_cannot_be_is_refused(publisher, key, found):
    make_topic(slug="taken")
    assert code(make_topic(slug="mine", status="published"), key, publisher) == found


def test_only_publishers_rename_what_was_published_and_nobody_saw_otherwise(publisher):
    topic = make_topic(slug="mine", status="published")
    with pytest.raises(PermissionDenied):
        rename(topic, by=make_user(Role.EDITOR), key="other")
    assert code(make_topic(slug="draft"), "other", publisher) == "address-not-public"
    seen = Topic.objects.get(slug="mine")
    topic.save()
    assert code(seen, "other", publisher) == "renamed-meanwhile"


def test_the_key_of_a_cited_statement_stays_because_published_texts_do(publisher):
    cited = make_statement(status="published", key="said-so")
    make_published_briefing("It was said.[@said-so]")
    assert code(cited, "said-otherwise", publisher) == "address-cited"
    in_draft = make_statement(status="published", key="said")
    make_briefing("It was said.[@said]", slug="working")
    assert code(in_draft, "said-otherwise", publisher) == "address-cited-in-draft"
    make_briefing("It was said.[@said-two]")
    alone = make_statement(status="published", key="said-t")
    rename(alone, by=publisher, key="said-three")
    assert Statement.objects.get(key="said-three") == alone


def test_former_addresses_survive_the_round_trip_through_content_files(publisher, tmp_path):
    topic = make_topic(slug="crime", status="published")
    rename(topic, by=publisher, key="policing")
    dump(tmp_path / "one")
    FormerAddress.objects.all().delete()
    Topic.objects.all()._raw_delete("default")
    load([tmp_path / "one"])
    assert former() == {("topic", "crime", "policing")}
    dump(tmp_path / "two")
    for file in sorted((tmp_path / "one").iterdir()):
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()
