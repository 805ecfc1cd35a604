"""Citing at the writing desk in a real Chromium: the picker by keyboard, completed keys, words that were pasted."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from briefings.models import Statement
from briefings.permissions import Role
from tests.browser.barriers import assert_accessible
from tests.factories import make_briefing, make_user

COLLABORATIVE = "The growing challenge of globalisation at all levels requires a collaborative approach"
KEY = "iqbal-2017-collaborative"


@pytest.fixture
def desk(page, site):
    """The writing desk with a briefing of one's own, the focus at the end of its text."""
    user = make_user(Role.PUBLISHER, username="amina", password="secret")
    page.goto(f"{site}/admin/login/")
    page.fill("#id_username", "amina")
    page.fill("#id_password", "secret")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The desk")).to_be_visible()
    briefing = make_briefing("He said so.", created_by=user)
    page.goto(site + reverse("admin:desk-writing", args=[briefing.pk]))
    expect(page.get_by_role("button", name=re.compile("^Cite"))).to_be_visible()
    page.locator("#id_body").focus()
    page.keyboard.press("Control+End")
    return page


def body(page):
    return page.locator("#id_body")


def open_picker(page, words, key):
    """Open the picker by its key, and type until the statement with `key` is there."""
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type(words)
    expect(page.get_by_role("option").first).to_contain_text(f"@{key}")


def paste(page, words):
    """Paste as a person does: the event with its words, then the words in the text."""
    page.evaluate(
        """(words) => {
          const text = document.querySelector("#id_body");
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", words);
          const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
          if (text.dispatchEvent(event)) document.execCommand("insertText", false, words);
        }""",
        words,
    )


def test_a_statement_is_cited_by_keyboard_and_the_focus_is_where_it_was(desk):
    open_picker(desk, "globalisation levels", KEY)
    assert_accessible(desk)
    desk.keyboard.press("Enter")
    expect(body(desk)).to_have_value(f"He said so.[@{KEY}]")
    expect(body(desk)).to_be_focused()
    # inside a citation another key joins it, once
    for _time in range(2):
        desk.keyboard.press("ArrowLeft")
        open_picker(desk, "global networks", "iqbal-2017-networks")
        desk.keyboard.press("Enter")
        expect(body(desk)).to_be_focused()
    expect(body(desk)).to_have_value(f"He said so.[@{KEY}; @iqbal-2017-networks]")
    # Enter takes what answers the words as they are, not what still stands there from before
    desk.keyboard.press("Control+k")
    expect(desk.get_by_role("combobox")).to_be_focused()
    desk.keyboard.type("working on modernising police force")
    desk.keyboard.press("Enter")
    expect(body(desk)).to_have_value(re.compile(r"@iqbal-2017-police\]$"), timeout=20_000)
    desk.keyboard.press("Control+z")
    # Escape gives the place back
    desk.keyboard.press("Control+Home")
    desk.keyboard.press("Control+k")
    expect(desk.get_by_role("combobox")).to_be_focused()
    desk.keyboard.press("Escape")
    expect(body(desk)).to_be_focused()
    desk.keyboard.type("Yes. ")
    expect(body(desk)).to_have_value(re.compile("^Yes. He said so"))
    # what was written can be taken back as anything typed
    desk.keyboard.press("Control+z")
    expect(body(desk)).not_to_have_value(re.compile("^Yes. He"))


def test_a_quotation_comes_with_marks_words_and_citation_and_a_source_offers_its_statements(desk):
    words = Statement.objects.get(key=KEY).text
    desk.keyboard.press("Control+k")
    desk.keyboard.type("urges cooperation tackle")
    source = desk.get_by_role("option").filter(has_text="statements").first
    source.click()
    expect(desk.get_by_label("Source", exact=True)).to_have_value("dawn-2017-interpol-beijing")
    desk.keyboard.type("globalisation levels")
    expect(desk.get_by_role("option").first).to_contain_text(f"@{KEY}")
    desk.keyboard.press("Shift+Enter")
    expect(body(desk)).to_have_value(f"He said so. “{words}”[@{KEY}]")


def test_a_key_is_completed_while_it_is_typed_and_closed_lists_take_no_keys(desk):
    desk.keyboard.type("[@iqbal-2017-coll")
    listed = desk.get_by_role("listbox", name="Statements to cite")
    expect(listed.get_by_role("option").first).to_contain_text(KEY)
    expect(body(desk)).to_have_attribute("aria-activedescendant", "cite-completions-0")
    assert_accessible(desk)
    desk.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    desk.keyboard.press("Backspace")
    expect(listed.get_by_role("option").first).to_contain_text(KEY)
    desk.keyboard.press("Tab")
    expect(body(desk)).to_have_value(f"He said so.[@{KEY}]")
    desk.keyboard.press("Enter")
    desk.keyboard.press("Enter")
    desk.keyboard.type("On.")
    expect(body(desk)).to_have_value(f"He said so.[@{KEY}]\n\nOn.")
    desk.keyboard.press("Tab")
    expect(body(desk)).not_to_be_focused()


def test_pasted_words_that_stand_in_a_source_can_be_cited_and_others_pass_in_silence(desk):
    offers = desk.locator(".cite-offer")
    desk.keyboard.press("Enter")
    paste(desk, "Words that nobody has printed anywhere at all")
    desk.keyboard.press("Enter")
    paste(desk, COLLABORATIVE)
    expect(offers).to_have_count(1)
    assert_accessible(desk)
    expect(body(desk)).to_be_focused()
    desk.keyboard.type(" Indeed.")
    desk.get_by_role("button", name=f"Quote and cite {KEY}").press("Enter")
    expect(body(desk)).to_have_value(re.compile(rf"all\n“{COLLABORATIVE}”\[@{KEY}\] Indeed\.$"))
    expect(body(desk)).to_be_focused()
    expect(offers).to_have_count(0)
    # words in the text are looked up by a button, whoever wrote them
    desk.keyboard.press("Control+a")
    desk.keyboard.type(f"He said {COLLABORATIVE}")
    body(desk).evaluate("(text) => text.setSelectionRange(8, text.value.length)")
    desk.get_by_role("button", name="Where does this stand?").press("Enter")
    expect(offers).to_have_count(1)
    offers.get_by_role("button", name="Leave it").press("Enter")
    expect(offers).to_have_count(0)
    expect(body(desk)).to_be_focused()
    # words that no statement has yet go to the reading desk, selected there
    desk.keyboard.press("Control+End")
    paste(desk, "at the 86th General Assembly of Interpol in Beijing")
    with desk.context.expect_page() as opened:
        offers.get_by_role("button", name="Make a statement from these words").click()
    expect(opened.value.locator(".selected-words")).to_contain_text("86th General Assembly")


def test_the_picker_and_its_pages_are_accessible_in_the_dark_and_fit_a_phone(desk, site):
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.emulate_media(color_scheme="dark")
    desk.keyboard.press("Control+k")
    expect(desk.get_by_role("option").first).to_be_visible()
    assert_accessible(desk)
    statement = Statement.objects.get(key=KEY)
    source = statement.evidence.first().snapshot.source
    places = [("source", source.pk), ("statement", statement.pk)]
    pages = [reverse("admin:desk-cite") + "?q=globalisation+levels"]
    for address in [*pages, *(reverse("admin:desk-cite-in", args=place) for place in places)]:
        desk.goto(site + address)
        assert_accessible(desk)
        wide = desk.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 1, f"{address} is {wide} px too wide"
