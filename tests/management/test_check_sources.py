"""`check_sources`: a line a source, the longest unchecked first, and the manners of a guest towards their hosts."""

import multiprocessing
import os
import signal
import time
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from briefings.editorial.drift import check_source
from briefings.editorial.locks import only_one
from briefings.editorial.rounds import Round, due
from briefings.models import Snapshot, Source, SourceCheck, SourceState
from tests.editorial.pages import JOINS, capture, changed, cite, days, page, silent
from tests.factories import make_snapshot, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys):
    """A function that runs the command as a shell does, with Django's own checks first, and returns what it said."""

    def run(*args, **options):
        call_command("check_sources", *args, **{"pause": 0, "skip_checks": False, **options})
        return capsys.readouterr().out

    return run


def captured(number, host="paper.example", **fields):
    return capture(address=f"http://{host}/{number}", key=f"story-{number}", **fields).source


def checked():
    return list(SourceCheck.objects.order_by("checked_at").values_list("source__key", flat=True))


def test_each_source_has_a_line_and_the_last_line_counts(news, run):
    one, two = captured(1), captured(2)
    cite(one.snapshots.get(), JOINS)
    news.serve(page(changed("joins what", "connects what")), path="/1")
    said = run()
    assert "story-1: changed; passages altered: 1" in said
    assert "story-2: undecided; paper.example has no page at this address" in said
    assert "Failure 1 of those that count" in said
    assert "Checked 2: 0 unchanged, 1 changed, 1 undecided, 0 gone. Left for the next run: 0." in said
    assert two.checks.get().http_status == 404


def test_only_sources_with_an_address_and_a_copy_are_due_and_drafts_and_embargoed_ones_too(news):
    draft = captured(1, status="draft", embargo_until=timezone.now() + timedelta(days=9))
    make_source(address="http://paper.example/no-copy")
    make_snapshot()
    captured(2, status="retracted", retraction_reason="Forged.")
    assert due() == [draft]


def test_the_longest_unchecked_come_first_and_lately_checked_ones_can_be_left_out(news):
    one, two, three = captured(1), captured(2), captured(3)
    for source, day in ((one, 8), (two, 5)):
        check_source(source, now=days(day))
    assert due() == [three, two, one]
    assert due(older_than=3, now=days(9)) == [three, two]


def test_named_sources_are_checked_and_an_unknown_name_stops_it_all(news, run):
    captured(1), captured(2)
    assert "story-2" not in run("story-1")
    with pytest.raises(CommandError, match="No source is named story-9"):
        run("story-2", "story-9")
    assert checked() == ["story-1"]


def test_a_dry_run_asks_nobody(news, run):
    captured(1), captured(2)
    said = run(dry_run=True, limit=1)
    assert "story-1: http://paper.example/1" in said and "1 of 2 due" in said
    assert news.server.requests == []
    assert not SourceCheck.objects.exists()


def test_a_limit_leaves_the_rest_for_the_next_run(news, run):
    for number in range(3):
        captured(number)
    assert "Left for the next run: 1" in run(limit=2)
    run(limit=2)
    assert checked()[:3] == ["story-0", "story-1", "story-2"]


def test_when_the_time_is_up_nothing_more_begins(news, run):
    captured(1)
    assert "Checked 0" in run(minutes=0, pause=1)
    assert news.asked("/1") == []


# Politeness


class Clock:
    """A clock that moves only when somebody waits, and what was waited for."""

    def __init__(self):
        self.now, self.waits = 0.0, []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.waits.append(seconds)
        self.now += seconds


def test_hosts_take_turns_and_each_rests_between_two_requests(news):
    clock = Clock()
    sources = [captured(1), captured(2), captured(3, host="other.example")]
    keys = [result.source.key for result in Round(pause=5, clock=clock, sleep=clock.sleep).run(sources)]
    assert keys == ["story-1", "story-3", "story-2"]
    assert [(request.split()[4], request.split()[1]) for request in news.server.requests] == [
        (b"paper.example", b"/robots.txt"), (b"other.example", b"/robots.txt"),
        (b"paper.example", b"/1"), (b"other.example", b"/3"), (b"paper.example", b"/2"),
    ]  # fmt: skip
    assert clock.waits == [5, 5]


