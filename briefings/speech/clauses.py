"""What each cue of a sentence reports, and who its subject is: the grammar of reported speech."""

from dataclasses import replace
from itertools import islice

from .circumstances import past_circumstances
from .complements import complement, has_verb
from .cues import Cue, Mode, cues
from .extents import end_of, start_of, stop_of
from .lexicon import words as w
from .lexicon.lists import words_of
from .lexicon.verbs import Takes
from .phrases import Range, Tokens, subject_after, subject_before
from .preposed import clause_before, parts_around, past_leading, quoted_before
from .questions import question
from .reports import Report, cut
from .subjects import first_subject, last_subject, main_subject, shared_subject

_MOST = 16  # cues of a sentence: what has more is no prose


def reports(t: Tokens) -> list[Report]:
    """Return the reports of one sentence, in the order of their cues."""
    found: list[Report] = []
    every = list(islice(cues(t), _MOST))
    for index, cue in enumerate(every):
        if report := _report(t, cue, found, every[index + 1 :]):
            found.append(report)
    return cut(t, found)


def _report(t: Tokens, cue: Cue, earlier: list[Report], later: list[Cue]) -> Report | None:
    match cue.mode:
        case Mode.ACCORDING:
            return _according(t, cue)
        case Mode.FINITE:
            return _opening(t, cue, later) if cue.at == 0 else _finite(t, cue, earlier)
        case Mode.PARTICIPLE:
            return _participle(t, cue, earlier, later)
        case Mode.QUOTED:
            return _quoted(t, cue)
        case Mode.PASSIVE:
            return question(t, cue, later)
        case Mode.INFINITIVE:
            return _infinitive(t, cue, earlier)
        case Mode.NOUN:
            return None


def _according(t: Tokens, cue: Cue) -> Report | None:
    stop = stop_of(t)
    end = next((at for at in range(cue.end, stop) if t[at].text in ",;:(" or t[at].low in w.LINKS), stop)
    if end == cue.end:
        return None
    if all(token.low in w.COORDINATORS or token.low in w.ADVERBS or token.text in ",(" for token in t[: cue.first]):
        end = _past_list(t, end, stop)
        first = end + 1
        return (
            Report(cue, (cue.end, end), ((first, end_of(t, cue, None, first, stop)),), True) if first < stop else None
        )
    before = cue.first - 1 if t[cue.first - 1].text == "," else cue.first
    first = start_of(t, before)
    while first < before and (t[first].low in w.COORDINATORS or t[first].low == "now"):
        first += 1
    parts = [(past_leading(t, first, before), before)]
    if end + 1 < stop and t[end].text == "," and t[end + 1].low in ("and", "but"):
        parts.append((end + 1, stop))
    return Report(cue, (cue.end, end), tuple(parts), False) if parts[0][0] < parts[0][1] else None


def _past_list(t: Tokens, end: int, stop: int) -> int:
    """Return the comma that ends who it is according to, past commas inside: "friends, aides and allies"."""
    for at in range(end + 1, min(stop, end + 16)):
        if t[at].text == "," and not has_verb(t, end + 1, at):
            end = at
    return end


def _quoted(t: Tokens, cue: Cue) -> Report | None:
    """Report what somebody quoted: "China.org quoted the minister saying", "Iqbal was quoted as saying"."""
    before = subject_before(t, cue.first)
    between = (cue.at + 1, cue.end - 2 if t[cue.end - 2].low == "as" else cue.end - 1)
    subject, relay = (between, before) if between[0] < between[1] else (before, None)
    if subject is None:
        return None
    if relay is None and cue.end < len(t) and t[cue.end].low == "by":
        relay = subject_after(t, cue.end + 1)
    if quoted := quoted_before(t, (before or subject)[0]):
        return Report(cue, subject, (quoted,), False, relay, True)
    after = complement(t, cue, stop_of(t))
    return Report(cue, subject, ((after, stop_of(t)),), True, relay, True) if after is not None else None


def _finite(t: Tokens, cue: Cue, earlier: list[Report]) -> Report | None:
    subject = subject_before(t, cue.first)
    if _may_invert(t, cue) and (inverted := _inverted(t, cue, subject)):
        return inverted
    quoted = quoted_before(t, subject[0]) if subject else None
    if quoted and quoted[1] - quoted[0] > 1 and t[quoted[0]].low in w.PREPOSITIONS | w.SUBORDINATORS:
        quoted = None if complement(t, cue, stop_of(t)) is not None else quoted
    subject = subject or shared_subject(t, cue, earlier)
    if subject is None and cue.form.verb in ("say", "tell") and cue.first > 1:
        subject = first_subject(t, cue.first)
    if subject is None:
        return None
    stop = stop_of(t)
    if t[subject[0] - 1].low == "as" and subject[0]:
        return _as(t, cue, subject, stop)
    if quoted and not (cue.end < stop and t[cue.end].low == "that"):
        return Report(cue, subject, parts_around(t, quoted, cue.end, stop), False)
    after = complement(t, cue, stop)
    before = clause_before(t, subject[0])
    if after is not None and not (before and t[after].low in w.PREPOSITIONS and has_verb(t, *before)):
        return _after(t, cue, subject, after, stop)
    if before and cue.takes & Takes.QUOTATION and cue.takes & Takes.CLAUSE and cue.form.verb != "agree":
        return Report(cue, subject, parts_around(t, before, cue.end, stop), False)
    at = past_circumstances(t, cue.end)
    if not before and cue.form.verb == "say" and at + 2 < stop and t[at].text == "," and t[at + 1].is_word:
        return None if t[at + 1].low.endswith("ing") else _after(t, cue, subject, at + 1, stop)
    return None


