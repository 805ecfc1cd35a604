"""A reader reports a problem, an editor finds it in the queue; both pages and the list of corrections accessible."""

import pytest
from playwright.sync_api import expect

from briefings import report_forms
from briefings.models import Correction, ReaderReport
from briefings.permissions import Role
from tests.browser.barriers import assert_accessible
from tests.factories import make_published_briefing, make_user


@pytest.fixture
def briefing(transactional_db):
    made = make_published_briefing(slug="first", title="The first")
    Correction.objects.create(key="day", kind="error", briefing=made, said="Monday", says="Tuesday", why="A slip.")
    return made


def test_a_readers_report_reaches_the_queue_of_the_desk(briefing, live_server, page, monkeypatch):
    monkeypatch.setattr(report_forms, "SOONEST", 0)
    make_user(Role.EDITOR, username="amina", password="secret")
    page.goto(f"{live_server.url}/corrections/")
    assert_accessible(page)
    page.goto(f"{live_server.url}/briefings/first/report/?note=1")
    assert_accessible(page)
    page.get_by_label("What is wrong?").fill("It was a Tuesday.")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert not page.context.cookies()
    page.goto(f"{live_server.url}/admin/login/?next=/admin/reports/")
    page.get_by_label("Username:").fill("amina")
    page.get_by_label("Password:").fill("secret")
    page.keyboard.press("Enter")
    expect(page.get_by_text("It was a Tuesday.")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Answer, for the reader:").fill("You are right.")
    page.get_by_role("button", name="Answer", exact=False).first.click()
    expect(page.get_by_text("No reader waits for an answer.")).to_be_visible()
    assert ReaderReport.objects.get().answer == "You are right."
