"""The admin, one module for each noun. Importing the package registers them all."""

from . import (  # noqa: F401
    briefings,
    claims,
    events,
    evidence,
    organizations,
    people,
    sources,
    statements,
    topics,
    users,
)
