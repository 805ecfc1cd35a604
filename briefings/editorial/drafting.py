"""A briefing begun: from a title, or from statements as a draft that cites each of them, to be written on."""

import re
from collections.abc import Iterable

import reversion
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from briefings.models import Briefing, Snapshot, Source, Statement, StatementKind, User
from briefings.permissions import ADD, may

from .keys import free_key, slug_of
from .log import log
from .problems import problem
from .statements import NotDone
from .working_text import LONGEST_TITLE, cleaned, record_contribution

_INNER = re.compile(r"“([^“”]*)”|\"([^\"]*)\"")
_STOPS = (".", "!", "?", "…", "۔", "؟")
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~@^&]|^[-+=:])")


def begin_from_title(title: str, *, by: User) -> Briefing:
    """Make an empty draft briefing with this title, in the site's language.

    Raises PermissionDenied, or NotDone where the title cannot be one; nothing was made then.
    """
    title = cleaned(title, "", "").title
    if not title:
        raise NotDone(_("Give the briefing a title first. It can be changed at any time before it is published."))
    if len(title) > LONGEST_TITLE:
        raise NotDone(str(problem("title-too-long", longest=LONGEST_TITLE)))
    return _begun(Briefing(title=title, language=settings.LANGUAGE_CODE), by, _("Started at the writing desk"))


def begin_briefing(snapshot: Snapshot, statements: Iterable[Statement], *, by: User) -> Briefing:
    """Make a draft briefing about a stored copy whose body cites `statements`, a paragraph each, in this order.

    Raises PermissionDenied, or NotDone where there is nothing to cite; nothing was made then.
    """
    _refuse_unless_may_start(by)
    paragraphs = [paragraph_citing(one, snapshot.source) for one in statements]
    if not paragraphs:
        raise NotDone(_("There is no statement to cite yet. Accept a proposal, or select some words, first."))
    title = Truncator(snapshot.source.title).chars(290)
    briefing = Briefing(title=title, body="\n\n".join(paragraphs) + "\n", language=snapshot.source.language)
    return _begun(briefing, by, _("Started from the reading desk"))


def _refuse_unless_may_start(user: User) -> None:
    if not may(user, ADD, Briefing):
        raise PermissionDenied(_("You may not start a briefing."))


def _begun(briefing: Briefing, by: User, comment: str) -> Briefing:
    _refuse_unless_may_start(by)
    briefing.slug = free_key(Briefing, slug_of(briefing.title), "briefing")
    briefing.created_by = by
    try:
        briefing.full_clean()
    except ValidationError as error:
        raise NotDone(" ".join(error.messages)) from error
    with transaction.atomic(), reversion.create_revision():
        reversion.set_user(by)
        reversion.set_comment(comment)
        briefing.save()
        record_contribution(briefing, by=by)
        log("begin", briefing, by=by, sentence=_("Began “%(title)s”.") % {"title": briefing.title})
    return briefing


def paragraph_citing(statement: Statement, source: Source | None) -> str:
    """Return a paragraph of Markdown that gives a statement with its voice and cites it by its key.

    `source` is where it was printed: it speaks where the statement has no voice of its own.
    """
    voice = statement.speaker or statement.speaker_description
    origin = (source.publisher or source.title) if source else ""
    said = {"voice": plain_markdown(str(voice or origin)), "words": plain_markdown(statement.text)}
    if statement.kind == StatementKind.QUOTATION:
        said["words"] = quoted(statement.text)
        line = _("%(voice)s: %(words)s") % said if said["voice"] else said["words"]
        line += "" if statement.text.rstrip().endswith(_STOPS) else "."
    elif voice:
        line = _("%(voice)s, as reported: %(words)s.") % {**said, "words": said["words"].rstrip(".")}
    elif origin:
        line = _("According to %(voice)s: %(words)s.") % {**said, "words": said["words"].rstrip(".")}
    else:
        line = f"{said['words'].rstrip('.')}."
    return f"{line}[@{statement.key}]"


def words_citing(statement: Statement, source: Source | None) -> str:
    """Return what is written into a sentence for a statement: “its words”[@key], or for what is not a quotation the
    paragraph that reports it."""
    if statement.kind == StatementKind.QUOTATION:
        return f"{quoted(statement.text)}[@{statement.key}]"
    return paragraph_citing(statement, source)


def quoted(words: str) -> str:
    """Return words in quotation marks as Markdown; double marks inside them become single ones."""
    inner = _INNER.sub(r"‘\1\2’", plain_markdown(words))
    return f"“{inner}”"


def plain_markdown(words: str) -> str:
    """Return words so that Markdown shows them as they are: on one line, no character a sign of markup."""
    return _MARKUP.sub(r"\\\1", " ".join(words.split()))
