"""Statements and their links: one speaker, words, and no link of a thing to itself."""

import pytest
from django.db import IntegrityError, transaction

from briefings.models import Statement, StatementLink, Status
from tests.factories import make_claim, make_event, make_organization, make_person, make_statement


@pytest.mark.parametrize(
    "fields",
    [
        {"text": ""},
        {"speaker_description": "an official", "speaker_person": "person"},
        {"speaker_organization": "organization", "speaker_person": "person"},
        {"status": Status.PUBLISHED, "allegation": True},
    ],
)
def test_the_database_refuses_an_impossible_statement(db, fields):
    made = {"person": make_person, "organization": make_organization}
    fields = {name: made[value]() if value in made else value for name, value in fields.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.create(**{"key": "a", "kind": "quotation", "text": "Words.", **fields})


def test_a_statement_is_not_linked_to_itself_nor_twice_the_same_way(db):
    one, other = make_statement(), make_statement()
    with pytest.raises(IntegrityError), transaction.atomic():
        StatementLink.objects.create(from_statement=one, to_statement=one, kind="supports")
    StatementLink.objects.create(from_statement=one, to_statement=other, kind="supports")
    with pytest.raises(IntegrityError), transaction.atomic():
        StatementLink.objects.create(from_statement=one, to_statement=other, kind="supports")


def test_a_link_is_public_when_both_its_statements_are(db):
    public, draft = make_statement(status=Status.PUBLISHED), make_statement()
    link = StatementLink.objects.create(from_statement=public, to_statement=draft, kind="supports")
    assert not StatementLink.objects.published().exists()
    draft.status = Status.PUBLISHED
    draft.save()
    assert list(StatementLink.objects.published()) == [link]


def test_statements_are_found_by_their_speaker_and_by_what_they_are_about(db):
    speaker, event = make_person(), make_event()
    statement = make_statement(speaker=speaker)
    make_statement()
    make_claim(statement, event, "speaker", object=speaker)
    make_claim(statement, event)
    for found in (Statement.objects.by(speaker), Statement.objects.about(event), Statement.objects.about(speaker)):
        assert list(found) == [statement]
