"""What readers may narrow lists by: one filter set for each list."""

from .kinds import language_name
from .sets import (
    BriefingFilter,
    EventFilter,
    OrganizationFilter,
    PersonFilter,
    SourceFilter,
    StatementFilter,
    TopicFilter,
)

__all__ = [
    "BriefingFilter",
    "EventFilter",
    "OrganizationFilter",
    "PersonFilter",
    "SourceFilter",
    "StatementFilter",
    "TopicFilter",
    "language_name",
]
