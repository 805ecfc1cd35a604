"""The evidence of a published revision as one JSON value: every citation, and all that each statement rests on.

Selectors are those of the W3C Web Annotation Data Model, offsets Unicode code points, times UTC (ISO 8601). Only what
readers may see is in it: public statements, and their evidence in public sources.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from briefings.models import AttributionStep, Evidence, Passage, PublishedRevision, Snapshot, Statement, Status
from briefings.quotes import selector_at, to_annotation

Value = dict[str, Any]
PARTY = {"person": ("slug", "name"), "organization": ("slug", "name")}
STATEMENT = (
    "pk", "key", "kind", "status", "retraction_reason", "text", "language", "translation", "translator", "said",
    "speaker_description", *(f"speaker_{kind}__{name}" for kind, names in PARTY.items() for name in names),
)  # fmt: skip
EVIDENCE = (
    "pk", "statement", "snapshot", "order", "name_printed", "verb", "verdict", "location",
    *(f"snapshot__{name}" for name in (
        "text_sha256", "raw_sha256", "captured_at", "imported_at", "method", "final_address", "archive_address",
        "source__key", "source__title", "source__address", "source__published", "source__publisher__name",
    )),
)  # fmt: skip
STEP = ("evidence", "verb", *(f"{kind}__{name}" for kind, names in PARTY.items() for name in names))


def canonical(value: Any) -> str:
    """Return a JSON value in its one spelling (RFC 8785, for texts, whole numbers, lists and ASCII member names)."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def bundle(revision: PublishedRevision) -> Value:
    """Return the evidence of a revision whose citations are indexed, as it is now; a fixed number of queries."""
    citations = revision.citations.order_by("order")
    numbers = dict(citations.values_list("statement", "number"))
    return {
        "topics": _named(revision.topic_rows.order_by("pk").values_list("topic__slug", "topic__name")),
        "authors": _named(revision.author_rows.order_by("pk").values_list("person__slug", "person__name")),
        "citations": [
            {"statement": key, "number": number, "order": order, "paragraph": paragraph}
            for key, number, order, paragraph in citations.values_list("statement__key", "number", "order", "paragraph")
        ],
        "statements": _statements(numbers),
    }


def _named(rows: Iterable[tuple[str, str]]) -> list[Value]:
    return [{"key": key, "name": name} for key, name in rows]


def _statements(numbers: Mapping[int, int]) -> list[Value]:
    """The cited statements in the order of their numbers; of a retracted one the reason alone."""
    seen = Statement.objects.published() | Statement.objects.retracted()
    rows = sorted(seen.filter(pk__in=numbers).order_by().values(*STATEMENT), key=lambda row: numbers[row["pk"]])
    evidence = _evidence([row["pk"] for row in rows])
    return [_statement(row, numbers[row["pk"]], evidence[row["pk"]]) for row in rows]


def _statement(row: Value, number: int, evidence: list[Value]) -> Value:
    if row["status"] == Status.RETRACTED:
        return {"key": row["key"], "number": number, "retracted": row["retraction_reason"]}
    speaker = _party(row, "speaker_") or {"name": row["speaker_description"]}
    plain = ("key", "kind", "text", "language", "translation", "translator", "said")
    return {"number": number, **{name: row[name] for name in plain}, "speaker": speaker, "evidence": evidence}


def _party(row: Value, prefix: str = "") -> Value | None:
    for kind in PARTY:
        if row[f"{prefix}{kind}__slug"]:
            return {"kind": kind, "key": row[f"{prefix}{kind}__slug"], "name": row[f"{prefix}{kind}__name"]}
    return None


def _evidence(statements: list[int]) -> dict[int, list[Value]]:
    rows = list(Evidence.objects.published().filter(statement__in=statements).order_by("order").values(*EVIDENCE))
    passages, steps = _passages(rows), defaultdict(list)
    for step in AttributionStep.objects.filter(evidence__in=passages).order_by("order").values(*STEP):
        steps[step["evidence"]].append({"verb": step["verb"], "relay": _party(step)})
    found = defaultdict(list)
    for row in rows:
        found[row["statement"]].append(_piece(row, passages[row["pk"]], steps[row["pk"]]))
    return found


def _piece(row: Value, passages: list[Value], route: list[Value]) -> Value:
    copy = {name.removeprefix("snapshot__"): value for name, value in row.items() if name.startswith("snapshot__")}
    source = {name.removeprefix("source__"): copy.pop(name) for name in list(copy) if name.startswith("source__")}
    source["publisher"] = source.pop("publisher__name") or ""
    for name in ("captured_at", "imported_at"):
        copy[name] = moment(copy[name])
    plain = {name: row[name] for name in ("order", "name_printed", "verb", "verdict", "location")}
    return {**plain, "source": source, "copy": copy, "route": route, "passages": passages}


def moment(value: Any) -> str | None:
    """Write a time in UTC as ISO 8601, or None for none."""
    return value and value.isoformat().replace("+00:00", "Z")


def _passages(evidence: list[Value]) -> dict[int, list[Value]]:
    """The passages of each piece of evidence as selectors, one stored copy in memory at a time."""
    found: dict[int, list[Value]] = {row["pk"]: [] for row in evidence}
    by_copy = defaultdict(list)
    rows = Passage.objects.filter(evidence__in=found).order_by("evidence", "order")
    for pk, copy, start, end, exact, locator in rows.values_list(
        "evidence", "evidence__snapshot", "start", "end", "exact", "locator"
    ):
        by_copy[copy].append((pk, start, end, exact, locator))
    for copy, text in Snapshot.objects.filter(pk__in=by_copy).values_list("pk", "text").iterator(chunk_size=10):
        for pk, start, end, exact, locator in by_copy[copy]:
            found[pk].append({"selector": _selectors(text, start, end, exact), "locator": locator})
    return found


def _selectors(text: str, start: int, end: int, exact: str) -> list[Value]:
    if text[start:end] != exact:  # changed behind the application's back: it is kept as it is recorded
        quote = {"type": "TextQuoteSelector", "exact": exact}
        return [quote, {"type": "TextPositionSelector", "start": start, "end": end}]
    selectors: list[Value] = to_annotation(selector_at(text, start, end), source="")["target"]["selector"]
    return selectors
