"""What readers may narrow each list by, in explicit terms: request data never becomes a lookup or an order."""

import django_filters
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy

from briefings.models import (
    AttributionStep,
    Briefing,
    Citation,
    Claim,
    Correction,
    CorrectionKind,
    Event,
    EventKind,
    Evidence,
    Organization,
    OrganizationKind,
    Person,
    Source,
    SourceCheck,
    SourceKind,
    SourceState,
    Statement,
    StatementKind,
    Topic,
    said_at,
)

from .kinds import PublicFilterSet, SinceFilter, SortFilter, ThingFilter, UntilFilter, WordsFilter


def _claimed(**side):
    return Claim.objects.published().filter(
        Q(**{f"subject_{n}": pk for n, pk in side.items()}) | Q(**{f"object_{n}": pk for n, pk in side.items()})
    )


def _about(noun, pk):
    return Q(pk__in=_claimed(**{noun: pk}).values("statement"))


def _via(noun, pk):
    return Q(pk__in=AttributionStep.objects.published().filter(**{noun: pk}).values("evidence__statement"))


def _in_source(noun, pk):
    return Q(pk__in=Evidence.objects.published().filter(snapshot__source=pk).values("statement"))


def _said_by(noun, pk):
    return Q(**{f"speaker_{noun}": pk})


class StatementFilter(PublicFilterSet):
    q = WordsFilter("text", "translation")
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=StatementKind)
    sort = SortFilter(
        ("newest", gettext_lazy("Latest first"), ("-said_earliest", "-key")),
        ("oldest", gettext_lazy("Earliest first"), ("said_earliest", "key")),
        ("key", gettext_lazy("By key"), ("key",)),
    )
    person = ThingFilter(Person, where=_said_by, label=gettext_lazy("Said by a person"))
    organization = ThingFilter(Organization, where=_said_by, label=gettext_lazy("Said by an organization"))
    via = ThingFilter(Organization, Person, where=_via, label=gettext_lazy("Passed on by"))
    about = ThingFilter(Organization, Person, Event, where=_about, label=gettext_lazy("About"))
    event = ThingFilter(Event, where=lambda noun, pk: said_at(pk), label=gettext_lazy("Said at an event"))
    topic = ThingFilter(Topic, where=lambda noun, pk: Q(topics=pk), label=gettext_lazy("Topic"))
    source = ThingFilter(Source, where=_in_source, label=gettext_lazy("Source"))
    language = django_filters.ChoiceFilter(label=gettext_lazy("Language"))
    since = SinceFilter(field_name="said_latest", label=gettext_lazy("Said from"))
    until = UntilFilter(field_name="said_earliest", label=gettext_lazy("Said until"))

    class Meta:
        model = Statement
        fields = []


def _with_topic(noun, pk):
    return Q(pk__in=Evidence.objects.published().filter(statement__topics=pk).values("snapshot__source"))


def _relayed_in(noun, pk):
    return Q(pk__in=AttributionStep.objects.published().filter(**{noun: pk}).values("evidence__snapshot__source"))


class SourceFilter(PublicFilterSet):
    q = WordsFilter("title", "authors", "address")
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=SourceKind)
    sort = SortFilter(
        ("newest", gettext_lazy("Latest first"), ("-published_earliest", "-key")),
        ("oldest", gettext_lazy("Earliest first"), ("published_earliest", "key")),
        ("title", gettext_lazy("By title"), ("title", "key")),
    )
    organization = ThingFilter(Organization, where=lambda noun, pk: Q(publisher=pk), label=gettext_lazy("Published by"))
    via = ThingFilter(Organization, Person, where=_relayed_in, label=gettext_lazy("Reports passed on by"))
    topic = ThingFilter(Topic, where=_with_topic, label=gettext_lazy("Topic"))
    language = django_filters.ChoiceFilter(label=gettext_lazy("Language"))
    page_state = django_filters.ChoiceFilter(
        label=gettext_lazy("Its page when last checked"), choices=SourceState, method="with_page_state"
    )
    since = SinceFilter(field_name="published_latest", label=gettext_lazy("Published from"))
    until = UntilFilter(field_name="published_earliest", label=gettext_lazy("Published until"))

    class Meta:
        model = Source
        fields = []

    def with_page_state(self, sources, _name, state):
        return sources.filter(pk__in=SourceCheck.objects.published().current().filter(state=state).values("source"))


def _citing(statements):
    return Q(current__in=Citation.objects.published().filter(statement__in=statements).values("revision"))


def _resting_on(noun, pk):
    public = Statement.objects.published()
    said = said_at(pk) if noun == "event" else _said_by(noun, pk) | _via(noun, pk)
    return _citing(public.filter(said | _about(noun, pk)))


