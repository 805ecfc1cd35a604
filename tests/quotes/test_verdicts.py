import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from briefings.quotes import PUBLISHABLE, Verdict, compare, find_in

from .samples import article

SPEECH = "Today criminals are forming global networks, 12 of them, which do not rest,"
COMPARED = {
    "same words": ("peace and security", ["peace and security"], Verdict.EXACT),
    "same glyphs in other code points": ("peace and cafe\u0301s", ["peace\u00a0and ca\u00adfés"], Verdict.EXACT),
    "white space around": (" peace \n", ["peace"], Verdict.EXACT),
    "interrupted words": ("we agree and we act", ["we agree", "and we act"], Verdict.EXACT),
    "curly for straight marks": ("Pakistan’s “need”", ['Pakistan\'s "need"'], Verdict.TYPOGRAPHIC),
    "dashes": ("peace — now", ["peace – now"], Verdict.TYPOGRAPHIC),
    "final comma of the source dropped": ("peace and security", ["peace and security,"], Verdict.TYPOGRAPHIC),
    "final stop for the source's comma": ("peace and security.", ["peace and security,"], Verdict.TYPOGRAPHIC),
    "final comma added": ("peace and security,", ["peace and security"], Verdict.TYPOGRAPHIC),
    "Urdu stop dropped": ("امن ضروری ہے", ["امن ضروری ہے۔"], Verdict.TYPOGRAPHIC),
    "comma before an interruption dropped": ("we agree and we act.", ["we agree,", "and we act."], Verdict.TYPOGRAPHIC),
    "stop for the comma before an interruption": ("We agree. We act.", ["We agree,", "We act."], Verdict.TYPOGRAPHIC),
    "nested marks swapped": ("he said ‘go’ now", ["he said “go” now"], Verdict.TYPOGRAPHIC),
    "nested marks swapped round an apostrophe": ("he said “don’t” now", ["he said 'don't' now"], Verdict.TYPOGRAPHIC),
    "changed word": ("peace and order", ["peace and security"], Verdict.ALTERED),
    "dropped word": ("peace security", ["peace and security"], Verdict.ALTERED),
    "dropped negation": ("we do agree", ["we do not agree"], Verdict.ALTERED),
    "contracted negation": ("we can agree", ["we can't agree"], Verdict.ALTERED),
    "changed digit": ("12 states", ["13 states"], Verdict.ALTERED),
    "full-width digit": ("12 states", ["１２ states"], Verdict.ALTERED),
    "changed case": ("peace", ["Peace"], Verdict.ALTERED),
    "changed diacritic": ("élite", ["elite"], Verdict.ALTERED),
    "ligature": ("first", ["ﬁrst"], Verdict.ALTERED),
    "ZWNJ": ("میخواهم", ["می\u200cخواهم"], Verdict.ALTERED),
    "paragraph break for a space": ("One. Two.", ["One.\nTwo."], Verdict.ALTERED),
    "space for none": ("some one", ["someone"], Verdict.ALTERED),
    "comma inside": ("let's eat Grandma", ["let's eat, Grandma"], Verdict.ALTERED),
    "question for statement": ("we agree?", ["we agree."], Verdict.ALTERED),
    "exclamation dropped": ("we agree", ["we agree!"], Verdict.ALTERED),
    "ellipsis dropped": ("we agree", ["we agree…"], Verdict.ALTERED),
    "two stops for none": ("we agree..", ["we agree"], Verdict.ALTERED),
    "nested marks dropped": ("he said go now", ["he said “go” now"], Verdict.ALTERED),
    "nested marks moved": ("he 'said go' now", ["he said “go” now"], Verdict.ALTERED),
    "feet for inches": ("6' wide and 5' high", ['6" wide and 5" high'], Verdict.ALTERED),
    "part of the passage": ("peace", ["peace and security"], Verdict.MISSING),
    "passages in another order": ("and we act we agree", ["we agree", "and we act"], Verdict.ALTERED),
    "passages joined without a space": ("we agreeand we act", ["we agree", "and we act"], Verdict.ALTERED),
    "one passage of two": ("we agree", ["we agree", "and we act"], Verdict.ALTERED),
    "no passage": ("we agree", [], Verdict.MISSING),
    "empty passage": ("we agree", ["we agree", " "], Verdict.MISSING),
    "empty quotation": ("", [""], Verdict.MISSING),
    "only a stop": (".", [","], Verdict.MISSING),
    "invisible quotation": ("\u00ad", ["\u200b"], Verdict.MISSING),
}
CONTAINED = {
    "words in the middle": ("forming global networks", SPEECH, Verdict.EXACT),
    "final stop added": ("forming global networks.", SPEECH, Verdict.TYPOGRAPHIC),
    "final comma added": ("which do not,", SPEECH, Verdict.TYPOGRAPHIC),
    "curly apostrophe": ("Pakistan’s role", "In Pakistan's role", Verdict.TYPOGRAPHIC),
    "nested marks swapped": ("the ‘need’ of the hour", "was the “need” of the hour.", Verdict.TYPOGRAPHIC),
    "nested marks inside the source's own": ("it is “now”.", "\"Say it is 'now',\" he said.", Verdict.TYPOGRAPHIC),
    "Chinese": ("不会关闭", "港口不会关闭。", Verdict.EXACT),
    "other words": ("forming local networks", SPEECH, Verdict.MISSING),
    "part of a word": ("rest, which", SPEECH, Verdict.MISSING),
    "begins inside a word": ("networks, 2 of them", SPEECH, Verdict.MISSING),
    "ends inside a word": ("Today crim", SPEECH, Verdict.MISSING),
    "ends inside a word with a stop": ("Today crim.", SPEECH, Verdict.MISSING),
    "negation left out": ("which do rest", SPEECH, Verdict.MISSING),
    "over a paragraph break": ("One. Two.", "One.\nTwo.", Verdict.MISSING),
    "nothing": ("", SPEECH, Verdict.MISSING),
    "only a stop": (".", "One. Two.", Verdict.MISSING),
    "in nothing": ("words", "", Verdict.MISSING),
}


