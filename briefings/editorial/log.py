"""The desk's log, written by every act in the act's own transaction."""

from django.db import connection, models

from briefings.models import LogEntry, User


def log(act: str, thing: models.Model | None, *, by: User | None, sentence: str, **details: object) -> LogEntry:
    """Add an entry about `thing` and return it; `sentence` says what was done, in words that stay true.

    `details` are plain JSON values. Must be called inside the transaction of the act: an act without its entry, or an
    entry without its act, never stands. Raises RuntimeError outside of one.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An entry of the log belongs into the transaction of the act that it tells of.")
    return LogEntry.objects.create(
        by=by,
        name=by.called if by else "",
        act=act,
        model=thing._meta.model_name if thing is not None else "",
        key=str(getattr(thing, "public_key", thing.pk))[:120] if thing is not None else "",
        sentence=sentence,
        details=details,
    )
