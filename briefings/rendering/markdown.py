"""The Markdown that a body may use: CommonMark without HTML, citations, footnotes and `::: analysis` blocks.

Parsing gives tokens that know their lines, and the problems of the syntax; nothing is rendered here.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.container import container_plugin

from .citations import citations_plugin
from .footnotes import footnotes_plugin, gather_remarks, lift_remarks
from .lines import BREAKS as BREAKS
from .lines import line_of, set_line, with_lines
from .marked import marked_plugin, marked_problems
from .pictures import render_missing, render_picture
from .values import Labels, Problem

_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
_LEFT_OVER = re.compile(r"\]\([^)\s]*\)?")
_BARE_KEY = re.compile(r"(?<![\w.@/])@([a-z0-9]+(?:-[a-z0-9]+)+)")
_ALLOWED_LINK = re.compile(r"https?://[^/]|mailto:[^@]+@|/(?![/\\])|#", re.IGNORECASE)


def _analysis(self: object, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """A section; the second one of a body and those after it have a number, so that each has a name of its own."""
    if tokens[index].nesting < 0:
        return "</section>\n"
    count = tokens[index].meta.get("count", 1)
    label = escape(env["labels"].analysis) + (f" {count}" if count > 1 else "")
    return f'<section class="analysis" aria-label="{label}">\n'


def _note_lines(state: StateCore) -> None:
    """Give every inline token its line and take down what is wrong before escapes are joined."""
    for token in state.tokens:
        for child, line in with_lines(token):
            set_line(child, line)
            state.env["problems"] += _problems_in(child, line)


def _problems_in(child: Token, line: int) -> Iterator[Problem]:
    if child.type == "citation_wrong":
        yield Problem("bad-citation-syntax", line, child.content)
    yield from marked_problems(child)
    if child.type == "text":
        yield from (Problem("raw-html", line, found[0]) for found in _TAG.finditer(child.content))
        yield from (Problem("bad-link", line, found[0]) for found in _LEFT_OVER.finditer(child.content))
        yield from (Problem("bad-citation-syntax", line, found[0]) for found in _BARE_KEY.finditer(child.content))


def _drop_links(state: StateCore) -> None:
    """Unlink what does not lead to the web, to mail or to our own pages."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = list(_without_bad_links(token.children or [], state.env["problems"]))


def _without_bad_links(children: list[Token], problems: list[Problem]) -> Iterator[Token]:
    dropped = False
    for child in children:
        if child.type == "link_open":
            dropped = not is_allowed_link(str(child.attrGet("href") or ""))
            if dropped:
                problems.append(Problem("link-not-allowed", line_of(child), str(child.attrGet("href"))))
                continue
        elif child.type == "link_close" and dropped:
            continue
        yield child


def is_allowed_link(address: str) -> bool:
    """Tell whether a body may link there: the web, mail, or a page or place of this site."""
    return bool(_ALLOWED_LINK.match(address))


def _shift_headings(state: StateCore) -> None:
    """Make the levels that a body uses into h2, h3 and so on: the page's title is its only h1."""
    headings = [token for token in state.tokens if token.type in ("heading_open", "heading_close")]
    levels = {tag: f"h{level}" for level, tag in enumerate(sorted({token.tag for token in headings}), 2)}
    for token in headings:
        token.tag = "h6" if levels[token.tag] == "h7" else levels[token.tag]


def _check_containers(state: StateCore) -> None:
    """Number the analysis blocks; report one that nothing closes and fences that open nothing we know."""
    count, lines = 0, state.src.split("\n")
    for token in state.tokens:
        start, end = token.map or (0, 0)
        if token.type == "container_analysis_open":
            count += 1
            token.meta["count"] = count
            if not "".join(lines[end : end + 1]).lstrip(" >").startswith(":::"):
                state.env["problems"].append(Problem("analysis-not-closed", start + 1))
        elif token.type == "inline" and token.content.startswith(":::"):
            state.env["problems"].append(Problem("unknown-block", start + 1, token.content.split("\n")[0]))
    for label, reference in state.env.get("references", {}).items():
        if "@" in label:
            state.env["problems"].append(Problem("bad-citation-syntax", reference["map"][0] + 1, f"[{label.lower()}]"))


@lru_cache(maxsize=4)
def _last_link_end(text: str) -> int:
    """The last place in a paragraph where the words of a link could end and its address begin and end; -1 if none."""
    return text.rfind("](", 0, max(0, text.rfind(")")))


def _no_link(state: StateInline, silent: bool) -> bool:
    """Take a bracket that can open no link as text at once: thousands of them would otherwise each be tried in vain."""
    if state.src[state.pos] not in "[!" or state.pos < _last_link_end(state.src) or "references" in state.env:
        return False
    if not silent:
        state.pending += state.src[state.pos]
    state.pos += 1
    return True


class _AnyLink(MarkdownIt):
    """Reads every link, so that `_drop_links` reports and drops the bad ones instead of printing them as Markdown."""

    def validateLink(self, url: str) -> bool:
        return True


def _parser() -> MarkdownIt:
    md = _AnyLink("commonmark", {"html": False, "xhtmlOut": False, "maxNesting": 20})
    md.use(citations_plugin)
    md.use(marked_plugin)
    md.inline.ruler.after("marked", "no_link", _no_link)
    md.use(footnotes_plugin)
    md.use(container_plugin, "analysis", render=_analysis)
    md.add_render_rule("picture", render_picture)
    md.add_render_rule("picture_missing", render_missing)
    for rule in (_check_containers, lift_remarks, _note_lines, gather_remarks, _drop_links, _shift_headings):
        md.core.ruler.before("text_join", rule.__name__, rule)
    return md


MARKDOWN = _parser()


def parse(body: str) -> tuple[list[Token], list[Problem]]:
    """Return the tokens of a body (CommonMark 0.31), its remarks last, and what is wrong with its syntax, by line."""
    env: dict[str, Any] = {"problems": []}
    tokens = MARKDOWN.parse(body, env)
    return tokens, env["problems"]


def top_level(tokens: list[Token]) -> Iterator[list[Token]]:
    """Group tokens into top-level blocks."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0 and token.type != "inline":
            yield block
            block = []


def to_html(block: list[Token], labels: Labels) -> str:
    """Render the tokens of one block; the result still has to be sanitised."""
    return str(MARKDOWN.renderer.render(block, MARKDOWN.options, {"labels": labels}))
