"""Engine: Markdown with citations in, safe HTML out. No database: statements and pictures come as mappings."""

from .bodies import citation_places, cited_keys, picture_keys, render
from .values import Block, CitationPlace, Cited, Labels, Picture, Problem, Rendered

__all__ = [
    "Block",
    "CitationPlace",
    "Cited",
    "Labels",
    "Picture",
    "Problem",
    "Rendered",
    "citation_places",
    "cited_keys",
    "picture_keys",
    "render",
]
