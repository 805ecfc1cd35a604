"""Versions, deletion, keys and status: what every record keeps."""

import pytest
from django.core.exceptions import ValidationError
from django.core.serializers import deserialize
from django.db import IntegrityError, transaction

from briefings.models import ImmutableRecord, Organization, StaleRecord, Statement, Status, Topic
from tests.factories import make_organization, make_statement, make_topic


def test_a_save_of_what_somebody_else_changed_is_refused_and_writes_nothing(db):
    mine = make_organization(name="Interpol")
    theirs = Organization.objects.get(pk=mine.pk)
    theirs.name = "INTERPOL"
    theirs.save()
    mine.name = "ICPO"
    with pytest.raises(StaleRecord), transaction.atomic():
        mine.save()
    assert Organization.objects.get(pk=mine.pk).name == "INTERPOL"


def test_a_bulk_update_moves_the_version_so_that_an_open_form_is_stale(db):
    mine = make_organization()
    Organization.objects.update(name="changed")
    with pytest.raises(StaleRecord), transaction.atomic():
        mine.save()


def test_saving_twice_in_a_row_is_no_conflict(db):
    mine = make_organization()
    mine.save()
    mine.save(update_fields=["name"])
    assert mine.version == Organization.objects.get(pk=mine.pk).version == 3


def test_raw_loading_moves_the_version_and_never_back(db):
    topic = make_topic()
    topic.save()
    raw = [{"model": "briefings.topic", "pk": topic.pk, "fields": {"name": "N", "slug": topic.slug, "version": 1}}]
    for loaded in deserialize("python", raw):
        loaded.save()
    assert Topic.objects.get(pk=topic.pk).version == 3


def test_a_draft_may_be_deleted_and_what_was_published_never(db):
    make_topic().delete()
    public = make_topic(status=Status.PUBLISHED)
    with pytest.raises(ImmutableRecord):
        public.delete()
    with pytest.raises(ImmutableRecord):
        Topic.objects.all().delete()
    assert Topic.objects.count() == 1


def test_a_part_of_a_published_statement_is_not_deleted(db):
    statement = make_statement(status=Status.PUBLISHED)
    evidence = statement.evidence.get()
    for part in (evidence, evidence.passages.get()):
        with pytest.raises(ImmutableRecord):
            part.delete()
    with pytest.raises(ImmutableRecord):
        statement.evidence.all().delete()
    draft = make_statement()
    draft.delete()
    assert list(Statement.objects.all()) == [statement]


def test_a_published_key_is_frozen_and_a_draft_s_is_not(db):
    topic = make_topic(slug="policing")
    topic.slug = "police"
    topic.full_clean()
    topic.save()
    Topic.objects.filter(pk=topic.pk).update(status=Status.PUBLISHED)
    topic = Topic.objects.get()
    topic.slug = "other"
    with pytest.raises(ValidationError, match="police"):
        topic.full_clean()


@pytest.mark.parametrize("key", ["Iqbal", "iqbal_2017", "-a", "a--b", "a b", "ä", "", "a\n"])
def test_keys_are_small_letters_digits_and_single_hyphens(db, key):
    with pytest.raises(ValidationError):
        Topic(name="T", slug=key).full_clean()


def test_the_database_refuses_a_retraction_without_a_reason(db):
    topic = make_topic()
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.filter(pk=topic.pk).update(status=Status.RETRACTED)


def test_the_database_refuses_a_status_that_nobody_knows(db):
    topic = make_topic()
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.filter(pk=topic.pk).update(status="bogus")


@pytest.mark.parametrize("status", Status.values)
def test_published_and_its_instance_twin_agree(db, status):
    topic = make_topic(status=status, retraction_reason="Wrong." if status == Status.RETRACTED else "")
    assert Topic.objects.published().filter(pk=topic.pk).exists() == topic.is_public == (status == Status.PUBLISHED)
    assert Topic.objects.retracted().filter(pk=topic.pk).exists() == (status == Status.RETRACTED)
