"""Storing copies: the same words once, the bytes they were read from beside them, whole or not at all."""

import os
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core.files.storage import default_storage

from briefings.editorial import originals
from briefings.editorial.copies import NewCopy, store_copy
from briefings.models import CaptureMethod, Snapshot
from briefings.models.sources import sha256_of
from tests.factories import make_source, make_user

PAGE = "<p>One.</p>\n<p>“Two”, he said.</p>".encode()


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def fetched(text="One.\n\n“Two”, he said.\n", **fields):
    fields = {"media_type": "text/html", "text_version": 1, "raw": PAGE, "warc": b"a record", **fields}
    return NewCopy(text, CaptureMethod.FETCHED, **fields)


def files(media):
    return sorted(path.relative_to(media).as_posix() for path in media.rglob("*") if path.is_file())


def test_a_copy_is_stored_with_its_bytes_and_its_record(db, media):
    user = make_user()
    snapshot, is_new = store_copy(make_source(), fetched(), by=user)
    snapshot.refresh_from_db()
    digest = sha256_of(PAGE)
    assert is_new
    assert (snapshot.raw.name, snapshot.raw_sha256) == (f"originals/{digest[:2]}/{digest}", digest)
    assert snapshot.raw.read() == PAGE
    assert snapshot.warc.read() == b"a record"
    assert (snapshot.text_sha256, snapshot.created_by) == (sha256_of(snapshot.text), user)
    assert len(files(media)) == 2


def test_the_same_words_make_no_second_copy_whatever_surrounds_them(db, media):
    source = make_source()
    first, _new = store_copy(source, fetched(), by=None)
    again, is_new = store_copy(
        source, fetched("One.\r\n\r\n“Two”, he said.\r\n", raw=b"other markup", warc=b"x"), by=None
    )
    assert (again, is_new) == (first, False)
    assert Snapshot.objects.count() == 1
    assert len(files(media)) == 2


def test_two_sources_with_the_same_bytes_share_one_file(db, media):
    one, _new = store_copy(make_source(), fetched(), by=None)
    other, _new = store_copy(make_source(), fetched(), by=None)
    assert one.pk != other.pk
    assert one.raw.name == other.raw.name
    assert len(files(media)) == 2


def test_bytes_that_are_there_are_never_written_again(db, media):
    name = originals.keep_bytes(PAGE)
    before = (media / name).stat()
    assert originals.keep_bytes(PAGE) == name
    assert (media / name).stat() == before


def test_a_text_that_was_handed_over_has_no_file(db, media):
    snapshot, _new = store_copy(make_source(), NewCopy("One.\n", CaptureMethod.PASTED), by=None)
    assert (snapshot.raw.name, snapshot.raw_sha256) == ("", snapshot.text_sha256)
    assert files(media) == []


def test_an_empty_text_is_no_copy(db, media):
    with pytest.raises(ValueError, match="needs a text"):
        store_copy(make_source(), NewCopy(" \n\u00a0", CaptureMethod.PASTED, raw=PAGE), by=None)
    assert files(media) == []


def test_a_full_disk_leaves_neither_a_file_nor_a_row(db, media):
    """A folder that cannot be made stands in for the disk: the write fails where it would."""
    (media / "exchanges").write_text("in the way")
    with pytest.raises(OSError):
        store_copy(make_source(), fetched(), by=None)
    assert not Snapshot.objects.exists()
    assert not [name for name in files(media) if name.endswith(".part")]


WRITER = """
import os, django
django.setup()
from briefings.editorial.originals import keep_bytes
while True:
    print(keep_bytes(os.urandom(30_000_000)), flush=True)
"""


def test_a_writer_killed_while_it_writes_leaves_no_half_file_under_a_name(tmp_path):
    names = {"DJANGO_SETTINGS_MODULE": "config.settings", "DJANGO_SECRET_KEY": "for tests only " * 4}
    environment = {**os.environ, **names, "BRIEFINGS_VAR": str(tmp_path), "DJANGO_HTTPS": "false"}
    for _attempt in range(2):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER], cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE
        )
        writer.stdout.readline()
        before = files(tmp_path / "media")
        while files(tmp_path / "media") == before:
            time.sleep(0.0005)
        writer.kill()
        writer.wait()
    kept = [name for name in files(tmp_path / "media") if not name.endswith(".part")]
    assert len(kept) >= 2
    assert all(sha256_of((tmp_path / "media" / name).read_bytes()) == name.rpartition("/")[2] for name in kept)


def test_a_file_that_cannot_be_moved_into_place_is_taken_away(db, media, monkeypatch):
    name = f"originals/{sha256_of(PAGE)[:2]}/{sha256_of(PAGE)}"
    (media / name).mkdir(parents=True)
    assert default_storage.exists(name)
    with pytest.raises(OSError):
        originals._write_whole(name, PAGE)
    assert files(media) == []
