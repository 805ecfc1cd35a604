"""Verification: each promise, broken behind the models' back, is noticed with its place; what holds is left alone."""

import itertools

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from briefings.editorial import verification
from briefings.editorial.verification import findings
from briefings.models import StoredPage
from briefings.models.sources import sha256_of
from briefings.stored_pages import render_page
from tests.factories import (
    WORDS,
    make_briefing,
    make_claim,
    make_evidence,
    make_organization,
    make_person,
    make_published_briefing,
    make_snapshot,
    make_source,
    make_statement,
    make_topic,
)

pytestmark = pytest.mark.django_db


def found(**options):
    return [str(finding) for finding in findings(**options)]


def behind_the_back(table, values, **where):
    """Change rows as somebody with access to the database would."""
    assignments = ", ".join(f"{name} = %s" for name in values)
    conditions = " AND ".join(f"{name} = %s" for name in where) or "1 = 1"
    with connection.cursor() as cursor:
        parameters = [*values.values(), *where.values()]
        cursor.execute(f"UPDATE briefings_{table} SET {assignments} WHERE {conditions}", parameters)
        assert cursor.rowcount


@pytest.fixture
def content():
    """A published briefing with all that it rests on."""
    outlet = make_organization(slug="outlet", status="published")
    relay = make_organization(slug="relay", status="published")
    minister = make_person(slug="minister", status="published")
    topic = make_topic(slug="crime", status="published", parent=make_topic(slug="law", status="published"))
    source = make_source(key="report", status="published", publisher=outlet)
    copy = make_snapshot("He said: “We shall work.” He left.\n", source=source)
    said = make_statement("We shall work.", key="work", snapshot=copy, relays=[relay], speaker=minister, topics=[topic],
                          status="published")  # fmt: skip
    make_claim(said, minister, "leads", object=outlet)
    return make_published_briefing("He said so.[@work]", slug="story", topics=[topic], authors=[minister])


def test_what_holds_is_not_found_and_is_counted(content):
    counts = verification.Counter()
    assert found(counts=counts) == []
    assert counts["passages"] == counts["wordings"] == counts["citations"] == counts["published revisions"] == 1


def test_a_changed_copy_is_noticed_by_its_hash_and_its_passages(content):
    behind_the_back("snapshot", {"text": "He said: “We shall rest.” He left.\n"})
    assert [finding.split(":")[0].split(" “")[0] for finding in found()] == ["stored copy", "passage", "evidence"]


@pytest.mark.parametrize(
    ("table", "values", "sentence"),
    [
        ("snapshot", {"text_sha256": "0" * 64, "raw_sha256": "0" * 64}, "its hash differs"),
        ("snapshot", {"text": "He said: “We shall work.” He left!\n"}, "stored copy “report, "),
        ("passage", {"start": 9, "\"end\"": 23}, "passage “work, 1, 1”: The stored copy has other words"),
        ("passage", {"exact": "We shall rest."}, "not “We shall rest.”"),
        ("evidence", {"verdict": "typographic"}, "evidence “work, 1”: The wording is recorded as “typographic"),
        ("evidence", {"verdict": ""}, "A published quotation is not in its passages (not checked)"),
        ("evidence", {"location": "moved"}, "“exact, moved” but compares as “exact, in place”"),
        ("evidence", {"location": "gone"}, "does not stand in its stored copy"),
        ("statement", {"text": "We shall rest."}, "compares as “altered"),
        ("citation", {"number": 2}, "published revision “story, 1”: Its citations are not those of its text"),
        ("citation", {"paragraph": 2}, "Its citations are not those of its text"),
        ("publishedrevision", {"body": "He said so.[@work] Twice.[@work]"}, "Its citations are not those of its text"),
        ("publishedrevision", {"version": 2}, "not numbered from 1"),
        ("briefing", {"current_id": None}, "does not show the latest"),
        ("briefing", {"status": "draft"}, "A draft with published revisions"),
        ("source", {"status": "draft"}, "evidence “work, 1”: This is public but points at the source “report”"),
        ("source", {"embargo_until": timezone.now().replace(year=2999)}, "still under embargo"),
        ("person", {"status": "draft"}, "statement “work”: This is public but points at the person “minister”"),
        ("person", {"status": "draft"}, "claim “work, 1”: This is public but points at the person “minister”"),
        ("person", {"status": "draft"}, "revision author “story, 1, minister”: This is public but points"),
        ("statement", {"status": "draft"}, "published revision “story, 1”: This is public but points at the statement"),
    ],
)  # fmt: skip
def test_each_change_behind_the_models_is_noticed_with_its_place(content, table, values, sentence):
    behind_the_back(table, values)
    assert any(sentence in finding for finding in found()), found()


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("outlet", "source “report”: This is public but points at the organization “outlet”"),
        ("outlet", "claim “work, 1”: This is public but points at the organization “outlet”"),
        ("relay", "relay “work, 1, 1”: This is public but points at the organization “relay”"),
    ],
)
def test_a_hidden_organization_is_noticed_wherever_it_shows(content, slug, sentence):
    behind_the_back("organization", {"status": "draft"}, slug=slug)
    assert any(sentence in finding for finding in found()), found()


