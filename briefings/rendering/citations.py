"""Pandoc's citation syntax: `[@key]`, `[@a; @b]`, `[see @a, para. 3]` as a rule of the Markdown parser.

See https://pandoc.org/MANUAL.html#citation-syntax. Keys are statement keys; what they stand for is not known here.
"""

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from .footnotes import comma_before
from .values import CitationPlace, Labels

_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_OPENED = re.compile(r"\[\s*@[A-Za-z0-9]")
_MENTION = re.compile(r"(?<![\w.@\\])@")
_LINK_AHEAD = re.compile(r"\(\s*<?(?:https?:|mailto:|/|#)", re.IGNORECASE)
# As liberal as Pandoc, so that a key we could not have is reported as unknown rather than printed.
_KEY = re.compile(r"[A-Za-z0-9_](?:[\w:.#$%&+?<>~/-]*\w)?")


@dataclass(frozen=True, slots=True)
class Mention:
    """One key in a citation, with the words before and after it."""

    key: str
    prefix: str = ""
    locator: str = ""


def parse_citation(inside: str) -> list[Mention] | None:
    """Read what stands between the brackets; None where it is no well-formed citation."""
    parts = inside.split(";")
    mentions = [mention for part in parts if (mention := _parse_mention(part))]
    return mentions if len(mentions) == len(parts) else None


def _parse_mention(part: str) -> Mention | None:
    before, _at, after = part.partition("@")
    key = _KEY.match(after)
    if not key or "@" in after or before[-1:] not in ("", " ", "\n", "\t"):
        return None
    rest = after[key.end() :]
    if rest[:1] not in ("", ",", " ", "\n", "\t"):
        return None
    return Mention(key[0], " ".join(before.split()), " ".join(rest.lstrip(",").split()))


def citation_rule(state: StateInline, silent: bool) -> bool:
    """Take a citation, or one that went wrong; links, escapes and code spans stay what they are."""
    if state.src[state.pos] != "[":
        return False
    found = _BRACKETS.match(state.src, state.pos, state.posMax)
    if not found:
        opened = _OPENED.match(state.src, state.pos, state.posMax)
        return bool(opened) and _push(state, silent, "citation_wrong", state.pos + 1)
    is_code = "`" in found[1]
    if is_code or not _MENTION.search(found[1]) or _LINK_AHEAD.match(state.src, found.end(), state.posMax):
        return False
    mentions = parse_citation(found[1])
    if mentions is None:
        return _push(state, silent, "citation_wrong", found.end())
    return _push(state, silent, "citation", found.end(), mentions)


def _push(state: StateInline, silent: bool, kind: str, end: int, mentions: list[Mention] | None = None) -> bool:
    if not silent:
        token = state.push(kind, "", 0)
        token.content = state.src[state.pos : end]
        token.meta = {"mentions": mentions or []}
    state.pos = end
    return True


def citations_plugin(md: MarkdownIt) -> None:
    """Add the rule to a parser, before links."""
    md.inline.ruler.before("link", "citation", citation_rule)
    md.add_render_rule("citation", _render_citation)
    md.add_render_rule("citation_wrong", _render_as_written)


class Numbering:
    """Gives notes their numbers by first use, and every use its place and anchor."""

    def __init__(self, known: Container[str]):
        self.known = known
        self.numbers: dict[str, int] = {}
        self.uses: Counter[str] = Counter()
        self.places: list[CitationPlace] = []

    def place(self, mention: Mention, paragraph: int, line: int) -> CitationPlace | None:
        """Take down one use of a key; None where the key is not known."""
        if mention.key not in self.known:
            return None
        number = self.numbers.setdefault(mention.key, len(self.numbers) + 1)
        self.uses[mention.key] += 1
        anchor = f"c{number}" if self.uses[mention.key] == 1 else f"c{number}-{self.uses[mention.key]}"
        place = CitationPlace(
            mention.key, number, len(self.places) + 1, paragraph, anchor, mention.prefix, mention.locator, line
        )
        self.places.append(place)
        return place


def _marker(place: CitationPlace, labels: Labels) -> str:
    """The mark in the line: a link to the note, which says what the writer put around the key."""
    about = ", ".join(part for part in (place.prefix, place.locator) if part)
    label = labels.note.format(number=place.number)
    label = escape(f"{label}: {about}" if about else label)
    title = f' title="{escape(about)}"' if about else ""
    return (
        f'<a class="cite" href="#n{place.number}" id="{place.anchor}" role="doc-noteref" aria-label="{label}"{title}>'
        f"{place.number}</a>"
    )


def _render_citation(self: object, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[index]
    marks = [
        _marker(place, env["labels"]) if place else f'<span class="cite-unknown">[@{escape(mention.key)}]</span>'
        for mention, place in zip(token.meta["mentions"], token.meta["places"], strict=True)
    ]
    return comma_before(tokens, index) + '<span class="cite-and">, </span>'.join(marks)


def _render_as_written(self: object, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    return escape(tokens[index].content)
