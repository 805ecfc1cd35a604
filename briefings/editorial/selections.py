"""Words that an editor selected in a stored copy: verified here, then a statement of their own or evidence of one.

A selection arrives as W3C Web Annotation selectors, offsets in code points. What it says is compared with the stored
text, never believed; where only its place is wrong, the words are looked for.
"""

import json
from collections.abc import Iterable, Sequence
from itertools import pairwise

import reversion
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from briefings.models import DeskAct, Evidence, Snapshot, Statement, User
from briefings.quotes import Location, Selector, blocks, from_annotation, locate, prepared

from .acts import record_act, settling_clashes
from .further_evidence import carry
from .statements import Fields, NotDone, Party, Span, make

MOST_PASSAGES = 20
LONGEST = 20_000  # code points of all selected words together
_MOST_JSON = 500_000  # characters
_MARKS = '"“”„«»「」『』'


def selectors_of(sent: str) -> list[Selector]:
    """Read selectors from JSON: one annotation (or its target), or a list of them, in reading order.

    Raises NotDone with a sentence for whatever is not that.
    """
    if not sent.strip() or len(sent) > _MOST_JSON:
        raise NotDone(_("Select some words in the article first, and no more than a few paragraphs at once."))
    try:
        data = json.loads(sent)
        return [from_annotation(one) for one in (data if isinstance(data, list) else [data])[: MOST_PASSAGES + 1]]
    except (ValueError, RecursionError) as error:
        sentence = _("What was selected could not be read. Select the words again. (%(why)s)")
        raise NotDone(sentence % {"why": Truncator(str(error)).chars(160)}) from error


def verified(snapshot: Snapshot, selectors: Sequence[Selector]) -> list[Span]:
    """Return the passages that `selectors` name in a stored copy: (start, end) in code points, in reading order.

    A selection that crosses paragraphs becomes a passage in each; white space at the ends, and quotation marks around
    the whole, are left out. Words that stand elsewhere than said are found again. Raises NotDone with a sentence.
    """
    if not selectors or len(selectors) > MOST_PASSAGES:
        raise NotDone(_("Select some words in the article first, in at most %(most)d parts.") % {"most": MOST_PASSAGES})
    if sum(len(selector.exact) for selector in selectors) > LONGEST:
        raise NotDone(_("That is more than a statement can hold. Select fewer words."))
    text = prepared(snapshot.text)
    spans: list[Span] = []
    for selector in selectors:
        found = locate(text, selector)
        if found.start is None or found.end is None:
            raise NotDone(_not_found(found.location, selector.exact))
        spans += _in_blocks(snapshot.text, found.start, found.end)
    spans = _without_marks(snapshot.text, sorted(set(spans)))
    if not spans:
        raise NotDone(_("Nothing but white space or marks was selected. Select some words."))
    if any(before[1] > after[0] for before, after in pairwise(spans)):
        raise NotDone(_("Parts of the selection share words. Select each part once."))
    return spans


def words_of_spans(snapshot: Snapshot, spans: Iterable[Span]) -> str:
    """Return the words of passages as a statement has them: with a space where the source interrupts them."""
    return " ".join(snapshot.text[start:end] for start, end in spans)


def statement_from_selection(
    snapshot: Snapshot,
    selectors: Sequence[Selector],
    *,
    by: User,
    fields: Fields,
    same_as: Statement | None = None,
) -> Statement:
    """Make a statement of selected words, with evidence, a passage for each paragraph, and route.

    `same_as` links it with another statement of the same utterance. Raises NotDone or PermissionDenied; nothing was
    made then.
    """
    with settling_clashes(), transaction.atomic():
        spans = verified(snapshot, selectors)
        made = make(snapshot, spans, fields, by=by, same_as=same_as)
        record_act(DeskAct.SELECT, snapshot, by=by, made=made)
    return made.statement


def evidence_from_selection(
    statement: Statement,
    snapshot: Snapshot,
    selectors: Sequence[Selector],
    *,
    by: User,
    name_printed: str,
    verb: str,
    relays: Sequence[tuple[Party | None, str]],
    locator: str = "",
) -> Evidence:
    """Add selected words as evidence of a statement: the same words in another paper, named and relayed its own way.

    Where this stored copy carries the statement already, the words become further passages of it. Raises WordsDiffer
    where they are not those of a quotation, NotDone or PermissionDenied; nothing was made then.
    """
    fields = Fields(
        kind=statement.kind,
        text=statement.text,
        name_printed=name_printed,
        verb=verb,
        relays=tuple(relays),
        locator=locator,
    )
    with settling_clashes(), transaction.atomic(), reversion.create_revision():
        made = carry(statement, snapshot, verified(snapshot, selectors), fields, by=by)
        record_act(DeskAct.ADD_EVIDENCE, snapshot, by=by, made=made)
    return made.evidence


def _not_found(location: Location, words: str) -> str:
    shown = {"words": Truncator(words).chars(120)}
    if location == Location.AMBIGUOUS:
        return _("“%(words)s” stands in several places here. Select it again, with a few more words.") % shown
    return _("This stored copy does not contain these words: “%(words)s”. Select them again in the article.") % shown


def _in_blocks(text: str, start: int, end: int) -> list[Span]:
    """Cut a place at the ends of paragraphs; what is left of one without a word is no part of the selection."""
    parts = [(start + first, start + last) for first, last in blocks(text[start:end])]
    return [(first, last) for first, last in parts if any(char.isalnum() for char in text[first:last])]


def _without_marks(text: str, spans: list[Span]) -> list[Span]:
    """Leave out the quotation marks around the whole, where no others stand inside: the words are what is said."""
    words = " ".join(text[start:end] for start, end in spans)
    if any(mark in words[1:-1] for mark in _MARKS):
        return spans
    trimmed = []
    for start, end in spans:
        while start < end and text[start] in _MARKS:
            start += 1
        while end > start and text[end - 1] in _MARKS:
            end -= 1
        trimmed.append((start, end))
    return [(start, end) for start, end in trimmed if text[start:end].strip()]
