"""The same utterance in other papers: statements elsewhere whose words resemble those of a proposal.

Likeness only suggests something to an editor. Whether words are the same is for the quote engine to say.
"""

import re
from dataclasses import dataclass

from django.db.models import Q
from rapidfuzz import fuzz, process

from briefings.models import Organization, Person, Snapshot, Statement, User
from briefings.permissions import readable
from briefings.quotes import PUBLISHABLE, Change, compare, difference

from .names import plain
from .proposed_fields import Suggestion

ALIKE = 70  # of 100: how alike two wordings are before one is suggested for the other
_SHORTEST = 20  # code points; fewer words are alike by chance
_CANDIDATES = 400
_SHOWN = 3
_WORD = re.compile(r"[^\W\d_]{5,}")


@dataclass(frozen=True, slots=True)
class Likeness:
    """A statement elsewhere, whether its words are the same, and the difference from its words to these."""

    statement: Statement
    is_same: bool
    changes: tuple[Change, ...]


def like_elsewhere(suggestion: Suggestion, snapshot: Snapshot, *, by: User) -> list[Likeness]:
    """Return the statements of other sources that may be the same utterance as a proposal, the likest first.

    Among those of the same speaker, at the same event, or with its two longest words, as far as `by` may read them; a
    bounded number is compared, in one query.
    """
    words = suggestion.text
    if len(words) < _SHORTEST:
        return []
    others = readable(by, Statement.objects.filter(_may_be_like(suggestion), language=snapshot.source.language))
    others = others.exclude(evidence__snapshot__source=snapshot.source_id).order_by("-pk")
    candidates = {one.pk: one for one in others.select_related("speaker_person", "speaker_organization")[:_CANDIDATES]}
    found = process.extract(
        plain_words(words),
        {pk: plain_words(one.text) for pk, one in candidates.items()},
        scorer=fuzz.ratio,
        score_cutoff=ALIKE,
        limit=_SHOWN,
    )
    return [_likeness(candidates[pk], suggestion) for _words, _score, pk in found]


def plain_words(words: str) -> str:
    """Return words as likeness is measured on them: without case, accents and marks."""
    return " ".join(re.findall(r"\w+", plain(words)))


def _likeness(statement: Statement, suggestion: Suggestion) -> Likeness:
    is_same = compare(statement.text, suggestion.words) in PUBLISHABLE
    return Likeness(statement, is_same, difference(statement.text, suggestion.text))


def _may_be_like(suggestion: Suggestion) -> Q:
    found = Q(pk__in=[])
    speaker = suggestion.speaker.match.pick if suggestion.speaker else None
    if isinstance(speaker, Person | Organization):
        found |= Q(**{f"speaker_{speaker._meta.model_name}": speaker.pk})
    event = suggestion.event.match.pick if suggestion.event else None
    if event is not None:
        found |= Q(event=event.pk)
    longest = sorted(set(_WORD.findall(suggestion.text)), key=len)[-2:]
    if len(longest) == 2:
        found |= Q(text__icontains=longest[0]) & Q(text__icontains=longest[1])
    return found
