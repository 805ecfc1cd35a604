"""The picker, what its script asks, and “cite in…”: who gets them, what they show, what a refusal keeps."""

import pytest
from django.urls import reverse

from briefings.models import Briefing
from briefings.permissions import Role
from tests.admin.test_permissions import LOGIN, NO, ROLES, YES, outcome
from tests.factories import WORDS, make_briefing, make_snapshot, make_source, make_statement

pytestmark = pytest.mark.django_db
PAGE, FIND, STANDING = (reverse(f"admin:desk-cite{name}") for name in ("", "-find", "-standing"))


def cite_in(noun, pk):
    return reverse("admin:desk-cite-in", args=[noun, pk])


@pytest.fixture
def said():
    copy = make_snapshot(f"A report.\n\n“{WORDS}”\n", source=make_source(key="paper", title="The paper"))
    return make_statement(key="said", snapshot=copy)


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_every_role_cites_what_it_may_read_where_it_may_write(log_in, role):
    client = log_in(role)
    hidden, public = make_statement(key="hidden"), make_statement(key="public", status="published")
    own = make_briefing("a", created_by=client.user)
    other = make_briefing("b")
    of_editors = LOGIN if role is None else NO if role == Role.CONTRIBUTOR else YES
    of_all = LOGIN if role is None else YES
    assert outcome(client.get(PAGE)) == outcome(client.get(FIND)) == of_all
    assert outcome(client.post(STANDING, {"text": "x"})) == of_all
    assert outcome(client.get(cite_in("statement", public.pk))) == of_all
    assert outcome(client.get(cite_in("statement", hidden.pk))) == of_editors
    assert outcome(client.get(cite_in("source", hidden.evidence.get().snapshot.source_id))) == of_editors
    for briefing, expected in ((own, of_all), (other, of_editors)):
        assert outcome(client.get(PAGE, {"briefing": briefing.pk})) == expected
        sent = {"key": "public", "seen": briefing.version}
        assert outcome(client.post(f"{PAGE}?briefing={briefing.pk}", sent)) == expected
        briefing.refresh_from_db()
        assert ("[@public]" in briefing.body) == (expected == YES)


def test_the_script_is_told_all_that_a_row_shows_and_what_to_write(editor, said):
    found = editor.get(FIND, {"q": "globalisation"}).json()
    [row] = found["statements"]
    assert row["key"] == "said" and row["draft"] and row["standing"] == "matches the stored text"
    assert row["insert"] == f"“{WORDS}”[@said]"
    [source] = editor.get(FIND, {"q": "paper"}).json()["sources"]
    assert (source["key"], source["count"]) == ("paper", "1 statement")
    assert [row["key"] for row in editor.get(FIND, {"key": "sa"}).json()["statements"]] == ["said"]
    assert editor.get(FIND, {"near": "said"}).json()["statements"][0]["key"] == "said"


def test_a_contributor_is_told_nothing_of_what_is_hidden(contributor, said):
    text = {"text": WORDS}
    for asked in ({"q": "globalisation"}, {"key": "sa"}, {"near": "said"}, {"source": "paper"}, {"q": "paper"}):
        found = contributor.get(FIND, asked).json()
        assert not found["statements"] and not found.get("sources")
    assert contributor.post(STANDING, text).json()["offers"] == []


def test_words_that_stand_here_are_offered_with_marks_and_citation_or_as_a_statement_to_make(editor, said):
    [offer] = editor.post(STANDING, {"text": f"“{WORDS}”"}).json()["offers"]
    assert offer["choices"] == [{"key": "said", "insert": f"“{WORDS}”[@said]"}]
    assert offer["piece"] == f"“{WORDS}”"
    said.evidence.get().passages.all().delete()
    said.evidence.all().delete()
    [offer] = editor.post(STANDING, {"text": WORDS}).json()["offers"]
    assert offer["choices"] == []
    [target] = offer["selected"]
    assert target["selector"][0]["exact"] == WORDS


def test_short_or_unknown_words_are_no_offer(editor, said):
    assert editor.post(STANDING, {"text": "a collaborative approach"}).json() == {"offers": [], "short": True}
    assert editor.post(STANDING, {}).json()["offers"] == []
    assert editor.get(STANDING).status_code == 405


# Without a script


