"""The sentences of one source that published statements rest on, in reading order, each with those statements."""

from dataclasses import dataclass
from itertools import groupby, pairwise

from briefings.notes import Note, PassageNote
from briefings.notes.values import EvidenceNote


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a sentence's text. `anchors` are the passages that begin here; `quoted` that a passage covers it."""

    text: str
    anchors: tuple[int, ...]
    quoted: bool
    verbatim: bool


@dataclass(frozen=True, slots=True)
class Resting:
    """A statement that rests on a sentence, by which evidence and passage."""

    note: Note
    evidence: EvidenceNote
    passage: PassageNote


@dataclass(frozen=True, slots=True)
class Extract:
    """One sentence, or several that a passage spans, as pieces, and the statements that rest on it."""

    paragraph: int
    pieces: tuple[Piece, ...]
    resting: tuple[Resting, ...]


def extracts_of(notes, source_key) -> list[Extract]:
    """Return the sentences of the source `source_key` that `notes` rest on; offsets are those of its stored copies."""
    held = [
        Resting(note, evidence, passage)
        for note in notes
        for evidence in note.evidence
        if evidence.source_key == source_key
        for passage in evidence.passages
    ]
    held.sort(key=lambda item: (item.evidence.sha256, _first(item.passage), item.passage.start, item.passage.pk))
    return [_extract(list(group)) for _place, group in groupby(held, key=_overlapping())]


def _first(passage):
    return passage.start - len(passage.before)


def _last(passage):
    return passage.end + len(passage.after)


def _overlapping():
    """A key that stays the same for items in order whose sentences overlap."""
    reach = {"copy": None, "end": -1, "number": 0}

    def key(item):
        if item.evidence.sha256 != reach["copy"] or _first(item.passage) >= reach["end"]:
            reach.update(copy=item.evidence.sha256, end=-1, number=reach["number"] + 1)
        reach["end"] = max(reach["end"], _last(item.passage))
        return reach["number"]

    return key


def _extract(items):
    """Join overlapping sentences and cut them at the edges of their passages."""
    passages = [item.passage for item in items]
    first, whole = _first(passages[0]), ""
    for passage in passages:
        sentence = passage.before + passage.exact + passage.after
        whole += sentence[first + len(whole) - _first(passage) :]
    last = first + len(whole)
    edges = sorted({first, last, *(passage.start for passage in passages), *(passage.end for passage in passages)})
    pieces = tuple(_piece(whole[start - first : end - first], start, end, passages) for start, end in pairwise(edges))
    return Extract(passages[0].paragraph, pieces, tuple(items))


def _piece(text, start, end, passages):
    covering = [passage for passage in passages if passage.start <= start and end <= passage.end]
    return Piece(
        text=text,
        anchors=tuple(passage.pk for passage in passages if passage.start == start),
        quoted=bool(covering),
        verbatim=any(passage.verbatim for passage in covering),
    )
