"""Comments on paragraphs: who makes and settles them, and where they stand after the text has moved."""

import pytest
from django.core.exceptions import PermissionDenied

from briefings.editorial.comments import LONGEST_COMMENT, CommentRefused, add, comments_of, placed, reopen, settle
from briefings.models import Comment, LogEntry
from briefings.permissions import Role
from tests.factories import make_briefing, make_user

pytestmark = pytest.mark.django_db
BODY = "# Head\n\nThe first paragraph is about Interpol.\n\nThe second one is about Lyon.\n\n- An item\n- Another one"


@pytest.fixture
def editor():
    return make_user(Role.EDITOR, first_name="Amina", last_name="Shah")


@pytest.fixture
def briefing():
    return make_briefing(BODY)


def codes(refusal):
    return [one.code for one in refusal.value.problems]


def place_in(body, comment):
    return placed([comment], body)[0].paragraph


def test_a_comment_is_kept_with_its_author_its_paragraph_and_a_log_entry(briefing, editor):
    made = add(briefing, by=editor, text=" Which year?\x00\r\n", paragraph=2)
    assert (made.text, made.paragraph, made.excerpt) == ("Which year?", 2, "The first paragraph is about Interpol.")
    (one,) = comments_of(briefing)
    assert (one.who, one.paragraph, one.is_lost) == ("Amina Shah", 2, False)
    assert "Which year?" in LogEntry.objects.about(briefing).get(by=editor).sentence


def test_a_comment_is_found_again_after_the_text_has_moved(briefing, editor):
    comment = add(briefing, by=editor, text="Hm.", paragraph=3)
    assert place_in(f"New.\n\n{BODY}", comment) == 4
    assert place_in(BODY.replace("about Lyon", "about the city of Lyon"), comment) == 3
    assert place_in("The second one is about Lyon.\n\n" * 6, comment) == 3
    assert place_in(BODY.replace("The second one is about Lyon.", "All else."), comment) is None
    assert placed([comment], "Nothing of it.")[0].is_lost
    assert place_in("", comment) is None
    on_all = add(briefing, by=editor, text="Too long.")
    assert not placed([on_all], BODY)[0].is_lost


def test_an_empty_a_too_long_and_a_misplaced_comment_are_refused(briefing, editor):
    for text, paragraph, code in [
        (" \x00\n", 2, "empty-comment"),
        ("x" * (LONGEST_COMMENT + 1), 2, "comment-too-long"),
        ("x", 0, "no-such-paragraph"),
        ("x", 5, "no-such-paragraph"),
        ("x", 10**30, "no-such-paragraph"),
    ]:
        with pytest.raises(CommentRefused) as refusal:
            add(briefing, by=editor, text=text, paragraph=paragraph)
        assert codes(refusal) == [code]
    assert not Comment.objects.exists()


def test_it_is_settled_and_reopened_once_and_never_over_somebody_else(briefing, editor):
    comment = add(briefing, by=editor, text="Hm.", paragraph=2)
    settled = settle(comment, by=editor, seen_version=comment.version)
    assert settled.settled_by == editor and not Comment.objects.open().exists()
    for act, version in [(settle, settled.version), (reopen, comment.version)]:
        with pytest.raises(CommentRefused) as refusal:
            act(settled, by=editor, seen_version=version)
        assert codes(refusal) == ["comment-changed-meanwhile"]
    reopened = reopen(settled, by=editor, seen_version=settled.version)
    assert (reopened.settled_at, reopened.settled_by) == (None, None)


def test_contributors_comment_on_their_own_drafts_alone(briefing, editor):
    writer = make_user(Role.CONTRIBUTOR)
    comment = add(briefing, by=editor, text="Hm.")
    with pytest.raises(PermissionDenied):
        add(briefing, by=writer, text="Mine?")
    with pytest.raises(PermissionDenied):
        settle(comment, by=writer, seen_version=comment.version)
    own = make_briefing(BODY, created_by=writer)
    assert add(own, by=writer, text="Mine.").created_by == writer