@pytest.mark.parametrize(("quote", "passages", "verdict"), COMPARED.values(), ids=COMPARED)
def test_comparing_a_quotation_with_its_passages(quote, passages, verdict):
    assert compare(quote, passages) == verdict


@pytest.mark.parametrize(("quote", "text", "verdict"), CONTAINED.values(), ids=CONTAINED)
def test_finding_a_quotation_in_a_text(quote, text, verdict):
    assert find_in(quote, text) == verdict


def test_altered_and_missing_words_are_never_publishable():
    assert set(Verdict) - PUBLISHABLE == {Verdict.ALTERED, Verdict.MISSING}


@settings(max_examples=400)
@given(article, st.data())
def test_a_changed_letter_or_digit_is_never_publishable(text, data):
    at = data.draw(st.sampled_from([at for at, char in enumerate(text) if char.isalnum()] or [0]))
    other = data.draw(st.characters(categories=["L", "N"]))
    changed = text[:at] + other + text[at + 1 :]
    assume(text[at].isalnum() and other != text[at])
    assert compare(changed, [text]) not in PUBLISHABLE
    assert find_in(changed, text) not in PUBLISHABLE


@given(article, st.data())
def test_a_word_left_out_or_put_in_is_never_publishable(text, data):
    words = text.split()
    at = data.draw(st.integers(0, len(words) - 1))
    assume(any(char.isalnum() for char in words[at]))
    plain = " ".join(words)
    assert compare(" ".join(words[:at] + words[at + 1 :]), [plain]) not in PUBLISHABLE
    assert compare(" ".join([*words[:at], "never", *words[at:]]), [plain]) not in PUBLISHABLE


@given(article)
def test_a_text_is_exactly_itself(text):
    assume(any(char.isalnum() for char in text))
    assert compare(text, [text]) == Verdict.EXACT
    assert find_in(text, text) == Verdict.EXACT
