"""What of a body answers for itself, as plain values: its words, its lines, and what is cited in it."""

from collections.abc import Iterator

from markdown_it.token import Token

from .lines import line_of
from .marked import TRANSLATION
from .quotations import Paragraph
from .values import Scope, Stretch

_BETWEEN = {"softbreak", "hardbreak"}


def scope_of(scope: list[Token], paragraphs: list[Paragraph], *, is_analysis: bool) -> Scope:
    """Return a scope as a value: tokens of one block, with the paragraphs in it. Citations are numbered already."""
    first = scope[0]
    return Scope(
        kind=first.type.removesuffix("_open"),
        line=(first.map or [0])[0] + 1,
        is_analysis=is_analysis,
        stretches=tuple(_stretch(paragraph) for paragraph in paragraphs if paragraph.text.strip()),
        groups=tuple(group for token in scope if token.children for group in _groups(token.children)),
    )


def _stretch(paragraph: Paragraph) -> Stretch:
    """The words of a paragraph, with code, titles and terms blanked: their figures say nothing of ours."""
    words = paragraph.prose
    for start, end, kind in paragraph.marked:
        if kind != TRANSLATION:
            words = words[:start] + "\0" * (end - start) + words[end:]
    lines: list[tuple[int, int]] = []
    for child, start in zip(paragraph.token.children or [], paragraph.starts, strict=True):
        if not lines or lines[-1][1] != line_of(child):
            lines.append((start, line_of(child)))
    return Stretch(words, tuple(lines))


def _groups(children: list[Token]) -> Iterator[tuple[str, ...]]:
    """The keys that are cited together: in one pair of brackets, or in several with nothing between."""
    group: list[str] = []
    for child in children:
        if child.type == "citation":
            group += [mention.key for mention in child.meta["mentions"]]
        elif group and (child.content.strip() or child.type not in _BETWEEN | {"text"}):
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)
