"""The writing desk: who gets it, what it shows, what saving, keeping and merging do, with and without a script."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from briefings.models import Briefing, Contribution, LogEntry, Stage, WritingWindow
from briefings.permissions import Role
from tests.admin.test_permissions import LOGIN, NO, ROLES, YES, outcome
from tests.factories import (
    make_briefing,
    make_published_briefing,
    make_snapshot,
    make_source,
    make_statement,
    make_user,
)

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
BODY = "The first paragraph stands here.\n\nThe second paragraph stands there.\n"


def at(briefing, name="", *more):
    return reverse("admin:" + "-".join(filter(None, ["desk-writing", name])), args=[briefing.pk, *more])


def form_of(response, **changes):
    """What the page's form would send."""
    row, text = response.context["row"], response.context["text"]
    fields = {"window": row.window, "base_version": row.base_version, "number": row.number}
    return {**fields, "title": text.title, "standfirst": text.standfirst, "body": text.body, **changes}


def opened(client, briefing, **changes):
    return form_of(client.get(at(briefing)), **changes)


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


# Who


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_the_desk_and_all_it_asks_are_for_those_who_may_change_the_briefing(log_in, role):
    client = log_in(role)
    own, other = make_briefing(BODY, created_by=client.user), make_briefing(BODY)
    for briefing in (own, other, make_published_briefing("Said.")):
        expected = LOGIN if role is None else YES
        if role == Role.CONTRIBUTOR and briefing != own:
            expected = NO
        assert outcome(client.get(at(briefing))) == expected
        window = {
            "window": "w1",
            "base_version": briefing.version,
            "number": 1,
            "title": "T",
            "body": "B",
            "do": "save",
        }
        assert outcome(client.get(at(briefing, "preview"))) == expected
        assert outcome(client.get(at(briefing, "news"), {"window": "w1"})) == expected
        for name in ("look", "keep", ""):
            assert outcome(client.post(at(briefing, name), window)) == expected, name
        assert (Briefing.objects.get(pk=briefing.pk).title == "T") is (expected == YES)


def test_nobody_reaches_a_text_that_somebody_else_keeps(editor, publisher):
    briefing = make_briefing(BODY)
    row = WritingWindow.objects.get(window=opened(editor, briefing)["window"])
    for name in ("left", "merge"):
        assert publisher.post(at(briefing, name, row.pk), {"do": "discard"}).status_code == 404
    shown = publisher.get(at(briefing, "preview"), {"window": row.window})
    assert shown.status_code == 200 and WritingWindow.objects.filter(pk=row.pk).exists()


def test_absurd_requests_are_refused_without_an_error(editor):
    briefing = make_briefing(BODY)
    huge = make_briefing(BODY)
    huge.pk = 10**30
    assert editor.get(at(huge)).status_code == 404
    assert editor.get(at(briefing, "merge", 10**30)).status_code == 404
    assert editor.post(at(briefing, "keep"), {"window": "\x00"}).status_code == 404
    assert editor.post(at(briefing), {"title": "x"}).status_code == 404
    assert editor.get(at(briefing, "news"), {"window": "a\x00"}).json()["news"] == ""
    assert editor.get(at(briefing), {"window": "\x00"}).status_code == 200
    sent = opened(editor, briefing, number="9" * 40, body="a\x00b", base_version="-1")
    assert editor.post(at(briefing, "keep"), sent).status_code == 200
    assert editor.get(at(briefing, "left", 1)).status_code == 405
    assert editor.get(at(briefing, "keep")).status_code == 405
    assert editor.post(at(briefing, "left", 10**25), {}).status_code == 404


# Beginning


def test_a_briefing_begins_with_its_title(log_in):
    client = log_in(Role.CONTRIBUTOR)
    response = client.post("/admin/writing/", {"title": "  A new\nbriefing "})
    briefing = Briefing.objects.get()
    assert response.url == at(briefing)
    assert (briefing.title, briefing.slug, briefing.created_by) == ("A new briefing", "a-new-briefing", client.user)
    assert Contribution.objects.get().user == client.user and LogEntry.objects.get().act == "begin"
    assert "A new briefing" in client.get("/admin/writing/").content.decode()


@pytest.mark.parametrize("title", ["", " ", "x" * 301, "\x00"])
def test_a_title_that_is_none_is_refused_kindly(editor, title):
    response = editor.post("/admin/writing/", {"title": title})
    assert response.status_code == 400 and "title" in response.context["refused"]
    assert not Briefing.objects.exists()


# The page and its preview


