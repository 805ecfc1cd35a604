"""From tokens to the passages of a statement: without outer marks and commas, with a subject where it needs one."""

from .complements import has_verb
from .cues import Mode
from .lexicon import words as w
from .lexicon.verbs import Takes
from .phrases import Range, Tokens
from .reports import Report
from .tokens import Span
from .values import Form

_ENDS = " \t\u00a0\u3000,;:،؛"


def span_of(t: Tokens, part: Range) -> Span:
    """Return the span of some tokens; of a single quotation, that between its marks."""
    first, end = part
    if end - first == 1 and (inside := t[first].inside):
        return inside
    return t[first].start, t[end - 1].end


def speaker_span(t: Tokens, part: Range) -> Span:
    """Return the span of a speaker, without the comma that closes an appositive and without a possessive."""
    first, end = part
    while end > first + 1 and not t[end - 1].is_word and t[end - 1].text != ")":
        end -= 1
    while first < end - 1 and not t[first].is_word:
        first += 1
    last = t[end - 1]
    cut = 2 if last.low.endswith("'s") else 1 if last.low.endswith("'") else 0
    return t[first].start, last.end - cut


def form_of(t: Tokens, report: Report) -> Form:
    """Return whether all, some or none of what is reported stands between quotation marks."""
    tokens = [token for first, end in report.content for token in t[first:end] if token.is_word or token.is_quotation]
    quoted = sum(token.is_quotation for token in tokens)
    if not quoted:
        return Form.INDIRECT
    return Form.DIRECT if quoted == len(tokens) else Form.MIXED


def is_clause(t: Tokens, report: Report) -> bool:
    """Return whether what is reported can stand as a statement by itself."""
    first = report.content[0][0]
    if not report.is_after or t[first].is_quotation or t[first].low == "that":
        return True
    if report.cue.mode in (Mode.ACCORDING, Mode.NOUN) or report.cue.form.verb == "say" or t[first].low in w.QUESTIONS:
        return True
    if t[first].low == "to" or not report.cue.takes & Takes.CLAUSE or report.cue.form.group in ("urging", "stance"):
        return False
    return has_verb(t, *report.content[0])


def whole(t: Tokens, report: Report, end: int) -> list[Span]:
    """Return the passages that make a statement of a report whose content ends at token `end`.

    What is no clause keeps its verb, and its subject if that stands before it: "urging major countries to help".
    """
    parts = list(report.content)
    first = parts[0][0]
    if not is_clause(t, report):
        subject, begin = report.subject, report.cue.first
        if report.is_gloss:
            begin = report.cue.at
        if report.cue.mode is Mode.FINITE and subject and subject[0] < begin:
            begin = subject[0] if subject[1] == begin or t[begin - 1].text == "," else begin
        return [(t[begin].start, t[end - 1].end)]
    if t[first].low == "that" and report.is_after:
        parts[0] = (first + 1, parts[0][1])
    return [span_of(t, part) for part in parts if part[0] < part[1]]


def trimmed(text: str, spans: list[Span]) -> list[Span]:
    """Return the spans without white space and commas at their ends, and without those that hold no word."""
    out = []
    for start, end in spans:
        while start < end and text[start] in _ENDS:
            start += 1
        while end > start and text[end - 1] in _ENDS:
            end -= 1
        if any(char.isalnum() for char in text[start:end]):
            out.append((start, end))
    return out
