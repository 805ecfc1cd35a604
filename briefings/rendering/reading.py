"""A body as a reader's eye takes it in: the words of each paragraph, without Markdown."""

from markdown_it.token import Token

from .markdown import BREAKS, parse


def paragraphs_of(body: str) -> list[str]:
    """Return the words of each paragraph, heading and list item of a body in order.

    A citation stands as its keys in brackets, apart from the word before it; a picture as its alternative text.
    """
    tokens, _problems = parse(body)
    found = [_words(token) for token in tokens if token.type in ("inline", "fence", "code_block")]
    return [words for words in found if words]


def _words(token: Token) -> str:
    if token.type != "inline":
        return token.content.strip()
    return " ".join("".join(_word(child) for child in token.children or []).split())


def _word(child: Token) -> str:
    if child.type in BREAKS:
        return " "
    if child.type == "citation":
        return f" [{'; '.join(mention.key for mention in child.meta['mentions'])}] "
    if child.type == "image":
        return f" [{child.content}] "
    return str(child.content)
