"""What somebody may cite: statements and sources found by words, speaker, event, source or place, as plain rows.

Drafts that one may read are among them, marked as drafts; what was retracted is not. What is written into a body for
them is in `citing`, words that stand in a stored copy are looked up in `standing`.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from briefings.models import (
    Alias,
    Briefing,
    Event,
    Evidence,
    Organization,
    Passage,
    Person,
    Publishable,
    Snapshot,
    Source,
    Statement,
    User,
)
from briefings.models.dates import describe
from briefings.permissions import READ, may
from briefings.rendering import cited_keys

from .citable_rows import Citable, citable_rows

MOST = 30  # rows at once
MOST_WORDS = 8
_MOST_SOURCES = 200  # that words may name at once
_MOST_DRAFTS = 8  # whose citations count as recent
_LATEST = 60
_MOST_CARRIED = 3000  # pieces of evidence that are counted at once


@dataclass(frozen=True, slots=True)
class CitableSource:
    """A source that offers its statements: how many of them one may cite."""

    source: Source
    publisher: str
    published: str
    statements: int

    @property
    def is_draft(self) -> bool:
        return not self.source.is_public


def find(
    user: User,
    *,
    words: str = "",
    speaker: str = "",
    event: str = "",
    source: str = "",
    recent: bool = False,
    copy: Snapshot | None = None,
    near: str = "",
    limit: int = MOST,
) -> list[Citable]:
    """Return the statements that `user` may cite, the latest first, in a fixed number of queries.

    Each word stands in the text, the key, the name or another name of the speaker, or the title or publisher of a
    source; those that have it only there come last. `speaker`, `event` and `source` are words of a name, or a slug or
    key. `recent` leaves what was changed lately or is cited in the user's own drafts. `copy` leaves what a stored copy
    carries, and `near` what stands in the sources of the statement with this key, both in reading order.
    """
    found = citable(user)
    if speaker := speaker.strip():
        found = found.filter(_said_by(speaker))
    if event := event.strip():
        found = found.filter(event__in=Event.objects.filter(_event_with(event)))
    if source := source.strip():
        found = found.filter(_in_sources(sources_named(user, source)))
    if recent:
        found = found.filter(pk__in=_recent(user))
    looked_for = words.split()[:MOST_WORDS]
    if copy is not None or near:
        return _in_reading_order(user, _with_words(user, found, looked_for, sources=True), copy, near, limit)
    first = citable_rows(user, _with_words(user, found, looked_for).order_by("-pk")[:limit])
    if not looked_for or len(first) == limit:
        return first
    wider = _with_words(user, found, looked_for, sources=True).exclude(pk__in=[row.statement.pk for row in first])
    return [*first, *citable_rows(user, wider.order_by("-pk")[: limit - len(first)])]


def complete(user: User, beginning: str, *, limit: int = 8) -> list[Citable]:
    """Return the statements whose key begins so, then those that have its parts as words; three of the fixed queries
    more than `find`."""
    beginning = beginning.lower()
    if not beginning:
        return find(user, recent=True, limit=limit)
    begun = citable(user).filter(key__gte=beginning, key__lt=beginning + "\N{DELETE}").order_by("key")
    first = citable_rows(user, begun[:limit])
    known = {row.key for row in first}
    if len(first) == limit:
        return first
    others = find(user, words=beginning.replace("-", " "), limit=limit)
    return [*first, *(row for row in others if row.key not in known)][:limit]


def find_sources(user: User, words: str, *, limit: int = 4) -> list[CitableSource]:
    """Return the sources that `words` name and that carry statements which `user` may cite, in four queries."""
    if not words.strip():
        return []
    named = sources_named(user, words).select_related("publisher").order_by("-pk")[: limit * 4]
    found = {source.pk: source for source in named}
    carried = Evidence.objects.filter(snapshot__source__in=list(found)).values_list("snapshot__source", "statement")
    pairs = set(carried.order_by("-pk")[:_MOST_CARRIED])
    may_cite = set(
        citable(user).filter(pk__in={statement for _source, statement in pairs}).values_list("pk", flat=True)
    )
    many = Counter(source for source, statement in pairs if statement in may_cite)
    return [
        CitableSource(source, str(source.publisher or ""), describe(source.published), many[pk])
        for pk, source in found.items()
        if pk in many
    ][:limit]


def citable(user: User) -> QuerySet[Statement]:
    """Return the statements that `user` may cite: those they may read, but for what was retracted."""
    return offered(user, Statement)


def offered(user: User, model: type[Publishable]) -> QuerySet[Any]:
    """Return what of a model `user` may read, as `permissions.readable` says, but for what was retracted."""
    drafts = model.objects.drafts()
    if not may(user, READ, model()):  # somebody else's draft
        drafts = drafts.filter(created_by=user)
    return model.objects.published() | drafts


def sources_named(user: User, words: str) -> QuerySet[Source]:
    """Return the sources that `user` may read with this key, or with all words in key, title and publisher's names."""
    found = offered(user, Source)
    exact = found.filter(key=words.strip())
    if exact.exists():
        return exact
    for word in words.split()[:MOST_WORDS]:
        found = found.filter(_source_with(word))
    return found


