"""Drift: how a source stands after each kind of answer, what a change does to passages, and what it leaves alone."""

import multiprocessing
import os
import signal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from briefings.editorial.drift import CheckRefused, check_source, judge_passages
from briefings.models import (
    Evidence,
    PassageCheck,
    PassageState,
    Snapshot,
    Source,
    SourceCheck,
    SourceState,
    StoredPage,
)
from briefings.permissions import Role
from briefings.stored_pages import build, render_page, renderer
from tests.articles import servers
from tests.factories import make_snapshot, make_source, make_user

from .pages import ADDRESS, COST, JOINS, PARAGRAPHS, TWO_MORE, capture, changed, cite, days, page, silent

pytestmark = pytest.mark.django_db

ALIVE, CHANGED, UNDECIDED, GONE = SourceState.ALIVE, SourceState.CHANGED, SourceState.UNDECIDED, SourceState.GONE


def check(copy, day):
    return check_source(copy.source, now=days(day))


def states(*statements):
    """What the current checks say of each statement's first passage."""
    found = dict(PassageCheck.objects.current().values_list("passage__evidence__statement__key", "state"))
    return [found.get(statement.key) for statement in statements]


# The page answers


def test_an_unchanged_page_is_alive_and_makes_no_copy(news):
    copy = capture()
    found = check(copy, 1)
    assert (found.state, found.compared, found.snapshot, found.http_status) == (ALIVE, copy, None, 200)
    assert copy.source.snapshots.count() == 1


def test_the_next_look_asks_only_whether_something_changed(news):
    copy = capture()
    news.serve(page(), ETag='"one"', Last_Modified="Sun, 01 Nov 2026 08:00:00 GMT")
    assert check(copy, 1).validators == {"ETag": '"one"', "Last-Modified": "Sun, 01 Nov 2026 08:00:00 GMT"}
    news.serve(b"", status="304 Not Modified")
    found = check(copy, 2)
    assert 'If-None-Match: "one"' in news.asked()[-1]
    assert "If-Modified-Since: Sun, 01 Nov 2026 08:00:00 GMT" in news.asked()[-1]
    assert (found.state, found.http_status) == (ALIVE, 304)
    assert found.validators["ETag"] == '"one"'


def test_after_a_new_passage_the_whole_page_is_asked_for(news):
    copy = capture()
    news.serve(page(), ETag='"one"')
    check(copy, 1)
    cite(copy, JOINS)
    check(copy, 2)
    assert "If-None-Match" not in news.asked()[-1]


def test_other_teasers_and_clocks_around_the_same_article_are_no_change(news):
    copy = capture()
    statements, _briefing = cite(copy, JOINS, TWO_MORE)
    news.serve(
        page(teasers=["Storm takes roofs in the north of the country", "Recipe of the week"], clock="5 days ago")
    )
    assert check(copy, 1).state == ALIVE
    assert Snapshot.objects.count() == 1
    assert states(*statements) == [None, None]


def test_one_other_word_in_the_article_is_a_change_that_is_stored(news):
    copy = capture()
    news.serve(page(changed("ninety million", "ninety-five million")), Server="paper")
    found = check(copy, 1)
    new = found.snapshot
    assert (found.state, found.compared) == (CHANGED, copy)
    assert (new.method, new.text_version, new.http_status, new.final_address) == ("fetched", 1, 200, ADDRESS)
    assert "Server: paper" in new.headers
    assert b"ninety-five" in new.raw.read()
    assert new.warc.read()[:2] == b"\x1f\x8b"
    assert copy.text == Snapshot.objects.get(pk=copy.pk).text


def test_each_passage_is_judged_by_its_own_words(news):
    copy = capture()
    statements, _briefing = cite(copy, JOINS, TWO_MORE, COST, kind="paraphrase")
    rewritten = changed("joins what the river", "connects what the river")
    rewritten = [rewritten[2], rewritten[0], rewritten[1], rewritten[4]]
    news.serve(page(rewritten))
    assert check(copy, 1).state == CHANGED
    assert states(*statements) == [PassageState.ALTERED, PassageState.GONE, PassageState.MOVED]
    altered = PassageCheck.objects.get(state=PassageState.ALTERED)
    assert altered.words == "This bridge connects what the river parted a hundred years ago"
    assert altered.snapshot.text[altered.start : altered.end] == altered.words


