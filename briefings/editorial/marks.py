"""Marks: a reviewer reads each sentence beside the passages it rests on, and says whether they support it.

A mark is of one sentence and of what it was read against; an edit of either leaves the sentence unmarked. Marks are
added and kept, with who made them and when; of several on one sentence the latest counts. An approval needs every
sentence marked, and none of them as not supported: what is partly supported may stand, with the note that says how far.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from briefings.models import Briefing, Contribution, SentenceMark, Support, User
from briefings.notes import Note, fingerprint_of, notes_for
from briefings.permissions import REVIEW, may
from briefings.rendering import BodySentence, sentences

from .log import log
from .problems import Problem, Refused, problem
from .switches import four_eyes
from .texts import writers_of
from .typed import LONGEST_NOTE, line


class MarkRefused(Refused):
    """Nothing was marked."""


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence that is to be read against passages: what is cited for it, and its latest mark that counts."""

    sentence: BodySentence
    fingerprint: str
    notes: tuple[Note, ...]
    mark: SentenceMark | None = None

    @property
    def is_open(self) -> bool:
        """Whether it stands in the way of an approval: not marked yet, or not supported."""
        return self.mark is None or self.mark.support == Support.NOT


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a review is about: the sentences, each once, in the order of the text."""

    reads: tuple[Read, ...]
    notes: Mapping[str, Note]

    @property
    def open(self) -> list[Read]:
        return [read for read in self.reads if read.is_open]

    @property
    def marked(self) -> int:
        """How many have a mark, whatever it says."""
        return sum(1 for read in self.reads if read.mark)

    def find(self, fingerprint: str) -> Read | None:
        """Return the sentence of this fingerprint, if it stands in the text."""
        return next((read for read in self.reads if read.fingerprint == fingerprint), None)


@dataclass(frozen=True, slots=True)
class NewMark:
    """What a reviewer says of one sentence. `seen_mark` is the key of the mark that stood there, 0 for none."""

    fingerprint: str
    support: str
    note: str = ""
    seen_mark: int | None = None


def sheet(briefing: Briefing, *, body: str | None = None) -> Sheet:
    """Return the sentences of a briefing that cite something, beside it, with their marks; `body` unless its own.

    A sentence needs a mark if something is cited for it and it stands in no heading and no analysis block. The number
    of queries is the same for any text.
    """
    found = [one for one in sentences(briefing.body if body is None else body) if one.needs_mark]
    notes = notes_for(dict.fromkeys(key for one in found for key in one.keys), preview=True, topics=False)
    named: dict[str, BodySentence] = {}
    for one in found:
        named.setdefault(fingerprint_of(one, notes), one)
    marks = _latest(briefing, named)
    reads = (
        Read(one, fingerprint, tuple(notes[key] for key in one.keys if key in notes), marks.get(fingerprint))
        for fingerprint, one in named.items()
    )
    return Sheet(tuple(reads), notes)


def open_sentences(body: str, *, briefing: Briefing) -> list[Read]:
    """Return the sentences of `body` that keep the briefing from being approved, in order: those that nobody has marked
    as they stand, and those that are not supported.

    While four eyes are on, a mark counts only from somebody who has not written on the text since it was last
    published, or had not written on it at all when it was made.
    """
    return sheet(briefing, body=body).open


def mark(
    briefing: Briefing, *, by: User, fingerprint: str, support: str, seen_version: int, note: str = "",
    seen_mark: int | None = None,
) -> SentenceMark:  # fmt: skip
    """Say of one sentence whether its passages support it (a value of Support), and return the mark.

    As `mark_all` does for several.
    """
    return mark_all(briefing, by=by, marks=[NewMark(fingerprint, support, note, seen_mark)], seen_version=seen_version)[
        0
    ]


def mark_all(briefing: Briefing, *, by: User, marks: Iterable[NewMark], seen_version: int) -> list[SentenceMark]:
    """Keep what a reviewer says of several sentences, all of it or none, and return the marks.

    A sentence is named by its fingerprint, so a text that was edited since `seen_version` refuses only marks of the
    sentences that are not there any more. “Partly” and “not” need a note. Raises PermissionDenied (also, while four
    eyes are on, for who has written on the text since it was last published) or MarkRefused with its problems.
    """
    if not may(by, REVIEW, briefing):
        raise PermissionDenied(_("Only an editor reads a text against its sources. Nothing was marked."))
    with transaction.atomic():
        stored = Briefing.objects.select_for_update(of=("self",)).select_related("current").get(pk=briefing.pk)
        _refuse_writers(stored, by)
        now = sheet(stored)
        said = list(marks)
        if problems := [one for new in said for one in _problems(new, now, stored.version == seen_version)]:
            raise MarkRefused(problems)
        made = _make(stored, said, now, by)
        if made:
            _log(stored, made, by)
    return made


def _refuse_writers(briefing: Briefing, by: User) -> None:
    if four_eyes() and writers_of(briefing).filter(pk=by.pk).exists():
        raise PermissionDenied(
            _(
                "You have written on this text since it was last published. While four eyes are on, somebody else"
                " reads it against its sources. Nothing was marked."
            )
        )


def _problems(new: NewMark, now: Sheet, is_as_seen: bool) -> Iterator[Problem]:
    read = now.find(new.fingerprint)
    if read is None:
        yield problem("unknown-sentence" if is_as_seen else "sentence-changed")
        return
    words = read.sentence.text
    if new.support not in Support.values:
        yield problem("unknown-mark", words, line=read.sentence.line)
    elif new.support != Support.SUPPORTED and not line(new.note):
        yield problem("mark-without-note", words, line=read.sentence.line)
    if len(line(new.note)) > LONGEST_NOTE:
        yield problem("mark-note-too-long", words, line=read.sentence.line, longest=LONGEST_NOTE)
    if new.seen_mark is not None and new.seen_mark != (read.mark.pk if read.mark else 0):
        yield problem("marked-meanwhile", words, line=read.sentence.line)


def _make(briefing: Briefing, said: Iterable[NewMark], now: Sheet, by: User) -> list[SentenceMark]:
    wrote = by.pk == briefing.created_by_id or Contribution.objects.filter(briefing=briefing, user=by).exists()
    made = []
    for fingerprint, new in {new.fingerprint: new for new in said}.items():
        read = now.find(fingerprint)
        if read is not None:
            text, moment = read.sentence.text, _moment(read.mark)
            new_mark = SentenceMark(briefing=briefing, fingerprint=fingerprint, sentence=text, made_at=moment)
            new_mark.support, new_mark.note = new.support, line(new.note)
            new_mark.by_second, new_mark.created_by = not wrote, by
            made.append(new_mark)
    return list(SentenceMark.objects.bulk_create(made))


def _moment(last: SentenceMark | None) -> datetime.datetime:
    """Now, or right after the latest mark: its order in time is what counts, whatever the clock did."""
    now = timezone.now()
    return max(now, last.made_at + datetime.timedelta(microseconds=1)) if last else now


def _log(briefing: Briefing, made: list[SentenceMark], by: User) -> None:
    words = ngettext(
        "Read %(n)d sentence against its passages: %(found)s.",
        "Read %(n)d sentences against their passages: %(found)s.",
        len(made),
    )
    counted = Counter(one.get_support_display() for one in made)
    found = ", ".join(f"{number} {label}" for label, number in counted.items())
    details = [[Truncator(one.sentence).chars(120), one.support, one.note] for one in made]
    log(REVIEW, briefing, by=by, sentence=words % {"n": len(made), "found": found}, marks=details)


def _latest(briefing: Briefing, fingerprints: Iterable[str]) -> dict[str, SentenceMark]:
    """The latest mark that counts of each of these sentences."""
    marks = SentenceMark.objects.filter(briefing=briefing.pk, fingerprint__in=list(fingerprints))
    writers = set(writers_of(briefing).values_list("pk", flat=True)) if four_eyes() else None
    return {
        one.fingerprint: one
        for one in marks.select_related("created_by").order_by("made_at", "pk")
        if writers is None or one.by_second or (one.created_by_id and one.created_by_id not in writers)
    }
