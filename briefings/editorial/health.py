"""How well the whole collection rests on its evidence: what is uncited, alone, second-hand, contradicted or loose.

Each function returns a queryset or pairs, to be paged by who asks; none reads bodies or loads everything.
"""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from briefings.models import (
    AttributionStep,
    Citation,
    Event,
    Evidence,
    LinkKind,
    Organization,
    Person,
    Publishable,
    Source,
    Statement,
    StatementLink,
    Topic,
)


def single_origin_statements() -> QuerySet[Statement]:
    """Return the public statements that go back to one origin: one source, or reprints of one text."""
    origin = Coalesce("evidence__snapshot__source__origin", "evidence__snapshot__source")
    counted = Statement.objects.published().annotate(origins=Count(origin, distinct=True))
    return counted.filter(origins=1).order_by("key")


def second_hand_statements() -> QuerySet[Statement]:
    """Return the public statements of which every piece of evidence came through a relay."""
    evidence = Evidence.objects.filter(statement=OuterRef("pk"))
    relayed = AttributionStep.objects.filter(evidence=OuterRef("pk"))
    first_hand = evidence.filter(~Exists(relayed))
    return Statement.objects.published().filter(Exists(evidence), ~Exists(first_hand)).order_by("key")


def unmentioned_contradictions() -> QuerySet[Citation]:
    """Return the public citations of statements that a public statement contradicts which the briefing leaves out.

    Each statement of a briefing counts once, at its first use; ordered by briefing.
    """
    links = StatementLink.objects.published().filter(kind=LinkKind.CONTRADICTS)
    here = Citation.objects.filter(revision=OuterRef(OuterRef("revision")))
    from_here = links.filter(from_statement=OuterRef("statement")).filter(
        ~Exists(here.filter(statement=OuterRef("to_statement")))
    )
    to_here = links.filter(to_statement=OuterRef("statement")).filter(
        ~Exists(here.filter(statement=OuterRef("from_statement")))
    )
    first = Citation.objects.published().filter(Exists(from_here) | Exists(to_here))
    later = Citation.objects.filter(
        revision=OuterRef("revision"), statement=OuterRef("statement"), order__lt=OuterRef("order")
    )
    rows = first.filter(~Exists(later)).order_by("revision__title", "revision", "order")
    return rows.select_related("revision__briefing", "statement")


def sources_without_copy() -> QuerySet[Source]:
    """Return the sources, drafts included, of which nothing is stored: nothing can be quoted from them."""
    return Source.objects.filter(snapshots=None).exclude(pk__in=Source.objects.retracted()).order_by("title")


# From each kind of thing, the ways in which something may point at it.
POINTERS: dict[type[Publishable], tuple[str, ...]] = {
    Statement: ("citations",),
    Source: ("snapshots__evidence", "reprints"),
    Organization: ("statements", "relays", "claims", "claims_as_object", "sources"),
    Person: ("statements", "relays", "claims", "claims_as_object", "briefings"),
    Event: ("statements", "claims", "claims_as_object"),
    Topic: ("statements", "briefings", "children"),
}


def unlinked(model: type[Publishable]) -> QuerySet:
    """Return the things of a model, drafts included, that nothing points at (see POINTERS)."""
    nothing = Q(*((way, None) for way in POINTERS[model]))
    return model._base_manager.filter(nothing).exclude(pk__in=model.objects.retracted()).order_by(*model._meta.ordering)
