"""The Markdown file: front matter, the text with its marks, and the words of each mark."""

from briefings.exports import as_markdown

from .articles import make_article


def test_the_file_says_what_it_is_and_ends_with_the_words_of_its_marks():
    text = as_markdown(make_article())
    assert text.startswith(
        '---\ntitle: "A \\"title\\""\nlang: "en"\n---\n\n# A "title"\n\n*The standfirst.*\n\nBy Somebody\n'
    )
    assert "Text with *em*, **strong** and “quoted words”[^1], [here](https://site.example/sources/).[^a]" in text
    assert "Again (para. 3)[^1][^2]." in text
    assert "\n[^1]: **Xi** · quotation\n\n    “quoted words”\n" in text
    assert "\n[^a]: A remark.[^3]\n" in text
    assert "\n## Sources\n\n1. *Dawn*, 2017\n" in text
    assert "::: analysis\nWe think so.\n:::" in text and "> A quote.[^2]" in text and "- b\n  1. c" in text


def test_words_of_others_make_no_markup():
    text = as_markdown(make_article(standfirst="*not* <b> [a](b)"))
    assert "*\\*not\\* \\<b> [a\\](b)*" in text
