"""Publication at a time to come: once, whatever the clock does; and what could not be published says why."""

import datetime
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from django.utils import timezone

from briefings.editorial import PublicationRefused, plan_publication, publish, retract, scheduling
from briefings.editorial.approval import note_edit, submit, withdraw
from briefings.editorial.scheduling import ScheduleRefused, cancel, run_due, schedule
from briefings.models import (
    Briefing,
    LogEntry,
    PublishedRevision,
    Schedule,
    ScheduleState,
    Source,
    Stage,
    Statement,
)
from briefings.permissions import Role
from tests.editorial.reviews import approved
from tests.factories import (
    make_briefing,
    make_published_briefing,
    make_snapshot,
    make_source,
    make_statement,
    make_user,
)

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def publisher(db):
    return make_user(Role.PUBLISHER, first_name="Paul")


def codes(refused):
    return sorted({problem.code for problem in refused.value.problems})


def planned(briefing, by, *, due=None, **kwargs):
    """Schedule a briefing, confirming what would be published along."""
    due = due or timezone.now() + HOUR
    return schedule(briefing, by=by, due=due, along=plan_publication(briefing, by=by, at=due).along, **kwargs)


def run(after=2 * HOUR):
    return list(run_due(now=timezone.now() + after))


def edit(briefing):
    briefing.title += "!"
    briefing.save()


def test_what_is_due_is_published_with_all_that_was_confirmed_and_not_before(publisher):
    briefing = make_published_briefing()
    first = briefing.current
    edit(briefing)
    planned(briefing, publisher, change_note="Another title.", major=False)
    assert (briefing.stage, briefing.status) == (Stage.SCHEDULED, "published")
    assert run(0 * HOUR) == []
    [outcome] = run()
    revision = PublishedRevision.objects.get(version=2)
    assert (outcome.revision, outcome.problems, outcome.broken) == (revision, [], "")
    assert (revision.by, revision.change_note, revision.is_major) == (publisher, "Another title.", False)
    assert revision.dated == first.dated
    briefing.refresh_from_db()
    assert (briefing.current, briefing.stage, briefing.scheduled_for) == (revision, Stage.DRAFT, None)
    assert Schedule.objects.get().state == ScheduleState.DONE
    acts = LogEntry.objects.about(briefing).order_by("pk").values_list("act", "by")
    assert list(acts) == [("schedule", publisher.pk), ("publish", publisher.pk), ("run-due", None)]


def test_a_draft_is_published_with_the_drafts_it_cites(publisher):
    briefing = make_briefing()
    planned(briefing, publisher)
    run()
    assert Briefing.objects.published().get() == briefing
    assert Statement.objects.published().count() == Source.objects.published().count() == 1


def test_a_clock_that_goes_back_and_forth_publishes_once(publisher):
    briefing = make_briefing()
    planned(briefing, publisher)
    assert len(run()) == 1
    for hours in (-48, 0, 3, -2, 100_000):
        assert run(hours * HOUR) == []
    assert PublishedRevision.objects.count() == 1
    briefing.refresh_from_db()
    edit(briefing)
    planned(briefing, publisher, change_note="Again.")
    assert run(-48 * HOUR) == [], "it is not due for a clock that stands before its time"
    assert len(run()) == 1


def test_what_is_due_is_published_in_the_order_of_its_time_and_one_failure_keeps_nothing_waiting(publisher):
    late, failing, early = (make_briefing(slug=slug) for slug in ("late", "failing", "early"))
    for hours, briefing in ((3, late), (2, failing), (1, early)):
        planned(briefing, publisher, due=timezone.now() + hours * HOUR)
    edit(failing)
    assert [(one.briefing.slug, one.revision is None) for one in run(4 * HOUR)] == [
        ("early", False),
        ("failing", True),
        ("late", False),
    ]


def test_a_fault_of_ours_is_left_for_the_next_run_and_keeps_nothing_waiting(publisher, monkeypatch):
    one, two = make_briefing(), make_briefing()
    planned(one, publisher)
    planned(two, publisher)

    def broken(thing, **kwargs):
        if thing == one:
            Briefing.objects.filter(pk=one.pk).update(title="Half done")
            raise OSError("disk full")
        return publish(thing, **kwargs)

    monkeypatch.setattr(scheduling, "publish", broken)
    assert [outcome.broken for outcome in run()] == ["OSError: disk full", ""]
    one.refresh_from_db()
    assert (one.title != "Half done", one.stage, one.schedules.get().state) == (
        True,
        Stage.SCHEDULED,
        ScheduleState.WAITING,
    )
    monkeypatch.undo()
    assert [outcome.briefing for outcome in run()] == [one]


