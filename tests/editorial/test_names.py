"""Who a name is: by name and other name, for whom who asks may read, in a fixed number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from briefings.editorial.names import Matcher, plain
from briefings.models import Alias, AliasKind
from briefings.permissions import Role
from tests.factories import make_event, make_organization, make_person, make_user


@pytest.fixture
def editor(db):
    return make_user(Role.EDITOR)


@pytest.mark.parametrize(
    ("stored", "printed"),
    [
        ("Ahsan Iqbal", "Ahsan Iqbal"),
        ("Ahsan Iqbal", "AHSAN  IQBAL"),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
        ("Recep Tayyip Erdogan", "Recep Tayyip Erdoğan"),
        ("Özil", "ozil"),
        ("Conor O’Brien", "Conor O'Brien"),
        ("Conor O'Brien", "Conor O’Brien"),
        ("The Hague", "the Hague"),
        ("Hague", "The Hague"),
        ("احسن اقبال", "احسن اقبال"),
        ("习近平", "习近平"),
    ],
)
def test_a_name_matches_whatever_its_case_accents_and_typography(editor, stored, printed):
    person = make_person(name=stored)
    make_person(name=f"{stored} Khan")
    assert Matcher(editor, [printed]).find(printed).pick == person


@pytest.mark.parametrize("printed", ["Iqbal", "Ahsan", "Ahsan Iqbal Khan", "", "  ", "A. Iqbal"])
def test_a_part_of_a_name_is_not_the_name(editor, printed):
    make_person(name="Ahsan Iqbal")
    match = Matcher(editor, [printed]).find(printed)
    assert match.pick is None and match.candidates == ()


def test_other_names_match_too_and_an_acronym_in_its_own_letters_alone(editor):
    agency = make_organization(name="Federal Investigation Agency")
    Alias.objects.create(organization=agency, name="FIA", kind=AliasKind.ACRONYM)
    Alias.objects.create(organization=agency, name="Pakistan’s FBI", kind=AliasKind.SPELLING)
    matcher = Matcher(editor, ["FIA", "fia", "pakistan's fbi"])
    assert matcher.find("FIA").pick == agency
    assert matcher.find("pakistan's fbi").pick == agency
    assert matcher.find("fia").pick is None


def test_two_of_one_name_are_candidates_and_neither_is_picked(editor):
    two = {make_person(name="Ali Khan"), make_person(name="Ali Khan")}
    match = Matcher(editor, ["ali khan"]).find("ali khan")
    assert match.pick is None and set(match.candidates) == two


def test_one_thing_under_its_name_and_an_equal_other_name_is_one_thing(editor):
    agency = make_organization(name="Interpol")
    Alias.objects.create(organization=agency, name="INTERPOL")
    assert Matcher(editor, ["Interpol"]).find("Interpol").pick == agency


def test_an_event_matches_with_its_words_in_another_order(editor):
    event = make_event(name="86th General Assembly of Interpol")
    make_event(name="85th General Assembly of Interpol")
    matcher = Matcher(editor, [], events=["the 86th Interpol General Assembly", "General Assembly"])
    assert matcher.find_event("the 86th Interpol General Assembly").pick == event
    assert matcher.find_event("General Assembly").pick is None


def test_only_what_one_may_read_is_matched(db):
    contributor = make_user(Role.CONTRIBUTOR)
    mine, public = make_person(name="Mine", created_by=contributor), make_person(name="Public", status="published")
    hidden = make_person(name="Hidden")
    Alias.objects.create(person=hidden, name="Veiled")
    make_event(name="Hidden summit")
    names = ["Mine", "Public", "Hidden", "Veiled"]
    matcher = Matcher(contributor, names, events=["Hidden summit"])
    assert [matcher.find(name).pick for name in names] == [mine, public, None, None]
    assert matcher.find_event("Hidden summit").pick is None


def test_the_queries_do_not_grow_with_the_names(editor):
    names = [make_person(name=f"Person {number}").name for number in range(40)]

    def queries(some):
        with CaptureQueriesContext(connection) as captured:
            matcher = Matcher(editor, some, events=["86th Assembly"])
            assert all(matcher.find(name).pick for name in some)
        return len(captured)

    queries(names[:1])  # asks for the role, once
    assert queries(names[:2]) == queries(names) <= 4


def test_a_name_of_any_length_is_compared_by_its_beginning_alone():
    assert len(plain("x" * 100_000)) == 300
