"""What one cue reports, and where another cue of the sentence takes over."""

from dataclasses import dataclass, replace

from .cues import Cue, Mode
from .phrases import Range, Tokens

_QUIET = frozenset({"stance", "thinking", "pledging"})  # verbs that seldom take over from another


@dataclass(frozen=True, slots=True)
class Report:
    """One cue with the tokens of its subject and of what it reports. Ranges are token numbers of the sentence."""

    cue: Cue
    subject: Range | None
    content: tuple[Range, ...]
    is_after: bool  # whether what is reported follows the cue
    relay: Range | None = None  # who is said to have quoted it
    is_relayed: bool = False  # quoted by somebody, named or not
    is_gloss: bool = False  # said of the words that follow, by who tells them: "Highlighting successes, she said"


def cut(t: Tokens, found: list[Report]) -> list[Report]:
    """End what is reported where the words of another report begin."""
    out = []
    for report in found:
        if report.is_after:
            first, last = report.content[-1]
            edges = [_edge(t, other, report) for other in found if other is not report and other.cue.first > first]
            edge = min((edge for edge in edges if edge is not None and edge > first), default=last)
            if edge < last:
                report = replace(report, content=(*report.content[:-1], (first, edge)))
        out.append(report)
    return out


def _edge(t: Tokens, other: Report, report: Report) -> int | None:
    """Return where the words of another report begin, if they end what `report` reports."""
    cue = other.cue
    if cue.form.group in _QUIET:
        return None
    if cue.mode is Mode.PARTICIPLE:
        return cue.first - 1 if t[cue.first - 1].text == "," else None
    if cue.mode in (Mode.INFINITIVE, Mode.PASSIVE):
        return None
    if cue.mode is Mode.ACCORDING:
        return cue.first - 1 if t[cue.first - 1].text == "," else cue.first
    begin = cue.first if other.subject is None or other.subject == report.subject else min(other.subject[0], cue.first)
    if begin and t[begin - 1].low in ("and", "but", "though", "although", "while"):
        begin -= 1
        if t[begin].low == "and" and t[begin - 1].text != "," and begin + 1 != cue.first:
            return None
        return begin
    if not other.is_after and begin and (t[begin - 1].text == "," or t[begin - 1].is_quotation):
        return begin - 1 if t[begin - 1].text == "," else begin
    return None
