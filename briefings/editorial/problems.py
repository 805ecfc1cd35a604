"""What the evidence checks find: one sentence a code, which says what is wrong and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

SHOWN = 120  # code points of quoted words that a sentence repeats


class Severity(StrEnum):
    """An error blocks publication; a warning asks for a second look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: a code, its severity, a sentence in the active language, and the line (from 1) if any.

    `fingerprint` names what a warning is about, so that an editor's word on it (`reason`) counts for just that.
    """

    code: str
    severity: Severity
    sentence: str
    line: int | None = None
    remedy: str = ""
    fingerprint: str = ""
    reason: str = ""

    @property
    def blocks(self) -> bool:
        return self.severity == Severity.ERROR

    @property
    def is_open(self) -> bool:
        """An error, or a warning on which nobody has given their word."""
        return self.blocks or not self.reason

    def __str__(self) -> str:
        if self.line is None:
            return self.sentence
        return _("Line %(line)s: %(sentence)s") % {"line": self.line, "sentence": self.sentence}


class Refused(Exception):
    """Nothing was changed; `problems` says why, as a list of Problem."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = list(problems)
        super().__init__(" ".join(str(problem) for problem in self.problems))


class PublicationRefused(Refused):
    """Nothing was published."""


class RetractionRefused(Refused):
    """Nothing was retracted."""


SENTENCES = {
    # the body
    "unknown-citation": _("There is no statement “%(about)s”. Correct the key, or add the statement first."),
    "bad-citation-syntax": _(
        "“%(about)s” looks like a citation but cannot be read as one. Write [@key], [@first; @second] or [see"
        " @key, para. 3]; a backslash before @ makes it plain text."
    ),
    "bad-link": _(
        "“%(about)s” is left over from a link that cannot be read. Write [words](https://…), without spaces "
        "in the address and without a citation in the words."
    ),
    "quotation-not-in-cited-passage": _(
        "None of the passages cited in this paragraph contains “%(about)s”. Cite the statement it is from, "
        "correct the words, or leave out the quotation marks; titles and terms go in *italics*."
    ),
    "raw-html": _(
        "“%(about)s” would be printed as it stands, because HTML is off. Use Markdown, or write \\< for a plain <."
    ),
    "link-not-allowed": _(
        "A link may lead to the web (https://…), to mail (mailto:…) or to a page here (/…), not to “%(about)s”."
    ),
    "analysis-not-closed": _("This “::: analysis” block is never closed. Put ::: on a line of its own where it ends."),
    "unknown-block": _(
        "“%(about)s” opens no block that we know. Write ::: analysis, and ::: on a line of its own to close it."
    ),
    "unknown-illustration": _("This briefing has no illustration “%(about)s”. Add it below, or correct its key."),
    "illustration-without-alt": _(
        "The illustration “%(about)s” has no alternative text. Say what it shows, for who cannot see it."
    ),
    # what the body cites
    "unpublished-statement": _("The statement “%(about)s” is not public yet. It can be published together with this."),
    "retracted-statement": _("The statement “%(about)s” was retracted. Take its citation out, or cite another one."),
    "statement-without-evidence": _(
        "The statement “%(about)s” has no evidence. Add the stored copy that carries it, with its words."
    ),
    "evidence-without-passage": _(
        "The evidence of “%(about)s” in “%(source)s” has no passage. Mark the words that carry it."
    ),
    "wording-differs": _(
        "The words of “%(about)s” are not those of its passages in “%(source)s”. Correct the quotation or its"
        " passages, or make it reported speech."
    ),
    "passage-gone": _(
        "A passage of “%(about)s” no longer stands in the stored copy of “%(source)s”. Mark its words again."
    ),
    "passage-ambiguous": _(
        "A passage of “%(about)s” fits two places in “%(source)s” equally. Mark its words again, with more of them."
    ),
    "allegation-without-reply": _(
        "“%(about)s” is an allegation without a record of the reply that was sought. Say when, from whom, and"
        " what was answered."
    ),
    "embargo": _("“%(about)s” is under embargo until %(until)s. Nothing that rests on it is published before."),
    # what publication asks of each thing
    "source-without-copy": _("The source “%(about)s” has no stored copy. Add its text first."),
    "person-without-role": _(
        "“%(about)s” has no public role, and without one a person gets no page. Give the role, or describe "
        "the speaker without a name."
    ),
    "empty-title": _("The title is empty. Give the briefing one."),
    "empty-body": _("The body is empty. There is nothing to publish yet."),
    "empty-standfirst": _(
        "There is no standfirst. A sentence under the title tells readers, and lists, what this is about."
    ),
    "original-not-published": _(
        "This is a translation of “%(about)s”, which is not public. Publish the original first, or take the link out."
    ),
    "translation-in-same-language": _(
        "This is said to be a translation of “%(about)s”, but both are in the same language. Correct the "
        "language or the link."
    ),
    "translation-of-translation": _(
        "This is said to be a translation of “%(about)s”, itself a translation. Link the original."
    ),
    "retracted": _(
        "“%(about)s” was retracted and stays so: its notice is public. Make a new one under another address."
    ),
    "nothing-changed": _("Nothing has changed since “%(about)s” was last published, so there is nothing to publish."),
    "not-confirmed": _(
        "“%(about)s” (%(kind)s) would be published too and was not confirmed. Look at it, then confirm it."
    ),
    "changed-meanwhile": _(
        "“%(about)s” was changed by somebody else after you looked at it. Look at it again, then publish."
    ),
    # drift
    "source-without-address": _(
        "“%(about)s” has no address, so there is nothing to look at again. Paste a newer text if there is one."
    ),
    "no-note": _("Say in a sentence why it stands: the note is kept with the decision."),
    "decided-meanwhile": _(
        "Somebody else decided about this passage, or a newer copy came in, after you opened the list. Look again."
    ),
    "not-corrected": _(
        "The statement “%(about)s” has not been changed since the page did. Correct it first, then say so here."
    ),
    "no-place-there": _(
        "A passage of “%(about)s” has no place in the newer copy. Read that copy, mark the words there, and say then "
        "that evidence was added."
    ),
    "other-words-there": _(
        "The words in the newer copy are not those of the quotation “%(about)s”. What was said differently is a "
        "statement of its own: make one from the newer copy."
    ),
    # retraction
    "no-reason": _("Give the reason. It stands on the page in place of what is retracted."),
    "not-public": _("“%(about)s” is not public, so there is nothing to retract. A draft can simply be deleted."),
}
WARNINGS = {"unpublished-statement", "empty-standfirst"}


def problem(code: str, about: object = "", *, line: int | None = None, **words: object) -> Problem:
    """Make a Problem of a code of SENTENCES; `about` and `words` fill its sentence, long words cut short."""
    severity = Severity.WARNING if code in WARNINGS else Severity.ERROR
    named = {name: _short(str(value)) for name, value in {"about": about, **words}.items()}
    return Problem(code, severity, str(SENTENCES[code] % named), line)


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= SHOWN else words[: SHOWN - 1].rstrip() + "…"
