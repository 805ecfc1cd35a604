"""Every failure has a sentence that says what happened and what to do."""

import pytest

from briefings.articles import FETCHING, READING
from briefings.editorial.failures import SENTENCES, code_of_status, sentence_for


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_reads_on_whatever_is_known(code):
    for detail in ({}, {"host": "news.example", "status": 500, "address": "x y", "limit": "5000000", "error": "e"}):
        sentence = sentence_for(code, detail)
        assert sentence.endswith(".")
        assert "%" not in sentence
        assert "(" not in sentence or ")" in sentence


@pytest.mark.parametrize("code", [*FETCHING, *READING])
def test_everything_that_the_engine_reports_has_a_sentence(code):
    assert code in SENTENCES


@pytest.mark.parametrize(
    "code", [code for code in SENTENCES if code not in ("storage", "interrupted", "not-references")]
)
def test_every_failure_says_what_to_do_instead(code):
    assert any(word in sentence_for(code, {}) for word in ("aste the", "paste its"))


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "those who log in"), (402, "to subscribers"), (403, "refused to show"), (404, "no page at this address"),
        (410, "taken this page down"), (429, "asks for a pause"), (500, "(status 500)"), (503, "fault of its own"),
        (418, "(status 418)"), (302, "(status 302)"), (304, "(status 304)"), (999, "fault of its own"),
    ],
)  # fmt: skip
def test_an_answer_with_an_error_is_told_by_its_status(status, words):
    sentence = sentence_for(code_of_status(status), {"host": "news.example", "status": status})
    assert words in sentence
    assert "news.example" in sentence


def test_what_a_server_names_is_one_line_and_not_too_long():
    sentence = sentence_for("not-text", {"media_type": "image/png\n" + "x" * 5000})
    assert "(image/png x" in sentence
    assert len(sentence) < 500


def test_a_code_without_a_sentence_is_told_as_it_is():
    assert "(never-heard-of)" in sentence_for("never-heard-of", {})
