"""The drift list as an editor meets it in a real Chromium: decided by keyboard, read on a phone, open to everybody."""

import pytest
from playwright.sync_api import expect

from briefings.editorial.drift import check_source
from briefings.models import PassageCheck
from briefings.permissions import Role
from tests.browser.barriers import assert_accessible
from tests.editorial.pages import JOINS, PARAGRAPHS, TWO_MORE, capture, changed, cite, days
from tests.editorial.pages import page as article
from tests.factories import make_user


@pytest.fixture
def drifted(transactional_db, news):
    """A source with one passage altered and another gone, one page that is gone, and one behind a paywall."""
    copy = capture()
    _statements, briefing = cite(copy, JOINS, TWO_MORE)
    news.serve(article([*changed("joins what", "connects what")[:3], PARAGRAPHS[4]]))
    check_source(copy.source, now=days(1))
    for key, status in (("lost", "404 Not Found"), ("paid", "402 Payment Required")):
        other = capture(key=key, address=f"http://paper.example/{key}")
        news.serve(b"", status=status, path=f"/{key}")
        for day in (2, 5, 8):
            check_source(other.source, now=days(day))
    return briefing


@pytest.fixture
def desk(drifted, live_server, page):
    make_user(Role.EDITOR, username="amina", password="secret")
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username:").fill("amina")
    page.get_by_label("Password:").fill("secret")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The desk")).to_be_visible()
    return f"{live_server.url}/admin/"


def to(page, name):
    """Move the focus by Tab alone to the next thing of this name."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim() || document.activeElement.name").startswith(name):
            return
    raise AssertionError(f"Tab never reaches {name}")


def test_an_editor_decides_about_a_changed_passage_by_keyboard(desk, page):
    to(page, "2 passages to decide about")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Pages that changed")).to_be_visible()
    expect(page.get_by_role("deletion")).to_contain_text("joins")
    expect(page.get_by_role("insertion")).to_contain_text("connects")
    to(page, "note")
    to(page, "note")
    page.keyboard.type("The speech is on film.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("It stands as first captured.")).to_be_visible()
    expect(page.get_by_role("deletion")).to_have_count(0)
    decided = PassageCheck.objects.get(note="The speech is on film.")
    assert (decided.remedy, decided.passage.exact, decided.decided_by.username) == ("stands", JOINS, "amina")


def test_a_source_is_checked_again_from_the_list(desk, page, news):
    news.serve(b"", status="404 Not Found", path="/paid")
    page.goto(f"{desk}drift/?show=undecided")
    page.get_by_role("button", name="Check again").press("Enter")
    expect(page.get_by_text("Failed 1 of 3 times").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_and_what_readers_are_told_break_no_rule(desk, drifted, page, scheme):
    page.emulate_media(color_scheme=scheme)
    for shown in ("passages", "decided", "gone", "undecided", "changed"):
        page.goto(f"{desk}drift/?show={shown}")
        assert_accessible(page)
    site = desk.removesuffix("/admin/")
    for path in ("/sources/bridge/", "/sources/lost/", drifted.get_absolute_url(), f"{drifted.get_absolute_url()}#n1"):
        page.goto(f"{site}{path}")
        assert_accessible(page)
    page.goto(f"{desk}")
    assert_accessible(page)


def test_nothing_scrolls_sideways_on_a_phone(desk, drifted, page):
    page.set_viewport_size({"width": 390, "height": 844})
    site = desk.removesuffix("/admin/")
    for path in ("/admin/", "/admin/drift/", "/admin/drift/?show=gone", "/sources/bridge/", drifted.get_absolute_url()):
        page.goto(f"{site}{path}")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 1, f"{path} is {wide} px too wide"
