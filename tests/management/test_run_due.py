"""`run_due` as cron runs it: what it says, and how it ends."""

import datetime
import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from briefings.editorial.locks import only_one
from briefings.editorial.scheduling import schedule
from briefings.models import Briefing, Schedule
from briefings.permissions import Role
from tests.factories import make_briefing, make_statement, make_user

pytestmark = pytest.mark.django_db


def run(**options):
    out = StringIO()
    try:
        call_command("run_due", stdout=out, **options)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


@pytest.fixture
def due():
    briefing = make_briefing(f"So.[@{make_statement(status='published').key}]", slug="due")
    schedule(briefing, by=make_user(Role.PUBLISHER), due=timezone.now() + datetime.timedelta(hours=1))
    Schedule.objects.update(due=timezone.now() - datetime.timedelta(minutes=1))
    return briefing


def test_it_publishes_what_is_due_and_says_so_once(due):
    said, error = run()
    assert "due: due " in said and "UTC, published version 1" in said and "Published 1, failed 0." in said
    assert not error
    assert run() == ("Published 0, failed 0.\n", "")
    assert Briefing.objects.published().get() == due


def test_it_ends_with_an_error_where_something_could_not_be_published(due):
    due.title = "Another"
    due.save()
    said, error = run()
    assert "not published. The text of “Another” was edited after it was scheduled" in said
    assert "1 could not be published" in error
    assert run() == ("Published 0, failed 0.\n", "")


def hold(held, done):
    """Be another run, with a connection of its own."""
    with only_one("run_due"):
        held.set()
        done.wait(30)
    connection.close()


def test_a_second_run_leaves_everything_to_the_first(due):
    held, done = threading.Event(), threading.Event()
    first = threading.Thread(target=hold, args=(held, done))
    first.start()
    assert held.wait(30)
    said, error = run()
    done.set()
    first.join(30)
    assert "Another run is under way" in said and not error
    assert not Briefing.objects.published().exists()


def test_it_is_silent_where_cron_wants_no_mail(due):
    assert run(verbosity=0) == ("", "")
    assert Briefing.objects.published().get() == due
