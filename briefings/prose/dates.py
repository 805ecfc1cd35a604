"""Dates in English prose: days, months, years together with a month, weekdays. A year alone is a number."""

import re
from collections.abc import Iterator
from itertools import product

from .lexicon import MONTHS, SHORT_MONTHS, VERBS, WEEKDAYS
from .values import Key

Found = tuple[int, int, frozenset[Key]]

_BY_NAME = {**SHORT_MONTHS, **MONTHS}
_BY_NAME |= {name.upper(): number for name, number in _BY_NAME.items()}
_MONTH = "(?:" + "|".join(sorted(map(re.escape, _BY_NAME), key=len, reverse=True)) + r")(?![^\W\d_])\.?"
_DAY = r"\d{1,2}(?!\d)(?:st|nd|rd|th)?"
_TO = r"[ \xa0]?(?:[–—-]|to|and|or|until)[ \xa0]?"
_GAP = r"[ \xa0\n]{1,3}"
_YEAR = rf"(?:,?{_GAP}(?:of{_GAP})?(?P<%s>[12]\d{{3}})(?![\d,]))?"
_DATE = re.compile(
    rf"(?<![\w.])(?P<d1>{_DAY})(?:{_TO}(?P<d2>{_DAY}))?{_GAP}(?:of{_GAP})?(?P<m1>{_MONTH}){_YEAR % 'y1'}"
    rf"|(?<!\w)(?P<m2>{_MONTH}){_GAP}(?P<d3>{_DAY})(?!\w|[,.]\d)(?:{_TO}(?P<d4>{_DAY})(?!\w))?{_YEAR % 'y2'}"
    rf"|(?<!\w)(?P<m3>{_MONTH}){_YEAR % 'y3'}"
    r"|(?<![\w-])(?P<iso>[12]\d{3}-[01]\d-[0-3]\d)(?![\w-])"
    r"|(?<![\w./-])(?P<slashed>\d{1,2}(?P<by>[./])\d{1,2}(?P=by)\d{4})(?![\w/-])",
)
_CUE = re.compile(
    r"(?:^|[^\w])(?i:in|by|of|on|since|until|till|from|to|through|between|and|before|after|during|last|next|this|early"
    r"|late|mid|every|each|for|via)[ \xa0\n-]$"
)
_NAMED = re.compile(r"(?<!\w)(?:" + "|".join(WEEKDAYS) + r")(?=s?(?![\w]))")


def dates_in(text: str) -> Iterator[Found]:
    """Yield (start, end, keys) of each date of a text; the two ends of a range of days are two dates."""
    for match in _DATE.finditer(text):
        yield from _found(match, text)
    for match in _NAMED.finditer(text):
        yield match.start(), match.end(), frozenset({("weekday", WEEKDAYS[match[0]])})


def _found(match: re.Match[str], text: str) -> Iterator[Found]:
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
        yield from _one(match, [(year, month, day)])
    elif match["slashed"]:
        first, second, year = map(int, re.split(r"[./]", match["slashed"]))
        yield from _one(match, [(year, second, first), (year, first, second)])
    else:
        yield from _worded(match, text)


def _one(match: re.Match[str], dates: list[tuple[int, int, int]]) -> Iterator[Found]:
    keys = frozenset(("date", *date) for date in dates if 1 <= date[1] <= 12 and 1 <= date[2] <= 31)
    if keys:
        yield match.start(), match.end(), keys


def _worded(match: re.Match[str], text: str) -> Iterator[Found]:
    printed = (match["m1"] or match["m2"] or match["m3"]).rstrip(".")
    year = int(match["y1"] or match["y2"] or match["y3"] or 0)
    days = [int(re.match(r"\d+", day)[0]) for day in match.group("d1", "d2", "d3", "d4") if day]  # type: ignore[index]
    if any(not 1 <= day <= 31 for day in days) or (not days and not year and not _is_month(match, printed, text)):
        return
    for day, month in product(days or [0], [_BY_NAME[printed]]):
        yield match.start(), match.end(), frozenset({("date", year, month, day)})


def _is_month(match: re.Match[str], printed: str, text: str) -> bool:
    """Tell whether a name that stands alone is that of a month: "May" and "March" need a word before them."""
    if printed not in MONTHS:
        return False
    return printed not in VERBS or bool(_CUE.search(text[max(0, match.start() - 12) : match.start()]))
