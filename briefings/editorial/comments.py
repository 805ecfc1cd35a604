"""Comments on the paragraphs of a draft: added, settled and reopened, and found again after the text has moved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from briefings.models import Briefing, Comment, PreviewLink, User
from briefings.permissions import COMMENT, may
from briefings.rendering import block_words

from .log import log
from .problems import Problem, Refused, problem
from .typed import lines

LONGEST_COMMENT = 5_000  # code points
EXCERPT = 300  # code points of a paragraph, by which it is found again
ALIKE = 70  # of 100: an edited paragraph is taken for the one that was commented on


class CommentRefused(Refused):
    """Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A comment, and the number (from 1) of the block that it is about now; None where that is gone, or the whole text
    is meant."""

    comment: Comment
    paragraph: int | None

    @property
    def who(self) -> str:
        comment = self.comment
        if comment.link_id:
            return comment.guest
        return comment.created_by.get_full_name() or comment.created_by.get_username() if comment.created_by else ""

    @property
    def is_lost(self) -> bool:
        """Whether the paragraph that it was about is not in the text any more."""
        return self.paragraph is None and self.comment.paragraph is not None


def add(briefing: Briefing, *, by: User, text: str, paragraph: int | None = None) -> Comment:
    """Keep a comment of a colleague on a block (its number from 1) of the stored text, or on all of it, and return it.

    Raises PermissionDenied, or CommentRefused with its problems.
    """
    _allow(by, briefing)
    with transaction.atomic():
        stored = Briefing.objects.get(pk=briefing.pk)
        comment = _made(stored, stored.body, text, paragraph)
        comment.created_by = by
        comment.save()
        sentence = _("Commented: “%(words)s”") % {"words": Truncator(comment.text).chars(120)}
        log(COMMENT, stored, by=by, sentence=sentence, paragraph=paragraph)
    return comment


def add_by_guest(link: PreviewLink, *, text: str, paragraph: int | None = None) -> Comment:
    """Keep a comment of a guest on a block of the text that the link shows. The link is good, and held by the caller.

    Raises CommentRefused with its problems.
    """
    with transaction.atomic():
        comment = _made(link.briefing, link.body, text, paragraph)
        comment.link, comment.guest = link, link.guest
        comment.save()
        words = {"who": link.guest, "words": Truncator(comment.text).chars(120)}
        log(COMMENT, link.briefing, by=None, sentence=_("%(who)s, a guest, commented: “%(words)s”") % words)
    return comment


def settle(comment: Comment, *, by: User, seen_version: int) -> Comment:
    """Say that a comment has been dealt with, and return it as it is stored then."""
    return _decide(comment, by, seen_version, is_settled=True)


def reopen(comment: Comment, *, by: User, seen_version: int) -> Comment:
    """Say that a comment has not been dealt with after all, and return it as it is stored then."""
    return _decide(comment, by, seen_version, is_settled=False)


def comments_of(briefing: Briefing, *, body: str | None = None) -> list[Placed]:
    """Return all comments on a briefing in their order, each with its place in `body`, or in the working text."""
    comments = briefing.comments.select_related("created_by", "settled_by", "link").order_by("pk")
    return placed(list(comments), briefing.body if body is None else body)


def placed(comments: Iterable[Comment], body: str) -> list[Placed]:
    """Find the block of `body` that each comment is about: the same beginning, the nearest of several, or the one most
    alike."""
    beginnings = [words[:EXCERPT] for words in block_words(body)]
    return [Placed(comment, _place(comment, beginnings)) for comment in comments]


def _place(comment: Comment, beginnings: Sequence[str]) -> int | None:
    if comment.paragraph is None:
        return None
    same = [number for number, words in enumerate(beginnings, 1) if words == comment.excerpt]
    if same:
        return min(same, key=lambda number: abs(number - comment.paragraph))
    alike = process.extractOne(comment.excerpt, beginnings, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return alike[2] + 1 if alike and comment.excerpt else None


def _allow(by: User, briefing: Briefing) -> None:
    if not may(by, COMMENT, briefing):
        raise PermissionDenied(_("Only who wrote it, or an editor, comments on this draft. Nothing was changed."))


def _made(briefing: Briefing, body: str, text: str, paragraph: int | None) -> Comment:
    text, words = lines(text), block_words(body)
    if problems := list(_problems(text, paragraph, len(words))):
        raise CommentRefused(problems)
    excerpt = words[paragraph - 1][:EXCERPT] if paragraph else ""
    return Comment(briefing=briefing, text=text, paragraph=paragraph, excerpt=excerpt)


def _problems(text: str, paragraph: int | None, blocks: int) -> Iterable[Problem]:
    if not text:
        yield problem("empty-comment")
    if len(text) > LONGEST_COMMENT:
        yield problem("comment-too-long", longest=f"{LONGEST_COMMENT:,}")
    if paragraph is not None and not 1 <= paragraph <= blocks:
        yield problem("no-such-paragraph")


def _decide(comment: Comment, by: User, seen_version: int, *, is_settled: bool) -> Comment:
    _allow(by, comment.briefing)
    with transaction.atomic():
        stored = Comment.objects.select_for_update(of=("self",)).select_related("briefing").get(pk=comment.pk)
        if stored.version != seen_version or (stored.settled_at is not None) == is_settled:
            raise CommentRefused([problem("comment-changed-meanwhile")])
        stored.settled_at, stored.settled_by = (timezone.now(), by) if is_settled else (None, None)
        stored.save()
        said = _("Settled a comment: “%(words)s”") if is_settled else _("Reopened a comment: “%(words)s”")
        sentence = said % {"words": Truncator(stored.text).chars(120)}
        log(COMMENT, stored.briefing, by=by, sentence=sentence)
    return stored
