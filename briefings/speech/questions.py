"""What somebody was asked or told: "asked whether it was over", "was told that it was"."""

from dataclasses import replace

from .circumstances import past_circumstances
from .complements import complement
from .cues import Cue, Mode
from .extents import stop_of
from .phrases import Tokens, subject_after, subject_before
from .reports import Report


def question(t: Tokens, cue: Cue, later: list[Cue]) -> Report | None:
    """Report a question: "asked whether", "was asked about the plan"."""
    if cue.form.verb not in ("ask", "tell", "inform", "remind", "assure"):
        return None
    stop = stop_of(t)
    k = past_circumstances(t, cue.end)
    asker = None
    if k < stop and t[k].low == "by":
        asker = subject_after(t, k + 1)
        k = asker[1] if asker else k
    after = complement(t, replace(cue, end=k), stop)
    if after is None or (cue.form.verb != "ask" and t[after].low != "that"):
        return None
    return Report(cue, asker, ((after, _end_of_question(t, cue, after, stop, later)),), True)


def _end_of_question(t: Tokens, cue: Cue, after: int, stop: int, later: list[Cue]) -> int:
    """Return where a question ends: before the one who answers it, or the main clause."""
    begin = subject[0] if (subject := subject_before(t, cue.first)) else cue.first
    if cue.at and t[begin - 1].low not in ("when", "if", "while", "as", ",", "("):
        return stop
    for other in later:
        answerer = subject_before(t, other.first, after) if other.mode is Mode.FINITE else None
        if answerer and t[answerer[0] - 1].text == ",":
            return answerer[0] - 1
    return next((at for at in range(after + 1, stop) if t[at].text == ","), stop)
