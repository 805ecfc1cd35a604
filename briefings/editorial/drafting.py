"""A briefing begun from statements: a draft that cites each of them, to be written on."""

import re
from collections.abc import Iterable

import reversion
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from briefings.models import Briefing, Snapshot, Statement, StatementKind, User
from briefings.permissions import ADD, may

from .keys import free_key, slug_of
from .statements import NotDone

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~@^&]|^[-+=:])")


def begin_briefing(snapshot: Snapshot, statements: Iterable[Statement], *, by: User) -> Briefing:
    """Make a draft briefing about a stored copy whose body cites `statements`, a paragraph each, in this order.

    Raises PermissionDenied, or NotDone where there is nothing to cite; nothing was made then.
    """
    if not may(by, ADD, Briefing):
        raise PermissionDenied(_("You may not start a briefing."))
    paragraphs = [paragraph_citing(one, snapshot) for one in statements]
    if not paragraphs:
        raise NotDone(_("There is no statement to cite yet. Accept a proposal, or select some words, first."))
    title = Truncator(snapshot.source.title).chars(290)
    slug = free_key(Briefing, slug_of(title), "briefing")
    briefing = Briefing(title=title, slug=slug, body="\n\n".join(paragraphs) + "\n", created_by=by)
    briefing.language = snapshot.source.language
    try:
        briefing.full_clean()
    except ValidationError as error:
        raise NotDone(" ".join(error.messages)) from error
    with transaction.atomic(), reversion.create_revision():
        reversion.set_user(by)
        reversion.set_comment(_("Started from the reading desk"))
        briefing.save()
    return briefing


def paragraph_citing(statement: Statement, snapshot: Snapshot) -> str:
    """Return a paragraph of Markdown that gives a statement with its voice and cites it by its key."""
    source = snapshot.source
    voice = statement.speaker or statement.speaker_description
    origin = source.publisher or source.title
    said = {"voice": plain_markdown(str(voice or origin)), "words": plain_markdown(statement.text)}
    if statement.kind == StatementKind.QUOTATION:
        line = _("%(voice)s: “%(words)s”.") % said
    elif voice:
        line = _("%(voice)s, as reported: %(words)s.") % {**said, "words": said["words"].rstrip(".")}
    else:
        line = _("According to %(voice)s: %(words)s.") % {**said, "words": said["words"].rstrip(".")}
    return f"{line}[@{statement.key}]"


def plain_markdown(words: str) -> str:
    """Return words so that Markdown shows them as they are: on one line, no character a sign of markup."""
    return _MARKUP.sub(r"\\\1", " ".join(words.split()))
