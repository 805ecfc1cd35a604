"""The quote engine: exact words, where they stand, and links to them. Import from here; it knows no Django."""

from .anchoring import CONTEXT, Found, Location, Selector, locate, selector_at
from .annotations import from_annotation, to_annotation
from .context import blocks, paragraph_number, sentence_around, sentences
from .differences import Change, ChangeKind, difference
from .edits import Edit
from .fragments import fragment_url, text_fragment
from .marks import quoted_spans
from .matching import find_words
from .normalize import Text, normalized, prepared
from .parts import EditKind
from .reanchoring import Anchor, Suggestion, anchor, suggest
from .redacting import Redactor
from .verdicts import PUBLISHABLE, Verdict, compare, edits, find_in
from .versions import ParagraphChange, compare_paragraphs

__all__ = [
    "CONTEXT",
    "PUBLISHABLE",
    "Anchor",
    "Change",
    "ChangeKind",
    "Edit",
    "EditKind",
    "Found",
    "Location",
    "ParagraphChange",
    "Redactor",
    "Selector",
    "Suggestion",
    "Text",
    "Verdict",
    "anchor",
    "blocks",
    "compare",
    "compare_paragraphs",
    "difference",
    "edits",
    "find_in",
    "find_words",
    "fragment_url",
    "from_annotation",
    "locate",
    "normalized",
    "paragraph_number",
    "prepared",
    "quoted_spans",
    "selector_at",
    "sentence_around",
    "sentences",
    "suggest",
    "text_fragment",
    "to_annotation",
]
