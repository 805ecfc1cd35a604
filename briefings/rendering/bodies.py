"""A whole body, rendered: blocks of safe HTML, its citations and what is wrong with it, each with its line."""

from collections.abc import Container, Iterator, Mapping

from markdown_it.token import Token

from .citations import Mention, Numbering
from .lines import line_of
from .markdown import BREAKS, parse, to_html, top_level
from .pictures import place_pictures
from .quotations import check_quotations
from .sanitising import sanitise
from .values import Block, CitationPlace, Cited, Labels, Picture, Problem, Rendered

_NO_PICTURES: Mapping[str, Picture] = {}
_ENGLISH = Labels()


def render(
    body: str,
    notes: Mapping[str, Cited],
    *,
    illustrations: Mapping[str, Picture] = _NO_PICTURES,
    labels: Labels = _ENGLISH,
) -> Rendered:
    """Render Markdown (CommonMark 0.31 with Pandoc citations and `::: analysis`) to sanitised HTML, block by block.

    `notes` maps each statement key that may be cited to its passages, `illustrations` a picture's key to the picture.
    Nothing raises: what is wrong is in `problems`, by line (from 1), and the rest is rendered all the same.
    """
    tokens, problems = parse(body)
    numbering = Numbering(notes)
    blocks = []
    for number, block in enumerate(top_level(tokens), 1):
        before = len(numbering.numbers)
        problems += _place_citations(block, numbering, number)
        problems += check_quotations(block, lambda keys: _passages(keys, notes))
        problems += place_pictures(block, illustrations)
        used = tuple(range(before + 1, len(numbering.numbers) + 1))
        blocks.append(Block(sanitise(to_html(block, labels)), used, number, block[0].type == "container_analysis_open"))
    problems.sort(key=lambda problem: problem.line)
    return Rendered(tuple(blocks), tuple(numbering.places), tuple(problems))


def citation_places(body: str, known: Container[str]) -> tuple[CitationPlace, ...]:
    """Return the citations of a body as `render` numbers them, without rendering; only keys in `known` count."""
    numbering = Numbering(known)
    for number, block in enumerate(top_level(parse(body)[0]), 1):
        for _unknown in _place_citations(block, numbering, number):
            pass
    return tuple(numbering.places)


def cited_keys(body: str) -> list[tuple[str, int]]:
    """Return every citation of a body in order, as (key, line from 1); a key cited twice is there twice."""
    tokens, _problems = parse(body)
    return [(mention.key, line_of(child)) for child in _children(tokens, "citation") for mention in _mentions(child)]


def picture_keys(body: str) -> list[tuple[str, int]]:
    """Return every picture of a body in order, as (key, line from 1)."""
    tokens, _problems = parse(body)
    return [(str(child.attrGet("src") or ""), line_of(child)) for child in _children(tokens, "image")]


def _children(tokens: list[Token], kind: str) -> Iterator[Token]:
    for token in tokens:
        for child in token.children or []:
            if child.type == kind:
                yield child


def _mentions(citation: Token) -> list[Mention]:
    return list(citation.meta["mentions"])


def _passages(keys: list[str], notes: Mapping[str, Cited]) -> Iterator[str]:
    for key in dict.fromkeys(keys):
        yield from notes[key].words if key in notes else ()


def _place_citations(block: list[Token], numbering: Numbering, paragraph: int) -> Iterator[Problem]:
    """Number the citations of a block, and draw each mark up to the word before it."""
    for token in block:
        made: list[Token] = []
        for child in token.children or []:
            if child.type == "citation":
                _close_up(made)
                places = [numbering.place(mention, paragraph, line_of(child)) for mention in _mentions(child)]
                child.meta["places"] = places
                for mention, place in zip(_mentions(child), places, strict=True):
                    if place is None:
                        yield Problem("unknown-citation", line_of(child), mention.key)
            made.append(child)
        if token.children:
            token.children = made


def _close_up(made: list[Token]) -> None:
    """Take away the space or line break before a mark: it belongs to the word, and may not start a line."""
    while made and made[-1].type in BREAKS:
        made.pop()
    if made and made[-1].type == "text":
        made[-1].content = made[-1].content.rstrip()
