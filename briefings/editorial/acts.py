"""The record of what is done at the reading desk, kept with what it takes to take it back."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError
from django.utils.translation import gettext as _

from briefings.models import Decision, DeskAct, Proposal, Snapshot, User

from .statements import Made, NotDone


def record_act(
    act: DeskAct,
    snapshot: Snapshot,
    *,
    by: User,
    proposal: Proposal | None = None,
    made: Made | None = None,
    batch: uuid.UUID | None = None,
) -> Decision:
    """Keep one act at the desk, with what it takes to take it back."""
    return Decision.objects.create(
        snapshot=snapshot,
        batch=batch or uuid.uuid4(),
        act=act,
        proposal=proposal,
        statement=made.statement if made else None,
        evidence=made.evidence if made else None,
        before=made.to_undo() if made else {},
        created_by=by,
    )


@contextmanager
def settling_clashes() -> Iterator[None]:
    """Turn a clash of two who write at the very same moment into a sentence; it goes around the transaction."""
    try:
        yield
    except IntegrityError as error:
        raise NotDone(_("Somebody saved something at the same moment. Nothing was lost: try again.")) from error
