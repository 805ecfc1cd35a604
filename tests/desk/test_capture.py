"""The capture screens as a browser without scripts meets them: what each act says, who may, and what is never lost."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from briefings.models import Capture, CaptureState, Organization, Snapshot, Source
from briefings.permissions import Role
from tests.factories import make_organization, make_snapshot, make_source, make_user
from tests.newsstand import SEED_ADDRESS, article, seed_page

BOX, TRANSCRIPT, PAGE = "/admin/capture/", "/admin/capture/transcript/", "/admin/capture/page/"
BRIDGE = "http://paper.example/bridge"
LONG = "The minister opened the bridge over the river on Monday, before two thousand people from both of its banks."


def text_of(response):
    return " ".join(response.content.decode().split())


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def capture(client, given="", **fields):
    return client.post(BOX, {"given": given, **fields}, follow=True)


def address(capture):
    return reverse("admin:desk-capture-detail", args=[capture.pk])


def act(client, capture, name, **fields):
    capture.refresh_from_db()
    return client.post(address(capture), {"version": capture.version, "act": name, **fields})


def details(client, capture, **fields):
    """What the form of the metadata sends as it stands, with some fields changed."""
    form = client.get(address(capture)).context["form"]
    values = {field.name: field.value() or "" for field in form.visible_fields()}
    capture.refresh_from_db()
    return {**values, "version": capture.version, "act": "keep", **fields}


@pytest.fixture
def bridge(stand):
    stand.put(BRIDGE, article("Minister opens the bridge", [LONG], publisher="The Paper", author="A. Writer"))
    return stand


# The box


@pytest.mark.parametrize("given", [BRIDGE, f"  {BRIDGE}\r\n", "http://paper.example/bridge"])
def test_an_address_in_the_box_is_fetched(editor, bridge, given):
    response = capture(editor, given)
    assert response.redirect_chain[-1][0] == address(Capture.objects.get())
    assert "Minister opens the bridge" in text_of(response)
    assert "JSON-LD" in text_of(response)


def test_an_address_without_its_scheme_is_taken_for_one(editor, bridge):
    capture(editor, "paper.example/bridge")
    assert Capture.objects.get().address == "https://paper.example/bridge"


@pytest.mark.parametrize(
    ("given", "media_type"),
    [
        ("A title\n\nThe words of it.", "text/plain"),
        ("<h1>A title</h1><p>The words of it.</p>", "text/html"),
        ("http://paper.example/a says so,\nit seems.", "text/plain"),
    ],
)
def test_anything_else_in_the_box_is_the_text_or_the_page_itself(editor, stand, given, media_type):
    capture(editor, given)
    got = Capture.objects.get()
    assert (got.state, got.method) == (CaptureState.READY, "pasted")
    assert got.media_type.partition(";")[0] == media_type
    assert not stand.requests


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "The box is empty."),
        ({"given": " \r\n "}, "The box is empty."),
        ({"given": "hello"}, "is no address, and too short for a text"),
        ({"given": "http://paper.example/" + "a" * 2000}, "longer than 2000 characters"),
        ({"given": "one\x00two three"}, "Null characters are not allowed"),
        ({"file": SimpleUploadedFile("a.txt", b"")}, "“a.txt” is empty"),
        ({"given": "A text of words.", "file": SimpleUploadedFile("a.txt", b"words")}, "both a text and a file"),
    ],
)
def test_what_cannot_be_taken_is_answered_with_a_sentence(editor, stand, fields, sentence):
    response = editor.post(BOX, fields)
    assert response.status_code == 200
    assert sentence in text_of(response)
    assert not Capture.objects.exists()


def test_a_file_that_is_too_large_is_refused_with_a_sentence(editor, stand):
    response = editor.post(BOX, {"file": SimpleUploadedFile("big.txt", b"a " * 10_500_000)})
    assert "larger than 20 MB" in text_of(response)


def test_a_file_beside_its_address_is_that_page(editor, stand):
    page = SimpleUploadedFile("saved.html", seed_page().encode(), content_type="text/html")
    capture(editor, SEED_ADDRESS, file=page)
    got = Capture.objects.get()
    assert (got.method, got.address, got.file_name, got.state) == ("uploaded", SEED_ADDRESS, "saved.html", "ready")
    assert not stand.requests


def test_a_text_of_200_kilobytes_is_taken_whole(editor, stand):
    text = "A sentence of the long report, with “words” in it.\n\n" * 4000
    capture(editor, text)
    assert Capture.objects.get().text == text


def test_what_is_here_already_is_offered_before_anything_is_fetched(editor, contributor, stand):
    source = make_source(address=BRIDGE, canonical_address=BRIDGE.replace("http:", "https:"), status="published")
    for client, may_recapture in ((editor, True), (contributor, False)):
        response = capture(client, f"{BRIDGE}/?utm_source=mail")
        assert "This is already here:" in text_of(response)
        assert source.title in text_of(response)
        assert (f"?source={source.pk}" in text_of(response)) is may_recapture
    assert not stand.requests and not Capture.objects.exists()


def test_of_a_draft_that_one_may_not_read_nothing_is_told_but_that_it_is_there(contributor, stand):
    make_source(title="A secret plan", canonical_address=BRIDGE.replace("http:", "https:"))
    response = capture(contributor, BRIDGE)
    assert "as the draft of somebody" in text_of(response)
    assert "secret" not in text_of(response)


def test_of_a_draft_with_the_same_words_a_redirect_tells_no_more(contributor, editor, bridge):
    capture(editor, BRIDGE)
    editor.post(address(Capture.objects.get()), details(editor, Capture.objects.get(), title="A secret plan"))
    bridge.put("http://paper.example/short", "", status=302, Location="/bridge")
    response = capture(contributor, "http://paper.example/short")
    assert "It is somebody’s draft" in text_of(response)
    assert "secret" not in text_of(response) + text_of(contributor.get(BOX))


# The page of one capture


def test_a_failed_fetch_offers_to_paste_the_text_and_keeps_the_address(editor, stand):
    stand.put(BRIDGE, "no", status=402)
    response = capture(editor, BRIDGE)
    assert "paper.example shows this page only to subscribers" in text_of(response)
    assert "Paste the text instead" in text_of(response)
    got = Capture.objects.get()
    assert "This is an address" in text_of(act(editor, got, "instead", given=BRIDGE))
    assert "The box is empty" in text_of(act(editor, got, "instead", given=""))
    response = act(editor, got, "instead", given=f"Minister opens the bridge\n\n{LONG}")
    assert response.status_code == 302
    response = editor.get(address(got))
    assert "It was given by hand instead." in text_of(response)
    assert f'value="{BRIDGE}"' in text_of(response)


def test_metadata_is_corrected_and_saved_with_the_copy(editor, bridge):
    capture(editor, BRIDGE)
    got = Capture.objects.get()
    fields = details(editor, got, title="Bridge opened", published="2017-09", new_publisher="The  Paper Ltd", key="b")
    response = editor.post(address(got), fields)
    assert response.status_code == 302
    source = Source.objects.get()
    assert (source.title, source.published, source.key) == ("Bridge opened", "2017-09", "b")
    assert (source.publisher.name, source.publisher.status) == ("The Paper Ltd", "draft")
    assert source.snapshots.get().raw.read() == bridge.pages["paper.example/bridge"][2]
    assert "is saved as a draft, with its stored copy" in said(response)


def test_a_publisher_that_is_here_is_chosen_and_not_made_again(editor, bridge):
    paper = make_organization(name="The Paper", kind="media")
    capture(editor, BRIDGE)
    got = Capture.objects.get()
    form = editor.get(address(got)).context["form"]
    assert (form["publisher"].value(), form["new_publisher"].value()) == (paper.pk, "")
    editor.post(address(got), details(editor, got, publisher="", new_publisher="the paper"))
    assert Source.objects.get().publisher == paper
    assert Organization.objects.count() == 1


def test_what_is_wrong_is_marked_and_nothing_is_saved(editor, bridge):
    make_source(key="taken")
    capture(editor, BRIDGE)
    got = Capture.objects.get()
    wrong = {"title": "", "published": "last week", "key": "taken", "canonical_address": "ftp://x"}
    response = editor.post(address(got), details(editor, got, **wrong))
    assert set(response.context["form"].errors) == {"title", "published", "key", "canonical_address"}
    assert "last week" in text_of(response)
    assert not Snapshot.objects.exists()


def test_without_a_key_one_is_made(editor, bridge):
    capture(editor, BRIDGE)
    got = Capture.objects.get()
    editor.post(address(got), details(editor, got, key=""))
    assert Source.objects.get().key == "paper-2017-minister-opens-bridge"


def test_a_proposal_is_put_into_its_field_and_what_was_typed_stays(editor, bridge):
    capture(editor, BRIDGE)
    got = Capture.objects.get()
    use = "title=Minister opens the bridge | The Paper"
    fields = details(editor, got, authors="My own correction", act="", use=use)
    response = editor.post(address(got), fields)
    form = response.context["form"]
    assert form["title"].value() == "Minister opens the bridge | The Paper"
    assert form["authors"].value() == "My own correction"
    assert not Source.objects.exists()


def test_two_editors_at_once_lose_nothing(editor, log_in, bridge):
    capture(editor, BRIDGE)
    got = Capture.objects.get()
    mine, theirs = details(editor, got, authors="Mine"), details(editor, got, authors="Theirs")
    assert editor.post(address(got), theirs).status_code == 302
    response = log_in(Role.EDITOR).post(address(got), mine)
    assert "nothing was overwritten" in text_of(response)
    assert "Mine" in text_of(response)
    assert Source.objects.get().authors == "Theirs"


def test_a_form_that_somebody_overtook_without_saving_keeps_what_was_typed(editor, bridge):
    capture(editor, BRIDGE)
    got = Capture.objects.get()
    mine = details(editor, got, authors="Mine")
    got.save()
    response = editor.post(address(got), mine)
    assert "nothing was overwritten" in text_of(response)
    assert response.context["form"]["authors"].value() == "Mine"
    assert not Source.objects.exists()


def test_a_capture_of_a_known_address_becomes_a_newer_copy(editor, bridge):
    source = make_source(title="The bridge", address="http://paper.example/b")
    make_snapshot("Other words.", source=source)
    bridge.put("http://paper.example/short", "", status=302, Location="/b")
    bridge.put("http://paper.example/b", article("The bridge", [LONG]))
    response = capture(editor, "http://paper.example/short")
    assert "This is already here:" in text_of(response)
    response = act(editor, Capture.objects.get(), "newer", of=source.pk)
    assert "A newer copy of “The bridge” is stored." in said(response)
    assert source.snapshots.count() == 2


def test_capturing_again_from_the_source_page(editor, bridge):
    capture(editor, BRIDGE)
    editor.post(address(Capture.objects.get()), details(editor, Capture.objects.get()))
    source = Source.objects.get()
    page = editor.get(reverse("admin:briefings_source_change", args=[source.pk]))
    assert f"/admin/capture/?source={source.pk}" in text_of(page)
    response = capture(editor, BRIDGE, source=source.pk)
    assert "Nothing new" in text_of(response)
    bridge.put(BRIDGE, article("Minister opens the bridge", [LONG, "Corrected on Tuesday."]))
    response = capture(editor, BRIDGE, source=source.pk)
    assert "Its words differ" in text_of(response)
    assert [words for _number, words, kind in response.context["paragraphs"] if kind == "new"] == [
        "Corrected on Tuesday."
    ]
    assert response.context["gone"] == []
    newest = Capture.objects.first()
    assert act(editor, newest, "newer").status_code == 302
    assert source.snapshots.count() == 2


def test_the_same_words_under_another_address_can_become_a_reprint(editor, bridge):
    wire = make_source(title="The wire", address="http://wire.example/1", status="published")
    make_snapshot(f"The wire\n\n{LONG}", source=wire)
    response = capture(editor, BRIDGE)
    assert "The same words are here under another address" in text_of(response)
    got = Capture.objects.get()
    response = editor.post(address(got), details(editor, got, act="", use=f"origin={wire.pk}"))
    editor.post(address(got), details(editor, got, origin=response.context["form"]["origin"].value()))
    assert Source.objects.get(title="Minister opens the bridge").origin == wire


def test_a_capture_that_is_set_aside_stays_in_the_list(editor, bridge):
    capture(editor, BRIDGE)
    got = Capture.objects.get()
    assert act(editor, got, "aside").url == BOX
    assert "Minister opens the bridge" in text_of(editor.get(f"{BOX}?state=aside"))
    assert act(editor, got, "again").status_code == 302
    got.refresh_from_db()
    assert got.state == CaptureState.READY


@pytest.mark.parametrize("state", ["waiting", "running"])
def test_a_page_under_way_looks_again_by_itself_and_in_the_end_says_what_to_do(editor, stand, state):
    got = Capture.objects.create(method="fetched", address=BRIDGE, state=state)
    assert editor.get(address(got)).headers["Refresh"] == "3"
    Capture.objects.filter(pk=got.pk).update(modified_at=timezone.now() - timedelta(minutes=5))
    response = editor.get(address(got))
    assert "Refresh" not in response.headers
    assert "Try again" in text_of(response)
    assert ("db_worker" in text_of(response)) == (state == "waiting")


def test_hostile_words_stay_words(editor, stand):
    nasty = '"><script>alert(1)</script>'
    stand.put(BRIDGE, article(f"Bad {nasty}".replace("<", "&lt;"), [LONG]))
    capture(editor, BRIDGE)
    got = Capture.objects.get()
    for name in ("title", "publisher", "authors"):
        got.proposed[name] = [{"value": f"Bad {nasty}", "origin": nasty}, {"value": f"Worse {nasty}", "origin": nasty}]
    got.save()
    for page in (address(got), BOX):
        assert "<script>alert(1)" not in editor.get(page).content.decode()
    assert "<script>alert(1)" not in act(editor, got, "keep", **{"title": nasty, "key": nasty}).content.decode()


# Transcripts and pages from a browser


def test_a_source_without_an_address_is_kept_as_a_transcript(editor, stand):
    fields = {"kind": "interview", "title": "Talk with the minister", "authors": "The minister", "language": "en"}
    response = editor.post(TRANSCRIPT, {**fields, "text": " "})
    assert "The transcript is empty" in text_of(response)
    editor.post(TRANSCRIPT, {**fields, "published": "2017-09-26", "text": "Q: Why?\n\nA: Because."})
    got = Capture.objects.get()
    editor.post(address(got), details(editor, got))
    snapshot = Snapshot.objects.get()
    assert (snapshot.method, snapshot.source.kind, snapshot.source.published_basis) == (
        "transcribed", "interview", "editors",
    )  # fmt: skip
    assert snapshot.source.address == "" and snapshot.source.canonical_address is None


def test_the_page_that_a_browser_shows_is_kept_with_its_address_and_moment(editor, stand):
    response = editor.post(PAGE, {"html": seed_page(), "address": SEED_ADDRESS}, follow=True)
    got = Capture.objects.get()
    assert (got.method, got.address, got.state) == ("pasted", SEED_ADDRESS, "ready")
    assert got.fetched_at
    assert "China.org quoted the minister" in text_of(response)
    assert not stand.requests


def test_only_the_receiving_page_lets_another_window_hold_on_to_it(editor, stand):
    assert editor.get(PAGE).headers["Cross-Origin-Opener-Policy"] == "unsafe-none"
    for page in (BOX, TRANSCRIPT, "/admin/"):
        assert editor.get(page).headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "script-src 'self'" in editor.get(PAGE).headers["Content-Security-Policy"]


def test_a_page_that_did_not_arrive_or_is_too_large_is_answered_with_a_sentence(editor, stand):
    for html in ("", "a" * 5_000_001):
        response = editor.post(PAGE, {"html": html, "address": ""})
        assert "did not arrive, or is larger than 5 MB" in text_of(response)


def test_another_site_cannot_send_a_page_in_an_editors_name(stand, db):
    user = make_user(Role.EDITOR)
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    assert client.post(PAGE, {"html": seed_page(), "address": ""}).status_code == 403
    assert not Capture.objects.exists()


# Who may


def test_the_screens_are_for_the_desk(db, stand, log_in):
    got = Capture.objects.create(method="fetched", address=BRIDGE, state="waiting")
    for page in (BOX, TRANSCRIPT, PAGE, "/admin/capture/import/", address(got)):
        for client in (Client(), log_in(None)):
            assert client.get(page).url.startswith("/admin/login/")


def test_a_contributor_sees_and_takes_further_only_their_own_captures(contributor, editor, bridge):
    capture(editor, BRIDGE)
    theirs = Capture.objects.get()
    assert contributor.get(address(theirs)).status_code == 404
    assert act(contributor, theirs, "aside").status_code == 404
    assert "Minister opens the bridge" not in text_of(contributor.get(BOX))
    contributor.post(BOX, {"given": "My title\n\nMy words."})
    mine = Capture.objects.first()
    assert contributor.post(address(mine), details(contributor, mine)).status_code == 302
    assert Source.objects.get().created_by == contributor.user
    assert "My title" in text_of(editor.get(BOX))


def test_a_contributor_asks_for_no_newer_copy(contributor, stand):
    source = make_source(address=BRIDGE, status="published")
    assert contributor.get(f"{BOX}?source={source.pk}").status_code == 403
    assert contributor.post(BOX, {"given": BRIDGE, "source": source.pk}).status_code == 403


def test_absurd_numbers_and_acts_change_nothing(editor, bridge):
    capture(editor, BRIDGE)
    got = Capture.objects.get()
    for of in ("x", "9" * 40, "-1", "\x00"):
        assert act(editor, got, "newer", of=of).status_code == 200
    assert act(editor, got, "no-such-act", use="publisher=9" + "9" * 40).status_code == 200
    for publisher in ("x", "9" * 40):
        response = editor.post(address(got), details(editor, got, publisher=publisher, origin=publisher))
        assert set(response.context["form"].errors) == {"publisher", "origin"}
    assert editor.post(address(got), {"act": "keep", "version": "9" * 40}).status_code == 200
    assert not Source.objects.exists()


@pytest.mark.parametrize("page", ["99999999999999999999999/", "7/", "?source=x", "?source=9", "?page=10000000000"])
def test_absurd_addresses_are_not_found(editor, page):
    assert editor.get(f"{BOX}{page}").status_code == 404


def test_the_list_asks_a_fixed_number_of_questions(editor, bridge, django_assert_max_num_queries):
    for number in range(3):
        editor.post(BOX, {"given": f"Title {number}\n\nWords of it."})
    with django_assert_max_num_queries(8):
        editor.get(BOX)
    for number in range(20):
        editor.post(BOX, {"given": f"Title {number}\n\nOther words of it."})
    with django_assert_max_num_queries(8):
        editor.get(BOX)


def test_front_page_and_list_of_sources_lead_to_the_box(contributor):
    for page in ("/admin/", "/admin/briefings/source/"):
        assert f'href="{BOX}"' in text_of(contributor.get(page))
