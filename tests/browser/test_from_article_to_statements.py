"""The whole way in one go: an address on somebody else's server, captured, read at the desk, published. No mouse."""

import re

from playwright.sync_api import expect

from briefings.models import Capture, Source, Statement
from tests.browser.test_reading_desk import log_in, press, tab_to
from tests.newsstand import SEED_ADDRESS, seed_page


def test_an_article_goes_from_its_address_to_published_statements_by_keyboard_alone(page, site, stand):
    stand.put(SEED_ADDRESS, seed_page())
    log_in(page, site, "amina")
    held = set(Statement.objects.values_list("pk", flat=True))

    tab_to(page, "Capture an article")
    page.keyboard.press("Enter")
    expect(page.get_by_label("An address, or the text itself:")).to_be_focused()
    page.keyboard.type(SEED_ADDRESS)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="In Beijing, Ahsan Iqbal urges")).to_be_visible()
    tab_to(page, "Save and read it")
    page.keyboard.press("Enter")

    expect(page.locator(".card.on")).to_be_focused()
    assert re.search(r"/admin/reading/\d+/$", page.url.partition("?")[0].partition("#")[0])
    while page.locator(".card.open").count():
        left = page.locator(".card.open").count()
        press(page, "a", "Accepted as “")
        expect(page.locator(".card.open")).to_have_count(left - 1)
    tab_to(page, "Done with this article")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Done with this article")).to_be_visible()
    tab_to(page, "Publish the drafts")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Publish all of this")).to_be_visible()
    tab_to(page, "Publish all of this")
    page.keyboard.press("Enter")
    expect(page.get_by_text("is public now").first).to_be_visible()

    source = Source.objects.get(captures=Capture.objects.get())
    made = Statement.objects.exclude(pk__in=held)
    assert source.is_public and made.count() > 12 and not made.drafts().exists()
    quoted = made.get(text__startswith="The growing challenge of globalisation")
    evidence = quoted.evidence.get()
    assert (str(quoted.speaker), evidence.name_printed, evidence.verdict) == ("Ahsan Iqbal", "the minister", "exact")
    assert [str(step) for step in evidence.steps.all()] == ["China.org"]
    assert not made.get(text__startswith="Today terrorists").evidence.get().steps.exists()
    assert str(made.get(text__startswith="Countries, while maintaining").speaker) == "Xi Jinping"
    page.context.clear_cookies()
    page.goto(f"{site}{source.get_absolute_url()}")
    expect(page.get_by_text("Captured").first).to_be_visible()
    expect(page.get_by_text("The growing challenge of globalisation").first).to_be_visible()
