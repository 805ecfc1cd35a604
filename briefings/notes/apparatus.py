"""What stands around a briefing's text: numbered notes, the way back from each, sources, and the evidence line."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from string import ascii_lowercase
from typing import NamedTuple

from django.utils.translation import gettext as _

from briefings.rendering import Cited, Labels, Picture, cited_keys, render

from .building import notes_for
from .evidence_line import evidence_line
from .second_reading import read_statements
from .values import EvidenceNote, Note


@dataclass(frozen=True, slots=True)
class Backlink:
    """The way from a note to a place that cites it: the id of the marker, and a letter or number to tell it by."""

    anchor: str
    letter: str


class Resting(NamedTuple):
    """A piece of evidence of a note, and the number of its source in the source list."""

    evidence: EvidenceNote
    source: int


@dataclass(frozen=True, slots=True)
class NumberedNote:
    number: int
    note: Note
    backlinks: tuple[Backlink, ...]
    rests_on: tuple[Resting, ...] = ()

    @property
    def anchor(self) -> str:
        """The id of the first marker."""
        return self.backlinks[0].anchor


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A block of the text as sanitised HTML, with the notes that are first used in it."""

    html: str
    analysis: bool
    notes: tuple[NumberedNote, ...]


@dataclass(frozen=True, slots=True)
class RemarkBlock:
    """A footnote of the author's as sanitised HTML, by its letter, with the notes that are first used in it."""

    letter: str
    html: str
    backlinks: tuple[Backlink, ...]
    notes: tuple[NumberedNote, ...]


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A stored copy that the briefing rests on, by first use, and the numbers of the notes that rest on it."""

    number: int
    evidence: EvidenceNote
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Apparatus:
    blocks: tuple[TextBlock, ...]
    notes: tuple[NumberedNote, ...]
    sources: tuple[SourceEntry, ...]
    evidence_line: str
    remarks: tuple[RemarkBlock, ...] = ()


def apparatus_of(
    body: str, *, illustrations: Mapping[str, Picture], preview: bool = False, read: Collection[str] = ()
) -> Apparatus:
    """Render a body with its notes. Five queries, whatever the number of citations; `preview` shows drafts too.

    `read` holds the fingerprints of the sentences that a second person has read (`read_by_second`).
    """
    notes = notes_for(dict.fromkeys(key for key, _line in cited_keys(body)), preview=preview, topics=False)
    cited = {key: Cited(note.words) for key, note in notes.items()}
    labels = Labels(
        note=_("Note {number}"),
        analysis=_("Analysis"),
        translation=_("our translation"),
        remark=_("Remark {letter}"),
    )
    rendered = render(body, cited, illustrations=illustrations, labels=labels)
    numbered = _numbered(rendered.citations, notes)
    sources = _sources(numbered)
    resting = {number: _resting(entry, sources) for number, entry in numbered.items()}
    blocks = tuple(
        TextBlock(block.html, block.analysis, tuple(resting[number] for number in block.notes))
        for block in rendered.blocks
    )
    remarks = tuple(
        RemarkBlock(one.letter, one.html, _backlinks(one.anchors), tuple(resting[number] for number in one.notes))
        for one in rendered.remarks
    )
    line = evidence_line([entry.note for entry in resting.values()], read_statements(body, notes, read))
    return Apparatus(blocks, tuple(resting.values()), tuple(sources.values()), line, remarks)


def _numbered(citations, notes):
    """The notes by number, in the order of their numbers."""
    places = defaultdict(list)
    for place in citations:
        places[place.number, place.key].append(place.anchor)
    return {
        number: NumberedNote(number, notes[key], _backlinks(anchors))
        for (number, key), anchors in sorted(places.items())
    }


def _backlinks(anchors):
    return tuple(Backlink(anchor, _letter(order)) for order, anchor in enumerate(anchors))


def _letter(order):
    return ascii_lowercase[order] if order < len(ascii_lowercase) else str(order + 1)


def _copy(evidence):
    return evidence.source_key, evidence.sha256


def _sources(numbered):
    """The source list. Two copies of one source stand apart: their hashes differ."""
    entries = {}
    for number, entry in numbered.items():
        for evidence in entry.note.evidence:
            entries.setdefault(_copy(evidence), (evidence, []))[1].append(number)
    return {
        copy: SourceEntry(place, evidence, tuple(numbers))
        for place, (copy, (evidence, numbers)) in enumerate(entries.items(), 1)
    }


def _resting(entry, sources):
    rests_on = tuple(Resting(evidence, sources[_copy(evidence)].number) for evidence in entry.note.evidence)
    return replace(entry, rests_on=rests_on)
