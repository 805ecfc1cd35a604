import pytest
from hypothesis import given

from briefings.quotes import quoted_spans

from .samples import hostile_text

QUOTED = {
    "straight": ('"We agree," he said. "Now."', ["We agree,", "Now."]),
    "English": ("“We agree,” he said.", ["We agree,"]),
    "German": ("„Wir sind einig“, sagte er.", ["Wir sind einig"]),
    "Polish": ("„Zgoda”, powiedział.", ["Zgoda"]),
    "Swedish": ("”Vi är eniga”, sade han.", ["Vi är eniga"]),
    "French, without its spaces": ("«\u00a0d’accord\u00a0», dit-il.", ["d’accord"]),
    "Danish": ("»Enig«, sagde han.", ["Enig"]),
    "Urdu": ("انہوں نے کہا «ہم متفق ہیں»۔", ["ہم متفق ہیں"]),
    "Chinese": ("他说：“同意。”「好」", ["同意。", "好"]),
    "outermost only": ("“He said “go” now,” she said, “and ‘went’.”", ["He said “go” now,", "and ‘went’."]),
    "other marks inside": ('"He said “go” now," she said.', ["He said “go” now,"]),
    "straight inside straight": ('"He said "go" now," she said.', ['He said "go" now,']),
    "after a bracket": ('("Go," he said)', ["Go,"]),
    "against a word": ('said"We agree" and', ["We agree"]),
    "single marks are none": ("‘We agree’ and 'so'", []),
    "inches": ('a 5" pipe and a 6" one', []),
    "empty": ('"" “ ”', []),
    "nothing": ("", []),
    "unpaired counts to the end of its block": ("“We agree. \nSo.", ["We agree."]),
    "several paragraphs": ("“One.\n“Two.”", ["One.", "Two."]),
    "never over a block": ('He said "one\ntwo" and "three".', ["one", "three"]),
    "stray closing mark": ("We agree” he said.", []),
}


@pytest.mark.parametrize(("text", "words"), QUOTED.values(), ids=QUOTED)
def test_words_inside_quotation_marks(text, words):
    assert [text[start:end] for start, end in quoted_spans(text)] == words


@given(hostile_text)
def test_spans_are_in_order_apart_and_inside_one_block(text):
    last = 0
    for start, end in quoted_spans(text):
        assert last < start < end <= len(text)
        assert not set("\n\r\u2028") & set(text[start:end])
        assert text[start:end] == text[start:end].strip()
        last = end
