"""Narrowing lists: by things named by slug or name, by dates that overlap, by words; what cannot be read is said."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from briefings.filters import BriefingFilter, EventFilter, OrganizationFilter, SourceFilter, StatementFilter
from briefings.filters.kinds import WordsFilter
from briefings.models import Alias, Briefing, Event, Organization, Snapshot, Source, Statement, Status
from tests.factories import (
    make_claim,
    make_event,
    make_evidence,
    make_organization,
    make_person,
    make_published_briefing,
    make_snapshot,
    make_source,
    make_statement,
    make_topic,
)

pytestmark = pytest.mark.django_db
PUBLIC = {"status": "published"}


def narrowed(filterset, query, queryset):
    """The filter set of a query string, and what it leaves, as a set of keys."""
    narrowed = filterset(QueryDict(query), queryset.published())
    key = queryset.model.natural_key_fields[0]
    return narrowed, set(narrowed.qs.values_list(key, flat=True)) if narrowed.is_valid() else None


@pytest.fixture
def statements():
    """Two public statements and a draft, told apart by every filter."""
    minister, outlet = (
        make_person(slug="minister", name="A. Minister", **PUBLIC),
        make_organization(slug="outlet", **PUBLIC),
    )
    assembly, topic = make_event(slug="assembly", **PUBLIC), make_topic(slug="crime", **PUBLIC)
    report = make_snapshot("“Fight crime together,” he said.", source=make_source(key="report", **PUBLIC))
    one = make_statement(
        "Fight crime together", key="one", speaker=minister, event=assembly, topics=[topic], said="2017-09-26",
        snapshot=report, relays=[outlet], **PUBLIC,
    )  # fmt: skip
    make_claim(one, outlet, "described-as", "helpful")
    make_statement("It has 194 members", key="two", kind="assertion", speaker=outlet, said="2017", **PUBLIC)
    make_statement("Fight crime", key="draft", speaker=minister, event=assembly, topics=[topic], said="2017-09-26")


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("", {"one", "two"}),
        ("q=crime+together", {"one"}),
        ("q=crime+members", set()),
        ("kind=assertion", {"two"}),
        ("person=minister", {"one"}),
        ("organization=outlet", {"two"}),
        ("via=outlet", {"one"}),
        ("about=outlet", {"one"}),
        ("event=assembly", {"one"}),
        ("topic=crime", {"one"}),
        ("source=report", {"one"}),
        ("topic=Crime", {"one"}),
        ("person=minister&kind=assertion", set()),
        ("since=2017-09", {"one", "two"}),
        ("since=2018", set()),
        ("until=2017-06", {"two"}),
        ("since=2017-09-26&until=2017-09-26", {"one", "two"}),
        ("unknown=1&utm_source=x", {"one", "two"}),
        ("status=draft", {"one", "two"}),
    ],
)
def test_statements_are_narrowed(statements, query, left):
    assert narrowed(StatementFilter, query, Statement.objects)[1] == left


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("person=nobody", "person", "nobody"),
        ("person=outlet", "person", "outlet"),  # an organization is no person
        ("kind=rumour", "kind", "rumour"),
        ("since=yesterday", "since", "2017-09-26"),
        ("until=2017-02-30", "until", "2017-09-26"),
        ("since=2018&until=2017", "until", "before it begins"),
        ("q=%00", "q", "Null"),
        (f"q={'x' * 300}", "q", "200"),
        (f"topic={'x' * 300}", "topic", "200"),
        ("sort=password", "sort", "password"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(statements, query, field, words):
    refused, _left = narrowed(StatementFilter, query, Statement.objects)
    assert list(refused.errors) == [field]
    assert words in refused.errors[field][0]


def test_a_slug_of_an_unpublished_thing_names_nothing(statements):
    make_person(slug="hidden", name="Hidden Name")
    refused, _left = narrowed(StatementFilter, "person=hidden", Statement.objects)
    assert "Hidden Name" not in str(refused.errors["person"])


def test_all_slugs_are_looked_up_in_one_query(statements, django_assert_num_queries):
    query = "person=minister&organization=outlet&via=outlet&about=outlet&event=assembly&topic=crime&source=report"
    asked = StatementFilter(QueryDict(query), Statement.objects.published())
    asked.filters["language"].extra["choices"] = []
    with django_assert_num_queries(1):
        assert asked.is_valid()


def test_chips_say_names_and_labels(statements):
    asked, _left = narrowed(
        StatementFilter, "person=minister&kind=quotation&since=2017-09&sort=oldest", Statement.objects
    )
    assert [(name, str(words)) for name, _label, words in asked.chips] == [
        ("kind", "quotation"), ("person", "A. Minister"), ("since", "September 2017"),
    ]  # fmt: skip


def test_statements_come_in_the_order_asked_for(statements):
    make_statement(key="late", said="2018", **PUBLIC)
    for sort, first in [("newest", "late"), ("oldest", "two"), ("key", "late")]:
        asked = StatementFilter(QueryDict(f"sort={sort}"), Statement.objects.published())
        assert asked.is_valid() and asked.qs[0].key == first


def test_no_widget_lists_the_things(statements):
    form = StatementFilter(QueryDict(""), Statement.objects.published()).form
    assert "A. Minister" not in form.as_div()


def test_languages_offered_are_those_of_public_sources(statements):
    make_source(key="urdu", language="ur", **PUBLIC)
    make_source(key="hidden", language="he")
    form = SourceFilter(QueryDict("language=ur"), Source.objects.published())
    assert [code for code, _name in form.form.fields["language"].choices if code] == ["en", "ur"]
    assert form.is_valid() and [source.key for source in form.qs] == ["urdu"]


def test_a_source_is_found_by_publisher_relay_and_topic(statements):
    publisher = make_organization(slug="paper", **PUBLIC)
    make_source(key="printed", publisher=publisher, published="2017-09", **PUBLIC)
    for query, left in [
        ("organization=paper", {"printed"}), ("via=outlet", {"report"}), ("topic=crime", {"report"}),
        ("since=2017-09-30&until=2018", {"printed"}), ("until=2017-08", set()),
    ]:  # fmt: skip
        assert narrowed(SourceFilter, query, Source.objects)[1] == left, query


def test_a_briefing_is_found_by_what_it_cites(statements):
    make_published_briefing("He said so.[@one]", slug="cites-one", topics=[make_topic(slug="police", **PUBLIC)])
    make_published_briefing("It says so.[@two]", slug="cites-two")
    for query, left in [
        ("person=minister", {"cites-one"}), ("organization=outlet", {"cites-one", "cites-two"}),
        ("event=assembly", {"cites-one"}), ("source=report", {"cites-one"}), ("topic=police", {"cites-one"}),
        ("q=says", {"cites-two"}), ("since=2000", {"cites-one", "cites-two"}), ("until=2000", set()),
    ]:  # fmt: skip
        assert narrowed(BriefingFilter, query, Briefing.objects)[1] == left, query


def test_words_of_a_draft_do_not_find_a_published_briefing(statements):
    briefing = make_published_briefing("He said so.[@one]")
    briefing.body = "Unheard of."
    briefing.save()
    assert narrowed(BriefingFilter, "q=unheard", Briefing.objects)[1] == set()


def test_an_organization_is_found_by_another_name_and_by_its_ties(statements):
    force = make_organization(slug="force", **PUBLIC)
    Alias.objects.create(organization=force, name="SSD", kind="acronym")
    make_claim(Statement.objects.get(key="two"), force, "part-of", object=Organization.objects.get(slug="outlet"))
    for query, left in [("q=ssd", {"force"}), ("organization=outlet", {"outlet", "force"}), ("kind=country", set())]:
        assert narrowed(OrganizationFilter, query, Organization.objects)[1] >= left, query
    assert narrowed(OrganizationFilter, "organization=force", Organization.objects)[1] == {"outlet", "force"}


def test_an_event_is_found_by_who_took_part_and_when(statements):
    make_claim(
        Statement.objects.get(key="two"),
        Event.objects.get(slug="assembly"),
        "speaker",
        object=make_person(slug="x", **PUBLIC),
    )
    make_event(slug="founding", date="1923", **PUBLIC)
    for query, left in [("person=x", {"assembly"}), ("since=1920&until=1930", {"founding"}), ("q=found", {"founding"})]:
        assert narrowed(EventFilter, query, Event.objects)[1] == left, query


def test_what_is_not_public_ties_nothing(statements):
    outlet, relay = Organization.objects.get(slug="outlet"), make_organization(slug="relay", **PUBLIC)
    quiet, report = make_topic(slug="quiet", **PUBLIC), Snapshot.objects.get(source__key="report")
    make_evidence(Statement.objects.get(key="two"), relays=[relay])
    Source.objects.filter(snapshots__evidence__statement__key="two").update(status=Status.DRAFT)
    draft = make_statement("Fight crime", snapshot=report, relays=[relay], topics=[quiet])
    make_claim(draft, outlet, "part-of", object=relay)
    for filterset, query, queryset in [
        (StatementFilter, "via=relay", Statement.objects), (SourceFilter, "via=relay", Source.objects),
        (SourceFilter, "topic=quiet", Source.objects), (OrganizationFilter, "organization=relay", Organization.objects),
    ]:  # fmt: skip
        assert narrowed(filterset, query, queryset)[1] == set(), query


def test_words_are_bounded():
    many = " ".join(["a"] * 10_000)
    assert str(WordsFilter("text").filter(Statement.objects.all(), many).query).count("LIKE") <= 8


def test_names_stand_in_the_order_of_the_alphabet_whatever_their_case(client, db):
    for name in ("Turkey", "interpolrednotice.net", "France"):
        make_organization(name=name, status=Status.PUBLISHED)
    page = client.get(reverse("organization-list")).text
    assert page.index("France") < page.index("interpolrednotice.net") < page.index("Turkey")
