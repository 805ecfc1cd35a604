"""Partial dates: what is accepted, how they are shown, and bounds that the database keeps through every write."""

import pytest
from django.core.exceptions import ValidationError
from django.core.serializers import deserialize
from django.db import IntegrityError, transaction

from briefings.models import Event
from briefings.models.dates import bounds, describe, validate_edtf
from tests.factories import make_event

DATES = {
    "": ("", ""),
    "1950": ("1950-01-01", "1950-12-31"),
    "1950~": ("1950-01-01", "1950-12-31"),
    "2017-09": ("2017-09-01", "2017-09-30"),
    "2017-12": ("2017-12-01", "2017-12-31"),
    "2016-02": ("2016-02-01", "2016-02-29"),
    "1900-02": ("1900-02-01", "1900-02-28"),
    "2000-02~": ("2000-02-01", "2000-02-29"),
    "2017-09-26": ("2017-09-26", "2017-09-26"),
    "2017-09-26/2017-09-29": ("2017-09-26", "2017-09-29"),
    "1950~/2017-02": ("1950-01-01", "2017-02-28"),
    "../1950": ("0001-01-01", "1950-12-31"),
    "1950/..": ("1950-01-01", "9999-12-31"),
}


@pytest.mark.parametrize(("edtf", "expected"), DATES.items())
def test_python_and_the_database_agree_on_the_bounds(db, edtf, expected):
    event = Event.objects.get(pk=make_event(date=edtf).pk)
    assert bounds(edtf) == expected
    assert (event.date_earliest, event.date_latest) == expected


def test_bounds_follow_update_and_raw_loading(db):
    event = make_event(date="1950")
    Event.objects.filter(pk=event.pk).update(date="2017-09")
    assert Event.objects.get(pk=event.pk).date_latest == "2017-09-30"
    raw = [
        {
            "model": "briefings.event",
            "pk": event.pk,
            "fields": {"name": "E", "slug": "e", "kind": "speech", "date": "1923"},
        }
    ]
    for loaded in deserialize("python", raw):
        loaded.save()
    assert Event.objects.get(pk=event.pk).date_earliest == "1923-01-01"


def test_the_database_refuses_a_range_that_runs_backwards(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_event(date="2017/1950")


@pytest.mark.parametrize(
    "edtf",
    [
        "50",
        "1950-13",
        "2017-02-30",
        "2017/1950",
        "../..",
        "1950?",
        "1950-09-2",
        "2017-09-26T10:00",
        "١٩٥٠",
        "1950/",
        "0000",
        " 1950",
    ],
)
def test_what_is_no_date_of_the_subset_is_refused_with_an_example(edtf):
    with pytest.raises(ValidationError, match="2017-09-26"):
        validate_edtf(edtf)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("", ""),
        ("1950", "1950"),
        ("1950~", "about 1950"),
        ("2017-09", "September 2017"),
        ("2017-09-26", "26 September 2017"),
        ("2017-09-26/2017-09-29", "26–29 September 2017"),
        ("2017-09-26/2017-10-02", "26 September 2017 to 2 October 2017"),
        ("../1950", "until 1950"),
        ("2017-09/..", "since September 2017"),
    ],
)
def test_a_date_is_shown_exactly_as_precise_as_it_is(edtf, words):
    assert describe(edtf) == words
