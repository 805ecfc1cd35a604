"""What a second person has read of a briefing: its sentences, each known by its words and the passages they rest on."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Mapping

from briefings.models import Briefing, SentenceMark, StatementKind, Support
from briefings.rendering import BodySentence, sentences

from .values import Note


def fingerprint_of(sentence: BodySentence, notes: Mapping[str, Note]) -> str:
    """Return the SHA-256, in hexadecimal, of a sentence and of all that it was read against.

    That is each statement cited for it, with its kind, its text and the exact words of its passages, and the stored
    copies that hold them. An edit of any of these gives another fingerprint. A further copy of a source that has the
    very same words changes nothing, nor does the order in which statements are cited.
    """
    read = [sentence.text, [_read(key, notes.get(key)) for key in sorted(sentence.keys)]]
    return hashlib.sha256(json.dumps(read, ensure_ascii=False).encode()).hexdigest()


def _read(key: str, note: Note | None) -> list[object]:
    if note is None:
        return [key]
    copies: dict[tuple[str, tuple[str, ...]], str] = {}
    for evidence in note.evidence:
        words = tuple(passage.exact for passage in evidence.passages)
        copies.setdefault((evidence.source_key, words), evidence.sha256)
    return [key, note.kind, note.text, [[sha256, *words] for (_source, words), sha256 in copies.items()]]


def read_by_second(briefing: Briefing) -> frozenset[str]:
    """Return the fingerprints of the sentences that somebody who had not written on the briefing read against their
    passages and found supported, at least partly; none of which the latest mark says otherwise. One query.
    """
    marks = defaultdict(list)
    rows = SentenceMark.objects.filter(briefing=briefing.pk).order_by("made_at", "pk")
    for fingerprint, support, by_second in rows.values_list("fingerprint", "support", "by_second"):
        marks[fingerprint].append((support != Support.NOT, by_second))
    return frozenset(one for one, made in marks.items() if made[-1][0] and (True, True) in made)


def read_statements(body: str, notes: Mapping[str, Note], read: Collection[str]) -> frozenset[str]:
    """Return the keys of the statements, other than quotations, that were read: in every sentence that cites them.

    `read` holds the fingerprints of sentences, as `read_by_second` gives them. What is cited in an analysis block as
    well, where sentences are not read against passages, does not count.
    """
    if not read:
        return frozenset()
    cited, unread = set(), set()
    for sentence in sentences(body):
        cited.update(sentence.keys)
        if not sentence.needs_mark or fingerprint_of(sentence, notes) not in read:
            unread.update(sentence.keys)
    return frozenset(key for key in cited - unread if key in notes and notes[key].kind != StatementKind.QUOTATION)
