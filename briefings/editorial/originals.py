"""The bytes that stored copies were read from: files named for their content, written whole or not at all, never again.

A file that no row names (a process was killed between the two) does no harm: the next copy of the same bytes uses it.
"""

import os
from pathlib import Path
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from briefings.models.sources import sha256_of

RAW, EXCHANGES = "originals", "exchanges"


def keep_bytes(content: bytes, folder: str = RAW) -> str:
    """Keep `content` under a name made of its SHA-256, and return that name; bytes that are there stay untouched.

    Raises OSError where the storage does not take it; no file stands under the name then.
    """
    digest = sha256_of(content)
    return keep_under(f"{folder}/{digest[:2]}/{digest}", content)


def keep_under(name: str, content: bytes) -> str:
    """Keep `content` under a name that tells it, and return the name; what is there already stays untouched.

    Raises OSError where the storage does not take it; no file stands under the name then.
    """
    if not default_storage.exists(name):
        _write_whole(name, content)
    return name


def _write_whole(name: str, content: bytes) -> None:
    """Write beside the name and move there: nobody ever finds half a file, not even after a power cut."""
    try:
        place = Path(default_storage.path(name))
    except NotImplementedError:  # an object store puts an object whole
        default_storage.save(name, ContentFile(content))
        return
    part = Path(default_storage.path(default_storage.save(f"{name}.{uuid4().hex}.part", ContentFile(content))))
    try:
        _to_disk(part)
        part.replace(place)
        _to_disk(place.parent)
    finally:
        part.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
