"""The two forms in which words are compared, each with a map back to the code points of the original.

It decides what counts as the same glyphs and nothing more; whether a match may begin or end somewhere is `boundaries`.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import cached_property, lru_cache

# Bodies of regular-expression classes: line ends, which part blocks; other white space; what matching ignores (soft
# hyphen, zero-width space, BOM, bidi marks).
BREAKS = r"\n\r\v\f\x85\u2028\u2029"
SPACES = r"\t\x1c-\x20\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
IGNORED = r"\xad\u200b\ufeff\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"

TYPOGRAPHY = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "′": "'"}
    | {"–": "-", "—": "-", "‑": "-", "−": "-"}
    | {"…": "..."}
)

_GAP = f"[{BREAKS}{SPACES}{IGNORED}]"
# Every gap but the regular ones: one plain space or one plain line feed between two glyphs.
_IRREGULAR_GAP = re.compile(rf"[ \n]{_GAP}+|(?![ \n]){_GAP}+")
_IRREGULAR_GAP_OR_ELLIPSIS = re.compile(_IRREGULAR_GAP.pattern + "|…")
_BREAK = re.compile(f"[{BREAKS}]")
_SPACE = re.compile(f"[{SPACES}]")
# Below U+0300 nothing composes with what stands before it and NFC changes nothing, so only such stretches need a look.
_COMPOSABLE = re.compile(r"[\s\S]?[\u0300-\U0010ffff]+")
# The sort inside NFC takes quadratic time, so a longer pile of marks (hostile, not language) is compared as it stands.
_LONGEST_CLUSTER = 64
_LONGEST_CACHED = 500_000
_MOST_KEPT = 10_000  # letters with one mark


class Form:
    """One normalised form of a text: `text`, and for each of its positions the code points of the original.

    The map is kept as runs: run r begins at `at[r]` in `text` and at `origin[r]` in the original. A run of width 0 is
    copied code point by code point; each code point of any other stands for all `width[r]` code points of the original.
    """

    __slots__ = ("at", "origin", "source", "text", "width")

    def __init__(self, source: str, text: str, at: list[int], origin: list[int], width: list[int]) -> None:
        self.source = source
        self.text = text
        self.at = at
        self.origin = origin
        self.width = width

    def with_text(self, text: str) -> "Form":
        """Return the same map with another text, glyph for glyph or spelled out as the map already allows."""
        return Form(self.source, text, self.at, self.origin, self.width)

    def start(self, position: int) -> int:
        """Return where in the original the code point at `position` of `text` begins."""
        run = bisect_right(self.at, position) - 1
        return self.origin[run] if self.width[run] else self.origin[run] + position - self.at[run]

    def end(self, position: int) -> int:
        """Return where in the original the code point before `position` of `text` ends (exclusive)."""
        run = bisect_right(self.at, position - 1) - 1
        return self.origin[run] + (self.width[run] or position - self.at[run])

    def splits(self, position: int) -> bool:
        """Return whether `position` of `text` lies inside what the original spells as one (a letter, an ellipsis)."""
        return 0 < position < len(self.text) and self.end(position) > self.start(position)


class Text:
    """A text made ready for matching: normalised at the first question, then kept. Reuse it for further passages."""

    def __init__(self, source: str) -> None:
        self.source = source

    @cached_property
    def exact(self) -> Form:
        """Tier one: NFC, a run of white space one space, a run of line ends one line feed, invisible marks gone."""
        return _form(self.source, _IRREGULAR_GAP)

    @cached_property
    def typographic(self) -> Form:
        """Tier two: tier one with quotation marks, dashes and ellipses in their plainest form."""
        form = _form(self.source, _IRREGULAR_GAP_OR_ELLIPSIS) if "…" in self.source else self.exact
        return form.with_text(_plain(form.text))

    @property
    def forms(self) -> tuple[Form, Form]:
        """Both tiers, the stricter first."""
        return self.exact, self.typographic


def prepared(text: str | Text) -> Text:
    """Return `text` ready for matching; the last few texts are remembered, so that a caller may simply pass strings."""
    if isinstance(text, Text):
        return text
    return _remembered(text) if len(text) <= _LONGEST_CACHED else Text(text)


def normalized(words: str) -> tuple[str, str]:
    """Return `words` in both tiers, without white space around them."""
    text = Text(words)
    exact = text.exact.text.strip()
    if exact.isascii() or "…" not in words:
        return exact, _plain(exact)
    return exact, text.typographic.text.strip()


def _plain(text: str) -> str:
    """Return `text` with its typography in plainest form; looking for each glyph is faster than translating all."""
    if not text.isascii():
        for code, plain in TYPOGRAPHY.items():
            text = text.replace(chr(code), plain)
    return text


@lru_cache(maxsize=8)
def _remembered(text: str) -> Text:
    return Text(text)


def _form(source: str, special: re.Pattern[str]) -> Form:
    form, done = _Builder(source), 0
    for match in special.finditer(source):
        start, end = match.span()
        if done < start:
            form.compose(done, start)
        form.replace(_GLYPHS[source[start]] if end == start + 1 else _gap(source[start:end]), start, end)
        done = end
    form.compose(done, len(source))
    return Form(source, "".join(form.parts), form.at, form.origin, form.width)


def _gap(gap: str) -> str:
    """Return what a run of white space, line ends and invisible marks stands for: a break, a space or nothing."""
    if _BREAK.search(gap):
        return "\n"
    return " " if _SPACE.search(gap) else ""


_GLYPHS = {char: _gap(char) for char in re.findall(_GAP, "".join(map(chr, range(0x10000))))} | {"…": "..."}


class _Builder:
    """Collects the parts and runs of one form, from left to right."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.at: list[int] = []
        self.origin: list[int] = []
        self.width: list[int] = []
        self.size = 0
        self.is_composed = unicodedata.is_normalized("NFC", source)

    def compose(self, start: int, end: int) -> None:
        """Take source[start:end] over in NFC."""
        if not self.is_composed:
            for match in _COMPOSABLE.finditer(self.source, start, end):
                if not unicodedata.is_normalized("NFC", match[0]):
                    start = self._compose_clusters(start, *match.span())
        if start < end:
            self._add(self.source[start:end], start, 0)

    def replace(self, glyphs: str, start: int, end: int) -> None:
        """Put `glyphs` for source[start:end]."""
        if glyphs:
            self._add(glyphs, start, end - start)

    def _add(self, part: str, origin: int, width: int) -> None:
        self.at.append(self.size)
        self.origin.append(origin)
        self.width.append(width)
        self.parts.append(part)
        self.size += len(part)

    def _compose_clusters(self, done: int, at: int, end: int) -> int:
        """Compose source[at:end] letter by letter; all before `done` is taken over. Return what is taken over now."""
        source, has_mark, composed = self.source, _EXTENDS, _COMPOSED
        while at < end:
            after = at + 1
            while after < end and has_mark[source[after]]:
                after += 1
            cluster = source[at:after]
            if after - at <= _LONGEST_CLUSTER and (glyphs := composed[cluster]) != cluster:
                if done < at:
                    self._add(source[done:at], done, 0)
                self._add(glyphs, at, after - at)
                done = after
            at = after
        return done


def extends(char: str) -> bool:
    """Return whether `char` belongs to the grapheme before it: a combining mark, or a Hangul vowel or final."""
    return char >= "\u0300" and (unicodedata.category(char)[0] == "M" or "\u1160" <= char <= "\u11ff")


class _Extends(dict[str, bool]):
    def __missing__(self, char: str) -> bool:
        return self.setdefault(char, extends(char))


class _Composed(dict[str, str]):
    def __missing__(self, cluster: str) -> str:
        glyphs = unicodedata.normalize("NFC", cluster)
        return self.setdefault(cluster, glyphs) if len(cluster) <= 2 and len(self) < _MOST_KEPT else glyphs


_EXTENDS, _COMPOSED = _Extends(), _Composed()
