"""The reading desk in a real Chromium: an article processed by keyboard alone, words selected, two editors at once."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from briefings.models import Organization, Passage, Proposal, Snapshot, Source, Statement
from briefings.permissions import Role
from tests.browser.barriers import assert_accessible
from tests.factories import make_person, make_proposal, make_snapshot, make_source, make_user

NEWS = "dawn-2017-interpol-beijing"
MIXED = (
    "Title of it 😀\n\n“A first thing was said by me,” Ann Bee said. Emoji 😀 stand 😀 before these words.\n\n"
    "The second paragraph goes on. “Another thing was said,” she said.\n"
)
URDU = "سرخی\n\nوزیر نے کہا: ”دہشت گردی کے خلاف عالمی تعاون ضروری ہے“ اور وہ چلے گئے۔\n\nدوسرا پیراگراف یہاں ہے۔\n"


@pytest.fixture
def article(site):
    """The seed's news article as another source carries it, with nothing made of it yet."""
    text = Snapshot.objects.get(source__key=NEWS).text
    publisher = Organization.objects.get(name="Dawn")
    source = make_source(key="morning-paper", title="A morning paper", publisher=publisher, published="2017-09-27")
    return make_snapshot(text, source=source)


def log_in(page, site, username, role=Role.PUBLISHER):
    make_user(role, username=username, password="secret", first_name=username.title())
    page.goto(f"{site}/admin/login/")
    expect(page.get_by_label("Username:")).to_be_focused()
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.keyboard.type("secret")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The desk")).to_be_visible()


def at(copy, name="desk-reading", *more):
    return reverse(f"admin:{name}", args=[copy.pk, *more])


def open_desk(page, site, copy):
    page.goto(site + at(copy))
    expect(page.locator(".card.on .acts")).to_be_visible()


def press(page, key, said):
    page.keyboard.press(key)
    expect(page.get_by_role("status")).to_contain_text(said)


def step_to(page, words):
    """Go on from card to card to the one with these words."""
    for _ in range(40):
        if words in page.locator(".card.on").inner_text():
            return
        at = page.locator(".card.on").get_attribute("id")
        page.keyboard.press("j")
        expect(page.locator(".card.on")).not_to_have_attribute("id", at)
    raise AssertionError(f"No card has the words: {words}")


def tab_to(page, name):
    """Go by keyboard to the link or button with this name."""
    for _ in range(120):
        page.keyboard.press("Tab")
        focused = page.evaluate("(document.activeElement.innerText || document.activeElement.value || '').trim()")
        if focused.startswith(name):
            return
    raise AssertionError(f"{name} cannot be reached by Tab.")


def select(page, first, last=None):
    """Select from the beginning of words to the end of others, wherever marks cut them."""
    page.evaluate(
        """([first, last]) => {
          const article = document.querySelector(".reading-article");
          const walk = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
          const nodes = [];
          let whole = "";
          for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            if (!node.parentElement.closest("p")) continue;
            nodes.push([node, whole.length]);
            whole += node.data;
          }
          const place = (at) => {
            const [node, start] = nodes.findLast(([, start]) => start <= at);
            return [node, at - start];
          };
          const from = whole.indexOf(first), to = whole.indexOf(last, from) + last.length;
          const range = document.createRange();
          range.setStart(...place(from));
          const [node, offset] = place(to - 1);
          range.setEnd(node, offset + 1);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }""",
        [first, last or first],
    )
    expect(page.locator(".reading-selected")).to_be_visible()


# By keyboard alone