def test_the_page_shows_text_checks_and_the_preview_in_a_frame_and_loosens_nothing_else(editor):
    statement = make_statement("peace is work")
    briefing = make_briefing(f"He said “war is over” [@{statement.key}].")
    response = editor.get(at(briefing))
    page = response.content.decode()
    assert "None of the passages cited in this paragraph contains “war is over”" in page and 'data-line="1"' in page
    plain = editor.get("/admin/drift/").headers["Content-Security-Policy"].split("; ")
    here = response.headers["Content-Security-Policy"].split("; ")
    assert set(here) - set(plain) == {"frame-src 'self'"} and not set(plain) - set(here)
    frame = editor.get(at(briefing, "preview"))
    inside = frame.headers["Content-Security-Policy"].split("; ")
    assert set(inside) ^ set(plain) == {"frame-ancestors 'self'", "frame-ancestors 'none'"}
    assert frame.headers["X-Frame-Options"] == "SAMEORIGIN" and response.headers["X-Frame-Options"] == "DENY"
    assert "noindex" in frame.headers["X-Robots-Tag"] and "no-store" in frame.headers["Cache-Control"]
    assert 'class="cite"' in frame.content.decode()


def test_looking_renders_and_checks_what_is_typed_and_keeps_nothing(editor):
    briefing = make_briefing(BODY)
    sent = opened(editor, briefing, title="Another <title>", body="One.\r\n\r\n## Two\r\n\r\nThree “words” [@no-such].")
    answer = editor.post(at(briefing, "look"), sent).json()
    assert "Another &lt;title&gt;" in answer["preview"] and "<h2>Two</h2>" in answer["preview"]
    assert "There is no statement “no-such”" in answer["checks"] and answer["lines"] == [1, 3, 5]
    assert WritingWindow.objects.get().body == BODY
    too_long = editor.post(at(briefing, "look"), sent | {"body": "x" * 1_000_001}).json()
    assert "too long" in too_long["said"]


def test_the_number_of_queries_does_not_grow_with_the_text(editor):
    few, many = (" ".join(f"[@{make_statement().key}]" for _ in range(number)) for number in (1, 12))
    counts = []
    for body in (few, many):
        briefing = make_briefing(body)
        sent = opened(editor, briefing)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            editor.get(at(briefing))
            editor.post(at(briefing, "look"), sent)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_contributor_sees_nothing_of_a_draft_by_citing_it(log_in):
    client = log_in(Role.CONTRIBUTOR)
    secret = make_statement("hush hush", snapshot=make_snapshot("It was “hush hush” there.", source=make_source()))
    briefing = make_briefing(BODY, created_by=client.user)
    sent = opened(client, briefing, body=f"A “quiet” word.[@{secret.key}]\n\n[see @{secret.key}, p. 3; @none]")
    answer = client.post(at(briefing, "look"), sent).json()
    assert "hush" not in answer["preview"] + answer["checks"] and secret.key + "_" in answer["preview"]
    client.post(at(briefing, "keep"), sent | {"number": 1})
    shown = client.get(at(briefing), {"window": sent["window"]}).content.decode()
    assert "hush" not in shown + client.get(at(briefing, "preview"), {"window": sent["window"]}).content.decode()
    refused = client.post(at(briefing), sent | {"number": 2}, headers=JSON).json()
    assert not refused["saved"] and f"“{secret.key}”" in refused["said"] and "“none”" in refused["said"]
    briefing.refresh_from_db()
    assert briefing.body == BODY and secret.key in WritingWindow.objects.get().body


# Saving


def test_a_script_saves_and_goes_on_from_what_it_saved(editor):
    briefing = make_briefing(BODY)
    sent = opened(editor, briefing, body=BODY + "\nMore.\n", number=7)
    answer = editor.post(at(briefing), sent, headers=JSON).json()
    stored = Briefing.objects.get()
    assert answer == {"saved": True, "said": "", "version": stored.version, "number": 8}
    again = sent | {"base_version": answer["version"], "number": 9, "body": "Again.\r\n"}
    assert editor.post(at(briefing), again, headers=JSON).json()["saved"]
    stored.refresh_from_db()
    assert stored.body == "Again.\n" and not WritingWindow.objects.get().changed


def test_without_a_script_a_form_is_saved_previewed_and_checked(editor):
    briefing = make_briefing(BODY)
    sent = opened(editor, briefing, body="New “words” here.")
    looked = editor.post(at(briefing), sent | {"do": "preview"})
    page = looked.content.decode()
    assert "New “words” here." in page and "“words”" in page.partition('id="writing-checks"')[2]
    frame = page.partition("<iframe")[2].partition('src="')[2].partition('"')[0]
    assert "New “words” here." in editor.get(frame).content.decode()
    briefing.refresh_from_db()
    assert briefing.body == BODY
    saved = editor.post(at(briefing), form_of(looked, do="save"))
    assert saved.url == at(briefing) and said(saved) == "Saved."
    briefing.refresh_from_db()
    assert briefing.body == "New “words” here." and not WritingWindow.objects.exists()


