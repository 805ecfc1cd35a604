"""Rows of lists as plain values, each kind in a fixed number of queries. Pages and feeds lay them out."""

from .documents import BriefingRow, SourceRow, briefing_rows, source_rows
from .statements import StatementRow, statement_rows
from .things import ThingRow, event_rows, organization_rows, person_rows, topic_rows

__all__ = [
    "BriefingRow",
    "SourceRow",
    "StatementRow",
    "ThingRow",
    "briefing_rows",
    "event_rows",
    "organization_rows",
    "person_rows",
    "source_rows",
    "statement_rows",
    "topic_rows",
]