def test_the_news_article_becomes_published_statements_by_keyboard_alone(page, site, article):
    log_in(page, site, "amina")
    open_desk(page, site, article)
    before = set(Statement.objects.values_list("pk", flat=True))
    first = page.locator(".card").first
    expect(first).to_be_focused()
    press(page, "a", "Accepted as “iqbal-2017-")
    expect(page.locator(".card.accepted")).to_have_count(1)
    press(page, "x", "Rejected.")
    press(page, "u", "Took back 1 act.")
    page.keyboard.press("j")
    page.keyboard.press("k")
    step_to(page, "The growing challenge of globalisation")
    press(page, "a", "Accepted as “iqbal-2017-growing-challenge")
    count = Proposal.objects.filter(snapshot=article).open().count()
    press(page, "m", "Merged")
    press(page, "u", "Took back 1 act.")
    expect(page.locator(".card.open")).to_have_count(count)

    step_to(page, "Today terrorists and criminals")
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="Edit, then accept")).to_be_focused()
    tab_to(page, "quotation")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+End")
    page.keyboard.type(".")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator(".card.on")).to_be_focused()
    page.keyboard.press("e")
    tab_to(page, "quotation")
    tab_to(page, "Accept as edited")
    press(page, "Enter", "Accepted as “iqbal-2017-today-terrorists")

    page.keyboard.press("Shift+A")
    expect(page.get_by_role("heading", name="Accept all sure ones")).to_be_visible()
    tab_to(page, "Accept all of these")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(re.compile(r"Accepted \d+ proposals?\."), timeout=30_000)
    while page.locator(".card.open").count():
        left = page.locator(".card.open").count()
        press(page, "x", "Rejected.")
        expect(page.locator(".card.open")).to_have_count(left - 1)
    tab_to(page, "Done with this article")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Done with this article")).to_be_visible()
    made = Statement.objects.exclude(pk__in=before)
    assert made.count() > 3 and set(made.values_list("status", flat=True)) == {"draft"}
    assert not set(made.filter(kind="quotation").values_list("evidence__verdict", flat=True)) - {"exact", "typographic"}

    tab_to(page, "Publish the drafts")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Publish", exact=True)).to_be_visible()
    tab_to(page, "Publish all of this")
    page.keyboard.press("Enter")
    expect(page.get_by_text("is public now").first).to_be_visible()
    assert not made.drafts().exists()
    quoted = made.get(key__startswith="iqbal-2017-growing-challenge")
    page.context.clear_cookies()
    page.goto(f"{site}/statements/{quoted.key}/")
    expect(page.get_by_text("China.org").first).to_be_visible()


def test_keys_do_nothing_while_typing_with_modifiers_or_switched_off(page, site, article):
    log_in(page, site, "amina")
    open_desk(page, site, article)
    page.get_by_text("Make a statement of other words").click()
    page.locator("#id_words").focus()
    page.keyboard.type("axmu")
    expect(page.locator("#id_words")).to_have_value("axmu")
    page.locator(".card.on").focus()
    for key in ("Control+x", "Alt+a", "Meta+m"):
        page.keyboard.press(key)
    page.get_by_label("Single keys are on").uncheck()
    page.locator(".card.on").focus()
    for key in "axmej":
        page.keyboard.press(key)
    page.reload()
    expect(page.get_by_label("Single keys are on")).not_to_be_checked()
    page.keyboard.press("x")
    page.wait_for_timeout(300)
    assert Proposal.objects.open().count() == Proposal.objects.count()
    page.get_by_label("Single keys are on").check()
    page.locator(".card.on").focus()
    press(page, "x", "Rejected.")
    page.keyboard.press("?")
    expect(page.locator(".reading-keys")).not_to_have_attribute("open", "")


# Selected words


def make_of_selection(page, name="an official"):
    page.keyboard.press("s")
    expect(page.get_by_role("heading", name="The selected words")).to_be_focused()
    if not page.locator("[name=speaker]").input_value():
        page.get_by_label("Unnamed speaker").fill(name)
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Made “")


def passages_of_last():
    statement = Statement.objects.latest("pk")
    passages = list(Passage.objects.filter(evidence__statement=statement).order_by("order"))
    for one in passages:
        assert one.evidence.snapshot.text[one.start : one.end] == one.exact
    return [one.exact for one in passages]


@pytest.mark.parametrize(
    ("text", "first", "last", "exact"),
    [
        (MIXED, "stand 😀 before", "these words", ["stand 😀 before these words"]),
        (MIXED, "thing was said by me", "Ann Bee said", ["thing was said by me,” Ann Bee said"]),
        (MIXED, "before these", "second paragraph", ["before these words.", "The second paragraph"]),
        (URDU, "کے خلاف عالمی", "ضروری ہے", ["کے خلاف عالمی تعاون ضروری ہے"]),
        (URDU, "چلے گئے", "دوسرا پیراگراف", ["چلے گئے۔", "دوسرا پیراگراف"]),
    ],
    ids=["emoji", "over marks", "two paragraphs", "Urdu", "Urdu, two paragraphs"],
)
def test_selected_words_become_exact_passages(page, site, text, first, last, exact):
    make_person(name="Ann Bee")
    copy = make_snapshot(text, source=make_source(language="ur" if text is URDU else "en"))
    log_in(page, site, "amina")
    page.goto(site + at(copy))
    select(page, first, last)
    page.locator(".reading-article").focus()
    make_of_selection(page)
    assert passages_of_last() == exact


def test_words_are_selected_with_the_mouse_and_a_form_keeps_its_place(page, site):
    copy = make_snapshot(MIXED)
    log_in(page, site, "amina")
    page.goto(site + at(copy))
    paragraph = page.locator("p[data-number='3']")
    paragraph.click(click_count=3)
    page.get_by_role("button", name="Make a statement").click()
    expect(page.locator(".selected-words")).to_contain_text("The second paragraph goes on.")
    page.keyboard.press("Escape")
    expect(page.locator(".entry")).to_have_count(0)


