"""The writing desk in a real Chromium: it follows what is typed, and two editors on one briefing lose no word."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from briefings.models import Briefing, WritingWindow
from briefings.permissions import Role
from tests.browser.barriers import assert_accessible
from tests.factories import make_briefing, make_statement, make_user

BODY = "The first paragraph stands here.\n\nThe second paragraph stands there.\n"


def log_in(browser, site, username, role=Role.EDITOR, **options):
    """A page of a browser of its own, in which somebody is logged in."""
    client = Client()
    client.force_login(make_user(role, username=username, first_name=username.title()))
    context = browser.new_context(**options)
    context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": site}])
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"{username}: {error}"))
    refused = lambda said: "Content Security Policy" in said.text and pytest.fail(said.text)  # noqa: E731
    page.on("console", refused)
    return page


def open_desk(page, site, briefing):
    page.goto(site + reverse("admin:desk-writing", args=[briefing.pk]))
    expect(shown_in(page).locator(".block").first).to_be_visible()


def shown_in(page):
    return page.frame_locator("iframe")


def write_at_end(page, words):
    page.locator("#id_body").focus()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(words)


def state(page, words):
    expect(page.locator("[data-state]")).to_have_text(re.compile(words))


def test_two_editors_on_one_briefing_lose_no_word(browser, live_server, transactional_db):
    site, briefing = live_server.url, make_briefing(BODY, title="Both write here")
    amina, bilal = (log_in(browser, site, name) for name in ("amina", "bilal"))
    open_desk(amina, site, briefing)
    open_desk(bilal, site, briefing)
    write_at_end(amina, "\nAmina adds a paragraph.\n")
    expect(shown_in(amina).get_by_text("Amina adds a paragraph.")).to_be_visible()
    amina.locator("#id_title").focus()  # leaving the text keeps it
    state(amina, "kept in case")
    bilal.evaluate("document.querySelector('writing-desk').news()")
    expect(bilal.locator("[data-news-place]")).to_contain_text("Amina has this briefing open, with unsaved text.")

    bilal.locator("#id_body").focus()
    bilal.keyboard.press("Control+Home")
    bilal.keyboard.insert_text("Bilal begins. ")
    write_at_end(bilal, "\nBilal ends it.\n")
    bilal.keyboard.press("Control+s")
    state(bilal, "Saved")
    assert Briefing.objects.get().body == "Bilal begins. " + BODY + "\nBilal ends it.\n"

    amina.locator("#id_body").focus()
    amina.keyboard.press("Control+s")
    expect(amina.get_by_role("heading", name="Two texts, word by word")).to_be_visible()
    assert WritingWindow.objects.get(user__username="amina").body == BODY + "\nAmina adds a paragraph.\n"
    assert_accessible(amina)
    amina.get_by_label("Both, one after the other").check()
    amina.get_by_role("button", name="Save the merged text").press("Enter")
    expect(amina.get_by_text("the text holds what both of you wrote")).to_be_visible()
    whole = "Bilal begins. " + BODY + "\nAmina adds a paragraph.\n\nBilal ends it.\n"
    assert Briefing.objects.get().body == whole
    expect(amina.locator("#id_body")).to_have_value(whole)
    for page in (amina, bilal):
        page.context.close()


def test_the_desk_follows_what_is_typed_keeps_it_through_a_crash_and_is_accessible(
    browser, live_server, transactional_db
):
    statement = make_statement("peace is work")
    body = (
        "".join(f"Paragraph {number}.\n\n" for number in range(60)) + f"He said “peace is work” [@{statement.key}].\n"
    )
    site, briefing = live_server.url, make_briefing(body)
    page = log_in(browser, site, "amina")
    open_desk(page, site, briefing)
    write_at_end(page, "\nHe said “war is over” 😀.")
    last = shown_in(page).get_by_text("war is over")
    expect(last).to_be_in_viewport()
    top = "document.querySelector('iframe').contentDocument.scrollingElement.scrollTop"
    place = page.evaluate(top)
    page.keyboard.insert_text(" More.")
    expect(last).to_contain_text("More.")
    assert place > 0 and page.evaluate(top) == place

    page.keyboard.press("Control+Home")
    page.keyboard.press("Control+e")
    expect(page.get_by_role("button", name="Line 123").first).to_be_focused()
    page.keyboard.press("Enter")
    chosen = "field => field.value.slice(field.selectionStart, field.selectionEnd)"
    assert page.locator("#id_body").evaluate(chosen).startswith("He said “war is over” 😀.")
    page.keyboard.press("F6")
    expect(page.locator("#writing-preview")).to_be_focused()
    page.keyboard.press("F6")
    expect(page.locator("#writing-checks")).to_be_focused()
    assert_accessible(page)

    page.locator("#id_title").focus()
    state(page, "kept in case")
    page.evaluate("navigator.sendBeacon = () => true")  # a browser that crashes sends no more
    open_desk(page, site, briefing)
    page.get_by_role("button", name="Take it up").click()
    expect(page.locator("#id_body")).to_have_value(re.compile("war is over” 😀. More"))
    assert Briefing.objects.get().body == body
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()
