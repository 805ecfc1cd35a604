"""What the health of the collection counts, and what it leaves alone."""

import pytest

from briefings.editorial.health import (
    POINTERS,
    second_hand_statements,
    single_origin_statements,
    sources_without_copy,
    unlinked,
    unmentioned_contradictions,
)
from briefings.models import Organization, Source, Statement, StatementLink, Topic
from tests.factories import (
    make_evidence,
    make_organization,
    make_published_briefing,
    make_snapshot,
    make_source,
    make_statement,
    make_topic,
)

pytestmark = pytest.mark.django_db


def said(key, **fields):
    return make_statement(key=key, status="published", **fields)


def test_reprints_of_one_text_are_one_origin():
    wire = make_source(status="published")
    words = "The wire said so."
    reprinted = said("reprinted", text=words, snapshot=make_snapshot(words, source=wire))
    reprint = make_source(status="published", origin=wire)
    make_evidence(reprinted, snapshot=make_snapshot(f"Reprinted: {words}", source=reprint))
    make_evidence(said("twice"))
    said("alone")
    assert [one.key for one in single_origin_statements()] == ["alone", "reprinted"]


def test_second_hand_is_what_no_evidence_carries_without_a_relay():
    relay = make_organization()
    said("relayed", relays=[relay])
    both = said("both", relays=[relay])
    make_evidence(both)
    said("direct")
    make_statement(key="draft", relays=[relay])
    said("bare", evidence=False)
    assert [one.key for one in second_hand_statements()] == ["relayed"]


def test_a_contradiction_counts_where_the_briefing_does_not_mention_it():
    one, other = said("one"), said("other")
    StatementLink.objects.create(from_statement=one, to_statement=other, kind="contradicts")
    make_published_briefing("So.[@one] And again.[@one]", title="Silent")
    make_published_briefing("So.[@one] But.[@other]", title="Fair")
    make_published_briefing("But.[@other]", title="Silent too")
    found = [(row.revision.title, row.statement.key) for row in unmentioned_contradictions()]
    assert found == [("Silent", "one"), ("Silent too", "other")]


def test_a_hidden_contradiction_does_not_count():
    StatementLink.objects.create(from_statement=said("one"), to_statement=make_statement(), kind="contradicts")
    make_published_briefing("So.[@one]")
    assert not unmentioned_contradictions()


def test_a_source_without_a_copy_is_named():
    bare = make_source()
    make_snapshot()
    assert list(sources_without_copy()) == [bare]


def test_what_nothing_points_at_is_loose():
    loose, speaker = make_organization(name="Loose"), make_organization(name="Speaker")
    used, child = make_topic(), make_topic()
    used_by = said("cited", speaker=speaker, topics=[used])
    child.parent = make_topic(name="Parent")
    child.save()
    make_published_briefing(f"So.[@{used_by.key}]")
    uncited = said("uncited")
    assert list(unlinked(Organization)) == [loose]
    assert set(unlinked(Topic)) == {child}
    assert list(unlinked(Statement)) == [uncited]
    assert not unlinked(Source)


def test_every_kind_can_be_asked_about():
    assert all(list(unlinked(model)) == [] for model in POINTERS)
