"""Quoted words that are no quotation of a source: `[“X”]{.title reason="…"}`, `.term`, or `.translation` for ours.

The span syntax is Pandoc's (https://pandoc.org/MANUAL.html#extension-bracketed_spans), with these three classes alone.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from .lines import line_of
from .values import Marked, Problem

TITLE, TERM, TRANSLATION = "title", "term", "translation"
LONGEST = {TITLE: 30, TERM: 8}  # words; what is longer is a quotation, whatever it is called

# Brackets inside brackets go one level deep, for the marks of edits.
_SPAN = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]{0,200}\]){1,4000})\]\{([^{}]{0,900})\}")
_OPENING = re.compile(r"\]\{\s*(?:\.|reason=)")
_KIND = re.compile(r"\.(title|term|translation)(?![\w-])")
_REASON = re.compile(r"""(?<![\w-])reason=(?:"([^"]*)"|“([^”]*)”|'([^']*)')""")


@lru_cache(maxsize=4)
def _last_opening(text: str) -> int:
    """The last place of a text where the words of a span could end; -1 if none. Brackets after it are no spans."""
    return max((match.start() for match in _OPENING.finditer(text)), default=-1)


def marked_rule(state: StateInline, silent: bool) -> bool:
    """Take a span of marked words; its inside is read as any other text."""
    if state.src[state.pos] != "[" or state.pos > _last_opening(state.src):
        return False
    found = _SPAN.match(state.src, state.pos, state.posMax)
    if not found or not found[2].lstrip().startswith((".", "reason=")):
        return False
    kind, reason = _KIND.search(found[2]), _REASON.search(found[2])
    rest = _REASON.sub("", _KIND.sub("", found[2], count=1), count=1)
    if not silent:
        _push(state, found, kind[1] if kind and not rest.strip() else "", _words_of(reason))
    state.pos = found.end()
    return True


def _words_of(reason: re.Match[str] | None) -> str:
    return " ".join(next((words for words in reason.groups() if words), "").split()) if reason else ""


def _push(state: StateInline, found: re.Match[str], kind: str, reason: str) -> None:
    if not kind:
        token = state.push("marked_wrong", "", 0)
        token.content = found[0]
        return
    posMax = state.posMax
    token = state.push("marked_open", "span", 1)
    token.meta = {"kind": kind, "reason": reason, "words": found[1]}
    state.pos, state.posMax = found.start(1), found.end(1)
    state.md.inline.tokenize(state)
    state.posMax = posMax
    state.push("marked_close", "span", -1).meta = {"kind": kind, "lines": found[2].count("\n")}


def marked_problems(child: Token) -> Iterator[Problem]:
    """Yield what is wrong with the marking of words, whatever they are."""
    if child.type == "marked_wrong":
        yield Problem("bad-marked-words", line_of(child), child.content)
    if child.type == "marked_open":
        words = str(child.meta["words"])
        if not child.meta["reason"]:
            yield Problem("marked-without-reason", line_of(child), words)
        if len(words.split()) > LONGEST.get(child.meta["kind"], len(words)):
            yield Problem("marked-too-long", line_of(child), words)


def marked_in(child: Token) -> Marked:
    """Return what a token that opens marked words says of them."""
    words = " ".join(str(child.meta["words"]).split())
    return Marked(str(child.meta["kind"]), words, str(child.meta["reason"]), line_of(child))


def marked_plugin(md: MarkdownIt) -> None:
    """Add the rule to a parser, after citations and before links."""
    md.inline.ruler.after("citation", "marked", marked_rule)
    md.add_render_rule("marked_open", _render_open)
    md.add_render_rule("marked_close", _render_close)
    md.add_render_rule("marked_wrong", _render_wrong)


def _render_open(self: object, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    meta = tokens[index].meta
    return f'<span class="marked-{meta["kind"]}" title="{escape(meta["reason"])}">'


def _render_close(self: object, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    if tokens[index].meta["kind"] != TRANSLATION:
        return "</span>"
    return f'</span> <span class="marked-label">({escape(env["labels"].translation)})</span>'


def _render_wrong(self: object, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    return escape(tokens[index].content)
