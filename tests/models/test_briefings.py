"""Published revisions and what belongs to them never change; citations are public with both their ends."""

import pytest
from django.db import transaction
from django.db.models import ProtectedError

from briefings.models import Briefing, Citation, ImmutableRecord, PublishedRevision, RevisionTopic, Status
from tests.factories import make_briefing, make_published_briefing, make_topic, make_user


@pytest.mark.parametrize(
    "door",
    [
        lambda briefing: PublishedRevision.objects.update(body="x"),
        lambda briefing: briefing.current.delete(),
        lambda briefing: PublishedRevision.objects.all().delete(),
        lambda briefing: briefing.current.topics.clear(),
        lambda briefing: RevisionTopic.objects.update(topic=make_topic()),
        lambda briefing: briefing.topics.get().delete(),
        lambda briefing: briefing.current.topics.add(make_topic()),
        lambda briefing: make_topic().revisions.add(briefing.current),
        lambda briefing: RevisionTopic.objects.create(revision=briefing.current, topic=make_topic()),
        lambda briefing: PublishedRevision.objects.all()._raw_delete("default"),
    ],
)
def test_a_published_revision_is_changed_through_no_door(db, door):
    briefing = make_published_briefing(topics=[make_topic()])
    with pytest.raises((ImmutableRecord, ProtectedError)), transaction.atomic():
        door(briefing)
    revision = PublishedRevision.objects.get()
    assert (revision.body, list(revision.topics.all())) == (briefing.body, list(briefing.topics.all()))


def test_a_saved_revision_with_other_words_is_refused(db):
    revision = make_published_briefing().current
    revision.body = "Other."
    with pytest.raises(ImmutableRecord, match="body"):
        revision.save()


def test_who_published_cannot_be_removed_behind_the_record(db):
    user = make_user()
    briefing = make_published_briefing()
    PublishedRevision.objects.create(briefing=briefing, version=2, title="T", body="B", by=user)
    with pytest.raises(ProtectedError):
        user.delete()


def test_a_briefing_is_public_only_with_a_revision_to_show(db):
    shown, empty = make_published_briefing(), make_briefing(status=Status.PUBLISHED)
    assert list(Briefing.objects.published()) == [shown]
    assert (shown.is_public, empty.is_public) == (True, False)


def test_a_citation_is_public_while_its_briefing_and_its_statement_are(db):
    briefing = make_published_briefing()
    assert Citation.objects.published().count() == 1
    briefing.status, briefing.retraction_reason = Status.RETRACTED, "Wrong."
    briefing.save()
    assert not Citation.objects.published().exists()
