"""Words made unreadable in plain text, Markdown, HTML and JSON; what names something or leads somewhere stays."""

import time

import pytest

from briefings.quotes import Redactor


@pytest.mark.parametrize(
    ("words", "text", "left"),
    [
        ("John Doe", "A John Doe, John\u00a0Doe and John\n Doe.", "A ████ ███, ████\u00a0███ and ████\n ███."),
        ("Ali", "Alison, Ali's, (Ali), ALI, Ali2", "Alison, ███'s, (███), ALI, Ali2"),
        ("he “left”", 'he "left" he «left» he ‘left’', "██ ██████ ██ ██████ he ‘left’"),
        ("so… far", "so... far so…far", "█████ ███ so…far"),
        ("José", "Jose\u0301 José Jose", "█████ ████ Jose"),
        ("ملک", "یہ ملک ہے", "یہ ███ ہے"),
        ("国际", "在国际会", "在██会"),
        ("to\u00adgether", "toget\u00adher", "█████\u00ad███"),
    ],
)
def test_words_match_in_any_typography_and_never_within_others(words, text, left):
    hidden = Redactor(words).plain(text)
    assert hidden.replace("\u00ad", "") == left.replace("\u00ad", "") or hidden == "█" * 9
    assert len(hidden) == len(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("*John* **Doe** [John Doe](/people/John-Doe/)", "*████* **███** [████ ███](/people/John-Doe/)"),
        ("John[@john-doe] Doe", "████[@john-doe] ███"),
        ("[see John Doe @John-Doe, John Doe]", "[see ████ ███ @John-Doe, ████ ███]"),
        ("John\nDoe", "████\n███"),
    ],
)
def test_in_markdown_marks_keys_and_addresses_stay(text, left):
    assert Redactor("John Doe").markdown(text) == left


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<p>John <em>Doe</em></p>", "<p>████ <em>███</em></p>"),
        ('John<a class="cite" href="#n1">1</a> Doe', '████<a class="cite" href="#n1">1</a> ███'),
        ('<img alt="John Doe" src="/John-Doe.png">', '<img alt="████ ███" src="/John-Doe.png">'),
        ('<a href="https://x.example/#:~:text=of%20John,Doe">x</a>', '<a href="https://x.example/">x</a>'),
        ('<a href="https://x.example/#:~:text=John%20Smith">x</a>', '<a href="https://x.example/#:~:text=John%20Smith">x</a>'),
        ('<span class="John Doe">x</span>', '<span class="John Doe">x</span>'),
    ],
)  # fmt: skip
def test_in_html_text_and_spoken_attributes_go_and_the_page_stays_whole(html, left):
    assert Redactor("John Doe").html(html) == left


def test_escaped_characters_are_seen_through():
    assert Redactor('A & "B"').html("<p>A &amp; &quot;B&quot;</p>") == "<p>█ █ ███</p>"


def test_in_json_names_and_keys_stay():
    value = {"John Doe": ["John Doe", 1, None], "key": "John Doe", "inner": {"url": "https://x.example/John Doe"}}
    assert Redactor("John Doe").value(value) == {
        "John Doe": ["████ ███", 1, None], "key": "John Doe", "inner": {"url": "https://x.example/████ ███"},
    }  # fmt: skip


@pytest.mark.parametrize("words", ["", " \n", "\u00ad\u200b"])
def test_without_a_glyph_there_is_nothing_to_remove(words):
    with pytest.raises(ValueError, match="no words"):
        Redactor(words)


def test_hostile_text_takes_no_longer():
    redactor = Redactor("a b c d e f")
    started = time.process_time()
    for text in ("a b c d e " * 20_000, "*a [" * 50_000, "<a " * 60_000, "\u00ad" * 200_000, "[@" * 100_000):
        redactor.plain(text), redactor.markdown(text), redactor.html(text)
    assert time.process_time() - started < 8