def test_what_was_edited_after_it_was_scheduled_is_not_published_and_says_so(publisher):
    briefing = make_briefing()
    planned(briefing, publisher)
    edit(briefing)
    [outcome] = run()
    assert outcome.revision is None and "was edited after it was scheduled" in outcome.problems[0]
    briefing.refresh_from_db()
    assert (briefing.stage, briefing.scheduled_for, briefing.is_public) == (Stage.DRAFT, None, False)
    failed = Schedule.objects.get()
    assert (failed.state, failed.problems) == (ScheduleState.FAILED, outcome.problems)
    assert outcome.problems[0] in LogEntry.objects.get(act="schedule-failed").sentence
    assert run() == [], "it failed once and is not tried again"
    planned(briefing, publisher)
    assert {one.state for one in Schedule.objects.all()} == {ScheduleState.CANCELLED, ScheduleState.WAITING}
    assert len(run()) == 1


def test_an_edit_at_the_desk_lets_a_publication_fail_at_once(publisher):
    briefing = make_briefing()
    planned(briefing, publisher)
    assert note_edit(briefing, by=publisher) == []
    edit(briefing)
    assert "will not be published at its time" in note_edit(briefing, by=publisher)[0]
    assert (briefing.stage, briefing.scheduled_for) == (Stage.DRAFT, None)
    failed = Schedule.objects.get()
    assert failed.state == ScheduleState.FAILED and "was edited after it was scheduled" in failed.problems[0]
    assert run() == []


def an_edit_taken_back(briefing):
    title = briefing.title
    edit(briefing)
    briefing.title = title
    briefing.save()


def test_an_edit_that_was_taken_back_in_time_stops_nothing(publisher):
    briefing = make_briefing()
    planned(briefing, publisher)
    an_edit_taken_back(briefing)
    assert run()[0].revision


def lose_role(briefing, publisher):
    publisher.groups.clear()


def leave(briefing, publisher):
    publisher.is_active = False
    publisher.save()


def lose_passage(briefing, publisher):
    Statement.objects.get().evidence.get().passages.all().delete()


def change_draft(briefing, publisher):
    statement = Statement.objects.get()
    statement.said = "2017"
    statement.save()


def embargo(briefing, publisher):
    Source.objects.update(embargo_until=timezone.now() + 9 * HOUR)


@pytest.mark.parametrize(
    ("happens", "words"),
    [
        (lose_role, "Paul, who scheduled it, may not publish any more"),
        (leave, "Paul, who scheduled it, may not publish any more"),
        (lose_passage, "has no passage"),
        (change_draft, "was changed by somebody else"),
        (embargo, "is under embargo until"),
    ],
)
def test_all_is_checked_again_when_the_time_has_come(publisher, happens, words):
    briefing = make_briefing()
    planned(briefing, publisher)
    happens(briefing, publisher)
    [outcome] = run()
    assert words in " ".join(outcome.problems)
    assert not Briefing.objects.published().exists() and not Statement.objects.published().exists()


def test_four_eyes_are_asked_for_when_it_is_scheduled_and_when_it_is_due(publisher, settings):
    unwatched = make_briefing()
    planned(unwatched, publisher)
    settings.FOUR_EYES = True
    briefing = make_briefing()
    with pytest.raises(ScheduleRefused) as refused:
        planned(briefing, publisher)
    assert codes(refused) == ["not-approved"]
    approved(briefing)
    planned(briefing, publisher)
    outcomes = {one.briefing: one for one in run()}
    assert outcomes[briefing].revision
    assert "has not been approved yet" in outcomes[unwatched].problems[0]


def test_an_approved_text_that_could_not_be_published_is_approved_still(publisher, settings):
    settings.FOUR_EYES = True
    briefing = approved(make_briefing())
    planned(briefing, publisher)
    embargo(briefing, publisher)
    run()
    briefing.refresh_from_db()
    assert briefing.stage == Stage.APPROVED
    Source.objects.update(embargo_until=None)
    planned(briefing, publisher)
    edit(briefing)
    run()
    briefing.refresh_from_db()
    assert (briefing.stage, briefing.approved_by) == (Stage.DRAFT, None)


def test_an_embargo_that_ends_before_the_time_stands_in_nobodys_way(publisher):
    until = timezone.now() + HOUR
    statement = make_statement(snapshot=make_snapshot(source=make_source(embargo_until=until)))
    briefing = make_briefing(f"So.[@{statement.key}]")
    with pytest.raises(ScheduleRefused) as refused:
        planned(briefing, publisher, due=until - HOUR / 2)
    assert codes(refused) == ["embargo"]
    planned(briefing, publisher, due=until)
    with pytest.raises(PublicationRefused):
        publish(briefing, by=publisher, along=plan_publication(briefing, by=publisher).along)
    Source.objects.note(embargo_until=timezone.now())  # the time has come
    assert run()[0].revision


@pytest.mark.parametrize(
    ("due", "code"),
    [(-HOUR, "due-past"), (0 * HOUR, "due-past"), (24 * 366 * 6 * HOUR, "due-too-far")],
)
def test_the_time_is_one_to_come_and_not_too_far(publisher, due, code):
    with pytest.raises(ScheduleRefused) as refused:
        planned(make_briefing(), publisher, due=timezone.now() + due)
    assert codes(refused) == [code]


