"""Drafts that somebody may not read: citing them shows them no more than if they did not exist."""

import re

from briefings.models import Statement, User
from briefings.permissions import READ, may, readable
from briefings.rendering import cited_keys

from .problems import Problem, problem


def refused_keys(body: str, *, by: User, standing: str = "") -> list[Problem]:
    """Return an `unknown-citation` for each citation that `by` may not write into a stored text.

    Whoever reads all drafts may write any key: what leads nowhere is found by the checks. Others may cite only what
    they may read, and may not keep a key for later either: it could come to name a draft that is not theirs to read.
    What the text `standing` cites may stay, because an editor cited it there.
    """
    if may(by, READ, Statement()):
        return []
    new = _new_keys(body, standing)
    known = set(
        readable(by, Statement.objects.filter(key__in={key for key, _line in new})).values_list("key", flat=True)
    )
    return [problem("unknown-citation", key, line=line) for key, line in new if key not in known]


def as_read_by(user: User, body: str, *, standing: str = "") -> str:
    """Return a body for rendering and checking in which no key names a draft that `user` may not read.

    Such a key gets an underscore behind it, which no statement's key has; lines stay where they are.
    """
    if may(user, READ, Statement()):
        return body
    hidden = _hidden(user, {key for key, _line in _new_keys(body, standing)})
    if not hidden:
        return body
    keys = "|".join(re.escape(key) for key in sorted(hidden, key=len, reverse=True))
    return re.sub(rf"@({keys})(?![a-z0-9-])", r"@\1_", body)


def _new_keys(body: str, standing: str) -> list[tuple[str, int]]:
    stands = {key for key, _line in cited_keys(standing)} if standing else set()
    return [(key, line) for key, line in cited_keys(body) if key not in stands]


def _hidden(user: User, keys: set[str]) -> set[str]:
    there = Statement.objects.filter(key__in=keys)
    return set(there.values_list("key", flat=True)) - set(readable(user, there).values_list("key", flat=True))
