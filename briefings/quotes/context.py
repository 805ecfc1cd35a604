"""The surroundings of a passage: its block and its sentence. All offsets are code points."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from .marks import quotations
from .normalize import BREAKS

LONGEST_CONTEXT = 600  # code points of a sentence beside its passage: what runs on without stops is not shown whole
_LONGEST_OPAQUE = 600  # a quotation up to this length is not parted into its sentences
_WINDOW = 2 * LONGEST_CONTEXT

Span = tuple[int, int]

_BREAK = re.compile(f"[{BREAKS}]")
_BREAK_CHARS = "\n\r\v\f\x85\u2028\u2029"
_BLOCK = re.compile(rf"\S+(?:[^\S{BREAKS}]+\S+)*")
_CLOSING = r"\"'”’“»«)\]」』"
_STOPS = ".!?…۔؟।"
_STOP = re.compile(rf"(?<![{_STOPS}])[{_STOPS}]++[{_CLOSING}]*+(?=\s|$)|[。！？]+[{_CLOSING}]*")
_LAST_WORD = re.compile(r"[\w.’'-]{1,20}$")
_NEXT_WORDS = re.compile(r"[\w’'.-]+")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# A full stop after one of these ends no sentence,
_TITLES = _words(
    "mr mrs ms mx dr prof gen lt col maj capt sgt gov sen rep hon rev st messrs pres supt insp adm cmdr vs v e.g i.e cf"
)
# nor after one of these before a number,
_BEFORE_NUMBERS = _words("no nos vol art sec ch fig p pp para jan feb mar apr jun jul aug sep sept oct nov dec c ca")
# and after one of these, or letters with stops between them, only before a word that begins sentences.
_MAY_END = _words("inc ltd corp co bros al jr sr est etc dept univ ed eds mon tue tues wed thu thur thurs fri approx")
_BEGINNINGS = _words(
    "the a an he she it they we i you in on at but and as for this that these those there his her its their our when"
    " while after before however if"
)
_SPEECH = _words("said says asked asks told added adds replied answered wondered cried shouted wrote demanded")
_PARTS_OF_NAMES = _words("minister president of the")


def blocks(text: str) -> Iterator[Span]:
    """Yield (start, end) of every block that is not empty, without the white space around it."""
    return (match.span() for match in _BLOCK.finditer(text))


def line_at(text: str, position: int) -> Span:
    """Return (start, end) of the line that holds `position`, between the line ends around it."""
    start = 1 + max(text.rfind(char, 0, position) for char in _BREAK_CHARS)
    after = _BREAK.search(text, position)
    return start, after.start() if after else len(text)


def paragraph_number(text: str, position: int) -> int:
    """Return the number, from 1, of the block that holds `position`; blocks that are empty do not count."""
    return max(1, sum(1 for _ in _BLOCK.finditer(text, 0, min(len(text), position + 1))))


def sentence_around(text: str, start: int, end: int) -> Span:
    """Return (start, end) of the sentence, or the sentences, that hold the passage text[start:end].

    It stays inside the blocks of the passage. A quotation is not parted, so that its opening mark and the words that
    attribute it belong to its sentence. White space at the ends of the passage does not count. A sentence reaches at
    most LONGEST_CONTEXT code points beyond the passage.
    """
    words = text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    if start >= end:
        return start, start
    first, last = line_at(text, start), line_at(text, end - 1)
    low, high = max(first[0], start - _WINDOW), min(last[1], end + _WINDOW)
    opaque = [span for line in dict.fromkeys((first, last)) for span in _opaque(text, line, low, high)]
    before = [stop for stop in _sentence_ends(text, first, opaque, low, start) if stop <= start]
    after = [stop for stop in _sentence_ends(text, last, opaque, max(last[0], end - 1), high) if stop >= end]
    begin = before[-1] if before else first[0]
    finish = after[0] if after else last[1]
    return _clipped_start(text, begin, start), _clipped_end(text, finish, end)


def sentences(text: str) -> list[Span]:
    """Return (start, end) of each sentence of `text`, by block; in linear time.

    As in `sentence_around`, a quotation of usual length is not parted. The last sentence of a block needs no stop.
    """
    found = []
    for line in blocks(text):
        start = line[0]
        for end in [*_sentence_ends(text, line, _opaque(text, line, *line), *line), line[1]]:
            while start < end and text[start].isspace():
                start += 1
            if start < end:
                found.append((start, end))
            start = end
    return found


def _opaque(text: str, line: Span, low: int, high: int) -> list[Span]:
    """Return the quotations of `line` that reach into text[low:high] and are not parted into sentences."""
    offset = line[0]
    return [
        (offset + start, offset + end)
        for start, end, is_closed in quotations(text[slice(*line)])
        if is_closed and end - start <= _LONGEST_OPAQUE and offset + end >= low and offset + start <= high
    ]


def _sentence_ends(text: str, line: Span, opaque: list[Span], low: int, high: int) -> list[int]:
    """Return where sentences end in text[low:high], a part of `line`: after the stop and its closing marks."""
    ends = []
    for stop in _STOP.finditer(text, low, line[1]):
        if stop.start() >= high:
            break
        if _ends_sentence(text, stop, line) and not _is_inside(stop.end(), opaque):
            ends.append(stop.end())
    return ends


def _is_inside(position: int, spans: list[Span]) -> bool:
    """Return whether `position` lies behind the start of one of these spans, which are in order, and not behind it."""
    at = bisect_left(spans, (position, 0)) - 1
    return at >= 0 and position <= spans[at][1]


def _ends_sentence(text: str, stop: re.Match[str], line: Span) -> bool:
    """Return whether what looks like the end of a sentence is one."""
    next_words = _NEXT_WORDS.findall(text, stop.end(), min(line[1], stop.end() + 80))
    if not next_words:
        return True
    following = next_words[0]
    if following[0].islower() or (stop[0][0] in "?!" and len(stop[0]) > 1 and _attributes(next_words)):
        return False
    if stop[0] != ".":
        return True
    word = _LAST_WORD.search(text, max(line[0], stop.start() - 20), stop.start())
    return not word or _full_stop_ends(word[0].lower(), following)


def _full_stop_ends(word: str, following: str) -> bool:
    """Return whether the full stop after `word` ends a sentence, where `following` comes next."""
    is_initial = len(word) == 1 and word.isalpha() and word != "i"
    if word in _TITLES or (word in _BEFORE_NUMBERS and following[0].isdigit()):
        return False
    if word in _MAY_END or is_initial or re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", word):
        return following.lower() in _BEGINNINGS
    return True


def _attributes(words: list[str]) -> bool:
    """Return whether the words after a closed question say whose it was ("…?" Ahsan Iqbal asked)."""
    for word in words[:5]:
        plain = word.lower().rstrip(".-'’")
        if plain in _SPEECH:
            return True
        if not (word[0].isupper() or plain in _PARTS_OF_NAMES):
            return False
    return False


def _clipped_start(text: str, begin: int, start: int) -> int:
    """Return `begin` past white space, or the first whole word within reach if it is too far off."""
    if start - begin > LONGEST_CONTEXT:
        begin = start - LONGEST_CONTEXT
        while begin < start and not text[begin - 1].isspace():
            begin += 1
    while begin < start and text[begin].isspace():
        begin += 1
    return begin


def _clipped_end(text: str, finish: int, end: int) -> int:
    """Return `finish` before white space, or the last whole word within reach if it is too far off."""
    if finish - end > LONGEST_CONTEXT:
        finish = end + LONGEST_CONTEXT
        while finish > end and not text[finish].isspace():
            finish -= 1
    while finish > end and text[finish - 1].isspace():
        finish -= 1
    return finish
