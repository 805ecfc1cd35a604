"""What the review desk shows, as plain values: the text in order, each sentence with what it rests on and its mark."""

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.admin.publishing import change_address
from briefings.editorial.comments import Placed
from briefings.editorial.marks import Read, Sheet
from briefings.models import Passage, Statement, Support
from briefings.notes import EvidenceNote, Note
from briefings.permissions import readable
from briefings.rendering import block_words, sentences

HEADING, CONTEXT, AGAIN, READ = "heading", "context", "again", "read"
BUTTONS = (
    (Support.SUPPORTED, gettext_lazy("Supported"), "1"),
    (Support.PARTLY, gettext_lazy("Partly"), "2"),
    (Support.NOT, gettext_lazy("Not supported"), "3"),
)


@dataclass(frozen=True, slots=True)
class Rest:
    """A statement that a sentence rests on, with its address at the desk and, for each piece of its evidence, where the
    stored copy is read: (evidence, [(paragraph, address)])."""

    note: Note
    address: str
    evidence: tuple[tuple[EvidenceNote, tuple[tuple[int, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence of the text: a `kind`, its words and, where it is to be read, all that it takes."""

    kind: str
    words: str
    number: int = 0  # among the sentences to be read, from 1
    read: Read | None = None
    label: str = ""
    rests: tuple[Rest, ...] = ()
    support: str = ""
    note: str = ""

    @property
    def said(self) -> str:
        return who_and_when(self.read.mark) if self.read else ""

    @property
    def mark(self) -> int:
        """The key of the mark that stands there, 0 for none."""
        return self.read.mark.pk if self.read and self.read.mark else 0

    @property
    def state(self) -> str:
        return self.read.mark.support if self.read and self.read.mark else "open"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A top-level block of the text with its rows and what is said about it; the whole text where `number` is None."""

    number: int | None
    rows: tuple[Row, ...]
    comments: tuple[Placed, ...]
    words: str = ""
    refused: str = ""

    @property
    def open(self) -> int:
        return sum(1 for one in self.comments if not one.comment.settled_at)


class Text:
    """A body cut into its sentences, in order, with what the sheet of a review says of each."""

    def __init__(self, sheet: Sheet, body: str, user, sent=None):
        self.sheet, self.body, self.sent = sheet, body, sent or {}
        self.reads = {_named(read.sentence): (number, read) for number, read in enumerate(sheet.reads, 1)}
        self.rests = {note.key: rest for note, rest in _rests(sheet.notes.values(), user)}
        self.shown: set[str] = set()

    def rows(self) -> list[tuple[int, list[Row]]]:
        """The rows of each block, by its number."""
        by_block = {number: list(group) for number, group in groupby(sentences(self.body), attrgetter("paragraph"))}
        found = []
        for number, words in enumerate(block_words(self.body), 1):
            rows = [self._row(one) for one in by_block.get(number, ())]
            if rows and rows[0].kind == CONTEXT and by_block[number][0].is_analysis:
                rows[0] = replace(rows[0], label=_("Analysis"))
            found.append((number, rows or ([Row(HEADING, words)] if words else [])))
        return found

    def _row(self, sentence):
        number, read = self.reads.get(_named(sentence), (0, None)) if sentence.needs_mark else (0, None)
        if read is None:
            return Row(CONTEXT, sentence.text)
        if read.fingerprint in self.shown:
            return Row(AGAIN, sentence.text, number, read)
        self.shown.add(read.fingerprint)
        said = self.sent.get(read.fingerprint) or read.mark
        rests = tuple(self.rests[note.key] for note in read.notes)
        return Row(
            READ, sentence.text, number, read, "", rests, said.support if said else "", said.note if said else ""
        )


def _named(sentence):
    return sentence.text, frozenset(sentence.keys)


def _rests(notes, user):
    """What each note shows beside a sentence, in two queries for all: (note, Rest)."""
    notes = list(notes)
    known = readable(user, Statement.objects.filter(key__in=[note.key for note in notes])).only("key")
    addresses = {one.key: change_address(one) for one in known}
    copies = _copies(passage.pk for note in notes for evidence in note.evidence for passage in evidence.passages)
    for note in notes:
        evidence = tuple(
            (one, tuple((passage.paragraph, f"{copies[passage.pk]}#p{passage.paragraph}") for passage in one.passages))
            for one in note.evidence
        )
        yield note, Rest(note, addresses.get(note.key, ""), evidence)


def _copies(passages):
    """The address of the stored copy of each passage: {pk of the passage: address}."""
    rows = Passage.objects.filter(pk__in=list(passages)).order_by().values_list("pk", "evidence__snapshot")
    return {pk: reverse("admin:briefings_snapshot_change", args=[snapshot]) for pk, snapshot in rows}


def stretches(rows, comments, sent_comment=None):
    """The blocks with their rows and comments, and at the end the whole text, with what is said of it or lost its
    place. `sent_comment` is what a refused form held: (block or None, words, why)."""
    about = defaultdict(list)
    for one in comments:
        about[one.paragraph].append(one)
    at, words, why = sent_comment or (0, "", "")
    return [
        Stretch(number, tuple(found), tuple(about[number]), *((words, why) if at == number else ()))
        for number, found in [*rows, (None, [])]
    ]


def who_and_when(mark) -> str:
    """Who gave a mark, and when, in a few words."""
    if mark is None:
        return ""
    who = mark.created_by.get_full_name() or mark.created_by.get_username() if mark.created_by else _("somebody")
    words = {"support": mark.get_support_display(), "who": who, "when": mark.made_at.strftime("%Y-%m-%d %H:%M")}
    return _("%(support)s: %(who)s, %(when)s UTC") % words


def progress(sheet: Sheet) -> dict[str, object]:
    """How far a review has come, as numbers and in words."""
    marked, all_of_it = sheet.marked, len(sheet.reads)
    bad = sum(1 for read in sheet.reads if read.mark and read.mark.support == Support.NOT)
    said = _("%(n)d of %(all)d read") % {"n": marked, "all": all_of_it}
    if bad:
        said += " · " + _("%(n)d not supported") % {"n": bad}
    return {"marked": marked, "all": all_of_it, "said": said, "left": len(sheet.open)}
