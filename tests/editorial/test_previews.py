"""Preview links: signed, expiring, of one version; taken back, and never more than that."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from briefings.editorial.comments import CommentRefused
from briefings.editorial.previews import (
    PER_LINK,
    PER_MINUTE,
    NoPreview,
    PreviewOver,
    PreviewRefused,
    as_it_was,
    comment,
    make,
    open_link,
    revoke,
    token_of,
)
from briefings.editorial.workflow import retract
from briefings.models import Comment, LogEntry, PreviewLink
from briefings.permissions import Role
from tests.factories import make_briefing, make_published_briefing, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_user(Role.EDITOR)


@pytest.fixture
def briefing():
    return make_briefing("One.\n\nTwo.")


@pytest.fixture
def link(briefing, editor):
    return make(briefing, by=editor, guest=" Sana \x00 Malik ", days=7)


def test_a_link_names_its_guest_its_version_and_its_end_and_stands_in_the_log(link, briefing, editor):
    assert (link.guest, link.of_version, link.created_by) == ("Sana Malik", briefing.version, editor)
    assert timezone.timedelta(days=6, hours=23) < link.expires_at - timezone.now() <= timezone.timedelta(days=7)
    assert "Sana Malik" in LogEntry.objects.about(briefing).get().sentence
    assert token_of(link) not in LogEntry.objects.get().sentence


def test_it_shows_the_text_of_then_whatever_is_edited_later(link, briefing):
    briefing.title, briefing.body = "Another", "All else."
    briefing.save()
    shown = as_it_was(open_link(token_of(link)))
    assert (shown.title, shown.body) == (link.title, "One.\n\nTwo.")
    briefing.refresh_from_db()
    assert briefing.body == "All else."


def test_only_the_very_token_opens_it(link, briefing, editor, settings):
    token = token_of(link)
    assert open_link(token) == link
    other = make(briefing, by=editor, guest="Another", days=7)
    named, _dot, signature = token.rpartition(".")
    for wrong in [
        "", "x", ".", named, f"{named}.", f"{named}.{signature[:-1]}", token.upper(), f"{token}\x00",
        f"{token_of(other).rpartition('.')[0]}.{signature}", f"{link.pk}-9999999999.{signature}", "9" * 5000,
    ]:  # fmt: skip
        with pytest.raises(NoPreview):
            open_link(wrong)
    settings.SECRET_KEY = "another secret altogether"
    assert open_link(token_of(other)) == other


def test_it_ends_at_its_time_or_when_it_is_taken_back(link, editor):
    token = token_of(link)
    with pytest.raises(PreviewOver):
        open_link(token, now=link.expires_at)
    assert open_link(token, now=link.expires_at - datetime.timedelta(seconds=1))
    revoke(link, by=editor)
    with pytest.raises(PreviewOver):
        open_link(token)
    with pytest.raises(PreviewRefused):
        revoke(link, by=editor)
    with pytest.raises(PreviewOver):
        comment(link, text="Too late.", paragraph=1)


def test_a_longer_life_in_the_database_does_not_lengthen_the_address(link):
    token = token_of(link)
    PreviewLink.objects.filter(pk=link.pk).update(expires_at=link.expires_at + datetime.timedelta(days=100))
    with pytest.raises(PreviewOver):
        open_link(token)


def test_the_preview_of_a_retracted_briefing_is_over(editor):
    publisher = make_user(Role.PUBLISHER)
    briefing = make_published_briefing()
    token = token_of(make(briefing, by=editor, guest="Sana", days=3))
    assert open_link(token)
    retract(briefing, by=publisher, reason="Wrong.")
    with pytest.raises(PreviewOver):
        open_link(token)
    with pytest.raises(PreviewRefused):
        make(briefing, by=editor, guest="Sana", days=3)


def test_a_link_needs_a_name_a_time_a_text_and_the_text_that_was_seen(briefing, editor):
    for fields, code in [
        ({"guest": " \x00 "}, "no-guest"),
        ({"guest": "x" * 201}, "guest-too-long"),
        ({"days": 0}, "unknown-days"),
        ({"days": 31}, "unknown-days"),
    ]:
        with pytest.raises(PreviewRefused) as refusal:
            make(briefing, by=editor, **{"guest": "Sana", "days": 3, **fields})
        assert [one.code for one in refusal.value.problems] == [code]
    stale = make_briefing("x")
    type(stale).objects.filter(pk=stale.pk).update(body=" ")
    with pytest.raises(PreviewRefused) as refusal:
        make(stale, by=editor, guest="Sana", days=3)
    assert [one.code for one in refusal.value.problems] == ["draft-changed-meanwhile", "nothing-to-preview"]
    assert not PreviewLink.objects.exists()


def test_only_editors_share(link, briefing):
    writer = make_user(Role.CONTRIBUTOR)
    briefing.created_by = writer
    briefing.save()
    with pytest.raises(PermissionDenied):
        make(briefing, by=writer, guest="Sana", days=3)
    with pytest.raises(PermissionDenied):
        revoke(link, by=writer)


def test_a_guest_comments_so_often_and_no_more(link, briefing):
    made = comment(link, text="It says 1923.", paragraph=2)
    assert (made.guest, made.link, made.created_by, made.excerpt) == ("Sana Malik", link, None, "Two.")
    assert LogEntry.objects.about(briefing).first().by is None
    for _again in range(PER_MINUTE - 1):
        comment(link, text="And.", paragraph=None)
    with pytest.raises(CommentRefused) as refusal:
        comment(link, text="And.", paragraph=None)
    assert [one.code for one in refusal.value.problems] == ["too-many-comments"]
    Comment.objects.update(made_at=timezone.now() - datetime.timedelta(minutes=2))
    comment(link, text="Later.", paragraph=None)
    Comment.objects.bulk_create(Comment(briefing=briefing, link=link, text="x") for _n in range(PER_LINK))
    with pytest.raises(CommentRefused) as refusal:
        comment(link, text="And.", paragraph=None)
    assert [one.code for one in refusal.value.problems] == ["comments-used-up"]
