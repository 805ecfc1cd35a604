"""Carries statements into a newer copy of their source where it still has their words: adds evidence, changes none."""

from collections import defaultdict
from collections.abc import Iterable

import reversion
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from briefings.models import AttributionStep, Evidence, Passage, Snapshot, Statement, User
from briefings.quotes import Location, Text, locate, prepared, selector_at

from .evidence import check_wording

FOUND = {Location.IN_PLACE, Location.MOVED}
Place = tuple[int, int]


def carry_passages(snapshot: Snapshot, *, by: User | None) -> list[Evidence]:
    """Add to `snapshot` the evidence of the older copies of its source whose passages all stand in it, word for word.

    Statements that have evidence in it already are left alone; of several older copies the latest counts. The new
    evidence takes over the printed name, the verb and the route, has its own offsets (code points of the new copy) and
    a wording compared anew. Old evidence is never touched. One transaction; returns what was added.
    """
    with transaction.atomic(), reversion.create_revision():
        older = _older_evidence(snapshot)
        list(Statement.objects.select_for_update().filter(pk__in=[one.statement_id for one in older]).order_by("pk"))
        added = _add_all(snapshot, older, by)
        check_wording(Evidence.objects.filter(pk__in=[one.pk for one in added]))
        if by is not None:
            reversion.set_user(by)
        reversion.set_comment(_("Found again in a newer copy of “%(source)s”") % {"source": snapshot.source})
    for one in added:
        one.refresh_from_db()
    return added


def _older_evidence(snapshot: Snapshot) -> list[Evidence]:
    """The evidence to look for, the latest copy first; what `snapshot` carries already is left out."""
    carried = Evidence.objects.filter(snapshot=snapshot).values("statement")
    older = Evidence.objects.filter(
        snapshot__source=snapshot.source_id, snapshot__imported_at__lte=snapshot.imported_at
    )
    older = older.exclude(snapshot=snapshot).exclude(statement__in=carried)
    return list(older.select_related("snapshot").order_by("-snapshot__imported_at", "-snapshot__pk", "order"))


def _add_all(snapshot: Snapshot, older: list[Evidence], by: User | None) -> list[Evidence]:
    text = prepared(snapshot.text)
    passages = _grouped(Passage.objects.filter(evidence__in=older).order_by("order"))
    steps = _grouped(AttributionStep.objects.filter(evidence__in=older).order_by("order"))
    added: dict[int, Evidence] = {}
    for one in older:
        if one.statement_id in added:
            continue
        places = _places(text, one.snapshot.text, passages[one.pk])
        if places:
            added[one.statement_id] = add_evidence(snapshot, one, places, steps[one.pk], by)
    return list(added.values())


def _places(text: Text, before: str, passages: list[Passage]) -> list[tuple[Passage, Place]]:
    """Where each passage stands in the newer text; nothing unless all of them do, one after the other as they did."""
    found: list[tuple[Passage, Place]] = []
    for passage in passages:
        place = locate(text, selector_at(before, passage.start, passage.end))
        if place.location not in FOUND or place.start is None or place.end is None:
            return []
        found.append((passage, (place.start, place.end)))
    return (
        found
        if _in_order([place for _passage, place in found]) >= _in_order([(p.start, p.end) for p in passages])
        else []
    )


def _in_order(places: list[Place]) -> bool:
    return places == sorted(places)


def add_evidence(
    snapshot: Snapshot,
    old: Evidence,
    places: list[tuple[Passage, Place]],
    steps: Iterable[AttributionStep],
    by: User | None,
) -> Evidence:
    """Add evidence in `snapshot` after the pattern of `old`, its passages at these places, with the relays `steps`."""
    new = Evidence.objects.create(
        statement_id=old.statement_id,
        snapshot=snapshot,
        order=Evidence.objects.filter(statement=old.statement_id).next_order(),
        name_printed=old.name_printed,
        verb=old.verb,
        created_by=by,
    )
    for order, (passage, (start, end)) in enumerate(places, 1):
        Passage.objects.create(
            evidence=new,
            order=order,
            start=start,
            end=end,
            exact=snapshot.text[start:end],
            locator=passage.locator if start == passage.start else "",  # a new layout has its own pages
            created_by=by,
        )
    for step in steps:
        AttributionStep.objects.create(
            evidence=new,
            order=step.order,
            organization_id=step.organization_id,
            person_id=step.person_id,
            verb=step.verb,
            created_by=by,
        )
    return new


def _grouped(rows: QuerySet) -> dict[int, list]:
    groups: dict[int, list] = defaultdict(list)
    for row in rows:
        groups[row.evidence_id].append(row)
    return groups
