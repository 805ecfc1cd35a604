"""The working text: what saving checks, keeps and withdraws, through whichever door."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from reversion.models import Version

from briefings import history
from briefings.editorial.cited_drafts import as_read_by, refused_keys
from briefings.editorial.drafting import begin_from_title
from briefings.editorial.texts import text_digest
from briefings.editorial.working_text import StaleText, TextRefused, save_text
from briefings.models import Briefing, Contribution, LogEntry, Schedule, Stage, Status
from briefings.permissions import Role
from tests.admin.forms import fields_of
from tests.factories import make_briefing, make_published_briefing, make_statement, make_user

pytestmark = pytest.mark.django_db
TEXT = {"title": "A title", "standfirst": "A standfirst.", "body": "A body.\n"}


@pytest.fixture
def editor(db):
    return make_user(Role.EDITOR)


def save(briefing, by, seen=None, **changes):
    return save_text(briefing, by=by, seen_version=seen or briefing.version, **{**TEXT, **changes})


def test_a_save_writes_text_revision_log_and_contribution_together(editor):
    briefing = make_briefing("As it was.", title="Before")
    saved = save(briefing, editor, title=" A \n title ", standfirst=" S.\r\n", body="One.\r\n\r\nTwo.\x00\r")
    saved.refresh_from_db()
    assert (saved.title, saved.standfirst, saved.body) == ("A title", "S.", "One.\n\nTwo.\n")
    assert saved.version > briefing.version
    versions = Version.objects.get_for_object(saved)
    assert [one.field_dict["title"] for one in versions] == ["A title", "Before"], "the first state is kept, too"
    assert versions[0].revision.user == editor
    entry = LogEntry.objects.about(saved).get()
    assert (entry.act, entry.by, entry.details) == ("write", editor, {"version": saved.version})
    assert Contribution.objects.get().user == editor


def test_the_same_text_again_is_no_change_even_of_an_old_version(editor):
    briefing = make_briefing("A body.\n", title="A title", standfirst="A standfirst.")
    assert save(briefing, editor, seen=99, body="A body.\r\n").version == briefing.version
    assert not LogEntry.objects.exists() and not Contribution.objects.exists()


def test_a_stale_save_changes_nothing_and_brings_the_stored_text(editor):
    briefing = make_briefing("As it was.")
    save(briefing, make_user(Role.PUBLISHER), body="Theirs.")
    with pytest.raises(StaleText) as stale:
        save(briefing, editor, body="Mine.")
    assert stale.value.theirs.body == "Theirs."
    assert Briefing.objects.get().body == "Theirs." and Contribution.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " \n"}, "empty-title"),
        ({"title": "x" * 301}, "title-too-long"),
        ({"body": "x" * 1_000_001}, "body-too-long"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_its_reason(editor, changes, code):
    briefing = make_briefing("As it was.")
    with pytest.raises(TextRefused) as refused:
        save(briefing, editor, **changes)
    assert [one.code for one in refused.value.problems] == [code]
    assert Briefing.objects.get().body == "As it was."


def test_only_who_may_change_a_briefing_saves_its_text(editor):
    contributor = make_user(Role.CONTRIBUTOR)
    own, other, public = make_briefing("x", created_by=contributor), make_briefing("x"), make_published_briefing("x")
    public.created_by = contributor
    assert save(own, contributor).body == "A body.\n"
    for briefing in (other, public):
        with pytest.raises(PermissionDenied):
            save(briefing, contributor)
    assert save(public, editor).body == "A body.\n"
    assert public.current.body == "x", "what readers see stays"


def test_an_editor_saves_a_text_with_unknown_keys_and_a_contributor_only_what_they_may_read(editor, client):
    contributor = make_user(Role.CONTRIBUTOR)
    client.force_login(contributor)
    own, public = make_statement(created_by=contributor), make_statement(status=Status.PUBLISHED)
    hidden, standing = make_statement(), make_statement()
    body = f"One [@{own.key}; @{public.key}]. Two [@{standing.key}].\n\nThree [@{hidden.key}], [@nowhere]."
    before = f"By an editor [@{standing.key}]."
    assert [one.line for one in refused_keys(body, by=contributor, standing=before)] == [3, 3]
    assert refused_keys(body, by=editor) == []
    briefing = make_briefing(before, created_by=contributor)
    with pytest.raises(TextRefused):
        save(briefing, contributor, body=body)
    page = f"/admin/briefings/briefing/{briefing.pk}/change/"
    refused = client.post(page, fields_of(client.get(page)) | {"body": body})
    assert refused.status_code == 200, "the other door agrees"
    assert save(briefing, editor, body=body).body == body


def test_a_key_that_one_may_not_read_names_nothing_wherever_it_stands():
    contributor = make_user(Role.CONTRIBUTOR)
    make_statement(key="a-b"), make_statement(key="a-b-c")
    body = "[@a-b] [see @a-b-c, p. 3;@a-b] `@a-b` @a-bc [@A-b]"
    assert as_read_by(contributor, body) == "[@a-b_] [see @a-b-c_, p. 3;@a-b_] `@a-b_` @a-bc [@A-b]"
    assert as_read_by(contributor, body, standing="[@a-b; @a-b-c]") == body
    assert as_read_by(make_user(Role.EDITOR), body) == body


# What lapses


def scheduled(**fields):
    due = timezone.now()
    briefing = make_briefing("Approved.", approved_by=make_user(), stage=Stage.SCHEDULED, scheduled_for=due, **fields)
    text = text_digest(briefing)
    Briefing.objects.filter(pk=briefing.pk).note(approved_text=text)
    Schedule.objects.create(briefing=briefing, due=due, text=text)
    return briefing


def assert_draft_again(briefing):
    briefing.refresh_from_db()
    assert (briefing.stage, briefing.approved_by, briefing.approved_text) == (Stage.DRAFT, None, "")
    schedule = Schedule.objects.get()
    assert schedule.state == "failed" and schedule.settled_at and briefing.scheduled_for is None
    assert "was edited after it was scheduled" in " ".join(schedule.problems)


def test_an_edit_lets_the_approval_lapse_and_what_was_scheduled_fail(editor):
    briefing = scheduled()
    save(briefing, editor)
    assert_draft_again(briefing)
    said = " ".join(entry.sentence for entry in LogEntry.objects.about(briefing))
    assert "needs a new approval" in said and "will not be published at its time" in said


def test_an_edit_in_review_stays_in_review(editor):
    briefing = make_briefing("x", stage=Stage.IN_REVIEW)
    assert save(briefing, editor).stage == Stage.IN_REVIEW


def test_the_change_form_records_who_wrote_and_only_when_words_changed(client, editor):
    client.force_login(editor)
    briefing = scheduled()
    page = f"/admin/briefings/briefing/{briefing.pk}/change/"
    client.post(page, fields_of(client.get(page)))
    briefing.refresh_from_db()
    assert briefing.stage == Stage.SCHEDULED and not Contribution.objects.exists()
    response = client.post(page, fields_of(client.get(page)) | {"body": "Changed."}, follow=True)
    assert_draft_again(briefing)
    assert Contribution.objects.get().user == editor
    assert "needs a new approval" in response.content.decode()


def test_bringing_back_an_earlier_text_is_writing_and_of_the_same_text_is_not(editor):
    briefing = make_briefing("First.", title="A title", standfirst="A standfirst.")
    saved = save(briefing, make_user(), body="Second.")
    latest, first = Version.objects.get_for_object(briefing)
    history.restore(latest, by=editor)
    assert not Contribution.objects.filter(user=editor).exists()
    saved.refresh_from_db()
    saved.stage = Stage.APPROVED
    saved.save()
    history.restore(first, by=editor)
    saved.refresh_from_db()
    assert saved.body == "First." and saved.stage == Stage.DRAFT
    assert Contribution.objects.filter(user=editor).exists()


def test_a_briefing_that_is_begun_has_its_first_contribution(editor):
    begun = begin_from_title("Ängste & “Sorgen”", by=editor)
    assert begun.slug == "angste-sorgen" and begun.body == "" and begun.created_by == editor
    assert Contribution.objects.get(briefing=begun).user == editor
    with pytest.raises(PermissionDenied):
        begin_from_title("x", by=make_user(None))
