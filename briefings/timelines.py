"""Timelines of organizations, people and events: what claims put at a time, and when statements were made."""

from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import ngettext

from briefings.models.dates import describe
from briefings.notes.wording import basis_label
from briefings.parties import named, party
from briefings.profiles import Entry, Profile

MOST = 40  # entries; the earliest are kept, and the page says when there are more


def timeline_of(profile: Profile, statements, **narrowed) -> list[Entry]:
    """Return what a profile puts at a time and the days on which `statements` were made, earliest first, in one query.

    `narrowed` are the parameters of the statement list that leave just these statements.
    """
    entries = list(profile.dated)
    columns = ("said", "said_earliest", "said_latest", "said_basis", *named("event"))
    said = statements.exclude(said="").order_by("said_earliest", "said").values(*columns)
    for row in said.annotate(statements=Count("pk", distinct=True))[:MOST]:
        entries.append(_said(row, narrowed))
    return sorted(entries, key=lambda entry: (entry.since, entry.until))[:MOST]


def _said(row, narrowed):
    count = ngettext("%(n)s statement made", "%(n)s statements made", row["statements"]) % {"n": row["statements"]}
    when = {"since": row["said_earliest"], "until": row["said_earliest"]}
    at = party(row, "event") if row["event__slug"] != narrowed.get("event") else None
    if at and at.url:
        when |= {"event": row["event__slug"]}
    url = f"{reverse('statement-list')}?{urlencode({**narrowed, **when})}"
    basis = basis_label(row["said_basis"])
    return Entry(row["said_earliest"], row["said_latest"], describe(row["said"]), basis, count, at, (), url)