def test_a_change_adds_evidence_where_all_words_stand_and_leaves_the_old_evidence_alone(news):
    copy = capture()
    (joins, more), _briefing = cite(copy, JOINS, TWO_MORE)
    before = list(Evidence.objects.filter(snapshot=copy).order_by("pk").values())
    news.serve(page(changed("two more before", "three more before")))
    new = check(copy, 1).snapshot
    assert [one.snapshot for one in joins.evidence.order_by("order")] == [copy, new]
    assert joins.evidence.get(snapshot=new).verdict == "exact"
    assert [one.snapshot for one in more.evidence.all()] == [copy]
    assert list(Evidence.objects.filter(snapshot=copy).order_by("pk").values()) == before


def test_a_page_that_stays_changed_is_compared_with_the_copy_that_statements_rest_on(news):
    copy = capture()
    cite(copy, JOINS)
    news.serve(page(changed("ninety", "ninety-five")))
    new = check(copy, 1).snapshot
    for day in (2, 3):
        found = check(copy, day)
        assert (found.state, found.compared, found.snapshot) == (CHANGED, copy, new)
    assert copy.source.snapshots.count() == 2


def test_without_statements_a_change_is_told_once(news):
    copy = capture()
    news.serve(page(changed("ninety", "ninety-five")))
    new = check(copy, 1).snapshot
    found = check(copy, 2)
    assert (found.state, found.compared) == (ALIVE, new)


def test_a_page_that_changes_back_has_its_passages_again(news):
    copy = capture()
    (joins,), _briefing = cite(copy, JOINS)
    news.serve(page(changed("joins what", "connects what")))
    check(copy, 1)
    assert states(joins) == [PassageState.ALTERED]
    news.serve(page(clock="2 weeks ago"))
    found = check(copy, 2)
    assert (found.state, states(joins)) == (ALIVE, [None])
    assert copy.source.snapshots.count() == 2
    news.serve(page(changed("joins what", "connects what")))
    assert check(copy, 3).state == CHANGED
    assert states(joins) == [PassageState.ALTERED]
    assert PassageCheck.objects.count() == 1


def test_a_decision_holds_through_a_further_change_that_leaves_the_passage_as_it_was(news):
    copy = capture()
    cite(copy, JOINS)
    connects = changed("joins what", "connects what")
    news.serve(page(connects))
    check(copy, 1)
    decided = PassageCheck.objects.get()
    decided.remedy, decided.note = "stands", "A misprint since."
    decided.save()
    news.serve(page([one.replace("ninety", "ninety-five") for one in connects]))
    check(copy, 2)
    now = PassageCheck.objects.current().get()
    assert (now.snapshot != decided.snapshot, now.remedy, now.note) == (True, "stands", "A misprint since.")
    news.serve(page(changed("joins what", "ties what")))
    check(copy, 3)
    assert PassageCheck.objects.undecided().get().words.startswith("This bridge ties")


def test_a_text_that_was_handed_over_is_compared_by_its_passages_alone(news):
    source = make_source(address=ADDRESS, status="published")
    copy = make_snapshot("\n".join(PARAGRAPHS[:4]), source=source)
    (joins, _more), _briefing = cite(copy, JOINS, TWO_MORE)
    assert check(copy, 1).state == ALIVE
    assert source.snapshots.count() == 1
    news.serve(page(changed("joins what", "connects what")))
    found = check(copy, 2)
    assert (found.state, found.compared, states(joins)) == (CHANGED, copy, [PassageState.ALTERED])


# The page answers with something else

REFUSALS = ["401 Unauthorized", "402 Payment Required", "403 Forbidden", "429 Too Many Requests"]


def test_the_stub_of_a_paywall_is_undecided_and_touches_no_passage(news):
    copy = capture()
    statements, _briefing = cite(copy, JOINS, TWO_MORE, COST, kind="paraphrase")
    news.serve(page([PARAGRAPHS[0], "Subscribe to read on."]))
    found = check(copy, 1)
    assert (found.state, found.reason, found.failures) == (UNDECIDED, "stub", 0)
    assert states(*statements) == [None, None, None]
    assert Snapshot.objects.count() == 1


def test_a_page_of_other_words_is_undecided_and_never_a_failure(news):
    copy = capture()
    cite(copy, JOINS)
    news.serve(page(["Sorry, we could not find what you were looking for. Perhaps one of these is of interest."] * 9))
    for day in (1, 5, 9, 13):
        found = check(copy, day)
    assert (found.state, found.reason, found.failures) == (UNDECIDED, "another-page", 0)


