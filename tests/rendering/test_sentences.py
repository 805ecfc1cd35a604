"""The sentences of a body, and what is cited for each."""

import time

import pytest

from briefings.rendering import sentences


def read(body):
    return [(one.text, *one.keys) for one in sentences(body)]


def test_a_citation_covers_its_sentence_and_those_before_it():
    body = "It opened. Ahsan Iqbal spoke.[@a] He left.[@b; @c] Nobody said so."
    assert read(body) == [
        ("It opened.", "a"),
        ("Ahsan Iqbal spoke.", "a"),
        ("He left.", "b", "c"),
        ("Nobody said so.",),
    ]


def test_a_sentence_has_every_citation_in_it():
    assert read("It has 194 members [@a], and a seat [see @b, p. 3].") == [
        ("It has 194 members, and a seat.", "a", "b"),
    ]


def test_a_mark_before_the_first_word_and_one_between_sentences_count():
    assert read("[@z] First *one*.[@w]Second `a. b`!") == [("First one.", "z", "w"), ("Second a. b!",)]


def test_paragraphs_and_items_answer_for_themselves_and_a_block_quote_for_all_of_it():
    body = "Before it.\n\n- One.[@x]\n- Two.\n\n> Words. More.\n>\n> — Somebody[@q]\n"
    assert read(body) == [
        ("Before it.",), ("One.", "x"), ("Two.",), ("Words.", "q"), ("More.", "q"), ("— Somebody", "q"),
    ]  # fmt: skip


def test_lines_and_blocks_are_those_of_the_body():
    body = "# Head\n\nOne\nand two.[@a]\nThree.[@b]\n\n![](picture)\n\n- Four\n- Five.[@c]"
    assert [(one.line, one.paragraph) for one in sentences(body)] == [(3, 2), (5, 2), (9, 4), (10, 4)]


def test_headings_say_no_sentence_and_analysis_needs_no_mark():
    body = "# What [@a] said\n\nSo it is.[@b]\n\n::: analysis\nWe think so.[@c] And so.\n:::\n\nUncited."
    assert [one.text for one in sentences(body) if one.needs_mark] == ["So it is."]
    assert [one.text for one in sentences(body) if one.is_analysis] == ["We think so.", "And so."]


@pytest.mark.parametrize(
    "sentence",
    [
        "Mr. A. Iqbal of the U.S. branch, e.g. in Lyon, paid 3.5 per cent on 26 Sept. 2017.",
        "He said: “Stop. Go home. Now.”",
        "“Is it over?” Ahsan Iqbal asked.",
        "It was … long … and so on.",
        "Art. 3 forbids it, cf. No. 5 and pp. 7–9.",
        "The site www.interpol.int says v. 2.0 is out.",
    ],
)
def test_stops_that_end_nothing_are_no_ends(sentence):
    assert read(f"{sentence}[@a] The next one.") == [(sentence, "a"), ("The next one.",)]


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("یہ جملہ ہے۔ دوسرا جملہ۔", ["یہ جملہ ہے۔", "دوسرا جملہ۔"]),
        ("第一句。第二句！", ["第一句。", "第二句！"]),
        ("یہ کیا ہے؟ وہ۔", ["یہ کیا ہے؟", "وہ۔"]),
        ("यह है। वह है।", ["यह है।", "वह है।"]),
        ("", []),
        ("[@a]\n\n***\n\n— …", []),
        ("```\nCode. It is.\n```", []),
    ],
)
def test_other_scripts_and_what_holds_no_words(body, texts):
    assert [one.text for one in sentences(body)] == texts


@pytest.mark.parametrize("piece", ["a.[@k] ", ".", ".” ", "“a. ", "。", "[@k] ", "A. "])
def test_time_grows_with_the_length_alone(piece):
    def took(times):
        body = piece * times
        start = time.process_time()
        sentences(body)
        return time.process_time() - start

    small = min(took(1_000) for _again in range(3))
    assert took(8_000) < 8 * 4 * small + 0.05
