"""What readers may narrow lists by: one filter set for each list."""

from .sets import (
    BriefingFilter,
    CorrectionFilter,
    EventFilter,
    OrganizationFilter,
    PersonFilter,
    SourceFilter,
    StatementFilter,
    TopicFilter,
)

__all__ = [
    "BriefingFilter",
    "CorrectionFilter",
    "EventFilter",
    "OrganizationFilter",
    "PersonFilter",
    "SourceFilter",
    "StatementFilter",
    "TopicFilter",
]
