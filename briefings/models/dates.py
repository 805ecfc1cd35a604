"""Partial dates: one EDTF string per thing, from a closed subset, with bounds that the database itself keeps.

The subset (EDTF, ISO 8601-2:2019, levels 0 and 1): `1950`, `2017-09`, `2017-09-26`, each optionally approximate
(`1950~`), intervals of two of them (`2017-09-26/2017-09-29`) and open ends (`../1950`, `1950/..`).
"""

import calendar
import datetime
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(~?)", re.ASCII)


class DateBasis(models.TextChoices):
    """Where a date comes from; the page says so unless the source prints it."""

    PRINTED = "printed", gettext_lazy("printed in the source")
    DERIVED = "derived", gettext_lazy("worked out")
    EDITORS = "editors", gettext_lazy("known to the editors")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day, as precise as it was given."""

    year: int
    month: int | None = None
    day: int | None = None
    approximate: bool = False

    @classmethod
    def parse(cls, text):
        """Read one date of the subset; raise ValueError for anything else, the 30th of February included."""
        match = _DAY.fullmatch(text)
        if not match:
            raise ValueError(text)
        year, month, day = (int(part) if part else None for part in match.groups()[:3])
        datetime.date(year, month or 1, day or 1)
        return cls(year, month, day, bool(match[4]))

    @property
    def earliest(self):
        return f"{self.year:04}-{self.month or 1:02}-{self.day or 1:02}"

    @property
    def latest(self):
        month = self.month or 12
        return f"{self.year:04}-{month:02}-{self.day or calendar.monthrange(self.year, month)[1]:02}"

    def describe(self):
        """Return the date in words of the active language, exactly as precise as it is."""
        day = datetime.date(self.year, self.month or 1, self.day or 1)
        if self.day:
            words = formats.date_format(day, "j F Y")
        elif self.month:
            words = formats.date_format(day, "F Y")
        else:
            words = f"{self.year:04}"
        return _("about %(date)s") % {"date": words} if self.approximate else words


def parse(text):
    """Split an EDTF string of the subset into (start, end), each a PartialDate or None for an open end.

    A single date is its own start and end. Raises ValueError for what is outside the subset or runs backwards.
    """
    parts = text.split("/")
    if len(parts) == 1:
        date = PartialDate.parse(text)
        return date, date
    if len(parts) != 2 or parts == ["..", ".."]:
        raise ValueError(text)
    start, end = (None if part == ".." else PartialDate.parse(part) for part in parts)
    if start and end and start.earliest > end.latest:
        raise ValueError(text)
    return start, end


def bounds(text):
    """Return the first and last possible day as ISO strings, or two empty strings for no date."""
    if not text:
        return "", ""
    start, end = parse(text)
    return (start.earliest if start else FIRST_DAY), (end.latest if end else LAST_DAY)


def describe(text):
    """Return an EDTF string in words of the active language: "26–29 September 2017", "about 1950", "since 2017"."""
    if not text:
        return ""
    start, end = parse(text)
    if "/" not in text:
        return start.describe()
    if start is None:
        return _("until %(date)s") % {"date": end.describe()}
    if end is None:
        return _("since %(date)s") % {"date": start.describe()}
    if start.day and end.day and (start.year, start.month) == (end.year, end.month) and "~" not in text:
        return f"{start.day}–{end.describe()}"
    return _("%(start)s to %(end)s") % {"start": start.describe(), "end": end.describe()}


def day_of(moment):
    """Return the day of a moment (UTC) in words of the active language, as the site's clocks have it."""
    return formats.date_format(timezone.localtime(moment), "j F Y")


def validate_edtf(value):
    try:
        parse(value)
    except ValueError as error:
        raise ValidationError(
            gettext_lazy(
                "“%(value)s” is not a date we can keep. Write 1950, 2017-09 or 2017-09-26, a range such as "
                "2017-09-26/2017-09-29 or 2017/.., and a tilde for “about”: 1950~."
            ),
            params={"value": value},
        ) from error


class EDTFField(models.CharField):
    """An EDTF string of the subset; empty means that no date is known."""

    default_validators = [validate_edtf]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)


# In SQL, so that the bounds survive loaddata, update() and whatever else writes the row. {x} is the EDTF column.
_START = "REPLACE(CASE WHEN {find}({x}, '/') > 0 THEN SUBSTR({x}, 1, {find}({x}, '/') - 1) ELSE {x} END, '~', '')"
_END = "REPLACE(SUBSTR({x}, {find}({x}, '/') + 1), '~', '')"
_EARLIEST = f"""CASE WHEN {{x}} = '' THEN '' WHEN {_START} = '..' THEN '{FIRST_DAY}'
 WHEN LENGTH({_START}) = 4 THEN {_START} || '-01-01'
 WHEN LENGTH({_START}) = 7 THEN {_START} || '-01' ELSE {_START} END"""
_YEAR = f"CAST(SUBSTR({_END}, 1, 4) AS INTEGER)"
_BY_4, _BY_100, _BY_400 = (f"{_YEAR} - ({_YEAR} / {number}) * {number} = 0" for number in (4, 100, 400))
_LEAP = f"({_BY_4} AND (NOT {_BY_100} OR {_BY_400}))"
_LATEST = f"""CASE WHEN {{x}} = '' THEN '' WHEN {_END} = '..' THEN '{LAST_DAY}'
 WHEN LENGTH({_END}) = 4 THEN {_END} || '-12-31'
 WHEN LENGTH({_END}) <> 7 THEN {_END}
 WHEN SUBSTR({_END}, 6, 2) IN ('04', '06', '09', '11') THEN {_END} || '-30'
 WHEN SUBSTR({_END}, 6, 2) <> '02' THEN {_END} || '-31'
 WHEN {_LEAP} THEN {_END} || '-29' ELSE {_END} || '-28' END"""


class _Bound(models.Func):
    output_field = models.CharField(max_length=30)
    sql = ""

    def as_sql(self, compiler, connection, find="INSTR", **extra):
        column, params = compiler.compile(self.source_expressions[0])
        return self.sql.format(x=column, find=find), [*params] * self.sql.count("{x}")  # a value is bound once a place

    def as_postgresql(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, find="STRPOS")


class EarliestDay(_Bound):
    """The first possible day of an EDTF column, as an ISO string; `0001-01-01` for an open start."""

    sql = _EARLIEST


class LatestDay(_Bound):
    """The last possible day of an EDTF column, as an ISO string; `9999-12-31` for an open end."""

    sql = _LATEST


def earliest_of(name):
    """A stored column with the first possible day of the EDTF field `name`."""
    return models.GeneratedField(
        expression=EarliestDay(models.F(name)), output_field=models.CharField(max_length=30), db_persist=True
    )


def latest_of(name):
    """A stored column with the last possible day of the EDTF field `name`."""
    return models.GeneratedField(
        expression=LatestDay(models.F(name)), output_field=models.CharField(max_length=30), db_persist=True
    )


def bounds_in_order(name):
    """A constraint that the database keeps: a range does not run backwards."""
    return models.CheckConstraint(
        name=f"%(class)s_{name}_in_order",
        condition=models.Q(**{f"{name}_earliest__lte": models.F(f"{name}_latest")}),
        violation_error_message=gettext_lazy("The range runs backwards."),
    )
