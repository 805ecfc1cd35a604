"""Publishing and correcting by a process that is killed, again and again, ever later: all of it stands, or nothing."""

import os
import signal
import time

import pytest
from django.db import connection

from briefings.editorial.corrections import correct_briefing
from briefings.editorial.plans import plan_publication
from briefings.editorial.workflow import publish
from briefings.models import Briefing, Citation, Correction, LogEntry, Seal, Statement
from tests.factories import accept_all, make_briefing, make_published_briefing, make_statement, make_user

ROUNDS = 8


def publish_it(briefing, user):
    publish(briefing, by=user, along=plan_publication(briefing, by=user).along)


def correct_it(briefing, user):
    correct_briefing(briefing, by=user, kind="error", said="on Monday", says="on Tuesday", why="We had the day wrong.")


def draft():
    return make_briefing(f"It was said so.[@{make_statement().key}]")


def changed():
    statement = make_statement(status="published")
    briefing = make_published_briefing(f"It was said on Monday.[@{statement.key}]")
    briefing.body = briefing.body.replace("Monday", "Tuesday")
    briefing.save()
    accept_all(briefing)
    return briefing


def killed_after(seconds, act, briefing, user):
    """Let another process act, kill it after so long, and tell whether it was still at it."""
    connection.close()
    child = os.fork()
    if child == 0:
        act(briefing, user)
        os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def parts_of(briefing):
    """How many of each thing that belongs to the publications of a briefing there are."""
    stored = Briefing.objects.get(pk=briefing.pk)
    revisions = stored.revisions.count()
    assert Seal.objects.filter(revision__briefing=stored).count() == revisions
    assert {row.revision_id for row in Citation.objects.filter(revision__briefing=stored)} == set(
        stored.revisions.values_list("pk", flat=True)
    )
    assert (stored.current.version if stored.current else 0) == revisions
    return revisions


@pytest.mark.django_db(transaction=True)
def test_a_publication_that_is_killed_leaves_all_or_nothing():
    user, killed = make_user(), 0
    began = time.monotonic()
    publish_it(draft(), user)
    took = time.monotonic() - began
    for step in range(ROUNDS):
        briefing = draft()
        killed += killed_after(took * (step + 1) / ROUNDS, publish_it, briefing, user)
        stands = parts_of(briefing)
        about = LogEntry.objects.about(briefing).filter(act="publish").count()
        cited = Statement.objects.published().filter(key=briefing.body.partition("@")[2].strip("]")).count()
        assert (stands, about, cited, Briefing.objects.published().filter(pk=briefing.pk).count()) in (
            (0, 0, 0, 0),
            (1, 1, 1, 1),
        )
    assert killed


@pytest.mark.django_db(transaction=True)
def test_a_correction_that_is_killed_leaves_all_or_nothing():
    user, killed = make_user(), 0
    began = time.monotonic()
    correct_it(changed(), user)
    took = time.monotonic() - began
    for step in range(ROUNDS):
        briefing = changed()
        killed += killed_after(took * (step + 1) / ROUNDS, correct_it, briefing, user)
        made = Correction.objects.filter(briefing=briefing).count()
        assert (parts_of(briefing), made) in ((1, 0), (2, 1))
    assert killed
