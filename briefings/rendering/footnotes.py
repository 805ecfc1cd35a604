"""Footnotes as Pandoc writes them: `[^label]` with `[^label]: …` on a line of its own, and `^[…]` in the line.

They are the author's own remarks and stand apart from citations: a mark is a letter, and the remarks come after the
last block of the body, in the order of their first marks, each as one top-level block of tokens that begins with
`REMARK_OPEN`. What nothing refers to is left out. See https://pandoc.org/MANUAL.html#footnotes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from string import ascii_lowercase
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote.index import footnote_def

from .lines import line_of, with_lines
from .values import Problem

REMARK_OPEN, REMARK_CLOSE = "footnote_reference_open", "footnote_reference_close"
MARK, IN_LINE = "footnote_ref", "footnote_inline"

_INTERRUPTS = ["paragraph", "reference", "blockquote", "list"]
_LABEL = re.compile(r"\[\^([^\s\[\]]{1,100})\]")
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)


@dataclass(slots=True)
class _Remark:
    label: str
    line: int
    tokens: list[Token]

    @property
    def is_empty(self) -> bool:
        return not any(token.content.strip() for token in self.tokens)


def _definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take `[^label]: …`, which stands in no other block and ends any before it, with what is indented below it."""
    first = state.bMarks[start] + state.tShift[start]
    found = _LABEL.match(state.src, first, state.eMarks[start])
    if not found or not state.src.startswith(":", found.end()):
        return False
    return silent or (state.level == 0 and footnote_def(state, start, end, silent))


def _reference(state: StateInline, silent: bool) -> bool:
    found = _LABEL.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push(MARK, "", 0)
        token.content, token.meta = found[0], {"label": found[1]}
    state.pos = found.end()
    return True


def _in_line(state: StateInline, silent: bool) -> bool:
    """Take `^[…]`; its brackets balance, and a footnote within it is left for `gather_remarks` to report."""
    if not state.src.startswith("^[", state.pos):
        return False
    end = _closing(state.src).get(state.pos + 1, state.posMax)
    if end >= state.posMax:
        return False
    if not silent:
        token = state.push(IN_LINE, "", 0)
        token.content, token.children = state.src[state.pos : end + 1], []
        if not state.env.get("in_remark"):
            state.env["in_remark"] = True
            state.md.inline.parse(state.src[state.pos + 2 : end], state.md, state.env, token.children)
            state.env["in_remark"] = False
    state.pos = end + 1
    return True


@lru_cache(maxsize=4)
def _closing(text: str) -> dict[int, int]:
    """The place of the closing bracket for each place of an opening one that is closed."""
    found, opened = {}, []
    for bracket in _BRACKET.finditer(text):
        if bracket[0] == "[":
            opened.append(bracket.start())
        elif bracket[0] == "]" and opened:
            found[opened.pop()] = bracket.start()
    return found


def lift_remarks(state: StateCore) -> None:
    """Make every `^[…]` of the body a mark and a definition, as if it had been written with a label."""
    made: list[Token] = []
    for token in _outside(state.tokens):
        for child, line in with_lines(token):
            if child.type == IN_LINE:
                label = f" {len(made)}"  # no label that is written has a space
                made += _defined(label, child, line)
                child.type, child.meta, child.children = MARK, {"label": label}, None
    state.tokens += made


def _defined(label: str, mark: Token, line: int) -> Iterator[Token]:
    place = [line - 1, line]
    yield Token(REMARK_OPEN, "", 1, meta={"label": label}, map=place)
    yield Token("paragraph_open", "p", 1, level=1, block=True, map=place)
    yield Token("inline", "", 0, level=2, block=True, map=place, children=mark.children, content=mark.content[2:-1])
    yield Token("paragraph_close", "p", -1, level=1, block=True)
    yield Token(REMARK_CLOSE, "", -1)


def _outside(tokens: list[Token]) -> Iterator[Token]:
    """The tokens that stand in no definition."""
    inside = False
    for token in tokens:
        inside = token.type == REMARK_OPEN or (inside and token.type != REMARK_CLOSE)
        if not inside and token.type != REMARK_CLOSE:
            yield token


