"""Who "he", "the minister" and "Iqbal" are, within one article."""

import pytest

from briefings.speech import propose

OPENING = "Interior Minister Omar Dahl met Finance Secretary Lena Brandt in Oslo.\n"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dahl said the talks went well.", "Omar Dahl"),
        ("The minister said the talks went well.", "Omar Dahl"),
        ("The secretary said the talks went well.", "Lena Brandt"),
        ("Mr. Dahl said the talks went well.", "Omar Dahl"),
        ("She said the talks went well.", "Lena Brandt"),
        ("He said the talks went well.", "Omar Dahl"),
        ("A spokesman for Dahl said the talks went well.", ""),
        ("Officials said the talks went well.", ""),
    ],
)
def test_a_speaker_is_known_by_the_fullest_name_of_the_article(text, name):
    (only,) = propose(OPENING + text)
    assert only.name == name


def test_a_role_given_later_in_the_article_counts_from_the_beginning():
    text = "The Chinese president proposed reforms.\nChinese President Xi Jinping spoke for an hour."
    assert propose(text)[0].name == "Xi Jinping"


def test_a_pronoun_stands_for_the_last_speaker_of_its_gender():
    text = OPENING + "Brandt said it was late. Dahl said it was early. She said it was over."
    assert [one.name for one in propose(text)] == ["Lena Brandt", "Omar Dahl", "Lena Brandt"]


def test_the_speaker_is_kept_as_printed_with_its_place():
    text = OPENING + "The minister said the talks went well."
    (only,) = propose(text)
    assert only.printed == "The minister" == text[slice(*only.speaker)]


def test_a_relay_that_repeats_a_report_is_in_its_chain_and_no_statement_itself():
    text = "The minister said that the talks went well, the Oslo Herald reported."
    (only,) = propose(OPENING + text)
    assert (only.name, [relay.name for relay in only.chain]) == ("Omar Dahl", ["Oslo Herald"])


def test_what_only_a_medium_reports_is_its_assertion():
    (only,) = propose("Nine ministers came to the talks, the Oslo Herald reported.")
    assert (only.kind, only.name, only.chain) == ("assertion", "Oslo Herald", ())


def test_a_relay_that_is_not_named_is_a_step_without_a_name():
    (only,) = propose('"The talks went well," Omar Dahl was quoted as saying.')
    assert [(relay.name, relay.span) for relay in only.chain] == [("", None)]


def test_who_speaks_elsewhere_is_not_put_at_the_event():
    text = (
        "Omar Dahl told the 12th Climate Summit in Oslo that the ice was thin.\n"
        "Dahl said the summit mattered.\nIn an interview with a paper, Dahl said that he was tired."
    )
    assert [one.event for one in propose(text)] == ["12th Climate Summit", "12th Climate Summit", ""]
