"""Dates as pages print them, to EDTF (ISO 8601-2:2019, level 0): `2017`, `2017-09` or `2017-09-26`, never more precise.

The day is the one printed: times and time zones are dropped, not converted. What may be read in two ways is not read.
"""

import datetime
import re

_MONTHS = """
january jan janvier janv januar jänner enero ene جنوری يناير
february feb février févr fév februar feber febrero فروری فبراير
march mar mars märz mrz marzo مارچ مارس
april apr avril avr abril abr اپریل أبريل ابريل
may mai mayo مئی مايو
june jun juin juni junio جون يونيو
july jul juillet juil juli julio جولائی يوليو
august aug août aout agosto ago اگست أغسطس اغسطس
september sep sept septembre septiembre ستمبر سبتمبر
october oct octobre oktober okt octubre اکتوبر أكتوبر اكتوبر
november nov novembre noviembre نومبر نوفمبر
december dec décembre déc dezember dez diciembre dic دسمبر ديسمبر
"""
_MONTH_OF = {name: number for number, line in enumerate(_MONTHS.split("\n")) for name in line.split()}
_NAME = r"([^\W\d_]{3,12})\.?"
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T\s].*)?", re.S)
_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?(?:[T\s].*)?", re.S)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}.*)?", re.S)
_CJK = re.compile(r"(\d{4})\s*年\s*(?:(\d{1,2})\s*月\s*(?:(\d{1,2})\s*日)?)?")
_DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+|of\s+)?{_NAME},?\s+(?:de\s+|del\s+)?(\d{{4}})\b"
)
_DASHED = re.compile(rf"\b(\d{{1,2}})-{_NAME}-(\d{{4}})\b")
_MONTH_FIRST = re.compile(rf"\b{_NAME}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b")
_MONTH_ONLY = re.compile(rf"\b{_NAME},?\s+(?:de\s+)?(\d{{4}})\b")
# Each with the groups of its year, month and day.
_WORDED = [(_DAY_FIRST, 3, 2, 1), (_DASHED, 3, 2, 1), (_MONTH_FIRST, 3, 1, 2), (_MONTH_ONLY, 2, 1, 0)]
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:\D.*)?", re.S)
_LONGEST = 200


def edtf_of(printed: str) -> str:
    """Return the EDTF of a date as printed, as precise as it is; empty where it is none or could be two.

    ISO 8601, RFC 9110 and dates in words (English, French, German, Spanish, Urdu, Arabic, Chinese, Japanese) are read.
    """
    text = " ".join(printed[:_LONGEST].translate(_DIGITS).replace("،", ",").split())
    for pattern in (_ISO, _SLASHED, _COMPACT, _CJK):
        if match := pattern.fullmatch(text):
            return _edtf(*match.groups())
    return _numbers(text) or _in_words(text)


def _numbers(text: str) -> str:
    """Read 26/09/2017 where the day cannot be a month; with stops (26.9.2017) the day comes first everywhere."""
    match = _NUMBERS.fullmatch(text)
    if not match:
        return ""
    first, sign, second, year = match.groups()
    if sign == "." or int(first) > 12 or first.zfill(2) == second.zfill(2):
        return _edtf(year, second, first)
    return _edtf(year, first, second) if int(second) > 12 else ""


def _in_words(text: str) -> str:
    """Read the first date in words; "Published 26 September 2017, updated …" is the day of publication."""
    text = text.lower()
    found = [
        (match.start(), [match[part] if part else None for part in parts])
        for pattern, *parts in _WORDED
        for match in pattern.finditer(text)
        if match[parts[1]] in _MONTH_OF
    ]
    if not found:
        return ""
    _, (year, month, day) = min(found, key=lambda each: (each[0], each[1][2] is None))
    return _edtf(year or "", str(_MONTH_OF[month or ""]), day)


def _edtf(year: str, month: str | None = None, day: str | None = None) -> str:
    """Write the parts as EDTF; empty for what is no date of the calendar."""
    try:
        datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return "-".join([f"{int(year):04}", *(f"{int(part):02}" for part in (month, day) if part)])


_DIGITS = {
    ord(char): str(number)
    for zero in ("٠", "۰", "०", "０")
    for number, char in enumerate(chr(ord(zero) + n) for n in range(10))
}
