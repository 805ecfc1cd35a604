"""Proposes which part of a text is the article, for the desk to begin with; never the text itself."""

import trafilatura

from .encodings import decoded

_LARGEST, _MOST_TAGS = 1_000_000, 40_000  # code points and tags: trafilatura takes its time
_SHORTEST = 30  # code points: shorter lines stand in menus as well


def article_span(text: str, content: bytes | str, *, content_type: str = "") -> tuple[int, int] | None:
    """Return (start, end), in code points, of the part of `text` that trafilatura takes for the article of the page.

    `text` is our reading of the HTML `content`. None where nothing in it can be found again.
    """
    markup = decoded(content, content_type, is_html=True)
    if len(markup) > _LARGEST or markup.count("<") > _MOST_TAGS:
        return None
    try:
        extracted = trafilatura.extract(markup, include_comments=False, include_tables=True)
    except Exception:  # a guess is not worth an error, whatever a hostile page makes of the library
        return None
    wanted = {_plain(line) for line in (extracted or "").split("\n")}
    spans = [span for span, line in _lines(text) if len(line) >= _SHORTEST and line in wanted]
    return (spans[0][0], spans[-1][1]) if spans else None


def _lines(text: str) -> list[tuple[tuple[int, int], str]]:
    found, start = [], 0
    for line in text.split("\n"):
        found.append(((start, start + len(line)), _plain(line)))
        start += len(line) + 1
    return found


def _plain(line: str) -> str:
    return "".join(line.split())