def gather_remarks(state: StateCore) -> None:
    """Put the remarks after the body in the order of their first marks, and report what does not fit together."""
    if not any(token.type == REMARK_OPEN or MARK in _kinds(token) for token in state.tokens):
        return
    body = list(_outside(state.tokens))
    problems: list[Problem] = state.env["problems"]
    remarks: dict[str, _Remark] = {}
    for remark in _definitions(state.tokens):
        problems += _unmarked(remark)
        if remarks.setdefault(remark.label, remark) is not remark:
            problems.append(Problem("footnote-twice", remark.line, f"[^{remark.label}]"))
    used = _number(body, remarks, problems)
    problems += [Problem("footnote-unused", remarks[label].line, f"[^{label}]") for label in remarks.keys() - used]
    state.tokens = [*body, *(token for label in used for token in remarks[label].tokens)]


def _kinds(token: Token) -> set[str]:
    return {child.type for child in token.children or []}


def _definitions(tokens: list[Token]) -> Iterator[_Remark]:
    found: _Remark | None = None
    for token in tokens:
        if token.type == REMARK_OPEN:
            found = _Remark(token.meta["label"], (token.map or [0])[0] + 1, [])
        if found:
            found.tokens.append(token)
            if token.type == REMARK_CLOSE:
                yield found
                found = None


def _unmarked(remark: _Remark) -> Iterator[Problem]:
    """Leave footnotes within a remark as they are written."""
    if remark.is_empty:
        yield Problem("footnote-empty", remark.line, f"[^{remark.label}]" if " " not in remark.label else "^[]")
    for token in remark.tokens:
        for child in token.children or []:
            if child.type in (MARK, IN_LINE):
                yield Problem("footnote-in-footnote", line_of(child), child.content)
                child.type, child.children = "text", None


def _number(body: list[Token], remarks: dict[str, _Remark], problems: list[Problem]) -> list[str]:
    """Give the marks of the body, and their remarks, letters by first use; return the labels used, in that order."""
    used: list[str] = []
    for child in (child for token in body for child in token.children or [] if child.type == MARK):
        label = child.meta["label"]
        if label not in remarks:
            problems.append(Problem("footnote-undefined", line_of(child), child.content))
            child.type = "text"
            continue
        meta = remarks[label].tokens[0].meta
        if "letter" not in meta:
            used.append(label)
            meta.update(letter=letter(len(used)), anchors=[])
        anchors = meta["anchors"]
        anchors.append(f"m-{meta['letter']}" + (f"-{len(anchors) + 1}" if anchors else ""))
        child.meta = {"letter": meta["letter"], "anchor": anchors[-1]}
    return used


def letter(number: int) -> str:
    """Return the mark of a remark by its number from 1: a to z, then aa, ab and so on."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, len(ascii_lowercase))
        letters = ascii_lowercase[rest] + letters
    return letters


def comma_before(tokens: Sequence[Token], index: int) -> str:
    """Return what stands before a mark: a comma where another mark does."""
    follows = index > 0 and tokens[index - 1].type in ("citation", MARK)
    return '<span class="cite-and">, </span>' if follows else ""


def _render_mark(self: object, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    meta: dict[str, Any] = tokens[index].meta
    mark = meta["letter"]
    label = escape(env["labels"].remark.format(letter=mark))
    return (
        f'{comma_before(tokens, index)}<a class="remark" href="#r-{mark}" id="{meta["anchor"]}" role="doc-noteref"'
        f' aria-label="{label}">{mark}</a>'
    )


def footnotes_plugin(md: MarkdownIt) -> None:
    """Add the rules to a parser that has the rule `citation` and gives its tokens their lines before `text_join`.

    The core rules `lift_remarks` and `gather_remarks` are for the parser to put before and after that.
    """
    md.block.ruler.before("reference", "footnote_def", _definition, {"alt": _INTERRUPTS})
    md.inline.ruler.before("citation", "footnote_ref", _reference)
    md.inline.ruler.before("citation", "footnote_inline", _in_line)
    md.add_render_rule(MARK, _render_mark)
