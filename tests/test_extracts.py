"""Sentences of a source that statements rest on: in reading order, once each, with all that rests on them."""

import pytest

from briefings.extracts import extracts_of
from briefings.models import Statement
from briefings.notes import notes_for
from tests.factories import make_evidence, make_snapshot, make_source, make_statement

pytestmark = pytest.mark.django_db
TEXT = "A title\n\nFirst he said “we will act together”. Nobody cites this one.\n\nThen he left, they say, for good."


@pytest.fixture
def copy():
    return make_snapshot(TEXT, source=make_source(key="report", status="published"))


def resting(copy, words, **fields):
    return make_statement(words, snapshot=copy, status="published", **fields)


def extracts():
    return extracts_of(notes_for(Statement.objects.published()).values(), "report")


def text(extract):
    return "".join(piece.text for piece in extract.pieces)


def test_sentences_come_in_reading_order_and_the_rest_stays_away(copy):
    resting(copy, "he left", kind="assertion")
    resting(copy, "we will act together")
    assert [text(extract) for extract in extracts()] == [
        "First he said “we will act together”.", "Then he left, they say, for good.",
    ]  # fmt: skip
    assert [extract.paragraph for extract in extracts()] == [2, 3]


def test_a_sentence_stands_once_with_all_statements_that_rest_on_it(copy):
    keys = [resting(copy, words).key for words in ("we will act together", "act together", "First he said")]
    (extract,) = extracts()
    assert {item.note.key for item in extract.resting} == set(keys)
    assert "".join(piece.text for piece in extract.pieces) == "First he said “we will act together”."
    assert sorted(anchor for piece in extract.pieces for anchor in piece.anchors) == sorted(
        item.passage.anchor for item in extract.resting
    )


def test_only_compared_words_of_quotations_are_highlighted(copy):
    resting(copy, "we will act together")
    resting(copy, "he left", kind="assertion")
    pieces = [piece for extract in extracts() for piece in extract.pieces]
    assert [piece.text for piece in pieces if piece.verbatim] == ["we will act together"]
    assert [piece.text for piece in pieces if piece.quoted] == ["we will act together", "he left"]


def test_evidence_in_other_sources_is_left_out(copy):
    statement = resting(copy, "he left", kind="assertion")
    make_evidence(statement, snapshot=make_snapshot("Then he left.", status="published"))
    assert len(extracts()) == 1
