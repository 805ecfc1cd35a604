"""The desk as an editor meets it, in a real Chromium: the whole way from a pasted text to a public briefing, and every
kind of page, light and dark, without a violation of accessibility rules or of the Content-Security-Policy."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from briefings.models import Briefing, Evidence, Organization, Person, Snapshot, Source, Statement, Topic
from briefings.permissions import Role
from tests.browser.barriers import assert_accessible
from tests.factories import make_user

REPORT = (
    "Minister opens bridge\n\nThe minister opened the bridge on Monday. “This bridge joins what the river parted,” "
    "the minister said, according to the city’s news agency.\n\nTwo thousand people watched.\n"
)
WORDS = "This bridge joins what the river parted"


@pytest.fixture
def desk(site, page):
    """The address of the desk, with a publisher logged in by keyboard."""
    make_user(Role.PUBLISHER, username="amina", password="secret", first_name="Amina")
    page.goto(f"{site}/admin/")
    page.keyboard.type("amina")
    page.keyboard.press("Tab")
    page.keyboard.type("secret")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The desk")).to_be_visible()
    return f"{site}/admin/"


def choose(page, name, typed, option):
    """Fill a field that is found by typing, with the keyboard alone."""
    box = page.get_by_role("combobox", name=re.compile(rf"^{name}"))
    box.focus()
    page.keyboard.press("Enter")
    field = page.locator(".select2-container--open .select2-search__field")
    expect(field).to_be_focused()
    page.keyboard.type(typed)
    expect(page.locator(".select2-results__option--highlighted")).to_contain_text(option)
    page.keyboard.press("Enter")


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()


def test_from_a_pasted_text_to_a_public_briefing(desk, page, site):
    page.get_by_role("row", name="Sources").get_by_role("link", name="Add").click()
    page.get_by_label("Title:").press_sequentially("Minister opens bridge")
    expect(page.get_by_label("Key:")).to_have_value("minister-opens-bridge")
    page.get_by_label("Kind:").select_option("news")
    page.get_by_label("Text:", exact=True).fill(REPORT)
    save(page)
    expect(page.get_by_text("The text is stored, in 3 paragraphs.")).to_be_visible()
    page.get_by_role("link", name="Read the stored copy").click()
    expect(page.get_by_text("Two thousand people watched.")).to_be_visible()

    page.goto(f"{desk}briefings/statement/add/")
    page.get_by_label("Kind:").first.select_option("quotation")
    page.get_by_label("Words:").fill(WORDS)
    page.get_by_label("Key:").fill("minister-bridge")
    page.get_by_label("Unnamed speaker:").fill("the minister")
    choose(page, "Stored copy", "bridge", "Minister opens bridge")
    page.get_by_label("Words in the stored copy:").first.fill("This bridge joins what the river parts")
    choose(page, "Relay 1", "not name", "A relay that the text does not name")
    page.get_by_label("Verb of relay 1").first.fill("according to")
    save(page)
    expect(page.get_by_text("does not contain these words")).to_be_visible()
    page.get_by_label("Words in the stored copy:").first.fill(WORDS)
    save(page)
    expect(page.get_by_text("The wording matches the stored copy.")).to_be_visible()

    page.goto(f"{desk}briefings/briefing/add/")
    page.get_by_label("Title:").press_sequentially("A bridge is open")
    page.get_by_label("Standfirst:").fill("One report carries the minister’s words.")
    page.get_by_label("Body:").fill(f"“{WORDS}”, the minister said in one report.[@minister-brigde]\n")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("There is no statement “minister-brigde”")).to_be_visible()
    page.get_by_label("Body:").fill(f"“{WORDS}”, the minister said in one report.[@minister-bridge]\n")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_role("link", name="minister-bridge")).to_be_visible()
    page.get_by_role("link", name="Preview").click()
    expect(page.get_by_text("not public")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Publish…").click()
    page.get_by_role("link", name="Say why these stand").click()
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_label("Why the ticked ones stand").fill("One report is all there is.")
    page.get_by_role("button", name="Give my word").click()
    page.get_by_role("link", name="The briefing").click()
    page.get_by_role("link", name="Publish…").click()
    expect(page.get_by_text("2 drafts that it rests on become public along with it")).to_be_visible()
    page.get_by_role("button", name="Publish all of this").press("Enter")
    expect(page.get_by_text("“A bridge is open” is public now.")).to_be_visible()

    page.context.clear_cookies()
    page.goto(f"{site}/briefings/a-bridge-is-open/")
    expect(page.get_by_role("heading", name="A bridge is open")).to_be_visible()
    expect(page.locator(".verbatim", has_text=WORDS).first).to_be_visible()


def test_a_save_that_comes_too_late_shows_both_texts_side_by_side(desk, page):
    topic = Topic.objects.first()
    page.goto(f"{desk}briefings/topic/{topic.pk}/change/")
    page.get_by_label("Name:").fill("My name for it")
    Topic.objects.filter(pk=topic.pk).update(name="Their name for it")
    save(page)
    expect(page.get_by_label("Name:")).to_have_value("My name for it")
    expect(page.get_by_role("note")).to_contain_text("Their name for it")
    assert_accessible(page)


def test_a_new_row_can_be_filled_by_typing_to_find(desk, page):
    statement = Statement.objects.first()
    page.goto(f"{desk}briefings/statement/{statement.pk}/change/")
    page.get_by_text("Add another Link").click()
    page.locator("#id_links_out-0-kind").select_option("supports")
    other = Statement.objects.exclude(pk=statement.pk).first()
    choose(page, "Other statement", other.key, other.key)
    save(page)
    assert statement.links_out.filter(to_statement=other).exists()


def test_an_open_search_has_a_name_and_breaks_no_rule(desk, page):
    page.goto(f"{desk}briefings/source/add/")
    page.get_by_role("combobox", name="Publisher").click()
    expect(page.locator(".select2-results__option--highlighted").first).to_be_visible()
    assert_accessible(page)


def addresses():
    """One page of each kind: lists, forms, history, deletion, workflow, stored copy, people, password."""
    things = [Briefing, Statement, Source, Organization, Person, Topic, Evidence, Snapshot]
    draft = Topic.objects.create(name="A draft", slug="a-draft")
    yield from ("/admin/", "/admin/password_change/", "/admin/briefings/topic/recover/", "/admin/no-such-page/")
    yield from (reverse(f"admin:briefings_{thing._meta.model_name}_changelist") for thing in things)
    for thing in things:
        yield reverse(f"admin:briefings_{thing._meta.model_name}_change", args=[thing.objects.first().pk])
    for noun in ("briefing", "statement", "source", "event", "claim"):
        yield reverse(f"admin:briefings_{noun}_add")
    for screen in ("history", "delete", "publish", "preview"):
        yield reverse(f"admin:briefings_topic_{screen}", args=[draft.pk])
    briefing = Briefing.objects.published().first()
    yield reverse("admin:briefings_briefing_publish", args=[briefing.pk])
    yield reverse("admin:briefings_briefing_retract", args=[briefing.pk])
    yield reverse("admin:briefings_publishedrevision_change", args=[briefing.current_id])
    yield "/admin/briefings/user/"
    yield "/admin/briefings/user/add/"
    user = make_user(Role.EDITOR)
    yield reverse("admin:briefings_user_change", args=[user.pk])
    yield reverse("admin:auth_user_password_change", args=[user.pk])
    yield "/admin/auth/group/"
    yield "/admin/auth/group/1/change/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_page_is_accessible_fits_a_phone_and_keeps_the_policy(site, page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{site}/admin/login/")
    assert_accessible(page)
    make_user(Role.ADMINISTRATOR, username="root", password="secret")
    page.get_by_label("Username:").fill("root")
    page.get_by_label("Password:").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_text("correct username and password")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Username:").fill("root")
    page.get_by_label("Password:").fill("secret")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The desk")).to_be_visible()
    for address in addresses():
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(site + address)
        assert_accessible(page)
        page.set_viewport_size({"width": 390, "height": 844})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 1, f"{address} is {wide} px too wide for a phone"
    comparison = restorable(page, site)
    page.goto(site + comparison)
    assert_accessible(page)
    page.goto(f"{site}/admin/")
    page.get_by_role("button", name="Log out").click()
    assert_accessible(page)


def restorable(page, site):
    """Change something and return the address that compares it with what it was."""
    topic = Topic.objects.order_by("pk").first()
    page.goto(site + reverse("admin:briefings_topic_change", args=[topic.pk]))
    page.get_by_label("Name:").fill("Another name")
    save(page)
    page.goto(site + reverse("admin:briefings_topic_history", args=[topic.pk]))
    assert_accessible(page)
    return page.locator("#change-history tbody a").last.get_attribute("href")
