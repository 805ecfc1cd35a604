"""Selected words: verified against the stored copy, a passage for each paragraph, whatever a browser claims."""

import json

import pytest
from django.core.exceptions import PermissionDenied

from briefings.editorial.further_evidence import WordsDiffer
from briefings.editorial.selections import (
    evidence_from_selection,
    selectors_of,
    statement_from_selection,
    verified,
)
from briefings.editorial.statements import Fields, NewName, NotDone
from briefings.editorial.undoing import undo
from briefings.models import Decision, Statement, StatementLink
from briefings.permissions import Role
from briefings.quotes import Selector, selector_at, to_annotation
from tests.factories import make_person, make_snapshot, make_source, make_statement, make_user

REPORT = (
    "Bridge opens\n\nThe minister opened it. “This bridge joins what the river parted,” she said.\n\n"
    "Two thousand people watched. The minister opened it.\n\nپل کھل گیا۔ “ہم سب مل کر کام کریں گے” وزیر نے کہا۔\n\n"
    "An emoji 😀 stands before these words.\n"
)
WORDS = "This bridge joins what the river parted"


@pytest.fixture
def editor(db):
    return make_user(Role.EDITOR)


@pytest.fixture
def copy(db):
    return make_snapshot(REPORT)


def selected(words, text=REPORT):
    start = text.index(words)
    return selector_at(text, start, start + len(words))


def words_at(spans, text=REPORT):
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize("words", [WORDS, "ہم سب مل کر کام کریں گے", "😀 stands before", "کھل گیا۔"])
def test_selected_words_stand_where_the_selection_says(copy, words):
    assert verified(copy, [selected(words)]) == [(REPORT.index(words), REPORT.index(words) + len(words))]


def test_a_selection_across_paragraphs_becomes_a_passage_in_each(copy):
    start, end = REPORT.index("she said"), REPORT.index("watched") + 7
    assert words_at(verified(copy, [selector_at(REPORT, start, end)])) == ["she said.", "Two thousand people watched"]


def test_a_mark_at_the_end_of_a_paragraph_is_no_passage(copy):
    start, end = REPORT.index(".\n\nTwo"), REPORT.index("watched") + 7
    assert words_at(verified(copy, [selector_at(REPORT, start, end)])) == ["Two thousand people watched"]


def test_selections_of_several_parts_are_taken_in_reading_order(copy):
    spans = verified(copy, [selected("Two thousand people"), selected("Bridge opens")])
    assert words_at(spans) == ["Bridge opens", "Two thousand people"]


def test_white_space_and_the_marks_around_the_whole_are_left_out(copy):
    start = REPORT.index(" “This")
    assert words_at(verified(copy, [selector_at(REPORT, start, REPORT.index(" she said"))])) == [f"{WORDS},"]


def test_marks_stay_where_more_than_the_quotation_was_selected(copy):
    words = f"The minister opened it. “{WORDS},”"
    assert words_at(verified(copy, [selected(words)])) == [words]


def test_a_wrong_place_with_the_right_words_is_found_again(copy):
    right = selected(WORDS)
    wrong = Selector(right.exact, right.prefix, right.suffix, 3, 3 + len(WORDS))
    assert verified(copy, [wrong]) == [(right.start, right.end)]


@pytest.mark.parametrize("start", [10**9, 2**31 - 1, 0])
def test_a_wrong_place_of_words_that_stand_twice_is_refused(copy, start):
    words = "The minister opened it"
    with pytest.raises(NotDone, match=r"several places|does not contain"):
        verified(copy, [Selector(words, "", "", start, start + len(words))])


@pytest.mark.parametrize(
    "words", ["This bridge joins what the river parts", "words of another copy altogether", "x" * 19_000]
)
def test_words_that_the_copy_does_not_have_are_refused(copy, words):
    with pytest.raises(NotDone, match="does not contain these words"):
        verified(copy, [Selector(words, "", "", 0, len(words))])


@pytest.mark.parametrize(
    "selectors",
    [
        [],
        [Selector("x" * 200_000, "", "", 0, 200_000)],
        [Selector(" \n\n ", "", "", 12, 16)],
        [selected("Bridge")] * 21,
        [selected("Bridge opens"), Selector("opens", "Bridge ", "\n\nThe", 7, 12)],
    ],
    ids=["none", "200 kB", "white space", "too many", "overlapping"],
)
def test_selections_that_make_no_sense_are_refused_with_a_sentence(copy, selectors):
    with pytest.raises(NotDone, match=r"\w+\."):
        verified(copy, selectors)


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "  ",
        "{",
        "null",
        "[]x",
        "[" * 100_000,
        '{"selector": []}',
        '[{"selector": [{"type": "TextQuoteSelector", "exact": "\\ud800"}]}]',
        json.dumps(to_annotation(Selector("a", "", "", 0, 1), source="x")).replace('"end": 1', '"end": "1"'),
        json.dumps(to_annotation(Selector("\ud83d", "", "", 0, 1), source="x")),
        "x" * 600_000,
    ],
)
def test_what_is_no_selector_is_refused_with_a_sentence(sent):
    with pytest.raises(NotDone, match=r"[Ss]elect"):
        selectors_of(sent)


