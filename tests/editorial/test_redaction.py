"""Redaction: the words go everywhere, while offsets, digests and chain hold; it takes two administrators."""

import ast
import json
from pathlib import Path

import pytest
import reversion
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models
from django.test import TestCase

from briefings.editorial import redacting, redaction
from briefings.editorial.dumping import dump
from briefings.editorial.loading import load
from briefings.editorial.log import log
from briefings.editorial.rebuilding import rebuild
from briefings.editorial.redaction import RedactionRefused, ask, confirm, withdraw
from briefings.editorial.verification import findings
from briefings.models import (
    Briefing,
    Comment,
    LogEntry,
    Passage,
    PreviewLink,
    ReaderReport,
    Redaction,
    Seal,
    Snapshot,
    Statement,
    StoredPage,
    WritingWindow,
)
from briefings.models.sources import sha256_of
from briefings.permissions import Role
from briefings.stored_pages import build, render_page, stored_answer
from tests.editorial.test_dumping import contents, empty
from tests.factories import (
    make_person,
    make_published_briefing,
    make_revision,
    make_snapshot,
    make_source,
    make_statement,
    make_user,
)

pytestmark = pytest.mark.django_db
PUBLIC = {"status": "published"}
SECRET = "John Q. Witness"
TEXT = "The list is long.\n\nThen “John\u00a0Q. Witness saw it all”, the paper says of him.\n"
RAW = f"<p>{TEXT}</p>".encode()


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def administrators():
    return make_user(Role.ADMINISTRATOR), make_user(Role.ADMINISTRATOR)


@pytest.fixture
def world():
    """A public briefing with two versions that quotes the words, and the words in all that the desk keeps."""
    source = make_source(key="report", title=f"What {SECRET} saw", address="https://paper.example/1", **PUBLIC)
    name = default_storage.save("originals/ab/raw", ContentFile(RAW))
    copy = make_snapshot(TEXT, source=source, raw=name, raw_sha256=sha256_of(RAW))
    words = "John\u00a0Q. Witness saw it all"
    make_statement(
        words, key="saw", snapshot=copy, speaker=make_person(name=SECRET, slug="witness", **PUBLIC), **PUBLIC
    )
    make_statement("the paper says", key="says", kind="assertion", snapshot=copy, **PUBLIC)
    with reversion.create_revision():
        briefing = make_published_briefing(
            "“John *Q.* Witness saw it all”, it says.[@saw] So the paper says.[@says]",
            slug="story",
            title=f"On {SECRET}",
        )
        reversion.add_to_revision(briefing)
    make_revision(briefing, standfirst=f"{SECRET}, again.")
    user = make_user()
    link = PreviewLink.objects.create(briefing=briefing, of_version=1, title="x", body=SECRET, guest="g",
                                      expires_at="2027-01-01T00:00:00Z")  # fmt: skip
    Comment.objects.create(briefing=briefing, text=f"Is {SECRET} named?", link=link)
    WritingWindow.objects.create(briefing=briefing, user=user, window="w", base_version=1, body="*John* Q. Witness",
                                 seen_at="2026-01-01T00:00:00Z")  # fmt: skip
    ReaderReport.objects.create(number="1", secret="s", briefing=briefing, of_version=1, text=f"I am {SECRET}!")
    log("edit", briefing, by=user, sentence=f"Wrote {SECRET}.", names=[SECRET])
    rebuild()
    build("story")
    return briefing


def redact(administrators, words=SECRET, *, commits=True):
    asked = ask(words, "Ordered by a court.", by=administrators[0])
    with TestCase.captureOnCommitCallbacks(execute=commits):
        return confirm(asked, by=administrators[1], places=len(redacting.places_of(words)))


def everything():
    """All that the database holds, as one text with plain spaces."""
    held = []
    for model in apps.get_models():
        kinds = (models.CharField, models.TextField, models.JSONField)
        names = [field.name for field in model._meta.concrete_fields if isinstance(field, kinds)]
        held += [str(row) for row in model._base_manager.values_list(*names)] if names else []
    return " ".join(held).replace("\\xa0", " ").replace("\u00a0", " ")


