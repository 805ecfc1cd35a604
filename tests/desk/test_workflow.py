"""The workflow page, the log and the settings of the desk: who gets them, what they offer, what a refusal keeps."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from briefings.editorial.approval import approve, submit
from briefings.editorial.log import log
from briefings.editorial.scheduling import run_due
from briefings.editorial.texts import text_digest
from briefings.models import Briefing, DeskSettings, LogEntry, PublishedRevision, Schedule, Stage
from briefings.permissions import Role
from tests.admin.forms import fields_of
from tests.admin.test_permissions import LOGIN, NO, ROLES, YES, outcome
from tests.editorial.reviews import approved, read_all
from tests.factories import make_briefing, make_published_briefing, make_statement, make_topic, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def four_eyes(settings):
    settings.FOUR_EYES = True


def where(briefing):
    return reverse("admin:desk-workflow", args=[briefing.pk])


def offered(client, briefing):
    """The acts that the page offers, as {name: what a browser would send for it}."""
    context = client.get(where(briefing)).context
    plan = context["plan"]
    seen = [plan["seen"], *(value for value, *_rest in plan["along"])] if plan else []
    return {one["name"]: {"act": one["name"], "text": context["text"], "seen": seen} for one in context["acts"]}


def act(client, briefing, name, **fields):
    """Do one act as the page offers it, and return the page that comes."""
    return client.post(where(briefing), offered(client, briefing)[name] | fields, follow=True)


def edit(briefing):
    briefing.refresh_from_db()
    briefing.standfirst += "!"
    briefing.save()


def test_a_draft_goes_all_the_way_from_its_writer_to_a_note_in_its_place(log_in, four_eyes):
    contributor, editor, publisher = (log_in(role) for role in (Role.CONTRIBUTOR, Role.EDITOR, Role.PUBLISHER))
    briefing = make_briefing(created_by=contributor.user)
    assert [*offered(contributor, briefing)] == ["submit"]
    act(contributor, briefing, "submit", note="The second paragraph is new.")
    assert "The second paragraph is new." in editor.get(where(briefing)).content.decode()
    act(editor, briefing, "send-back", reason="The date is wrong.")
    assert "The date is wrong." in contributor.get(where(briefing)).content.decode()
    act(contributor, briefing, "submit")
    read_all(briefing, editor.user)
    shown = act(editor, briefing, "approve").content.decode()
    assert "It is approved as you read it" in shown and "publish" not in offered(editor, briefing)
    act(publisher, briefing, "publish")
    briefing.refresh_from_db()
    assert briefing.is_public and briefing.stage == Stage.DRAFT
    assert "Readers have version 1" in editor.get(where(briefing)).content.decode()
    edit(briefing)
    act(editor, briefing, "submit")
    read_all(briefing, editor.user)
    act(editor, briefing, "approve")
    act(publisher, briefing, "publish", change_note="A clearer standfirst.", extent="minor")
    revision = PublishedRevision.objects.get(version=2)
    assert (revision.change_note, revision.is_major) == ("A clearer standfirst.", False)
    act(publisher, briefing, "retract", reason="The source withdrew it.")
    shown = publisher.get(where(briefing)).content.decode()
    assert "It is retracted" in shown and "The source withdrew it." in shown
    assert offered(publisher, briefing) == {}


def test_what_is_scheduled_says_when_in_the_time_zone_of_the_site_and_can_be_taken_back(publisher):
    briefing = make_briefing()
    due = (timezone.now() + datetime.timedelta(days=2)).replace(hour=9, minute=30)
    response = act(publisher, briefing, "schedule", due=due.strftime("%Y-%m-%dT%H:%M"))
    assert f"{due:%B %Y, 09:30} UTC" in response.content.decode()
    assert Schedule.objects.get().due == due.replace(second=0, microsecond=0)
    assert {"cancel", "publish"} <= offered(publisher, briefing).keys()
    assert "schedule" not in offered(publisher, briefing)
    act(publisher, briefing, "cancel")
    briefing.refresh_from_db()
    assert briefing.stage == Stage.DRAFT


def test_what_failed_at_its_time_says_why_until_somebody_deals_with_it(publisher):
    briefing = make_briefing()
    act(publisher, briefing, "schedule", due="2031-01-01T09:00")
    edit(briefing)
    shown = publisher.get(where(briefing)).content.decode()
    assert "The text was edited since: it will not be published like this" in shown
    list(run_due(now=timezone.now() + datetime.timedelta(days=3000)))
    assert counted(publisher)["briefing not published at its time"] == (where(briefing), 1)
    assert "was edited after it was scheduled" in publisher.get(where(briefing)).content.decode()
    act(publisher, briefing, "cancel")
    assert "briefing not published at its time" not in counted(publisher)


def test_a_time_that_has_come_and_nothing_published_asks_whether_run_due_runs(publisher):
    briefing = make_briefing()
    act(publisher, briefing, "schedule", due="2031-01-01T09:00")
    Briefing.objects.filter(pk=briefing.pk).update(scheduled_for=timezone.now())
    assert "run_due" in publisher.get(where(briefing)).content.decode()


@pytest.mark.parametrize(
    ("name", "fields", "said"),
    [
        ("schedule", {"due": "2001-01-01T09:00", "change_note": "A note to keep."}, "That time has passed"),
        ("schedule", {"due": "tomorrow", "change_note": "A note to keep."}, "Enter a valid date/time"),
        ("publish", {"change_note": "x" * 501 + "A note to keep."}, "at most 500 characters"),
        ("publish", {"change_note": "A note to keep.", "seen": ["briefing:1:0"]}, "was changed by somebody else"),
        ("retract", {"reason": "A note to keep.\x00"}, "Null characters are not allowed"),
    ],
)
def test_a_refusal_says_why_and_keeps_what_was_typed(publisher, name, fields, said):
    briefing = make_published_briefing()
    edit(briefing)
    response = act(publisher, briefing, name, **{"extent": "major", **fields})
    shown = response.content.decode()
    assert response.status_code == 200 and said in shown and "A note to keep." in shown
    briefing.refresh_from_db()
    assert (briefing.is_public, briefing.current.version, briefing.stage) == (True, 1, Stage.DRAFT)


def test_what_was_changed_after_the_page_was_opened_is_not_approved(log_in, editor, four_eyes):
    briefing = make_briefing()
    submit(briefing, by=editor.user)
    read_all(briefing, editor.user)
    fields = offered(editor, briefing)["approve"]
    edit(briefing)
    for sent in (fields, fields | {"text": ""}):
        assert "Read it again" in editor.post(where(briefing), sent).content.decode()
    briefing.refresh_from_db()
    assert briefing.stage == Stage.IN_REVIEW


def test_who_wrote_it_is_told_that_somebody_else_approves(publisher, four_eyes):
    briefing = make_briefing(created_by=publisher.user)
    submit(briefing, by=publisher.user)
    shown = publisher.get(where(briefing)).content.decode()
    assert "You have written on this text, so somebody else approves it." in shown
    assert "approve" not in offered(publisher, briefing)
    forced = {"act": "approve", "text": text_digest(briefing)}
    assert "Somebody who has not approves it" in publisher.post(where(briefing), forced).content.decode()


def test_an_edit_in_the_admin_takes_an_approval_back_and_says_so(editor, four_eyes):
    briefing = approved(make_briefing(), editor.user)
    page = reverse("admin:briefings_briefing_change", args=[briefing.pk])
    editor.post(page, fields_of(editor.get(page)))
    briefing.refresh_from_db()
    assert briefing.stage == Stage.APPROVED
    response = editor.post(page, fields_of(editor.get(page)) | {"standfirst": "Another."}, follow=True)
    assert "it is a draft again" in response.content.decode()
    briefing.refresh_from_db()
    assert (briefing.stage, briefing.approved_by) == (Stage.DRAFT, None)
    assert "The text was changed after it was approved" in editor.get(where(briefing)).content.decode()


def test_an_approval_of_another_text_is_shown_as_none_whatever_wrote_it(editor, four_eyes):
    briefing = approved(make_briefing(), editor.user)
    briefing.topics.add(make_topic())
    page = editor.get(where(briefing))
    assert "was changed after Editor approved it" in page.content.decode()
    assert [label for label, is_now in page.context["stages"] if is_now] == ["draft"]


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_the_page_is_for_those_who_may_read_the_working_text(log_in, role):
    client = log_in(role)
    own, other = make_briefing(created_by=client.user), make_briefing(created_by=make_user())
    public = make_published_briefing(created_by=client.user)
    above = YES if role and role > Role.CONTRIBUTOR else NO if role else LOGIN
    assert outcome(client.get(where(own))) == (YES if role else LOGIN)
    assert outcome(client.get(where(other))) == outcome(client.get(where(public))) == above
    for act_name in ("submit", "approve", "send-back", "withdraw", "publish", "schedule", "cancel", "retract"):
        fields = {"act": act_name, "reason": "x", "change_note": "x", "extent": "major", "due": "2031-01-01T09:00"}
        client.post(where(other), fields)
    done = set(LogEntry.objects.about(other).values_list("act", flat=True))
    assert done == ({"submit", "send-back"} if above == YES else set())
    other.refresh_from_db()
    assert not other.is_public


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_the_log_is_for_publishers_and_the_settings_for_administrators(log_in, role):
    client = log_in(role)
    expected = LOGIN if role is None else YES if role >= Role.PUBLISHER else NO
    assert outcome(client.get("/admin/log/")) == expected
    expected = LOGIN if role is None else YES if role == Role.ADMINISTRATOR else NO
    assert outcome(client.get("/admin/settings/")) == expected
    if role:
        front = client.get("/admin/").content.decode()
        assert ("/admin/settings/" in front, "/admin/log/" in front) == (expected == YES, role >= Role.PUBLISHER)
    client.post("/admin/settings/", {"four_eyes": "on", "reason": "Why."})
    assert DeskSettings.objects.exists() == (expected == YES)


def test_four_eyes_are_switched_with_a_reason_that_stands_there_afterwards(administrator, settings):
    settings.FOUR_EYES = True
    refused = administrator.post("/admin/settings/", {"four_eyes": "off", "reason": ""}).content.decode()
    assert "Four eyes are on." in refused and "This field is required" in refused
    shown = administrator.post("/admin/settings/", {"four_eyes": "off", "reason": "Holidays."}, follow=True)
    assert "Four eyes are off." in shown.content.decode()
    assert "Switched four eyes off: Holidays." in shown.content.decode()
    again = administrator.post("/admin/settings/", {"four_eyes": "off", "reason": "Again."}).content.decode()
    assert "switched that way already" in again
    assert administrator.post("/admin/settings/", {"four_eyes": "perhaps", "reason": "Why."}).status_code == 404
    assert LogEntry.objects.count() == 1


def test_the_log_is_found_by_thing_leafed_through_and_in_few_queries(publisher):
    briefing, statement = make_briefing(slug="one"), make_statement(key="said")
    for number in range(60):
        log("test", briefing, by=publisher.user, sentence=f"Entry {number} <b>&")
    log("test", statement, by=None, sentence="About another thing.")
    with CaptureQueriesContext(connection) as queries:
        first = publisher.get("/admin/log/").content.decode()
    assert "61 entries" in first and "About another thing." in first and "Entry 59 &lt;b&gt;&amp;" in first
    assert "Entry 3 " not in first and "Entry 3 " in publisher.get("/admin/log/?page=2").content.decode()
    assert len(queries) < 10
    of_one = publisher.get("/admin/log/?kind=briefing&key=one").content.decode()
    assert "60 entries" in of_one and "About another thing." not in of_one
    assert "1 entry" in publisher.get("/admin/log/?kind=statement").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        f"/admin/workflow/{10**30}/",
        "/admin/workflow/0/",
        "/admin/log/?page=1000000000",
        "/admin/log/?page=x",
        "/admin/log/?kind=%00&key=%00",
        "/admin/log/?kind=briefing&key=" + "9" * 5000,
    ],
)
def test_absurd_addresses_are_no_server_error(administrator, address):
    assert administrator.get(address).status_code in (200, 404)


def test_an_unknown_act_and_absurd_versions_are_no_server_error(administrator):
    briefing = make_briefing()
    assert administrator.post(where(briefing), {"act": "x"}).status_code == 404
    for name in ("publish", "schedule"):
        fields = {"act": name, "seen": [f"briefing:{briefing.pk}:{'9' * 5000}"], "due": "9999-12-31T23:59"}
        assert administrator.post(where(briefing), fields).status_code == 200
    assert administrator.post(where(briefing), {"act": "submit", "reviewer": "9" * 30}).status_code == 200


def test_the_front_page_says_what_waits_for_whom(log_in, settings, editor, publisher):
    settings.FOUR_EYES = True
    one, own = make_briefing(), make_briefing(created_by=editor.user)
    for briefing in (one, own):
        submit(briefing, by=publisher.user)
    asked = make_statement()
    asked.review = "asked"
    asked.save()
    counts = counted(editor)
    assert counts["briefing waits for your review"] == (where(one), 1)
    assert counts["statement to review"][1] == 1
    assert counted(publisher)["briefings wait for your review"] == (
        "/admin/briefings/briefing/?stage__exact=in-review",
        2,
    )
    assert "approved briefings to publish" not in counts
    read_all(one, publisher.user)
    approve(one, by=publisher.user)
    assert counted(publisher)["approved briefing to publish"] == (where(one), 1)
    assert not any("review" in words for words in counted(log_in(Role.CONTRIBUTOR)))


def counted(client):
    """What the front page counts: {words: (address, number)}."""
    return {str(words): (address, number) for address, number, words in client.get("/admin/").context["waiting"]}


def test_what_readers_have_is_published_again_from_the_admin_with_a_change_note(publisher):
    briefing = make_published_briefing()
    edit(briefing)
    page = reverse("admin:briefings_briefing_publish", args=[briefing.pk])
    fields = fields_of(publisher.get(page)) | {"confirm": "1"}
    assert "Tell them in a change note" in publisher.post(page, fields).content.decode()
    name = f"briefing:{briefing.pk}"
    typed = {f"change_note:{name}": "Clearer.", f"extent:{name}": "minor"}
    publisher.post(page, fields | typed)
    revision = PublishedRevision.objects.get(version=2)
    assert (revision.change_note, revision.is_major) == ("Clearer.", False)


def test_publishing_many_at_once_obeys_all_rules(publisher, four_eyes):
    no, yes = make_briefing(), approved(make_published_with_edit())
    chosen = {"action": "publish_selected", "_selected_action": [no.pk, yes.pk]}
    listed = "/admin/briefings/briefing/"
    plan = publisher.post(listed, chosen)
    assert (
        "has not been approved yet" in plan.content.decode() and "Approved, as it stands, by" in plan.content.decode()
    )
    fields = fields_of(plan) | {"confirm": "1", f"change_note:briefing:{yes.pk}": "Clearer."}
    publisher.post(listed, fields)
    assert list(Briefing.objects.published()) == [yes]
    assert yes.revisions.count() == 2


def make_published_with_edit():
    briefing = make_published_briefing()
    edit(briefing)
    return briefing


def test_a_review_of_a_statement_is_asked_and_given_from_its_page(log_in):
    contributor, editor = log_in(Role.CONTRIBUTOR), log_in(Role.EDITOR)
    statement = make_statement(created_by=contributor.user)
    page = reverse("admin:briefings_statement_change", args=[statement.pk])
    button = reverse("admin:briefings_statement_review", args=[statement.pk])

    def press(client, name):
        acts = {one[0]: one[2] for one in client.get(page).context["review_acts"]}
        return client.post(button, {"act": name, "content": acts[name]}, follow=True).content.decode()

    assert "is asked for" in press(contributor, "ask")
    assert "review" not in {one[0] for one in contributor.get(page).context["review_acts"]}
    assert statement.key in editor.get("/admin/briefings/statement/?review=asked").content.decode()
    assert "is reviewed as it stands" in press(editor, "review")
    assert "Reviewed as it stands by Editor" in editor.get(page).content.decode()
    assert statement.key not in editor.get("/admin/briefings/statement/?review=asked").content.decode()
    statement.refresh_from_db()
    statement.text = "Other words."
    statement.save()
    assert "Changed since Editor reviewed it" in editor.get(page).content.decode()
    assert "changed since" in editor.get("/admin/briefings/statement/").content.decode()
    assert editor.get(button).status_code == 405
    assert editor.post(button, {"act": "x"}).status_code == 404
    other = reverse("admin:briefings_statement_review", args=[make_statement().pk])
    assert contributor.post(other, {"act": "ask"}).status_code in (302, 403, 404)
    assert outcome(contributor.post(other, {"act": "review"})) == NO
