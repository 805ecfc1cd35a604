import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from briefings.quotes.normalize import Text, normalized, prepared

from .samples import hostile_text

SAME_EXACT = {
    "composed and combining accent": ("café", "cafe\u0301"),
    "marks in another order": ("e\u0323\u0302", "e\u0302\u0323"),
    "Hangul syllable and its jamo": ("한", "\u1112\u1161\u11ab"),
    "Ångström sign": ("Å", "\u212b"),
    "run of spaces": ("a b", "a \t  b"),
    "no-break space": ("a b", "a\u00a0b"),
    "thin, narrow and ideographic space": ("a b c d", "a\u2009b\u202fc\u3000d"),
    "soft hyphen": ("cooperation", "co\u00adoper\u00adation"),
    "zero-width space": ("cooperation", "co\u200boperation"),
    "BOM": ("word", "\ufeffword"),
    "bidi marks": ("a (b)", "\u200fa \u202b(\u2067b\u2069)\u202c\u061c"),
    "invisible mark inside a gap": ("a b", "a \u200b\u00a0b"),
    "line ends of any system": ("a\nb", "a\r\nb"),
    "one line end or several": ("a\nb", "a \n \r\n\n b"),
}
SAME_TYPOGRAPHIC = {
    "double quotation marks": ('"a" "b" "c"', "“a” „b“ «c»"),
    "single quotation marks and primes": ("it's 'a' 6'", "it’s ‚a‘ 6′"),
    "dashes": ("a - b - c-d -5", "a – b — c‑d −5"),
    "ellipsis": ("a...b", "a…b"),
}
DIFFERENT = {
    "case": ("Word", "word"),
    "digit": ("12", "13"),
    "full-width digit": ("12", "１２"),
    "full-width letter": ("a", "ａ"),
    "Arabic digit": ("2", "٢"),
    "diacritic": ("resume", "résumé"),
    "ligature": ("fi", "ﬁ"),
    "superscript": ("m2", "m²"),
    "long s": ("s", "ſ"),
    "ZWNJ": ("می\u200cخواهم", "میخواهم"),
    "ZWJ": ("a\u200db", "ab"),
    "Arabic and Persian yeh": ("ي", "ی"),
    "Latin and Cyrillic": ("a", "а"),
    "paragraph break and space": ("a\nb", "a b"),
    "line separator and space": ("a\u2028b", "a b"),
    "space and none": ("a b", "ab"),
    "double and single mark": ('"a"', "'a'"),
    "ellipsis of two stops": ("a..", "a…"),
    "word joiner": ("a\u2060b", "ab"),
}


@pytest.mark.parametrize(("one", "other"), SAME_EXACT.values(), ids=SAME_EXACT)
def test_same_glyphs_are_equal_in_the_first_tier(one, other):
    assert normalized(one)[0] == normalized(other)[0]


@pytest.mark.parametrize(("one", "other"), SAME_TYPOGRAPHIC.values(), ids=SAME_TYPOGRAPHIC)
def test_typography_is_equal_in_the_second_tier_only(one, other):
    assert normalized(one)[0] != normalized(other)[0]
    assert normalized(one)[1] == normalized(other)[1]


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_what_changes_words_is_equal_in_no_tier(one, other):
    assert normalized(one)[0] != normalized(other)[0]
    assert normalized(one)[1] != normalized(other)[1]


def test_map_leads_back_to_the_original():
    text = "\ufeffA \t “cafe\u0301” co\u00adop…\r\n\r\nZ"
    for form in Text(text).forms:
        spelled = [text[form.start(at) : form.end(at + 1)] for at in range(len(form.text))]
        assert form.text[:2] == "A "
        assert spelled[:2] == ["A", " \t "]
        assert spelled[form.text.index("é")] == "e\u0301"
        assert spelled[form.text.index("\n")] == "\r\n\r\n"
    assert Text(text).typographic.text == 'A "café" coop...\nZ'
    assert [text[Text(text).typographic.start(at)] for at in (13, 14, 15)] == ["…"] * 3


@given(hostile_text)
def test_map_is_monotone_and_spells_every_glyph(text):
    for form in Text(text).forms:
        starts = [form.start(at) for at in range(len(form.text))]
        ends = [form.end(at + 1) for at in range(len(form.text))]
        assert starts == sorted(starts)
        assert ends == sorted(ends)
        assert all(0 <= start < end <= len(text) for start, end in zip(starts, ends, strict=True))
        for at in range(len(form.text)):
            if not form.splits(at) and not form.splits(at + 1):
                spelled = Text(text[starts[at] : ends[at]])
                assert form.text[at] in (spelled.exact.text, spelled.typographic.text)


@given(hostile_text)
def test_normalising_again_changes_nothing(text):
    exact, typographic = normalized(text)
    assume(unicodedata.is_normalized("NFC", exact))  # an invisible mark between letter and accent keeps them apart
    assert normalized(exact)[0] == exact
    assert normalized(typographic)[1] == typographic


@given(st.text("ae\u0301\u0316\u0323\u1100\u1161\u11a8", max_size=30))
def test_first_tier_is_nfc_where_nothing_is_left_out(text):
    assert Text(text).exact.text == unicodedata.normalize("NFC", text)


def test_prepared_remembers_a_text_and_takes_a_prepared_one():
    text = "".join(["some ", "words"])
    assert prepared(text) is prepared("some words")
    assert prepared(prepared(text)) is prepared(text)
