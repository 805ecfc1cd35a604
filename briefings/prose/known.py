"""What a set of texts and dates gives, and whether a figure is among it."""

import datetime
from collections.abc import Iterable

from .figures import Figure, figures
from .values import Key


class Known:
    """The figures of passages and records, asked about by value: "forty" is known where a passage has "40"."""

    def __init__(self, texts: Iterable[str] = (), dates: Iterable[tuple[int, int, int]] = ()) -> None:
        """Take the words of `texts`, and `dates` as (year, month, day) with 0 for what is not known."""
        self.keys: set[Key] = set()
        for text in texts:
            for figure in figures(text, generous=True):
                self.keys |= figure.keys
        self.keys |= {("date", *date) for date in dates}
        self._complete()

    def _complete(self) -> None:
        """Add what follows from dates: their years, days of the month and weekdays."""
        dates = [key for key in self.keys if key[0] == "date"]
        self.years = {key[1] for key in self.keys if key[0] == "year"} | {key[1] for key in dates if key[1]}
        self.keys |= {("year", year) for year in self.years}
        for _kind, year, month, day in dates:
            if day:
                self.keys |= {("ordinal", day)}
            if year and month and day:
                self.keys |= {("weekday", weekday) for weekday in _weekday(year, month, day)}  # type: ignore[arg-type]
        self._days = {(key[2], key[3]): set[object]() for key in dates}
        for _kind, year, month, day in dates:
            self._days[month, day].add(year)
            self._days.setdefault((month, 0), set()).add(year)

    @classmethod
    def together(cls, several: Iterable["Known"]) -> "Known":
        """Return what any of `several` gives."""
        whole = cls()
        for one in several:
            whole.keys |= one.keys
        whole._complete()
        return whole

    def gives(self, figure: Figure) -> bool:
        """Return whether a figure is known, in any of the ways in which it can be read."""
        return any(self._gives_date(key) if key[0] == "date" else key in self.keys for key in figure.keys)

    def _gives_date(self, key: Key) -> bool:
        """A date is known where one with the same month and day is, and the years do not differ.

        A date printed without its year ("Sept 26") is of any year that is known from elsewhere; of any at all, where
        none is.
        """
        _kind, year, month, day = key
        years = self._days.get((month, day))
        if years is None:
            return False
        return not year or year in years or (0 in years and (not self.years or year in self.years))


def _weekday(year: int, month: int, day: int) -> set[int]:
    try:
        return {datetime.date(year, month, day).isoweekday()}
    except ValueError:
        return set()
