"""Readers' reports: no cookie, no account, no flood, and no word lost."""

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from briefings import report_forms
from briefings.editorial import retract
from briefings.editorial.corrections import correct_briefing
from briefings.editorial.reports import answer, close
from briefings.models import Citation, ReaderReport
from briefings.permissions import Role
from tests.factories import make_briefing, make_published_briefing, make_user

pytestmark = pytest.mark.django_db
WRONG = "The minister spoke on Tuesday, not on Monday."


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def briefing():
    return make_published_briefing(slug="first")


def token_of(briefing, ago=10, **changes):
    """The token of a form that was shown so many seconds ago."""
    held = signing.loads(report_forms.fresh_token(briefing), salt=report_forms.SALT)
    return signing.dumps({**held, "at": int(timezone.now().timestamp()) - ago, **changes}, salt=report_forms.SALT)


def send(client, briefing, text=WRONG, **fields):
    given = {"text": text, "note": "", "contact": "", "website": "", "token": token_of(briefing), **fields}
    return client.post(f"/briefings/{briefing.slug}/report/", given)


def refused(response):
    """The page that came back: it says so, and nothing was kept."""
    assert response.status_code == 400
    shown = response.content.decode()
    assert "Everything you typed is kept" in shown
    return shown


def test_a_report_gets_a_number_and_a_private_address_without_any_cookie(client, briefing):
    shown = client.get("/briefings/first/report/?note=1")
    sent = send(client, briefing, note="1", contact="A. Reader")
    one = ReaderReport.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, f"/reports/{one.secret}/")
    found = client.get(sent["Location"])
    assert one.number in found.content.decode() and WRONG in found.content.decode()
    assert (one.briefing, one.of_version, one.contact) == (briefing, 1, "A. Reader")
    assert one.statement == Citation.objects.get().statement
    for response in (shown, sent, found):
        assert not response.cookies
        assert "no-store" in response["Cache-Control"] and "noindex" in response["X-Robots-Tag"]
    assert found["Referrer-Policy"] == "no-referrer"
    assert 'value="1"' in shown.content.decode()


def test_a_form_is_taken_without_a_csrf_cookie_and_with_its_own_token_alone(briefing):
    strict = Client(enforce_csrf_checks=True)
    assert send(strict, briefing).status_code == 302
    assert "open for long" in refused(send(strict, briefing, token=""))


def test_sent_twice_it_is_one_report_and_other_words_are_another(client, briefing):
    token = token_of(briefing)
    first, again = send(client, briefing, token=token), send(client, briefing, token=token)
    assert first["Location"] == again["Location"]
    other = send(client, briefing, "And on page 2.", token=token)
    assert other["Location"] != first["Location"]
    assert ReaderReport.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": "  "}, "Write a sentence"),
        ({"text": "x" * 5001}, "5000"),
        ({"text": "x" * 200_000}, "5000"),
        ({"note": "99"}, "no note with that number"),
        ({"note": "-1"}, "numbered from 1"),
        ({"note": "three"}, "Write the number"),
        ({"note": "9" * 400}, "no note"),
        ({"contact": "x" * 201}, "200"),
        ({"website": "https://spam.example"}, "a person leaves it empty"),
        ({"token": ""}, "open for long"),
        ({"token": "x" * 1000}, "300"),
        ({"token": "forged"}, "open for long"),
    ],
)
def test_what_cannot_be_taken_comes_back_with_its_words_and_a_reason(client, briefing, fields, said):
    shown = refused(send(client, briefing, **{"contact": "kept name", **fields}))
    assert said in shown
    assert fields.get("text", WRONG).strip()[:40] in shown
    assert not ReaderReport.objects.exists()


def test_nul_bytes_are_left_out(client, briefing):
    assert send(client, briefing, "A\x00B", contact="\x00").status_code == 302
    assert ReaderReport.objects.get().text == "AB"


def test_hostile_words_are_shown_as_words(client, briefing):
    sent = send(client, briefing, "<script>alert(1)</script>")
    assert "&lt;script&gt;" in client.get(sent["Location"]).content.decode()


