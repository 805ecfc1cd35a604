"""Direct quotations in a language whose verbs the rules do not know: the marks alone tell them."""

from .confidence import UNATTRIBUTED
from .drafts import Draft
from .passages import trimmed
from .quotations import Quotation, quotations
from .segments import blocks
from .values import Form

_FEWEST_WORDS = 3
_FEWEST_SIGNS = 5  # of a script that sets no spaces between words
_UNSPACED = ("぀", "鿿")


def quoted(text: str) -> list[Draft]:
    """Return a draft for each direct quotation of more than a couple of words, in reading order."""
    found: list[Draft] = []
    is_open = False
    for start, end in blocks(text):
        quote: Quotation | None = None
        for quote in quotations(text, start, end):
            words = trimmed(text, [quote.inside])
            if is_open and quote.start == start:
                found[-1].spans += words
                found[-1].content += words
            elif _says_something(text[slice(*quote.inside)]):
                found.append(Draft(words, list(words), Form.DIRECT, "quotation", UNATTRIBUTED))
            else:
                quote = None
            is_open = False
        is_open = quote is not None and not quote.is_closed
    return found


def _says_something(words: str) -> bool:
    """Return whether a quotation is more than a name or a word held at a distance."""
    unspaced = sum(_UNSPACED[0] <= char <= _UNSPACED[1] for char in words)
    return unspaced >= _FEWEST_SIGNS or len(words.split()) >= _FEWEST_WORDS
