"""Words made unreadable wherever they stand: in plain text, in Markdown, in HTML and inside JSON values.

Each code point that is no space becomes U+2588, so that offsets into a plain text stay true. Words match whole and in
their case; white space, soft hyphens, quotation marks, dashes and ellipses match in any form (DESIGN.md section 4), and
in Markdown and HTML also across emphasis, links and marks of notes.
"""

import re
import unicodedata
from collections.abc import Iterator
from html import escape, unescape
from typing import Any
from urllib.parse import unquote

from .boundaries import FIRST_UNSPACED
from .normalize import BREAKS, IGNORED, SPACES, TYPOGRAPHY

BLOCK = "\N{FULL BLOCK}"
_NAMED = {"&": ("&amp;",), "<": ("&lt;",), ">": ("&gt;",), '"': ("&quot;", "&#34;"), "'": ("&#x27;", "&#39;")}
_TAG = r"<a class=\"cite\"[^<>]*>\d+</a>|<[^<>]*>"
_CITATION = r"\[[^\[\]]*@[^\[\]]*\]"
_ADDRESS = r"\]\([^()\s]*\)?|<https?:[^<>\s]*>"
_MARKS = rf"[*_`~\\\[]|{_ADDRESS}|{_CITATION}"
_ATTRIBUTE = re.compile(r'(\s[\w-]+=)("[^"]*")')
_SPOKEN = re.compile(r"\s(?:alt|title|aria-label|content)=\Z")
_FRAGMENT = re.compile(r"#:~:text=[^\"#]*")
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+|[0-9a-f]{32,}|https?://\S+")
IDENTIFIERS = {
    "key", "slug", "kind", "type", "state", "status", "model", "act", "verdict", "location", "statement", "language",
    "address", "source", "text_sha256", "raw_sha256", "method", "origin", "final_address", "archive_address",
}  # fmt: skip
_HIDDEN = re.compile(rf"(?P<kept>{_TAG})|&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);|[^\s{IGNORED}]")
_HIDDEN_MARKDOWN = re.compile(rf"(?P<kept>{_CITATION}|{_ADDRESS})|[^\s{IGNORED}*_`~\\\[]")


def block_out(text: str) -> str:
    """Return a plain text with a block for each code point that is no space."""
    return re.sub(r"\S", BLOCK, text)


class Redactor:
    """Makes one wording unreadable. ValueError where it holds no glyph at all."""

    def __init__(self, words: str):
        self.tokens = [
            token for token in re.split(rf"[{SPACES}{BREAKS}]+", unicodedata.normalize("NFC", words)) if token
        ]
        self.tokens = [token for token in (re.sub(f"[{IGNORED}]", "", token) for token in self.tokens) if token]
        if not self.tokens:
            raise ValueError("There are no words to remove.")
        ignored = f"[{IGNORED}]"
        self._plain = re.compile(self._pattern(ignored, ""))
        self._markdown = re.compile(rf"(?P<kept>{_CITATION}|{_ADDRESS})|{self._pattern(f'{ignored}|{_MARKS}', '')}")
        self._html = re.compile(rf"(?P<kept>{_TAG})|{self._pattern(f'{ignored}|{_TAG}', '|&nbsp;', escaped=True)}")

    def _pattern(self, between: str, space: str, *, escaped: bool = False) -> str:
        filler, gap = f"(?:{between})*", f"(?:[{SPACES}{BREAKS}]{space}|{between})+"
        spelled = (filler.join(_glyph(glyph, escaped) for glyph in _glyphs(token)) for token in self.tokens)
        first, last = self.tokens[0][0], self.tokens[-1][-1]
        before = r"(?<![^\W_])" if _is_letter(first) else ""
        after = r"(?![^\W_])" if _is_letter(last) else ""
        return f"(?:{before}{gap.join(spelled)}{after})"

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where the words stand in a plain text, as (start, end) in code points."""
        return [found.span() for found in self._plain.finditer(text)]

    def plain(self, text: str) -> str:
        """Return a plain text of the same length without the words."""
        return self._plain.sub(lambda found: block_out(found[0]), text)

    def markdown(self, text: str) -> str:
        """Return Markdown without the words; keys of citations and addresses of links stay, marks too."""
        return self._markdown.sub(self._in_markdown, text)

    def _in_markdown(self, found: re.Match[str]) -> str:
        if found["kept"] is not None:
            return self._in_citation(found["kept"]) if "@" in found["kept"] else found["kept"]
        return _HIDDEN_MARKDOWN.sub(lambda one: one["kept"] or BLOCK, found[0])

    def _in_citation(self, citation: str) -> str:
        """What the writer put around a key may hold the words; a key may not change."""
        return "".join(part if "@" in part else self.plain(part) for part in re.split(r"(@[^\s;,\]]+)", citation))

    def html(self, text: str) -> str:
        """Return HTML without the words, in its text, in what its attributes say, and in links into an original."""
        return self._html.sub(self._in_html, text)

    def _in_html(self, found: re.Match[str]) -> str:
        if found["kept"] is not None:
            return _ATTRIBUTE.sub(self._in_attribute, found["kept"])
        return _HIDDEN.sub(
            lambda one: _ATTRIBUTE.sub(self._in_attribute, one["kept"]) if one["kept"] else BLOCK, found[0]
        )

    def _in_attribute(self, found: re.Match[str]) -> str:
        name, value = found[1], found[2]
        if _SPOKEN.match(name):
            words = unescape(value[1:-1])
            hidden = self.plain(words)
            return f'{name}"{escape(hidden)}"' if hidden != words else found[0]
        return name + _FRAGMENT.sub(self._without_words, value)

    def _without_words(self, found: re.Match[str]) -> str:
        """A fragment that names the words is cut off: the link still leads to the page. Commas part its terms."""
        named = re.sub(r"-?,-?", " ", unescape(found[0]).removeprefix("#:~:text="))
        return "" if self._plain.search(unquote(named)) else found[0]

    def value(self, value: Any, name: str = "") -> Any:
        """Return a JSON value without the words; member names, keys and addresses stay."""
        if isinstance(value, dict):
            return {inner: self.value(part, inner) for inner, part in value.items()}
        if isinstance(value, list):
            return [self.value(part, name) for part in value]
        is_words = isinstance(value, str) and name not in IDENTIFIERS and not _KEY.fullmatch(value)
        return self.plain(value) if is_words else value


def _is_letter(glyph: str) -> bool:
    return glyph.isalnum() and glyph < FIRST_UNSPACED


def _glyphs(token: str) -> Iterator[str]:
    """The glyphs of a token in their plainest form; an ellipsis is one of them."""
    yield from re.findall(r"\.\.\.|[\s\S]", token.translate(TYPOGRAPHY))


def _glyph(glyph: str, escaped: bool) -> str:
    """A pattern for a glyph in any typography, composed or not and, in HTML, as it may be written there."""
    forms = {glyph, unicodedata.normalize("NFD", glyph)}
    forms |= {chr(code) for code, plain in TYPOGRAPHY.items() if plain == glyph}
    if escaped:
        forms = {form for form in forms if form not in "&<>"} | set(_NAMED.get(glyph, ()))
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return re.escape(ordered[0]) if len(ordered) == 1 else f"(?:{'|'.join(map(re.escape, ordered))})"