def test_the_words_are_gone_from_every_place_and_everything_still_verifies(world, administrators):
    assert not [str(one) for one in findings()]
    before = everything()
    assert before.count(SECRET) > 12
    done = redact(administrators)
    after = everything()
    assert "Witness" not in after and "John" not in after.replace("Johns", "")
    assert done.words == "" and len(done.places) > 12
    assert not [str(one) for one in findings(pages=None)]


def test_offsets_hold_and_the_quotation_is_the_passage_still(world, administrators):
    redact(administrators)
    passage = Passage.objects.get(evidence__statement__key="saw")
    assert passage.is_in_place and passage.exact == "████\u00a0██ ███████ saw it all"
    evidence = passage.evidence
    assert (evidence.verdict, evidence.location) == ("exact", "in place")
    assert len(Snapshot.objects.get().text) == len(TEXT)


def test_digests_stay_and_only_the_redacted_value_is_accepted(world, administrators):
    kept = list(Seal.objects.order_by("pk").values_list("digest", "leaves", "previous"))
    redact(administrators)
    assert list(Seal.objects.order_by("pk").values_list("digest", "leaves", "previous")) == kept
    for table, column in (("seal", "html"), ("seal", "evidence"), ("publishedrevision", "title"), ("snapshot", "text")):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id, {column} FROM briefings_{table} ORDER BY id DESC LIMIT 1")
            pk, text = cursor.fetchone()
            cursor.execute(f"UPDATE briefings_{table} SET {column} = %s WHERE id = %s", [text + "x", pk])
            assert [str(one) for one in findings()], (table, column)
            cursor.execute(f"UPDATE briefings_{table} SET {column} = %s WHERE id = %s", [text, pk])
    assert not list(findings())


def test_pages_say_that_words_were_removed_and_why(world, administrators, client):
    redact(administrators)
    for address in ("/briefings/story/", "/briefings/story/v/1/", "/sources/report/", "/statements/saw/",
                    "/statements/says/", "/briefings/story/compare/"):  # fmt: skip
        page = client.get(address).content.decode()
        assert "Witness" not in page and "Words were removed here on" in page and "Ordered by a court." in page, address
    assert "Words were removed" not in client.get("/").content.decode()


def test_the_finished_page_is_made_anew(world, administrators, rf):
    kept = stored_answer(rf.get("/briefings/story/"), "story")
    redact(administrators)
    assert not StoredPage.objects.exists()
    page = build("story")
    assert (
        page.etag not in kept["ETag"]
        and "Witness" not in page.html
        and page.html == render_page(Briefing.objects.get())
    )


