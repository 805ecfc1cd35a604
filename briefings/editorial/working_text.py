"""The working text of a briefing: its title, standfirst and body, and who has written on it.

Every door that writes it meets here: what is refused, what becomes of an approval, and whose contribution it is.
"""

from dataclasses import asdict, dataclass

import reversion
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from briefings.models import Briefing, Contribution, User, WritingWindow
from briefings.permissions import CHANGE, may

from .approval import note_edit
from .cited_drafts import refused_keys
from .log import log
from .problems import Problem, Refused, problem
from .versions import keep_first

FIELDS = ("title", "standfirst", "body")
LONGEST_TITLE = 300  # code points
LONGEST_BODY = 1_000_000  # code points: some 150,000 words


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a briefing, with LF for line ends."""

    title: str
    standfirst: str
    body: str


class StaleText(Exception):
    """Nothing was saved: somebody else saved another text first. `theirs` is the briefing as it is stored now."""

    def __init__(self, theirs: Briefing):
        self.theirs = theirs
        super().__init__(f"Briefing {theirs.pk} was saved by somebody else meanwhile.")


class TextRefused(Refused):
    """The text was not saved."""


def text_of(thing: Briefing | WritingWindow) -> Text:
    """Return the words that a briefing, or a window in which it is written, holds."""
    return Text(thing.title, thing.standfirst, thing.body)


def cleaned(title: str, standfirst: str, body: str) -> Text:
    """Return words as they are stored: LF, no NUL; the title on one line, it and the standfirst without outer space."""
    title, standfirst, body = (
        words.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n") for words in (title, standfirst, body)
    )
    return Text(" ".join(title.split()), standfirst.strip(), body)


def save_text(briefing: Briefing, *, by: User, seen_version: int, title: str, standfirst: str, body: str) -> Briefing:
    """Store a new working text over the version that was seen; return the briefing as it is stored then.

    A text equal to the stored one is no change. One transaction with its revision, its log entry and the contribution
    of `by`; an approval of the former text lapses, and a publication that waits fails. Raises PermissionDenied,
    StaleText (somebody else saved first) or TextRefused; nothing was changed then.
    """
    with transaction.atomic():
        stored = Briefing._base_manager.select_for_update().get(pk=briefing.pk)
        if not may(by, CHANGE, stored):
            raise PermissionDenied(_("You may not change this briefing. Its text stays as it is."))
        text = cleaned(title, standfirst, body)
        if text == text_of(stored):
            return stored
        if stored.version != seen_version:
            raise StaleText(stored)
        if problems := refusals(text, by=by, standing=stored.body):
            raise TextRefused(problems)
        keep_first(stored)
        with reversion.create_revision():
            reversion.set_user(by)
            reversion.set_comment(_("Written at the writing desk"))
            _write(stored, text, by)
    return stored


def refusals(text: Text, *, by: User, standing: str = "") -> list[Problem]:
    """Return why a text cannot be stored; everything else that is wrong with it only stands in the way of publishing.

    `standing` is the body that is stored now.
    """
    found = [] if text.title else [problem("empty-title")]
    if len(text.title) > LONGEST_TITLE:
        found.append(problem("title-too-long", longest=LONGEST_TITLE))
    if len(text.body) > LONGEST_BODY:
        return [*found, problem("body-too-long", longest=f"{LONGEST_BODY:,}")]
    return found + refused_keys(text.body, by=by, standing=standing)


def _write(stored: Briefing, text: Text, by: User) -> None:
    for name, words in asdict(text).items():
        setattr(stored, name, words)
    stored.save()
    record_contribution(stored, by=by)
    log("write", stored, by=by, sentence=_("Wrote on “%(title)s”.") % {"title": stored.title}, version=stored.version)
    note_edit(stored, by=by)


def record_contribution(briefing: Briefing, *, by: User) -> None:
    """Note that `by` has written on a briefing, now: whoever has since it was last published does not approve it."""
    Contribution.objects.update_or_create(briefing=briefing, user=by)
