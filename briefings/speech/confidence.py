"""How sure a proposal is: tiers set by hand, in the order in which like proposals were right in news text."""

from .cues import Mode
from .phrases import Tokens
from .reports import Report
from .values import Form

BARE = 0.6  # a quotation that goes on, in a paragraph of its own
GLOSS = 0.3  # an opinion wrapped around the words of another
UNATTRIBUTED = 0.3  # a quotation of which the text does not say whose it is


def confidence(t: Tokens, report: Report, form: Form, *, is_named: bool) -> float:
    """Return a share between 0 and 1 for a report, higher where its speaker has a name in the article."""
    sure = _of_form(t, report, form)
    return round(min(0.95, sure + (0.05 if is_named else 0.0)), 2)


def _of_form(t: Tokens, report: Report, form: Form) -> float:
    cue = report.cue
    if cue.mode in (Mode.PASSIVE, Mode.INFINITIVE):
        return 0.4
    if cue.mode is Mode.NOUN:
        return 0.6
    if form is Form.DIRECT:
        return 0.9
    if cue.mode is Mode.ACCORDING:
        return 0.7
    core = cue.form.verb in ("say", "tell", "add", "write", "note", "explain", "argue")
    if t[report.content[0][0]].low == "that" or not report.is_after:
        return 0.85 if core else 0.75
    return 0.8 if core else 0.5
