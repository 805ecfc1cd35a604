"""Dumping: the same content gives the same bytes, whatever happened to it before, and a cut-off dump leaves the old."""

import datetime
import json

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.core.management.commands import loaddata
from django.db import connection
from django.test.utils import CaptureQueriesContext

from briefings.editorial import dumping
from briefings.editorial.dumping import dump
from briefings.editorial.fixtures import MODELS
from briefings.editorial.loading import load
from briefings.models import PublishedRevision, RevisionAuthor, Statement, Topic
from tests.factories import (
    make_briefing,
    make_claim,
    make_event,
    make_illustration,
    make_organization,
    make_person,
    make_published_briefing,
    make_snapshot,
    make_source,
    make_statement,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db


def contents(folder):
    return {path.name: path.read_text("utf-8") for path in sorted(folder.iterdir())}


def empty():
    """Take everything out of the database, below the models that would refuse it."""
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED" if postgres else "PRAGMA defer_foreign_keys=ON")
        for name in connection.introspection.django_table_names(only_existing=True):
            if name.startswith("briefings_") and "user" not in name:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")
    assert not any(model._base_manager.exists() for model in MODELS)


def objects(folder, label):
    listed = [one for text in contents(folder).values() for one in json.loads(text)]
    return [one["fields"] for one in listed if one["model"] == f"briefings.{label}"]


@pytest.fixture
def rich():
    """Content with something of everything, awkward characters and an order of its own."""
    user = make_user()
    crime = make_topic(slug="crime", name='Crime “and” \\ " <b>\u2028é\U0001f600', created_by=user)
    make_topic(slug="crime-2", parent=crime, status="retracted", retraction_reason="Line 1\nLine 2\ttab")
    make_topic(slug="a", parent=Topic.objects.get(slug="crime-2"))
    wire, outlet = make_organization(slug="wire"), make_organization(slug="outlet", status="published")
    for name, language in (("Z", "en"), ("z", "en"), ("Ä", "de"), ("پولیس", "ur")):
        outlet.aliases.create(name=name, language=language)
    b, a = make_person(slug="b", status="published"), make_person(slug="a", status="published")
    a.aliases.create(name="A.", kind="acronym")
    event = make_event(date="2017-09-26/2017-09-29", date_basis="printed")
    wired = make_snapshot("As it was wired.\n", status="published").source
    source = make_source(publisher=outlet, status="published", origin=wired)
    copy = make_snapshot("One line.\n“Words  that\u00a0stand” — here.\n", source=source)
    said = make_statement("Words  that\u00a0stand", snapshot=copy, relays=(wire, None, a), speaker=b, event=event,
                          topics=[crime, Topic.objects.get(slug="a")], said="1950~")  # fmt: skip
    make_statement("Words … stand", words=("Words", "stand"), snapshot=copy)
    other = make_statement(status="published")
    said.links_out.create(to_statement=other, kind="contradicts", note="so")
    make_claim(said, outlet, "member-of", object=wire, during="../1950")
    published = make_published_briefing(topics=[], authors=[b, a])
    make_illustration(
        make_briefing(translation_of=published, language="ur", authors=[a]), file=ContentFile(b"x", "hall.png")
    )
    return said


@pytest.fixture
def other_folder(tmp_path):
    return tmp_path / "other"


def test_dump_load_dump_gives_the_same_bytes(rich, tmp_path, other_folder):
    dump(tmp_path / "one")
    empty()
    load([tmp_path / "one"])
    dump(other_folder)
    assert contents(other_folder) == contents(tmp_path / "one")
    assert not load([tmp_path / "one"]).changes_something


def test_djangos_own_loaddata_takes_the_same_files(rich, tmp_path, other_folder):
    dump(tmp_path / "one")
    empty()
    call_command(loaddata.Command(), *sorted((tmp_path / "one").iterdir()), verbosity=0)
    dump(other_folder)
    assert contents(other_folder) == contents(tmp_path / "one")


def test_the_seed_content_is_what_a_dump_writes(seed, tmp_path):
    dump(tmp_path)
    fixtures = settings.BASE_DIR / "fixtures"
    assert contents(tmp_path) == {name: (fixtures / name).read_text("utf-8") for name in contents(tmp_path)}


def test_every_object_is_in_the_dump_once(rich, tmp_path):
    counts = dump(tmp_path)
    assert sum(counts.values()) == sum(model._base_manager.count() for model in MODELS)


def test_an_empty_database_dumps_empty_lists(tmp_path):
    assert not any(dump(tmp_path).values())
    assert len(contents(tmp_path)) == 10 and set(contents(tmp_path).values()) == {"[]\n"}
    assert not load([tmp_path]).changes_something


def test_nothing_derived_and_nobody_who_works_here_is_dumped(rich, tmp_path):
    dump(tmp_path)
    text = "".join(contents(tmp_path).values())
    for name in ("id", "pk", "modified_at", "created_by", "by", "verdict", "location", "checked_at", "current",
                 "scheduled_for", "said_earliest", "said_latest"):  # fmt: skip
        assert f'"{name}":' not in text
    assert all("version" not in fields for fields in objects(tmp_path, "topic"))
    assert "briefings.citation" not in text and "briefings.user" not in text


def test_an_edit_that_is_taken_back_leaves_no_trace(rich, tmp_path, other_folder):
    dump(tmp_path / "one")
    for name in ("Other", rich.text):
        statement = Statement.objects.get(pk=rich.pk)
        statement.text = name
        statement.save()
    topic = Topic.objects.get(slug="crime")
    rich.topics.remove(topic)
    rich.topics.add(topic)
    dump(other_folder)
    assert contents(other_folder) == contents(tmp_path / "one")


def test_keys_are_sorted_byte_by_byte_and_parts_follow_their_statement(rich, tmp_path):
    dump(tmp_path)
    assert [fields["slug"] for fields in objects(tmp_path, "topic")] == ["a", "crime", "crime-2"]
    names = [fields["name"] for fields in objects(tmp_path, "alias") if fields["organization"]]
    assert names == sorted(names) == ["Z", "z", "Ä", "پولیس"]
    first = [one["model"] for one in json.loads((tmp_path / "60_statements.json").read_text("utf-8"))][:6]
    assert [label.removeprefix("briefings.") for label in first] == [
        "statement", "evidence", "passage", "attributionstep", "attributionstep", "attributionstep",
    ]  # fmt: skip


def test_the_byline_keeps_its_order(tmp_path):
    people = [make_person(slug=slug, status="published") for slug in ("z", "a", "m")]
    revision = PublishedRevision.objects.create(briefing=make_briefing(), version=1, title="T", body="B.")
    for person in people:
        RevisionAuthor.objects.create(revision=revision, person=person)
    dump(tmp_path)
    assert [fields["person"] for fields in objects(tmp_path, "revisionauthor")] == [["z"], ["a"], ["m"]]


def test_times_keep_their_microseconds(tmp_path):
    at = datetime.datetime(2026, 11, 22, 8, 0, 0, 123456, tzinfo=datetime.UTC)
    make_snapshot(imported_at=at)
    dump(tmp_path)
    assert objects(tmp_path, "snapshot")[0]["imported_at"] == "2026-11-22T08:00:00.123456Z"
    assert not load([tmp_path]).changes_something


def test_a_dump_asks_no_more_questions_for_more_content(tmp_path, django_assert_num_queries):
    def add(count):
        for _ in range(count):
            make_published_briefing()

    add(3)
    with CaptureQueriesContext(connection) as few:
        dump(tmp_path)
    add(20)
    with django_assert_num_queries(len(few)):
        dump(tmp_path)


def test_a_dump_that_fails_halfway_leaves_the_old_files_and_nothing_else(rich, tmp_path, monkeypatch):
    dump(tmp_path)
    before = contents(tmp_path)
    Topic.objects.update(description="New")

    def cut_off():
        yield from dumping.claims()
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(dumping.FILES, "70_claims.json", cut_off)
    with pytest.raises(OSError, match="No space"):
        dump(tmp_path)
    assert contents(tmp_path) == before
