"""Numbers in English prose: digits with their grouping and what is written on to them, and numbers in words."""

import re
from collections.abc import Iterator
from fractions import Fraction

from .lexicon import (
    COMMON_ORDINALS,
    DOZEN,
    MEASURES,
    MULTIPLES,
    ORDINALS,
    PARTS,
    SCALES,
    SUFFIXES,
    TENS,
    UNITS,
)
from .values import Key

Found = tuple[int, int, frozenset[Key]]

_SPACE = "\xa0\u2009\u202f "
_DIGITS = re.compile(
    rf"(?<![\w.,])(?P<number>\d{{1,3}}(?:,\d{{2}}){{0,8}},\d{{3}}(?![\d,])(?:\.\d{{1,12}})?"
    rf"|\d{{1,3}}(?:,\d{{3}}){{1,8}}(?![\d,]\d)(?:\.\d{{1,12}})?"
    rf"|\d{{1,3}}(?:[{_SPACE}'’]\d{{3}}){{1,8}}(?!\d)(?:[.,]\d{{1,12}})?"
    r"|\d{1,24}(?:[.,]\d{1,12})?(?!\d))"
    r"(?P<vulgar>[½¼¾⅓⅔⅛])?"
    rf"(?:(?P<percent>[{_SPACE}]?%|[{_SPACE}\n-]per[ \xa0\n]?cent(?:age)?\b)"
    rf"|[{_SPACE}\n-]?(?P<scale>hundred|thousand|lakh|million|crore|billion|trillion)\b"
    r"|(?P<on>[^\W\d_]{1,12}))?"
)
_OVER = re.compile(r"(?<![\w./])(\d{1,4})/(\d{1,3})(?![\w/])")
_ALONE = re.compile(r"(?<!\d)[½¼¾⅓⅔⅛]")
_VULGAR = {"½": (1, 2), "¼": (1, 4), "¾": (3, 4), "⅓": (1, 3), "⅔": (2, 3), "⅛": (1, 8)}
_BEFORE = re.compile(r"(?:[^\W_][-/]|[-/]|[:@#_])$")  # COVID-19, F-16: a name and no figure
_MAY_JOIN = re.compile(r"(?:\d|\b(?i:mid|pre|post|early|late|non|under|over))-$")
_TIME = re.compile(
    r"(?<![\w.:,])(?:[01]?\d|2[0-3])"
    r"(?::[0-5]\d(?![\d:]|[.,]\d)(?:[ \xa0]?[ap]\.?m\b\.?)?|\.[0-5]\d[ \xa0]?[ap]\.?m\b\.?)",
    re.IGNORECASE,
)

_SCALE = "|".join((*SCALES, *DOZEN))
_WORD = "|".join(sorted({*UNITS, *TENS, *ORDINALS}, key=len, reverse=True))
_NEXT = rf"(?:(?:{_SCALE})(?![^\W_])(?:[ \xa0\n]and[ \xa0\n](?:{_WORD})(?![^\W_]))?|(?:{_WORD})(?![^\W_]))"
_WORDS = re.compile(
    rf"(?<!\w)(?P<lead>an?[ \xa0\n](?=(?:{_SCALE})(?!\w)))?{_NEXT}(?:[ \xa0\n-]{_NEXT}){{0,11}}(?!\w)"
    r"(?P<percent>[ \xa0\n]per[ \xa0\n]?cent\b)?",
    re.IGNORECASE,
)
_PART = re.compile(rf"(?<!\w)(?P<many>{'|'.join(UNITS)}|a)[ \xa0\n-](?P<part>{'|'.join(PARTS)})s?(?!\w)", re.IGNORECASE)
_MULTIPLE = re.compile(rf"(?<!\w)(?:{'|'.join((*MULTIPLES, *PARTS))})(?!\w)", re.IGNORECASE)
# "the two", "these three": told of before, and no figure that a reader would look up.
_POINTING = re.compile(r"(?<!\w)(?:the|these|those|our|other|its|their|his|her|one or|no)[ \xa0\n]$", re.IGNORECASE)
_SMALL = 10


def numbers_in(text: str, *, generous: bool = False) -> Iterator[Found]:
    """Yield (start, end, keys) of each number of a text; several keys where it can be read in several ways.

    Small numbers in words that point back ("the two") or count nobody ("one of them", "at first") are left out, but
    not where `generous`: what a source may mean is looked up, what a writer cannot mean is not asked about.
    """
    found = [_time(match) for match in _TIME.finditer(text)]
    text = _TIME.sub(_blank, text)
    found += [_over(match) for match in _OVER.finditer(text)]
    text = _OVER.sub(_blank, text)
    found += [
        (match.start(), match.end(), frozenset({("number", Fraction(*_VULGAR[match[0]]))}))
        for match in _ALONE.finditer(text)
    ]
    yield from found
    for match in _DIGITS.finditer(text):
        if keys := _digits(match, text, generous):
            yield match.start(), match.end(), keys
    yield from _parts(text, generous)
    yield from _in_words(_PART.sub(_blank, text), generous)
    if generous:
        yield from _multiples(text)


def _blank(match: re.Match[str]) -> str:
    return "\0" * len(match[0])


def _time(match: re.Match[str]) -> Found:
    printed = match[0].lower().replace(".m", "m")
    hour, minute = map(int, re.findall(r"\d+", printed))
    if "m" in printed:
        hour = hour % 12 + (12 if "pm" in printed else 0)
    return match.start(), match.end(), frozenset({("time", hour, minute)})


def _over(match: re.Match[str]) -> Found:
    """Digits over digits: a fraction, or a year and the next one ("2017/18")."""
    above, below = int(match[1]), int(match[2])
    keys: set[Key] = set(_year(match[1]))
    if below and not keys:
        keys.add(("number", Fraction(above, below)))
    return match.start(), match.end(), frozenset(keys)


