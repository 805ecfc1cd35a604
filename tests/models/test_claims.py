"""Claims: exactly one subject, a value or an object, and values of the property's kind."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from briefings.models import Claim, Statement, Status, said_at
from tests.factories import make_claim, make_event, make_organization, make_person, make_statement


@pytest.mark.parametrize(
    "sides",
    [
        {},
        {"subject_organization": make_organization},
        {"subject_organization": make_organization, "subject_person": make_person, "value": "x"},
        {"subject_event": make_event, "value": "x", "object_person": make_person},
        {"subject_event": make_event, "object_event": make_event, "object_person": make_person},
        {"value": "x"},
    ],
)
def test_the_database_refuses_a_claim_without_one_subject_and_a_value_or_an_object(db, sides):
    sides = {name: value if isinstance(value, str) else value() for name, value in sides.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(statement=make_statement(), property="described-as", **sides)


@pytest.mark.parametrize(
    ("name", "value", "accepted"),
    [
        ("number-of-members", "194", True),
        ("number-of-members", "about 194", False),
        ("established", "1923", True),
        ("established", "in 1923", False),
        ("member-of", "Interpol", False),
        ("mission", "to enable police", True),
    ],
)
def test_a_value_is_of_its_property_s_kind(db, name, value, accepted):
    claim = Claim(statement=make_statement(), property=name, subject_organization=make_organization(), value=value)
    if accepted:
        claim.full_clean()
    else:
        with pytest.raises(ValidationError):
            claim.full_clean()


def test_a_claim_is_public_when_its_statement_and_both_its_ends_are(db):
    ends = {"subject": make_organization(), "other": make_event()}
    statement = make_statement()
    claim = make_claim(statement, ends["subject"], "joined", object=ends["other"])
    for thing in (statement, *ends.values()):
        assert not Claim.objects.published().exists()
        thing.status = Status.PUBLISHED
        thing.save()
    assert list(Claim.objects.published()) == [claim]


def test_what_is_said_at_a_part_of_an_event_is_said_at_the_event_once_the_claim_is_public(db):
    assembly, speech = make_event(status=Status.PUBLISHED), make_event(status=Status.PUBLISHED)
    there, elsewhere = make_statement(event=speech), make_statement()
    claim = make_claim(elsewhere, speech, "part-of", object=assembly)
    assert not Statement.objects.filter(said_at(assembly)).exists()
    claim.statement.status = Status.PUBLISHED
    claim.statement.save()
    assert list(Statement.objects.filter(said_at(assembly))) == [there]
    assert list(Statement.objects.filter(said_at(speech.pk))) == [there]
