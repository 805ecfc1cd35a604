import pytest
from django.urls import reverse

from briefings.models import AttributionStep, Claim, Evidence, Passage, Statement
from tests.factories import (
    make_evidence,
    make_organization,
    make_person,
    make_snapshot,
    make_source,
    make_statement,
)

from .forms import add_row, errors_of, fields_of

ADD = "/admin/briefings/statement/add/"
TEXT = "The minister spoke.\n\n“Peace is work,” he said, “and work is peace.” Peace is work, the paper adds.\n"


def change(statement):
    return reverse("admin:briefings_statement_change", args=[statement.pk])


@pytest.fixture
def copy(db):
    return make_snapshot(TEXT)


def add_statement(client, copy, words, **values):
    fields = fields_of(client.get(ADD)) | {"key": "on-peace", "kind": "quotation", "text": "and work is peace"}
    fields |= {"evidence-0-snapshot": copy.pk, "evidence-0-words": words, **values}
    return client.post(ADD, fields)


def test_words_become_a_passage_where_they_stand_and_the_wording_is_compared(editor, copy):
    response = add_statement(editor, copy, "and work is peace", **{"evidence-0-name_printed": "The minister"})
    assert response.status_code == 302, errors_of(response)
    evidence = Evidence.objects.get()
    [passage] = evidence.passages.all()
    assert copy.text[passage.start : passage.end] == passage.exact == "and work is peace"
    assert (evidence.verdict, evidence.location, evidence.name_printed) == ("exact", "in place", "The minister")
    assert {Statement.objects.get().created_by, evidence.created_by, passage.created_by} == {editor.user}


def test_an_empty_line_parts_passages_and_a_wrapped_line_does_not(editor, copy):
    response = add_statement(editor, copy, "The minister\r\nspoke\r\n\r\nand work is peace")
    assert response.status_code == 302, errors_of(response)
    assert [passage.exact for passage in Passage.objects.order_by("order")] == [
        "The minister spoke",
        "and work is peace",
    ]


def test_from_a_stored_copy_one_comes_with_it_chosen(editor, copy):
    shown = editor.get(reverse("admin:briefings_snapshot_change", args=[copy.pk])).content.decode()
    assert f"{ADD}?copy={copy.pk}" in shown
    assert fields_of(editor.get(f"{ADD}?copy={copy.pk}"))["evidence-0-snapshot"] == str(copy.pk)
    for absurd in ("9999999999999999999999", "x", "%00"):
        assert editor.get(f"{ADD}?copy={absurd}").status_code == 200


def test_words_that_are_not_there_are_refused_with_what_to_do_and_nothing_is_lost(editor, copy):
    response = add_statement(editor, copy, "and work is piece")
    assert "does not contain these words: “and work is piece”" in errors_of(response)
    assert fields_of(response)["evidence-0-words"] == "and work is piece"
    assert fields_of(response)["key"] == "on-peace"
    assert not Statement.objects.exists()


def test_words_in_two_places_are_asked_about_with_paragraph_and_sentence_and_the_choice_is_kept(editor, copy):
    response = add_statement(editor, copy, "Peace is work")
    assert "stands in 2 places" in errors_of(response)
    page = response.content.decode()
    assert "Paragraph 2: “Peace is work, the paper adds.”" in page
    response = editor.post(ADD, fields_of(response) | {"evidence-0-places-0": "1"})
    assert response.status_code == 302, errors_of(response)
    passage = Passage.objects.get()
    assert passage.start == TEXT.rindex("Peace is work")
    statement = Statement.objects.get()
    editor.post(change(statement), fields_of(editor.get(change(statement))) | {"text": "Peace is work"})
    passage.refresh_from_db()
    assert passage.start == TEXT.rindex("Peace is work"), (
        "a save that does not touch the passage leaves it in its place"
    )
    editor.post(change(statement), fields_of(editor.get(change(statement))) | {"evidence-0-places-0": "0"})
    passage.refresh_from_db()
    assert passage.start == TEXT.index("Peace is work")