def test_being_led_to_the_front_page_is_undecided(news):
    copy = capture()
    cite(copy, JOINS)
    news.server.answers["/bridge"] = servers.moved("/")
    news.serve(page([PARAGRAPHS[0], PARAGRAPHS[2], "Elsewhere, much else went on."]), path="/")
    found = check(copy, 1)
    assert (found.state, found.reason) == (UNDECIDED, "front-page")


def test_a_long_cut_that_leaves_most_passages_is_a_change(news):
    copy = capture()
    statements, _briefing = cite(copy, JOINS, TWO_MORE)
    news.serve(page([PARAGRAPHS[1], PARAGRAPHS[3]]))
    assert check(copy, 1).state == CHANGED
    assert not set(states(*statements)) & {PassageState.GONE, PassageState.ALTERED}


@pytest.mark.parametrize("status", REFUSALS)
def test_a_refusal_is_undecided_however_often_it_comes(news, status):
    copy = capture()
    news.serve(b"", status=status)
    for day in (1, 5, 9, 13):
        found = check(copy, day)
    assert (found.state, found.failures, found.http_status) == (UNDECIDED, 0, int(status[:3]))
    assert found.reason == f"http-{status[:3]}"


def test_a_page_without_text_is_undecided(news):
    copy = capture()
    news.serve(b"<script>draw()</script>")
    assert (check(copy, 1).reason, check(copy, 9).failures) == ("no-text", 0)


# The page does not answer


def fall_silent(news):
    news.patience = 0.3
    news.server.answers["/bridge"] = silent


FAILURES = {
    "404": lambda news: news.serve(b"", status="404 Not Found"),
    "410": lambda news: news.serve(b"", status="410 Gone"),
    "500": lambda news: news.serve(b"", status="500 Internal Server Error"),
    "no such host": lambda news: news.lost_names.add("paper.example"),
    "reset": lambda news: news.server.answers.update({"/bridge": servers.reset()}),
    "silence": lambda news: fall_silent(news),
    "nonsense": lambda news: news.server.answers.update({"/bridge": b"SMTP ready\r\n\r\n"}),
}


@pytest.mark.parametrize("fail", FAILURES.values(), ids=FAILURES)
def test_three_failures_three_days_apart_make_a_page_gone_and_fewer_do_not(news, fail):
    copy = capture()
    fail(news)
    found = [check(copy, day) for day in (1, 2, 3.9, 4, 6.9, 7)]
    assert [one.state for one in found] == [UNDECIDED] * 5 + [GONE]
    assert [one.failures for one in found] == [1, 1, 1, 2, 2, 3]
    assert found[-1].reason_detail["since"] == days(1).isoformat()
    assert check(copy, 7.5).state == GONE


def test_a_success_starts_the_count_anew(news):
    copy = capture()
    news.serve(b"", status="404 Not Found")
    check(copy, 1), check(copy, 4)
    news.serve(page())
    assert (check(copy, 7).state, check(copy, 7.1).failures) == (ALIVE, 0)
    news.serve(b"", status="404 Not Found")
    found = [check(copy, day) for day in (10, 13, 16)]
    assert [one.state for one in found] == [UNDECIDED, UNDECIDED, GONE]
    assert found[-1].reason_detail["since"] == days(10).isoformat()
    news.serve(page())
    assert check(copy, 20).state == ALIVE


def test_a_paywall_between_failures_neither_counts_nor_resets(news):
    copy = capture()
    news.serve(b"", status="404 Not Found")
    check(copy, 1), check(copy, 4)
    news.serve(b"", status="402 Payment Required")
    assert (check(copy, 7).state, check(copy, 8).failures) == (UNDECIDED, 2)
    news.serve(b"", status="404 Not Found")
    assert check(copy, 9).state == GONE
    news.serve(b"", status="402 Payment Required")  # somebody is there after all
    assert (check(copy, 10).state, check(copy, 11).failures) == (UNDECIDED, 3)