def test_what_robots_txt_forbids_is_not_asked_for_and_undecided(news, run):
    one, two = captured(1), captured(2)
    news.serve(b"User-agent: Briefings\nDisallow: /1\n", path="/robots.txt", Content_Type="text/plain")
    news.serve(page(), path="/2")
    said = run()
    assert "asks programs not to visit" in said
    assert (one.checks.get().state, one.checks.get().failures) == (SourceState.UNDECIDED, 0)
    assert two.checks.get().state == SourceState.ALIVE
    assert news.asked("/1") == []
    assert len(news.asked("/robots.txt")) == 1


@pytest.mark.parametrize(
    ("status", "allowed"), [("404 Not Found", True), ("403 Forbidden", True), ("503 Service Unavailable", False)]
)
def test_without_rules_everything_is_allowed_and_with_a_broken_server_nothing(news, run, status, allowed):
    source = captured(1)
    news.serve(b"", status=status, path="/robots.txt")
    news.serve(page(), path="/1")
    run()
    assert bool(news.asked("/1")) is allowed
    assert source.checks.get().state == (SourceState.ALIVE if allowed else SourceState.UNDECIDED)


def test_a_host_that_is_not_there_is_asked_once_and_all_its_pages_have_failed(news, run):
    sources = [captured(1), captured(2)]
    news.lost_names.add("paper.example")
    run()
    assert [source.checks.get().reason for source in sources] == ["dns", "dns"]
    assert [source.checks.get().failures for source in sources] == [1, 1]


def test_a_host_that_asks_for_a_pause_is_left_alone_until_it_is_over(news, run):
    for number in (1, 2):
        captured(number)
    captured(3, host="other.example")
    news.serve(b"", status="429 Too Many Requests", path="/1", Retry_After="3600")
    for path in ("/2", "/3"):
        news.serve(page(), path=path)
    assert "Left for the next run: 1" in run()
    assert (news.asked("/2"), len(news.asked("/3"))) == ([], 1)
    assert "Left for the next run: 2" in run()
    assert len(news.asked("/1")) == 1
    SourceCheck.objects.filter(source__key="story-1").update(reason_detail={"retry_at": days(0).isoformat()})
    run()
    assert (len(news.asked("/1")), len(news.asked("/2"))) == (2, 1)


# Two runs, and a broken one


def _hold(name, held, done):
    connection.close()
    with only_one(name) as is_ours:
        assert is_ours
        held.set()
        done.wait(30)


@pytest.mark.django_db(transaction=True)
def test_a_second_run_leaves_everything_to_the_first_until_that_ends_or_is_killed(news, run):
    captured(1)
    news.serve(page(), path="/1")
    fork = multiprocessing.get_context("fork")
    held, done = fork.Event(), fork.Event()
    connection.close()
    other = fork.Process(target=_hold, args=("check_sources", held, done))
    other.start()
    assert held.wait(30)
    assert "Another run is under way" in run()
    assert not SourceCheck.objects.exists()
    os.kill(other.pid, signal.SIGKILL)
    other.join(30)
    for _ in range(50):
        if "story-1: unchanged" in run():
            break
        time.sleep(0.1)
    assert SourceCheck.objects.count() == 1


def test_one_source_that_breaks_us_is_told_and_the_others_are_checked(news, settings, tmp_path, capsys):
    captured(1), captured(2)
    news.serve(page(changed("ninety", "ninety-five")), path="/1")
    news.serve(page(), path="/2")
    blocked = tmp_path / "blocked"
    blocked.write_text("no folder")
    settings.MEDIA_ROOT = blocked
    Source.objects.filter(key="story-2").update(title="Another")
    with pytest.raises(CommandError, match="1 could not be checked"):
        call_command("check_sources", "story-1", pause=0)
    assert "story-1: not checked, because of a fault here" in capsys.readouterr().out
    assert (Snapshot.objects.count(), SourceCheck.objects.count()) == (2, 0)


def test_a_slow_server_costs_the_time_of_one_request(news, run):
    source = captured(1)
    news.server.answers["/1"] = silent
    news.patience = 0.5
    assert "took too long to answer" in run()
    assert source.checks.get().reason == "timeout"
