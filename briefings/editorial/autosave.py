"""Texts that are being written and not saved: one row for each window, so that keeping one never overwrites another.

What a window holds becomes the briefing's text through `save_window` alone, which goes by `working_text.save_text`.
"""

import datetime
from dataclasses import asdict, dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from briefings.models import Briefing, User, WritingWindow
from briefings.permissions import CHANGE, may

from .working_text import StaleText, Text, cleaned, save_text, text_of

OPEN_FOR = datetime.timedelta(seconds=45)  # since it was last heard of, a window counts as open
EMPTY_FOR = datetime.timedelta(days=1)  # then a window that holds nothing unsaved is forgotten


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who has a briefing open: their name, whether they hold unsaved text, and whether it is oneself."""

    name: str
    has_unsaved: bool
    is_oneself: bool


def open_window(briefing: Briefing, *, by: User, window: str) -> WritingWindow:
    """Return the row of a window of `by`, made if need be, with the stored text as what is begun from.

    Rows of windows that held nothing and are long gone are removed. Raises PermissionDenied.
    """
    _refuse_unless_may_write(briefing, by)
    gone = WritingWindow.objects.filter(briefing=briefing, changed=False, seen_at__lt=timezone.now() - EMPTY_FOR)
    gone.delete()
    defaults = {"seen_at": timezone.now(), **_begun_from(briefing), **asdict(text_of(briefing))}
    row, _is_new = WritingWindow.objects.get_or_create(briefing=briefing, user=by, window=window, defaults=defaults)
    return row


def keep(
    briefing: Briefing,
    *,
    by: User,
    window: str,
    base_version: int,
    number: int,
    title: str,
    standfirst: str,
    body: str,
) -> WritingWindow:
    """Keep what a window holds, and nowhere else; return its row, whose `number` tells what is kept now.

    `number` counts the texts of the window: one that is not above the kept one came too late and changes nothing.
    `base_version` is the version that the text was begun from. Raises PermissionDenied.
    """
    _refuse_unless_may_write(briefing, by)
    with transaction.atomic():
        row = _row(briefing, by, window, base_version)
        row.seen_at = timezone.now()
        if number > row.number:
            if base_version != row.base_version and base_version == briefing.version:
                _set(row, _begun_from(briefing))
            _set(row, asdict(cleaned(title, standfirst, body)))
            row.number, row.saved_at = number, row.seen_at
            row.changed = text_of(row) != _base_of(row)
        row.save()
    return row


def _row(briefing: Briefing, by: User, window: str, base_version: int) -> WritingWindow:
    """The row of a window, held; one that was forgotten is made again, with what it was begun from if that is known."""
    known = _begun_from(briefing) if base_version == briefing.version else {"base_version": base_version}
    named = {"briefing": briefing, "user": by, "window": window}
    WritingWindow.objects.get_or_create(**named, defaults={"seen_at": timezone.now(), **known})
    return WritingWindow.objects.select_for_update().get(**named)


def leave(row: WritingWindow) -> None:
    """A window was closed: it counts as open no more, and what it holds unsaved waits for its user."""
    if row.changed:
        WritingWindow.objects.filter(pk=row.pk).update(seen_at=timezone.now() - 2 * OPEN_FOR)
    else:
        row.delete()


def seen(row: WritingWindow) -> None:
    """Note that a window is open still."""
    WritingWindow.objects.filter(pk=row.pk).update(seen_at=timezone.now())


def others(briefing: Briefing, *, than: WritingWindow) -> list[Present]:
    """Return who else has a briefing open, in any other window: each person once, oneself included."""
    rows = WritingWindow.objects.filter(briefing=briefing, seen_at__gte=timezone.now() - OPEN_FOR).exclude(pk=than.pk)
    people: dict[int, Present] = {}
    for row in rows.select_related("user").defer(*_TEXTS).order_by("pk"):
        name = row.user.get_full_name() or row.user.get_username()
        has_unsaved = row.changed or (row.user_id in people and people[row.user_id].has_unsaved)
        people[row.user_id] = Present(name, has_unsaved, row.user_id == than.user_id)
    return sorted(people.values(), key=lambda one: (one.is_oneself, one.name))


def left_behind(briefing: Briefing, *, by: User, besides: WritingWindow) -> list[WritingWindow]:
    """Return the other windows of `by` that hold unsaved text of a briefing, the latest first."""
    rows = WritingWindow.objects.filter(briefing=briefing, user=by, changed=True).exclude(pk=besides.pk)
    return list(rows.defer(*_TEXTS).order_by("-saved_at", "-pk"))


def forgotten(*, by: User) -> list[WritingWindow]:
    """Return the windows of `by`, closed by now, that hold unsaved text: the latest of each briefing, with it."""
    rows = WritingWindow.objects.filter(user=by, changed=True, seen_at__lt=timezone.now() - OPEN_FOR)
    latest = {row.briefing_id: row for row in rows.select_related("briefing").defer(*_TEXTS).order_by("saved_at", "pk")}
    return [row for row in latest.values() if may(by, CHANGE, row.briefing)]


def take_up(row: WritingWindow, *, window: str) -> WritingWindow:
    """Let another window go on with what a row holds; return the row. Its former window, if open, gets one anew."""
    row.window, row.seen_at = window, timezone.now()
    row.save(update_fields=["window", "seen_at"])
    return row


def save_window(row: WritingWindow, *, by: User) -> Briefing:
    """Store what a window holds as the briefing's text; return the briefing, from which the window then goes on.

    Where others changed something else of the briefing meanwhile, and not its words, there is nothing to merge. Raises
    what `save_text` raises; the row then keeps its text.
    """
    text = asdict(text_of(row))
    with transaction.atomic():
        try:
            stored = save_text(row.briefing, by=by, seen_version=row.base_version, **text)
        except StaleText as stale:
            if text_of(stale.theirs) != _base_of(row):
                raise
            stored = save_text(stale.theirs, by=by, seen_version=stale.theirs.version, **text)
        rebase(row, stored, text_of(stored))
    return stored


def rebase(row: WritingWindow, stored: Briefing, text: Text) -> None:
    """Let a window go on with `text`, begun from the briefing as it is stored now; a newer text of its own stays."""
    with transaction.atomic():
        held = WritingWindow.objects.select_for_update().get(pk=row.pk)
        if held.number > row.number:
            text = text_of(held)
        _set(row, {**_begun_from(stored), **asdict(text), "changed": text != text_of(stored)})
        row.number = held.number + 1  # what was sent before this comes too late
        row.seen_at = row.saved_at = timezone.now()
        row.save()


_TEXTS = ("title", "standfirst", "body", "base_title", "base_standfirst", "base_body")


def _begun_from(briefing: Briefing) -> dict[str, object]:
    text = asdict(text_of(briefing))
    return {"base_version": briefing.version, **{f"base_{name}": words for name, words in text.items()}}


def _base_of(row: WritingWindow) -> Text:
    return Text(row.base_title, row.base_standfirst, row.base_body)


def _set(row: WritingWindow, values: dict[str, object] | dict[str, str]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _refuse_unless_may_write(briefing: Briefing, user: User) -> None:
    if not may(user, CHANGE, briefing):
        raise PermissionDenied(_("You may not write on this briefing."))
