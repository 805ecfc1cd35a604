"""Corrections as rows of the list, and as they stand on the page of what they corrected."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from briefings.languages import direction_of
from briefings.models import CorrectionKind, Status
from briefings.models.dates import day_of


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One correction. What was retracted is not called by its title or words, as on its own page."""

    key: str
    url: str
    kind: str
    kind_label: str
    at: object
    day: str
    said: str
    says: str
    why: str
    name: str
    of: str  # what kind of thing it is
    thing_url: str
    language: str
    direction: str
    version: int | None  # of the briefing, which made the correction


COLUMNS = (
    "key", "kind", "at", "said", "says", "why", "revision__version", "briefing", "briefing__slug", "briefing__status",
    "briefing__current__title", "briefing__current__language", "statement__key", "statement__status",
    "statement__text", "statement__language",
)  # fmt: skip


def correction_rows(corrections: QuerySet) -> list[CorrectionRow]:
    """Rows of corrections in the order given, in one query."""
    return [_row(row) for row in corrections.values(*COLUMNS)]


def _row(row):
    is_briefing = row["briefing"] is not None
    language = row["briefing__current__language" if is_briefing else "statement__language"] or ""
    return CorrectionRow(
        key=row["key"],
        url=reverse("correction-detail", args=[row["key"]]),
        kind=row["kind"],
        kind_label=capfirst(CorrectionKind(row["kind"]).label),
        at=row["at"],
        day=day_of(row["at"]),
        said=row["said"],
        says=row["says"],
        why=row["why"],
        name=_name(row, is_briefing),
        of=_("briefing") if is_briefing else _("statement"),
        thing_url=reverse("briefing-detail", args=[row["briefing__slug"]])
        if is_briefing
        else reverse("statement-detail", args=[row["statement__key"]]),
        language=language,
        direction=direction_of(language),
        version=row["revision__version"],
    )


def _name(row, is_briefing):
    if is_briefing:
        is_gone, name = row["briefing__status"] == Status.RETRACTED, row["briefing__current__title"] or ""
        return _("A retracted briefing") if is_gone else name
    if row["statement__status"] == Status.RETRACTED:
        return _("A retracted statement")
    return Truncator(row["statement__text"]).chars(90)
