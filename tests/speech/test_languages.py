"""Quotation marks of other languages: direct quotations are proposed, without a speaker."""

import pytest

from briefings.speech import Form, propose

TEXTS = {
    "ur": ("وزیر نے کہا کہ “ہم امن کے لیے مل کر کام کریں گے۔” اجلاس ختم ہو گیا۔", ["ہم امن کے لیے مل کر کام کریں گے۔"]),
    "ar": ("قال الوزير: «سنعمل معا من أجل السلام». وانتهى الاجتماع.", ["سنعمل معا من أجل السلام"]),
    "zh": ("部长说：“我们将共同努力维护和平。”会议在《和平之家》结束。", ["我们将共同努力维护和平。"]),
    "zh-CN": ('部长说"我们将共同努力维护和平"。', ["我们将共同努力维护和平"]),
    "ja": ("大臣は「平和のために共に働きます」と述べた。", ["平和のために共に働きます"]),
    "fr": ("« Nous travaillerons pour la paix », a dit le ministre.", ["Nous travaillerons pour la paix"]),
    "es": ("«Trabajaremos juntos por la paz», dijo el ministro.", ["Trabajaremos juntos por la paz"]),
    "de": ("„Wir arbeiten gemeinsam für den Frieden“, sagte der Minister.", ["Wir arbeiten gemeinsam für den Frieden"]),
    "de-CH": ("‹Wir arbeiten gemeinsam für den Frieden›, sagte er.", ["Wir arbeiten gemeinsam für den Frieden"]),
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_direct_quotation_is_found_and_has_no_speaker(language):
    text, words = TEXTS[language]
    found = propose(text, language=language)
    assert [text[start:end] for one in found for start, end in one.spans] == words
    assert {(one.form, one.kind, one.name, one.cue) for one in found} == {(Form.DIRECT, "quotation", "", None)}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le film « La Mer » est sorti.", "fr"),
        ("Die „Neue Wache“ steht in Berlin.", "de"),
        ("他读了“和平”一书。", "zh"),
        ("他在读《战争与和平的故事》。", "zh"),
    ],
)
def test_a_word_or_a_title_between_marks_is_no_quotation(text, language):
    assert propose(text, language=language) == []


def test_a_quotation_that_runs_over_paragraphs_is_one_statement():
    text = "Er sagte: „Wir arbeiten für den Frieden.\n„Das tun wir gemeinsam.“"
    (only,) = propose(text, language="de")
    assert [text[start:end] for start, end in only.spans] == ["Wir arbeiten für den Frieden.", "Das tun wir gemeinsam."]
