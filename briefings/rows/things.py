"""Organizations, people, events and topics as rows of lists."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from briefings.models import EventKind, OrganizationKind, Statement
from briefings.models.dates import describe
from briefings.notes.wording import basis_label
from briefings.parties import named, party


@dataclass(frozen=True, slots=True)
class ThingRow:
    """An organization, person, event or topic with a line about it and the number of statements it leads to."""

    pk: int
    url: str
    name: str
    line: str
    detail: str
    statements: str  # how many, in words; empty where there are none


def organization_rows(organizations: QuerySet) -> list[ThingRow]:
    """Rows of public organizations, in two queries."""
    rows = list(organizations.values("pk", "slug", "name", "kind"))
    counts = _counts("speaker_organization", rows)
    return [_thing("organization", row, _kind(row["kind"]), "", counts) for row in rows]


def _kind(kind):
    return "" if kind == OrganizationKind.OTHER else capfirst(OrganizationKind(kind).label)


def person_rows(people: QuerySet) -> list[ThingRow]:
    """Rows of public people, in two queries."""
    rows = list(people.values("pk", "slug", "name", "public_role"))
    counts = _counts("speaker_person", rows)
    return [_thing("person", row, capfirst(row["public_role"]), "", counts) for row in rows]


def event_rows(events: QuerySet) -> list[ThingRow]:
    """Rows of public events, in two queries."""
    rows = list(events.values("pk", "slug", "name", "kind", "date", "date_basis"))
    counts = _counts("event", rows)
    return [_thing("event", row, _date(row), capfirst(EventKind(row["kind"]).label), counts) for row in rows]


def _date(row):
    if not row["date"]:
        return _("no date known")
    note = basis_label(row["date_basis"])
    return f"{describe(row['date'])} ({note})" if note else describe(row["date"])


def topic_rows(topics: QuerySet) -> list[ThingRow]:
    """Rows of public topics, in two queries."""
    rows = list(topics.values("pk", "slug", "name", "description", *named("parent")))
    counts = _counts("topics", rows)
    return [_thing("topic", row, row["description"], _part_of(row), counts) for row in rows]


def _part_of(row):
    parent = party(row, "parent", "topic")
    return _("part of %(name)s") % {"name": parent.name} if parent and parent.url else ""


STATEMENTS = {
    "organization": ngettext_lazy("%(n)d statement by it", "%(n)d statements by it", "n"),
    "person": ngettext_lazy("%(n)d statement", "%(n)d statements", "n"),
    "event": ngettext_lazy("%(n)d statement made there", "%(n)d statements made there", "n"),
    "topic": ngettext_lazy("%(n)d statement", "%(n)d statements", "n"),
}


def _counts(field, rows):
    """How many public statements each of the rows has through `field`."""
    found = Statement.objects.published().filter(**{f"{field}__in": [row["pk"] for row in rows]})
    return Counter(dict(found.order_by().values_list(field).annotate(Count("pk"))))


def _thing(noun, row, line, detail, counts):
    url = reverse(f"{noun}-detail", args=[row["slug"]])
    number = counts[row["pk"]]
    return ThingRow(row["pk"], url, row["name"], line, detail, STATEMENTS[noun] % {"n": number} if number else "")
