"""One run of the evidence checks over briefings, and its report as text, as JSON and as SARIF 2.1.0.

SARIF is read by code scanners and by CI: https://docs.oasis-open.org/sarif/sarif/v2.1.0/.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from briefings.models import Briefing

from .evidence import body_problems
from .problems import ASKING, SENTENCES, WARNINGS, Problem, Severity

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "SITE"


@dataclass(frozen=True, slots=True)
class CheckedBriefing:
    """A briefing and all that the checks found in it, by line."""

    slug: str
    title: str
    problems: tuple[Problem, ...]


def run(briefings: QuerySet[Briefing], *, published: bool = False) -> list[CheckedBriefing]:
    """Check briefings by slug, retracted ones left out: their working texts, or what readers see of them now."""
    chosen = briefings.published() if published else briefings.drafts() | briefings.published()
    found = []
    for briefing in chosen.select_related("current", "translation_of").order_by("slug").iterator(chunk_size=50):
        shown = briefing.current if published else briefing
        problems = tuple(body_problems(shown.body, briefing=briefing))
        found.append(CheckedBriefing(briefing.slug, shown.title, problems))
    return found


def as_text(runs: Sequence[CheckedBriefing]) -> str:
    """Return the findings for people: one on each line, after the briefing and the line that it is about."""
    lines, errors, waiting = [], 0, 0
    for checked in runs:
        for one in checked.problems:
            errors += one.blocks
            waiting += one.is_open and not one.blocks
            word = f" Accepted: {one.reason}" if one.reason else ""
            lines.append(f"{checked.slug}:{one.line or 1}: {one.severity} {one.code}: {one.sentence}{word}")
    lines.append(f"Briefings checked: {len(runs)}. Errors: {errors}. Warnings without a word: {waiting}.")
    return "\n".join(lines)


def as_json(runs: Iterable[CheckedBriefing]) -> list[dict[str, Any]]:
    """Return the findings as plain JSON values, one object a briefing."""
    return [
        {
            "slug": checked.slug,
            "title": checked.title,
            "problems": [
                {
                    "code": one.code,
                    "severity": str(one.severity),
                    "line": one.line,
                    "sentence": one.finding,
                    "remedy": one.remedy,
                    "fingerprint": one.fingerprint,
                    "reason": one.reason,
                }
                for one in checked.problems
            ],
        }
        for checked in runs
    ]


def as_sarif(runs: Sequence[CheckedBriefing]) -> dict[str, Any]:
    """Return the findings as a SARIF 2.1.0 log; a warning with an editor's word is a result that is suppressed."""
    codes = sorted({one.code for checked in runs for one in checked.problems} | ASKING)
    driver = {
        "name": "Briefings evidence checks",
        "informationUri": settings.SITE_URL,
        "rules": [_rule(code) for code in codes],
    }
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {ROOT: {"uri": settings.SITE_URL.rstrip("/") + "/"}},
                "results": [
                    _result(checked.slug, one, codes.index(one.code)) for checked in runs for one in checked.problems
                ],
            }
        ],
    }


def _rule(code: str) -> dict[str, Any]:
    words = str(SENTENCES[code]).replace("%(about)s", "…")
    for name in ("source", "other", "words", "count", "total", "until", "kind"):
        words = words.replace(f"%({name})s", "…")
    finding, _stop, remedy = words.partition(". ")
    level = Severity.WARNING if code in ASKING | WARNINGS else Severity.ERROR
    return {
        "id": code,
        "shortDescription": {"text": finding.rstrip(".") + "."},
        "help": {"text": remedy or words},
        "defaultConfiguration": {"level": str(level)},
    }


def _result(slug: str, one: Problem, rule: int) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": f"briefings/{slug}.md", "uriBaseId": ROOT},
        "region": {"startLine": one.line or 1},
    }
    result: dict[str, Any] = {
        "ruleId": one.code,
        "ruleIndex": rule,
        "level": str(one.severity),
        "message": {"text": one.sentence},
        "locations": [{"physicalLocation": place}],
    }
    if one.fingerprint:
        result["partialFingerprints"] = {"evidenceCheck/v1": one.fingerprint}
    if one.reason:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": one.reason}]
    return result
