"""Corrections: what was wrong with something published, said in public, in one transaction with what mends it.

Four eyes bind a correction's text as they bind every publication, because a correction made alone and in haste is where
the second error comes from. What cannot wait does not have to: a publisher alone may retract, may publish a
clarification that leaves the text as it is and says at once what is wrong with it, and may call the mending of an error
urgent, which then stands so in the log. An update is never urgent: it brings new text instead of mending wrong text.
The words of a correction itself are the publisher's own, logged; they are about a text and are not one.
"""

from collections.abc import Iterable, Iterator
from typing import TypeVar

import reversion
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from briefings.models import (
    Briefing,
    Correction,
    CorrectionKind,
    FlagCause,
    Publishable,
    ReaderReport,
    Statement,
    User,
)
from briefings.permissions import CORRECT, may

from .errata import write_down
from .flags import raise_flags
from .log import log
from .problems import Problem, Refused, problem
from .reports import tie_to_correction
from .texts import is_as_published
from .workflow import publish

LONGEST = 5_000  # letters of each text of a correction
LONGEST_CHANGE_NOTE = 500
WITHOUT_CHANGE = (CorrectionKind.CLARIFICATION, CorrectionKind.SOURCE_CORRECTED, CorrectionKind.CONTRADICTED)

Thing = TypeVar("Thing", Briefing, Statement)


class CorrectionRefused(Refused):
    """Nothing was corrected, and nothing published."""


def correct_briefing(
    briefing: Briefing,
    *,
    by: User,
    kind: CorrectionKind,
    said: str,
    says: str,
    why: str,
    change_note: str = "",
    major: bool = True,
    along: Iterable[Publishable] = (),
    urgent: bool = False,
    report: ReaderReport | None = None,
) -> Correction:
    """Publish the working text of a public briefing as its next revision, together with a public correction.

    Where the working text is what readers see already, the kinds of WITHOUT_CHANGE are recorded without a revision.
    `briefing` is as it was looked at: its version must still be the stored one. `along`, `change_note` and `major` go
    to `workflow.publish`; without a change note the reason stands there. `urgent` does without an approval.
    `report` is the reader's report that led to it, and is answered by it. Returns the correction; `briefing` is
    refreshed. Raises PermissionDenied, CorrectionRefused, or PublicationRefused from publishing; then nothing was
    written.
    """
    said, says, why = _plain(said), _plain(says), _plain(why)
    with transaction.atomic():
        stored = _hold(briefing, by)
        is_changed = not is_as_published(stored)
        _refuse_if([*_problems(stored, kind, said, says, why), *_unfit(stored, kind, is_changed, urgent)])
        revision = None
        if is_changed:
            note = " ".join(change_note.split()) or Truncator(" ".join(why.split())).chars(LONGEST_CHANGE_NOTE)
            revision = publish(briefing, by=by, along=along, change_note=note, major=major, is_correction=urgent)
        made = write_down(stored, by=by, kind=kind, said=said, says=says, why=why, revision=revision)
        _tell(made, stored, by, report, urgent=urgent and is_changed)
    briefing.refresh_from_db()
    return made


def correct_statement(
    statement: Statement,
    *,
    by: User,
    kind: CorrectionKind,
    said: str,
    says: str,
    why: str,
    report: ReaderReport | None = None,
) -> Correction:
    """Record in public what a published statement said and says now, and flag every briefing that cites it.

    The new words themselves are saved at the statement's own page, before or after. `statement` is as it was looked at.
    Returns the correction. Raises PermissionDenied or CorrectionRefused; then nothing was written.
    """
    said, says, why = _plain(said), _plain(says), _plain(why)
    with transaction.atomic():
        stored = _hold(statement, by)
        _refuse_if(_problems(stored, kind, said, says, why))
        made = write_down(stored, by=by, kind=kind, said=said, says=says, why=why)
        raise_flags([stored], FlagCause.CORRECTED, by=by)
        with reversion.create_revision():
            reversion.add_to_revision(stored)
            reversion.set_user(by)
            reversion.set_comment(_("Corrected in public: %(why)s") % {"why": Truncator(why).chars(200)})
        _tell(made, stored, by, report)
    return made


def _plain(words: str) -> str:
    return words.replace("\x00", "").replace("\r\n", "\n").strip()


def _hold(thing: Thing, by: User) -> Thing:
    """Read the stored thing and hold it, for somebody who may correct it and has seen it as it is now."""
    if not may(by, CORRECT, thing):
        raise PermissionDenied(_("Only a publisher corrects what was published. Ask a publisher to look at it."))
    stored = type(thing)._base_manager.select_for_update().get(pk=thing.pk)
    if not stored.is_public:
        raise CorrectionRefused([problem("correction-of-what-is-not-public", stored)])
    if stored.version != thing.version:
        raise CorrectionRefused([problem("correct-changed-meanwhile", stored)])
    return stored


def _problems(thing: Publishable, kind: str, said: str, says: str, why: str) -> Iterator[Problem]:
    if kind not in CorrectionKind.values or kind == CorrectionKind.RETRACTION:
        yield problem("retract-instead", thing)
    if not why:
        yield problem("correction-without-reason")
    if kind != CorrectionKind.CLARIFICATION and (not (said or says) or said == says):
        yield problem("correction-without-words")
    if any(len(words) > LONGEST for words in (said, says, why)):
        yield problem("correction-too-long", LONGEST)


def _unfit(briefing: Briefing, kind: str, is_changed: bool, urgent: bool) -> Iterator[Problem]:
    if urgent and kind == CorrectionKind.UPDATE:
        yield problem("update-not-urgent")
    if not is_changed and kind not in WITHOUT_CHANGE and kind != CorrectionKind.RETRACTION:
        yield problem("correction-changes-nothing", briefing)


def _refuse_if(problems: Iterable[Problem]) -> None:
    if found := list(problems):
        raise CorrectionRefused(found)


def _tell(made: Correction, thing: Publishable, by: User, report: ReaderReport | None, *, urgent: bool = False) -> None:
    """Leave an entry in the log, and an answer with who reported it."""
    words = {"kind": made.get_kind_display(), "thing": thing, "why": Truncator(made.why).chars(200)}
    sentence = _("Corrected “%(thing)s” in public (%(kind)s): %(why)s") % words
    log("correct", thing, by=by, sentence=sentence, correction=made.key, urgent=urgent)
    if report is not None:
        tie_to_correction(report, made, by=by)
