"""The evidence checks: whether quoted words are those of the stored copies, and what a body or a statement lacks.

Every function takes a whole set and asks a fixed number of questions of the database, however large the set is.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import formats, timezone

from briefings.models import Briefing, Evidence, Passage, Snapshot, Statement, StatementKind
from briefings.quotes import PUBLISHABLE, Location, Selector, Verdict, compare, locate
from briefings.rendering import CitationPlace, Cited, cited_keys, render

from .problems import Problem, problem

# What a piece of evidence with several passages is: as bad as the worst of them.
_WORST_FIRST = (Location.GONE, Location.AMBIGUOUS, Location.MOVED, Location.IN_PLACE)
_LOST: dict[str, str] = {Location.GONE: "passage-gone", Location.AMBIGUOUS: "passage-ambiguous"}
_AT_ONCE = 1000


def wordings(evidence: QuerySet[Evidence]) -> dict[int, tuple[str, str]]:
    """Compare the words of each piece of evidence with its stored copy; return {pk: (verdict, location)}.

    Only quotations have a verdict, all others an empty one. Without passages the location is empty and a quotation's
    verdict `missing`. Nothing is written.
    """
    passages, by_copy = defaultdict(list), defaultdict(list)
    rows = Passage.objects.filter(evidence__in=evidence.order_by().values("pk")).order_by("evidence", "order")
    for row in rows.values_list("evidence", "evidence__snapshot", "exact", "start", "end"):
        passages[row[0]].append(row[2])
        by_copy[row[1]].append((row[0], *row[2:]))
    locations = _locations(evidence, by_copy)
    found = {}
    for pk, kind, text in evidence.order_by().values_list("pk", "statement__kind", "statement__text"):
        verdict = compare(text, passages[pk]) if passages[pk] else Verdict.MISSING
        place = next((place for place in _WORST_FIRST if place in locations[pk]), "")
        found[pk] = (verdict if kind == StatementKind.QUOTATION else "", place)
    return found


def _locations(evidence: QuerySet[Evidence], by_copy: Mapping[int, list]) -> dict[int, set[Location]]:
    """Find each passage in its stored copy, one copy in memory at a time."""
    locations = defaultdict(set)
    copies = Snapshot.objects.filter(pk__in=evidence.order_by().values("snapshot")).order_by()
    for copy, text in copies.values_list("pk", "text").iterator(chunk_size=50):
        for pk, exact, start, end in by_copy.get(copy, ()):
            stands = text[start:end] == exact
            locations[pk].add(
                Location.IN_PLACE if stands else locate(text, Selector(exact, "", "", start, end)).location
            )
    return locations


def check_wording(evidence: QuerySet[Evidence]) -> int:
    """Compare the wording again and store what changed (verdict, location, checked_at); return how many were compared.

    What did not change is not written, and versions stay: a check is no edit, and overtakes nobody who is editing.
    """
    found = wordings(evidence)
    changed = defaultdict(list)
    with transaction.atomic():
        stored = evidence.order_by().values_list("pk", "verdict", "location", "checked_at")
        for pk, verdict, location, checked_at in stored:
            if pk in found and (found[pk] != (verdict, location) or checked_at is None):
                changed[found[pk]].append(pk)
        now = timezone.now()
        for (verdict, location), pks in changed.items():
            for first in range(0, len(pks), _AT_ONCE):
                Evidence.objects.filter(pk__in=pks[first : first + _AT_ONCE]).update(
                    verdict=verdict, location=location, checked_at=now, version=F("version")
                )
    return len(found)


def words_of(statement_keys: Iterable[str]) -> dict[str, Cited]:
    """Return for each of these keys that is a statement's the exact passages of its evidence; drafts included."""
    keys = set(statement_keys)
    words: dict[str, list[str]] = {
        key: [] for key in Statement.objects.filter(key__in=keys).order_by().values_list("key", flat=True)
    }
    passages = Passage.objects.filter(evidence__statement__key__in=keys).order_by("evidence__order", "order")
    for key, exact in passages.values_list("evidence__statement__key", "exact"):
        words[key].append(exact)
    return {key: Cited(tuple(exact)) for key, exact in words.items()}


def body_problems(body: str, *, briefing: Briefing | None = None) -> list[Problem]:
    """Return everything wrong with a body and the statements it cites, by line; errors would block its publication.

    `briefing` lends its illustrations. Statements that are not public yet are warnings: they can be published along.
    """
    keys = {key for key, _line in cited_keys(body)}
    pictures = briefing.pictures_in(body) if briefing else {}
    rendered = render(body, words_of(keys), illustrations=pictures)
    found = [problem(one.code, one.about, line=one.line) for one in rendered.problems]
    cited = Statement.objects.filter(key__in=keys)
    of_statements = statement_problems(cited)
    public, retracted = _keys(cited.published()), _keys(cited.retracted())
    for key, line in _first_uses(rendered.citations):
        if key not in public:
            found.append(
                problem("retracted-statement" if key in retracted else "unpublished-statement", key, line=line)
            )
        found += [replace(one, line=line) for one in of_statements.get(key, ())]
    return sorted(found, key=lambda one: one.line or 0)


def _keys(statements: QuerySet[Statement]) -> set[str]:
    return set(statements.order_by().values_list("key", flat=True))


def _first_uses(places: Iterable[CitationPlace]) -> Iterator[tuple[str, int]]:
    lines: dict[str, int] = {}
    for place in places:
        lines.setdefault(place.key, place.line)
    yield from lines.items()


def statement_problems(statements: QuerySet[Statement]) -> dict[str, list[Problem]]:
    """Return for each statement's key what is wrong with it and its evidence, whatever its status."""
    found: dict[str, list[Problem]] = {}
    chosen = statements.order_by().values("pk")
    for key, allegation, reply in Statement.objects.filter(pk__in=chosen).values_list(
        "key", "allegation", "reply_sought"
    ):
        found[key] = [problem("allegation-without-reply", key)] if allegation and not reply.strip() else []
    carried = set()
    for key, one in _evidence_problems(Evidence.objects.filter(statement__in=chosen)):
        carried.add(key)
        found[key] += [one] if one else []
    for key in found.keys() - carried:
        found[key].append(problem("statement-without-evidence", key))
    return found


def _evidence_problems(evidence: QuerySet[Evidence]) -> Iterator[tuple[str, Problem | None]]:
    """Yield each piece of evidence as the key of its statement with None, and again with each of its problems."""
    compared = wordings(evidence)
    source = "snapshot__source__"
    rows = evidence.order_by("statement__key", "order")
    for pk, key, title, until in rows.values_list("pk", "statement__key", source + "title", source + "embargo_until"):
        yield key, None
        verdict, location = compared[pk]
        if not location:
            yield key, problem("evidence-without-passage", key, source=title)
        elif location in _LOST:
            yield key, problem(_LOST[location], key, source=title)
        elif verdict and verdict not in PUBLISHABLE:
            yield key, problem("wording-differs", key, source=title)
        if embargo := embargo_problem(title, until):
            yield key, embargo


def embargo_problem(title: str, until: datetime.datetime | None) -> Problem | None:
    """Return the problem of a source that may not be used before `until`, or None where nothing stands against it."""
    if until is None or until <= timezone.now():
        return None
    return problem("embargo", title, until=formats.date_format(timezone.localtime(until), "j F Y, H:i e"))
