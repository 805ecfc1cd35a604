"""The same words in another paper: evidence for a statement that is there, or further passages of what carries it."""

from collections.abc import Sequence
from typing import Any

import reversion
from django.utils.translation import gettext as _

from briefings.models import Evidence, Passage, Snapshot, Statement, StatementKind, User
from briefings.quotes import PUBLISHABLE, compare

from .evidence import check_wording
from .statements import (
    Fields,
    Made,
    NotDone,
    Span,
    add_evidence,
    refuse_unless_may_add,
    refuse_unless_may_change,
)


class WordsDiffer(NotDone):
    """Words are not those of a quotation: they may be the same utterance in other words. Nothing was made."""

    def __init__(self, statement: Statement, words: str) -> None:
        self.statement, self.words = statement, words
        super().__init__(
            _(
                "These words are not those of “%(key)s”, so they cannot be its evidence. They can become a statement "
                "of their own, linked as the same utterance."
            )
            % {"key": statement.key}
        )


def carry(statement: Statement, snapshot: Snapshot, spans: Sequence[Span], fields: Fields, *, by: User) -> Made:
    """Let a stored copy carry a statement by these passages (code points); the caller holds transaction and revision.

    Where it carries the statement already, they become further passages. Raises WordsDiffer where they are not the
    words of a quotation, NotDone where there is nothing to add, or PermissionDenied.
    """
    refuse_unless_may_add(snapshot, by)
    refuse_unless_may_change(statement, by)
    reversion.set_user(by)
    reversion.set_comment(_("Evidence added at the reading desk"))
    present = statement.evidence.filter(snapshot=snapshot).first()
    if present is not None:
        return _more_passages(statement, present, snapshot.text, spans, by)
    passages = [snapshot.text[start:end] for start, end in spans]
    if statement.kind == StatementKind.QUOTATION and compare(statement.text, passages) not in PUBLISHABLE:
        raise WordsDiffer(statement, " ".join(passages))
    reversion.add_to_revision(statement)
    names: list[Any] = []
    evidence = add_evidence(statement, snapshot, spans, fields, by=by, names=names)
    return Made(statement, evidence, names, is_new=False)


def _more_passages(statement: Statement, evidence: Evidence, text: str, spans: Sequence[Span], by: User) -> Made:
    """Add passages behind those that stand; a quotation must still match them all."""
    standing = set(evidence.passages.values_list("start", "end"))
    new = [span for span in spans if span not in standing]
    if not new:
        raise NotDone(_("These words carry “%(key)s” already, so there is nothing to add.") % {"key": statement.key})
    before = list(evidence.passages.order_by("order").values_list("exact", flat=True))
    after = [*before, *(text[start:end] for start, end in new)]
    if statement.kind == StatementKind.QUOTATION and _would_not_match(statement.text, before, after):
        sentence = _("“%(key)s” has its words from this copy already; with more passages they would not match.")
        raise NotDone(sentence % {"key": statement.key})
    reversion.add_to_revision(statement)
    made = [
        Passage.objects.create(
            evidence=evidence,
            order=evidence.passages.next_order(),
            start=start,
            end=end,
            exact=text[start:end],
            created_by=by,
        )
        for start, end in new
    ]
    check_wording(Evidence.objects.filter(pk=evidence.pk))
    evidence.refresh_from_db(fields=["verdict", "location", "checked_at", "version"])
    return Made(statement, evidence, is_new=False, passages=[passage.pk for passage in made])


def _would_not_match(words: str, before: Sequence[str], after: Sequence[str]) -> bool:
    return compare(words, before) in PUBLISHABLE and compare(words, after) not in PUBLISHABLE
