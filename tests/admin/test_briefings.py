from django.contrib.messages import get_messages
from django.urls import reverse

from briefings.models import Briefing, PublishedRevision
from briefings.permissions import Role
from tests.factories import (
    make_briefing,
    make_organization,
    make_published_briefing,
    make_snapshot,
    make_source,
    make_statement,
    make_topic,
)

from .forms import errors_of, fields_of

ADD = "/admin/briefings/briefing/add/"


def page(thing, word="change"):
    return reverse(f"admin:briefings_{thing._meta.model_name}_{word}", args=[thing.pk])


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def citing(**fields):
    """A draft briefing that cites one draft statement on a draft source by a draft organization."""
    copy = make_snapshot("He said “peace is work” there.\n", source=make_source(publisher=make_organization()))
    statement = make_statement("peace is work", snapshot=copy)
    return make_briefing(f"He said “peace is work” [@{statement.key}].", **fields), statement


def test_an_editor_saves_a_text_with_an_unknown_key_and_is_told_its_line(editor):
    body = "A good line.\r\n\r\nIt was said so [@no-such-statement].\r\n\r\n[@@x]"
    fields = fields_of(editor.get(ADD)) | {"title": "One", "slug": "one", "body": body, "_continue": "1"}
    shown = editor.post(ADD, fields, follow=True).content.decode()
    assert "There is no statement “no-such-statement”" in shown and "Line 3" in shown and "Line 5" in shown
    assert Briefing.objects.get().body == body.replace("\r\n", "\n")


def test_a_contributor_is_refused_a_key_that_names_nothing_with_its_line_and_the_text_is_kept(contributor):
    body = "A good line.\r\n\r\nIt was said so [@no-such-statement].\r\n"
    response = contributor.post(ADD, fields_of(contributor.get(ADD)) | {"title": "One", "slug": "one", "body": body})
    assert "Line 3: There is no statement “no-such-statement”" in errors_of(response)
    assert fields_of(response)["body"] == body
    assert not Briefing.objects.exists()


def test_other_problems_are_shown_with_their_line_and_do_not_stop_the_work(editor):
    statement = make_statement("peace is work")
    body = f"Fine.\r\n\r\nHe said “war is over” [@{statement.key}]."
    response = editor.post(
        ADD, fields_of(editor.get(ADD)) | {"title": "One", "slug": "one", "body": body, "_continue": "1"}, follow=True
    )
    shown = response.content.decode()
    assert "None of the passages cited in this paragraph contains “war is over”" in shown and "Line 3" in shown
    assert page(statement) in shown, "what it cites is listed, with links"


def test_line_ends_of_browsers_are_no_change(editor):
    briefing = make_briefing("One.\n\nTwo.\n", standfirst="S.")
    fields = fields_of(editor.get(page(briefing)))
    assert "\r\n" in fields["body"]
    editor.post(page(briefing), fields)
    briefing.refresh_from_db()
    assert briefing.body == "One.\n\nTwo.\n"


def test_a_body_of_200_kilobytes_is_kept(editor):
    body = "A sentence of a very long text.\n\n" * 6_500
    response = editor.post(ADD, fields_of(editor.get(ADD)) | {"title": "One", "slug": "one", "body": body})
    assert response.status_code == 302, errors_of(response)
    assert Briefing.objects.get().body == body


def test_the_plan_lists_what_is_published_along_and_publishing_does_it_together(publisher):
    briefing, statement = citing()
    plan = publisher.get(page(briefing, "publish"))
    shown = plan.content.decode()
    source = statement.evidence.get().snapshot.source
    for thing in (statement, source, source.publisher):
        assert str(thing) in shown and page(thing) in shown
    response = publisher.post(page(briefing, "publish"), fields_of(plan) | {"confirm": "Publish"}, follow=True)
    assert "is public now" in response.content.decode()
    for thing in (briefing, statement, source, source.publisher):
        thing.refresh_from_db()
        assert thing.is_public, thing
    assert PublishedRevision.objects.get().by == publisher.user
    assert publisher.get(briefing.get_absolute_url()).status_code == 200


def test_what_stands_in_the_way_is_said_with_its_line_and_nothing_can_be_confirmed(publisher):
    statement = make_statement("peace is work")
    briefing = make_briefing(f"One.\n\nHe said “war is over” [@{statement.key}].")
    shown = publisher.get(page(briefing, "publish")).content.decode()
    assert "None of the passages" in shown and "Line 3" in shown
    assert 'name="confirm"' not in shown
    response = publisher.post(page(briefing, "publish"), {"confirm": "1", "seen": f"briefing:{briefing.pk}:1"})
    assert "was not published" in said(response)
    briefing.refresh_from_db()
    assert not briefing.is_public


