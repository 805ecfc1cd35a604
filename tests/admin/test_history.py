"""What was, comes back whole: a statement with its evidence, passages, route, claims and links; others likewise."""

import pytest
import reversion
from django.contrib.messages import get_messages
from django.urls import reverse
from reversion.models import Version

from briefings import history
from briefings.models import Alias, AttributionStep, Claim, Evidence, Passage, Statement, StatementLink, Topic
from tests.factories import (
    make_briefing,
    make_claim,
    make_evidence,
    make_illustration,
    make_organization,
    make_person,
    make_snapshot,
    make_statement,
    make_topic,
)

from .forms import fields_of

PARTS = [Evidence, Passage, AttributionStep, Claim, StatementLink]


def change(thing, word="change"):
    return reverse(f"admin:briefings_{thing._meta.model_name}_{word}", args=[thing.pk])


def state():
    """Every field that history keeps, of every statement and its parts."""
    return {
        model: [
            [getattr(row, field.attname) for field in history.kept_fields(model) if not field.many_to_many]
            for row in model.objects.order_by("pk")
        ]
        for model in [Statement, *PARTS]
    }


@pytest.fixture
def whole(db):
    """A draft statement with two pieces of evidence, three passages, two relays, a claim and a link."""
    copy = make_snapshot("One thing.\n\nAnother thing, and a third.\n")
    other = make_statement(key="other", evidence=False)
    statement = make_statement(
        "One thing", snapshot=copy, relays=[make_person(), None], key="whole", topics=[make_topic()]
    )
    make_evidence(statement, ["Another thing", "a third"], snapshot=make_snapshot("Another thing … a third\n"))
    make_claim(statement, make_organization())
    StatementLink.objects.create(from_statement=statement, to_statement=other, kind="supports")
    return statement


def versions(thing):
    return Version.objects.get_for_object(thing)


def restore_through_admin(client, version, thing):
    address = reverse(f"admin:briefings_{thing._meta.model_name}_revision", args=[thing.pk, version.pk])
    return client.post(address, fields_of(client.get(address)), follow=True)


def test_the_first_edit_of_loaded_content_can_be_taken_back_whole(editor, whole):
    before = state()
    fields = fields_of(editor.get(change(whole)))
    fields |= {
        "text": "Another",
        "evidence-0-DELETE": "on",
        "evidence-1-words": "Another thing",
        "claims-0-DELETE": "on",
        "links_out-0-note": "a note",
        "topics": [],
    }
    assert editor.post(change(whole), fields).status_code == 302
    assert (Evidence.objects.filter(statement=whole).count(), Claim.objects.count()) == (1, 0)
    first = versions(whole).last()
    response = restore_through_admin(editor, first, whole)
    assert "as it was, with all its parts" in response.content.decode()
    assert state() == before
    assert whole.topics.count() == 1
    assert Evidence.objects.filter(statement=whole).order_by("order").first().verdict == "exact"


def test_a_restore_is_an_edit_that_can_be_taken_back_too(editor, whole):
    editor.post(change(whole), fields_of(editor.get(change(whole))) | {"text": "Second"})
    second, first = versions(whole)[0], versions(whole).last()
    restore_through_admin(editor, first, whole)
    assert Statement.objects.get(key="whole").text == "One thing"
    restore_through_admin(editor, second, whole)
    assert Statement.objects.get(key="whole").text == "Second"
    assert versions(whole).first().revision.user == editor.user


def test_parts_that_changed_places_come_back_in_theirs(editor, whole):
    history.keep_first(whole)
    before = state()
    one, two = whole.evidence.order_by("order")
    for evidence, order in ((one, 9), (two, 1), (one, 2)):
        evidence.order = order
        evidence.save()
    history.restore(versions(whole).last(), by=editor.user)
    assert state() == before


def test_parts_added_since_go_with_the_restore_of_a_draft(editor, whole):
    history.keep_first(whole)
    before = state()
    make_evidence(whole, "One thing")
    make_claim(whole, make_organization())
    history.restore(versions(whole).last(), by=editor.user)
    assert state() == before


def test_nothing_is_removed_from_a_published_statement_by_a_restore(editor):
    statement = make_statement("peace is work", status="published")
    history.keep_first(statement)
    make_evidence(statement, "peace is work")
    response = restore_through_admin(editor, versions(statement).last(), statement)
    assert "was added later and stays" in response.content.decode()
    assert [evidence.order for evidence in statement.evidence.order_by("order")] == [1, 2]
    statement.refresh_from_db()
    assert statement.is_public


