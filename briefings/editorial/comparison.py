"""How like a page is to a stored copy: by the words of its article, not by the menus and teasers around them."""

import re
from dataclasses import dataclass

from briefings.articles import article_span
from briefings.models import Snapshot
from briefings.quotes import blocks, normalized

_HTML = ("text/html", "application/xhtml+xml")
_STRETCH = 24  # code points
_CLOCK = 8  # words: a shorter line with a digit in it tells the time, or counts comments


@dataclass(frozen=True, slots=True)
class Likeness:
    """`kept`: which share (0 to 1) of the earlier article stands in the later one, in whatever order; `size`: the
    length of the later over that of the earlier."""

    same: bool
    kept: float
    size: float


def article_in(text: str, content: bytes, media_type: str) -> str:
    """Return the part of `text` that looks like the article of the page `content`; all of it where that is not known.

    Only what is compared is chosen so: quotations are checked against the whole text.
    """
    span = article_span(text, content, content_type=media_type) if media_type.startswith(_HTML) else None
    return text[slice(*span)] if span else text


def article_of(copy: Snapshot) -> str:
    """Return the article in a stored copy, for comparison only; a text that was handed over is one as a whole."""
    if not copy.has_raw or not copy.text_version:
        return copy.text
    with copy.raw.open() as raw:
        return article_in(copy.text, raw.read(), copy.media_type)


def likeness(before: str, after: str) -> Likeness:
    """Compare two articles block by block, typography and white space apart (the second tier of DESIGN.md section 4).

    Short lines with a digit are left out: dates of the kind "3 hours ago", and counters.
    """
    old, new = _paragraphs(before), _paragraphs(after)
    one, other = " ".join(old), " ".join(new)
    return Likeness(old == new, _kept(one, other), len(other) / (len(one) or 1))


def _paragraphs(text: str) -> list[str]:
    found = (normalized(text[start:end])[1] for start, end in blocks(text))
    return [block for block in found if block and not _is_clock(block)]


def _kept(before: str, after: str) -> float:
    """The share of stretches of `before` that stand in `after`. Some scripts do not part words."""
    present = {after[at : at + _STRETCH] for at in range(len(after))}
    stretches = [before[at : at + _STRETCH] for at in range(0, max(1, len(before) - _STRETCH + 1), 4)]
    return sum(stretch in present for stretch in stretches) / len(stretches)


def _is_clock(block: str) -> bool:
    return bool(re.search(r"\d", block)) and len(block.split()) < _CLOCK
