"""What the evidence checks find: one sentence a code, which says what is wrong and what to do about it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

MOST_PROBLEMS = 500  # of one text; nobody reads more, and a hostile text has thousands
SHOWN = 120  # code points of quoted words that a sentence repeats


class Severity(StrEnum):
    """An error blocks publication; a warning asks for a second look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: a code, its severity, what is wrong and what to do, in the active language, and its line (from 1).

    `sentence` says both, and `remedy` is the part of it that says what to do. A warning with a `fingerprint`, which
    names what it is about, asks for an editor's word; once that is given it is the `reason`, and counts for just that.
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
        """An error, or a warning that asks for a word which nobody has given."""
        return self.blocks or (bool(self.fingerprint) and not self.reason)

    @property
    def finding(self) -> str:
        """What is wrong, without what to do about it: for readers, and where the two stand apart."""
        return self.sentence.removesuffix(self.remedy).rstrip()

    def __str__(self) -> str:
        if self.line is None:
            return self.sentence
        return _("Line %(line)s: %(sentence)s") % {"line": self.line, "sentence": self.sentence}


class Refused(Exception):
    """Nothing was changed; `problems` says why, as a list of Problem."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = list(problems)
        super().__init__(" ".join(str(problem) for problem in self.problems))


class AcceptanceRefused(Refused):
    """No word was written down, and none taken back."""


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
        "correct the words, or leave out the quotation marks; titles and terms go in *italics*, or are marked with a"
        ' reason: [“words”]{.term reason="why"}.'
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
        "“%(about)s” is an allegation without a full record of the reply that was sought. Say when, from whom, and"
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
    # checks: marked words
    "bad-marked-words": _(
        '“%(about)s” looks like words marked as ours but cannot be read so. Write [“words”]{.title reason="why"}, or'
        " .term or .translation in place of .title."
    ),
    "marked-without-reason": _(
        '“%(about)s” is marked as a title, a term or our translation without a reason. Give it: {.term reason="why"}.'
    ),
    "marked-too-long": _(
        "“%(about)s” is too long for a title or a term. Cite what the words are from, or leave out the quotation marks."
    ),
    "translation-not-recorded": _(
        "No statement cited in this paragraph has “%(about)s” in its recorded translation. Record the translation with"
        " its statement, cite that, or correct the words."
    ),
    # checks: what a text says beyond what it cites
    "uncited-paragraph": _(
        "Nothing is cited for “%(about)s”. Cite what it rests on, make it ::: analysis if it is our own reading, or"
        " say why it stands without."
    ),
    "number-not-cited": _(
        "No passage cited here has the number “%(about)s”. Correct it, cite the statement that gives it, or say how it"
        " is known."
    ),
    "date-not-cited": _(
        "No passage cited here has the date “%(about)s”. Correct it, cite the statement that gives it, or say how it"
        " is known."
    ),
    # checks: what the cited statements rest on
    "one-origin": _(
        "%(count)s of %(total)s statements cited here rest on one origin each (%(about)s). Look for another that is"
        " no reprint or relay of it, or say why one will do."
    ),
    "second-hand": _(
        "%(count)s of %(total)s statements cited here reached every source of ours through somebody else (%(about)s)."
        " Look for the original, or say why the report will do."
    ),
    "contradiction-not-mentioned": _(
        "“%(other)s” contradicts “%(about)s” and is not cited. Tell readers of it, or say why not."
    ),
    "source-gone": _(
        "Nothing is found any more at the address of “%(about)s”. Look for another place, or say why our copy will do."
    ),
    "source-changed": _(
        "The page of “%(about)s” has changed since it was captured; %(words)s. Look at it in the list of changed"
        " pages, or say why the copy that is cited will do."
    ),
    "too-many": _("%(about)s more findings are not listed. Mend these first."),
    "open-warnings": _(
        "%(about)s warnings wait for a word. Mend what they are about, or say why it stands; readers see that reason."
    ),
    "open-warning": _(
        "A warning waits for a word. Mend what it is about, or say why it stands; readers see that reason."
    ),
    # acceptances
    "warning-gone": _(
        "A warning on which you gave your word is no longer there as you saw it. Nothing was written down; look again."
    ),
    "no-word": _("Say in a sentence why it stands: readers see that reason."),
    "word-too-long": _("A reason has %(about)s characters at most. Say it shorter."),
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
    # corrections and flags
    "correction-without-reason": _("Say why this is corrected. Readers see it with the correction."),
    "correction-without-words": _(
        "Say what it said, or what it says now, so that readers need not search for the difference."
    ),
    "correction-changes-nothing": _(
        "Nothing in “%(about)s” has changed since it was last published. Change the text first, or choose a kind "
        "that needs no other text, such as a clarification."
    ),
    "correction-of-what-is-not-public": _("“%(about)s” is not public, so there is nothing to correct: change it."),
    "update-not-urgent": _(
        "An update can wait for a second pair of eyes; call it urgent only where an error is mended."
    ),
    "correction-too-long": _("Keep each of the three texts under %(about)s letters: name the passage and the point."),
    "retract-instead": _("A retraction takes the whole page away. Retract “%(about)s” with its own button instead."),
    "correct-changed-meanwhile": _(
        "“%(about)s” was changed by somebody else after you opened this. Nothing was published; what you typed is "
        "kept. Look at the difference again."
    ),
    "flag-without-note": _("Say in a sentence why the text stands as it is: the note is kept."),
    "flag-settled-meanwhile": _(
        "Somebody else dealt with this flag of “%(about)s” after you opened the list. Look again."
    ),
    # addresses
    "bad-address": _("“%(about)s” cannot be an address. Use small letters a–z, digits and single hyphens."),
    "same-address": _("“%(about)s” is its address already."),
    "address-taken": _("“%(about)s” is the address of something else. Choose another one."),
    "address-taken-before": _(
        "“%(about)s” was the address of something else, to which it still leads. Choose another one."
    ),
    "address-not-public": _("“%(about)s” was never published: change its address on its own page."),
    "address-cited": _(
        "“%(about)s” is cited in what was published, and published texts never change: the key that stands in them has "
        "to go on meaning this statement. It keeps its key; its words and its page can be corrected."
    ),
    "address-cited-in-draft": _(
        "“%(about)s” is cited under this key in the working text of “%(source)s”. Change the citation there first."
    ),
    "renamed-meanwhile": _("“%(about)s” was changed by somebody else after you opened this. Look at it again."),
    # readers' reports
    "report-without-answer": _("Write a word to the reader, or close the report without an answer."),
    "report-answer-too-long": _("Keep the answer under %(about)s letters."),
    "report-answered-meanwhile": _(
        "Somebody else dealt with the report %(about)s after you opened the list. What you typed is kept; look again."
    ),
    # marks of sentences
    "unknown-sentence": _("That sentence does not stand in this text. Load the page again and read what stands there."),
    "sentence-changed": _(
        "A sentence, or a passage that it rests on, was changed after you opened the page. Load the page again and"
        " read it as it stands now."
    ),
    "unknown-mark": _("Say of “%(about)s” whether its passages support it: wholly, partly or not."),
    "mark-without-note": _("Say in a note what the passages of “%(about)s” do not support, so that it can be mended."),
    "mark-note-too-long": _("The note on “%(about)s” is too long: at most %(longest)s letters are kept."),
    "marked-meanwhile": _(
        "“%(about)s” was marked after you opened the page. Load it again to see that mark; then yours can be given."
    ),
    # comments and looks from outside
    "empty-comment": _("There is no comment yet. Write what you want to say."),
    "comment-too-long": _("A comment has at most %(longest)s letters. Say it in two."),
    "no-such-paragraph": _("That paragraph is not in this text any more. Load the page again, then comment on it."),
    "comment-changed-meanwhile": _("Somebody else settled or reopened this comment first. Nothing was changed."),
    "too-many-comments": _("So many comments came by this link that no more are taken right now. Try in a minute."),
    "comments-used-up": _("No more comments fit under this link. Write to the editors who sent it to you."),
    "no-guest": _("Say for whom the link is: the page greets them by that name, and their comments bear it."),
    "guest-too-long": _("The name is too long: at most %(longest)s letters."),
    "unknown-days": _("Choose for how long the link works: from 1 to %(longest)s days."),
    "nothing-to-preview": _("“%(about)s” has no text yet, so there is nothing to show."),
    "draft-changed-meanwhile": _(
        "“%(about)s” was changed after you opened the page. Look at the text as it is now, then make the link."
    ),
    "link-gone-already": _("This link does not work any more: it has expired, or somebody took it back."),
    # review and approval
    "not-approved": _(
        "“%(about)s” has not been approved yet. Somebody who did not write on it reads and approves it first; ask for "
        "a review."
    ),
    "approved-other-text": _(
        "The text was changed after %(about)s approved it, so it is not approved as it stands. Ask for another look."
    ),
    "approved-by-writer": _(
        "%(about)s approved it and has written on it as well since it was last published. Somebody else has to approve "
        "it."
    ),
    "own-text": _(
        "You have written on “%(about)s” since it was last published. Somebody who has not approves it, so that four "
        "eyes have seen it."
    ),
    "sentences-unmarked": _(
        "Sentences that nobody has read beside their passages, or that these do not support: %(about)s. Read and mark "
        "each of them."
    ),
    "text-changed-meanwhile": _(
        "“%(about)s” was changed after you opened it, and what you read is not what stands there now. Read it again, "
        "then decide."
    ),
    "not-in-review": _("“%(about)s” is not in review any more. Look where it stands now."),
    "in-review-already": _("“%(about)s” is in review already. There is nothing to ask for."),
    "approved-already": _("“%(about)s” is approved as it stands. It can be published."),
    "scheduled-already": _("“%(about)s” waits for its time to be published. Take that back first."),
    "not-approved-yet": _("Nobody has approved “%(about)s”, so there is nothing to withdraw."),
    "reviewer-cannot": _(
        "%(about)s cannot approve this: an editor can who has not written on it. Ask somebody else, or nobody by name."
    ),
    "no-review-reason": _("Say why it goes back, so that the writer knows what to do."),
    "too-many-words": _("That is more than fits here. Say it in at most %(about)s letters."),
    # publishing again, and at a time
    "no-change-note": _(
        "Readers have “%(about)s” already. Tell them in a change note what is different in this version."
    ),
    "due-past": _("That time has passed. Choose one to come, or publish it now."),
    "due-too-far": _("That is more than %(about)s years from now. Choose an earlier time."),
    "not-scheduled": _("“%(about)s” waits for no time any more, so there is nothing to take back."),
    "text-edited": _(
        "The text of “%(about)s” was edited after it was scheduled. Look at it again, then schedule or publish it."
    ),
    "scheduler-gone": _(
        "%(about)s, who scheduled it, may not publish any more. Another publisher has to schedule or publish it."
    ),
    # switches of the desk
    "switched-already": _("It is switched that way already. Nothing was changed."),
    "no-switch-reason": _("Say why: the reason stands in the log with your name."),
    # review of a statement or a source
    "own-record": _(
        "You made “%(about)s” or changed it last. A review is by somebody else, who reads it with fresh eyes."
    ),
    "record-changed-meanwhile": _("“%(about)s” was changed after you opened it. Read it again, then say so."),
    "review-asked-already": _("A review of “%(about)s” was asked for already."),
    "reviewed-already": _("“%(about)s” was reviewed as it stands."),
    "not-reviewed": _("“%(about)s” has no review to take back."),
    # redaction
    "no-words": _("Give the words that have to go, as they stand."),
    "words-too-short": _("Give at least %(about)s letters: fewer stand in too many places to be meant."),
    "no-redaction-reason": _("Give the reason. Readers see it where the words stood, so it may not repeat them."),
    "reason-has-the-words": _(
        "The reason repeats the words that have to go. Say it without them: readers will see it."
    ),
    "words-nowhere": _("These words stand nowhere. Copy them from where you see them, and ask again."),
    "own-redaction": _("You asked for this yourself. Another administrator has to confirm it."),
    "redacted-already": _("This was carried out, or taken back, already. Look at the list."),
    "places-changed": _(
        "The words stand in %(about)s places now, not in as many as you confirmed. Look at the places again."
    ),
    # the writing desk
    "title-too-long": _("The title is longer than %(longest)s characters. Shorten it; the standfirst can say more."),
    "body-too-long": _("The text is longer than %(longest)s characters. Make two briefings of it."),
    # citing from elsewhere
    "nothing-to-cite": _("Choose the statements to cite, at least one and at most %(about)s at once."),
    # footnotes
    "footnote-undefined": _(
        "The footnote “%(about)s” has no text. Write %(about)s: and its words on a line of their own, or take the mark "
        "out."
    ),
    "footnote-unused": _(
        "Nothing in the text refers to the footnote “%(about)s”, so readers do not see it. Put its mark where it "
        "belongs, or take it out."
    ),
    "footnote-twice": _("There are two footnotes “%(about)s”, and readers see the first. Give one another name."),
    "footnote-empty": _("The footnote “%(about)s” says nothing. Write its words, or take it out."),
    "footnote-in-footnote": _(
        "A footnote has no footnotes of its own: “%(about)s” would be printed as it stands. Say it in the footnote."
    ),
    # pictures
    "picture-unreadable": _(
        "This file cannot be read as a picture. Give a JPEG, a PNG or a WebP; a drawing (SVG) has to be saved as one "
        "of these first."
    ),
    "picture-too-large": _("This file is larger than %(most)s. Save a smaller copy of the picture and give that."),
    "picture-too-many-pixels": _(
        "This picture has more than %(most)s million pixels. Save a smaller copy of it and give that."
    ),
    "picture-moves": _("This picture moves, and briefings show still pictures only. Save one moment of it."),
    # retraction
    "no-reason": _("Give the reason. It stands on the page in place of what is retracted."),
    "not-public": _("“%(about)s” is not public, so there is nothing to retract. A draft can simply be deleted."),
}
# Warnings: those of the first line only tell; the others ask for an editor's word.
WARNINGS = {"empty-standfirst", "footnote-unused", "unpublished-statement"}
ASKING = {
    *("uncited-paragraph", "number-not-cited", "date-not-cited", "one-origin", "second-hand"),
    *("contradiction-not-mentioned", "source-gone", "source-changed"),
}


def problem(
    code: str, about: object = "", *, line: int | None = None, same: Iterable[str] | None = None, **words: object
) -> Problem:
    """Make a Problem of a code of SENTENCES; `about` and `words` fill its sentence, long words cut short.

    `same` says for a warning what has to stay as it is for an editor's word to go on counting; `about` if not given.
    """
    asks = code in ASKING
    severity = Severity.WARNING if asks or code in WARNINGS else Severity.ERROR
    named = {name: _short(str(value)) for name, value in {"about": about, **words}.items()}
    template = str(SENTENCES[code])
    remedy = template.partition(". ")[2]  # of the template: names in it may have full stops of their own
    return Problem(
        code=code,
        severity=severity,
        sentence=template % named,
        line=line,
        remedy=remedy % named,
        fingerprint=fingerprint_of(code, *([str(about)] if same is None else same)) if asks else "",
    )


def fingerprint_of(*parts: str) -> str:
    """Return 64 hexadecimal digits that stand for these words, however they are spaced."""
    return hashlib.sha256("\0".join(" ".join(part.split()) for part in parts).encode()).hexdigest()


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= SHOWN else words[: SHOWN - 1].rstrip() + "…"
