"""Keeping what was captured: as a new source with its stored copy, or as a further copy of a source that is here."""

from dataclasses import replace

import reversion
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from briefings.models import Capture, CaptureMethod, CaptureState, Organization, Snapshot, Source, User
from briefings.permissions import ADD, CHANGE, RECAPTURE

from .capture import allow
from .carrying import carry_passages
from .copies import NewCopy, store_copy
from .passages import judge_passages


def copy_of(capture: Capture) -> NewCopy:
    """Return what a capture got as a stored copy is made of it."""
    copy = NewCopy(
        text=capture.text,
        method=CaptureMethod(capture.method),
        media_type=capture.media_type.partition(";")[0].strip(),
        text_version=capture.text_version,
        captured_at=capture.fetched_at,
        final_address=capture.final_address,
        http_status=capture.http_status,
        headers=capture.headers,
    )
    if capture.text_version == 0:  # the text itself is what was handed over
        return copy
    return replace(copy, raw=_bytes_of(capture.raw), warc=_bytes_of(capture.warc) if capture.warc else None)


def _bytes_of(file: FieldFile) -> bytes:
    with file.open() as opened:
        return opened.read()


def keep_capture(
    capture: Capture, *, by: User | None, source: Source, new_publisher: Organization | None = None
) -> Snapshot:
    """Make a source and its stored copy of a capture, all or nothing; return the copy.

    `source` is a new one with the metadata as the editor corrected it, `new_publisher` an unsaved draft to become its
    publisher. Raises PermissionDenied, ValidationError, StaleRecord where somebody took the capture further, and
    OSError where a file cannot be written; nothing is saved then.
    """
    allow(by, ADD, Source)
    allow(by, CHANGE, capture)
    with transaction.atomic(), reversion.create_revision():
        if new_publisher is not None:
            new_publisher.created_by = by
            new_publisher.full_clean()
            new_publisher.save()
            source.publisher = new_publisher
        source.created_by = by
        source.full_clean()
        source.save()
        snapshot, _is_new = store_copy(source, copy_of(capture), by=by)
        _kept(capture, snapshot)
        _record(by, _("Captured “%(source)s”.") % {"source": source})
    return snapshot


def keep_as_copy(capture: Capture, *, by: User | None, source: Source) -> tuple[Snapshot, bool, int]:
    """Make a further stored copy of a source that is here already; statements found again in it gain evidence there.

    Returns the copy, whether it is new (the same words make none), and how many statements were found again. Raises
    PermissionDenied, StaleRecord, OSError; nothing is saved then.
    """
    allow(by, RECAPTURE, source)
    allow(by, CHANGE, capture)
    with transaction.atomic():
        snapshot, is_new = store_copy(source, copy_of(capture), by=by)
        found = len(carry_passages(snapshot, by=by)) if is_new else 0
        judge_passages(source, snapshot)
        _kept(capture, snapshot, CaptureState.KEPT if is_new else CaptureState.SAME)
    return snapshot, is_new, found


def _kept(capture: Capture, snapshot: Snapshot, state: CaptureState = CaptureState.KEPT) -> None:
    capture.state, capture.snapshot, capture.source = state, snapshot, snapshot.source
    capture.save()


def _record(by: User | None, comment: str) -> None:
    if by is not None:
        reversion.set_user(by)
    reversion.set_comment(comment)
