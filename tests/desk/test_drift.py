"""The drift list and the button: who gets them, what they show, what a refusal keeps."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from briefings.editorial.drift import check_source
from briefings.models import PassageCheck, SourceCheck, SourceState, Statement
from briefings.permissions import Role
from tests.admin.test_permissions import LOGIN, NO, ROLES, YES, outcome
from tests.editorial.pages import COST, JOINS, PARAGRAPHS, TWO_MORE, capture, changed, cite, days, page
from tests.factories import make_source, make_statement

pytestmark = pytest.mark.django_db
LIST = "/admin/drift/"


@pytest.fixture
def drifted(news):
    """A source whose page changed one passage by a word, and dropped another one."""
    copy = capture()
    cite(copy, JOINS)
    cite(copy, TWO_MORE, kind="paraphrase")
    news.serve(page([*changed("joins what", "connects what")[:3], PARAGRAPHS[4]]))
    check_source(copy.source, now=days(1))
    return copy.source


def check_of(words):
    return PassageCheck.objects.current().get(passage__exact=words)


def decide(client, check, decision, note="", seen=None):
    fields = {"decision": decision, "note": note, "seen": seen or check.version}
    return client.post(reverse("admin:desk-drift-decide", args=[check.pk]), fields, follow=True)


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_the_list_and_its_acts_are_for_editors(log_in, drifted, role):
    client, check = log_in(role), check_of(JOINS)
    expected = LOGIN if role is None else NO if role == Role.CONTRIBUTOR else YES
    assert outcome(client.get(LIST)) == expected
    for name, pk, fields in (
        ("decide", check.pk, {"decision": "stands", "note": "So it was.", "seen": check.version}),
        ("check", drifted.pk, {}),
    ):
        where = reverse(f"admin:desk-drift-{name}", args=[pk])
        assert outcome(client.post(where, fields)) == expected
        assert client.get(where).status_code in ((302,) if role is None else (405,))
    check.refresh_from_db()
    assert bool(check.remedy) is (expected == YES)
    assert drifted.checks.count() == (2 if expected == YES else 1)


def test_the_list_shows_old_and_new_words_where_they_are_cited_and_when_it_was_noticed(editor, drifted):
    shown = editor.get(LIST).content.decode()
    assert shown.count("<del>") == shown.count("<ins>") == 1
    assert " </span>joins<" in shown.partition("<del>")[2] and " </span>connects<" in shown.partition("<ins>")[2]
    assert TWO_MORE in shown and "nothing like it" in shown
    for statement in Statement.objects.all():
        briefing = statement.citations.first().revision.briefing
        assert f"{briefing.get_absolute_url()}#n1" in shown
        assert reverse("admin:briefings_statement_change", args=[statement.pk]) in shown


def test_a_decision_takes_a_passage_off_the_list_and_onto_that_of_decisions(editor, drifted):
    check = check_of(JOINS)
    shown = decide(editor, check, "stands", "The speech is on film.").content.decode()
    assert "It stands as first captured." in shown and "connects" not in shown
    decided = editor.get(LIST, {"show": "decided"}).content.decode()
    assert "The speech is on film." in decided and "connects" in decided
    check.refresh_from_db()
    decide(editor, check, "reopen")
    assert "connects" in editor.get(LIST).content.decode()


def test_a_refusal_keeps_what_was_typed_and_says_why(editor, drifted):
    check = check_of(JOINS)
    shown = decide(editor, check, "corrected", "It was “connects” all along.").content.decode()
    assert "has not been changed since the page did" in shown
    assert "It was “connects” all along." in shown
    assert not check_of(JOINS).remedy


def test_somebody_elses_decision_is_not_overwritten(editor, publisher, drifted):
    check = check_of(JOINS)
    decide(publisher, check, "stands", "First.")
    shown = decide(editor, check, "stands", "Second.", seen=check.version).content.decode()
    assert "Somebody else decided" in shown
    assert check_of(JOINS).note == "First."


def test_resting_on_the_newer_copy_is_offered_only_where_its_words_allow_it(editor, news):
    copy = capture()
    cite(copy, JOINS, kind="quotation")
    assert check_source(copy.source, now=days(1))
    news.serve(page(changed("joins what", "connects what")))
    check_source(copy.source, now=days(2))
    assert 'value="added"' not in editor.get(LIST).content.decode()
    Statement.objects.update(kind="paraphrase")
    assert 'value="added"' in editor.get(LIST).content.decode()
    assert "rests on the newer copy" in decide(editor, check_of(JOINS), "added").content.decode()
    assert Statement.objects.get().evidence.count() == 2


@pytest.mark.parametrize("fields", [{}, {"decision": "delete", "seen": "1"}, {"decision": "stands", "seen": "x"}])
def test_an_absurd_decision_is_not_found(editor, drifted, fields):
    check = check_of(JOINS)
    assert editor.post(reverse("admin:desk-drift-decide", args=[check.pk]), fields).status_code == 404
    assert editor.post(reverse("admin:desk-drift-decide", args=[2**70]), {"decision": "stands"}).status_code == 404
    assert editor.post(reverse("admin:desk-drift-check", args=[2**70])).status_code == 404
    assert editor.get(LIST, {"page": "x"}).status_code == 404
    assert editor.get(LIST, {"show": "\x00"}).status_code == 200


def test_the_queries_of_the_list_do_not_grow_with_its_rows(editor, news):
    def queries():
        editor.get(LIST)
        with CaptureQueriesContext(connection) as captured:
            editor.get(LIST)
        return len(captured)

    copy = capture()
    cite(copy, JOINS)
    news.serve(page([one.replace("joins what", "ties what").replace("two more", "three more").replace("ninety", "nine")
                     for one in PARAGRAPHS]))  # fmt: skip
    check_source(copy.source, now=days(1))
    few = queries()
    for words in (TWO_MORE, COST, JOINS):
        cite(copy, words, kind="paraphrase")
    check_source(copy.source, now=days(2))
    assert PassageCheck.objects.undecided().count() == 4
    assert queries() == few <= 14


def test_pages_that_are_gone_or_could_not_be_read_are_listed_with_the_reason(editor, news):
    copy = capture()
    news.serve(b"", status="402 Payment Required")
    check_source(copy.source, now=days(1))
    shown = editor.get(LIST, {"show": "undecided"}).content.decode()
    assert "only to subscribers" in shown and "Bridge opened" in shown
    news.serve(b"", status="410 Gone")
    for day in (2, 5, 8):
        check_source(copy.source, now=days(day))
    assert "Bridge opened" not in editor.get(LIST, {"show": "undecided"}).content.decode()
    shown = editor.get(LIST, {"show": "gone"}).content.decode()
    assert "since 3 November 2026" in shown
    assert f"?source={copy.source_id}" in shown


def counted(client):
    """The numbers that the front page gives for this list, by where they lead."""
    lines = client.get("/admin/").context["waiting"]
    return {address: number for address, number, _words in lines if address.startswith(LIST)}


def test_the_front_page_counts_what_waits_for_editors_alone(editor, contributor, drifted):
    assert counted(editor)[LIST] == 2
    assert counted(contributor) == {}
    PassageCheck.objects.update(remedy="stands")
    assert counted(editor)[LIST] == 0


def test_the_button_on_a_source_checks_it_and_says_what_came_of_it(editor, news):
    copy = capture()
    where = reverse("admin:briefings_source_change", args=[copy.source_id])
    shown = editor.get(where).content.decode()
    assert "Check now" in shown and "Not looked at since it was captured." in shown
    fields = {"back": "source"}
    shown = editor.post(reverse("admin:desk-drift-check", args=[copy.source_id]), fields, follow=True)
    assert shown.redirect_chain[-1][0] == where
    assert shown.content.decode().count("unchanged.") == 2
    assert copy.source.checks.get().created_by == editor.user


def test_no_button_where_there_is_nothing_to_check_or_nobody_who_may(editor, contributor, news):
    without = (
        make_source(),
        make_source(address="http://paper.example/x"),
        make_statement().evidence.get().snapshot.source,
    )
    for source in without:
        assert "Check now" not in editor.get(f"/admin/briefings/source/{source.pk}/change/").content.decode()
    mine = capture(created_by=contributor.user, status="draft").source
    assert "Check now" not in contributor.get(f"/admin/briefings/source/{mine.pk}/change/").content.decode()
    assert "has no address" in editor.post(
        reverse("admin:desk-drift-check", args=[without[0].pk]), follow=True
    ).content.decode()  # fmt: skip


def test_several_sources_are_checked_from_the_list_and_too_many_are_not(editor, contributor, news):
    sources = [capture(key=f"s{n}", address=f"http://paper.example/{n}").source for n in range(12)]
    fields = {"action": "check_selected", "_selected_action": [source.pk for source in sources]}
    shown = editor.post("/admin/briefings/source/", fields, follow=True).content.decode()
    assert "The other 2 were left alone" in shown
    assert SourceCheck.objects.filter(state=SourceState.UNDECIDED).count() == 10
    contributor.post("/admin/briefings/source/", fields)
    assert SourceCheck.objects.count() == 10


def test_a_pasted_newer_text_is_looked_through_for_the_passages(editor, news):
    copy = capture()
    cite(copy, JOINS)
    where = reverse("admin:briefings_source_change", args=[copy.source_id])
    form = editor.get(where).context["adminform"].form
    fields = {name: form[name].value() or "" for name in form.fields}
    text = "\n\n".join(changed("joins what", "connects what"))
    inline = {"snapshots-TOTAL_FORMS": 0, "snapshots-INITIAL_FORMS": 0}
    editor.post(where, {**fields, **inline, "text": text, "method": "pasted"})
    assert copy.source.snapshots.count() == 2
    assert check_of(JOINS).state == "altered"
