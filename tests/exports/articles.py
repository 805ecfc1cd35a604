"""An article to be exported, made as the site makes it: from rendered HTML."""

from briefings.exports import Article, ExportedNote, ExportedRemark, blocks_of
from briefings.rendering import Cited, Picture, render
from briefings.rendering.trees import Paragraph, Run

ADDRESS = "https://site.example/briefings/x/"
BODY = """# One

Text with *em*, **strong** and “quoted words” [@a], [here](/sources/).[^x] Again [@a, para. 3][@b].

- a
- b
    1. c

> A quote.[@b]

::: analysis
We think so.
:::

    code <x>

---

اردو

![](hall)

[^x]: A remark.[@c]
"""


def make_article(body=BODY, **fields):
    cited = {key: Cited(("quoted words", "A quote.")) for key in "abc"}
    hall = Picture("/media/hall.jpg", "A hall", "The hall", "A. Painter", "CC0")
    rendered = render(body, cited, illustrations={"hall": hall})
    assert not rendered.problems
    numbers = sorted({place.number for place in rendered.citations})
    named = {
        "title": 'A "title"',
        "standfirst": "The standfirst.",
        "byline": "By Somebody",
        "language": "en",
        "is_rtl": False,
        "facts": (("title", 'A "title"'), ("lang", "en")),
        "blocks": tuple(block for each in rendered.blocks for block in blocks_of(each.html, ADDRESS)),
        "remarks": tuple(ExportedRemark(one.letter, blocks_of(one.html, ADDRESS)) for one in rendered.remarks),
        "notes": tuple(ExportedNote(number, _note()) for number in numbers),
        "sources": (Paragraph((Run("Dawn", emphasis=True), Run(", 2017"))),),
        "evidence_line": "From 1 report.",
    }
    return Article(**{**named, **fields})


def _note():
    return (
        Paragraph((Run("Xi", strong=True), Run(" · quotation"))),
        Paragraph((Run("“quoted words”"),)),
        Paragraph((Run("https://dawn.com/a?b=1&c=2", link="https://dawn.com/a?b=1&c=2"),)),
    )
