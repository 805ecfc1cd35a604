import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.quotes import find_words, normalized
from briefings.quotes.matching import MOST_PLACES, occurrences

from .samples import WORDS, article, hostile_text

FOUND = {
    "plain words": ("He said the charter stands.", "the charter"),
    "between marks": ('"We agree," he said.', "We agree,"),
    "before a possessive s of a plural": ("other countries' security", "countries"),
    "beside a dash without spaces": ("he urged—and won—peace", "and won"),
    "beside an en dash without spaces": ("he urged–and won–peace", "and won"),
    "no-break spaces": ("at\u00a0all\u00a0levels", "at all levels"),
    "soft hyphen inside": ("inter\u00adnational crime", "international crime"),
    "combining accent inside": ("the cafe\u0301 closed", "the café closed"),
    "bidi marks around": ("\u200fامن\u200f اور", "امن"),
    "Urdu": ("انہوں نے کہا کہ امن ضروری ہے۔", "امن ضروری ہے"),
    "Arabic with vowel signs": ("قَالَ الوزير", "قَالَ"),
    "Devanagari": ("यह किताब अच्छी है", "किताब"),
    "Thai, without spaces": ("ไม่ดีเลย", "ไม่"),
    "Chinese, from the middle of a clause": ("局长表示港口不会关闭。", "港口不会关闭"),
    "digits beside Chinese": ("在2017年开会", "2017"),
    "two paragraphs": ("One.\n\nTwo.", "One.\nTwo."),
    "sum with its sign": ("a change of −5 degrees", "−5 degrees"),
    "number after a number and a no-break space": ("in 2017\u00a0350 men", "350 men"),
    "curly for straight": ("the country’s “need of the hour”", 'country\'s "need of the hour"'),
    "straight for curly": ("the country's need", "country’s need"),
    "three stops for an ellipsis": ("well… no", "well... no"),
}
NOT_FOUND = {
    "nothing": ("words", ""),
    "white space alone": ("two words", " \n"),
    "invisible marks alone": ("two\u00ad words", "\u00ad\u200b"),
    "in an empty text": ("", "words"),
    "changed word": ("requires strong cooperation", "requires weak cooperation"),
    "changed digit": ("10,000 men", "10,001 men"),
    "negation": ("we do not agree", "we do agree"),
    "case": ("the Assembly", "the assembly"),
    "diacritic": ("a résumé", "a resume"),
    "full-width digit": ("article １２", "article 12"),
    "paragraph break": ("One.\nTwo.", "One. Two."),
    "ZWNJ": ("می\u200cخواهم", "میخواهم"),
    "begins inside a word": ("it is unlawful", "lawful"),
    "ends inside a word": ("terrorism grows", "terror"),
    "without the rest of can't": ("they can't agree", "they can"),
    "without the rest of can’t": ("they can’t agree", "they can"),
    "half of a hyphened word": ("non-governmental bodies", "governmental bodies"),
    "ends before a hyphen": ("a crime-fighting body", "a crime"),
    "end of a number": ("some 10,000 men", "000 men"),
    "beginning of a number": ("some 10,000 men", "some 10"),
    "decimal": ("3.5 per cent", "5 per cent"),
    "number with thin spaces": ("10\u202f000 men", "000 men"),
    "number without its sign": ("−5 degrees", "5 degrees"),
    "Chinese number": ("约100万人", "约100"),
    "letter without its accent": ("the cafe\u0301", "the cafe"),
    "ends after a vowel sign inside a word": ("قَالَ الوزير", "قَ"),
    "ends after a Devanagari vowel inside a word": ("किताब अच्छी है", "कि"),
    "begins after a Devanagari vowel inside a word": ("किताब अच्छी है", "ताब"),
    "letter without its vowel sign": ("قَالَ", "قَال"),
    "half of a word joined by ZWNJ": ("می\u200cخواهم", "می"),
    "one stop of an ellipsis": ("well… no", "well."),
    "double marks for single": ("the 'need' now", 'the "need" now'),
}


@pytest.mark.parametrize(("text", "words"), FOUND.values(), ids=FOUND)
def test_words_are_found_with_their_stored_glyphs(text, words):
    [(start, end)] = find_words(text, words)
    assert normalized(text[start:end])[1] == normalized(words)[1]


@pytest.mark.parametrize(("text", "words"), NOT_FOUND.values(), ids=NOT_FOUND)
def test_other_words_and_parts_of_words_are_not_found(text, words):
    assert find_words(text, words) == []


def test_every_place_is_found_in_order():
    assert find_words("a b a b a", "a b a") == [(0, 5), (4, 9)]


def test_words_that_stand_exactly_hide_those_in_other_typography():
    text = "It’s so. It's so."
    assert find_words(text, "It's so.") == [(9, 17)]
    assert find_words(text, "It’s so.") == [(0, 8)]


def test_stored_glyphs_are_what_lies_between_the_offsets():
    text = "\u200f“Cafe\u0301 \u00a0 co\u00adop”\u200b"
    [(start, end)] = find_words(text, "Café coop")
    assert text[start:end] == "Cafe\u0301 \u00a0 co\u00adop"


def test_no_more_places_are_listed_than_a_person_can_use():
    assert len(find_words("a " * 2000, "a")) == MOST_PLACES


@given(article, st.data())
def test_any_words_of_a_text_are_found_where_they_stand(text, data):
    words = [match.span() for match in re.finditer(r"[^\s\u200f]+", text)]
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, min(first + 8, len(words) - 1)))
    start, end = words[first][0], words[last][1]
    places = find_words(text, text[start:end])
    assert any(low <= start and end <= high for low, high in places) or len(places) > 1
    for low, high in places:
        assert normalized(text[low:high])[1] == normalized(text[start:end])[1]


@given(hostile_text, hostile_text)
def test_what_is_reported_always_spells_the_words(text, words):
    for start, end in find_words(text + words + text, words):
        assert normalized((text + words + text)[start:end])[1] == normalized(words)[1]


@given(st.text("ab", max_size=60), st.text("ab", min_size=1, max_size=6))
def test_occurrences_are_all_there_are(text, needle):
    expected = [at for at in range(len(text)) if text.startswith(needle, at)]
    assert list(occurrences(text, needle)) == expected


def test_occurrences_of_a_needle_that_overlaps_itself_are_all_there_are():
    text, needle = "ab" * 3000 + "b" + "ab" * 3000, "ab" * 1500
    assert list(occurrences(text, needle)) == [at for at in range(len(text)) if text.startswith(needle, at)]


@pytest.mark.parametrize("word", WORDS)
def test_a_word_does_not_stand_inside_a_longer_one(word):
    assert find_words(f"x{word}", word) in ([], [(1, 1 + len(word))])
    if word[0].isalnum() and word[0] < "\u0e00":
        assert find_words(f"x{word}", word) == []
