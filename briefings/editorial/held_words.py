"""Words that somebody brings into a text and that stand in a held source: where, and what statement carries them there.

The database first leaves the few copies that hold a run of the words, glyph by glyph; the quote engine then decides.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from briefings.models import Passage, Snapshot, Source, StatementKind, User
from briefings.quotes import Selector, find_words, prepared, selector_at

from .citable import citable, offered

FEWEST_WORDS = 5
LONGEST = 20_000  # code points that are looked up
_MOST_PIECES = 3
_MOST_COPIES = 12  # that the engine reads for one piece
_MOST_CHARACTERS = 2_000_000  # of all the copies that it reads
_MOST_OFFERS = 3  # sources for one piece

# A run of words whose glyphs have one form: between quotation marks, dashes, dots and unusual white space.
_RUN = re.compile(r"[^\W_][^\"'“”„«»‘’‚′–—‑−\-….\s]*(?:,? [^\W_][^\"'“”„«»‘’‚′–—‑−\-….\s]*)*")
_RUN_WORDS = 8
_MARKS = " \t\"'“”„«»‘’"


@dataclass(frozen=True, slots=True)
class Standing:
    """A piece of text that stands in a stored copy: the piece as it was brought, and its place (code points).

    `keys` are the statements whose passage holds all of the words, quotations first.
    """

    piece: str
    words: str
    snapshot: Snapshot
    start: int
    end: int
    keys: tuple[str, ...]
    places: int

    @property
    def source(self) -> Source:
        return self.snapshot.source

    @property
    def selector(self) -> Selector:
        return selector_at(self.snapshot.text, self.start, self.end)


def standing_in(user: User, text: str) -> list[Standing]:
    """Return where each paragraph of `text` stands in sources that `user` may read: at most three sources for each.

    Quotation marks around a paragraph are no part of its words. What has fewer than five words stands anywhere and is
    not looked up; nor is more than three paragraphs. The newest copy of each source that holds the words counts.
    """
    pieces = [piece for piece in _pieces(text) if len(piece.split()) >= FEWEST_WORDS][:_MOST_PIECES]
    found = [standing for piece in pieces for standing in _stands(user, piece)]
    return _with_statements(user, found)


def _pieces(text: str) -> Iterator[str]:
    for line in re.split(r"\n\s*\n", text[:LONGEST].replace("\r\n", "\n").replace("\x00", "")):
        if piece := line.strip():
            yield piece


def _stands(user: User, piece: str) -> Iterator[Standing]:
    words = " ".join(piece.split()).strip(_MARKS)
    known: set[int] = set()
    left = _MOST_CHARACTERS
    for snapshot in _candidates(user, words):
        if snapshot.source_id in known or len(snapshot.text) > left:
            continue
        left -= len(snapshot.text)
        places = find_words(prepared(snapshot.text), words)
        if places:
            known.add(snapshot.source_id)
            yield Standing(piece, words, snapshot, *places[0], (), len(places))
        if len(known) == _MOST_OFFERS:
            return


def _candidates(user: User, words: str) -> Iterable[Snapshot]:
    """The copies, newest first, that hold the two longest plain runs of the words."""
    runs = sorted(_runs(words), key=len, reverse=True)[:2]
    if not runs:
        return []
    holding = Q()
    for run in runs:
        holding &= Q(GreaterThan(StrIndex("text", Value(run)), 0))
    copies: QuerySet[Snapshot] = Snapshot.objects.filter(holding, source__in=offered(user, Source).values("pk"))
    return copies.select_related("source__publisher").order_by("-pk")[:_MOST_COPIES]


def _runs(words: str) -> Iterator[str]:
    for match in _RUN.finditer(words):
        run = match[0].split(" ")
        if len(run) >= 2 or len(match[0]) >= 8:
            yield " ".join(run[:_RUN_WORDS])


def _with_statements(user: User, found: list[Standing]) -> list[Standing]:
    """Say which statements carry the words, in two queries."""
    if not found:
        return []
    covering = Q()
    for one in found:
        start, end = _core(one)
        covering |= Q(evidence__snapshot=one.snapshot, start__lte=start, end__gte=end)
    columns = ("evidence__snapshot", "start", "end", "evidence__statement__key", "evidence__statement__kind")
    passages = list(Passage.objects.filter(covering).values_list(*columns))
    keys = {key for *_place, key, _kind in passages}
    may_cite = set(citable(user).filter(key__in=keys).values_list("key", flat=True))
    passages = [passage for passage in passages if passage[3] in may_cite]
    return [_carried(one, passages) for one in found]


def _carried(one: Standing, passages: list[tuple[int, int, int, str, str]]) -> Standing:
    start, end = _core(one)
    here = [
        (kind != StatementKind.QUOTATION, last - first, key)
        for snapshot, first, last, key, kind in passages
        if snapshot == one.snapshot.pk and first <= start and end <= last
    ]
    keys = tuple(dict.fromkeys(key for _kind, _size, key in sorted(here)))
    return Standing(one.piece, one.words, one.snapshot, one.start, one.end, keys, one.places)


def _core(one: Standing) -> tuple[int, int]:
    """The place without the marks and stops at its ends, which a passage may leave out."""
    words = one.snapshot.text[one.start : one.end]
    size = len(words)
    before = next((at for at, char in enumerate(words) if char.isalnum()), 0)
    after = next((at for at, char in enumerate(reversed(words)) if char.isalnum()), 0)
    return one.start + before, one.start + size - after
