"""Writes a correction down, with all that follows from it. Who may correct, and what, is decided in `corrections`."""

from django.utils import timezone

from briefings.models import (
    Briefing,
    Correction,
    CorrectionKind,
    FlagCause,
    Publishable,
    PublishedRevision,
    Statement,
    User,
)

from .flags import raise_flags
from .keys import free_key

LONGEST_NAME = 90  # letters of a thing's own key in the key of its correction


def write_down(
    thing: Briefing | Statement,
    *,
    by: User | None,
    kind: CorrectionKind,
    why: str,
    said: str = "",
    says: str = "",
    revision: PublishedRevision | None = None,
) -> Correction:
    """Record a correction of a briefing or a statement, now, and return it; its key is made of the thing's and the day.

    Belongs into the transaction of the act that it tells of.
    """
    today = timezone.localdate(timezone=timezone.get_default_timezone())
    key = free_key(Correction, f"{thing.public_key[:LONGEST_NAME].strip('-')}-{today:%Y-%m-%d}", "correction")
    of = {"briefing": thing} if isinstance(thing, Briefing) else {"statement": thing}
    return Correction.objects.create(
        key=key, kind=kind, said=said.strip(), says=says.strip(), why=why.strip(), by=by, revision=revision, **of
    )


def record_retraction(thing: Publishable, *, by: User) -> Correction | None:
    """Record the retraction of a thing and flag what cites it; None for kinds of things that have no corrections.

    What was retracted is not repeated: readers get the reason alone. Belongs into the transaction of the retraction.
    """
    if isinstance(thing, Statement):
        raise_flags([thing], FlagCause.RETRACTED, by=by)
    if not isinstance(thing, Briefing | Statement):
        return None
    return write_down(thing, by=by, kind=CorrectionKind.RETRACTION, why=thing.retraction_reason)
