"""Stored copies: how a text that was got becomes one, once for the same words."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from briefings.models import CaptureMethod, Snapshot, Source, User
from briefings.models.sources import sha256_of

from .originals import EXCHANGES, RAW, keep_bytes


@dataclass(frozen=True, slots=True)
class NewCopy:
    """A text that was got, and how.

    `raw` are the bytes that `text` was read from, None where the text itself was handed over. `captured_at` is UTC and
    None where the text was handed over. `headers` are as received, one in a line; `warc` is a gzipped WARC record.
    """

    text: str
    method: CaptureMethod
    media_type: str = "text/plain"
    text_version: int = 0
    raw: bytes | None = None
    captured_at: datetime | None = None
    final_address: str = ""
    http_status: int | None = None
    headers: str = ""
    warc: bytes | None = None


def plain_lines(text: str) -> str:
    """Return the text with the line ends that stored copies have: LF. Nothing else is touched."""
    return text.replace("\r\n", "\n")


def store_copy(source: Source, copy: NewCopy, *, by: User | None) -> tuple[Snapshot, bool]:
    """Store a copy of a source; return it and True, or the copy with the very same words that it has, and False.

    Files are written before the row, so that no row ever names a file that is not there. Whether `by` may do so is the
    caller's question. Raises ValueError for a text without words, and OSError where a file cannot be written.
    """
    if not copy.text.strip():
        raise ValueError("A stored copy needs a text.")
    text = plain_lines(copy.text)
    fields = {
        "text": text,
        "method": copy.method,
        "media_type": copy.media_type,
        "text_version": copy.text_version,
        "captured_at": copy.captured_at.replace(microsecond=0) if copy.captured_at else None,  # as fixtures keep it
        "final_address": copy.final_address,
        "http_status": copy.http_status,
        "headers": copy.headers,
        "created_by": by,
    }
    same = source.snapshots.filter(text_sha256=sha256_of(text)).first()
    if same:
        return same, False
    if copy.raw is not None:
        fields |= {"raw": keep_bytes(copy.raw, RAW), "raw_sha256": sha256_of(copy.raw)}
    if copy.warc is not None:
        fields["warc"] = keep_bytes(copy.warc, EXCHANGES)
    with transaction.atomic():
        return Snapshot.objects.get_or_create(source=source, text_sha256=sha256_of(text), defaults=fields)
