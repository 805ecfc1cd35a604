"""Two editors at once: the later save is refused, keeps what was typed, and shows what is stored beside it."""

from django.urls import reverse

from briefings.admin.base import EditorialAdmin
from briefings.models import Alias, Evidence, Organization, Statement
from briefings.permissions import Role
from tests.factories import make_briefing, make_organization, make_snapshot, make_statement, make_topic

from .forms import add_row, errors_of, fields_of


def change(thing):
    return reverse(f"admin:briefings_{thing._meta.model_name}_change", args=[thing.pk])


def test_a_stale_save_is_refused_with_both_texts(log_in):
    first, second = log_in(Role.EDITOR), log_in(Role.PUBLISHER)
    briefing = make_briefing("The words as they were.", title="As it was")
    seen_by_first = fields_of(first.get(change(briefing)))
    seen_by_second = fields_of(second.get(change(briefing)))
    assert second.post(change(briefing), seen_by_second | {"body": "The second one’s words."}).status_code == 302
    response = first.post(change(briefing), seen_by_first | {"body": "The first one’s words.", "slug": briefing.slug})
    assert response.status_code == 200
    assert "Publisher saved this briefing" in errors_of(response)
    assert fields_of(response)["body"] == "The first one’s words."
    page = response.content.decode()
    assert "Stored now, by somebody else:" in page and "The second one’s words." in page
    form = response.context["adminform"].form
    assert [name for name, field in form.fields.items() if hasattr(field, "stored_now")] == ["body"]
    briefing.refresh_from_db()
    assert briefing.body == "The second one’s words."


def test_after_reading_both_the_next_save_is_a_decision(editor, publisher):
    topic = make_topic()
    mine = fields_of(editor.get(change(topic)))
    publisher.post(change(topic), fields_of(publisher.get(change(topic))) | {"name": "Theirs"})
    refused = editor.post(change(topic), mine | {"name": "Mine"})
    assert editor.post(change(topic), fields_of(refused)).status_code == 302
    topic.refresh_from_db()
    assert topic.name == "Mine"


def test_a_form_without_the_version_it_was_opened_with_is_refused(editor):
    topic = make_topic()
    fields = fields_of(editor.get(change(topic))) | {"name": "New"}
    del fields["seen_version"]
    assert editor.post(change(topic), fields).status_code == 200
    assert editor.post(change(topic), fields | {"seen_version": "\x00"}).status_code == 200
    topic.refresh_from_db()
    assert topic.name != "New"


def test_relations_are_compared_too(editor, publisher):
    statement, mine, theirs = make_statement(), make_topic(name="Mine"), make_topic(name="Theirs")
    fields = fields_of(editor.get(change(statement)))
    publisher.post(change(statement), fields_of(publisher.get(change(statement))) | {"topics": [theirs.pk]})
    response = editor.post(change(statement), fields | {"topics": [mine.pk]})
    assert response.context["adminform"].form.fields["topics"].stored_now == "Theirs"
    assert list(statement.topics.all()) == [theirs]


def test_a_row_that_somebody_else_changed_is_not_overwritten_by_one_who_changed_another(editor, publisher):
    organization = make_organization(name="Body")
    Alias.objects.create(organization=organization, name="First")
    Alias.objects.create(organization=organization, name="Second")
    fields = fields_of(editor.get(change(organization)))
    theirs = fields_of(publisher.get(change(organization))) | {"aliases-0-name": "First, corrected"}
    assert publisher.post(change(organization), theirs).status_code == 302
    response = editor.post(change(organization), fields | {"aliases-1-name": "Second, corrected"})
    assert response.status_code == 200
    assert set(Alias.objects.values_list("name", flat=True)) == {"First, corrected", "Second"}
    assert "First, corrected" in response.content.decode()


def test_evidence_changed_meanwhile_is_shown_beside_the_words_that_were_typed(editor, publisher):
    copy = make_snapshot("One sentence here.\n\nAnother sentence there.\n")
    statement = make_statement("One sentence", snapshot=copy)
    fields = fields_of(editor.get(change(statement)))
    theirs = fields_of(publisher.get(change(statement))) | {"evidence-0-words": "Another sentence"}
    assert publisher.post(change(statement), theirs).status_code == 302
    response = editor.post(change(statement), fields | {"evidence-0-words": "sentence here"})
    assert response.status_code == 200
    assert fields_of(response)["evidence-0-words"] == "sentence here"
    [inline] = [one for one in response.context["inline_admin_formsets"] if one.formset.model is Evidence]
    assert inline.formset.forms[0].fields["words"].stored_now == "Another sentence"
    assert [passage.exact for passage in Evidence.objects.get().passages.all()] == ["Another sentence"]


def test_a_row_removed_meanwhile_is_named_and_its_words_are_kept(editor, publisher):
    organization = make_organization()
    Alias.objects.create(organization=organization, name="First")
    Alias.objects.create(organization=organization, name="Second")
    fields = fields_of(editor.get(change(organization)))
    publisher.post(change(organization), fields_of(publisher.get(change(organization))) | {"aliases-0-DELETE": "on"})
    add_row(fields, "aliases", name="Third", kind="acronym", language="en")
    response = editor.post(change(organization), fields | {"aliases-0-name": "My correction"})
    assert "Somebody removed this row" in errors_of(response)
    kept = fields_of(response)
    assert [kept[f"aliases-{row}-name"] for row in range(3)] == ["Second", "My correction", "Third"]
    assert set(Alias.objects.values_list("name", flat=True)) == {"Second"}
    assert editor.post(change(organization), kept).status_code == 302
    assert set(Alias.objects.values_list("name", flat=True)) == {"Second", "My correction", "Third"}


def test_a_save_between_our_reading_and_our_writing_is_noticed_too(editor, monkeypatch):
    topic = make_topic(name="Before")
    fields = fields_of(editor.get(change(topic))) | {"name": "Mine"}
    save_model = EditorialAdmin.save_model

    def late(self, request, obj, form, change):
        monkeypatch.setattr(EditorialAdmin, "save_model", save_model)
        type(obj).objects.filter(pk=obj.pk).update(name="Theirs")
        save_model(self, request, obj, form, change)

    monkeypatch.setattr(EditorialAdmin, "save_model", late)
    response = editor.post(change(topic), fields)
    topic.refresh_from_db()
    assert (response.status_code, topic.name) in {(200, "Before"), (302, "Mine")}, "never a page that fails"


def test_two_editors_who_each_add_a_part_keep_both(editor, publisher):
    organization = make_organization()
    mine, theirs = fields_of(editor.get(change(organization))), fields_of(publisher.get(change(organization)))
    add_row(mine, "aliases", name="Mine", kind="acronym", language="en")
    add_row(theirs, "aliases", name="Theirs", kind="acronym", language="en")
    assert publisher.post(change(organization), theirs).status_code == 302
    assert editor.post(change(organization), mine).status_code == 302
    assert set(Organization.objects.get().aliases.values_list("name", flat=True)) == {"Mine", "Theirs"}


def test_wording_checks_of_the_site_make_no_editor_late(editor):
    statement = make_statement(key="one")
    fields = fields_of(editor.get(change(statement)))
    editor.get(reverse("admin:briefings_statement_changelist"))
    assert editor.post(change(statement), fields | {"text": "Other words"}).status_code == 302
    assert Statement.objects.get(key="one").text == "Other words"
