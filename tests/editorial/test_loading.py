"""Loading: what is refused and why, what is written, and that a second time changes nothing."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from briefings.editorial.faults import LoadRefused
from briefings.editorial.fixtures import KINDS
from briefings.editorial.loading import load
from briefings.models import (
    Alias,
    Briefing,
    Citation,
    Evidence,
    PageEpoch,
    Person,
    PublishedRevision,
    Snapshot,
    Statement,
    StoredPage,
    Topic,
)
from briefings.models.sources import sha256_of
from tests.benchmarks import loading as benchmark
from tests.editorial.content import (
    BODY,
    SHA,
    TEXT,
    WORDS,
    briefing,
    everything,
    evidence,
    passage,
    person,
    revision,
    row,
    snapshot,
    source,
    statement,
    topic,
    without,
    write,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(tmp_path):
    """Load these objects, or this text, from a file."""

    def take(*objects, **options):
        given = objects[0] if isinstance(objects[0], str | list) else list(objects)
        return load([write(tmp_path / "content.json", given)], **options)

    return take


@pytest.fixture
def refused(take):
    """Load what has to be refused; return the faults, after seeing that nothing was written."""

    def refused(*objects):
        before = counts()
        with pytest.raises(LoadRefused) as error:
            take(*objects)
        assert counts() == before
        return error.value.faults

    return refused


def counts():
    return {label: kind.model._base_manager.count() for label, kind in KINDS.items()}


def versions():
    records = [kind.model for kind in KINDS.values() if not kind.is_immutable]
    return {model.__name__: list(model.objects.order_by("pk").values_list("pk", "version")) for model in records}


# What is written


def test_a_load_writes_everything_and_derives_what_follows(take):
    outcome = take(*everything())
    assert outcome.made.total() == len(everything()) and not outcome.changed and not outcome.same
    evidence = Evidence.objects.get()
    assert (evidence.verdict, evidence.location) == ("exact", "in place") and evidence.checked_at
    briefing = Briefing.objects.get()
    assert briefing.current == PublishedRevision.objects.get()
    assert [one.statement.key for one in Citation.objects.published()] == ["together"]
    assert [topic.slug for topic in Statement.objects.get().topics.all()] == ["crime"]
    assert Person.objects.get().created_by is None


def test_objects_may_point_at_what_follows_them(take):
    take(*reversed(everything()), topic("piracy", parent=["crime"]), topic("theft", parent=["piracy"]))
    assert Topic.objects.get(slug="theft").parent.parent.slug == "crime"


def test_a_file_may_point_at_what_the_database_holds(take):
    take(*everything())
    take(row("alias", person=["minister"], name="The Minister"), topic("piracy", parent=["crime"]))
    assert Alias.objects.get().person.slug == "minister"


def test_a_second_load_changes_nothing_at_all(take):
    take(*everything())
    page = StoredPage.objects.create(briefing=Briefing.objects.get(), html="x", etag="x", renderer="x", epoch=1)
    checked, moved, epoch = Evidence.objects.get().checked_at, versions(), list(PageEpoch.objects.values())
    outcome = take(*everything())
    assert not outcome.changes_something and outcome.same == len(everything())
    assert (Evidence.objects.get().checked_at, versions()) == (checked, moved)
    page.refresh_from_db()
    assert not page.stale and list(PageEpoch.objects.values()) == epoch


def test_what_differs_is_changed_and_nothing_else(take):
    take(*everything())
    StoredPage.objects.create(briefing=Briefing.objects.get(), html="x", etag="x", renderer="x", epoch=1)
    moved, epoch = versions(), PageEpoch.objects.get().number
    changed = statement(said="2017-09-26", topics=[["crime"], ["piracy"]])
    outcome = take(topic("piracy"), *without("statement"), changed)
    assert dict(outcome.made) == {"briefings.topic": 1} and dict(outcome.changed) == {"briefings.statement": 1}
    assert outcome.changes == ["statement “together”: said, topics"]
    now = Statement.objects.get()
    assert (now.said, now.said_earliest, now.version) == ("2017-09-26", "2017-09-26", 2)
    assert {topic.slug for topic in now.topics.all()} == {"crime", "piracy"}
    assert {name: rows for name, rows in versions().items() if name not in ("Statement", "Topic")} == {
        name: rows for name, rows in moved.items() if name not in ("Statement", "Topic")
    }
    assert PageEpoch.objects.get().number > epoch


def test_links_alone_may_differ(take):
    take(*everything(), topic("piracy"))
    outcome = take(statement(topics=[["piracy"]]))
    assert outcome.changes == ["statement “together”: topics"] and Statement.objects.get().version == 2
    assert [topic.slug for topic in Statement.objects.get().topics.all()] == ["piracy"]


def test_a_field_that_is_left_out_keeps_its_value(take):
    take(*everything())
    take(topic(description="Of all kinds"))
    take(row("topic", slug="crime", name="Crimes"))
    assert (Topic.objects.get().description, Topic.objects.get().name) == ("Of all kinds", "Crimes")


def test_line_ends_of_a_copy_are_those_it_would_get_when_saved(take):
    windows = snapshot(text=TEXT.replace("\n", "\r\n"))
    take(*without("snapshot"), windows)
    assert Snapshot.objects.get().text == TEXT
    assert not take(windows).changes_something


def test_a_copy_without_its_hashes_gets_them(take):
    bare = snapshot()
    del bare["fields"]["text_sha256"], bare["fields"]["raw_sha256"]
    take(*without("snapshot"), bare)
    assert Snapshot.objects.get().text_sha256 == Snapshot.objects.get().raw_sha256 == SHA
    assert not take(bare).changes_something


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(take):
    epoch = list(PageEpoch.objects.values())
    outcome = take(*everything(), dry_run=True)
    assert outcome.made.total() == len(everything())
    assert not any(counts().values()) and list(PageEpoch.objects.values()) == epoch


def test_a_folder_stands_for_its_files_in_order_and_each_file_is_read_once(tmp_path):
    for number, one in enumerate(everything()):
        write(tmp_path / f"{number:02}.json", [one])
    write(tmp_path / "notes.txt", "not content")
    assert load([tmp_path, tmp_path / "00.json", tmp_path]).made.total() == len(everything())


def queries_of_a_load(folder, count):
    folder.mkdir()
    benchmark.write(folder, count)
    (folder / "2.json").unlink()  # briefings, each of which is checked by itself
    with CaptureQueriesContext(connection) as queries:
        load([folder], dry_run=True)
    return len(queries)


def test_a_load_asks_its_questions_in_sets(tmp_path):
    few, many = queries_of_a_load(tmp_path / "few", 100), queries_of_a_load(tmp_path / "many", 500)
    assert many - few < 400 / 4  # SQLite takes a limited number of values in one statement


def test_progress_is_told_while_reading_and_writing(tmp_path):
    benchmark.write(tmp_path, 400)
    said = []
    load([tmp_path], progress=said.append)
    assert any("objects read" in sentence for sentence in said) and any("of 400 statements" in one for one in said)


# What is refused


def test_a_refusal_names_file_line_object_field_value_and_remedy(tmp_path):
    path = write(tmp_path / "x.json", '[\n{"model": "briefings.topic",\n"fields": {"slug": "a b", "name": "A"}}]')
    with pytest.raises(LoadRefused) as refused:
        load([path])
    assert str(refused.value) == (
        f"{path}, line 2, topic “a b”, slug “a b”: Use small letters a–z, digits and single hyphens only, for example "
        "“iqbal-2017”."
    )


@pytest.mark.parametrize(
    ("objects", "field", "sentence"),
    [
        # shape
        ("", "", "empty"),
        ("[", "", "cut off"),
        ("[" * 50_000, "", "nested too deeply"),
        ('[{"model": "briefings.topic", "model": "briefings.topic"}]', "", "stands twice"),
        ('[{"model": "briefings.topic", "fields": {"name": NaN}}]', "", "NaN"),
        ([1], "", "not a number"),
        ([[topic()]], "", "not a list"),
        ([{}], "", "“model”, “fields” and nothing else"),
        ([{"model": "briefings.topic"}], "", "“model”, “fields” and nothing else"),
        ([{"model": "briefings.topic", "fields": []}], "", "“model”, “fields” and nothing else"),
        ([topic() | {"pk": 1}], "", "belongs to one database"),
        ([topic() | {"more": 1}], "", "nothing else"),
        # models that are not loaded
        ([row("user", username="eve", is_superuser=True)], "", "not loaded from files"),
        ([{"model": "auth.group", "fields": {}}], "", "not loaded from files"),
        ([{"model": "auth.permission", "fields": {}}], "", "not loaded from files"),
        ([{"model": "admin.logentry", "fields": {}}], "", "not loaded from files"),
        ([{"model": "sessions.session", "fields": {}}], "", "not loaded from files"),
        ([{"model": "reversion.version", "fields": {}}], "", "not loaded from files"),
        ([row("citation")], "", "not loaded from files"),
        ([row("storedpage")], "", "not loaded from files"),
        ([{"model": ["briefings.topic"], "fields": {}}], "", "not loaded from files"),
        # fields
        ([topic(colour="red")], "colour", "no such field"),
        ([topic(id=1)], "id", "not loaded"),
        ([topic(version=7)], "version", "not loaded"),
        ([topic(created_by=["eve"])], "created_by", "not loaded"),
        ([evidence(verdict="exact")], "verdict", "not loaded"),
        ([briefing(current=["together", 1])], "current", "not loaded"),
        ([revision(by=["eve"])], "by", "not loaded"),
        ([source(published_earliest="2017-01-01")], "published_earliest", "not loaded"),
        # types
        ([topic(name=7)], "name", "a text, not a number"),
        ([topic(name=None)], "name", "cannot be null"),
        ([topic(name=["A"])], "name", "a text, not a list"),
        ([topic(name={"en": "A"})], "name", "a text, not an object"),
        ([topic(name=True)], "name", "a text, not true or false"),
        ([statement(allegation="yes")], "allegation", "true or false, not a text"),
        ([statement(allegation=1)], "allegation", "true or false, not a number"),
        ([passage(start="3")], "start", "a number, not a text"),
        ([passage(start=3.0)], "start", "a number, not a fraction"),
        ([passage(start=True)], "start", "a number, not true or false"),
        ([passage(start=-1)], "start", "greater than or equal to 0"),
        ([passage(start=10**19)], "start", "less than or equal"),
        ([snapshot(imported_at="2026-11-22T08:00:00")], "imported_at", "a time with its zone"),
        ([snapshot(imported_at="2026-02-30T08:00:00Z")], "imported_at", "a time with its zone"),
        ([snapshot(imported_at=5)], "imported_at", "a text, not a number"),
        ([snapshot(imported_at="0001-01-01T00:00:00+14:00")], "imported_at", "a time with its zone"),
        ([snapshot(imported_at="9999-12-31T23:59:59-12:00")], "imported_at", "a time with its zone"),
        ([topic(name="a\x00b")], "name", "NUL"),
        ('[{"model": "briefings.topic", "fields": {"slug": "a", "name": "\\ud800"}}]', "name", "half a character"),
        # values
        ([topic(name="")], "name", "cannot be blank"),
        ([topic(name="x" * 200_000)], "name", "at most 200 characters"),
        ([topic(slug="x" * 200_000)], "slug", "at most 120 characters"),
        ([topic(slug="A")], "slug", "small letters"),
        ([topic(slug="a\n")], "slug", "small letters"),
        ([topic(status="public")], "status", "Choose one of: draft, published, retracted"),
        ([source(kind="rumour")], "kind", "Choose one of: news"),
        ([source(published="2017-13")], "published", "not a date we can keep"),
        ([source(published="1" * 200_000)], "published", "at most 30 characters"),
        ([source(address="javascript:alert(1)")], "address", "valid URL"),
        ([row("topic", name="No slug")], "slug", "no key"),
        ([row("topic", slug="no-name")], "name", "cannot be blank"),
        ([*without("passage"), row("passage", evidence=["together", 1], exact="x")], "start", "cannot be null"),
        ([topic(retraction_reason=None)], "retraction_reason", "cannot be null"),
        # references
        ([topic(parent="crime")], "parent", "not the key of one topic"),
        ([topic(parent=["a", "b"])], "parent", "not the key of one topic"),
        ([topic(parent=["a\x00"])], "parent", "not the key of one topic"),
        ([topic(parent=[1])], "parent", "not the key of one topic"),
        ([topic(parent=[None])], "parent", "not the key of one topic"),
        ([topic(parent=[["a"]])], "parent", "not the key of one topic"),
        ([topic(parent=7)], "parent", "not the key of one topic"),
        ([passage(evidence=["together"])], "evidence", "not the key of one evidence"),
        ([passage(evidence=["together", "1"])], "evidence", "not the key of one evidence"),
        ([statement(topics=["crime"])], "topics", "not the key of one topic"),
        ([statement(topics=None)], "topics", "a list, not null"),
        ([snapshot(source=None)], "source", "cannot be null"),
        ([topic(parent=["nobody"])], "parent", "There is no topic “nobody”"),
        ([*without("statement"), statement(topics=[["crime"], ["none"]])], "topics", "There is no topic “none”"),
        ([topic("a", parent=["b"]), topic("b", parent=["a"])], "parent", "in a circle"),
        ([topic("a", parent=["a"])], "parent", "in a circle"),
        # keys and constraints
        ([topic(), topic()], "", "stands already in"),
        ([*without("snapshot"), snapshot(text=TEXT + "More.")], "text_sha256", "not that of the text"),
        ([*without("statement"), statement(speaker_description="A man")], "", "Give one speaker"),
        ([*without("person"), person(public_role="")], "", "without a public role"),
        ([*without("topic"), topic(status="retracted")], "", "needs its reason"),
        ([*everything(), row("alias", name="M")], "", "belongs to one organization or to one person"),
        ([*everything(), source(key="b", canonical_address="u"), source(key="c", canonical_address="u")],
         "canonical_address", "already exists"),
        ([*everything(), evidence(order=2)], "", "already carries this statement"),
        ([*everything(), row("claim", statement=["together"], property="seat", value="Here")], "", "is about one"),
        ([*everything(), row("claim", statement=["together"], subject_person=["minister"], property="number-of-members",
                             value="many")], "value", "in digits"),
        ([*everything(), row("statementlink", from_statement=["together"], to_statement=["together"], kind="supports")],
         "", "linked to itself"),
        # words
        ([*without("passage"), passage(start=0, end=len(WORDS))], "exact", "does not have these words"),
        ([*without("passage"), passage(end=9999)], "exact|^$", "does not have these words|not as long"),
        ([*without("passage"), passage(exact=WORDS.replace("shall", "will "))], "exact", "does not have these words"),
        ([*without("statement"), statement(text="We will work together.")], "", "not in its passages"),
        ([*without("passage")], "", "without a passage"),
        ([*without("passage", "evidence")], "", "no evidence"),
        ([*without("publishedrevision"), revision(body=BODY.replace("shall", "will"))], "", "None of the passages"),
        ([*without("publishedrevision"), revision(body="So.[@nobody]")], "", "no statement “nobody”"),
        # what is public
        ([*without("topic"), topic(status="draft")], "", "points at the topic “crime”, which is not"),
        ([*without("source"), source(status="draft")], "", "points at the source “report”, which is not"),
        ([*without("person"), person(status="draft")], "", "points at the person “minister”, which is not"),
        ([*without("statement"), statement(status="draft")], "", "points at the statement “together”, which is not"),
        ([*without("source"), source(embargo_until="2999-01-01T00:00:00Z")], "embargo_until|^$", "embargo"),
        ([*without("briefing"), briefing(status="draft")], "", "A draft with published revisions"),
        ([*without("publishedrevision", "revisiontopic", "revisionauthor")], "", "without a published revision"),
        ([*everything(), revision(version=3)], "", "without a gap"),
        ([*everything(), source(key="bare")], "", "no stored copy"),
    ],
)  # fmt: skip
def test_what_may_not_be_loaded_is_refused_with_its_field(refused, objects, field, sentence):
    faults = refused(objects)
    assert any(
        re.search(sentence, f"{fault.sentence} {fault.remedy}") and re.search(field or "^$", fault.field)
        for fault in faults
    ), [str(fault) for fault in faults]
    assert all(fault.file.endswith("content.json") and len(str(fault)) < 1000 for fault in faults)


# What is stored and may not change


def changed(model, **fields):
    """Everything, with one object changed; `fields` may be callables of the old value."""
    objects = everything()
    for one in objects:
        if one["model"] == f"briefings.{model}":
            one["fields"].update(fields)
    return objects


@pytest.mark.parametrize(
    ("model", "fields", "sentence"),
    [
        ("snapshot", {"method": "fetched"}, "never changes"),
        ("snapshot", {"media_type": "text/html"}, "never changes"),
        ("snapshot", {"imported_at": "2001-01-01T00:00:00Z"}, "never changes"),
        ("snapshot", {"text": TEXT.replace("left", "stayed")}, "never changes"),
        ("publishedrevision", {"body": BODY + "."}, "never changes"),
        ("publishedrevision", {"title": "Other"}, "never changes"),
        ("publishedrevision", {"at": "2026-11-22T08:00:00.000001Z"}, "never changes"),
        ("topic", {"status": "draft"}, "published and cannot become draft"),
        ("statement", {"status": "draft"}, "published and cannot become draft"),
        ("briefing", {"status": "draft"}, "published and cannot become draft"),
        ("statement", {"text": "We will work together."}, "not in its passages"),
        ("passage", {"start": 0, "end": len(WORDS)}, "does not have these words"),
        ("passage", {"exact": WORDS.upper()}, "does not have these words"),
        ("source", {"embargo_until": "2999-01-01T00:00:00Z"}, "already public"),
    ],
)
def test_what_is_stored_changes_only_as_it_may(take, refused, model, fields, sentence):
    take(*everything())
    faults = refused(*changed(model, **fields))
    assert any(sentence in fault.sentence for fault in faults), [str(fault) for fault in faults]
    assert all(fault.line == 1 for fault in faults)
    assert not take(*everything()).changes_something


def test_a_raw_file_that_is_not_the_one_of_its_hash_is_refused(take, refused, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    write(tmp_path / "raw", "<p>A report.")
    copy = {"raw": "raw", "raw_sha256": sha256_of("<p>A report.")}
    faults = refused(source(status="draft"), snapshot(**copy | {"raw_sha256": sha256_of("<p>Another.")}))
    assert [(fault.field, fault.sentence) for fault in faults] == [
        ("raw_sha256", "The hash is not that of the raw file.")
    ]
    assert take(source(status="draft"), snapshot(**copy)).made.total() == 2


def test_nothing_is_added_to_a_revision_that_is_stored(take, refused):
    take(*everything(), topic("piracy"))
    (fault,) = refused(row("revisiontopic", revision=["together", 1], topic=["piracy"]))
    assert (fault.field, fault.sentence) == (
        "revision",
        "The published revision “together, 1” is stored already and never changes: nothing is added to it.",
    )
    take(revision(version=2), row("revisiontopic", revision=["together", 2], topic=["piracy"]))
    assert list(Briefing.objects.get().current.topics.values_list("slug", flat=True)) == ["piracy"]


def test_words_may_change_to_what_still_stands_in_the_copy(take):
    take(*everything())
    assert take(*changed("statement", text="We shall work together")).changes == ["statement “together”: text"]


def test_what_was_retracted_stays_a_tombstone(take, refused):
    take(*everything(), topic("piracy"))
    take(topic("piracy", status="retracted", retraction_reason="An error."))
    assert Topic.objects.retracted().get().slug == "piracy"
    assert "cannot become published" in refused(topic("piracy"))[0].sentence


def test_a_published_briefing_may_cite_what_was_retracted(take):
    take(*everything())
    take(statement(status="retracted", retraction_reason="An error."))
    assert Briefing.objects.published().count() == 1


def test_words_that_a_stored_briefing_quotes_may_not_change_under_it(take, refused):
    take(*everything())
    longer = WORDS + "” He left."
    shorter = [statement(kind="paraphrase", text="They will cooperate."), passage(exact="He left.", start=0, end=8)]
    start = TEXT.index("He left.")
    shorter[1]["fields"] |= {"start": start, "end": start + 8}
    assert longer in TEXT
    faults = refused(*shorter)
    assert any("None of the passages" in fault.sentence and "together" in fault.thing for fault in faults)


def test_what_was_wrong_before_is_not_held_against_a_load(take):
    take(*everything())
    Topic.objects.filter(slug="crime").update(status="draft")
    assert take(topic("piracy")).made.total() == 1


# Many faults, and none that escapes


def test_all_faults_of_a_load_are_told_at_once(refused):
    faults = refused(
        topic("A"), topic("b", name=""), *without("statement"), statement(kind="rumour"), topic("c", parent=["x"])
    )
    assert [fault.field for fault in faults] == ["slug", "name", "kind", "parent"]


def test_faults_are_told_up_to_a_bound(take):
    with pytest.raises(LoadRefused) as error:
        take([topic(f"t-{number}", name="") for number in range(80)])
    assert len(error.value.faults) == 50 and error.value.more


def test_objects_that_the_database_refuses_are_found_among_many(refused):
    good = [source(key=f"s-{number}", status="draft", canonical_address=f"u{number}") for number in range(30)]
    bad = [source(key="x", status="draft", canonical_address="u7"), source(key="y", status="draft", origin=["y"])]
    faults = refused(*good[:20], *bad, *good[20:])
    assert sorted(fault.thing for fault in faults) == ["source “x”", "source “y”"]


@pytest.mark.parametrize(
    ("path", "sentence"), [("nothing.json", "no such file"), (".", "no .json file"), ("nothing/here", "no such file")]
)
def test_a_path_without_content_is_refused(tmp_path, path, sentence):
    with pytest.raises(LoadRefused, match=sentence):
        load([tmp_path / path])


def test_a_large_text_is_content_and_no_fault(take):
    long = snapshot(text="y" * 500_000, text_sha256="", raw_sha256="")
    take(topic(description="x" * 200_000), source(status="draft"), long)
    assert len(Topic.objects.get().description) == 200_000 and len(Snapshot.objects.get().text) == 500_000


# All or nothing


def run(database, *arguments, **options):
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{database}", "BRIEFINGS_VAR": str(database.parent)}
    environment |= {"DJANGO_SECRET_KEY": "x" * 50, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, settings.BASE_DIR / "manage.py", *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, **options)


def rows_in(database):
    with sqlite3.connect(database) as opened:
        return [
            opened.execute(f"SELECT COUNT(*) FROM briefings_{name}").fetchone()[0] for name in ("source", "statement")
        ]


def test_a_killed_load_leaves_nothing_and_can_be_repeated(tmp_path):
    database, log = tmp_path / "db.sqlite3", tmp_path / "db.sqlite3-wal"
    folder = tmp_path / "content"
    folder.mkdir()
    benchmark.write(folder, 2000)
    write(folder / "long.json", [topic(f"t-{number}", description="x" * 200_000) for number in range(30)])
    assert run(database, "migrate", "-v0").wait() == 0
    process = run(database, "load_content", folder, "-v0")
    while process.poll() is None and not (log.exists() and log.stat().st_size > 1_000_000):
        time.sleep(0.005)  # the long texts are written first and do not fit into memory; the rest is still to come
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL, "the load was over before it could be killed"
    assert rows_in(database) == [0, 0]
    assert run(database, "load_content", folder, "-v0").wait() == 0
    assert rows_in(database) == [20, 2000]
