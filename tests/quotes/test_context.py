import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.quotes import blocks, paragraph_number, sentence_around, sentences
from briefings.quotes.context import LONGEST_CONTEXT

from .samples import article

ATTRIBUTED = '"Today networks form," Iqbal said, adding that police learn.'
SENTENCES = {
    "between two others": ("One. Two three. Four.", "Two", "Two three."),
    "first": ("One two. Three.", "One", "One two."),
    "without a stop": ("One. Two three", "three", "Two three"),
    "several sentences": ("One. Two. Three. Four.", "Two. Three", "Two. Three."),
    "question": ("Why? Because.", "Because", "Because."),
    "opening mark and attribution": ("Before. " + ATTRIBUTED + " After.", "networks", ATTRIBUTED),
    "passage with its comma": ("Before. " + ATTRIBUTED, "Today networks form,", ATTRIBUTED),
    "stop before the closing mark": ('He said: "We agree." She left.', "agree", 'He said: "We agree."'),
    "passage with the stop": ("He said: “We agree.” She left.", "We agree.", "He said: “We agree.”"),
    "quotation of two sentences": ('"We agree. We act," he said. So.', "We act,", '"We agree. We act," he said.'),
    "question and its attribution": (
        '"Who knows?" Ahsan Iqbal asked. Nobody.',
        "knows",
        '"Who knows?" Ahsan Iqbal asked.',
    ),
    "question and he": ("“Who knows?” he asked. Nobody.", "knows", "“Who knows?” he asked."),
    "title": ("So. Mr. Iqbal met Dr. Xi. Then.", "met", "Mr. Iqbal met Dr. Xi."),
    "initial": ("So. J. R. Smith spoke. Then.", "spoke", "J. R. Smith spoke."),
    "country": ("The U.S. Senate met. Then.", "met", "The U.S. Senate met."),
    "country at the end": ("He left the U.S. The vote followed.", "vote", "The vote followed."),
    "number": ("It is No. 5 of 3.5 million. Then.", "million", "It is No. 5 of 3.5 million."),
    "answer": ("He said no. Then he left.", "left", "Then he left."),
    "site": ("So China.org reported. Then.", "reported", "So China.org reported."),
    "ellipsis within": ("We wait … and act. Then.", "act", "We wait … and act."),
    "Urdu": ("یہ ایک ہے۔ یہ دو ہے۔ تین۔", "دو", "یہ دو ہے۔"),
    "Chinese": ("第一句。他说：“同意。”第三句。", "同意", "他说：“同意。”"),
    "inside its block": ("One\nTwo three\nFour.", "three", "Two three"),
    "over two blocks": ("Zero. One\nTwo. Three.", "One\nTwo", "One\nTwo."),
    "whole text": ("One.", "One.", "One."),
}


@pytest.mark.parametrize(("text", "words", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_sentence_around_a_passage(text, words, sentence):
    at = text.index(words)
    start, end = sentence_around(text, at, at + len(words))
    assert text[start:end] == sentence


def test_text_without_stops_is_not_shown_whole():
    text = "word " * 5000
    start, end = sentence_around(text, 10_000, 10_004)
    assert start >= 10_000 - LONGEST_CONTEXT
    assert end <= 10_004 + LONGEST_CONTEXT
    assert text[start:end].startswith("word") and text[start:end].endswith("word")


@given(article, st.data())
def test_sentence_holds_its_passage_and_no_other_block(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    low, high = sentence_around(text, start, end)
    assert text[start:end].strip() in text[low:high]
    assert "\n" not in text[low:start] and "\n" not in text[end:high]


@pytest.mark.parametrize(("position", "number"), [(0, 1), (3, 1), (8, 2), (12, 2), (16, 2), (17, 3), (99, 3)])
def test_paragraphs_are_counted_without_empty_ones(position, number):
    assert paragraph_number("One.\n\n \nTwo two\r\nThree", position) == number


def test_blocks_are_what_line_ends_part():
    text = "\n One two \n\n\u00a0\nThree\u2028Four\n"
    assert [text[start:end] for start, end in blocks(text)] == ["One two", "Three", "Four"]


@given(st.text(alphabet="ab A.?!…“”。\n", max_size=60))
def test_the_sentences_of_a_text_hold_all_its_words_once_and_in_order(text):
    spans = sentences(text)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(before <= start < end for (_begin, before), (start, end) in zip([(0, 0), *spans], spans, strict=False))


def test_sentences_are_those_that_surround_each_passage():
    text = "Mr. Iqbal spoke. “It is done. Go,” he said.\nA new block. And no stop"
    spans = sentences(text)
    assert [text[slice(*span)] for span in spans] == [
        "Mr. Iqbal spoke.", "“It is done. Go,” he said.", "A new block.", "And no stop",
    ]  # fmt: skip
    assert [sentence_around(text, start + 1, end) for start, end in spans] == spans
