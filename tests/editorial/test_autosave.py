"""Unsaved text: kept in the row of its window and nowhere else, never overwritten by what comes late."""

import datetime
from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from briefings.editorial.autosave import keep, leave, left_behind, open_window, others, rebase, save_window, take_up
from briefings.editorial.working_text import StaleText, Text, text_of
from briefings.models import Briefing, WritingWindow
from briefings.permissions import Role
from tests.factories import make_briefing, make_user

pytestmark = pytest.mark.django_db
BODY = "As it was.\n"


@pytest.fixture
def briefing(db):
    return make_briefing(BODY, title="A title", standfirst="S.")


def kept(briefing, user, number, body, *, window="w1", base=None, title="A title"):
    values = {"title": title, "standfirst": "S.", "body": body}
    return keep(briefing, by=user, window=window, base_version=base or briefing.version, number=number, **values)


def test_what_is_kept_stays_in_its_window_and_never_reaches_the_briefing(briefing):
    one, other = make_user(), make_user()
    kept(briefing, one, 1, "Mine.\r\n")
    kept(briefing, other, 1, "Theirs.")
    kept(briefing, one, 1, "Mine, elsewhere.", window="w2")
    rows = {(row.user_id, row.window): row.body for row in WritingWindow.objects.all()}
    assert rows == {(one.pk, "w1"): "Mine.\n", (other.pk, "w1"): "Theirs.", (one.pk, "w2"): "Mine, elsewhere."}
    version = briefing.version
    briefing.refresh_from_db()
    assert briefing.body == BODY and briefing.version == version


def test_a_late_text_never_overwrites_a_newer_one(briefing):
    user = make_user()
    assert kept(briefing, user, 5, "Newer.").number == 5
    for late in (4, 5, 0):
        assert kept(briefing, user, late, "Older.").number == 5
    assert WritingWindow.objects.get().body == "Newer."


def test_a_text_like_the_stored_one_is_nothing_unsaved(briefing):
    user = make_user()
    assert kept(briefing, user, 1, "New.").changed
    assert not kept(briefing, user, 2, BODY).changed


def test_who_may_not_change_a_briefing_keeps_nothing(briefing):
    with pytest.raises(PermissionDenied):
        kept(briefing, make_user(Role.CONTRIBUTOR), 1, "x")
    with pytest.raises(PermissionDenied):
        open_window(briefing, by=make_user(None), window="w")
    assert not WritingWindow.objects.exists()


def test_a_saved_window_goes_on_from_what_is_stored(briefing):
    user = make_user()
    row = kept(briefing, user, 3, "New.")
    stored = save_window(row, by=user)
    row.refresh_from_db()
    assert stored.body == "New." and not row.changed
    assert (row.base_version, row.base_body, row.number) == (stored.version, "New.", 4)
    assert kept(briefing, user, 3, "Late.").body == "New.", "what was sent before the save comes too late"


def test_a_text_typed_while_saving_is_not_thrown_away(briefing):
    user = make_user()
    row = kept(briefing, user, 1, "Saved.")
    kept(briefing, user, 2, "Typed meanwhile.")
    stored = save_window(row, by=user)
    row.refresh_from_db()
    assert stored.body == "Saved." and row.body == "Typed meanwhile." and row.changed
    assert row.base_body == "Saved."


def test_a_stale_window_keeps_its_text_and_what_it_was_begun_from(briefing):
    one, other = make_user(), make_user()
    row = kept(briefing, one, 1, "Mine.")
    save_window(kept(briefing, other, 1, "Theirs."), by=other)
    with pytest.raises(StaleText):
        save_window(WritingWindow.objects.get(pk=row.pk), by=one)
    row.refresh_from_db()
    assert (row.body, row.base_body, row.changed) == ("Mine.", BODY, True)
    assert Briefing.objects.get().body == "Theirs."


def test_a_change_of_something_else_is_not_in_the_way_of_words(briefing):
    user = make_user()
    row = kept(briefing, user, 1, "Mine.")
    Briefing.objects.update(language="fr")
    stored = save_window(WritingWindow.objects.get(pk=row.pk), by=user)
    assert stored.body == "Mine." and stored.language == "fr"


def test_a_window_that_was_forgotten_is_kept_anew_without_guessing_what_it_was_begun_from(briefing):
    user, old = make_user(), briefing.version
    Briefing.objects.update(body="Newer.")
    briefing.refresh_from_db()
    row = kept(briefing, user, 7, "Mine.", base=old)
    assert row.changed and row.base_title == "" and row.base_version == old


def test_others_are_who_was_heard_of_lately_each_once(briefing):
    me, other = make_user(first_name="Me"), make_user(first_name="Other")
    mine = open_window(briefing, by=me, window="w1")
    assert others(briefing, than=mine) == []
    open_window(briefing, by=me, window="w2")
    open_window(briefing, by=other, window="w1")
    kept(briefing, other, 1, "Unsaved.", window="w2")
    open_window(make_briefing("x"), by=make_user(), window="w3")
    found = others(briefing, than=mine)
    assert [(one.name, one.has_unsaved, one.is_oneself) for one in found] == [
        ("Other", True, False),
        ("Me", False, True),
    ]
    WritingWindow.objects.update(seen_at=timezone.now() - datetime.timedelta(seconds=46))
    assert others(briefing, than=mine) == []


def test_leaving_forgets_an_empty_window_and_keeps_unsaved_text_for_its_user(briefing):
    user = make_user()
    leave(open_window(briefing, by=user, window="empty"))
    row = kept(briefing, user, 1, "Unsaved.")
    leave(row)
    fresh = open_window(briefing, by=user, window="w9")
    assert others(briefing, than=fresh) == [] and not WritingWindow.objects.filter(window="empty").exists()
    assert [one.pk for one in left_behind(briefing, by=user, besides=fresh)] == [row.pk]
    assert left_behind(briefing, by=make_user(), besides=fresh) == []
    assert take_up(row, window="w10").window == "w10"
    assert left_behind(briefing, by=user, besides=row) == []


def test_old_windows_that_hold_nothing_are_removed_and_unsaved_text_is_not(briefing):
    user = make_user()
    open_window(briefing, by=user, window="empty")
    kept(briefing, user, 1, "Unsaved.", window="full")
    WritingWindow.objects.update(seen_at=timezone.now() - datetime.timedelta(days=30))
    open_window(briefing, by=user, window="new")
    assert set(WritingWindow.objects.values_list("window", flat=True)) == {"full", "new"}


def test_a_merged_text_is_begun_from_what_is_stored_now(briefing):
    user = make_user()
    row = kept(briefing, user, 1, "Mine.")
    rebase(row, briefing, Text("A title", "S.", "Merged."))
    assert text_of(row).body == "Merged." and row.changed and row.base_body == BODY and row.number == 2


@pytest.mark.django_db(transaction=True)
def test_texts_kept_at_the_same_time_leave_the_one_with_the_highest_number(briefing):
    user = make_user()

    def send(number):
        kept(briefing, user, number, f"Text {number}.")
        connection.close()

    threads = [Thread(target=send, args=[number]) for number in (3, 8, 1, 5, 2, 7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert WritingWindow.objects.get().body == "Text 8."
