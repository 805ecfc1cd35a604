"""Statements cited in a briefing from elsewhere at the desk: a paragraph of its own, put into the working text."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from briefings.models import Briefing, User
from briefings.permissions import CHANGE, may
from briefings.rendering import block_lines

from .citable_rows import Citable
from .drafting import paragraph_citing
from .problems import Refused, problem
from .working_text import save_text

MOST_AT_ONCE = 40


def cite_in(
    briefing: Briefing, cited: Sequence[Citable], *, by: User, seen_version: int, after: int | None = None
) -> Briefing:
    """Put a paragraph for each statement into the working text of a briefing, and return it as it was saved.

    They stand behind the block with the number `after` (0 is the top; None the end). Raises PermissionDenied, Refused
    where nothing is to be cited, or `working_text.StaleText` where the text was saved after `seen_version`; nothing was
    written then.
    """
    if not may(by, CHANGE, briefing):
        raise PermissionDenied(_("You may not change this briefing."))
    if not cited or len(cited) > MOST_AT_ONCE:
        raise Refused([problem("nothing-to-cite", MOST_AT_ONCE)])
    paragraphs = [paragraph_citing(one.statement, one.source_record) for one in cited]
    return save_text(
        briefing,
        by=by,
        seen_version=seen_version,
        title=briefing.title,
        standfirst=briefing.standfirst,
        body=with_paragraphs(briefing.body, paragraphs, after=after),
    )


def with_paragraphs(body: str, paragraphs: Sequence[str], *, after: int | None = None) -> str:
    """Return a body with paragraphs behind its block number `after` (0 is the top; None or no such block: the end).

    What stands in the body is not touched, but for empty lines where it is opened.
    """
    lines = body.replace("\r\n", "\n").split("\n")
    starts = block_lines(body)
    at = starts[after] - 1 if after is not None and after < len(starts) else len(lines)
    before, behind = "\n".join(lines[:at]).rstrip("\n"), "\n".join(lines[at:]).strip("\n")
    return "\n\n".join(part for part in (before, *paragraphs, behind) if part.strip()) + "\n"


def places_in(body: str) -> list[str]:
    """Return the first line of each block of a body, as `with_paragraphs` counts them from 1."""
    lines = body.replace("\r\n", "\n").split("\n")
    return [lines[start - 1] for start in block_lines(body)]


def writable_drafts(user: User, words: str = "") -> QuerySet[Briefing]:
    """Return the briefings whose working text `user` may change and whose title has all `words`, the latest first."""
    found = Briefing.objects.exclude(pk__in=Briefing.objects.retracted().values("pk"))
    if not may(user, CHANGE, Briefing()):  # somebody else's
        found = Briefing.objects.drafts().filter(created_by=user)
    for word in words.split()[:8]:
        found = found.filter(title__icontains=word)
    return found.order_by("-modified_at", "-pk")