def test_a_refused_text_is_kept_and_comes_back(editor):
    briefing = make_briefing(BODY)
    response = editor.post(at(briefing), opened(editor, briefing, title=" ", body="Kept.", do="save"))
    assert response.status_code == 200 and "Not saved yet: The title is empty." in response.content.decode()
    assert response.context["text"].body == "Kept."
    left = editor.get(at(briefing)).context["left"]
    assert [one["row"].title for one in left] == [""]


def test_saving_an_approved_text_says_that_the_approval_lapsed(editor):
    briefing = make_briefing(BODY, stage=Stage.APPROVED)
    answer = editor.post(at(briefing), opened(editor, briefing, body="New.", number=1), headers=JSON).json()
    assert "it is a draft again" in answer["said"]


# Two editors


def stale(first, second, briefing, mine, theirs):
    """The first one's answer after the second one saved over what both had opened."""
    sent, other = opened(first, briefing, body=mine, number=3), opened(second, briefing, body=theirs, number=1)
    assert second.post(at(briefing), other, headers=JSON).json()["saved"]
    return first.post(at(briefing), sent, headers=JSON).json()


def test_a_stale_save_is_refused_and_merges_what_does_not_conflict(editor, publisher):
    briefing = make_briefing(BODY)
    answer = stale(editor, publisher, briefing, BODY.replace("first", "1st"), BODY.replace("there", "over there"))
    assert not answer["saved"]
    briefing.refresh_from_db()
    assert "over there" in briefing.body and "first" in briefing.body
    page = editor.get(answer["merge"])
    assert "nothing to choose" in page.content.decode() and "<ins>1st</ins>" in page.content.decode()
    done = editor.post(answer["merge"], {"seen": page.context["seen"], "do": "save"})
    assert done.url == at(briefing)
    briefing.refresh_from_db()
    assert briefing.body == BODY.replace("first", "1st").replace("there", "over there")
    assert Contribution.objects.filter(briefing=briefing).count() == 2


@pytest.mark.parametrize(
    ("answer", "words", "expected"),
    [
        ("mine", "", "The first paragraph is mine."),
        ("theirs", "", "The first paragraph is theirs."),
        ("both", "", "The first paragraph is mine. theirs."),
        ("words", "of us both.", "The first paragraph is of us both."),
        ("", "", "The first paragraph is mine. theirs."),
    ],
)
def test_a_conflict_is_decided_by_a_choice_and_without_one_keeps_both(editor, publisher, answer, words, expected):
    briefing = make_briefing("The first paragraph is here.")
    told = stale(editor, publisher, briefing, "The first paragraph is mine.", "The first paragraph is theirs.")
    page = editor.get(told["merge"])
    name = next(piece.name for _label, pieces in page.context["parts"] for piece in pieces if piece.is_conflict)
    sent = {"seen": page.context["seen"], "do": "save", name: answer, f"{name}-words": words}
    editor.post(told["merge"], sent)
    briefing.refresh_from_db()
    assert briefing.body == expected


def test_a_merge_of_texts_that_changed_meanwhile_is_shown_again_and_can_be_gone_on_with(editor, publisher):
    briefing = make_briefing(BODY)
    told = stale(editor, publisher, briefing, BODY.replace("first", "1st"), BODY.replace("there", "over there"))
    seen = editor.get(told["merge"]).context["seen"]
    more = opened(publisher, briefing, title="Theirs", number=1)
    publisher.post(at(briefing), more, headers=JSON)
    again = editor.post(told["merge"], {"seen": seen, "do": "save"})
    assert again.status_code == 200 and "changed after you opened this page" in said(again)
    gone_on = editor.post(told["merge"], {"seen": again.context["seen"], "do": "write"})
    desk = editor.get(gone_on.url)
    assert "1st" in desk.context["text"].body and desk.context["text"].title == "Theirs"
    briefing.refresh_from_db()
    assert "1st" not in briefing.body
    assert editor.post(at(briefing), form_of(desk, number=99), headers=JSON).json()["saved"]


def test_a_change_of_other_fields_is_no_conflict_of_words(editor, publisher):
    briefing = make_briefing(BODY)
    sent = opened(editor, briefing, body="Mine.", number=1)
    Briefing.objects.filter(pk=briefing.pk).update(language="fr")
    assert editor.get(at(briefing, "news"), {"window": sent["window"]}).json()["news"] == ""
    assert editor.post(at(briefing), sent, headers=JSON).json()["saved"]


