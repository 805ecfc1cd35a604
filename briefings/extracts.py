"""The sentences of one source that published statements rest on, in reading order, each with those statements."""

from dataclasses import dataclass
from itertools import pairwise

from briefings.notes import Note, PassageNote
from briefings.notes.values import EvidenceNote


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a sentence's text. `anchors` are the passages that begin here; `quoted` that a passage covers it."""

    text: str
    anchors: tuple[str, ...]
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
    return [_extract(group) for group in _overlapping(held)]


def _first(passage):
    return passage.start - len(passage.before)


def _last(passage):
    return passage.end + len(passage.after)


def _overlapping(items):
    """Items in order, in groups whose sentences overlap in one stored copy."""
    groups, end = [], 0
    for item in items:
        if groups and item.evidence.sha256 == groups[-1][-1].evidence.sha256 and _first(item.passage) < end:
            groups[-1].append(item)
            end = max(end, _last(item.passage))
        else:
            groups.append([item])
            end = _last(item.passage)
    return groups


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
        anchors=tuple(passage.anchor for passage in passages if passage.start == start),
        quoted=bool(covering),
        verbatim=any(passage.verbatim for passage in covering),
    )
