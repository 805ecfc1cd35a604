"""A whole body, rendered: blocks of safe HTML, its citations and what is wrong with it, each with its line."""

from collections.abc import Container, Iterator, Mapping

from markdown_it.token import Token

from .citations import Mention, Numbering
from .footnotes import MARK, REMARK_OPEN
from .lines import BREAKS, line_of
from .markdown import parse, to_html, top_level
from .marked import marked_in
from .pictures import place_pictures
from .quotations import check_quotations, paragraphs_of, scopes_of
from .sanitising import sanitise
from .scopes import scope_of
from .values import Block, CitationPlace, Cited, Examined, Labels, Marked, Picture, Problem, Remark, Rendered, Scope

_NO_PICTURES: Mapping[str, Picture] = {}
_ENGLISH = Labels()


class Body:
    """A body that is read once: its tokens, which `render` and `examine` use up, and what it cites and shows."""

    def __init__(self, text: str):
        self.tokens, self.problems = parse(text)
        self.cited = [(mention.key, line_of(child)) for child in self.all("citation") for mention in _mentions(child)]
        self.pictures = [(str(child.attrGet("src") or ""), line_of(child)) for child in self.all("image")]

    def all(self, kind: str) -> Iterator[Token]:
        """Yield its inline tokens of one type, in order."""
        return _children(self.tokens, kind)


def render(
    body: str,
    notes: Mapping[str, Cited],
    *,
    illustrations: Mapping[str, Picture] = _NO_PICTURES,
    labels: Labels = _ENGLISH,
) -> Rendered:
    """Render Markdown (CommonMark, Pandoc citations and footnotes, `::: analysis`) to sanitised HTML, block by block.

    `notes` maps each statement key that may be cited to its passages, `illustrations` a picture's key to the picture.
    Nothing raises: what is wrong is in `problems`, by line (from 1), and the rest is rendered all the same.
    """
    read, numbering, problems = Body(body), Numbering(notes), list[Problem]()
    blocks, remarks = [], []
    for number, block in enumerate(top_level(read.tokens), 1):
        before = len(numbering.numbers)
        for _scope in _examined(block, number, numbering, notes, illustrations, problems):
            pass
        used = tuple(range(before + 1, len(numbering.numbers) + 1))
        if block[0].type == REMARK_OPEN:
            remarks.append(_remark(block, used, number, labels))
        else:
            is_analysis = block[0].type == "container_analysis_open"
            blocks.append(Block(sanitise(to_html(block, labels)), used, number, is_analysis))
    found = _by_line([*read.problems, *problems])
    return Rendered(tuple(blocks), tuple(numbering.places), found, tuple(remarks))


def _remark(block: list[Token], used: tuple[int, ...], number: int, labels: Labels) -> Remark:
    meta = block[0].meta
    return Remark(meta["letter"], sanitise(to_html(block[1:-1], labels)), tuple(meta["anchors"]), used, number)


def examine(body: Body, notes: Mapping[str, Cited], *, illustrations: Mapping[str, Picture] = _NO_PICTURES) -> Examined:
    """Return what `render` finds out about a body, with all that answers for itself in it, and no HTML.

    A body is examined once: its tokens are used up.
    """
    numbering, problems, scopes = Numbering(notes), list[Problem](), list[Scope]()
    for number, block in enumerate(top_level(body.tokens), 1):
        scopes += _examined(block, number, numbering, notes, illustrations, problems)
    return Examined(tuple(numbering.places), _by_line([*body.problems, *problems]), tuple(scopes))


def _examined(
    block: list[Token],
    number: int,
    numbering: Numbering,
    notes: Mapping[str, Cited],
    illustrations: Mapping[str, Picture],
    problems: list[Problem],
) -> Iterator[Scope]:
    """Number the citations of a block, check its quotations and pictures, and yield its scopes."""
    problems += _place_citations(block, numbering, number)
    is_analysis = block[0].type == "container_analysis_open"
    for scope in scopes_of(block):
        paragraphs = list(paragraphs_of(scope))
        yield scope_of(scope, paragraphs, is_analysis=is_analysis)
        problems += check_quotations(scope, paragraphs, notes)
    problems += place_pictures(block, illustrations)


def _by_line(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.line))


def citation_places(body: str, known: Container[str]) -> tuple[CitationPlace, ...]:
    """Return the citations of a body as `render` numbers them, without rendering; only keys in `known` count."""
    numbering = Numbering(known)
    for number, block in enumerate(top_level(parse(body)[0]), 1):
        for _unknown in _place_citations(block, numbering, number):
            pass
    return tuple(numbering.places)


def cited_keys(body: str) -> list[tuple[str, int]]:
    """Return every citation of a body in order, as (key, line from 1); a key cited twice is there twice."""
    return Body(body).cited


def block_lines(body: str) -> tuple[int, ...]:
    """Return the line (from 1) on which each block that `render` makes of a body begins; remarks are left out."""
    blocks = [block[0] for block in top_level(parse(body)[0]) if block[0].type != REMARK_OPEN]
    return tuple(first.map[0] + 1 if first.map else 1 for first in blocks)


def picture_keys(body: str) -> list[tuple[str, int]]:
    """Return every picture of a body in order, as (key, line from 1)."""
    return Body(body).pictures


def marked_words(body: str) -> list[Marked]:
    """Return the words of a body that are marked as a title, a term or our translation, in order."""
    return [marked_in(child) for child in Body(body).all("marked_open")]


def _children(tokens: list[Token], kind: str) -> Iterator[Token]:
    for token in tokens:
        for child in token.children or []:
            if child.type == kind:
                yield child


def _mentions(citation: Token) -> list[Mention]:
    return list(citation.meta["mentions"])


def _place_citations(block: list[Token], numbering: Numbering, paragraph: int) -> Iterator[Problem]:
    """Number the citations of a block, and draw each mark up to the word before it."""
    for token in block:
        made: list[Token] = []
        for child in token.children or []:
            if child.type in ("citation", MARK):
                _close_up(made)
            if child.type == "citation":
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
        if not made[-1].content:
            made.pop()
