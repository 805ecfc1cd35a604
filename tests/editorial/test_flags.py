"""Flags: raised once for each public briefing that cites what changed, settled by a word, a revision or the cause."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from briefings.editorial import publish, retract
from briefings.editorial.drift import check_source
from briefings.editorial.flags import SettlementRefused, raise_flags, settle, settle_by_publication
from briefings.editorial.remedies import let_stand
from briefings.models import Flag, FlagCause, LogEntry, PassageCheck, StoredPage
from briefings.permissions import Role
from briefings.stored_pages import build
from tests.editorial.pages import JOINS, capture, changed, cite, days, page
from tests.factories import accept_all, make_briefing, make_published_briefing, make_statement, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_user(Role.EDITOR)


@pytest.fixture
def publisher():
    return make_user(Role.PUBLISHER)


@pytest.fixture
def statement():
    return make_statement(status="published")


def body(*statements):
    return "\n\n".join(f"It was said so.[@{one.key}]" for one in statements)


def flagged(statement):
    """A public briefing that cites the statement, and its open flag."""
    briefing = make_published_briefing(body(statement))
    raise_flags([statement], FlagCause.CORRECTED)
    return briefing, Flag.objects.get(briefing=briefing)


def test_every_public_briefing_that_cites_a_statement_is_flagged_once(statement):
    citing = [make_published_briefing(body(statement)) for _number in range(2)]
    make_briefing(body(statement))
    make_published_briefing()
    assert raise_flags([statement], FlagCause.CORRECTED) == 2
    assert raise_flags([statement.pk], FlagCause.CORRECTED) == 0
    assert set(Flag.objects.open().values_list("briefing", flat=True)) == {one.pk for one in citing}
    assert raise_flags([statement], FlagCause.RETRACTED) == 2


def test_what_an_earlier_revision_cited_and_a_draft_cites_is_not_flagged(statement, publisher):
    briefing, other = make_published_briefing(body(statement)), make_statement(status="published")
    briefing.body = body(other)
    briefing.save()
    accept_all(briefing)
    publish(briefing, by=publisher, change_note="More is said.")
    briefing.body = body(statement)
    briefing.save()
    assert raise_flags([statement], FlagCause.CORRECTED) == 0


def test_a_flag_marks_the_stored_page_and_so_does_settling_it(statement, editor):
    briefing = make_published_briefing(body(statement))
    build(briefing.slug)
    raise_flags([statement], FlagCause.CORRECTED)
    assert StoredPage.objects.get().stale
    build(briefing.slug)
    settle(Flag.objects.get(), by=editor, note="It says so anyway.", seen=1)
    assert StoredPage.objects.get().stale


def test_settling_asks_for_a_role_a_note_and_the_flag_as_it_is(statement, editor):
    _briefing, flag = flagged(statement)
    with pytest.raises(PermissionDenied):
        settle(flag, by=make_user(Role.CONTRIBUTOR), note="So it is.", seen=flag.version)
    for note, seen in ((" ", flag.version), ("So it is.", flag.version + 1)):
        with pytest.raises(SettlementRefused):
            settle(flag, by=editor, note=note, seen=seen)
    assert Flag.objects.open().exists()
    settle(flag, by=editor, note="It stands, because the number is the same.", seen=flag.version)
    flag.refresh_from_db()
    assert (flag.dealt_by, bool(flag.dealt_at), flag.note[:9]) == (editor, True, "It stands")
    assert LogEntry.objects.get(act="settle").key == flag.briefing.slug
    with pytest.raises(SettlementRefused):
        settle(flag, by=editor, note="Again.", seen=flag.version)
    assert raise_flags([statement], FlagCause.CORRECTED) == 1


def test_a_new_revision_settles_the_flags_of_its_briefing_and_no_others(statement, publisher):
    briefing, flag = flagged(statement)
    other = Flag.objects.create(
        briefing=make_published_briefing(body(statement)), statement=statement, cause=FlagCause.CORRECTED
    )
    briefing.body += "\n\nMore of it." + f"[@{statement.key}]"
    briefing.save()
    accept_all(briefing)
    publish(briefing, by=publisher, change_note="More is said.")
    flag.refresh_from_db()
    assert flag.dealt_by == publisher and "2" in flag.note
    assert list(Flag.objects.open()) == [other]


def test_a_publication_fixed_before_the_flag_does_not_settle_what_it_still_cites(statement, publisher):
    briefing, flag = flagged(statement)
    earlier = flag.at - timezone.timedelta(hours=1)
    assert settle_by_publication(briefing, by=publisher, missed_since=earlier) == 0
    assert settle_by_publication(briefing, by=publisher, missed_since=flag.at) == 1


def test_retracting_a_statement_flags_what_cites_it(statement, publisher):
    briefing = make_published_briefing(body(statement))
    retract(statement, by=publisher, reason="It was made up.")
    assert Flag.objects.open().get().cause == FlagCause.RETRACTED
    assert Flag.objects.get().briefing == briefing


def test_a_passage_that_is_lost_flags_once_and_one_that_returns_unflags(news):
    copy = capture()
    _statements, briefing = cite(copy, JOINS)
    news.serve(page(changed("joins what", "connects what")))
    check_source(copy.source, now=days(1))
    check_source(copy.source, now=days(2))
    flag = Flag.objects.get()
    assert (flag.briefing, flag.cause) == (briefing, FlagCause.PASSAGE_LOST)
    news.serve(page())
    check_source(copy.source, now=days(3))
    flag.refresh_from_db()
    assert flag.dealt_at and flag.dealt_by is None
    news.serve(page(changed("joins what", "connects what")))
    check_source(copy.source, now=days(4))
    assert Flag.objects.open().count() == 1


def test_what_was_decided_about_a_passage_settles_its_flags_and_is_not_asked_again(news, editor):
    copy = capture()
    cite(copy, JOINS)
    news.serve(page(changed("joins what", "connects what")))
    check_source(copy.source, now=days(1))
    check = PassageCheck.objects.undecided().get()
    let_stand(check, by=editor, seen=check.version, note="The speech is on film.")
    assert not Flag.objects.open().exists()
    assert "on film" in Flag.objects.get().note
    check_source(copy.source, now=days(2))
    assert not Flag.objects.open().exists()
