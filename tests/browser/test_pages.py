"""Every kind of public page as a person sees it: accessible in light and dark, on a desk and a phone, and no script."""

import re

import pytest
from playwright.sync_api import expect

from briefings.models import Organization
from tests.browser.barriers import barriers

LISTS = ["/briefings/", "/statements/", "/sources/", "/organizations/", "/people/", "/events/", "/topics/"]
DETAILS = [
    "/statements/iqbal-2017-collaborative/",
    "/sources/dawn-2017-interpol-beijing/",
    "/organizations/interpol/",
    "/people/ahsan-iqbal/",
    "/events/interpol-86th-general-assembly/",
    "/topics/international-policing/",
]
OTHERS = [
    "/statements/?kind=quotation&person=ahsan-iqbal",
    "/statements/?person=nobody&since=soon",
    "/nothing/",
    "/topics/pakistan/",
]
SIZES = {"desk": (1280, 860), "phone": (390, 844)}


@pytest.fixture
def pages(site):
    """All kinds of pages, one of them withdrawn, one of values that differ."""
    Organization.objects.filter(slug="france").update(status="retracted", retraction_reason="It stood for nothing.")
    return [site + path for path in ["/", *LISTS, *DETAILS, *OTHERS, "/organizations/france/"]]


@pytest.mark.parametrize(("size", "scheme"), [("desk", "light"), ("desk", "dark"), ("phone", "light")])
def test_every_page_is_accessible_and_fits_its_window(page, pages, size, scheme):
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    page.emulate_media(color_scheme=scheme)
    problems = []
    for address in pages:
        page.goto(address)
        problems += barriers(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        problems += [f"{address} scrolls sideways by {wide} px"] if wide > 0 else []
    assert not problems, "\n".join(problems)


def test_a_list_is_narrowed_without_a_script(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/statements/")
    page.get_by_label("Kind", exact=True).select_option("quotation")
    page.get_by_text("More filters").click()
    page.get_by_label("Said by a person").fill("Ahsan Iqbal")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"/statements/\?kind=quotation&sort=newest&person=Ahsan\+Iqbal$"))
    expect(page.get_by_role("heading", level=2)).to_have_text("3 statements")
    page.get_by_role("link", name="Remove Kind: quotation").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("11 statements")
    context.close()


def test_a_search_in_the_masthead_finds_statements(page, site):
    page.goto(f"{site}/topics/")
    page.get_by_role("searchbox", name="Search statements").fill("cybercrime")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/statements/\?q=cybercrime$"))
    expect(page.locator(".statement-row").first).to_contain_text("cybercrime")


def test_the_keyboard_reaches_the_text_first(page, site):
    page.goto(f"{site}/sources/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the text")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_two_clicks_lead_from_a_claim_to_the_words(page, site):
    page.goto(f"{site}/organizations/interpol/")
    page.locator("dl.facts > div", has_text="Number of members").get_by_role("link", name="according to").click()
    original = page.get_by_role("link", name="Read it in the original")
    expect(page.locator(".passage")).to_contain_text("its 194 member countries")
    assert "#:~:text=" in original.get_attribute("href")


def test_a_passage_is_shown_where_its_link_leads(page, site):
    page.goto(f"{site}/statements/xi-2017-responsibilities/")
    page.get_by_role("link", name="Passage").click()
    expect(page.locator(":target")).to_contain_text("Countries and inter-governmental organisations")
    expect(page.locator(":target")).to_be_in_viewport()
