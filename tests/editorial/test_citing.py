"""What is written into a body for a statement, and statements cited in a briefing from elsewhere at the desk."""

import pytest
from django.core.exceptions import PermissionDenied

from briefings.editorial.citable import find
from briefings.editorial.citing import cite_in, places_in, with_paragraphs, writable_drafts
from briefings.editorial.drafting import quoted, words_citing
from briefings.editorial.evidence import body_problems
from briefings.editorial.problems import Refused
from briefings.editorial.working_text import StaleText
from briefings.models import Contribution, LogEntry
from briefings.permissions import Role
from tests.factories import (
    WORDS,
    make_briefing,
    make_person,
    make_published_briefing,
    make_snapshot,
    make_statement,
    make_user,
)

BODY = "# Head\n\nOne\nline.\n\n- a\n- b\n\n::: analysis\nOurs.\n:::\n\n> Said.\n\nLast.[@a]\n"


@pytest.fixture
def editor():
    return make_user(Role.EDITOR)


def codes(body):
    return [problem.code for problem in body_problems(body)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    [
        WORDS,
        "It is *not* [so], he_said @all: `x` 5 > 4 <b>",
        "He called it “a shame” and left",
        'He called it "a shame" and "worse"',
        "Don’t, it's ours: 40 000 – or …",
        "عالمی تعاون ضروری ہے",
    ],
)
def test_what_is_inserted_passes_the_checks_whatever_the_words(words):
    make_person(name="Ann Bee")
    copy = make_snapshot(f"She said: {words}. Then left.")
    statement = make_statement(words, snapshot=copy, key="said")
    insert = words_citing(statement, copy.source)
    assert insert.startswith("“") and insert.endswith("”[@said]")
    assert set(codes(f"She said {insert} then.")) <= {"unpublished-statement", "one-origin"}


@pytest.mark.django_db
def test_what_is_no_quotation_is_inserted_as_a_report_without_marks():
    speaker = make_person(name="Ann *Bee*")
    statement = make_statement("it was so.", kind="paraphrase", speaker=speaker, key="reported")
    assert words_citing(statement, None) == "Ann \\*Bee\\*, as reported: it was so.[@reported]"
    assert words_citing(make_statement("It is so.", kind="assertion", key="own"), None) == "It is so.[@own]"


def test_marks_inside_a_quotation_become_single_ones():
    assert quoted('It “was” "so" now') == "“It ‘was’ ‘so’ now”"


# Where a paragraph is put


@pytest.mark.parametrize("after", range(7))
def test_a_paragraph_is_put_behind_the_block_that_was_chosen_and_changes_no_other(after):
    made = with_paragraphs(BODY, ["New."], after=after)
    places = places_in(made)
    assert places.index("New.") == after
    assert [place for place in places if place != "New."] == places_in(BODY)
    assert made.replace("\n", "").replace("New.", "") == BODY.replace("\n", "")


@pytest.mark.parametrize(
    ("body", "made"),
    [("", "New.\n"), ("One.", "One.\n\nNew.\n"), ("One.\n\n\n\n", "One.\n\nNew.\n"), ("One.\r\n", "One.\n\nNew.\n")],
)
@pytest.mark.parametrize("after", [None, 99])
def test_without_a_place_it_stands_at_the_end(body, made, after):
    assert with_paragraphs(body, ["New."], after=after) == made


# The act


@pytest.mark.django_db
def test_citing_writes_the_working_text_with_its_contribution_and_log_and_changes_nothing_public(editor):
    make_statement(key="said")
    briefing = make_published_briefing()
    public = briefing.current.body
    saved = cite_in(briefing, find(editor, words="said"), by=editor, seen_version=briefing.version)
    assert saved.body == f"{briefing.body}\n\n“{WORDS.replace('.', '')}.”[@said]\n" or "[@said]" in saved.body
    briefing.refresh_from_db()
    assert briefing.body == saved.body and briefing.current.body == public
    assert Contribution.objects.filter(briefing=briefing, user=editor).exists()
    assert LogEntry.objects.filter(key=briefing.slug, by=editor).exists()


@pytest.mark.django_db
def test_a_text_that_somebody_saved_meanwhile_is_never_overwritten(editor):
    make_statement(key="said")
    briefing = make_briefing("As it was.")
    seen = briefing.version
    briefing.body = "Theirs."
    briefing.save()
    with pytest.raises(StaleText):
        cite_in(briefing, find(editor, words="said"), by=editor, seen_version=seen)
    briefing.refresh_from_db()
    assert briefing.body == "Theirs."


@pytest.mark.django_db
def test_nobody_cites_in_what_they_may_not_change_and_nothing_is_no_citation(editor):
    contributor = make_user(Role.CONTRIBUTOR)
    make_statement(key="said", status="published")
    briefing = make_briefing("As it was.", created_by=editor)
    with pytest.raises(PermissionDenied):
        cite_in(briefing, find(contributor, words="said"), by=contributor, seen_version=briefing.version)
    with pytest.raises(Refused):
        cite_in(briefing, [], by=editor, seen_version=briefing.version)
    briefing.refresh_from_db()
    assert briefing.body == "As it was."


@pytest.mark.django_db
def test_one_writes_on_ones_own_drafts_an_editor_on_all_but_what_was_retracted(editor):
    contributor = make_user(Role.CONTRIBUTOR)
    own = make_briefing("a", created_by=contributor, title="My own words")
    other = make_briefing("b", title="Theirs")
    public = make_published_briefing(created_by=contributor)
    make_briefing("c", status="retracted", retraction_reason="Wrong.")
    assert list(writable_drafts(contributor)) == [own]
    assert set(writable_drafts(editor)) == {own, other, public}
    assert list(writable_drafts(editor, "own WORDS")) == [own]