def test_one_publication_waits_at_a_time_and_only_a_text_as_it_was_read(publisher):
    briefing = make_briefing()
    seen = Briefing.objects.get(pk=briefing.pk)
    planned(briefing, publisher)
    with pytest.raises(ScheduleRefused) as refused:
        planned(briefing, publisher)
    assert codes(refused) == ["scheduled-already"]
    cancel(briefing, by=publisher)
    edit(briefing)
    with pytest.raises(ScheduleRefused) as refused:
        planned(seen, publisher)
    assert codes(refused) == ["text-changed-meanwhile"]


def test_readers_are_told_what_is_new_also_in_what_is_scheduled(publisher):
    briefing = make_published_briefing()
    edit(briefing)
    for note, code in (("", "no-change-note"), ("x" * 501, "too-many-words")):
        with pytest.raises(ScheduleRefused) as refused:
            planned(briefing, publisher, change_note=note)
        assert codes(refused) == [code]


@pytest.mark.parametrize("role", [None, Role.CONTRIBUTOR, Role.EDITOR])
def test_only_publishers_schedule_and_take_back(publisher, role):
    briefing, user = make_briefing(), make_user(role)
    with pytest.raises(PermissionDenied):
        schedule(briefing, by=user, due=timezone.now() + HOUR)
    planned(briefing, publisher)
    with pytest.raises(PermissionDenied):
        cancel(briefing, by=user)
    assert Schedule.objects.get().state == ScheduleState.WAITING


def test_what_is_taken_back_is_not_published_and_stands_where_it_stood(publisher):
    briefing = approved(make_briefing())
    planned(briefing, publisher)
    cancel(briefing, by=publisher)
    assert (briefing.stage, briefing.scheduled_for) == (Stage.APPROVED, None)
    assert run() == []
    with pytest.raises(ScheduleRefused) as refused:
        cancel(briefing, by=publisher)
    assert codes(refused) == ["not-scheduled"]


def test_a_failure_that_nobody_mends_is_laid_aside(publisher):
    briefing = make_briefing()
    planned(briefing, publisher)
    edit(briefing)
    run()
    briefing.refresh_from_db()
    submit(briefing, by=publisher)
    cancel(briefing, by=publisher)
    assert (briefing.stage, Schedule.objects.get().state) == (Stage.IN_REVIEW, ScheduleState.CANCELLED)


@pytest.mark.parametrize(
    ("act", "state"),
    [
        (lambda one, by: publish(one, by=by, along=plan_publication(one, by=by).along), ScheduleState.DONE),
        (lambda one, by: withdraw(one, by=by), ScheduleState.CANCELLED),
    ],
)
def test_what_is_published_or_withdrawn_before_its_time_waits_no_longer(publisher, act, state):
    briefing = approved(make_briefing())
    planned(briefing, publisher)
    act(briefing, publisher)
    assert Schedule.objects.get().state == state
    assert run() == []


def test_what_is_retracted_waits_for_nothing(publisher):
    briefing = make_published_briefing()
    edit(briefing)
    planned(briefing, publisher, change_note="New.")
    retract(briefing, by=publisher, reason="Wrong.")
    assert (briefing.stage, Schedule.objects.get().state) == (Stage.DRAFT, ScheduleState.CANCELLED)
    assert run() == []
    assert PublishedRevision.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_publish_once():
    publisher = make_user(Role.PUBLISHER)
    briefings = [make_briefing() for _ in range(3)]
    for briefing in briefings:
        planned(briefing, publisher)
    start, outcomes = threading.Barrier(2), []

    def go():
        start.wait()
        try:
            outcomes.extend(run())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.briefing.pk for one in outcomes) == [briefing.pk for briefing in briefings]
    assert all(one.revision for one in outcomes)
    assert [revision.version for revision in PublishedRevision.objects.all()] == [1, 1, 1]


KILLED = """
import datetime, os, signal, django
django.setup()
from django.utils import timezone
from briefings.editorial import scheduling
def killed(*args, **kwargs):
    print("published", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
scheduling.log = killed
list(scheduling.run_due(now=timezone.now() + datetime.timedelta(hours=2)))
"""


@pytest.mark.django_db(transaction=True)
def test_a_run_that_is_killed_in_between_leaves_all_to_the_next_one():
    if connection.vendor != "sqlite":
        pytest.skip("the second process is given a database file")
    briefing = make_briefing()
    planned(briefing, make_user(Role.PUBLISHER))
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
    }
    connection.close()
    ended = subprocess.run(
        [sys.executable, "-c", KILLED],
        env=environment,
        cwd=Path(__file__).parent.parent.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (-signal.SIGKILL, "published\n"), ended.stderr
    assert not PublishedRevision.objects.exists() and not Statement.objects.published().exists()
    assert Schedule.objects.get().state == ScheduleState.WAITING
    assert len(run()) == 1
    assert run() == []
    assert PublishedRevision.objects.count() == 1
