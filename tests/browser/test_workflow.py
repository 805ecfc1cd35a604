"""One draft on its way to readers and off again, in a real Chromium: each step at the desk, and from outside."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from briefings.editorial.working_text import save_text
from briefings.models import Briefing, Schedule, Statement
from briefings.permissions import Role
from tests.browser.barriers import assert_accessible
from tests.editorial.reviews import read_all
from tests.factories import make_briefing, make_user


@pytest.fixture
def desk(site, settings, browser, page):
    """A function that gives the browser page of somebody of a role, logged in by their session."""
    settings.FOUR_EYES = True

    def desk(client):
        context = browser.new_context()
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
        return context.new_page()

    return desk


def person(client_class, role, name):
    client = client_class()
    client.user = make_user(role, username=name, first_name=name.title())
    client.force_login(client.user)
    return client


def press(page, name, **fields):
    """Fill in the form of one act and press its button."""
    form = page.locator(f"#act-{name}")
    if not form.evaluate("one => one.open"):
        form.locator("summary").click()
    for field, words in fields.items():
        form.locator(f"[name={field}]").fill(words)
    form.get_by_role("button").click()


def now(page):
    return page.locator(".stages [aria-current]")


def test_a_draft_is_reviewed_sent_back_approved_scheduled_published_corrected_and_retracted(site, desk, page, client):
    statement = Statement.objects.published().first()
    writer, editor, publisher = (
        person(type(client), role, name)
        for role, name in ((Role.CONTRIBUTOR, "carla"), (Role.EDITOR, "edith"), (Role.PUBLISHER, "paul"))
    )
    briefing = make_briefing(f"It was said so.[@{statement.key}]", title="A new one", created_by=writer.user)
    public, where = site + briefing.get_absolute_url(), site + reverse("admin:desk-workflow", args=[briefing.pk])

    def readers_get(status, words=""):
        assert page.goto(public).status == status
        expect(page.locator("body")).to_contain_text(words)
        page.goto(f"{site}/briefings/")
        expect(page.get_by_role("link", name="A new one")).to_have_count(1 if status == 200 else 0)

    carla, edith, paul = (desk(one) for one in (writer, editor, publisher))
    carla.goto(where)
    press(carla, "submit", note="The whole of it is new.")
    expect(now(carla)).to_have_text("In review")
    readers_get(404)

    edith.goto(f"{site}/admin/")
    edith.get_by_role("link", name="1 briefing waits for your review").click()
    expect(edith.locator(".standing")).to_contain_text("The whole of it is new.")
    press(edith, "send-back", reason="Say who said it.")
    carla.reload()
    expect(carla.locator(".standing")).to_contain_text("Say who said it.")
    press(carla, "submit")
    read_all(briefing, editor.user)
    edith.reload()
    press(edith, "approve")
    expect(now(edith)).to_have_text("Approved")
    readers_get(404)

    paul.goto(where)
    due = timezone.now() + datetime.timedelta(days=1)
    paul.locator("#act-schedule summary").click()
    press(paul, "schedule", due=due.strftime("%Y-%m-%dT%H:%M"))
    expect(now(paul)).to_have_text("Scheduled")
    assert_accessible(paul)
    readers_get(404)
    Schedule.objects.update(due=timezone.now())
    call_command("run_due", verbosity=0)
    readers_get(200, "It was said so.")
    paul.reload()
    expect(now(paul)).to_have_text("Published")

    briefing.refresh_from_db()
    words = {"title": briefing.title, "standfirst": briefing.standfirst, "body": briefing.body.replace("so", "once")}
    save_text(briefing, by=editor.user, seen_version=briefing.version, **words)
    readers_get(200, "It was said so.")
    paul.goto(site + reverse("admin:desk-correct", args=[briefing.pk]))
    paul.locator("[name=why]").fill("It was said once.")
    paul.locator("[name=change_note]").fill("How often it was said.")
    paul.locator("[name=urgent]").check()
    paul.get_by_role("button", name="Publish with this correction").click()
    readers_get(200, "It was said once.")
    page.goto(f"{site}/corrections/")
    expect(page.locator("main")).to_contain_text("It was said once.")

    paul.goto(where)
    press(paul, "retract", reason="Nobody said so.")
    expect(now(paul)).to_have_text("Retracted")
    readers_get(410, "Nobody said so.")
    assert Briefing.objects.retracted().get() == briefing
    expect(paul.locator(".log")).to_contain_text(re.compile("Retracted it.*Published version 1", re.S))