def test_the_raw_file_goes_after_the_commit_and_its_hash_stays(
    world, administrators, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as waiting:
        redact(administrators, commits=False)
    copy = Snapshot.objects.get()
    assert copy.raw_sha256 == sha256_of(RAW) and not copy.has_raw
    assert default_storage.exists("originals/ab/raw")
    assert [one for one in map(str, findings()) if "originals/ab/raw" in one]
    for remove in waiting:
        remove()
    assert not default_storage.exists("originals/ab/raw") and not list(findings())


def test_rebuild_removes_what_a_kill_left(world, administrators, django_capture_on_commit_callbacks):
    redact(administrators, commits=False)
    with django_capture_on_commit_callbacks(execute=True):
        rebuild()
    assert not default_storage.exists("originals/ab/raw")


def test_a_failure_in_between_leaves_everything_as_it_was(world, administrators, monkeypatch):
    asked, before = ask(SECRET, "Ordered.", by=administrators[0]), everything()
    monkeypatch.setattr(redaction, "check_wording", lambda evidence: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        confirm(asked, by=administrators[1], places=len(redacting.places_of(SECRET)))
    assert everything() == before and default_storage.exists("originals/ab/raw")


def test_what_was_redacted_is_dumped_loaded_and_verified_elsewhere(world, administrators, tmp_path):
    redact(administrators)
    ask("the paper says", "Not yet.", by=administrators[0])
    dump(tmp_path / "one")
    assert "Not yet." not in "".join(contents(tmp_path / "one").values())
    empty()
    load([tmp_path / "one"])
    dump(tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert not [str(one) for one in findings()]


def test_two_administrators_have_to_agree(world, administrators):
    asked = ask(SECRET, "Ordered.", by=administrators[0])
    number = len(redacting.places_of(SECRET))
    with pytest.raises(RedactionRefused, match="Another administrator"):
        confirm(asked, by=administrators[0], places=number)
    for role in (Role.CONTRIBUTOR, Role.EDITOR, Role.PUBLISHER):
        user = make_user(role)
        for attempt in (
            lambda user=user: ask(SECRET, "x", by=user),
            lambda user=user: confirm(asked, by=user, places=number),
            lambda user=user: withdraw(asked, by=user),
        ):
            with pytest.raises(PermissionDenied):
                attempt()
    with pytest.raises(RedactionRefused, match="places now"):
        confirm(asked, by=administrators[1], places=number - 1)
    assert SECRET in everything()
    confirm(asked, by=administrators[1], places=number)
    with pytest.raises(RedactionRefused, match="already"):
        confirm(asked, by=administrators[1], places=number)


def test_what_is_taken_back_is_forgotten(world, administrators):
    withdraw(ask("it says", "Ordered.", by=administrators[0]), by=administrators[1])
    assert not Redaction.objects.exists() and "it says" in Briefing.objects.get().body


@pytest.mark.parametrize(
    ("words", "reason", "sentence"),
    [("", "x", "Give the words"), ("ab", "x", "at least 3"), (SECRET, " ", "Give the reason"),
     ("…—…", "x", "at least"), (SECRET, f"About {SECRET}", "repeats"), ("nowhere at all", "x", "stand nowhere"),
     (SECRET, "x" * 501, "more than")],
)  # fmt: skip
def test_what_cannot_be_asked_says_why(world, administrators, words, reason, sentence):
    with pytest.raises(RedactionRefused, match=sentence):
        ask(words, reason, by=administrators[0])


def test_it_stands_in_the_log_without_the_words(world, administrators):
    redact(administrators)
    acts = LogEntry.objects.filter(act__contains="redact")
    assert acts.count() == 2 and "Witness" not in json.dumps(list(acts.values_list("sentence", "details")))


def test_keys_addresses_and_citations_are_left_alone(world, administrators):
    make_statement("saw it all", key="saw-it", **PUBLIC)
    redact(administrators, words="saw")
    assert "[@saw]" in Briefing.objects.get().body and Statement.objects.filter(key="saw").exists()
    assert Briefing.objects.get().current.citations.filter(statement__key="saw").exists()
    assert not [str(one) for one in findings()]


def test_a_second_redaction_of_the_same_places_verifies(world, administrators):
    redact(administrators)
    redact(administrators, words="saw it all")
    assert not [str(one) for one in findings()]


def test_only_redaction_uses_the_one_door():
    package = Path(redacting.__file__).parents[1]
    used = {
        file.relative_to(package).as_posix()
        for file in package.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "redact"
    }
    assert used == {"editorial/redacting.py"}


def test_every_field_is_searched_or_left_out_with_a_reason():
    kinds = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
    for model in apps.get_models():
        if model._meta.app_label != "briefings" or model._meta.label_lower in redacting.LEFT_OUT_MODELS:
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, kinds) and field.name not in redacting.searched_fields(model):
                known = field.name in redacting.SKIPPED or (model._meta.label_lower, field.name) in redacting.ALWAYS
                assert known or field.choices or isinstance(field, redacting.KeyField | redacting.EDTFField), field