def test_the_route_is_kept_in_order_with_a_relay_that_nobody_names(editor, copy):
    agency, reporter = make_organization(), make_person()
    response = add_statement(
        editor,
        copy,
        "and work is peace",
        **{
            "evidence-0-route-0-relay": f"organization:{agency.pk}",
            "evidence-0-route-0-verb": "according to",
            "evidence-0-route-1-relay": "unnamed",
            "evidence-0-route-2-relay": f"person:{reporter.pk}",
        },
    )
    assert response.status_code == 302, errors_of(response)
    steps = Evidence.objects.get().steps.order_by("order")
    assert [(step.relay, step.verb) for step in steps] == [(agency, "according to"), (None, ""), (reporter, "")]


@pytest.mark.parametrize(
    ("relay", "verb", "sentence"),
    [
        ("", "said", "Who relayed it"),
        ("organization:999999", "", "not here any more"),
        ("user:1", "", "not here any more"),
        ("person:" + "9" * 30, "", "not here any more"),
    ],
)
def test_a_relay_that_is_nobody_is_refused_with_a_sentence(editor, copy, relay, verb, sentence):
    where = {"evidence-0-route-0-relay": relay, "evidence-0-route-0-verb": verb}
    assert sentence in errors_of(add_statement(editor, copy, "and work is peace", **where))


def test_a_change_of_words_moves_the_passage_and_a_shorter_route_drops_the_rest(editor, copy):
    agency = make_organization()
    statement = make_statement("and work is peace", snapshot=copy, relays=[agency, None])
    fields = fields_of(editor.get(change(statement)))
    assert fields["evidence-0-words"] == "and work is peace"
    assert fields["evidence-0-route-0-relay"] == f"organization:{agency.pk}"
    fields |= {"evidence-0-words": "The minister spoke", "evidence-0-route-0-relay": "", "evidence-0-route-0-verb": ""}
    response = editor.post(change(statement), fields)
    assert response.status_code == 302, errors_of(response)
    evidence = statement.evidence.get()
    assert [passage.exact for passage in evidence.passages.all()] == ["The minister spoke"]
    assert [step.relay for step in evidence.steps.all()] == [None]
    assert evidence.verdict == "missing"


def test_what_belongs_to_a_published_statement_is_corrected_but_never_removed(editor, copy):
    statement = make_statement("and work is peace", snapshot=copy, relays=[None], status="published")
    page = editor.get(change(statement))
    assert "evidence-0-DELETE" not in page.content.decode()
    fields = fields_of(page) | {"evidence-0-route-0-relay": ""}
    assert "This statement is published" in errors_of(editor.post(change(statement), fields))
    fields = fields_of(editor.get(change(statement))) | {"evidence-0-words": "The minister spoke"}
    assert editor.post(change(statement), fields).status_code == 302
    assert Passage.objects.get().exact == "The minister spoke"


def test_saving_an_untouched_page_leaves_every_part_as_it_is(editor, copy):
    statement = make_statement("and work is peace", snapshot=copy, relays=[None, make_person()])
    parts = [Evidence, Passage, AttributionStep]
    before = [list(part.objects.values_list("pk", "version")) for part in parts]
    response = editor.post(change(statement), fields_of(editor.get(change(statement))))
    assert response.status_code == 302, errors_of(response)
    assert [list(part.objects.values_list("pk", "version")) for part in parts] == before


def test_a_claim_and_a_link_are_added_on_the_statements_page(editor, copy):
    statement, other = make_statement("and work is peace", snapshot=copy), make_statement(key="another")
    about = make_organization()
    fields = fields_of(editor.get(change(statement)))
    add_row(fields, "claims", property="described-as", value="work", subject_organization=about.pk)
    add_row(fields, "links_out", kind="supports", to_statement=other.pk)
    response = editor.post(change(statement), fields)
    assert response.status_code == 302, errors_of(response)
    claim = Claim.objects.get()
    assert (claim.order, claim.subject, claim.created_by) == (1, about, editor.user)
    assert statement.links_out.get().to_statement == other