@pytest.mark.parametrize(
    ("slug", "sentences"),
    [
        ("law", ["topic “crime”: This is public but points at the topic “law”"]),
        ("crime", ["statement “work”: This is public", "revision topic “story, 1, crime”: This is public"]),
    ],
)
def test_a_hidden_topic_is_noticed_wherever_it_shows(content, slug, sentences):
    behind_the_back("topic", {"status": "draft"}, slug=slug)
    assert all(sentence in finding for sentence, finding in zip(sentences, found(), strict=True)), found()


def test_a_translation_of_a_hidden_original_is_noticed(content):
    draft = make_briefing(slug="original")
    behind_the_back("briefing", {"translation_of_id": draft.pk}, slug="story")
    assert found() == [
        "briefing “story”: This is public but points at the briefing “original”, which is not; publish that too."
    ]


def test_tombstones_may_be_pointed_at(content):
    for table in ("person", "organization", "topic", "source", "statement"):
        behind_the_back(table, {"status": "retracted", "retraction_reason": "An error."})
    assert found() == []


def test_drafts_may_point_at_drafts_and_be_unfinished():
    make_published_briefing()
    statement = make_statement("Words that stand nowhere", words="A report")
    make_evidence(statement, "else", snapshot=make_snapshot("Something else."))
    make_statement(evidence=False)
    verification_of_drafts = [finding for finding in found() if "recorded as" not in finding]
    assert verification_of_drafts == []


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: make_source(key="bare", status="published"), "source “bare”: A published source has no stored copy"),
        (
            lambda: make_statement(key="bare", evidence=False, status="published"),
            "statement “bare”: A published statement",
        ),
        (lambda: make_briefing("So.", slug="bare", status="published"), "briefing “bare”: Published without a"),
    ],
)
def test_what_is_public_and_lacks_what_it_needs_is_noticed(make, sentence):
    make()
    assert any(sentence in finding for finding in found())


def test_a_page_that_can_no_longer_be_made_hides_no_other_finding(content):
    behind_the_back("statement", {"said": "2017-13"}, key="work")
    behind_the_back("statement", {"text": "We shall rest."}, key="work")
    StoredPage.objects.create(briefing=content, html="", etag="e", renderer="r", epoch=1)
    said = found(pages=StoredPage.objects.all(), render=render_page)
    assert any("compares as" in sentence for sentence in said)
    assert any("can no longer be made" in sentence for sentence in said)


def test_raw_files_are_compared_with_their_hashes(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    copy = make_snapshot("Text.", raw=ContentFile(b"<p>Text.", "x"), raw_sha256=sha256_of(b"<p>Text."))
    assert found() == []
    (tmp_path / copy.raw.name).write_bytes(b"<p>Test.")
    assert "raw file is not the one" in found()[0]
    (tmp_path / copy.raw.name).unlink()
    assert "raw file cannot be read" in found()[0]


def test_copies_beyond_one_chunk_are_all_checked(content, monkeypatch):
    monkeypatch.setattr(verification, "COPIES_AT_ONCE", 2)
    statements = [make_statement(status="published") for _ in range(5)]
    for statement in statements[::2]:
        behind_the_back("passage", {"exact": WORDS.upper()}, evidence_id=statement.evidence.get().pk)
    wrong = [finding for finding in found() if finding.startswith("passage")]
    assert [f"passage “{statement.key}, 1, 1”" for statement in statements[::2]] == [one.split(":")[0] for one in wrong]


def test_stored_pages_are_compared_with_fresh_ones(content):
    page = StoredPage.objects.create(briefing=content, html="fresh", etag="x", renderer="x", epoch=1)
    pages = StoredPage.objects.filter(stale=False)
    assert found(pages=pages, render=lambda briefing: "fresh") == []
    assert "“story”: Its stored page is not" in found(pages=pages, render=lambda briefing: "other")[0]

    def edited_meanwhile(briefing):
        StoredPage.objects.update(stale=True)
        return "other"

    assert found(pages=pages, render=edited_meanwhile) == []
    page.refresh_from_db()
    assert page.stale


def test_more_content_takes_no_more_questions(content, django_assert_num_queries):
    with CaptureQueriesContext(connection) as few:
        found()
    for _ in range(10):
        make_published_briefing()
    with django_assert_num_queries(len(few)):
        found()


def test_findings_come_one_by_one(content):
    behind_the_back("snapshot", {"text": "x"})
    assert len(list(itertools.islice(findings(), 1))) == 1
