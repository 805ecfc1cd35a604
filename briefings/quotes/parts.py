"""A quotation with marked edits, read into what it says of the source: parts, cuts between them, brackets in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from .boundaries import is_unspaced
from .negations import listed, negates
from .normalize import Form

_MOST_MARKS = 24  # in one quotation; with more it is no longer one

_BRACKETED_CUT = re.compile(r"\[ ?(?:\.{3}|\.{6}) ?\]")
# Of four stops the first ends a sentence; six are the ellipsis of Chinese.
_CUT = re.compile(_BRACKETED_CUT.pattern + r"|(?<!\.)\.{6}(?!\.)|(?<!\.\.)\.{3}(?!\.)")
_BRACKET = re.compile(r"( ?)\[([^\[\]]{1,120})\]( ?)")
WORD = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*")

# What `[name]` may stand for. Only whole words, in lower case or with a capital.
_PRONOUNS = listed(
    "he she it they we i you him her them us me his hers its their theirs our ours my your yours himself herself"
    " itself themselves this that these those who whom whose il elle ils elles lui leur nous vous er sie es ihn ihm"
    " ihr ihnen wir uns él ella ellos ellas nosotros وہ یہ اس ان ہم میں هو هي هم هن نحن"
    " 他 她 它 他们 她们 它们 他們 我们 我們 我"
)
_SPELLED = frozenset(spelled for word in _PRONOUNS for spelled in (word, word.capitalize()))


class EditKind(StrEnum):
    """What a mark in a quotation stands for."""

    OMISSION = "omission"
    INSERTION = "insertion"
    REPLACEMENT = "replacement"
    INITIAL = "initial"


@dataclass(frozen=True, slots=True)
class Bracket:
    quoted: str
    options: tuple[tuple[str, EditKind | None], ...]  # what the source may have there


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch between cuts: words and brackets by turns, words first and last."""

    words: tuple[str, ...]
    brackets: tuple[Bracket, ...]

    @property
    def size(self) -> int:
        """How many words are the source's own; two letters of a script without spaces count as one word."""
        text = " ".join(self.words)
        unspaced = sum(map(is_unspaced, text))
        return unspaced // 2 + sum(not is_unspaced(word[0]) for word in WORD.findall(text))


def is_marked(words: str) -> bool:
    """Return whether tier-two `words` hold anything that may be the mark of an edit."""
    return "..." in words or "[" in words


def parsed(quote: Form, original: str) -> Iterator[Part | str]:
    """Yield parts and, between them and at the ends, cuts as the quotation prints them; nothing where marks are odd.

    Where the original has ellipses of its own, a reader takes those of the quotation for them: only `[…]` is a cut.
    """
    pieces: list[Part | str] = []
    done, text = 0, quote.text
    cuts = list((_BRACKETED_CUT if "..." in original else _CUT).finditer(text))
    if len(cuts) + text.count("[") > _MOST_MARKS:
        return
    for cut in [*cuts, None]:
        at = cut.start() if cut else len(text)
        if text[done:at].strip():
            part = _part(quote, done, at)
            if part is None:
                return
            pieces.append(part)
        elif done and at < len(text):
            return  # two cuts with nothing between
        if cut:
            pieces.append(quote.source[quote.start(at) : quote.end(cut.end())])
            done = cut.end()
    yield from pieces


def _part(quote: Form, start: int, end: int) -> Part | None:
    """Read quote.text[start:end], a stretch without cuts; None where brackets stand side by side."""
    text = quote.text[start:end]
    start += len(text) - len(text.lstrip())
    text, words, brackets, done = text.strip(), list[str](), list[Bracket](), 0
    for match in _BRACKET.finditer(text):
        before, after = text[done : match.start()], text[match.end() :]
        if brackets and not before:
            return None  # two brackets side by side
        bracket = _bracket(match, before, after)
        at = start + match.start() + len(match[1])
        shown = quote.source[quote.start(at) : quote.end(at + len(match[2]) + 2)]
        words.append(before)
        brackets.append(replace(bracket, quoted=shown))
        done = match.end()
    return Part((*words, text[done:]), tuple(brackets))


def _bracket(match: re.Match[str], before: str, after: str) -> Bracket:
    """Return what the source may have where the quotation has a bracket, in order of preference."""
    left, content, right = match.groups()
    options: list[tuple[str, EditKind | None]] = [(match[0], None)]
    attached_left = not left and before[-1:].isalnum()
    attached_right = not right and after[:1].isalnum()
    if len(content) == 1 and content.isalpha() and attached_right and not attached_left:
        other = content.swapcase()
        if len(other) == 1 and other != content and other.lower() == content.lower():
            options.append((left + other, EditKind.INITIAL))
    elif not (attached_left or attached_right) and WORD.search(content) and not negates(content):
        between = " " if left and right and before and after else ""
        if not _is_part_of_number(before, content, after):
            options.append((between, EditKind.INSERTION))
        options += [(left + word + right, EditKind.REPLACEMENT) for word in _SPELLED]
    return Bracket(match[0], tuple(options))


def _is_part_of_number(before: str, content: str, after: str) -> bool:
    """Return whether a bracket may be read as part of a number beside it: "10 [000]", "10 [million]"."""
    beside = before[-1:] + after.lstrip()[:1]
    return len(content.split()) <= 2 and any(map(str.isnumeric, beside))
