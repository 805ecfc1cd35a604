"""Evidence, passages and relays: a passage is exactly what stands at its place."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from briefings.models import AttributionStep, Evidence, Passage, Status
from tests.factories import make_evidence, make_organization, make_person, make_snapshot, make_statement


@pytest.fixture
def evidence(db):
    return make_evidence(make_statement("Words.", evidence=False), snapshot=make_snapshot("Some Words. 𝔘rdu"))


def test_a_passage_is_what_stands_at_its_place_in_code_points(evidence):
    passage = Passage(evidence=evidence, order=2, start=12, end=16, exact="𝔘rdu")
    passage.full_clean()
    passage.save()
    assert passage.is_in_place


def test_a_passage_that_does_not_stand_there_is_refused_on_check_and_on_save(evidence):
    passage = Passage(evidence=evidence, order=2, start=0, end=4, exact="None")
    with pytest.raises(ValidationError, match="does not have these words"):
        passage.full_clean()
    with pytest.raises(ValidationError, match="does not have these words"):
        passage.save()


@pytest.mark.parametrize(("start", "end", "exact"), [(4, 4, ""), (5, 4, "x"), (0, 4, "Som"), (0, 3, "Some")])
def test_the_database_refuses_a_span_that_is_empty_or_not_as_long_as_its_words(evidence, start, end, exact):
    with pytest.raises(IntegrityError), transaction.atomic():
        Passage.objects.bulk_create([Passage(evidence=evidence, order=2, start=start, end=end, exact=exact)])


def test_a_copy_carries_a_statement_once(evidence):
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(statement=evidence.statement, snapshot=evidence.snapshot, order=2)


def test_a_relay_is_an_organization_a_person_or_nobody_named(evidence):
    AttributionStep.objects.create(evidence=evidence, order=1, verb="was quoted as saying")
    assert str(evidence.steps.get()) == "not named"
    with pytest.raises(IntegrityError), transaction.atomic():
        AttributionStep.objects.create(
            evidence=evidence, order=2, organization=make_organization(), person=make_person()
        )


def test_parts_are_public_when_their_statement_and_their_source_are(evidence):
    passage, step = evidence.passages.get(), AttributionStep.objects.create(evidence=evidence, order=1)
    for thing in (evidence.statement, evidence.snapshot.source):
        assert not any(model.objects.published().exists() for model in (Evidence, Passage, AttributionStep))
        thing.status = Status.PUBLISHED
        thing.save()
    for part in (evidence, passage, step):
        assert list(type(part).objects.published()) == [part]
