"""Rows of lists as plain values, each kind in a fixed number of queries. Pages and feeds lay them out."""

from .corrections import CorrectionRow, correction_rows
from .documents import BriefingRow, SourceRow, briefing_rows, source_rows
from .statements import StatementRow, statement_rows
from .things import ThingRow, event_rows, organization_rows, person_rows, topic_rows

__all__ = [
    "BriefingRow",
    "CorrectionRow",
    "SourceRow",
    "StatementRow",
    "ThingRow",
    "briefing_rows",
    "correction_rows",
    "event_rows",
    "organization_rows",
    "person_rows",
    "source_rows",
    "statement_rows",
    "topic_rows",
]
