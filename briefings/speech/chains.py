"""Two cues in one sentence make a chain: the inner one is the speaker's, the outer one relays it."""

from dataclasses import dataclass

from .cues import Mode
from .phrases import Range
from .reports import Report


@dataclass(frozen=True, slots=True)
class Link:
    """One that passed words on: the tokens of its name, None where the text does not name it, and its report."""

    subject: Range | None
    report: Report


@dataclass(frozen=True, slots=True)
class Chained:
    """A report and who relayed it, nearest the speaker first."""

    report: Report
    links: tuple[Link, ...]


def chained(found: list[Report]) -> list[Chained]:
    """Return the reports of one sentence with their chains; one that only relays others is in their chains alone."""
    relaying = [outer for outer in found if any(relays(outer, inner) for inner in found)]
    out = []
    for report in found:
        if report in relaying:
            continue
        own = [Link(report.relay, report)] if report.is_relayed else []
        outer = [Link(other.subject, other) for other in relaying if relays(other, report)]
        out.append(Chained(report, tuple(own + outer)))
    return out


def relays(outer: Report, inner: Report) -> bool:
    """Return whether `outer` stands after words that `inner` already attributes: "X said that it is so, Y reported"."""
    if outer is inner or (outer.is_after and outer.cue.mode is not Mode.ACCORDING):
        return False
    if inner.cue.mode not in (Mode.FINITE, Mode.QUOTED, Mode.PARTICIPLE) or outer.subject == inner.subject:
        return False
    for first, end in outer.content:
        if first <= inner.cue.at < end:
            return inner.cue.form.group not in ("stance", "thinking") or inner.subject == (first, inner.cue.first)
    return False
