"""What a publishable thing points at, and what that points at in turn: all that has to be public together with it.

Walks breadth first, with a fixed number of queries for each model and step, however many things there are.
"""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import QuerySet

from briefings.models import Briefing, Event, Organization, Person, Publishable, Source, Statement, Topic
from briefings.rendering import cited_keys

# From each model, the models it points at and the way back from there: one query each.
POINTERS: dict[type[Publishable], tuple[tuple[type[Publishable], str], ...]] = {
    Briefing: ((Topic, "briefings"), (Person, "briefings")),
    Statement: (
        (Source, "snapshots__evidence__statement"),
        (Topic, "statements"),
        (Event, "statements"),
        *((model, "statements") for model in (Organization, Person)),  # who speaks
        *((model, "relays__evidence__statement") for model in (Organization, Person)),
        *((model, "claims__statement") for model in (Organization, Person, Event)),
        *((model, "claims_as_object__statement") for model in (Organization, Person, Event)),
    ),
    Source: ((Organization, "sources"), (Source, "reprints")),
    Topic: ((Topic, "children"),),
}
ORDER = (Topic, Organization, Person, Event, Source, Statement, Briefing)


def reached_from(thing: Publishable) -> list[Publishable]:
    """Return all that `thing` points at, directly or not, drafts and public things alike, without `thing` itself.

    Tombstones may be pointed at: they are left out, and so is what only they point at. In a stable order.
    """
    reached: dict[type[Publishable], dict[int, Publishable]] = defaultdict(dict)
    frontier = {type(thing): {thing.pk: thing}}
    while frontier:
        found = _next_step(frontier)
        frontier = {}
        for model, things in found.items():
            new = {pk: one for pk, one in things.items() if pk not in reached[model] and one != thing}
            reached[model].update(new)
            if new:
                frontier[model] = new
    return [one for model in ORDER for one in sorted(reached[model].values(), key=lambda one: one.public_key)]


def _next_step(frontier: dict[type[Publishable], dict[int, Publishable]]) -> dict[type[Publishable], dict]:
    found: dict[type[Publishable], dict[int, Publishable]] = defaultdict(dict)
    for model, things in frontier.items():
        for targets in _targets(model, things):
            found[targets.model].update((one.pk, one) for one in targets if one.is_public or not one.was_published)
    return found


def _targets(model: type[Publishable], things: dict[int, Publishable]) -> Iterator[QuerySet]:
    for target, way_back in POINTERS.get(model, ()):
        yield target._base_manager.filter(**{f"{way_back}__in": list(things)}).order_by().distinct()
    if model is Briefing:
        keys = {key for briefing in things.values() for key, _line in cited_keys(briefing.body)}
        yield Statement._base_manager.filter(key__in=keys).order_by()
