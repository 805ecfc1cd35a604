"""A lock between processes that the system itself lets go of when its holder dies, however it dies."""

import fcntl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection


@contextmanager
def only_one(name: str) -> Iterator[bool]:
    """Hold the lock `name` inside the block; yields False at once where another process holds it.

    On PostgreSQL it is an advisory lock of the session, which machines that share the database share; else a lock on a
    file in the site's folder.
    """
    yield from _in_database(name) if connection.vendor == "postgresql" else _on_file(name)


def _in_database(name: str) -> Iterator[bool]:
    key = zlib.crc32(f"briefings {name}".encode())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        is_held = bool(cursor.fetchone()[0])
    try:
        yield is_held
    finally:
        if is_held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def _on_file(name: str) -> Iterator[bool]:
    with (settings.VAR_DIR / f"{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
