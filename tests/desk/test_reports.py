"""Readers' reports at the desk: who reads them, what is answered, and a correction that is made from one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from briefings.editorial.reports import report
from briefings.models import Citation, Correction, ReaderReport
from briefings.permissions import Role
from tests.admin.test_permissions import LOGIN, NO, ROLES, YES, outcome
from tests.factories import make_published_briefing, unique

pytestmark = pytest.mark.django_db
QUEUE = "/admin/reports/"
WRONG = "It was a <b>Tuesday</b>."


def make_report(text=WRONG, **fields):
    briefing = fields.pop("briefing", None) or make_published_briefing(title="The first")
    statement = Citation.objects.filter(revision=briefing.current).first().statement
    return report(briefing, text=text, secret=unique("secret"), of_version=1, statement=statement, **fields)


def act(client, one, what, text="", seen=None):
    fields = {"act": what, "text": text, "seen": seen or one.version}
    return client.post(reverse("admin:desk-reports-answer", args=[one.pk]), fields, follow=True)


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_reports_and_their_answers_are_for_editors(log_in, role):
    one, client = make_report(), log_in(role)
    expected = LOGIN if role is None else NO if role == Role.CONTRIBUTOR else YES
    assert outcome(client.get(QUEUE)) == expected
    where = reverse("admin:desk-reports-answer", args=[one.pk])
    assert outcome(client.post(where, {"act": "close", "seen": 1})) == expected
    assert client.get(where).status_code in ((302,) if role is None else (405,))
    assert ReaderReport.objects.open().exists() is (expected != YES)


def test_the_queue_shows_the_words_the_note_and_the_number(editor, publisher):
    one = make_report(contact="A. Reader <a@b.example>")
    shown = editor.get(QUEUE).content.decode()
    for words in ("It was a &lt;b&gt;Tuesday&lt;/b&gt;.", one.number, "note 1", "A. Reader &lt;a@", "The first"):
        assert words in shown
    assert one.secret not in shown
    correct = f"{reverse('admin:desk-correct', args=[one.briefing.pk])}?report={one.pk}"
    assert correct not in shown and correct in publisher.get(QUEUE).content.decode()
    assert "reader’s report to answer" in editor.get("/admin/").content.decode()


def test_an_answer_closes_a_report_and_a_refusal_keeps_its_words(editor):
    one = make_report()
    assert "Write a word" in act(editor, one, "answer").content.decode()
    shown = act(editor, one, "answer", "You are right.", seen=7).content.decode()
    assert "You are right." in shown and "Somebody else" in shown
    assert "No reader waits" in act(editor, one, "answer", "You are right.").content.decode()
    assert "You are right." in editor.get(f"{QUEUE}?show=answered").content.decode()


def test_a_closed_report_can_still_be_answered(editor):
    one = make_report()
    act(editor, one, "close")
    one.refresh_from_db()
    act(editor, one, "answer", "On second thoughts, thank you.")
    one.refresh_from_db()
    assert one.answer == "On second thoughts, thank you."


def test_an_absurd_request_is_not_found(editor):
    one = make_report()
    where = reverse("admin:desk-reports-answer", args=[one.pk])
    for fields in ({}, {"act": "delete", "seen": "1"}, {"act": "close", "seen": "x"}):
        assert editor.post(where, fields).status_code == 404
    assert editor.post(reverse("admin:desk-reports-answer", args=[10**30]), {"act": "close"}).status_code == 404
    assert editor.get(QUEUE, {"page": "x"}).status_code == 404


def test_the_queries_of_the_queue_do_not_grow(editor):
    def queries():
        editor.get(QUEUE)
        with CaptureQueriesContext(connection) as captured:
            editor.get(QUEUE)
        return len(captured)

    make_report()
    few = queries()
    for number in range(4):
        make_report(f"{WRONG} {number}")
    assert queries() == few


def test_a_correction_is_made_from_a_report(publisher):
    one = make_report()
    where = reverse("admin:desk-correct", args=[one.briefing.pk])
    shown = publisher.get(where, {"report": one.pk}).content.decode()
    assert "It was a &lt;b&gt;Tuesday&lt;/b&gt;." in shown and f'name="report" value="{one.pk}"' in shown
    one.briefing.refresh_from_db()
    fields = {"kind": "clarification", "why": "It was a Tuesday.", "seen": one.briefing.version, "report": one.pk}
    publisher.post(where, fields)
    one.refresh_from_db()
    assert one.correction == Correction.objects.get() and one.answered_by == publisher.user
    assert "became a correction" in publisher.get(f"{QUEUE}?show=answered").content.decode()