# Words


def _with_words(
    user: User, found: QuerySet[Statement], words: list[str], *, sources: bool = False
) -> QuerySet[Statement]:
    """Statements with each word in what a person would look for them by; with `sources`, in the name of one as well."""
    for word in words:
        one = Q(text__icontains=word) | Q(key__icontains=word) | Q(speaker_description__icontains=word)
        one |= _named("speaker", word)
        if sources:
            named = offered(user, Source).filter(_source_with(word)).order_by("-pk")
            one |= _in_sources(named.values("pk")[:_MOST_SOURCES])
        found = found.filter(one)
    return found


def _named(side: str, word: str) -> Q:
    people, organizations = (model.objects.filter(_name_or_alias(model, word)) for model in (Person, Organization))
    return Q(**{f"{side}_person__in": people.values("pk")}) | Q(
        **{f"{side}_organization__in": organizations.values("pk")}
    )


def _name_or_alias(model: type[Person] | type[Organization], word: str) -> Q:
    noun = model._meta.model_name
    aliases = Alias.objects.filter(name__icontains=word).exclude(**{noun: None})
    return Q(name__icontains=word) | Q(pk__in=aliases.values(noun))


def _said_by(words: str) -> Q:
    exact = Q(speaker_person__slug=words) | Q(speaker_organization__slug=words)
    named = Q()
    for word in words.split()[:MOST_WORDS]:
        named &= _named("speaker", word) | Q(speaker_description__icontains=word)
    return exact | named


def _event_with(words: str) -> Q:
    found = Q()
    for word in words.split()[:MOST_WORDS]:
        found &= Q(name__icontains=word)
    return Q(slug=words) | found


def _source_with(word: str) -> Q:
    publishers = Organization.objects.filter(_name_or_alias(Organization, word)).values("pk")
    return Q(title__icontains=word) | Q(key__icontains=word) | Q(publisher__in=publishers)


def _in_sources(sources: QuerySet[Any]) -> Q:
    carried = Evidence.objects.filter(snapshot__in=Snapshot.objects.filter(source__in=sources.values("pk")))
    return Q(pk__in=carried.values("statement"))


# Recent, and near


def _recent(user: User) -> list[int]:
    """The statements that were changed last, and those that the drafts of the user cite."""
    drafts = Briefing.objects.filter(created_by=user).order_by("-modified_at")
    keys = {key for body in drafts.values_list("body", flat=True)[:_MOST_DRAFTS] for key, _line in cited_keys(body)}
    latest = citable(user).order_by("-modified_at", "-pk").values_list("pk", flat=True)[:_LATEST]
    return [*latest, *citable(user).filter(key__in=keys).values_list("pk", flat=True)]


def _in_reading_order(
    user: User, found: QuerySet[Statement], copy: Snapshot | None, near: str, limit: int
) -> list[Citable]:
    passages = Passage.objects.filter(evidence__statement__in=found)
    if copy is not None:
        passages = passages.filter(evidence__snapshot=copy)
    if near:
        beside = Evidence.objects.filter(statement__in=citable(user).filter(key=near))
        beside = beside.filter(snapshot__source__in=offered(user, Source))
        passages = passages.filter(
            evidence__snapshot__source__in=list(beside.values_list("snapshot__source", flat=True))
        )
    order = passages.order_by("evidence__snapshot", "start").values_list("evidence__statement", flat=True)
    pks = list(dict.fromkeys(order[: limit * 4]))[:limit]
    by_pk = {row.statement.pk: row for row in citable_rows(user, Statement.objects.filter(pk__in=pks))}
    return [by_pk[pk] for pk in pks]
