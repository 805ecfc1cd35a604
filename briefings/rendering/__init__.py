"""Engine: Markdown with citations in, safe HTML out. No database: statements and pictures come as mappings."""

from .bodies import Body, block_lines, citation_places, cited_keys, examine, marked_words, picture_keys, render
from .reading import paragraphs_of
from .sentences import BodySentence, block_words, sentences
from .values import (
    Block,
    CitationPlace,
    Cited,
    Examined,
    Labels,
    Marked,
    Picture,
    Problem,
    Remark,
    Rendered,
    Scope,
    Stretch,
)

__all__ = [
    "Block",
    "Body",
    "BodySentence",
    "CitationPlace",
    "Cited",
    "Examined",
    "Labels",
    "Marked",
    "Picture",
    "Problem",
    "Remark",
    "Rendered",
    "Scope",
    "Stretch",
    "block_lines",
    "block_words",
    "citation_places",
    "cited_keys",
    "examine",
    "marked_words",
    "paragraphs_of",
    "picture_keys",
    "render",
    "sentences",
]
