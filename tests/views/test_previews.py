"""The page behind a preview link, as its guest meets it: no account, no cookie, nothing that may be found or kept."""

import re

import pytest
from django.core.signing import TimestampSigner
from django.test import Client
from django.urls import reverse

from briefings.editorial.previews import make, revoke, token_of
from briefings.models import Comment, StatementKind
from briefings.permissions import Role
from tests.factories import make_briefing, make_illustration, make_statement, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def briefing():
    cited = make_statement("It asked for money.", kind=StatementKind.PARAPHRASE, words="wanted more money")
    make_statement("Nobody cites this.", words="and nobody shall see it")
    return make_briefing(f"# Head\n\nIt wanted money.[@{cited.key}]\n\nLast words.")


@pytest.fixture
def link(briefing):
    return make(briefing, by=make_user(Role.EDITOR), guest="Sana <Malik>", days=7)


@pytest.fixture
def address(link):
    return reverse("preview", args=[token_of(link)])


@pytest.fixture
def guest():
    return Client(enforce_csrf_checks=True)


def text_of(answer):
    return answer.content.decode()


def send(guest, address, text, paragraph="2", **fields):
    form = re.search(r'name="form" value="([^"]+)"', text_of(guest.get(address)))[1]
    return guest.post(address, {"comment": text, "paragraph": paragraph, "form": form, "website": "", **fields})


def test_a_guest_reads_the_very_page_with_what_it_cites_and_no_other_draft(guest, address, link):
    page = text_of(guest.get(address))
    assert "It wanted money." in page and "wanted more money" in page
    assert "nobody shall see it" not in page
    assert "Sana &lt;Malik&gt;" in page and "version 1" in page and link.expires_at.strftime("%Y") in page
    assert page.count("<textarea") == 4  # three paragraphs and the whole text
    assert 'rel="canonical"' not in page


def test_the_page_sets_no_cookie_and_is_neither_found_nor_kept(guest, address):
    for answer in (guest.get(address), send(guest, address, "x"), guest.get("/preview/x/"), send(guest, address, "")):
        assert not answer.cookies and "Set-Cookie" not in answer.headers
    answer = guest.get(address)
    assert "no-store" in answer["Cache-Control"] and "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "no-referrer" and '<meta name="robots" content="noindex">' in text_of(answer)
    assert "Disallow: /preview/\n" in text_of(guest.get("/robots.txt"))
    assert "preview" not in text_of(guest.get("/sitemap.xml"))


def test_it_shows_the_version_that_it_names(guest, address, briefing):
    briefing.body = "All of it is new."
    briefing.save()
    page = text_of(guest.get(address))
    assert "It wanted money." in page and "All of it is new." not in page
    assert guest.get(briefing.get_absolute_url()).status_code == 404


def test_a_comment_is_kept_beside_its_paragraph(guest, address, link):
    answer = send(guest, address, "Which <year>?\r\nThis one?\x00")
    assert answer.status_code == 302 and answer.url == f"{address}?kept=yes#b2"
    said = Comment.objects.get()
    assert (said.text, said.paragraph, said.guest, said.link) == (
        "Which <year>?\nThis one?", 2, "Sana <Malik>", link,
    )  # fmt: skip
    page = text_of(guest.get(answer.url))
    assert "Which &lt;year&gt;?" in page and "Your comment is kept" in page
    assert send(guest, address, "On all.", paragraph="").url.endswith("#whole")
    assert Comment.objects.last().paragraph is None


def test_a_guest_sees_no_comment_of_others(guest, address, briefing):
    Comment.objects.create(briefing=briefing, text="Among ourselves.", paragraph=2)
    assert "Among ourselves." not in text_of(guest.get(address))


def test_what_is_not_taken_is_said_and_kept(guest, address, monkeypatch):
    for text, fields, why in [
        ("", {}, "no comment yet"),
        ("x" * 5001, {}, "at most 5,000 letters"),
        ("My words.", {"website": "https://spam.example"}, "not for people"),
        ("My words.", {"form": "forged"}, "open for a long time"),
        ("My words.", {"form": TimestampSigner(salt="briefings.preview.form").sign("999")}, "open for a long time"),
        ("My words.", {"paragraph": "99"}, "not in this text any more"),
        ("My words.", {"paragraph": "1e9"}, "not in this text any more"),
        ("My words.", {"paragraph": "9" * 50}, "not in this text any more"),
    ]:
        answer = send(guest, address, text, **fields)
        page = text_of(answer)
        assert answer.status_code == 400 and why in page and text in page
    assert guest.post(address, {}).status_code == 400
    monkeypatch.setattr("briefings.views.previews.A_WEEK", -1)
    assert "open for a long time" in text_of(send(guest, address, "Late."))
    assert not Comment.objects.exists()


def test_a_flood_is_stopped(guest, address):
    for number in range(10):
        assert send(guest, address, f"{number}").status_code == 302
    answer = send(guest, address, "One more.")
    assert answer.status_code == 400 and "Try in a minute" in text_of(answer) and "One more." in text_of(answer)
    assert Comment.objects.count() == 10


def test_a_wrong_key_is_not_found_and_an_old_one_is_over(guest, address, link):
    for wrong in (address[:-2] + "x/", "/preview/1/", "/preview/1-2.x/", f"/preview/{'9' * 4000}/", "/preview/%00/"):
        answer = guest.get(wrong)
        assert answer.status_code == 404 and "no-store" in answer.headers.get("Cache-Control", "no-store")
    revoke(link, by=make_user(Role.EDITOR))
    answer = guest.get(address)
    assert answer.status_code == 410 and "ask whoever sent you" in text_of(answer)
    assert "It wanted money." not in text_of(answer) and "no-store" in answer["Cache-Control"]
    assert guest.post(address, {"comment": "x"}).status_code == 410
    assert guest.put(address).status_code == 405


def test_pictures_of_the_draft_show_to_the_guest_alone(guest, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "illustrations").mkdir()
    (tmp_path / "illustrations" / "x.png").write_bytes(b"\x89PNG")
    briefing = make_briefing("![](hall)\n\nWords.")
    make_illustration(briefing, key="hall")
    make_illustration(briefing, key="unused", file="illustrations/y.png")
    link = make(briefing, by=make_user(Role.EDITOR), guest="Sana", days=3)
    address = reverse("preview-picture", args=[token_of(link), "hall"])
    assert address in text_of(guest.get(reverse("preview", args=[token_of(link)])))
    answer = guest.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png") and "no-store" in answer["Cache-Control"]
    assert guest.get("/media/illustrations/x.png").status_code == 404
    assert guest.get(reverse("preview-picture", args=[token_of(link), "unused"])).status_code == 404
    revoke(link, by=make_user(Role.EDITOR))
    assert guest.get(address).status_code == 410
