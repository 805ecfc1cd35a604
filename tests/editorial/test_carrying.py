"""Statements carried into a newer copy: evidence is added where all their words stand, nothing else is touched."""

import pytest

from briefings.editorial.carrying import carry_passages
from briefings.models import Evidence, Passage
from tests.factories import make_organization, make_snapshot, make_source, make_statement, make_user

ONE = "This bridge joins what the river parted a hundred years ago"
TWO = "We shall build two more before the decade ends"
OLD = f"Minister opens the bridge\n\n“{ONE},” the minister said.\n\n“{TWO},” he added.\n"


@pytest.fixture
def source(db):
    return make_source(status="published")


@pytest.fixture
def old(source):
    return make_snapshot(OLD, source=source)


def words_of(evidence):
    return [(one.start, one.end, one.exact) for one in evidence.passages.order_by("order")]


def test_all_that_belongs_to_the_evidence_goes_along(source, old):
    agency, editor = make_organization(), make_user()
    statement = make_statement(
        f"{ONE} … {TWO}", words=[ONE, TWO], snapshot=old, relays=[agency, None], status="published"
    )
    first = statement.evidence.get()
    first.name_printed, first.verb = "the minister", "said … added"
    first.save()
    Passage.objects.filter(evidence=first).update(locator="p. 4")
    version, before = Evidence.objects.get(pk=first.pk).version, words_of(first)
    new = make_snapshot("A line that is new.\n\n" + OLD, source=source)
    (added,) = carry_passages(new, by=editor)
    assert (added.statement, added.snapshot, added.order, added.created_by) == (statement, new, 2, editor)
    assert (added.name_printed, added.verb) == ("the minister", "said … added")
    assert [(step.organization, step.order) for step in added.steps.order_by("order")] == [(agency, 1), (None, 2)]
    assert all(new.text[start:end] == exact for start, end, exact in words_of(added))
    assert [exact for _start, _end, exact in words_of(added)] == [ONE, TWO]
    assert {one.locator for one in added.passages.all()} == {""}, "a page of the older layout"
    first.refresh_from_db()
    assert (first.version, words_of(first)) == (version, before)
    assert added.checked_at and added.location == "in place"


@pytest.mark.parametrize(
    "text",
    [
        OLD.replace("two more", "three more"),
        OLD.replace("We shall", "We shall not"),
        OLD.replace(TWO, ""),
        OLD.replace("decade ends", "decade\n\nends"),
    ],
)
def test_nothing_is_carried_where_one_of_the_passages_has_other_words(source, old, text):
    make_statement(f"{ONE} … {TWO}", words=[ONE, TWO], snapshot=old)
    new = make_snapshot(text, source=source)
    assert carry_passages(new, by=None) == []
    assert not new.evidence.exists()


def test_other_typography_is_the_same_words_and_the_verdict_says_so(source, old):
    make_statement(ONE.replace("a hundred", "a hundred"), snapshot=old)
    new = make_snapshot(OLD.replace("river parted", "river\u00a0parted"), source=source)
    (added,) = carry_passages(new, by=None)
    assert added.passages.get().exact == ONE.replace("river parted", "river\u00a0parted")
    assert added.verdict in ("exact", "typographic")


def test_a_passage_that_fits_two_places_is_left_to_an_editor(source, old):
    make_statement(TWO, snapshot=old)
    new = make_snapshot(f"x\n\n“{TWO}”\n\ny\n\n“{TWO}”\n", source=source)
    assert carry_passages(new, by=None) == []


def test_what_the_newer_copy_carries_already_is_left_alone(source, old):
    statement = make_statement(ONE, snapshot=old)
    new = make_snapshot("New.\n\n" + OLD, source=source)
    assert len(carry_passages(new, by=None)) == 1
    assert carry_passages(new, by=None) == []
    assert statement.evidence.count() == 2


def test_other_sources_are_not_looked_at(source, old):
    make_statement(ONE, snapshot=old)
    assert carry_passages(make_snapshot("New.\n\n" + OLD), by=None) == []


def test_two_hundred_statements_are_carried(source, old):
    sentences = [f"Sentence number {number} says what number {number} has to say." for number in range(200)]
    copy = make_snapshot("\n\n".join(sentences), source=source)
    for sentence in sentences:
        make_statement(sentence, snapshot=copy, kind="assertion")
    new = make_snapshot("\n\n".join(["New.", *sentences]), source=source)
    assert len(carry_passages(new, by=None)) == 200