def test_the_page_shows_what_to_copy_and_adds_to_the_end(editor, said):
    briefing = make_briefing("As it was.")
    page = editor.get(PAGE, {"briefing": briefing.pk, "q": "globalisation"}).content.decode()
    assert "[@said]" in page and f"“{WORDS}”[@said]" in page and "Add at the end of the briefing" in page
    assert "Add at the end of the briefing" not in editor.get(PAGE).content.decode()
    address = f"{PAGE}?briefing={briefing.pk}&q=globalisation"
    response = editor.post(address, {"key": "said", "seen": briefing.version}, follow=True)
    assert response.redirect_chain[0][0] == address
    briefing.refresh_from_db()
    assert briefing.body.startswith("As it was.\n\nThe paper: “") and briefing.body.endswith("[@said]\n")
    again = editor.post(address, {"key": "said", "seen": 1}, follow=True)
    assert "Somebody saved this briefing" in again.content.decode()
    assert Briefing.objects.get(pk=briefing.pk).body == briefing.body


@pytest.mark.parametrize("name", ["q", "speaker", "event", "source", "near", "copy", "key", "briefing"])
@pytest.mark.parametrize(
    "value", ["\x00", "%_\\'\"<script>", "x" * 8000, "9" * 30, "-1", "a " * 100], ids=lambda v: v[:6]
)
def test_absurd_filters_are_no_error(editor, said, name, value):
    for address in (PAGE, FIND):
        response = editor.get(address, {name: value})
        assert response.status_code in (200, 404)
        assert "<script>" not in response.content.decode() or address == FIND


# Cite in…


def test_a_statement_is_cited_in_a_draft_from_its_page(editor, said):
    briefing = make_briefing("First.\n\nSecond.\n")
    page = editor.get(reverse("admin:briefings_statement_change", args=[said.pk])).content.decode()
    assert cite_in("statement", said.pk) in page
    address = cite_in("statement", said.pk)
    assert briefing.title in editor.get(address).content.decode()
    draft = f"{briefing.pk}:{briefing.version}"
    chosen = editor.post(address, {"draft": draft, "key": "said", "look": "yes"}).content.decode()
    assert "After “First.”" in chosen
    sent = {"draft": draft, "key": "said", "cite": "yes", "after": "1", "placed": briefing.pk}
    assert editor.post(address, sent).url == reverse("admin:desk-writing", args=[briefing.pk])
    briefing.refresh_from_db()
    assert briefing.body == f"First.\n\nThe paper: “{WORDS}”[@said]\n\nSecond.\n"
    refused = editor.post(address, sent)
    assert refused.status_code == 422 and "nothing was added" in refused.content.decode()
    assert Briefing.objects.get(pk=briefing.pk).body == briefing.body


def test_a_place_that_was_chosen_in_another_draft_does_not_count(editor, said):
    other, briefing = make_briefing("Other."), make_briefing("First.\n\nSecond.\n")
    sent = {"draft": f"{briefing.pk}:{briefing.version}", "key": "said", "cite": "yes", "after": "0"}
    editor.post(cite_in("statement", said.pk), {**sent, "placed": other.pk})
    briefing.refresh_from_db()
    assert briefing.body.startswith("First.\n\nSecond.\n\n")


def test_a_source_offers_its_statements_to_a_new_briefing(editor, said):
    source = said.evidence.get().snapshot.source
    make_statement("A report", snapshot=said.evidence.get().snapshot, key="other", kind="assertion")
    assert cite_in("source", source.pk) in editor.get(
        reverse("admin:briefings_source_change", args=[source.pk])
    ).content.decode()  # fmt: skip
    page = editor.get(cite_in("source", source.pk)).content.decode()
    assert 'value="said"' in page and 'value="other"' in page
    nothing = editor.post(cite_in("source", source.pk), {"draft": "new", "cite": "yes"})
    assert nothing.status_code == 422
    response = editor.post(cite_in("source", source.pk), {"draft": "new", "key": ["said"], "cite": "yes"})
    briefing = Briefing.objects.latest("pk")
    assert response.url == reverse("admin:desk-writing", args=[briefing.pk])
    assert briefing.body == f"The paper: “{WORDS}”[@said]\n" and briefing.created_by == editor.user


@pytest.mark.parametrize("draft", ["", "0", "9" * 30, "x:y", "\x00"])
def test_absurd_choices_change_nothing(editor, said, draft):
    response = editor.post(cite_in("statement", said.pk), {"draft": draft, "key": "said", "cite": "yes"})
    assert response.status_code in (404, 422)


def test_what_is_not_there_cannot_be_cited(editor, said):
    gone = make_statement(status="retracted", retraction_reason="Wrong.")
    for noun, pk in (("statement", gone.pk), ("statement", 10**30), ("briefing", 1), ("statement", 0)):
        assert editor.get(f"/admin/cite/in/{noun}/{pk}/").status_code == 404