def _as(t: Tokens, cue: Cue, subject: Range, stop: int) -> Report | None:
    """Report what "as the paper noted" stands beside: what follows it at the beginning, else what it follows."""
    at = past_circumstances(t, cue.end)
    if at < stop and t[at].text != ",":
        after = complement(t, cue, stop)
        return _after(t, cue, subject, after, stop) if after is not None else None
    if subject[0] == 1 and at + 1 < stop:
        return Report(cue, subject, ((at + 1, stop),), True)
    before = clause_before(t, subject[0] - 1)
    return Report(cue, subject, (before,), False) if before else None


def _after(t: Tokens, cue: Cue, subject: Range | None, first: int, stop: int) -> Report | None:
    """Return the report of what follows the cue, from `first` on."""
    if first >= stop:
        return None
    if t[first].is_quotation and first + 1 < stop and past_circumstances(t, first + 1) >= stop:
        return Report(cue, subject, ((first, first + 1),), True)
    if cue.takes & Takes.QUOTATION and (colon := _announced(t, first, stop)):
        return Report(cue, subject, ((colon, stop),), True)
    return Report(cue, subject, ((first, end_of(t, cue, subject, first, stop)),), True)


def _announced(t: Tokens, first: int, stop: int) -> int | None:
    """Return the quotation that a colon announces after a few words: "explained it this way: …"."""
    if t[first].low == "that" or t[stop - 1].is_word:
        return None
    for k in range(first, min(stop, first + 9)):
        if t[k].low in w.SUBORDINATORS or t[k].low in w.AUXILIARIES:
            return None
        if t[k].text == ":" and k + 1 < stop and t[k + 1].is_quotation:
            return k + 1
    return None


def _may_invert(t: Tokens, cue: Cue) -> bool:
    """Return whether the subject may follow the verb: a quotation or a comma stands right before it."""
    if cue.first != cue.at or not cue.takes & Takes.QUOTATION or cue.form.group == "telling":
        return False
    before = t[cue.first - 1]
    return before.is_quotation or before.text in ",?!" or before.low in w.LINKS


def _inverted(t: Tokens, cue: Cue, appositive: Range | None) -> Report | None:
    subject = subject_after(t, cue.end)
    if not subject:
        return None
    stop = stop_of(t)
    before = quoted_before(t, cue.first)
    if before is None:
        following = t[subject[1]] if subject[1] < len(t) else None
        if following is not None and following.text not in ",.;" and following.low != "who":
            return None
        if (
            appositive
            and following is not None
            and following.text == ","
            and not all(token.is_capital or token.low in ("of", "the") for token in t[slice(*subject)])
        ):
            return None
        before = clause_before(t, cue.first)
    return Report(cue, subject, parts_around(t, before, subject[1], stop, is_inverted=True), False) if before else None


def _opening(t: Tokens, cue: Cue, later: list[Cue]) -> Report | None:
    """Report from a verb that opens its sentence: "Added Iqbal: …"."""
    subject = subject_after(t, cue.end)
    if cue.form.verb == "ask" and cue.form.is_participle:
        return question(t, cue, later)
    if not subject or not cue.form.is_past:
        return None
    for k in range(subject[1], len(t) - 1):
        if t[k].text == ":" or (t[k].text == "," and t[k + 1].is_quotation):
            return _after(t, cue, subject, k + 1, stop_of(t))
    return None


def _infinitive(t: Tokens, cue: Cue, earlier: list[Report]) -> Report | None:
    stop = stop_of(t)
    after = complement(t, cue, stop)
    if after is None:
        return None
    if not (t[after].is_quotation or t[after].low == "that" or t[after].low in w.QUESTIONS or cue.form.verb == "say"):
        return None
    subject = last_subject(earlier) or first_subject(t, cue.first)
    return _after(t, cue, subject, after, stop)


_GLOSSING = words_of("highlight underline underscore emphasise emphasize stress confirm signal indicate")
_BEFORE_PARTICIPLES = frozenset({"by", "and", "but", "before", "after", "while"})


def _participle(t: Tokens, cue: Cue, earlier: list[Report], later: list[Cue]) -> Report | None:
    first = cue.first
    before = t[first - 1] if first else None
    stop = stop_of(t)
    after = complement(t, cue, stop)
    if after is None:
        return None
    if (
        before is not None
        and not (
            before.text in ",;" or before.is_quotation or before.low in w.LINKS or before.low in _BEFORE_PARTICIPLES
        )
        and not (t[after].low == "that" or t[after].is_quotation)
    ):
        return None
    if first == 0:
        comma = next((k for k in range(after, stop) if t[k].text == ","), None)
        if comma is None:
            return None
        is_gloss = not (t[after].low == "that" or t[after].is_quotation)
        report = _after(t, cue, main_subject(t, later, comma), after, comma)
        return replace(report, is_gloss=is_gloss) if report else None
    if not earlier and cue.form.verb in _GLOSSING and t[after].low != "that":
        return None
    subject = next((one.subject for one in reversed(earlier) if one.subject), None) or first_subject(t, first)
    return _after(t, cue, subject, after, stop)
