"""What a note shows, as plain values: no model, no query, no markup."""

import re
from dataclasses import dataclass, replace

from briefings.parties import Party

OPENING_MARKS = "\"'“‘„‚«‹"
_CLOSING = re.compile(r"[,.]?[\"'”’“‘»›](?!\w)")  # an apostrophe within a word closes nothing


@dataclass(frozen=True, slots=True)
class PassageNote:
    """The exact words of a stored copy, with what completes their sentence on both sides; offsets are code points."""

    pk: int
    before: str
    exact: str
    after: str
    anchor: str  # of these words on the page of their source, after "passage-"
    url: str
    paragraph: int
    locator: str
    start: int
    end: int
    verbatim: bool  # the highlighter may be used: a quotation whose wording was compared and stands
    drift: str = ""  # in a few words, where the page has these words no longer as they were

    @property
    def opening(self) -> str:
        """The quotation mark right before the words, which stays with them where the context is left out."""
        mark, outside = self.before[-1:], self.before[-2:-1]
        return mark if mark and mark in OPENING_MARKS and not outside.isalnum() else ""

    @property
    def lead(self) -> str:
        """What comes before the words and their quotation mark."""
        return self.before[: len(self.before) - len(self.opening)]

    @property
    def closing(self) -> str:
        """The quotation mark right after the words, with the comma or full stop that may stand between."""
        found = _CLOSING.match(self.after)
        return found[0] if found else ""

    @property
    def tail(self) -> str:
        """What comes after the words and their quotation mark."""
        return self.after[len(self.closing) :]


@dataclass(frozen=True, slots=True)
class EvidenceNote:
    """One stored copy that carries the statement, and the route by which the words reached it."""

    source: Party
    source_key: str
    source_kind: str
    origin: str  # the key of the source that this one reprints, else its own: reprints count as one origin
    publisher: Party | None
    kind_label: str
    published: str
    published_basis: str
    published_note: str
    authors: str
    language: str
    direction: str
    captured: str
    day: str  # of the capture, or of the import where that is not known
    name_printed: str
    verb: str
    route: tuple[Party, ...]
    relays: tuple[Party, ...]  # the part of the route between speaker and source that the text names
    unnamed_relays: int
    wording: str
    edits: tuple[str, ...]  # what an edited quotation left out, put in or replaced, in words
    stands: bool  # a quotation whose words were compared and stand in this copy
    passages: tuple[PassageNote, ...]
    address: str
    live_url: str
    archive_url: str
    sha256: str
    drift: str = ""  # a sentence, where the page no longer has these words as they were, or is gone
    gone: bool = False  # nothing is found at the address any more
    again: tuple[str, ...] = ()  # days of further copies of the source that carry the statement by the same words

    @property
    def locators(self) -> str:
        """The pages or timecodes of its passages, each once, in their order; empty where none is known."""
        return ", ".join(dict.fromkeys(passage.locator for passage in self.passages if passage.locator))

    @property
    def extracts(self) -> tuple[tuple[PassageNote, ...], ...]:
        """Its passages in their sentences; those of one sentence stand together, and nothing between them twice."""
        extracts: list[list[PassageNote]] = []
        for passage in self.passages:
            previous = extracts[-1][-1] if extracts else None
            if previous and 0 <= passage.start - previous.end <= len(previous.after):
                extracts[-1][-1] = replace(previous, after=previous.after[: passage.start - previous.end])
                extracts[-1].append(replace(passage, before=""))
            else:
                extracts.append([passage])
        return tuple(map(tuple, extracts))


@dataclass(frozen=True, slots=True)
class Note:
    """One statement as notes and statement pages show it. A retracted one has its reason and no words."""

    key: str
    url: str
    kind: str
    kind_label: str
    text: str
    language: str
    direction: str
    is_quotation: bool
    speaker: Party | None
    speaker_label: str
    said: str
    said_note: str
    event: Party | None
    translation: str = ""
    translator: str = ""
    retracted: str = ""
    evidence: tuple[EvidenceNote, ...] = ()
    topics: tuple[Party, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The exact passages of all its evidence: what a quotation in a body may be highlighted against."""
        return tuple(passage.exact for evidence in self.evidence for passage in evidence.passages)

    @property
    def first(self) -> EvidenceNote | None:
        return self.evidence[0] if self.evidence else None

    @property
    def others(self) -> tuple[EvidenceNote, ...]:
        return self.evidence[1:]