def test_others_are_named_with_what_they_hold_and_what_they_saved(editor, publisher):
    briefing = make_briefing(BODY)
    mine, theirs = opened(editor, briefing), opened(publisher, briefing)
    publisher.post(at(briefing, "keep"), theirs | {"number": 1, "body": "Theirs."})
    news = editor.get(at(briefing, "news"), {"window": mine["window"]}).json()["news"]
    assert "has this briefing open, with unsaved text." in news and "Theirs" not in news
    publisher.post(at(briefing), theirs | {"number": 2, "body": "Theirs."}, headers=JSON)
    news = editor.get(at(briefing, "news"), {"window": mine["window"]}).json()["news"]
    assert "saved a newer text on" in news and "unsaved" not in news
    publisher.post(at(briefing, "keep"), theirs | {"number": 9, "body": "Theirs.", "closing": "1"})
    assert "open" not in editor.get(at(briefing, "news"), {"window": mine["window"]}).json()["news"]


# What was left


def test_unsaved_text_is_offered_taken_up_compared_and_thrown_away(editor):
    briefing = make_briefing(BODY)
    sent = opened(editor, briefing, body=BODY + "\nUnsaved.\n", number=1)
    editor.post(at(briefing, "keep"), sent | {"closing": "1"})
    page = editor.get(at(briefing))
    assert page.context["text"].body == BODY and len(page.context["left"]) == 1
    offer = page.context["left"][0]
    assert "<ins>\n\nUnsaved.</ins>" in editor.get(offer["compare"]).content.decode().replace("\r", "")
    taken = editor.post(offer["address"], {"do": "take"})
    desk = editor.get(taken.url)
    assert "Unsaved." in desk.context["text"].body and not desk.context["left"]
    editor.post(at(briefing, "keep"), form_of(desk, number=5, closing="1"))
    offer = editor.get(at(briefing)).context["left"][0]
    editor.post(offer["address"], {"do": "discard"})
    assert not editor.get(at(briefing)).context["left"]
    briefing.refresh_from_db()
    assert briefing.body == BODY


def test_200_kilobytes_are_looked_at_kept_and_merged(editor, publisher):
    body = "".join(f"A sentence of a very long text, number {n}.\n\n" for n in range(4_500))
    briefing = make_briefing(body)
    told = stale(
        editor, publisher, briefing, body.replace("number 7.", "seven."), body.replace("number 4400.", "last.")
    )
    page = editor.get(told["merge"])
    assert page.context["conflicts"] == 0 and len(page.content) < 30_000
    editor.post(told["merge"], {"seen": page.context["seen"], "do": "save"})
    briefing.refresh_from_db()
    assert briefing.body == body.replace("number 7.", "seven.").replace("number 4400.", "last.")


def left_unsaved(client):
    """What the front page counts of texts left unsaved, and where that leads."""
    lines = client.get("/admin/").context["waiting"]
    return [(address, number) for address, number, words in lines if "left unsaved" in str(words)]


def test_the_front_page_says_where_one_left_unsaved_text_and_to_nobody_else(editor, publisher):
    briefing = make_briefing(BODY, title="Half written")
    sent = opened(editor, briefing, body="Unsaved.", number=1)
    editor.post(at(briefing, "keep"), sent)
    assert left_unsaved(editor) == [], "the window is open still"
    closing = {name: sent[name] for name in ("window", "base_version")} | {"number": 0, "closing": "1"}
    editor.post(at(briefing, "keep"), closing)
    assert WritingWindow.objects.get().body == "Unsaved."
    assert left_unsaved(editor) == [(at(briefing), 1)]
    assert left_unsaved(publisher) == []


def test_an_open_page_can_be_saved_after_one_has_logged_in_again():
    user = make_user(Role.EDITOR)
    client, briefing = Client(enforce_csrf_checks=True), make_briefing(BODY)
    client.force_login(user)
    sent = opened(client, briefing, body="New.", number=1)
    client.post("/admin/login/", {"username": user.username, "password": "secret"})
    sent["csrfmiddlewaretoken"] = "x" * 64
    assert client.post(at(briefing), sent, headers=JSON).status_code == 403
    sent["csrfmiddlewaretoken"] = client.get(at(briefing, "news"), {"window": sent["window"]}).json()["token"]
    assert client.post(at(briefing), sent, headers=JSON).json()["saved"]


# Links


def test_the_list_and_the_record_lead_to_the_desk(editor):
    briefing = make_briefing(BODY)
    listed = editor.get("/admin/briefings/briefing/").content.decode()
    assert at(briefing) in listed and 'href="/admin/writing/"' in listed
    change = editor.get(f"/admin/briefings/briefing/{briefing.pk}/change/")
    assert change.context["tools"][0][0] == at(briefing)
