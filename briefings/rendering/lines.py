"""The line of a body on which an inline token stands: the parser knows it for blocks alone."""

from collections.abc import Iterator

from markdown_it.token import Token

BREAKS = ("softbreak", "hardbreak")


def set_line(token: Token, line: int) -> None:
    token.map = [line, line]


def line_of(token: Token) -> int:
    """Return the line (from 1) that `set_line` gave an inline token."""
    return token.map[0] if token.map else 1


def with_lines(inline: Token) -> Iterator[tuple[Token, int]]:
    """Yield each child of a block's inline token with the line (from 1) on which it begins."""
    line = (inline.map or [0])[0] + 1
    for child in inline.children or []:
        yield child, line
        line += (child.type in BREAKS) + child.content.count("\n") + int(child.meta.get("lines", 0))
