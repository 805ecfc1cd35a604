"""A briefing as Markdown that Pandoc and others read: YAML front matter, the text, and its notes as footnotes."""

import json
from collections.abc import Iterable

from briefings.rendering.tree_markdown import markdown_from
from briefings.rendering.trees import Block, Heading, Listing, Paragraph, Run

from .values import Article


def as_markdown(article: Article) -> str:
    """Return the file: front matter, title, standfirst, text with marks, sources, then the words of each mark."""
    front = ["---", *(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in article.facts), "---"]
    head: list[Block] = [Heading(1, (Run(article.title),))]
    head += [Paragraph((Run(words, emphasis=emphasis),)) for words, emphasis in _lead(article) if words]
    sources: list[Block] = []
    if article.sources:
        sources = [Heading(2, (Run(article.sources_heading),)), _numbered(article.sources)]
    text = markdown_from([*head, *article.blocks, *sources])
    remarks = [_footnote(remark.letter, remark.blocks) for remark in article.remarks]
    notes = [_footnote(str(note.number), note.paragraphs) for note in article.notes]
    return "\n".join(front) + "\n\n" + "\n\n".join([text, *remarks, *notes]) + "\n"


def _lead(article: Article) -> Iterable[tuple[str, bool]]:
    return (article.standfirst, True), (article.byline, False), (article.evidence_line, False)


def _numbered(sources: Iterable[Paragraph]) -> Listing:
    return Listing(True, 1, tuple((source,) for source in sources))


def _footnote(label: str, blocks: Iterable[Block]) -> str:
    first, *rest = markdown_from(blocks).split("\n")
    return "\n".join([f"[^{label}]: {first}", *(f"    {line}" if line else "" for line in rest)])
