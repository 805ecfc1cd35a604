"""From a text to its proposed statements, in reading order."""

from .foreign import quoted
from .reading import Reader
from .values import Proposal

VERSION = 1  # of the rules: proposals made by another version may differ


def propose(text: str, *, language: str = "en") -> list[Proposal]:
    """Return the statements that `text`, one article, seems to hold, in reading order; offsets are code points.

    English is read for reported speech of every kind. In another language only quotation marks are understood: its
    direct quotations are proposed without a speaker. The same text gives the same proposals, in linear time.
    """
    drafts = Reader(text).drafts() if language.lower().split("-")[0] in ("en", "") else quoted(text)
    return [draft.proposal() for draft in drafts]
