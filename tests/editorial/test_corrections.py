"""Corrections: said in public in one transaction with what mends them, by publishers, or not at all."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from briefings.editorial import PublicationRefused, retract
from briefings.editorial.corrections import CorrectionRefused, correct_briefing, correct_statement
from briefings.editorial.dumping import dump
from briefings.editorial.loading import load
from briefings.editorial.reports import AnswerRefused, answer, close, report
from briefings.history import last_change
from briefings.models import (
    Briefing,
    Correction,
    CorrectionKind,
    Flag,
    ImmutableRecord,
    LogEntry,
    PublishedRevision,
    Statement,
    Status,
    StoredPage,
)
from briefings.permissions import Role
from briefings.stored_pages import build
from tests.factories import accept_all, make_briefing, make_published_briefing, make_statement, make_topic, make_user

pytestmark = pytest.mark.django_db
WHY = "We had the day wrong."


@pytest.fixture
def publisher():
    return make_user(Role.PUBLISHER)


@pytest.fixture
def briefing():
    """A public briefing whose working text mends a day."""
    statement = make_statement(status="published", key="said")
    made = make_published_briefing(f"It was said on Monday.[@{statement.key}]", slug="first")
    made.body = made.body.replace("Monday", "Tuesday")
    made.save()
    accept_all(made)
    return made


def correct(briefing, by, **changes):
    given = {"kind": CorrectionKind.ERROR, "said": "on Monday", "says": "on Tuesday", "why": WHY, **changes}
    return correct_briefing(briefing, by=by, **given)


def everything():
    return (
        Correction.objects.count(),
        PublishedRevision.objects.count(),
        LogEntry.objects.count(),
        Briefing.objects.get(slug="first").version,
    )


def codes(refused):
    return [one.code for one in refused.value.problems]


def test_a_correction_is_published_together_with_its_revision(briefing, publisher):
    build(briefing.slug)
    made = correct(briefing, publisher, major=False)
    assert briefing.current == made.revision
    assert (made.revision.version, made.revision.is_major, made.revision.change_note) == (2, False, WHY)
    assert "Tuesday" in made.revision.body
    assert (made.kind, made.said, made.says, made.why, made.by) == (
        "error", "on Monday", "on Tuesday", WHY, publisher,
    )  # fmt: skip
    assert made.key.startswith("first-20")
    assert StoredPage.objects.get().stale
    entry = LogEntry.objects.get(act="correct")
    assert (entry.by, entry.key, entry.details["correction"]) == (publisher, "first", made.key)


def test_two_corrections_of_one_day_have_keys_of_their_own(briefing, publisher):
    first = correct(briefing, publisher)
    again = correct(briefing, publisher, kind=CorrectionKind.CLARIFICATION, said="", says="")
    assert first.key != again.key
    assert Correction.objects.published().count() == 2


@pytest.mark.parametrize("kind", ["clarification", "source-corrected", "contradicted"])
def test_what_needs_no_other_text_is_recorded_without_a_revision(briefing, publisher, kind):
    correct(briefing, publisher)
    made = correct(briefing, publisher, kind=kind)
    assert made.revision is None
    assert briefing.revisions.count() == 2


@pytest.mark.parametrize("kind", ["error", "update"])
def test_an_error_is_not_mended_by_saying_so_alone(briefing, publisher, kind):
    correct(briefing, publisher)
    before = everything()
    with pytest.raises(CorrectionRefused) as refused:
        correct(briefing, publisher, kind=kind)
    assert codes(refused) == ["correction-changes-nothing"]
    assert everything() == before


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"why": " \x00 "}, "correction-without-reason"),
        ({"said": "", "says": " "}, "correction-without-words"),
        ({"said": "the same", "says": "the same"}, "correction-without-words"),
        ({"said": "x" * 200_000}, "correction-too-long"),
        ({"kind": "retraction"}, "retract-instead"),
        ({"kind": "apology"}, "retract-instead"),
        ({"kind": "update", "urgent": True}, "update-not-urgent"),
    ],
)
def test_an_unfit_correction_is_refused_and_nothing_is_published(briefing, publisher, changes, code):
    before = everything()
    with pytest.raises(CorrectionRefused) as refused:
        correct(briefing, publisher, **changes)
    assert codes(refused) == [code]
    assert everything() == before


def test_what_stands_against_publishing_stands_against_correcting(briefing, publisher):
    briefing.body += "\n\nHe said “words that nobody has ever printed” as well.[@said]"
    briefing.save()
    before = everything()
    with pytest.raises(PublicationRefused) as refused:
        correct(briefing, publisher)
    assert codes(refused) == ["quotation-not-in-cited-passage"]
    assert everything() == before


def test_a_text_that_was_changed_meanwhile_is_not_published(briefing, publisher):
    seen = Briefing.objects.get(pk=briefing.pk)
    briefing.save()
    before = everything()
    with pytest.raises(CorrectionRefused) as refused:
        correct(seen, publisher)
    assert codes(refused) == ["correct-changed-meanwhile"]
    assert everything() == before


def test_only_publishers_correct_and_only_what_is_public(briefing, publisher):
    for role in (Role.EDITOR, Role.CONTRIBUTOR, None):
        with pytest.raises(PermissionDenied):
            correct(briefing, make_user(role))
    with pytest.raises(CorrectionRefused):
        correct(make_briefing(), publisher)
    retract(briefing, by=publisher, reason="All of it was wrong.")
    with pytest.raises(CorrectionRefused):
        correct(briefing, publisher)
    assert list(Correction.objects.values_list("kind", flat=True)) == ["retraction"]


def test_with_four_eyes_a_correction_is_approved_unless_it_is_urgent(briefing, publisher, settings):
    settings.FOUR_EYES = True
    before = everything()
    with pytest.raises(PublicationRefused) as refused:
        correct(briefing, publisher)
    assert codes(refused) == ["not-approved"]
    assert everything() == before
    correct(briefing, publisher, urgent=True)
    assert LogEntry.objects.get(act="correct").details["urgent"]
    clarified = correct(briefing, publisher, kind="clarification", said="", says="")
    assert clarified.revision is None


def test_a_correction_of_a_statement_flags_what_cites_it_and_stands_in_its_history(briefing, publisher):
    statement = Statement.objects.get(key="said")
    made = correct_statement(
        statement, by=publisher, kind=CorrectionKind.ERROR, said="Old words.", says=statement.text, why=WHY
    )
    assert (made.statement, made.briefing) == (statement, None)
    flag = Flag.objects.open().get()
    assert (flag.briefing, flag.cause, flag.created_by) == (briefing, "corrected", publisher)
    assert last_change(statement)[0] == publisher
    assert LogEntry.objects.get(act="correct").key == "said"


def test_a_retraction_is_a_correction_too_and_repeats_no_words(briefing, publisher):
    statement = Statement.objects.get(key="said")
    retract(statement, by=publisher, reason="It was made up.")
    retract(briefing, by=publisher, reason="It rested on what was made up.")
    retract(make_topic(status="published"), by=publisher, reason="Two in one.")
    made = {(one.kind, one.said, one.says, one.why) for one in Correction.objects.published()}
    assert made == {
        ("retraction", "", "", "It was made up."),
        ("retraction", "", "", "It rested on what was made up."),
    }


def test_a_correction_never_changes(briefing, publisher):
    made = correct(briefing, publisher)
    made.why = "Something else."
    with pytest.raises(ImmutableRecord):
        made.save()
    with pytest.raises(ImmutableRecord):
        Correction.objects.all().delete()


def test_corrections_survive_the_round_trip_through_content_files(briefing, publisher, tmp_path):
    correct(briefing, publisher)
    retract(briefing, by=publisher, reason="All of it was wrong.")
    dump(tmp_path / "one")
    made = list(Correction.objects.order_by("key").values_list("key", "kind", "said", "says", "why", "at"))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM briefings_correction")
    load([tmp_path / "one"])
    assert list(Correction.objects.order_by("key").values_list("key", "kind", "said", "says", "why", "at")) == made
    dump(tmp_path / "two")
    assert (tmp_path / "one" / "90_editorial.json").read_bytes() == (
        tmp_path / "two" / "90_editorial.json"
    ).read_bytes()


# What readers reported


def reported(briefing):
    return report(briefing, text="It was a Tuesday.", secret="s" * 40, of_version=1)


def test_a_correction_answers_the_report_that_led_to_it(briefing, publisher):
    one = reported(briefing)
    made = correct(briefing, publisher, report=one)
    one.refresh_from_db()
    assert (one.correction, one.answered_by, bool(one.answered_at)) == (made, publisher, True)
    answer(one, by=publisher, text="Thank you.", seen=one.version)
    one.refresh_from_db()
    assert one.answer == "Thank you."


def test_reports_are_answered_or_closed_once_by_editors(briefing):
    one, editor = reported(briefing), make_user(Role.EDITOR)
    with pytest.raises(PermissionDenied):
        answer(one, by=make_user(Role.CONTRIBUTOR), text="Yes.", seen=1)
    for text, seen in (("", 1), ("x" * 5001, 1), ("Yes.", 2)):
        with pytest.raises(AnswerRefused):
            answer(one, by=editor, text=text, seen=seen)
    answer(one, by=editor, text="Yes.", seen=1)
    with pytest.raises(AnswerRefused):
        close(one, by=editor, seen=2)
    assert LogEntry.objects.get(act="answer").details == {"report": one.number}


def test_the_same_secret_is_the_same_report(briefing):
    assert reported(briefing) == reported(briefing)
    with pytest.raises(ValueError, match="some words"):
        report(briefing, text=" ", secret="t", of_version=1)


# A process that dies

KILLED = """
import os, signal, django
django.setup()
from briefings.editorial import corrections
from briefings.models import Briefing, Correction, User
user, briefing = User.objects.get(), Briefing.objects.get()
def killed(made, *rest, **words):
    print(made.revision.version, Correction.objects.count(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
corrections._tell = killed
corrections.correct_briefing(briefing, by=user, kind="error", said="Monday", says="Tuesday", why="Wrong.")
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_correction_leaves_neither_revision_nor_correction():
    if connection.vendor != "sqlite":
        pytest.skip("the second process is given a database file")
    make_user()
    body = f"It was said on Monday.[@{make_statement(status=Status.PUBLISHED).key}]"
    made = make_published_briefing(body, slug="first")
    made.body = body.replace("Monday", "Tuesday")
    made.save()
    accept_all(made)
    before = everything()
    connection.close()
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
    }
    ended = subprocess.run(
        [sys.executable, "-c", KILLED],
        env=environment,
        cwd=Path(__file__).parent.parent.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (-signal.SIGKILL, "2 1\n"), ended.stderr
    assert everything() == before