def test_a_restore_never_moves_status_or_a_published_address(editor):
    topic = make_topic(slug="before", name="Before")
    history.keep_first(topic)
    Topic.objects.filter(pk=topic.pk).update(slug="after", name="After", status="published")
    history.restore(versions(topic).last(), by=editor.user)
    topic.refresh_from_db()
    assert (topic.name, topic.slug, topic.status) == ("Before", "after", "published")


def test_a_deleted_draft_is_listed_and_comes_back_whole(editor, whole):
    before, pk = state(), whole.pk
    response = editor.post(change(whole, "delete"), {"post": "yes"})
    assert response.status_code == 302 and not Statement.objects.filter(pk=pk).exists()
    listed = editor.get("/admin/briefings/statement/recover/")
    [version] = listed.context["deleted"]
    address = reverse("admin:briefings_statement_recover", args=[version.pk])
    assert "It comes back" in editor.get(address).content.decode()
    editor.post(address)
    assert state() == before
    assert Statement.objects.get(pk=pk).status == "draft"


def test_a_contributor_brings_back_their_own_deleted_drafts_alone(contributor, editor):
    mine, other = make_topic(created_by=contributor.user), make_topic()
    contributor.post(change(mine, "delete"), {"post": "yes"})
    editor.post(change(other, "delete"), {"post": "yes"})
    [version] = contributor.get("/admin/briefings/topic/recover/").context["deleted"]
    assert version.object_id == str(mine.pk)
    others = Version.objects.get_deleted(Topic).exclude(pk=version.pk).get()
    assert contributor.get(reverse("admin:briefings_topic_recover", args=[others.pk])).status_code == 403


def test_a_restore_that_would_break_a_rule_is_refused_with_the_reason(editor):
    person = make_person(public_role="")
    history.keep_first(person)
    type(person).objects.filter(pk=person.pk).update(public_role="minister", status="published")
    response = restore_through_admin(editor, versions(person).last(), person)
    assert "Nothing was restored. A person without a public role gets no page." in response.content.decode()
    person.refresh_from_db()
    assert person.public_role == "minister"


def test_a_restore_is_refused_when_somebody_saved_after_the_comparison_was_read(editor, publisher):
    topic = make_topic(name="First")
    editor.post(change(topic), fields_of(editor.get(change(topic))) | {"name": "Second"})
    first = versions(topic).last()
    address = reverse("admin:briefings_topic_revision", args=[topic.pk, first.pk])
    fields = fields_of(editor.get(address))
    publisher.post(change(topic), fields_of(publisher.get(change(topic))) | {"name": "Third"})
    response = editor.post(address, fields)
    assert "Look again, then restore" in " ".join(str(message) for message in get_messages(response.wsgi_request))
    topic.refresh_from_db()
    assert topic.name == "Third"


def test_what_was_written_together_with_it_but_belongs_to_others_stays(editor):
    one, two = make_topic(name="One"), make_topic(name="Two")
    with reversion.create_revision():
        reversion.add_to_revision(one)
        reversion.add_to_revision(two)
    Topic.objects.update(name="New")
    history.restore(versions(one).last(), by=editor.user)
    assert list(Topic.objects.order_by("pk").values_list("name", flat=True)) == ["One", "New"]


def test_organizations_people_and_briefings_come_back_with_their_parts(editor):
    organization, person = make_organization(), make_person()
    for thing, name in ((organization, "organization"), (person, "person")):
        Alias.objects.create(**{name: thing}, name="Other name")
        history.keep_first(thing)
        thing.aliases.all().delete()
        history.restore(versions(thing).last(), by=editor.user)
        assert [alias.name for alias in thing.aliases.all()] == ["Other name"]


def test_a_briefing_comes_back_with_its_illustrations(editor):
    briefing = make_briefing()
    picture = make_illustration(briefing, alt="A hall")
    history.keep_first(briefing)
    picture.delete()
    history.restore(versions(briefing).last(), by=editor.user)
    assert briefing.illustrations.get().alt == "A hall"


def test_the_comparison_marks_what_differs(editor, whole):
    editor.post(change(whole), fields_of(editor.get(change(whole))) | {"text": "Other words"})
    address = reverse("admin:briefings_statement_revision", args=[whole.pk, versions(whole).last().pk])
    records = editor.get(address).context["records"]
    marked = {row["label"]: (row["then"], row["now"]) for record in records for row in record["rows"] if row["differs"]}
    assert marked == {"Words": ("One thing", "Other words")}


def test_evidence_has_the_history_of_its_statement(editor, whole):
    evidence = whole.evidence.first()
    assert editor.get(change(evidence, "history")).url == change(whole, "history")
    address = reverse("admin:briefings_evidence_change", args=[evidence.pk])
    editor.post(address, fields_of(editor.get(address)) | {"words": "Another thing"})
    latest = versions(whole).first()
    assert {version._model for version in history.members(latest)} == {Statement, *PARTS}
