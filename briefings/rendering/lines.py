"""The line of a body on which an inline token stands: the parser knows it for blocks alone."""

from markdown_it.token import Token


def set_line(token: Token, line: int) -> None:
    token.map = [line, line]


def line_of(token: Token) -> int:
    """Return the line (from 1) that `set_line` gave an inline token."""
    return token.map[0] if token.map else 1
