"""The review desk in a real Chromium: marks by keyboard, a guest who comments; light, dark and on a phone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from briefings.editorial.marks import sheet
from briefings.models import Comment, SentenceMark, StatementKind
from briefings.permissions import Role
from tests.browser.barriers import assert_accessible
from tests.factories import make_briefing, make_snapshot, make_statement, make_user


@pytest.fixture
def briefing(transactional_db):
    copy = make_snapshot("Head.\n\nThe minister wanted more money. It has 194 members, and “a seat in Lyon”.\n")
    told = make_statement(
        "It asked for money.", kind=StatementKind.PARAPHRASE, words="wanted more money", snapshot=copy
    )
    members = make_statement("It has members.", kind=StatementKind.ASSERTION, words="has 194 members", snapshot=copy)
    quoted = make_statement("a seat in Lyon", snapshot=copy)
    body = f"# Money\n\nHe wanted money.[@{told.key}] It has 195 members.[@{members.key}] No source here."
    return make_briefing(
        f"{body}\n\n> A seat in Lyon.\n>\n> — It says so[@{quoted.key}]\n\nIt sits there.[@{quoted.key}]"
    )


def test_a_briefing_is_marked_by_keyboard_shown_to_a_guest_and_commented_on(page, live_server, briefing):
    site, user = live_server.url, make_user(Role.EDITOR, username="amina", password="secret")
    page.goto(f"{site}/admin/login/?next={reverse('admin:desk-review', args=[briefing.pk])}")
    page.keyboard.type("amina")
    page.keyboard.press("Tab")
    page.keyboard.type("secret")
    page.keyboard.press("Enter")
    rows, status = page.locator(".row"), page.locator(".review-said")
    expect(rows).to_have_count(5)
    expect(page.locator("[data-progress]")).to_have_text("0 of 5 read")
    assert_accessible(page)

    page.keyboard.press("1")
    expect(page.locator("[data-progress]")).to_have_text("1 of 5 read")
    expect(rows.nth(1)).to_have_class("row open on")  # on to the next that is open
    page.keyboard.press("n")
    expect(status).to_contain_text("Say in the note")
    page.keyboard.type("194, not 195.")
    page.keyboard.press("Enter")
    expect(page.locator("[data-progress]")).to_have_text("2 of 5 read · 1 not supported")
    page.keyboard.press("k")
    expect(rows.nth(1)).to_have_class("row not on")
    page.keyboard.press("j")
    for read in ("3 of 5", "4 of 5"):
        page.keyboard.press("s")
        expect(page.locator("[data-progress]")).to_contain_text(read)
    rows.nth(4).get_by_text("Partly").click()
    page.keyboard.type("Only a seat.")
    page.keyboard.press("Enter")
    expect(page.locator("[data-progress]")).to_contain_text("5 of 5")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.keyboard.type("Where is it?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The comment is kept.")).to_be_visible()
    assert [mark.support for mark in SentenceMark.objects.order_by("pk")] == [
        "supported", "not", "supported", "supported", "partly",
    ]  # fmt: skip
    assert [read.mark.created_by for read in sheet(briefing).reads] == [user] * 5 and len(sheet(briefing).open) == 1
    assert Comment.objects.get().paragraph == 4

    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert_accessible(page)
    page.get_by_label("For whom").fill("Sana Malik")
    page.get_by_role("button", name="Make a link").click()
    preview = page.get_by_label("Address").input_value()

    guest = page.context.browser.new_context()
    there = guest.new_page()
    there.goto(preview.replace("http://testserver", site))
    assert_accessible(there)
    there.get_by_text("Comment on paragraph 2", exact=True).click()
    there.get_by_label("Your comment on paragraph 2").fill("It was 194.")
    there.locator("#b2").get_by_role("button", name="Send the comment").click()
    expect(there.get_by_role("status")).to_contain_text("Your comment is kept")
    expect(there.get_by_text("It was 194.")).to_be_visible()
    assert not guest.cookies()
    there.set_viewport_size({"width": 390, "height": 844})
    there.emulate_media(color_scheme="dark")
    assert there.evaluate("document.documentElement.scrollWidth") <= 390
    assert_accessible(there)
    guest.close()