def test_a_draft_that_was_not_confirmed_stops_the_publication(publisher):
    briefing, _statement = citing()
    fields = fields_of(publisher.get(page(briefing, "publish"))) | {"confirm": "Publish"}
    fields["seen"] = [seen for seen in fields["seen"] if not seen.startswith("statement:")]
    response = publisher.post(page(briefing, "publish"), fields)
    assert "was not confirmed" in said(response)
    briefing.refresh_from_db()
    assert not briefing.is_public


def test_what_was_changed_after_the_plan_was_read_is_not_published_unread(publisher, editor):
    briefing, statement = citing()
    fields = fields_of(publisher.get(page(briefing, "publish"))) | {"confirm": "Publish"}
    editor.post(page(statement), fields_of(editor.get(page(statement))) | {"said": "2017"})
    response = publisher.post(page(briefing, "publish"), fields)
    assert "changed by somebody else" in said(response)
    briefing.refresh_from_db()
    assert not briefing.is_public


def test_retracting_needs_a_reason_and_leaves_a_tombstone(publisher):
    briefing = make_published_briefing()
    response = publisher.post(page(briefing, "retract"), {"confirm": "1", "reason": "  "})
    assert "Nothing was retracted" in response.content.decode()
    publisher.post(page(briefing, "retract"), {"confirm": "1", "reason": "It was wrong."})
    briefing.refresh_from_db()
    assert (briefing.is_public, briefing.retraction_reason) == (False, "It was wrong.")
    assert publisher.get(briefing.get_absolute_url()).status_code == 410


def test_many_are_published_at_once_each_with_its_outcome(publisher):
    good, other, bad = make_topic(name="Good"), make_topic(name="Other"), make_topic(name="Bad", status="published")
    changelist = "/admin/briefings/topic/"
    chosen = {"action": "publish_selected", "_selected_action": [good.pk, other.pk, bad.pk]}
    plan = publisher.post(changelist, chosen)
    assert plan.status_code == 200 and "Good" in plan.content.decode()
    response = publisher.post(changelist, fields_of(plan) | {"confirm": "Publish"}, follow=True)
    shown = response.content.decode()
    assert "“Good” is public now" in shown and "“Other” is public now" in shown and "“Bad” is public already" in shown
    assert {topic.status for topic in (good, other) if topic.refresh_from_db() is None} == {"published"}
    history = publisher.get(page(good, "history")).content.decode()
    assert "Published “Good”" in history


def test_many_are_retracted_at_once_with_one_reason(publisher):
    one, two = make_topic(name="One", status="published"), make_topic(name="Two")
    chosen = {"action": "retract_selected", "_selected_action": [one.pk, two.pk]}
    form = publisher.post("/admin/briefings/topic/", chosen)
    fields = fields_of(form) | {"confirm": "Retract", "reason": "Twice the same."}
    shown = publisher.post("/admin/briefings/topic/", fields, follow=True).content.decode()
    assert "“One” is retracted" in shown and "“Two” was not retracted" in shown


def test_a_draft_is_previewed_by_those_who_may_read_it_and_kept_nowhere(editor, log_in):
    briefing, _statement = citing()
    response = editor.get(page(briefing, "preview"))
    assert response.status_code == 200 and "peace is work" in response.content.decode()
    assert "no-store" in response["Cache-Control"] and "noindex" in response["X-Robots-Tag"]
    assert log_in(Role.CONTRIBUTOR).get(page(briefing, "preview")).status_code in (403, 404)
    assert log_in(None).get(page(briefing, "preview")).status_code == 302


def test_the_preview_of_what_is_public_is_its_public_page_but_for_the_next_text_of_a_briefing(editor):
    topic = make_topic(status="published")
    assert editor.get(page(topic, "preview")).url == topic.get_absolute_url()
    briefing = make_published_briefing()
    Briefing.objects.filter(pk=briefing.pk).update(body="The next text.")
    assert "The next text." in editor.get(page(briefing, "preview")).content.decode()
    assert "The next text." not in editor.get(briefing.get_absolute_url()).content.decode()


def test_status_is_no_field_and_a_published_address_stays(editor):
    briefing = make_published_briefing(slug="stays")
    fields = fields_of(editor.get(page(briefing)))
    assert "status" not in fields and "slug" not in fields
    editor.post(page(briefing), fields | {"status": "draft", "slug": "moves", "retraction_reason": "x", "current": ""})
    briefing.refresh_from_db()
    assert (briefing.status, briefing.slug, briefing.current is None) == ("published", "stays", False)
