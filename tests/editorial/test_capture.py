"""Capture against a real server on loopback: what is got, what fails and why, and what an editor makes of it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.management import call_command
from reversion.models import Version

from briefings.editorial.capture import (
    Given,
    begin_capture,
    capture_again,
    hand_over,
    run_capture,
    set_aside,
    try_again,
)
from briefings.editorial.failures import sentence_for
from briefings.editorial.keeping import keep_as_copy, keep_capture
from briefings.editorial.publishers import match_publishers, new_publisher
from briefings.editorial.suggestions import best, proposed_source
from briefings.models import Alias, Capture, CaptureMethod, CaptureState, Organization, Snapshot, Source, StaleRecord
from briefings.models.sources import sha256_of
from briefings.permissions import Role
from tests.articles.pdfs import pdf
from tests.factories import make_organization, make_source, make_statement, make_user
from tests.newsstand import SEED_ADDRESS, article, seed_page

BRIDGE = "http://paper.example/bridge"
JOINS = "This bridge joins what the river parted a hundred years ago"
PARAGRAPHS = [
    "The minister opened the bridge over the river on Monday, before some two thousand people from both of its banks.",
    f"“{JOINS},” the minister said in a short speech at noon.",
    "The bridge took four years to build, and its cost of ninety million was shared by the two provinces it joins.",
]


@pytest.fixture
def editor(db):
    return make_user(Role.EDITOR)


def fetched(address=SEED_ADDRESS, *, by=None, **fields):
    return begin_capture(Given(CaptureMethod.FETCHED, address=address), by=by, **fields)


def pasted(text, *, by=None, media_type="text/plain", **fields):
    given = Given(CaptureMethod.PASTED, content=text.encode(), media_type=media_type, **fields)
    return begin_capture(given, by=by)


def bridge(paragraphs=PARAGRAPHS, **fields):
    return article("Minister opens the bridge", paragraphs, publisher="The Paper", author="A. Writer", **fields)


# What is got


def test_an_address_is_fetched_read_and_described(db, stand):
    stand.put(SEED_ADDRESS, seed_page(), Set_Cookie="seen=1")
    capture = fetched()
    assert (capture.state, capture.http_status) == (CaptureState.READY, 200)
    assert capture.raw.read() == seed_page().encode()
    assert "Set-Cookie: seen=1" in capture.headers.splitlines()
    assert (capture.final_address, capture.text_version) == (SEED_ADDRESS, 1)
    assert "China.org quoted the minister saying at the assembly." in capture.text
    assert best(capture, "title").startswith("In Beijing, Ahsan Iqbal urges")
    assert (best(capture, "published"), best(capture, "publisher")) == ("2017-09-26", "Dawn")
    assert capture.proposed["publisher"][0]["origin"] == "JSON-LD"
    assert {one["origin"] for one in capture.proposed["title"]} >= {"JSON-LD", "Open Graph"}
    assert capture.text[capture.article_start : capture.article_end].startswith(("In Beijing", "Interior Minister"))
    assert "All rights reserved." not in capture.text[capture.article_start : capture.article_end]


def test_what_is_kept_holds_all_of_the_exchange(editor, stand):
    stand.put(SEED_ADDRESS, seed_page())
    capture = fetched(by=editor)
    snapshot = keep_capture(capture, by=editor, source=proposed_source(capture))
    assert snapshot.raw.read() == seed_page().encode()
    assert snapshot.raw_sha256 == sha256_of(seed_page())
    assert snapshot.warc.read()[:2] == b"\x1f\x8b"  # gzip
    assert (snapshot.method, snapshot.http_status, snapshot.final_address) == ("fetched", 200, SEED_ADDRESS)
    assert snapshot.media_type == "text/html"
    assert snapshot.captured_at == capture.fetched_at.replace(microsecond=0)
    assert (snapshot.created_by, snapshot.source.created_by) == (editor, editor)
    source = snapshot.source
    assert (source.status, source.canonical_address) == ("draft", SEED_ADDRESS.replace("http:", "https:"))
    assert source.key.startswith("dawn") or source.key.startswith("2017")
    capture.refresh_from_db()
    assert (capture.state, capture.snapshot, capture.source) == (CaptureState.KEPT, snapshot, source)


def test_a_pasted_text_is_kept_letter_for_letter(editor):
    text = "Minister opens bridge\r\n\r\n  “Two  words”,\u00a0he said.  \r\n"
    capture = pasted(text, by=editor)
    snapshot = keep_capture(capture, by=editor, source=proposed_source(capture))
    assert snapshot.text == text.replace("\r\n", "\n")
    assert (snapshot.method, snapshot.text_version, snapshot.captured_at, snapshot.raw.name) == ("pasted", 0, None, "")
    assert best(capture, "title") == "Minister opens bridge"


def test_pasted_html_is_read_as_a_page_and_its_bytes_are_kept(editor):
    capture = pasted(bridge(), by=editor, media_type="text/html")
    snapshot = keep_capture(capture, by=editor, source=proposed_source(capture))
    assert snapshot.raw.read() == bridge().encode()
    assert snapshot.text_version == 1
    assert "<p>" not in snapshot.text and JOINS in snapshot.text


def test_the_encoding_that_only_the_header_names_holds_for_all_that_is_read(db, stand):
    page = article("وزیر داخلہ کا خطاب", ["وزیر نے کہا"], publisher="اخبار").replace('<meta charset="utf-8">', "")
    stand.put(BRIDGE, page.encode("utf-16"), Content_Type="text/html; charset=utf-16")
    capture = fetched(BRIDGE)
    assert "وزیر نے کہا" in capture.text
    assert (best(capture, "title"), best(capture, "publisher")) == ("وزیر داخلہ کا خطاب", "اخبار")


def test_pasted_html_is_read_as_it_was_pasted_whatever_encoding_it_names(db):
    page = '<meta charset="windows-1252"><h1>Título</h1><p>“Señor”, dijo.</p>'
    capture = pasted(page, media_type="text/html; charset=utf-8")
    assert capture.text == "Título\n\n“Señor”, dijo."
    assert best(capture, "title") == "Título"


def test_a_pdf_is_read_and_kept(editor):
    content = pdf(["Minister opens the bridge", "", JOINS])
    given = Given(CaptureMethod.UPLOADED, content=content, media_type="application/pdf", file_name="report.pdf")
    capture = begin_capture(given, by=editor)
    assert JOINS in capture.text
    snapshot = keep_capture(capture, by=editor, source=proposed_source(capture))
    assert snapshot.raw.read() == content
    assert (snapshot.media_type, snapshot.method, snapshot.source.kind) == ("application/pdf", "uploaded", "document")


def test_an_uploaded_text_file_is_read(db):
    given = Given(
        CaptureMethod.UPLOADED, content="Titel\n\n„Zwei Wörter“, sagte er.\n".encode("cp1252"), file_name="a.txt"
    )
    capture = begin_capture(given, by=None)
    assert capture.state == CaptureState.READY
    assert "„Zwei Wörter“" in capture.text


def test_a_transcript_brings_what_was_typed_about_it(editor):
    about = {"kind": "interview", "title": "Interview with the minister", "published": "2017-09", "publisher": ""}
    given = Given(CaptureMethod.TRANSCRIBED, content=b"Q: Why?\n\nA: Because.", media_type="text/plain", about=about)
    capture = begin_capture(given, by=editor)
    source = proposed_source(capture)
    assert (source.kind, source.title, source.published, source.address) == (
        "interview", "Interview with the minister", "2017-09", "",
    )  # fmt: skip
    snapshot = keep_capture(capture, by=editor, source=source)
    assert (snapshot.method, snapshot.source.canonical_address) == ("transcribed", None)


# What fails


@pytest.mark.parametrize("status", [401, 402, 403, 404, 410, 429, 500, 503, 418])
def test_a_refusal_is_recorded_with_its_status_and_a_sentence(db, stand, status):
    stand.put(SEED_ADDRESS, "no", status=status)
    capture = fetched()
    assert (capture.state, capture.http_status) == (CaptureState.FAILED, status)
    sentence = sentence_for(capture.reason, capture.reason_detail)
    assert "dawn.example" in sentence and "aste the text" in sentence
    assert capture.finished_at


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("ftp://paper.example/a", "not-http"),
        ("http://me:secret@paper.example/", "user-info"),
        ("http://paper.example:8080/", "port"),
        ("http://127.0.0.1/", "private-address"),
        ("http://lost.example/", "dns"),
        ("javascript:alert(1)", "not-http"),
        ("http://", "not-an-address"),
    ],
)
def test_an_address_that_is_not_fetched_is_recorded_with_its_reason(db, stand, address, reason):
    stand.lost.add("lost.example")
    capture = fetched(address)
    assert (capture.state, capture.reason, capture.address) == (CaptureState.FAILED, reason, address)
    assert not stand.requests


def test_a_page_without_text_keeps_the_exchange_all_the_same(db, stand):
    stand.put(BRIDGE, "<html><body><script>render()</script></body></html>")
    capture = fetched(BRIDGE)
    assert (capture.state, capture.reason) == (CaptureState.FAILED, "no-text")
    assert b"render()" in capture.raw.read()
    assert capture.warc


def test_a_picture_is_refused_with_what_it_is(db, stand):
    stand.put(BRIDGE, b"\x89PNG\r\n\x1a\n", Content_Type="image/png")
    capture = fetched(BRIDGE)
    assert "image/png" in sentence_for(capture.reason, capture.reason_detail)


def test_whatever_breaks_is_recorded_and_nothing_is_raised(db, settings):
    settings.FETCHER = "tests.editorial.test_capture.broken"
    capture = fetched()
    assert (capture.state, capture.reason, capture.reason_detail) == (
        CaptureState.FAILED, "unexpected", {"error": "ZeroDivisionError"},
    )  # fmt: skip


def broken(address, **options):
    """A fetcher with a fault."""
    return 1 / 0


def test_the_text_is_pasted_instead_and_the_address_and_the_reason_stay(editor, stand):
    stand.put(SEED_ADDRESS, "no", status=403)
    capture = fetched(by=editor)
    given = Given(CaptureMethod.PASTED, content=b"A title\n\nThe text.", media_type="text/plain")
    capture = hand_over(capture, given, by=editor)
    assert (capture.state, capture.reason, capture.address) == (CaptureState.READY, "http-403", SEED_ADDRESS)
    snapshot = keep_capture(capture, by=editor, source=proposed_source(capture))
    assert snapshot.source.address == SEED_ADDRESS
    assert (snapshot.http_status, snapshot.headers) == (None, "")


def test_what_failed_is_tried_again(editor, stand):
    capture = fetched(by=editor)
    assert capture.reason == "http-404"
    stand.put(SEED_ADDRESS, seed_page())
    capture = try_again(capture, by=editor)
    assert (capture.state, capture.reason) == (CaptureState.READY, "")


def test_a_capture_that_was_cut_off_is_tried_again(editor, stand):
    stand.put(SEED_ADDRESS, seed_page())
    capture = Capture.objects.create(method="fetched", address=SEED_ADDRESS, state="running", created_by=editor)
    assert try_again(capture, by=editor).state == CaptureState.READY


def test_a_capture_is_worked_on_once(db, stand):
    stand.put(SEED_ADDRESS, seed_page())
    capture = Capture.objects.create(method="fetched", address=SEED_ADDRESS, state="running")
    run_capture.call(capture.pk)
    capture.refresh_from_db()
    assert capture.state == CaptureState.RUNNING
    assert not stand.requests


def test_work_that_somebody_overtook_does_not_overwrite_theirs(editor, stand):
    stand.put(SEED_ADDRESS, seed_page())
    capture = Capture.objects.create(method="fetched", address=SEED_ADDRESS, created_by=editor)
    stand.meanwhile = lambda: set_aside(Capture.objects.get(pk=capture.pk), by=editor)
    run_capture.call(capture.pk)
    capture.refresh_from_db()
    assert capture.state == CaptureState.DROPPED


# What is here already


@pytest.mark.parametrize("form", [SEED_ADDRESS, f"{SEED_ADDRESS}?utm_source=x", f"{SEED_ADDRESS}/#top"])
def test_the_same_words_at_a_known_address_are_nothing_new(editor, stand, form):
    stand.put(SEED_ADDRESS, seed_page())
    capture = fetched(by=editor)
    snapshot = keep_capture(capture, by=editor, source=proposed_source(capture))
    stand.put(form.partition("#")[0], seed_page())
    again = fetched(form, by=editor)
    assert (again.state, again.snapshot, again.source) == (CaptureState.SAME, snapshot, snapshot.source)


def test_a_source_is_kept_once_for_an_address(editor, stand):
    stand.put(BRIDGE, bridge())
    first, second = fetched(BRIDGE, by=editor), fetched(BRIDGE, by=editor)
    keep_capture(first, by=editor, source=proposed_source(first))
    with pytest.raises(ValidationError):
        keep_capture(second, by=editor, source=proposed_source(second))
    assert Source.objects.count() == Snapshot.objects.count() == 1
    second.refresh_from_db()
    assert second.state == CaptureState.READY


# Keeping, all or nothing


def test_two_editors_keep_a_capture_once(editor, stand):
    stand.put(BRIDGE, bridge())
    capture = fetched(BRIDGE, by=editor)
    theirs = Capture.objects.get(pk=capture.pk)
    keep_capture(capture, by=editor, source=proposed_source(capture))
    source = proposed_source(theirs)
    source.canonical_address = None
    with pytest.raises(StaleRecord):
        keep_capture(theirs, by=make_user(Role.EDITOR), source=source)
    assert Source.objects.count() == Snapshot.objects.count() == 1


def test_a_new_publisher_is_made_along_or_not_at_all(editor, stand):
    stand.put(BRIDGE, bridge())
    capture = fetched(BRIDGE, by=editor)
    bad = proposed_source(capture)
    bad.title = ""
    with pytest.raises(ValidationError):
        keep_capture(capture, by=editor, source=bad, new_publisher=new_publisher("The Paper"))
    assert not Organization.objects.exists()
    snapshot = keep_capture(
        capture, by=editor, source=proposed_source(capture), new_publisher=new_publisher("The Paper")
    )
    publisher = snapshot.source.publisher
    assert (publisher.slug, publisher.status, publisher.created_by) == ("the-paper", "draft", editor)


def test_history_begins_with_the_capture(editor, stand):
    stand.put(BRIDGE, bridge())
    capture = fetched(BRIDGE, by=editor)
    snapshot = keep_capture(capture, by=editor, source=proposed_source(capture))
    version = Version.objects.get_for_object(snapshot.source).get()
    assert version.revision.user == editor
    assert "Captured" in version.revision.comment


# A newer copy


@pytest.fixture
def old_copy(editor, stand):
    stand.put(BRIDGE, bridge())
    capture = fetched(BRIDGE, by=editor)
    return keep_capture(capture, by=editor, source=proposed_source(capture))


def test_capturing_again_makes_a_copy_only_of_other_words(editor, stand, old_copy):
    assert capture_again(old_copy.source, by=editor).state == CaptureState.SAME
    stand.put(BRIDGE, bridge(date="2017-09-27T10:00:00Z"))  # other bytes, the same words
    assert capture_again(old_copy.source, by=editor).state == CaptureState.SAME
    assert Snapshot.objects.count() == 1
    stand.put(BRIDGE, bridge([*PARAGRAPHS, "Corrected on Tuesday: the bridge took five years to build."]))
    again = capture_again(old_copy.source, by=editor)
    assert again.state == CaptureState.READY
    snapshot, is_new, _found = keep_as_copy(again, by=editor, source=old_copy.source)
    assert is_new and snapshot.source == old_copy.source
    assert Snapshot.objects.count() == 2


def test_statements_found_again_gain_evidence_and_the_old_stays(editor, stand, old_copy):
    statement = make_statement(JOINS, snapshot=old_copy, status="published")
    before = statement.evidence.get()
    kept = (before.version, [(one.start, one.end, one.exact) for one in before.passages.all()])
    stand.put(BRIDGE, bridge(["A first paragraph that is new.", *PARAGRAPHS]))
    again = capture_again(old_copy.source, by=editor)
    snapshot, _is_new, found = keep_as_copy(again, by=editor, source=old_copy.source)
    assert found == 1
    before.refresh_from_db()
    assert (before.version, [(one.start, one.end, one.exact) for one in before.passages.all()]) == kept
    added = statement.evidence.get(snapshot=snapshot)
    assert (added.order, added.verdict, added.location) == (2, "exact", "in place")
    assert added.passages.get().start != kept[1][0][0]


def test_a_source_without_an_address_is_not_fetched_again(editor):
    with pytest.raises(ValueError, match="no address"):
        capture_again(make_source(), by=editor)


# Who may


def test_a_contributor_captures_but_stores_no_newer_copy(stand, db):
    user = make_user(Role.CONTRIBUTOR)
    stand.put(BRIDGE, bridge())
    capture = fetched(BRIDGE, by=user)
    snapshot = keep_capture(capture, by=user, source=proposed_source(capture))
    with pytest.raises(PermissionDenied):
        capture_again(snapshot.source, by=user)
    other = pasted("Other words\n\nof it.", by=user)
    with pytest.raises(PermissionDenied):
        keep_as_copy(other, by=user, source=snapshot.source)


def test_nobody_takes_a_capture_of_somebody_else_further_without_a_role(stand, db):
    capture = pasted("A title\n\nA text.", by=make_user(Role.EDITOR))
    contributor = make_user(Role.CONTRIBUTOR)
    for act in (
        lambda: try_again(capture, by=contributor),
        lambda: set_aside(capture, by=contributor),
        lambda: hand_over(capture, Given(CaptureMethod.PASTED, content=b"x"), by=contributor),
        lambda: keep_capture(capture, by=contributor, source=proposed_source(capture)),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert not Source.objects.exists()


def test_a_full_disk_keeps_nothing_and_says_so(editor, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "originals").write_text("in the way")
    with pytest.raises(OSError):
        pasted("A title\n\nA text.", by=editor)
    assert not Capture.objects.exists()
    assert not default_storage.exists("originals/x")


def test_publishers_are_matched_by_name_and_other_name_only_where_readable(db):
    hidden = make_organization(name="The Paper", kind="media")
    stranger, editor = make_user(Role.CONTRIBUTOR), make_user(Role.EDITOR)
    Alias.objects.create(organization=hidden, name="TP")
    found = match_publishers(["the paper", "PAPER ", "tp", "The Pap"], by=editor)
    assert found == {"the paper": hidden, "PAPER ": hidden, "tp": hidden}
    assert match_publishers(["the paper", "TP"], by=stranger) == {}


# Background work


def test_with_a_queue_the_worker_takes_it_up(transactional_db, settings, stand):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    stand.put(SEED_ADDRESS, seed_page())
    capture = fetched()
    assert capture.state == CaptureState.WAITING
    assert not stand.requests
    assert pasted("A title\n\nA text.").state == CaptureState.READY  # nothing to wait for
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    capture.refresh_from_db()
    assert capture.state == CaptureState.READY