def test_a_robot_is_too_quick_and_an_old_form_gets_another_chance(client, briefing):
    quick = token_of(briefing, ago=0)
    shown = refused(send(client, briefing, token=quick))
    assert "quick" in shown and quick in shown
    elsewhere = token_of(make_published_briefing())
    assert elsewhere not in refused(send(client, briefing, token=elsewhere))


def test_a_token_ends_after_a_day(client, briefing, monkeypatch):
    token = token_of(briefing)
    monkeypatch.setattr(report_forms, "LATEST", -1)
    assert "open for long" in refused(send(client, briefing, token=token))


def test_a_reader_is_slowed_down_after_some_reports_and_others_are_not(client, briefing):
    for number in range(report_forms.PER_READER):
        assert send(client, briefing, f"{WRONG} {number}").status_code == 302
    assert "many reports" in refused(send(client, briefing))
    assert client.post(
        "/briefings/first/report/",
        {"text": WRONG, "token": token_of(briefing)},
        REMOTE_ADDR="192.0.2.7",
    ).status_code == 302  # fmt: skip
    assert not any("127.0.0.1" in key for key in cache._cache)


def test_a_network_of_ipv6_is_one_reader(client, briefing):
    for number in range(report_forms.PER_READER):
        client.post("/briefings/first/report/", {"text": f"{number}", "token": token_of(briefing)},
                    REMOTE_ADDR=f"2001:db8::{number + 1}")  # fmt: skip
    answered = client.post("/briefings/first/report/", {"text": WRONG, "token": token_of(briefing)},
                           REMOTE_ADDR="2001:db8::ffff")  # fmt: skip
    assert answered.status_code == 400


def test_behind_a_proxy_the_reader_is_whom_the_proxy_saw(client, briefing, settings, rf):
    seen = rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "6.6.6.6, 192.0.2.7"})
    told = rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "192.0.2.7"})
    assert report_forms.reader_of(seen) == report_forms.reader_of(rf.get("/", REMOTE_ADDR="10.0.0.1"))
    settings.BEHIND_PROXY = True
    assert report_forms.reader_of(seen) == report_forms.reader_of(told)


def test_a_briefing_takes_so_many_reports_an_hour_from_everybody_together(client, briefing, monkeypatch):
    monkeypatch.setattr(report_forms, "PER_BRIEFING", 1)
    send(client, briefing)
    assert "many reports" in refused(send(client, briefing, "Another."))


def test_only_what_is_public_has_a_form(client):
    assert client.get(f"/briefings/{make_briefing().slug}/report/").status_code == 404
    gone = make_published_briefing()
    retract(gone, by=make_user(Role.PUBLISHER), reason="Made up.")
    assert send(client, gone).status_code == 410
    for secret in ("x", "x" * 300, "%00"):
        assert client.get(f"/reports/{secret}/").status_code == 404
    assert client.put("/briefings/x/report/").status_code == 405


def test_the_reader_finds_the_answer_and_the_correction(client, briefing):
    publisher = make_user(Role.PUBLISHER)
    address = send(client, briefing)["Location"]
    one = ReaderReport.objects.get()
    answer(one, by=publisher, text="You are right.\nThank you.", seen=1)
    assert "You are right.<br>Thank you." in client.get(address).content.decode()
    correct_briefing(
        briefing, by=publisher, kind="clarification", said="", says="", why="It was on a Tuesday.", report=one
    )
    shown = client.get(address).content.decode()
    assert "What we corrected" in shown and "It was on a Tuesday." in shown


def test_a_report_that_was_closed_says_so(client, briefing):
    address = send(client, briefing)["Location"]
    close(ReaderReport.objects.get(), by=make_user(Role.EDITOR), seen=1)
    assert "An editor has read it" in client.get(address).content.decode()


def test_the_page_leads_to_the_form_from_each_note(client, briefing):
    assert "/briefings/first/report/?note=1" in client.get("/briefings/first/").content.decode()
