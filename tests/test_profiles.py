"""Profiles: claims seen from both ends, each value with who says so, and values that differ side by side."""

import pytest

from briefings.models import Source, Statement
from briefings.profiles import MOST, profile_of
from briefings.timelines import timeline_of
from tests.factories import (
    make_claim,
    make_event,
    make_evidence,
    make_organization,
    make_person,
    make_snapshot,
    make_source,
    make_statement,
)

pytestmark = pytest.mark.django_db
PUBLIC = {"status": "published"}


@pytest.fixture
def body():
    return make_organization(slug="body", name="The Body", **PUBLIC)


def statement_in(published="", *, paper="A Paper", **fields):
    """A public statement in an article of a paper."""
    publisher = make_organization(name=paper, **PUBLIC)
    source = make_source(publisher=publisher, published=published, **PUBLIC)
    fields = {"kind": "assertion", "text": "It says so", **PUBLIC, **fields}
    return make_statement(snapshot=make_snapshot("It says so.", source=source), **fields)


def line(profile, label):
    return next(line for line in profile.lines if line.label == label)


def words(line):
    return [value.party.name for value in line.values]


def test_a_value_names_who_says_so_and_leads_to_the_statement(body):
    statement = statement_in("2017-09")
    make_claim(statement, body, "established", "1923")
    (value,) = line(profile_of(body), "Established").values
    (says,) = value.attributions
    assert (value.party.name, says.words, says.date) == ("1923", "according to A Paper", "published September 2017")
    assert says.url == statement.get_absolute_url()


@pytest.mark.parametrize(
    ("said", "basis", "told"),
    [
        ("2017-09-26", "derived", "said 26 September 2017 (worked out)"),
        ("2017-09-26", "printed", "said 26 September 2017"),
        ("", "", "published September 2017 (known to the editors)"),
    ],
)
def test_a_date_that_the_source_does_not_print_says_what_it_rests_on(body, said, basis, told):
    statement = statement_in("2017-09", said=said, said_basis=basis)
    Source.objects.update(published_basis="editors")
    make_claim(statement, body, "mission", "peace")
    assert line(profile_of(body), "Mission").values[0].attributions[0].date == told


def test_an_event_s_own_date_is_left_to_the_head_of_its_page():
    founding = make_event(name="Founding", date="1923", **PUBLIC)
    make_claim(statement_in(), founding, "date", "1923")
    assert profile_of(founding).dated == ()


def test_the_way_the_words_came_is_told(body):
    minister, portal = make_person(name="A. Minister", **PUBLIC), make_organization(name="Portal", **PUBLIC)
    statement = statement_in(speaker=minister, said="2017-09-26", evidence=False)
    source = make_source(publisher=make_organization(name="A Paper", **PUBLIC), **PUBLIC)
    make_evidence(statement, snapshot=make_snapshot("It says so.", source=source), relays=[portal])
    make_claim(statement, body, "mission", "peace")
    (says,) = line(profile_of(body), "Mission").values[0].attributions
    assert says.words == "according to A. Minister, by way of Portal, in A Paper"
    assert says.date == "said 26 September 2017"


def test_equal_values_stand_once_with_all_who_give_them(body):
    for paper in ("One", "Two"):
        make_claim(statement_in(paper=paper), body, "seat", "Lyon" if paper == "One" else " lyon ")
    (value,) = line(profile_of(body), "Seat").values
    assert [says.words for says in value.attributions] == ["according to One", "according to Two"]


def test_unequal_values_at_the_same_time_differ(body):
    make_claim(statement_in("2017", paper="One"), body, "number-of-members", "192")
    make_claim(statement_in("2019", paper="Two"), body, "number-of-members", "194")
    members = line(profile_of(body), "Number of members")
    assert members.differ
    assert words(members) == ["192", "194"]


def test_unequal_values_at_different_times_do_not_differ(body):
    make_claim(statement_in("2017"), body, "seat", "Paris", during="1946/1989")
    make_claim(statement_in("2017"), body, "seat", "Lyon", during="1990/..")
    assert not line(profile_of(body), "Seat").differ