class BriefingFilter(PublicFilterSet):
    first = ("q", "sort")

    q = WordsFilter("current__title", "current__standfirst", "current__body")
    sort = SortFilter(
        ("newest", gettext_lazy("Latest first"), ("-current__dated", "-pk")),
        ("oldest", gettext_lazy("Earliest first"), ("current__dated", "pk")),
        ("title", gettext_lazy("By title"), ("current__title", "pk")),
    )
    topic = ThingFilter(Topic, where=lambda noun, pk: Q(current__topic_rows__topic=pk), label=gettext_lazy("Topic"))
    person = ThingFilter(Person, where=_resting_on, label=gettext_lazy("About or quoting a person"))
    organization = ThingFilter(Organization, where=_resting_on, label=gettext_lazy("About or quoting an organization"))
    event = ThingFilter(Event, where=_resting_on, label=gettext_lazy("Event"))
    source = ThingFilter(
        Source,
        where=lambda noun, pk: _citing(Statement.objects.published().filter(_in_source(noun, pk))),
        label=gettext_lazy("Source"),
    )
    since = SinceFilter(field_name="current__dated__date", label=gettext_lazy("Published from"))
    until = UntilFilter(field_name="current__dated__date", label=gettext_lazy("Published until"))

    class Meta:
        model = Briefing
        fields = []


def _claimed_with(noun):
    """Things of the kind `noun` that share a claim with another thing."""

    def where(other, pk):
        claims = _claimed(**{other: pk})
        return Q(pk__in=claims.values(f"subject_{noun}")) | Q(pk__in=claims.values(f"object_{noun}"))

    return where


BY_NAME = ("name", gettext_lazy("By name"), (Lower("name"), "slug"))  # as an index of a book has them
BY_NAME_BACKWARDS = ("name-backwards", gettext_lazy("By name, backwards"), ("-name", "-slug"))


class OrganizationFilter(PublicFilterSet):
    q = WordsFilter("name", aliases="organization")
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=OrganizationKind)
    sort = SortFilter(BY_NAME, BY_NAME_BACKWARDS)
    organization = ThingFilter(
        Organization, where=_claimed_with("organization"), label=gettext_lazy("Tied to an organization")
    )
    person = ThingFilter(Person, where=_claimed_with("organization"), label=gettext_lazy("Tied to a person"))
    event = ThingFilter(Event, where=_claimed_with("organization"), label=gettext_lazy("Took part in"))

    class Meta:
        model = Organization
        fields = []


class PersonFilter(PublicFilterSet):
    first = ("q", "sort")

    q = WordsFilter("name", "public_role", aliases="person")
    sort = SortFilter(BY_NAME, BY_NAME_BACKWARDS)
    organization = ThingFilter(
        Organization, where=_claimed_with("person"), label=gettext_lazy("Tied to an organization")
    )
    event = ThingFilter(Event, where=_claimed_with("person"), label=gettext_lazy("Took part in"))

    class Meta:
        model = Person
        fields = []


class EventFilter(PublicFilterSet):
    q = WordsFilter("name")
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=EventKind)
    sort = SortFilter(
        ("newest", gettext_lazy("Latest first"), ("-date_earliest", "-name")),
        ("oldest", gettext_lazy("Earliest first"), ("date_earliest", "name")),
        BY_NAME,
    )
    organization = ThingFilter(
        Organization, where=_claimed_with("event"), label=gettext_lazy("Organization that took part")
    )
    person = ThingFilter(Person, where=_claimed_with("event"), label=gettext_lazy("Person who took part"))
    since = SinceFilter(field_name="date_latest", label=gettext_lazy("From"))
    until = UntilFilter(field_name="date_earliest", label=gettext_lazy("Until"))

    class Meta:
        model = Event
        fields = []


class TopicFilter(PublicFilterSet):
    first = ("q", "sort")

    q = WordsFilter("name", "description")
    sort = SortFilter(BY_NAME, BY_NAME_BACKWARDS)

    class Meta:
        model = Topic
        fields = []


class CorrectionFilter(PublicFilterSet):
    q = WordsFilter("said", "says", "why")
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=CorrectionKind)
    sort = SortFilter(
        ("newest", gettext_lazy("Latest first"), ("-at", "-pk")),
        ("oldest", gettext_lazy("Earliest first"), ("at", "pk")),
    )
    since = SinceFilter(field_name="at__date", label=gettext_lazy("Corrected from"))
    until = UntilFilter(field_name="at__date", label=gettext_lazy("Corrected until"))

    class Meta:
        model = Correction
        fields = []
