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

from briefings.models import Acceptance, Briefing, Evidence, Passage, Snapshot, Statement, StatementKind
from briefings.quotes import PUBLISHABLE, Location, Selector, Verdict, compare, locate
from briefings.rendering import Body, CitationPlace, Cited, examine

from .assertions import assertion_problems
from .origins import origin_problems
from .problems import MOST_PROBLEMS, Problem, problem
from .standing import contradiction_problems, source_problems

# What a piece of evidence with several passages is: as bad as the worst of them.
_WORST_FIRST = (Location.GONE, Location.AMBIGUOUS, Location.MOVED, Location.IN_PLACE)
_LOST: dict[str, str] = {Location.GONE: "passage-gone", Location.AMBIGUOUS: "passage-ambiguous"}
_AT_ONCE = 1000
REPLY = ("reply_sought_on", "reply_sought_from", "reply_sought")  # what an allegation needs before it is published


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
    rows = Statement.objects.filter(key__in=keys).order_by().values_list("key", "translation")
    translations = {key: (translation,) if translation.strip() else () for key, translation in rows}
    words: dict[str, list[str]] = {key: [] for key in translations}
    passages = Passage.objects.filter(evidence__statement__key__in=keys).order_by("evidence__order", "order")
    for key, exact in passages.values_list("evidence__statement__key", "exact"):
        words[key].append(exact)
    return {key: Cited(tuple(exact), translations[key]) for key, exact in words.items()}


def body_problems(body: str, *, briefing: Briefing | None = None) -> list[Problem]:
    """Return everything wrong with a body and the statements it cites, by line: all the evidence checks of a text.

    Errors block its publication, and so do warnings on which nobody has given their word (`Problem.is_open`).
    Statements that are not public yet are warnings that ask for none: they can be published along. `briefing` lends its
    illustrations, its original where it is a translation, and the words given on its warnings. A fixed number of
    queries; a list of more than MOST_PROBLEMS ends with one that says how many are not on it.
    """
    read = Body(body)
    notes = words_of({key for key, _line in read.cited})
    pictures = briefing.pictures_in(body) if briefing and read.pictures else {}
    examined = examine(read, notes, illustrations=pictures)
    problems = examined.problems[: MOST_PROBLEMS + 1]
    found = [problem(one.code, one.about, line=one.line) for one in problems]
    lines = dict(_first_uses(examined.citations))
    found += _statement_findings(lines)
    found += assertion_problems(examined.scopes, lines)
    if lines:
        kinds = Statement.objects.filter(key__in=lines).order_by().values_list("key", "kind")
        found += [
            *origin_problems(examined.scopes, dict(kinds), lines),
            *contradiction_problems(lines),
            *source_problems(lines),
        ]
    if briefing is not None:
        found += _translation_problems(briefing)
        found = _with_words(found, briefing)
    return _capped(sorted(found, key=lambda one: one.line or 0), len(examined.problems) - len(problems))


def _capped(found: list[Problem], uncounted: int) -> list[Problem]:
    """Cut a list short; what says so blocks as long as any of what is not listed is open."""
    rest = found[MOST_PROBLEMS:]
    if not uncounted and not any(one.is_open for one in rest):
        return found[:MOST_PROBLEMS]
    return [*found[:MOST_PROBLEMS], problem("too-many", len(rest) + uncounted)]


def _with_words(found: list[Problem], briefing: Briefing) -> list[Problem]:
    """Put the words that editors gave beside the warnings that they are about."""
    given = Acceptance.objects.filter(briefing=briefing.pk) if briefing.pk else Acceptance.objects.none()
    reasons = {(code, mark): reason for code, mark, reason in given.values_list("code", "fingerprint", "reason")}
    return [
        replace(one, reason=reasons[one.code, one.fingerprint]) if (one.code, one.fingerprint) in reasons else one
        for one in found
    ]


def _translation_problems(briefing: Briefing) -> Iterator[Problem]:
    original = briefing.translation_of
    if original is None:
        return
    if not original.was_published:
        yield problem("original-not-published", original)
    if original.language == briefing.language:
        yield problem("translation-in-same-language", original)
    if original.translation_of_id:
        yield problem("translation-of-translation", original)


def _statement_findings(lines: Mapping[str, int]) -> Iterator[Problem]:
    """Yield what is wrong with each cited statement, at the line where it is cited first."""
    cited = Statement.objects.filter(key__in=lines)
    of_statements = statement_problems(cited) if lines else {}
    public, retracted = (_keys(cited.published()), _keys(cited.retracted())) if lines else (set(), set())
    for key, line in lines.items():
        if key not in public:
            yield problem("retracted-statement" if key in retracted else "unpublished-statement", key, line=line)
        yield from (replace(one, line=line) for one in of_statements.get(key, ()))


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
    rows = Statement.objects.filter(pk__in=chosen)
    for key, allegation, *reply in rows.values_list("key", "allegation", *REPLY):
        is_recorded = all(part.strip() for part in reply)
        found[key] = [problem("allegation-without-reply", key)] if allegation and not is_recorded else []
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


def embargo_problem(title: str, until: datetime.datetime | None, at: datetime.datetime | None = None) -> Problem | None:
    """Return the problem of a source that may not be used before `until`, or None where nothing stands against it.

    `at` is when it would be used: now unless given. All in UTC.
    """
    if until is None or until <= (at or timezone.now()):
        return None
    return problem("embargo", title, until=formats.date_format(timezone.localtime(until), "j F Y, H:i e"))
