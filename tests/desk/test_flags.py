"""The queue of flags: who gets it, what it shows, how it is emptied, and what a refusal keeps."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from briefings.editorial.flags import raise_flags
from briefings.models import Flag, FlagCause
from briefings.permissions import Role
from tests.admin.test_permissions import LOGIN, NO, ROLES, YES, outcome
from tests.factories import make_published_briefing, make_statement

pytestmark = pytest.mark.django_db
QUEUE = "/admin/flags/"


def make_flag(title="The first"):
    statement = make_statement(status="published")
    make_published_briefing(f"It was said so.[@{statement.key}]", title=title)
    raise_flags([statement], FlagCause.CORRECTED)
    return Flag.objects.latest("pk")


def settle(client, flag, note="The number is the same.", seen=None):
    fields = {"note": note, "seen": seen or flag.version}
    return client.post(reverse("admin:desk-flags-settle", args=[flag.pk]), fields, follow=True)


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_the_queue_and_its_act_are_for_editors(log_in, role):
    flag, client = make_flag(), log_in(role)
    expected = LOGIN if role is None else NO if role == Role.CONTRIBUTOR else YES
    assert outcome(client.get(QUEUE)) == expected
    where = reverse("admin:desk-flags-settle", args=[flag.pk])
    assert outcome(client.post(where, {"note": "So.", "seen": flag.version})) == expected
    assert client.get(where).status_code in ((302,) if role is None else (405,))
    assert Flag.objects.open().exists() is (expected != YES)


def test_the_queue_says_which_note_of_which_briefing_and_the_desk_how_many(editor, publisher):
    flag = make_flag()
    shown = editor.get(QUEUE).content.decode()
    assert "The first" in shown and "note 1" in shown and flag.statement.key in shown
    assert f"{flag.briefing.get_absolute_url()}#n1" in shown
    correct = reverse("admin:desk-correct", args=[flag.briefing.pk])
    assert correct not in shown and correct in publisher.get(QUEUE).content.decode()
    front = editor.get("/admin/").content.decode()
    assert f'href="{QUEUE}"' in front and "flag: something that a public briefing cites" in front


def test_settling_takes_a_flag_to_those_dealt_with(editor):
    flag = make_flag()
    assert "Nothing to look at" in settle(editor, flag).content.decode()
    assert "The number is the same." in editor.get(f"{QUEUE}?show=settled").content.decode()


def test_a_refusal_keeps_what_was_typed(editor, publisher):
    flag = make_flag()
    assert "Say in a sentence why" in settle(editor, flag, note=" ").content.decode()
    shown = settle(editor, flag, note="My <b>own</b> words", seen=99).content.decode()
    assert "My &lt;b&gt;own&lt;/b&gt; words" in shown and "Somebody else" in shown
    settle(publisher, flag)
    assert "Somebody else dealt with" in settle(editor, flag).content.decode()


def test_an_absurd_request_is_not_found(editor):
    flag = make_flag()
    where = reverse("admin:desk-flags-settle", args=[flag.pk])
    assert editor.post(where, {"note": "So."}).status_code == 404
    assert editor.post(where, {"note": "So.", "seen": "9" * 40}).status_code == 404
    assert editor.post(reverse("admin:desk-flags-settle", args=[10**30]), {"seen": "1"}).status_code == 404
    assert editor.get(QUEUE, {"show": "\x00", "page": "1"}).status_code == 200
    assert "\x00" not in settle(editor, flag, note="A\x00B").content.decode()
    assert Flag.objects.get().note == "AB"


def test_the_queries_of_the_queue_do_not_grow(editor):
    def queries():
        editor.get(QUEUE)
        with CaptureQueriesContext(connection) as captured:
            editor.get(QUEUE)
        return len(captured)

    make_flag()
    few = queries()
    for number in range(4):
        make_flag(f"Number {number}")
    assert queries() == few
