"""Whatever is changed in a published revision behind the application's back is named, byte by byte."""

import json

import pytest
from django.db import connection

from briefings.editorial.seal_checks import seal_findings
from briefings.models import PublishedRevision, Seal
from tests.factories import make_person, make_published_briefing, make_revision, make_topic

pytestmark = pytest.mark.django_db
PUBLIC = {"status": "published"}


def behind_the_back(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        assert cursor.rowcount


def found():
    return [str(finding) for finding in seal_findings()]


@pytest.fixture
def story():
    """A briefing with two versions, and another one beside it."""
    story = make_published_briefing(
        slug="story", topics=[make_topic(slug="crime", **PUBLIC)], authors=[make_person(slug="minister", **PUBLIC)]
    )
    make_revision(story, title="Again", change_note="A word.")
    make_published_briefing(slug="other", topics=[make_topic(slug="law", **PUBLIC)], authors=[make_person(slug="x")])
    assert not found()
    return story


@pytest.mark.parametrize(
    ("column", "part"),
    [("title", "title"), ("standfirst", "standfirst"), ("body", "text"), ("language", "language"),
     ("change_note", "change note")],
)  # fmt: skip
def test_a_byte_changed_in_a_text_is_named(story, column, part):
    revision = PublishedRevision.objects.get(briefing=story, version=2)
    text = getattr(revision, column)
    for changed in (text[:-1] + chr(ord(text[-1]) ^ 1), text + " ", text[1:]):
        behind_the_back(f"UPDATE briefings_publishedrevision SET {column} = %s WHERE id = %s", changed, revision.pk)
        assert found() == [
            f"published revision “story, 2”: Its {part} is not the one that was published: the hash differs."
        ]


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ("at = '2020-01-01 00:00:00+00:00'", "time of publication"),
        ("dated = '2020-01-01 00:00:00+00:00'", "public date"),
        ("is_major = NOT is_major", "mark as a major change"),
    ],
)
def test_a_changed_date_or_mark_is_named(story, values, part):
    behind_the_back(f"UPDATE briefings_publishedrevision SET {values} WHERE id = %s", story.current_id)
    assert [f"Its {part} is not" in one for one in found()] == [True]


@pytest.mark.parametrize(("table", "part"), [("revisionauthor", "byline"), ("revisiontopic", "list of topics")])
def test_a_name_taken_from_the_byline_or_a_topic_is_named(story, table, part):
    behind_the_back(f"DELETE FROM briefings_{table} WHERE revision_id = %s", story.current_id)
    assert [f"Its {part} is not" in one for one in found()] == [True]


@pytest.mark.parametrize(("column", "part"), [("html", "page"), ("evidence", "evidence")])
def test_a_byte_changed_in_a_seal_is_named(story, column, part):
    text = getattr(story.current.seal, column)
    changed = text[:20] + chr(ord(text[20]) ^ 1) + text[21:]
    behind_the_back(f"UPDATE briefings_seal SET {column} = %s WHERE revision_id = %s", changed, story.current_id)
    assert [f"Its {part} is not" in one for one in found()] == [True]


def test_leaves_that_were_made_to_fit_break_the_digest(story):
    first = Seal.objects.get(revision__briefing=story, revision__version=1)
    leaves = json.dumps({**first.leaves, "body": "0" * 64})
    behind_the_back("UPDATE briefings_seal SET leaves = %s WHERE id = %s", leaves, first.pk)
    assert [one for one in found() if "Its digest is not that of its parts." in one]


def test_a_digest_that_was_made_to_fit_breaks_the_chain(story):
    first = Seal.objects.get(revision__briefing=story, revision__version=1)
    behind_the_back("UPDATE briefings_seal SET digest = %s WHERE id = %s", "0" * 64, first.pk)
    assert "published revision “story, 2”: Its digest does not continue that of the version before." in found()


def test_a_missing_seal_and_a_missing_version_are_named(story):
    behind_the_back("DELETE FROM briefings_seal WHERE revision_id = %s", story.current_id)
    assert [one for one in found() if "“story, 2”: It has no seal." in one]
    behind_the_back("UPDATE briefings_publishedrevision SET version = 5 WHERE id = %s", story.current_id)
    assert [one for one in found() if "“story, 5”: The published revision before this one is missing." in one]


def test_a_seal_whose_evidence_is_no_json_is_a_finding_and_no_error(story):
    behind_the_back("UPDATE briefings_seal SET evidence = '[' WHERE revision_id = %s", story.current_id)
    behind_the_back("DELETE FROM briefings_revisionauthor WHERE revision_id = %s", story.current_id)
    assert len(found()) == 2