def test_selectors_are_read_from_one_annotation_or_several():
    sent = [to_annotation(selected(words), source="x") for words in ("Bridge", WORDS)]
    assert [one.exact for one in selectors_of(json.dumps(sent))] == ["Bridge", WORDS]
    assert selectors_of(json.dumps(sent[1]["target"])) == [selected(WORDS)]


def test_a_statement_is_made_of_selected_words_and_can_be_taken_back(editor, copy):
    fields = Fields("quotation", WORDS, speaker=NewName("person", "Ann Bee"), name_printed="she", verb="said")
    statement = statement_from_selection(copy, [selected(WORDS)], by=editor, fields=fields)
    evidence = statement.evidence.get()
    assert (statement.speaker.name, evidence.verdict, evidence.name_printed) == ("Ann Bee", "exact", "she")
    assert statement.key == "bee-bridge-joins"
    undo(copy, by=editor)
    assert not Statement.objects.exists()


def test_words_in_urdu_make_an_exact_statement(editor, copy):
    words = "ہم سب مل کر کام کریں گے"
    made = statement_from_selection(copy, [selected(words)], by=editor, fields=Fields("quotation", words))
    assert made.evidence.get().verdict == "exact" and made.evidence.get().passages.get().exact == words


def test_the_same_words_in_another_paper_become_evidence_named_and_relayed_in_its_own_way(editor, copy):
    statement, agency = make_statement(WORDS), make_person(name="A. Reporter")
    evidence = evidence_from_selection(
        statement, copy, [selected(WORDS)], by=editor, name_printed="she", verb="said", relays=[(agency, "told us")]
    )
    assert (evidence.order, evidence.verdict, evidence.name_printed, evidence.verb) == (2, "exact", "she", "said")
    assert [(step.relay, step.verb) for step in evidence.steps.all()] == [(agency, "told us")]
    undo(copy, by=editor)
    assert statement.evidence.count() == 1


def add(statement, copy, *words, by):
    selectors = [selected(one, copy.text) for one in words]
    return evidence_from_selection(statement, copy, selectors, by=by, name_printed="", verb="", relays=[])


def test_other_words_of_the_same_utterance_become_a_statement_of_their_own_linked_with_it(editor, copy):
    there = make_statement("This bridge joins what rivers parted")
    with pytest.raises(WordsDiffer) as differ:
        add(there, copy, WORDS, by=editor)
    assert (differ.value.statement, differ.value.words) == (there, WORDS)
    fields = Fields("quotation", differ.value.words)
    made = statement_from_selection(copy, [selected(WORDS)], by=editor, fields=fields, same_as=there)
    assert StatementLink.objects.get().from_statement == made and there.evidence.count() == 1


def test_a_copy_that_carries_the_statement_already_gets_a_further_passage(editor, copy):
    statement = make_statement("People watched", kind="paraphrase", words="Two thousand people watched", snapshot=copy)
    evidence = add(statement, copy, "Bridge opens", by=editor)
    assert statement.evidence.get() == evidence
    assert [one.exact for one in evidence.passages.order_by("order")] == ["Two thousand people watched", "Bridge opens"]
    with pytest.raises(NotDone, match="nothing to add"):
        add(statement, copy, "Bridge opens", by=editor)
    undo(copy, by=editor)
    assert evidence.passages.count() == 1 and statement.evidence.count() == 1


def test_a_quotation_that_matches_gets_no_passage_that_would_make_it_differ(editor, copy):
    statement = make_statement(WORDS, snapshot=copy)
    with pytest.raises(NotDone, match="would not match"):
        add(statement, copy, "Bridge opens", by=editor)
    assert statement.evidence.get().passages.count() == 1 and not Decision.objects.exists()


def test_who_may_not_change_the_statement_or_read_the_source_adds_nothing(db):
    contributor = make_user(Role.CONTRIBUTOR)
    public = make_snapshot(REPORT, source=make_source(status="published"))
    theirs = make_statement(WORDS, status="published")
    with pytest.raises(PermissionDenied):
        add(theirs, public, WORDS, by=contributor)
    mine = make_statement(WORDS, created_by=contributor)
    assert add(mine, public, WORDS, by=contributor)
    with pytest.raises(PermissionDenied):
        add(mine, make_snapshot(REPORT), WORDS, by=contributor)
    with pytest.raises(PermissionDenied):
        statement_from_selection(
            make_snapshot(REPORT), [selected(WORDS)], by=contributor, fields=Fields("opinion", "x")
        )