def test_an_undated_claim_counts_from_its_source_on(body):
    make_claim(statement_in("2017"), body, "seat", "Lyon")
    make_claim(statement_in("2010"), body, "seat", "Paris", during="1946/1989")
    assert not line(profile_of(body), "Seat").differ
    make_claim(statement_in("2010"), body, "seat", "Vienna", during="2000/2020")
    assert line(profile_of(body), "Seat").differ


def test_an_undated_source_counts_from_its_import(body):
    make_claim(statement_in(""), body, "seat", "Lyon")
    make_claim(statement_in("2010"), body, "seat", "Paris", during="1946/2000")
    assert not line(profile_of(body), "Seat").differ


def test_several_values_of_a_property_that_allows_them_do_not_differ(body):
    for activity in ("training", "research"):
        make_claim(statement_in("2017"), body, "activity", activity)
    assert not line(profile_of(body), "Activity").differ


def test_a_claim_shows_on_both_its_ends(body):
    organ = make_organization(name="An Organ", **PUBLIC)
    make_claim(statement_in(), organ, "part-of", object=body)
    assert words(line(profile_of(organ), "Part of")) == ["The Body"]
    parts = line(profile_of(body), "Parts")
    assert (words(parts), parts.values[0].party.url) == (["An Organ"], organ.get_absolute_url())


def test_what_is_not_public_is_not_in_a_profile(body):
    make_claim(make_statement(), body, "seat", "Lyon")
    make_claim(statement_in(), body, "operates", object=make_organization(name="Hidden"))
    assert profile_of(body).lines == ()


def test_sections_have_a_heading_only_where_there_is_something(body):
    make_claim(statement_in(), body, "seat", "Lyon")
    make_claim(statement_in(), body, "member-of", object=make_organization(**PUBLIC))
    assert [heading for heading, _lines in profile_of(body).groups] == ["What is said", "Membership"]


def test_a_profile_takes_the_same_queries_however_much_there_is(body, django_assert_num_queries):
    def claims(number):
        for _number in range(number):
            make_claim(statement_in(), body, "activity", f"act {number} {_number}")
            make_claim(statement_in(), make_organization(**PUBLIC), "part-of", object=body)

    claims(2)
    with django_assert_num_queries(7):
        profile_of(body)
    claims(20)
    with django_assert_num_queries(7):
        assert len(profile_of(body).lines[0].values) == 22


def test_a_profile_says_when_it_is_cut(body, monkeypatch):
    statement = statement_in()
    for number in range(4):
        make_claim(statement, body, "activity", str(number))
    assert not profile_of(body).is_cut
    monkeypatch.setattr("briefings.profiles.MOST", 3)
    assert profile_of(body).is_cut and MOST > 3
    assert len(profile_of(body).lines[0].values) == 3


def test_a_timeline_has_dated_claims_events_and_days_of_speech(body):
    opening = make_event(name="Opening", slug="opening", date="2017-09-26", date_basis="derived", **PUBLIC)
    make_claim(statement_in(), body, "established", "1923")
    make_claim(statement_in(), opening, "attended-by", object=body)
    make_claim(statement_in(), body, "seat", "Lyon", during="1989/..")
    make_claim(statement_in(), body, "mission", "peace")
    for _number in range(3):
        make_statement(speaker=body, said="2018-01-02", event=opening, **PUBLIC)
    timeline = timeline_of(profile_of(body), Statement.objects.published().by(body), organization="body")
    assert [(entry.when, entry.what, entry.party and entry.party.name) for entry in timeline] == [
        ("1923", "Established", None),
        ("since 1989", "Seat", "Lyon"),
        ("26 September 2017", "Attended", "Opening"),
        ("2 January 2018", "3 statements made", "Opening"),
    ]
    assert [entry.basis for entry in timeline] == ["", "", "worked out", ""]
    assert "organization=body" in timeline[-1].url and "event=opening" in timeline[-1].url
