"""Passages of older copies in a newer text: which stand there still, which read differently, which are gone.

What is found is kept beside a passage, in a PassageCheck; the passage itself never changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from briefings.models import FlagCause, Passage, PassageCheck, PassageState, Snapshot, Source
from briefings.quotes import PUBLISHABLE, Anchor, Location, Verdict, anchor, compare, prepared, selector_at

from .flags import raise_flags, settle_about


@dataclass(frozen=True, slots=True)
class Standing:
    """How a passage stands in a text: its state, and the place in code points and the words there, if it has one."""

    state: PassageState
    start: int | None = None
    end: int | None = None
    words: str = ""

    @property
    def is_gone(self) -> bool:
        return self.state == PassageState.GONE

    @property
    def stands(self) -> bool:
        """Whether the words are there as they were, wherever."""
        return self.state in (PassageState.INTACT, PassageState.MOVED)

    @property
    def gist(self) -> tuple[bool, str]:
        """What a reader would call the same: where words stand makes no difference as long as they stand."""
        return self.stands, "" if self.stands else self.words


def passages_of(source: Source) -> list[Passage]:
    """Return all passages in the copies of a source, each with its copy's text."""
    found = Passage.objects.filter(evidence__snapshot__source=source)
    return list(found.select_related("evidence__snapshot").order_by("pk"))


def standings(passages: Sequence[Passage], text: str) -> dict[int, Standing]:
    """Find each passage in `text`; return how it stands there by its key. Time grows linearly with the text."""
    ready = prepared(text)
    found = {}
    for passage in passages:
        own = passage.evidence.snapshot.text
        place = anchor(ready, selector_at(own, passage.start, passage.end))
        words = text[place.start : place.end] if place.start is not None else ""
        found[passage.pk] = Standing(_state(place, passage.exact, words), place.start, place.end, words)
    return found


def _state(place: Anchor, exact: str, words: str) -> PassageState:
    """Words that stand in two places are there all the same: they moved, and the place is left open. So are a few words
    that are too short, or too closely joined to others, for the engine to vouch for the place."""
    if place.location == Location.AMBIGUOUS:
        return PassageState.MOVED
    if place.verdict in PUBLISHABLE or (words and compare(exact, [words]) in PUBLISHABLE):
        return PassageState.INTACT if place.location == Location.IN_PLACE else PassageState.MOVED
    return PassageState.ALTERED if place.verdict == Verdict.ALTERED else PassageState.GONE


def judge_passages(source: Source, snapshot: Snapshot) -> dict[int, Standing]:
    """Record how the passages of all other copies of a source stand in `snapshot`, the copy its page has now.

    These become the current checks; earlier ones stay as they were. Passages in `snapshot` itself stand by definition
    and have none. What an editor decided stays decided as long as nothing else became of a passage. Briefings that rest
    on a passage which is newly lost are flagged, until it stands again. Returns the standings by passage.
    """
    passages = [passage for passage in passages_of(source) if passage.evidence.snapshot_id != snapshot.pk]
    found = standings(passages, snapshot.text)
    with transaction.atomic():
        before = {check.passage_id: check for check in _current(source)}
        lost_before = _lost(source)
        known = set(PassageCheck.objects.filter(snapshot=snapshot).values_list("passage", flat=True))
        _current(source).exclude(snapshot=snapshot).update(is_current=False)
        PassageCheck.objects.filter(snapshot=snapshot, passage__in=found, is_current=False).update(is_current=True)
        new = [_check(pk, snapshot, stands, before.get(pk)) for pk, stands in found.items() if pk not in known]
        PassageCheck.objects.bulk_create(new)
        _flag(lost_before, _lost(source))
    return found


def _lost(source: Source) -> set[tuple[int, int, str, str]]:
    """What was lost and nobody decided about: (statement, passage, state, words there)."""
    checks = _current(source).undecided().order_by()
    return set(checks.values_list("passage__evidence__statement", "passage", "state", "words"))


def _flag(before: set[tuple[int, int, str, str]], now: set[tuple[int, int, str, str]]) -> None:
    """Raise flags for what was lost since, and settle those of statements whose passages all stand again."""
    raise_flags({row[0] for row in now - before}, FlagCause.PASSAGE_LOST)
    whole_again = {row[0] for row in before} - {row[0] for row in now}
    settle_about(whole_again, FlagCause.PASSAGE_LOST, by=None, note=_("Its passages stand in their source again."))


def _current(source: Source) -> QuerySet[PassageCheck]:
    return PassageCheck.objects.current().filter(passage__evidence__snapshot__source=source)


def _check(pk: int, snapshot: Snapshot, stands: Standing, before: PassageCheck | None) -> PassageCheck:
    check = PassageCheck(
        passage_id=pk, snapshot=snapshot, state=stands.state, start=stands.start, end=stands.end, words=stands.words
    )
    if before and before.remedy and (before.state, before.words) == (check.state, check.words):
        for name in ("remedy", "note", "evidence_id", "decided_by_id", "decided_at"):
            setattr(check, name, getattr(before, name))
    return check


def same_gist(one: dict[int, Standing], other: dict[int, Standing]) -> bool:
    """Tell whether two texts say the same of each passage."""
    return all(standing.gist == other[pk].gist for pk, standing in one.items())
