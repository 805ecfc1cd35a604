"""What is reported, and how its cue tells: table-driven cases, each a sentence and the words said in it."""

import pytest

from briefings.speech import propose


def said(text):
    return [" / ".join(text[start:end] for start, end in one.spans) for one in propose(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"The dam will hold," Mara Voss said.', ["The dam will hold"]),
        ("“The dam will hold,” said Mara Voss, the engineer.", ["The dam will hold"]),
        ("''The dam will hold,'' Ms. Voss said.", ["The dam will hold"]),
        ("‘The boys’ dam will hold,’ said Mara Voss. ‘It’s old.’", ["The boys’ dam will hold / It’s old."]),
        ('"The dam," said Mara Voss, "will hold."', ["The dam / will hold."]),
        ('"Will it hold?" Mara Voss asked. Nobody knew.', ["Will it hold?"]),
        ('Mara Voss said: "The dam will hold. It has to."', ["The dam will hold. It has to."]),
        ('"It will hold," she said. "It has to hold."', ["It will hold / It has to hold."]),
        ("Mara Voss said the dam would hold.", ["the dam would hold"]),
        ("Mara Voss said on Tuesday that the dam would hold.", ["the dam would hold"]),
        ("Mara Voss told reporters in Delft that the dam would hold.", ["the dam would hold"]),
        ("Mara Voss, the chief engineer, said in a statement that the dam would hold.", ["the dam would hold"]),
        ("The dam would hold, Mara Voss said.", ["The dam would hold"]),
        ("The dam, Mara Voss said, would hold.", ["The dam / would hold"]),
        ("According to Mara Voss, the dam would hold.", ["the dam would hold"]),
        ("The dam would hold, according to Mara Voss.", ["The dam would hold"]),
        ('Mara Voss said the dam was "as good as new" then.', ['the dam was "as good as new" then']),
        (
            "Mara Voss said the dam would hold, adding that the gates had been mended.",
            ["the dam would hold", "the gates had been mended"],
        ),
        (
            "Mara Voss said the dam would hold but warned that the gates were old.",
            ["the dam would hold", "the gates were old"],
        ),
        ("As Mara Voss noted on Friday, the dam was old.", ["the dam was old"]),
        ("He dismissed Mara Voss's claim that it was old.", ["He dismissed Mara Voss's claim", "it was old"]),
        ("Mara Voss promised to mend the gates.", ["Mara Voss promised to mend the gates"]),
        ("While Mara Voss said that the dam would hold, the mayor left town.", ["the dam would hold"]),
    ],
)  # fmt: skip
def test_the_words_of_a_cue_are_found(text, words):
    assert said(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "The state of the claims office was poor, a report of note.",
        "The United States must mend its dams.",
        "Fewer pledged delegates came to the town.",
        "He played in the band that night.",
        'He watched "Good Morning Delft" with his mother.',
        "A long heading about what Mara Voss said",
        "",
        "\n\n",
    ],
)
def test_what_reports_nothing_is_attributed_to_nobody(text):
    assert not [one for one in propose(text) if one.cue or one.printed or one.name]


def test_a_quotation_that_runs_over_paragraphs_is_one_statement_of_several_passages():
    text = 'Mara Voss said: "The dam will hold.\n"It was built well.\n"And it was mended."\nThe mayor left.'
    assert said(text) == ["The dam will hold. / It was built well. / And it was mended."]


def test_a_quotation_in_a_paragraph_of_its_own_has_the_speaker_of_the_one_before():
    text = '"The dam will hold," Mara Voss said.\n"We built it well and we look after it every year."'
    first, second = propose(text)
    assert second.name == first.name == "Mara Voss"
    assert second.confidence < first.confidence


def test_a_quotation_of_which_nothing_says_whose_it_is_has_no_speaker():
    (only,) = propose('The rain came down.\n"We built it well and we look after it every year."')
    assert (only.name, only.printed, only.cue) == ("", "", None)
    assert only.confidence <= 0.3


def test_a_question_somebody_was_asked_is_unsure():
    found = propose("Asked whether the dam would hold, Mara Voss said it would.")
    assert [one.confidence for one in found] == sorted(one.confidence for one in found)
    assert found[0].printed == ""
