"""A briefing read in Chromium: notes opened by mouse, keyboard and tap, with and without script, wide and narrow."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from briefings.models import Status
from tests.browser.barriers import assert_accessible
from tests.factories import make_evidence, make_published_briefing, make_snapshot, make_source, make_statement

PATH = "/briefings/what-pakistans-minister-told-interpol/"
WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
BOXES = "notes => notes.map(note => { const box = note.getBoundingClientRect(); return [box.top, box.bottom]; })"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# The element that a tap near the middle of a mark hits, in four directions.
HITS = """mark => {
  const box = mark.getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + box.height / 2;
  return [[11, 0], [-11, 0], [0, 11], [0, -11]].map(([dx, dy]) => document.elementFromPoint(x + dx, y + dy) === mark);
}"""


@pytest.fixture
def opened(page, site):
    page.set_viewport_size(WIDE)
    page.goto(site + PATH)
    expect(page.locator(".body.placed")).to_be_attached()
    return page


@pytest.fixture
def on_phone(page, site):
    page.set_viewport_size(PHONE)
    page.goto(site + PATH)
    return page


def mark(page, number):
    return page.locator(f"#c{number}")


def note(page, number):
    return page.locator(f"#n{number}")


def original(page, number):
    return note(page, number).get_by_role("link", name="Read it in the original")


def top(locator):
    return locator.bounding_box()["y"]


def test_each_note_stands_beside_its_mark_or_right_below_the_one_before(opened):
    boxes = opened.locator(".note").evaluate_all(BOXES)
    marks = [top(mark(opened, number)) for number in range(1, len(boxes) + 1)]
    assert len(boxes) > 10
    free = 0
    for place, (above, below) in zip(marks, boxes, strict=True):
        assert abs(above - place) < 12 or 0 < above - free < 16
        assert above >= free
        free = below
    assert top(opened.locator(".endnotes")) > free


def test_a_note_opens_by_mouse_and_the_text_stays_where_it_is(opened):
    mark(opened, 3).evaluate("mark => scrollTo({top: mark.getBoundingClientRect().top - 200, behavior: 'instant'})")
    before = top(mark(opened, 3))
    expect(original(opened, 3)).to_be_hidden()
    mark(opened, 3).click()
    expect(original(opened, 3)).to_be_visible()
    expect(original(opened, 3)).to_be_in_viewport()
    assert abs(top(mark(opened, 3)) - before) < 2
    boxes = opened.locator(".note").evaluate_all(BOXES)
    assert all(below <= above for (_, below), (above, _) in pairwise(boxes))


def test_a_shut_note_opens_where_it_is_clicked(opened):
    note(opened, 3).get_by_role("blockquote").click(force=True)
    expect(original(opened, 3)).to_be_visible()


def test_a_note_opens_by_keyboard_and_leads_back_to_its_mark(opened):
    mark(opened, 3).focus()
    opened.keyboard.press("Enter")
    expect(note(opened, 3)).to_be_focused()
    expect(original(opened, 3)).to_be_visible()
    opened.keyboard.press("Escape")
    expect(mark(opened, 3)).to_be_focused()
    expect(original(opened, 3)).to_be_hidden()


def test_a_note_leads_to_the_statement_and_to_the_stored_passage(opened):
    mark(opened, 3).click()
    quoted = note(opened, 3).locator(".verbatim").inner_text()
    note(opened, 3).get_by_role("link", name="Passage").click()
    expect(opened.locator(":target")).to_contain_text(quoted)
    opened.go_back()
    note(opened, 3).get_by_role("link", name="Statement", exact=True).click()
    expect(opened.locator("main")).to_contain_text(quoted)


def test_on_a_phone_a_note_opens_by_tap_under_its_paragraph(browser, site):
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(site + PATH)
    expect(page.locator(".note:visible")).to_have_count(0)
    mark(page, 3).tap()
    expect(note(page, 3)).to_be_in_viewport()
    assert top(note(page, 3)) > top(mark(page, 3))
    expect(mark(page, 3)).to_be_in_viewport()
    note(page, 3).get_by_role("link", name="Back to the text").tap()
    expect(page.locator(".note:visible")).to_have_count(0)
    expect(mark(page, 3)).to_be_in_viewport()
    context.close()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_without_script_notes_open_all_the_same(browser, site, size):
    context = browser.new_context(viewport=size, java_script_enabled=False)
    page = context.new_page()
    page.goto(site + PATH)
    assert note(page, 3).is_visible() is (size is WIDE)
    if size is WIDE:
        assert abs(top(note(page, 3)) - top(page.locator(".block", has=mark(page, 3)))) < 12
    mark(page, 3).click()
    expect(original(page, 3)).to_be_in_viewport()
    note(page, 3).get_by_role("link", name="Back to the text").click()
    expect(original(page, 3)).to_be_hidden()
    context.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1000, 1280])
def test_nothing_scrolls_sideways(page, site, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}{PATH}#n5")
    assert page.evaluate(SIDEWAYS) <= 0


def test_a_mark_has_a_target_of_24_pixels(on_phone):
    mark(on_phone, 3).scroll_into_view_if_needed()
    assert mark(on_phone, 3).evaluate(HITS) == [True] * 4


def test_a_repeated_mark_opens_the_same_note_which_leads_back_to_it(page, live_server, transactional_db):
    public = {"status": Status.PUBLISHED}
    statement = make_statement(**public)
    filler = "\n\n".join("A paragraph that says nothing at all." for _ in range(30))
    briefing = make_published_briefing(f"So.[@{statement.key}]\n\n{filler}\n\nSo again.[@{statement.key}]")
    page.set_viewport_size(PHONE)
    page.goto(live_server.url + briefing.get_absolute_url())
    again = page.locator(".cite").last
    again.click()
    expect(note(page, 1)).to_be_in_viewport()
    note(page, 1).get_by_role("link", name="Back to the text").click()
    expect(again).to_be_in_viewport()


def test_from_right_to_left_the_notes_stand_on_the_left(page, live_server, transactional_db):
    public = {"status": Status.PUBLISHED}
    copy = make_snapshot("اس نے کہا “ہم مل کر چلیں گے”۔", source=make_source(language="ur", **public))
    statement = make_statement("ہم مل کر چلیں گے", language="ur", evidence=False, **public)
    make_evidence(statement, snapshot=copy)
    briefing = make_published_briefing(f"اس نے کہا۔[@{statement.key}]", title="بات", language="ur")
    page.set_viewport_size(WIDE)
    page.goto(live_server.url + briefing.get_absolute_url())
    text, beside = page.locator(".text").bounding_box(), note(page, 1).bounding_box()
    assert 0 < beside["x"] < beside["x"] + beside["width"] < text["x"]
    assert page.evaluate(SIDEWAYS) <= 0


def test_in_print_notes_stand_below_with_their_route_and_source(opened):
    opened.emulate_media(media="print")
    expect(opened.locator(".note:visible")).to_have_count(0)
    expect(opened.locator(".endnotes li").first).to_be_visible()
    expect(opened.locator(".endnotes .route").first).to_be_visible()
    expect(opened.locator(".sources .address").first).to_be_visible()
    assert opened.locator(".body").evaluate("body => getComputedStyle(body).minBlockSize") in ("0px", "auto")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_page_with_an_open_note_has_no_barriers(page, site, size, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    page.goto(f"{site}{PATH}#n3")
    assert_accessible(page)
