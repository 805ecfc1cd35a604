"""Flags: something happened to what a published briefing cites; readers are told, and an editor has to look at it."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from briefings.models import Briefing, Citation, Flag, FlagCause, Statement, User
from briefings.permissions import SETTLE, may

from .log import log
from .problems import Refused, problem

LONGEST_NOTE = 500  # letters


class SettlementRefused(Refused):
    """Nothing was settled."""


def raise_flags(statements: Iterable[Statement | int], cause: FlagCause, *, by: User | None = None) -> int:
    """Flag every published briefing whose current revision cites any of `statements` (records or their keys).

    A flag of the same cause that nobody has dealt with is not raised twice. The pages are marked, since they tell
    readers. `by` is who caused it, None for what a program found. Returns how many flags were raised. Belongs into the
    transaction of what happened.
    """
    keys = {one.pk if isinstance(one, Statement) else one for one in statements}
    with transaction.atomic():
        public = Briefing.objects.published().values("current")
        cited = Citation.objects.filter(revision__in=public, statement__in=keys)
        pairs = set(cited.order_by().values_list("revision__briefing", "statement"))
        open_now = Flag.objects.open().filter(cause=cause, statement__in=keys)
        new = pairs - set(open_now.values_list("briefing", "statement"))
        Flag.objects.bulk_create(
            [Flag(briefing_id=pair[0], statement_id=pair[1], cause=cause, created_by=by) for pair in sorted(new)],
            ignore_conflicts=True,  # another process may raise the same one in this moment
        )
        Briefing.objects.filter(pk__in={briefing for briefing, _statement in new}).mark_pages()
    return len(new)


def settle(flag: Flag, *, by: User, note: str, seen: int) -> None:
    """Deal with a flag without touching the text, and say why it stands as it is; readers' notice goes.

    `seen` is the version of the flag that the editor looked at. Raises PermissionDenied or SettlementRefused; then
    nothing is settled.
    """
    with transaction.atomic():
        stored = Flag.objects.select_for_update(of=("self",)).select_related("briefing").get(pk=flag.pk)
        if not may(by, SETTLE, stored.briefing):
            raise PermissionDenied(_("Only an editor decides that a briefing stands as it is. Ask an editor to look."))
        if stored.dealt_at or stored.version != seen:
            raise SettlementRefused([problem("flag-settled-meanwhile", stored.briefing)])
        if not note.strip():
            raise SettlementRefused([problem("flag-without-note")])
        _close([stored], by, note)
        sentence = _("Let the text stand although %(cause)s: %(note)s")
        words = {"cause": stored.get_cause_display(), "note": stored.note}
        log("settle", stored.briefing, by=by, sentence=sentence % words, statement=stored.statement_id)


def settle_by_publication(briefing: Briefing, *, by: User | None, missed_since: datetime.datetime | None = None) -> int:
    """Deal with the flags of a briefing whose next revision is being published; return how many were settled.

    A revision was published after somebody could see its flags, so it answers them. The exception is a publication
    that was fixed beforehand: a flag raised after `missed_since` (UTC, when it was scheduled) stays open as long as
    the new revision still cites the statement. Belongs into the transaction of the publication, after its citations.
    """
    flags = Flag.objects.open().filter(briefing=briefing)
    if missed_since is not None:
        cited = Citation.objects.filter(revision=briefing.current_id).values("statement")
        flags = flags.exclude(at__gt=missed_since, statement__in=cited)
    note = _("Version %(number)s was published.") % {"number": briefing.current.version if briefing.current else ""}
    return _close(flags.select_for_update(), by, note)


def settle_about(statements: Iterable[Statement | int], cause: FlagCause, *, by: User | None, note: str) -> int:
    """Deal with all open flags of one cause about these statements: the cause itself was dealt with. Returns how many.

    Belongs into the transaction of that decision, which asked for the permission.
    """
    keys = {one.pk if isinstance(one, Statement) else one for one in statements}
    return _close(Flag.objects.open().filter(statement__in=keys, cause=cause).select_for_update(), by, note)


def _close(flags: Iterable[Flag] | QuerySet[Flag], by: User | None, note: str) -> int:
    closed, now = 0, timezone.now().replace(microsecond=0)
    for flag in flags:
        flag.dealt_at, flag.dealt_by, flag.note = now, by, " ".join(note.split())[:LONGEST_NOTE]
        flag.save()
        closed += 1
    return closed