def test_a_failure_leaves_what_is_known_of_passages(news):
    copy = capture()
    (joins,), _briefing = cite(copy, JOINS)
    news.serve(page(changed("joins what", "connects what")))
    new = check(copy, 1).snapshot
    news.serve(b"", status="503 Service Unavailable", Retry_After="7200")
    found = check(copy, 2)
    assert (found.state, found.compared, found.snapshot) == (UNDECIDED, copy, new)
    assert "retry_at" in found.reason_detail
    assert states(joins) == [PassageState.ALTERED]


# What holds whatever happens


def test_exactly_one_check_is_the_current_one_and_all_are_kept(news):
    copy = capture()
    for day in (1, 1, 2):
        check(copy, day)
    assert SourceCheck.objects.count() == 3
    assert SourceCheck.objects.current().get().checked_at == days(2)


def test_who_may_not_recapture_may_not_check(news):
    copy = capture()
    with pytest.raises(PermissionDenied):
        check_source(copy.source, by=make_user(Role.CONTRIBUTOR))
    editor = make_user(Role.EDITOR)
    assert check_source(copy.source, by=editor).created_by == editor


@pytest.mark.parametrize("fields", [{"address": ""}, {"address": ADDRESS}], ids=["no address", "no copy"])
def test_what_cannot_be_checked_is_refused_in_a_sentence(news, fields):
    with pytest.raises(CheckRefused) as refused:
        check_source(make_source(**fields))
    assert str(refused.value)
    assert not SourceCheck.objects.exists()


CHANGES = {
    "altered": lambda news: news.serve(page(changed("joins what", "connects what"))),
    "gone": lambda news: news.serve(page([*PARAGRAPHS[:1], *PARAGRAPHS[2:]])),
    "page gone": lambda news: news.serve(b"", status="404 Not Found"),
    "the same": lambda news: None,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_after_a_check_the_stored_page_is_what_a_fresh_rendering_shows(news, client, change):
    copy = capture()
    _statements, briefing = cite(copy, JOINS)
    build(briefing.slug)
    assert StoredPage.objects.fresh(renderer()).filter(briefing=briefing).exists()
    change(news)
    for day in (1, 4, 7, 10):
        check(copy, day)
        shown = client.get(briefing.get_absolute_url()).content.decode()
        briefing.refresh_from_db()
        assert shown == render_page(briefing)
    assert "No longer found" in shown if change is CHANGES["page gone"] else "No longer found" not in shown


def test_judging_again_changes_nothing(news):
    copy = capture()
    cite(copy, JOINS, TWO_MORE)
    news.serve(page(changed("joins what", "connects what")))
    new = check(copy, 1).snapshot
    before = list(PassageCheck.objects.order_by("pk").values("passage", "snapshot", "state", "is_current", "words"))
    judge_passages(copy.source, new)
    after = list(PassageCheck.objects.order_by("pk").values("passage", "snapshot", "state", "is_current", "words"))
    assert before == after


def _check_in_another_process(pk, day, started):
    connection.close()
    started.set()
    check_source(Source.objects.get(pk=pk), now=days(day))


@pytest.mark.django_db(transaction=True)
def test_two_checks_at_once_leave_one_copy_and_one_current_check(news):
    copy = capture()
    cite(copy, JOINS)
    news.serve(page(changed("joins what", "connects what")))
    fork = multiprocessing.get_context("fork")
    connection.close()
    workers = [
        fork.Process(target=_check_in_another_process, args=(copy.source_id, day, fork.Event())) for day in (1, 2, 3)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert copy.source.snapshots.count() == 2
    assert SourceCheck.objects.count() == 3
    assert SourceCheck.objects.current().count() == PassageCheck.objects.current().count() == 1


def _die_while_writing(pk):
    connection.close()
    real = PassageCheck.objects.bulk_create

    def die(*args, **kwargs):
        real(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    PassageCheck.objects.bulk_create = die
    check_source(Source.objects.get(pk=pk), now=days(1))


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_while_it_records_a_change_leaves_nothing_of_it(news):
    copy = capture()
    (joins,), _briefing = cite(copy, JOINS)
    news.serve(page(changed("joins what", "connects what")))
    connection.close()
    worker = multiprocessing.get_context("fork").Process(target=_die_while_writing, args=(copy.source_id,))
    worker.start()
    worker.join(30)
    assert worker.exitcode == -signal.SIGKILL
    assert (Snapshot.objects.count(), SourceCheck.objects.count(), PassageCheck.objects.count()) == (1, 0, 0)
    assert (check(copy, 2).state, states(joins)) == (CHANGED, [PassageState.ALTERED])