def _parts(text: str, generous: bool) -> Iterator[Found]:
    """Two thirds, three quarters; one of them ("a third", "one half") is left to where it is looked up."""
    for match in _PART.finditer(text):
        many = UNITS.get(match["many"].lower(), 1)
        if generous or many > 1:
            yield match.start(), match.end(), frozenset({("number", Fraction(many, PARTS[match["part"].lower()]))})


def _multiples(text: str) -> Iterator[Found]:
    for match in _MULTIPLE.finditer(text):
        word = match[0].lower()
        value = Fraction(MULTIPLES[word]) if word in MULTIPLES else Fraction(1, PARTS[word])
        yield match.start(), match.end(), frozenset({("number", value)})


def _digits(match: re.Match[str], text: str, generous: bool) -> frozenset[Key]:
    before = text[max(0, match.start() - 8) : match.start()]
    if _BEFORE.search(before) and not _MAY_JOIN.search(before):
        return frozenset()
    after = text[match.end() : match.end() + 2]
    if after[:1] in ("_", "@") or (after[:1] in (".", ":", "/") and after[1:2].isalnum()):
        return frozenset()
    values = set(_values(match["number"], generous))
    if match["vulgar"]:
        values = {value + Fraction(*_VULGAR[match["vulgar"]]) for value in values}
    if match["percent"]:
        return frozenset(("percent", value) for value in values)
    if match["scale"]:
        return frozenset(("number", value * SCALES[match["scale"]]) for value in values)
    on = match["on"] or ""
    if on:
        return frozenset(_written_on(on, values, match["number"]))
    keys: set[Key] = {("number", value) for value in values}
    return frozenset(keys | set(_year(match["number"])))


def _year(printed: str) -> Iterator[Key]:
    if len(printed) == 4 and printed.isdecimal() and 1000 <= int(printed) < 2200:
        yield "year", int(printed)


def _number(digits: str) -> Fraction:
    """The number of ASCII or other decimal digits, with a point or without."""
    return Fraction(int(digits)) if digits.isdecimal() else Fraction(_ascii(digits))


def _values(printed: str, generous: bool) -> Iterator[Fraction]:
    """The numbers that digits may stand for: a point or comma before three digits groups them in some countries."""
    plain = re.sub(rf"[{_SPACE}'’]", "", printed)
    grouped = re.fullmatch(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?", plain)
    if grouped:
        yield _number(plain.replace(",", ""))
    else:
        yield _number(plain.replace(",", "."))
    if re.fullmatch(r"\d{1,3}\.\d{3}", plain):
        yield _number(plain.replace(".", ""))
    if generous and plain != printed:  # "26 100 people" may be two numbers
        for part in re.findall(r"\d+", printed):
            yield _number(part)


def _ascii(digits: str) -> str:
    return "".join(str(int(char)) if char.isdecimal() else char for char in digits[:60])


def _written_on(on: str, values: set[Fraction], printed: str) -> Iterator[Key]:
    small = on if len(on) == 1 and on not in "KM" else on.lower()  # 5G is no weight
    if small in ("st", "nd", "rd", "th"):
        yield from (("ordinal", int(value)) for value in values)
    elif small == "s":
        yield from (("decade", int(value)) for value in values)
    elif small in SUFFIXES:
        yield from (("number", value * SUFFIXES[small]) for value in values)
    if small in MEASURES:
        yield from (("number", value) for value in values)


def _in_words(text: str, generous: bool) -> Iterator[Found]:
    for match in _WORDS.finditer(text):
        before = text[max(0, match.start() - 8) : match.start()]
        words = re.split(r"[\s-]+", match[0][len(match["lead"] or "") :].lower())
        if match["percent"]:
            words = words[: len(words) - (1 if "percent" in words else 2)]
        for key in _numbers([word for word in words if word != "and"], bool(match["lead"])):
            if generous or _counts(key, words, before):
                yield match.start(), match.end(), frozenset({("percent", key[1]) if match["percent"] else key})


def _counts(key: Key, words: list[str], before: str) -> bool:
    """Tell whether a number in words is one that a reader would look up."""
    kind, value = key
    if kind == "ordinal":
        return not (len(words) == 1 and words[0] in COMMON_ORDINALS)
    if value == 1:
        return False
    return not (isinstance(value, Fraction) and value <= _SMALL and _POINTING.search(before))


def _numbers(words: list[str], has_lead: bool) -> Iterator[Key]:
    """Read a run of number words; one that does not go on from the last begins a number of its own."""
    total, current, scale, is_open = 0, 0, 10**15, False
    for place, word in enumerate(words):
        if word in SCALES or word in DOZEN:
            factor = SCALES.get(word) or DOZEN[word]
            if not is_open and not (has_lead and place == 0):
                continue  # "several thousand": no number is given
            current = current or 1
            if factor == 100 or word in DOZEN:
                current *= factor
            elif factor < scale:
                total, current, scale = total + current * factor, 0, factor
            is_open = True
            continue
        value = {**UNITS, **TENS, **ORDINALS}[word]
        if is_open and not _goes_on(current, value, word):
            yield "number", Fraction(total + current)
            total, current, scale = 0, 0, 10**15
        if word in ORDINALS:
            yield "ordinal", total + current + value
            total, current, scale, is_open = 0, 0, 10**15, False
        else:
            current, is_open = current + value, True
    if is_open:
        yield "number", Fraction(total + current)


def _goes_on(current: int, value: int, word: str) -> bool:
    rest = current % 100
    if rest == 0:
        return True
    return rest >= 20 and rest % 10 == 0 and value < 10 and (word in UNITS or word in ORDINALS)
