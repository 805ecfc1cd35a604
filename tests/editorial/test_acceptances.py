"""An editor's word on warnings: for just what it was given on, recorded, and taken back."""

import pytest
from django.core.exceptions import PermissionDenied

from briefings.editorial import PublicationRefused, body_problems, plan_publication, publish
from briefings.editorial.acceptances import accept_warnings, withdraw
from briefings.editorial.problems import AcceptanceRefused
from briefings.models import Acceptance, LogEntry, Status
from briefings.permissions import Role
from tests.factories import make_briefing, make_statement, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def briefing():
    key = make_statement(status=Status.PUBLISHED, key="said").key
    return make_briefing(f"It was said so.[@{key}]\n\nNobody says this.", accepted=False)


def open_marks(briefing, body=None):
    found = body_problems(body or briefing.body, briefing=briefing)
    return {one.code: one.fingerprint for one in found if one.is_open}


def accept(briefing, *codes, reason="It is known.", by=None, body=None):
    marks = open_marks(briefing, body)
    chosen = {marks[code]: reason for code in codes}
    return accept_warnings(briefing, chosen, by=by or make_user(Role.EDITOR), body=body or briefing.body)


def test_warnings_stop_publication_until_a_word_is_given_on_all(briefing):
    publisher = make_user()
    assert {one.code for one in plan_publication(briefing, by=publisher).open_warnings} == {
        "uncited-paragraph",
        "one-origin",
    }
    accept(briefing, "one-origin")
    with pytest.raises(PublicationRefused) as refused:
        publish(briefing, by=publisher)
    assert [one.code for one in refused.value.problems] == ["open-warning"]
    accept(briefing, "uncited-paragraph")
    briefing.refresh_from_db()
    publish(briefing, by=publisher)
    assert briefing.is_public


def test_a_word_counts_for_just_what_it_was_given_on(briefing):
    accept(briefing, "uncited-paragraph", "one-origin")
    assert open_marks(briefing) == {}
    moved = "First.[@said]\n\n" + briefing.body.replace("It was said so.", "It was said.")
    assert open_marks(briefing, moved) == {}
    assert set(open_marks(briefing, briefing.body.replace("Nobody says this", "Nobody says that"))) == {
        "uncited-paragraph"
    }
    make_statement(key="more", status=Status.PUBLISHED)
    assert set(open_marks(briefing, briefing.body + "[@more]")) == {"one-origin"}


def test_a_word_is_recorded_with_its_reason_and_logged_once(briefing):
    editor = make_user(Role.EDITOR)
    accept(briefing, "uncited-paragraph", "one-origin", reason="  It is\nknown. ", by=editor)
    given = Acceptance.objects.get(code="uncited-paragraph")
    assert (given.reason, given.created_by, given.about) == (
        "It is known.",
        editor,
        "Nothing is cited for “Nobody says this.”.",
    )
    entry = LogEntry.objects.get(act="accept")
    assert entry.by == editor and len(entry.details["warnings"]) == 2


def test_errors_cannot_be_accepted_and_nothing_is_written_where_one_word_is_wrong(briefing):
    marks = open_marks(briefing)
    editor = make_user(Role.EDITOR)
    for words, code in (
        ({marks["one-origin"]: "Known.", "0" * 64: "Known."}, "warning-gone"),
        ({marks["one-origin"]: " \x00\n "}, "no-word"),
        ({marks["one-origin"]: "x" * 501}, "word-too-long"),
        ({"": "Known."}, "warning-gone"),
    ):
        with pytest.raises(AcceptanceRefused) as refused:
            accept_warnings(briefing, words, by=editor, body=briefing.body + "\n\n“Made up”.[@said]")
        assert [one.code for one in refused.value.problems] == [code]
    assert not Acceptance.objects.exists() and not LogEntry.objects.filter(act="accept").exists()


def test_only_editors_give_a_word_or_take_one_back(briefing):
    with pytest.raises(PermissionDenied):
        accept(briefing, "one-origin", by=make_user(Role.CONTRIBUTOR))
    (given,) = accept(briefing, "one-origin")
    with pytest.raises(PermissionDenied):
        withdraw(given, by=make_user(Role.CONTRIBUTOR))
    withdraw(given, by=make_user(Role.EDITOR))
    withdraw(given, by=make_user(Role.EDITOR))
    assert "one-origin" in open_marks(briefing)
    assert LogEntry.objects.filter(act="withdraw").count() == 1


def test_a_second_word_replaces_the_first(briefing):
    marks = open_marks(briefing)
    editor = make_user(Role.EDITOR)
    for reason in ("Known.", "Known to all."):
        accept_warnings(briefing, {marks["one-origin"]: reason}, by=editor, body=briefing.body)
    assert Acceptance.objects.get().reason == "Known to all."