def test_a_contributor_adds_no_claim_to_somebody_elses_statement(contributor):
    organization = make_organization(created_by=contributor.user)
    statement = make_statement(status="published")
    address = reverse("admin:briefings_organization_change", args=[organization.pk])
    fields = add_row(
        fields_of(contributor.get(address)), "claims", property="mission", value="x", statement=statement.pk
    )
    assert "You may not change this statement" in errors_of(contributor.post(address, fields))
    response = contributor.post(
        "/admin/briefings/claim/add/",
        {"statement": statement.pk, "property": "mission", "value": "x", "subject_organization": organization.pk},
    )
    assert "You may not change this statement" in errors_of(response)
    assert not Claim.objects.exists()


def test_evidence_is_added_on_its_own_page_to_a_statement_that_has_some(editor, copy):
    statement = make_statement()
    statement.evidence.update(order=2)  # the first was removed
    add = "/admin/briefings/evidence/add/"
    fields = {"statement": statement.pk, "snapshot": copy.pk, "words": "and work is peace"}
    response = editor.post(add, fields_of(editor.get(add)) | fields)
    assert response.status_code == 302, errors_of(response)
    assert [(row.order, row.snapshot) for row in statement.evidence.order_by("order")][1] == (3, copy)
    assert statement.evidence.get(order=3).verdict == "missing", (
        "the wording is compared with the statement's own words"
    )


def test_the_page_shows_each_passage_in_its_sentence(editor):
    copy = make_snapshot("Intro.\n\nHe said <i>that</i> work is peace, and left. Then more.\n")
    statement = make_statement("work is peace", snapshot=copy)
    spoken = make_statement("work is peace", snapshot=copy, kind="paraphrase")
    assert "<mark>work is peace</mark>" in editor.get(change(spoken)).content.decode()
    page = editor.get(change(statement)).content.decode()
    assert 'He said &lt;i&gt;that&lt;/i&gt; <mark class="verbatim">work is peace</mark>, and left.' in page


def test_the_locator_of_a_passage_is_kept_with_and_without_a_change_of_its_words(editor, copy):
    evidence = make_evidence(make_statement("and work is peace", evidence=False), snapshot=copy)
    address = reverse("admin:briefings_evidence_change", args=[evidence.pk])
    for locator, words in (("p. 4", "and work is peace"), ("p. 5", "The minister spoke")):
        fields = fields_of(editor.get(address)) | {"passages-0-locator": locator, "words": words}
        response = editor.post(address, fields)
        assert response.status_code == 302, errors_of(response)
        passage = evidence.passages.get()
        assert (passage.locator, passage.exact) == (locator, words)


def test_drafts_of_others_are_offered_as_relay_or_copy_to_editors_alone(contributor, editor):
    make_organization(name="Hidden agency")
    make_organization(name="Public agency", status="published")
    make_snapshot(source=make_source(title="Hidden source"))
    relays = reverse("admin:briefings_evidence_parties") + "?term=agency"
    copies = "/admin/autocomplete/?app_label=briefings&model_name=evidence&field_name=snapshot&term="
    assert "Public agency" in contributor.get(relays).content.decode()
    assert "Hidden" not in contributor.get(relays).content.decode()
    assert contributor.get(copies).json()["results"] == []
    assert "Hidden agency" in editor.get(relays).content.decode()
    assert len(editor.get(copies).json()["results"]) == 1


def test_absurd_input_to_the_relays_search_is_no_error(editor):
    assert editor.get(reverse("admin:briefings_evidence_parties"), {"term": "\x00" + "x" * 9000}).status_code == 200


def test_what_an_edited_quotation_leaves_out_or_puts_in_is_told_after_saving(editor, copy):
    response = add_statement(editor, copy, "and work is peace", text="and [honest] work is peace")
    assert Evidence.objects.get().verdict == "edited"
    shown = editor.get(response.url).content.decode()
    assert "marked omissions and insertions. “[honest]” was put in" in shown
