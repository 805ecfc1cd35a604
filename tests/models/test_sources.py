"""Stored copies never change, through whichever door."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.serializers import serialize
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from briefings.models import ImmutableRecord, Snapshot, Source, Status
from briefings.models.sources import sha256_of
from tests.factories import make_snapshot, make_source, make_statement


def by_save(snapshot):
    snapshot.archive_address = "https://example.org/"
    snapshot.save()


def by_altered_text(snapshot):
    snapshot.text += "!"
    snapshot.save()


def by_upsert(snapshot):
    snapshot.media_type = "text/html"
    Snapshot.objects.bulk_create(
        [snapshot], update_conflicts=True, update_fields=["media_type"], unique_fields=["source", "text_sha256"]
    )


def by_bulk_update(snapshot):
    snapshot.media_type = "text/html"
    Snapshot.objects.bulk_update([snapshot], ["media_type"])


DOORS = {
    "save": by_save,
    "altered text": by_altered_text,
    "delete": lambda snapshot: snapshot.delete(),
    "queryset delete": lambda snapshot: Snapshot.objects.all().delete(),
    "queryset update": lambda snapshot: Snapshot.objects.update(media_type="text/html"),
    "update_or_create": lambda snapshot: Snapshot.objects.update_or_create(
        source=snapshot.source, text_sha256=snapshot.text_sha256, defaults={"media_type": "text/html"}
    ),
    "upsert": by_upsert,
    "bulk update": by_bulk_update,
    "update below update": lambda snapshot: Snapshot.objects.all()._update(
        [(Snapshot._meta.get_field("media_type"), None, "text/html")]
    ),
    "delete below delete": lambda snapshot: Snapshot.objects.all()._raw_delete("default"),
    "related update": lambda snapshot: snapshot.source.snapshots.update(media_type="text/html"),
    "cascade": lambda snapshot: snapshot.source.delete(),
    "bulk cascade": lambda snapshot: Source.objects.all().delete(),
}


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS.keys())
def test_a_stored_copy_is_changed_through_no_door(db, door):
    snapshot = make_snapshot("Words.")
    before = Snapshot.objects.values().get()
    with pytest.raises((ImmutableRecord, ProtectedError)), transaction.atomic():
        door(snapshot)
    assert Snapshot.objects.values().get() == before


def test_an_upsert_is_asked_for_by_name(db):
    snapshot = make_snapshot("Words.")
    snapshot.media_type = "text/html"
    with pytest.raises(TypeError), transaction.atomic():
        Snapshot.objects.bulk_create([snapshot], None, False, True, ["media_type"], ["source", "text_sha256"])
    assert Snapshot.objects.get().media_type == "text/plain"


def test_loaddata_takes_the_same_copy_again_and_refuses_a_changed_one(db, tmp_path):
    snapshot = make_snapshot("Words.")
    same, other = tmp_path / "same.json", tmp_path / "other.json"
    text = serialize("json", [snapshot], use_natural_foreign_keys=True, use_natural_primary_keys=True)
    same.write_text(text)
    other.write_text(text.replace("text/plain", "text/html"))
    call_command("loaddata", same, verbosity=0)
    with pytest.raises(ImmutableRecord, match="media_type"):
        call_command("loaddata", other, verbosity=0)
    assert Snapshot.objects.get().media_type == "text/plain"


def test_evidence_protects_the_copy_it_rests_on(db):
    statement = make_statement()
    with pytest.raises(ProtectedError):
        statement.evidence.get().snapshot.source.delete()


def test_the_same_words_captured_again_are_refused_as_a_second_copy(db):
    snapshot = make_snapshot("Words.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Snapshot.objects.create(source=snapshot.source, method="pasted", text="Words.")
    with pytest.raises(ValidationError, match="very same words"):
        Snapshot(source=snapshot.source, method="pasted", text="Words.").full_clean()


def test_line_ends_become_lf_and_nothing_else_is_touched(db):
    text = "\ufeffA\u00a0b\u200b \r\n\r\n\tc\rd  \n"
    assert make_snapshot(text).text == text.replace("\r\n", "\n")


def test_a_hash_that_is_not_the_text_s_is_refused(db):
    snapshot = Snapshot(source=make_source(), method="supplied", text="Words.", text_sha256=sha256_of("Other."))
    with pytest.raises(ValidationError, match="hash"):
        snapshot.full_clean()
    with pytest.raises(ImmutableRecord):
        snapshot.save()


def test_raw_bytes_that_differ_from_the_text_need_their_file(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        Snapshot.objects.create(
            source=make_source(), method="uploaded", text="Words.", raw_sha256=sha256_of("<p>Words.")
        )


def test_an_embargo_on_a_public_source_comes_too_late(db):
    source = make_source(status=Status.PUBLISHED)
    source.embargo_until = timezone.now() + timezone.timedelta(days=1)
    with pytest.raises(ValidationError, match="too late"):
        source.full_clean()


@pytest.mark.parametrize("address", ["ftp://example.org/a", "javascript:alert(1)", "file:///etc/passwd"])
def test_an_address_is_one_of_the_web(db, address):
    with pytest.raises(ValidationError):
        Source(key="a", title="A", kind="news", address=address).full_clean()


def test_no_canonical_address_is_none_so_that_many_sources_may_have_none(db):
    for _number in range(2):
        source = make_source(canonical_address=None)
        source.canonical_address = ""
        source.full_clean()
        source.save()
        assert source.canonical_address is None
