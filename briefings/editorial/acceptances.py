"""An editor's word on warnings: why each stands. It is recorded, shown to readers, and can be taken back."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from briefings.models import Acceptance, Briefing, User
from briefings.permissions import ACCEPT, may

from .evidence import body_problems
from .log import log
from .problems import AcceptanceRefused, Problem, problem

LONGEST_REASON = Acceptance._meta.get_field("reason").max_length
_LONGEST_ABOUT = Acceptance._meta.get_field("about").max_length


def accept_warnings(briefing: Briefing, reasons: Mapping[str, str], *, by: User, body: str) -> list[Acceptance]:
    """Write down why warnings of `body` stand, all of them or none, and return what was written.

    `reasons` maps the fingerprint of each warning to a reason in plain words; `body` is the text as its editor saw it,
    saved or not. A word given before on the same warning is replaced. One transaction; the briefing's version stays.
    Raises PermissionDenied, or AcceptanceRefused where a reason is missing or a warning is not there any more.
    """
    _allow(briefing, by)
    with transaction.atomic():
        locked = Briefing.objects.select_for_update().get(pk=briefing.pk)
        warnings = {one.fingerprint: one for one in body_problems(body, briefing=locked) if one.fingerprint}
        words = {mark: " ".join(reason.replace("\x00", "").split()) for mark, reason in reasons.items()}
        if refusals := _refusals(words, warnings):
            raise AcceptanceRefused(refusals)
        given = [_write(locked, warnings[mark], reason, by) for mark, reason in words.items()]
        if given:
            sentence = _("Said why %(number)d warnings of “%(briefing)s” stand.")
            sentence %= {"number": len(given), "briefing": locked}
            log("accept", locked, by=by, sentence=sentence, warnings=[[one.code, one.fingerprint] for one in given])
    return given


def withdraw(acceptance: Acceptance, *, by: User) -> None:
    """Take a word back: its warning is open again, and stops the next publication. One transaction.

    Raises PermissionDenied. A word that is gone already stays so.
    """
    _allow(acceptance.briefing, by)
    with transaction.atomic():
        stored = Acceptance.objects.select_for_update().filter(pk=acceptance.pk).first()
        if stored is None:
            return
        sentence = _("Took back a word on a warning of “%(briefing)s”: %(reason)s")
        sentence %= {"briefing": stored.briefing, "reason": stored.reason}
        log("withdraw", stored.briefing, by=by, sentence=sentence, warnings=[[stored.code, stored.fingerprint]])
        stored.delete()


def _allow(briefing: Briefing, user: User) -> None:
    if not may(user, ACCEPT, briefing):
        sentence = _("Only an editor can give their word on a warning. “%(briefing)s” stays as it is.")
        raise PermissionDenied(sentence % {"briefing": briefing})


def _refusals(words: Mapping[str, str], warnings: Mapping[str, Problem]) -> list[Problem]:
    codes = {
        "warning-gone": any(mark not in warnings for mark in words),
        "no-word": not all(words.values()),
        "word-too-long": any(len(reason) > LONGEST_REASON for reason in words.values()),
    }
    return [problem(code, LONGEST_REASON if code == "word-too-long" else "") for code, is_so in codes.items() if is_so]


def _write(briefing: Briefing, warning: Problem, reason: str, by: User) -> Acceptance:
    found = Acceptance.objects.filter(briefing=briefing, code=warning.code, fingerprint=warning.fingerprint).first()
    acceptance = found or Acceptance(briefing=briefing, code=warning.code, fingerprint=warning.fingerprint)
    if found and found.reason == reason:
        return found
    acceptance.about, acceptance.reason = warning.finding[:_LONGEST_ABOUT], reason
    acceptance.created_by = by
    acceptance.at = type(acceptance)._meta.get_field("at").get_default()
    acceptance.save()
    return acceptance
