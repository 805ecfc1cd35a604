"""The form for a correction: the difference, what it begins with, what it keeps, and what it does."""

import pytest
from django.urls import reverse

from briefings.desk.differences import changed_paragraphs, said_and_says
from briefings.models import Correction, Flag, FormerAddress
from briefings.permissions import Role
from tests.admin.test_permissions import LOGIN, NO, ROLES, YES, outcome
from tests.factories import accept_all, make_briefing, make_published_briefing, make_statement, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def briefing():
    statement = make_statement(status="published", key="said")
    made = make_published_briefing(f"Well before all of this it was said on Monday.[@{statement.key}]", title="First")
    made.body = made.body.replace("Monday", "Tuesday")
    made.save()
    accept_all(made)
    return made


def form_of(thing, **changes):
    given = {"kind": "error", "said": "Monday", "says": "Tuesday", "why": "A slip.", "seen": thing.version}
    return {**given, "major": "on", **changes}


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_correcting_and_renaming_are_for_publishers(log_in, briefing, role):
    client = log_in(role)
    expected = LOGIN if role is None else YES if role >= Role.PUBLISHER else NO
    statement = briefing.current.citations.get().statement
    for where in (
        reverse("admin:desk-correct", args=[briefing.pk]),
        reverse("admin:desk-correct-statement", args=[statement.pk]),
        reverse("admin:desk-rename", args=["briefing", briefing.pk]),
    ):
        assert outcome(client.get(where)) == expected
    assert outcome(client.post(reverse("admin:desk-correct", args=[briefing.pk]), form_of(briefing))) == expected
    assert Correction.objects.exists() is (expected == YES)


def test_the_form_shows_the_difference_and_begins_with_it(publisher, briefing):
    shown = publisher.get(reverse("admin:desk-correct", args=[briefing.pk])).content.decode()
    assert "<del>Monday" in shown and "<ins>Tuesday" in shown
    said, says = said_and_says(changed_paragraphs(briefing.current, briefing))
    assert said.startswith("… of this it was said on Monday") and said in shown
    assert says.startswith("… of this it was said on Tuesday") and says in shown


def test_what_was_added_or_taken_away_whole_has_one_side_only(briefing):
    briefing.body = briefing.current.body + "\n\nAnd one sentence more."
    assert said_and_says(changed_paragraphs(briefing.current, briefing)) == ("", "And one sentence more.")
    briefing.body = briefing.current.body
    assert changed_paragraphs(briefing.current, briefing) == []


def test_confirming_publishes_with_the_correction(publisher, briefing):
    publisher.post(reverse("admin:desk-correct", args=[briefing.pk]), form_of(briefing, major=""))
    made = Correction.objects.get()
    assert (made.revision.version, made.revision.is_major, made.said, made.by) == (2, False, "Monday", publisher.user)


def test_what_is_refused_keeps_every_word(publisher, briefing):
    where = reverse("admin:desk-correct", args=[briefing.pk])
    for changes, said in (
        ({"why": ""}, "This field is required"),
        ({"seen": briefing.version + 1}, "changed by somebody else"),
        ({"said": "x" * 6000}, "at most 5000"),
        ({"said": "", "says": ""}, "Say what it said"),
    ):
        shown = publisher.post(where, form_of(briefing, **{"why": "My <i>reason</i>", **changes})).content.decode()
        assert said in shown and "What you typed is kept" in shown
        assert "why" in changes or "My &lt;i&gt;reason&lt;/i&gt;" in shown
    assert not Correction.objects.exists()


def test_a_draft_that_becomes_public_along_has_to_be_confirmed(publisher, briefing):
    draft = make_statement(key="more")
    briefing.body += f"\n\nMore of it was said.[@{draft.key}]"
    briefing.save()
    accept_all(briefing)
    where = reverse("admin:desk-correct", args=[briefing.pk])
    shown = publisher.get(where).content.decode()
    assert f'value="statement:{draft.pk}:{draft.version}"' in shown
    assert "was not confirmed" in publisher.post(where, form_of(briefing)).content.decode()
    sources = [piece.snapshot.source for piece in draft.evidence.select_related("snapshot__source")]
    along = [f"{one._meta.model_name}:{one.pk}:{one.version}" for one in (draft, *sources)]
    publisher.post(where, form_of(briefing, along=along))
    assert Correction.objects.exists()


def test_urgent_is_offered_while_four_eyes_are_on(publisher, briefing, settings):
    where = reverse("admin:desk-correct", args=[briefing.pk])
    assert 'name="urgent"' not in publisher.get(where).content.decode()
    settings.FOUR_EYES = True
    assert 'name="urgent"' in publisher.get(where).content.decode()
    publisher.post(where, form_of(briefing))
    assert not Correction.objects.exists()
    publisher.post(where, form_of(briefing, urgent="on"))
    assert Correction.objects.get().revision.version == 2


def test_a_statement_begins_with_its_words_before_and_flags_what_cites_it(publisher, briefing):
    statement = briefing.current.citations.get().statement
    where = reverse("admin:desk-correct-statement", args=[statement.pk])
    assert "1 public briefing cites" in publisher.get(where).content.decode()
    publisher.post(where, form_of(statement))
    assert Flag.objects.get().briefing == briefing


def test_what_is_not_public_cannot_be_corrected(publisher):
    for where in (
        reverse("admin:desk-correct", args=[make_briefing().pk]),
        reverse("admin:desk-correct", args=[10**30]),
        reverse("admin:desk-correct-statement", args=[make_statement().pk]),
        reverse("admin:desk-rename", args=["topic", 10**30]),
        reverse("admin:desk-rename", args=["user", 1]),
    ):
        assert publisher.get(where).status_code == 404
        assert publisher.post(where, {"key": "x"}).status_code == 404


def test_tools_lead_to_both_and_the_address_is_changed(publisher):
    topic = make_topic(slug="then", status="published")
    where = reverse("admin:desk-rename", args=["topic", topic.pk])
    assert where in publisher.get(reverse("admin:briefings_topic_change", args=[topic.pk])).content.decode()
    assert "cannot be an address" in publisher.post(where, {"key": "No good", "seen": topic.version}).content.decode()
    publisher.post(where, {"key": "now", "seen": topic.version})
    assert FormerAddress.objects.get().now == "now"
    assert "<code>then</code>" in publisher.get(where).content.decode()


def test_the_reason_why_a_cited_statement_keeps_its_key_is_said_before_anything_is_typed(publisher, briefing):
    statement = briefing.current.citations.get().statement
    shown = publisher.get(reverse("admin:desk-rename", args=["statement", statement.pk])).content.decode()
    assert "published texts never change" in shown and 'name="key"' not in shown
