"""The quote engine: exact words, where they stand, and links to them. Import from here; it knows no Django."""

from .anchoring import Found, Location, Selector, locate, selector_at
from .context import blocks, paragraph_number, sentence_around
from .fragments import fragment_url, text_fragment
from .marks import quoted_spans
from .matching import find_words
from .normalize import Text, normalized, prepared
from .verdicts import PUBLISHABLE, Verdict, compare, find_in

__all__ = [
    "PUBLISHABLE",
    "Found",
    "Location",
    "Selector",
    "Text",
    "Verdict",
    "blocks",
    "compare",
    "find_in",
    "find_words",
    "fragment_url",
    "locate",
    "normalized",
    "paragraph_number",
    "prepared",
    "quoted_spans",
    "selector_at",
    "sentence_around",
    "text_fragment",
]
