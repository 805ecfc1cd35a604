"""Paragraphs and sentences. A quotation is one token of its sentence, so no stop inside it parts the two."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .capitals import runs
from .lexicon import words as w
from .quotations import Quotation, quotations
from .tokens import Span, Token, quotation, words

_PARAGRAPH = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_LONGEST = 200  # tokens of a sentence: what runs on without a stop is no prose, and parted anywhere
_STOPS = frozenset(".!?…") | {"..."}
_MARKS = frozenset("\"'”’")
_LAST = _MARKS | {"."}  # what a word ends with that may end its sentence
_ENDED = re.compile(r"[.!?…][\"'’”)\]]*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens of a sentence, its closing stop included, and where its names are, by their numbers."""

    tokens: tuple[Token, ...]
    names: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the text. `is_open` says that its last quotation runs on in the next one."""

    start: int
    end: int
    sentences: tuple[Sentence, ...]
    is_open: bool


def blocks(text: str) -> Iterator[Span]:
    """Yield (start, end) of every line of `text`, without the white space around it."""
    for match in _PARAGRAPH.finditer(text):
        start, end = match.span()
        words = match[0]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        if start < end:
            yield start, end


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of `text` that hold any word."""
    for start, end in blocks(text):
        quoted = list(quotations(text, start, end))
        tokens = _tokens(text, start, end, quoted)
        if any(token.is_word or token.is_quotation for token in tokens):
            is_open = bool(quoted) and not quoted[-1].is_closed
            yield Paragraph(start, end, tuple(_sentences(tokens)), is_open)


def _tokens(text: str, start: int, end: int, quoted: Sequence[Quotation]) -> list[Token]:
    found, at = [], start
    for quote in quoted:
        found += words(text, at, quote.start)
        found += quotation(text, quote.start, quote.end, quote.inside)
        at = quote.end
    found += words(text, at, end)
    return found


def _sentences(tokens: Sequence[Token]) -> Iterator[Sentence]:
    begin, index = 0, 0
    while index < len(tokens):
        token = tokens[index]
        may_end = not token.is_word or token.text[-1] in _LAST or index - begin >= _LONGEST
        if may_end and (_ends_after(tokens, index) or index - begin >= _LONGEST):
            while index + 1 < len(tokens) and tokens[index + 1].text in ")]’'”":
                index += 1
            yield _sentence(tokens[begin : index + 1])
            begin = index + 1
        index += 1
    if begin < len(tokens):
        yield _sentence(tokens[begin:])


def _sentence(tokens: Sequence[Token]) -> Sentence:
    return Sentence(tuple(tokens), tuple(runs(tokens)))


def _ends_after(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a sentence ends with the token at `index`."""
    token = tokens[index]
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None:
        return True
    if token.is_quotation or (token.is_word and token.text[-1] in _MARKS and token.text[-2:-1] in _STOPS):
        return _quotation_ends(tokens, index, following)
    if token.text in _STOPS:
        after = index + 1
        while after < len(tokens) and tokens[after].text in ")]’'”":
            after += 1
        following = tokens[min(after, len(tokens) - 1)]
        return following.is_quotation or not (following.text[0].islower() or following.text in ",;:")
    if token.text.endswith(".") and token.is_word and len(token.text) > 2 and token.low[:-1] not in w.TITLES:
        return following.is_capital and following.low in w.BEGINNERS
    return False


def _quotation_ends(tokens: Sequence[Token], index: int, following: Token) -> bool:
    """Return whether the quotation closes its sentence: it ends with a stop, and what follows does not attribute it."""
    last = _ENDED.search(tokens[index].text[-5:])
    if not last or following.text[0].islower() or following.text in ",;:—–-).":
        return False
    if following.is_quotation:
        return True
    return not _attributes(tokens, index + 1, last[0][0] == ".")


def _attributes(tokens: Sequence[Token], index: int, is_stop: bool) -> bool:
    """Return whether the words after a closed question or call say whose it was ("…?" Ahsan Iqbal asked)."""
    for at in range(index, min(index + 8, len(tokens))):
        token = tokens[at]
        if token.low in w.PLAIN_SPEECH:
            after = tokens[at + 1] if at + 1 < len(tokens) else None
            return at > index and (after is None or (after.text in ".,;" or (not is_stop and after.low != "that")))
        if not (token.is_capital or token.low in w.PARTS_OF_NAMES or token.text == ","):
            return False
    return False
