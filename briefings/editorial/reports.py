"""What readers report, and what the desk answers. A report opens to its reader alone, under a secret address."""

import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from briefings.models import Briefing, Correction, ReaderReport, Statement, User
from briefings.permissions import ANSWER, may

from .log import log
from .problems import Refused, problem

LONGEST_REPORT = 5_000  # letters
LONGEST_CONTACT = 200
LONGEST_ANSWER = 5_000
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without letters and digits that look alike


class AnswerRefused(Refused):
    """Nothing was answered."""


def report(
    briefing: Briefing,
    *,
    text: str,
    secret: str,
    of_version: int,
    statement: Statement | None = None,
    contact: str = "",
) -> ReaderReport:
    """Keep what a reader reports about a public briefing, or about one statement cited in it, and return the report.

    `secret` (at most 40 letters) opens the answer: the same secret is the same report, which is then returned as it
    was kept. `of_version` is that of the revision that was read. Nobody has to be known: the form sees to floods.
    Raises ValueError for an empty or overlong text.
    """
    text, contact = text.replace("\x00", "").strip(), contact.replace("\x00", "").strip()
    if not text or len(text) > LONGEST_REPORT or len(contact) > LONGEST_CONTACT:
        raise ValueError("a report has some words, and not too many")
    fields = {"briefing": briefing, "of_version": of_version, "statement": statement, "text": text, "contact": contact}
    with transaction.atomic():
        made, _is_new = ReaderReport.objects.get_or_create(secret=secret, defaults={"number": _number(), **fields})
    return made


def _number() -> str:
    """A number that is easily read out, and does not tell how many reports there are."""
    letters = [secrets.choice(ALPHABET) for _place in range(8)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


def answer(one: ReaderReport, *, by: User, text: str, seen: int) -> None:
    """Answer a report; its reader finds the words at their private address.

    `seen` is the version of the report that was looked at. Raises PermissionDenied or AnswerRefused.
    """
    text = text.replace("\x00", "").strip()
    with transaction.atomic():
        stored = _hold(one, by, seen)
        if not text:
            raise AnswerRefused([problem("report-without-answer")])
        if len(text) > LONGEST_ANSWER:
            raise AnswerRefused([problem("report-answer-too-long", LONGEST_ANSWER)])
        stored.answer = text
        _settle(stored, by, _("Answered the reader's report %(number)s."))


def close(one: ReaderReport, *, by: User, seen: int) -> None:
    """Close a report without an answer; its reader is told that it was read. Raises as `answer` does."""
    with transaction.atomic():
        _settle(_hold(one, by, seen), by, _("Closed the reader's report %(number)s without an answer."))


def tie_to_correction(one: ReaderReport, correction: Correction, *, by: User) -> None:
    """Let a report point at the correction that came of it, which answers it. Belongs into the transaction of that
    correction. Raises PermissionDenied."""
    stored = _readable(one, by)
    stored.correction = correction
    _settle(stored, by, _("Made a correction of the reader's report %(number)s."))


def _readable(one: ReaderReport, by: User) -> ReaderReport:
    stored = ReaderReport.objects.select_for_update(of=("self",)).select_related("briefing").get(pk=one.pk)
    if not may(by, ANSWER, stored.briefing):
        raise PermissionDenied(_("Only an editor answers readers. Ask an editor to look at it."))
    return stored


def _hold(one: ReaderReport, by: User, seen: int) -> ReaderReport:
    stored = _readable(one, by)
    if stored.version != seen or stored.answer:
        raise AnswerRefused([problem("report-answered-meanwhile", stored.number)])
    return stored


def _settle(stored: ReaderReport, by: User, sentence: str) -> None:
    stored.answered_at = stored.answered_at or timezone.now().replace(microsecond=0)
    stored.answered_by = stored.answered_by or by
    stored.save()
    log("answer", stored.briefing, by=by, sentence=sentence % {"number": stored.number}, report=stored.number)