def test_a_new_speaker_is_made_in_place_by_keyboard(page, site):
    copy = make_snapshot(MIXED)
    log_in(page, site, "amina")
    page.goto(site + at(copy))
    select(page, "second paragraph goes on")
    page.keyboard.press("s")
    expect(page.get_by_role("heading", name="The selected words")).to_be_focused()
    box = page.locator(".entry").get_by_role("combobox", name=re.compile("^Speaker"))
    box.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Carla Dee")
    expect(page.locator(".select2-results__option", has_text="new: make the person “Carla Dee”")).to_be_visible()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Made “dee-")
    assert str(Statement.objects.latest("pk").speaker) == "Carla Dee"


# Two editors


def test_two_editors_at_one_article_lose_no_decision(page, site, browser):
    copy = make_snapshot(MIXED)
    words = ("A first thing was said by me", "The second paragraph goes on", "Another thing was said")
    first, second, third = (make_proposal(copy, one, name="Ann Bee") for one in words)
    log_in(page, site, "amina")
    open_desk(page, site, copy)
    other = browser.new_context().new_page()
    log_in(other, site, "bilal", Role.EDITOR)
    open_desk(other, site, copy)
    press(page, "a", "Accepted as")
    press(other, "x", "Amina accepted it on")
    expect(other.locator(f"#p{first.pk}")).to_have_class(re.compile("accepted"))
    other.keyboard.press("j")
    press(other, "x", "Rejected.")
    page.evaluate("document.querySelector('reading-desk').news()")
    expect(page.locator(f"#p{second.pk}")).to_have_class(re.compile("rejected"))
    press(page, "j", "Somebody else decided")
    expect(page.locator(f"#p{third.pk}")).to_have_class(re.compile("on"))
    press(page, "a", "Accepted as")
    assert list(copy.proposals.in_reading_order().values_list("state", flat=True)) == [
        "accepted",
        "rejected",
        "accepted",
    ]
    assert Statement.objects.filter(proposals__snapshot=copy).count() == 2
    other.context.close()


# Without a script, small, dark


def test_everything_works_without_a_script(site, article, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, site, "amina")
    page.goto(site + at(article))
    page.get_by_role("button", name="Accept", exact=False).first.click()
    expect(page.get_by_role("status")).to_contain_text("Accepted as")
    page.get_by_role("button", name=re.compile("^Reject")).click()
    expect(page.get_by_role("status")).to_contain_text("Rejected.")
    page.get_by_role("button", name=re.compile("^Undo")).click()
    expect(page.get_by_role("status")).to_contain_text("Took back 1 act.")
    page.get_by_role("link", name=re.compile("^Next")).click()
    page.get_by_role("link", name=re.compile("^Edit")).click()
    page.get_by_label("or type it whole").first.fill("Ahsan Iqbal")
    page.get_by_role("button", name="Accept as edited").click()
    expect(page.get_by_role("status")).to_contain_text("Accepted as")
    page.get_by_text("Make a statement of other words").click()
    page.locator("#id_words").fill("facilitate the promotion of regional stability")
    page.get_by_role("button", name="Go on with these words").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Made “")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 860), (390, 844)], ids=["desk", "phone"])
def test_each_page_of_the_desk_is_accessible_and_fits(page, site, article, scheme, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme)
    log_in(page, site, "amina")
    open_desk(page, site, article)
    assert_accessible(page)
    press(page, "a", "Accepted as")
    press(page, "x", "Rejected.")
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="Edit, then accept")).to_be_focused()
    assert_fits(page)
    assert_accessible(page)
    page.keyboard.press("Escape")
    select(page, "China.org quoted the minister")
    page.keyboard.press("s")
    expect(page.get_by_role("heading", name="The selected words")).to_be_focused()
    assert_accessible(page)
    for name in ("desk-reading", "desk-reading-sure", "desk-reading-done"):
        page.goto(site + at(article, name))
        assert_fits(page)
        assert_accessible(page)
    source = Source.objects.get(key="morning-paper")
    page.goto(site + reverse("admin:briefings_source_change", args=[source.pk]))
    assert_fits(page)


def assert_fits(page):
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 1, f"{page.url} is {wide} px too wide"


def test_a_long_article_brings_far_cards_whole_when_one_comes_to_them(page, site):
    words = [f"Something of importance number {number} was said here" for number in range(120)]
    copy = make_snapshot("\n\n".join(f"“{one},” Ann Bee said." for one in words))
    log_in(page, site, "amina")
    open_desk(page, site, copy)
    last = page.locator(".card").last
    expect(last).to_have_attribute("data-later", "")
    last.locator(".t a").click()
    expect(last.locator(".acts")).to_be_visible()
    expect(last).to_be_focused()
    page.keyboard.press("k")
    press(page, "x", "Rejected.")
    assert copy.proposals.get(state="rejected") == copy.proposals.in_reading_order()[118]
