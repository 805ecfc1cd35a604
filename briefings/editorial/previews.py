"""Preview links: a signed address under which somebody without an account reads one version of a draft and comments.

The address names the link and its end, signed with the site's secret. The text is kept with the link, so what is edited
afterwards is not shown; the statements that it cites show as they are now.
"""

import datetime
from copy import copy

from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from briefings.models import Briefing, Comment, PreviewLink, User
from briefings.permissions import SHARE, may

from .comments import CommentRefused, add_by_guest
from .log import log
from .problems import Problem, Refused, problem
from .typed import line

LONGEST_GUEST = 200  # code points
LONGEST_DAYS = 30
A_MINUTE = datetime.timedelta(minutes=1)
PER_MINUTE, PER_LINK = 10, 300  # comments that one link takes
_signer = Signer(salt="briefings.preview", sep=".")


class PreviewRefused(Refused):
    """No link was made or taken back."""


class NoPreview(Exception):
    """The address was never one of ours: it is mistyped, or was tampered with."""


class PreviewOver(Exception):
    """The link was good once: it has expired, was taken back, or its briefing was retracted."""


def make(briefing: Briefing, *, by: User, guest: str, days: int) -> PreviewLink:
    """Make a link to the working text as it is in `briefing`, for a guest by name, good for `days`, and return it.

    Raises PermissionDenied, or PreviewRefused (also where somebody saved another text meanwhile).
    """
    _allow(by, briefing)
    guest = line(guest)
    with transaction.atomic():
        stored = Briefing.objects.select_for_update().get(pk=briefing.pk)
        if problems := list(_problems(stored, briefing, guest, days)):
            raise PreviewRefused(problems)
        link = PreviewLink(
            briefing=stored,
            of_version=stored.version,
            title=stored.title,
            standfirst=stored.standfirst,
            body=stored.body,
            guest=guest,
            expires_at=timezone.now().replace(microsecond=0) + datetime.timedelta(days=days),
            created_by=by,
        )
        link.save()
        words = {"version": link.of_version, "guest": guest, "until": link.expires_at.isoformat(" ", "minutes")}
        said = _("Made a preview link of version %(version)s for %(guest)s, good until %(until)s.")
        log(SHARE, stored, by=by, sentence=said % words, link=link.pk)
    return link


def revoke(link: PreviewLink, *, by: User) -> PreviewLink:
    """Take a link back: its address shows nothing from now on. Comments made through it stay. Returns it as stored."""
    _allow(by, link.briefing)
    with transaction.atomic():
        stored = PreviewLink.objects.select_for_update(of=("self",)).select_related("briefing").get(pk=link.pk)
        if not is_good(stored):
            raise PreviewRefused([problem("link-gone-already")])
        stored.revoked_at = timezone.now()
        stored.save()
        said = _("Took back the preview link for %(guest)s.") % {"guest": stored.guest}
        log(SHARE, stored.briefing, by=by, sentence=said, link=stored.pk)
    return stored


def token_of(link: PreviewLink) -> str:
    """Return the part of the link's address that is its key: `[A-Za-z0-9_.-]`. Whoever has it may read the page."""
    return _signer.sign(_named(link))


def open_link(token: str, *, now: datetime.datetime | None = None) -> PreviewLink:
    """Return the link that a token is the key of; `now` is UTC. Raises NoPreview or PreviewOver."""
    try:
        named = _signer.unsign(token)
    except BadSignature as error:
        raise NoPreview from error
    links = PreviewLink.objects.select_related("briefing__current")
    link = links.filter(pk=int(named.partition("-")[0])).first()
    if link is None or _named(link) != named or not is_good(link, now=now):
        raise PreviewOver
    if link.briefing.was_published and not link.briefing.is_public:
        raise PreviewOver
    return link


def is_good(link: PreviewLink, *, now: datetime.datetime | None = None) -> bool:
    """Tell whether a link opens still: not taken back, and not expired."""
    return link.revoked_at is None and (now or timezone.now()) < link.expires_at


def comment(link: PreviewLink, *, text: str, paragraph: int | None) -> Comment:
    """Keep a guest's comment on a block of the text that the link shows.

    One link takes PER_MINUTE comments a minute and PER_LINK in all. Raises PreviewOver or CommentRefused.
    """
    with transaction.atomic():
        stored = PreviewLink.objects.select_for_update(of=("self",)).select_related("briefing").get(pk=link.pk)
        if not is_good(stored):
            raise PreviewOver
        if stored.comments.count() >= PER_LINK:
            raise CommentRefused([problem("comments-used-up")])
        if stored.comments.filter(made_at__gt=timezone.now() - A_MINUTE).count() >= PER_MINUTE:
            raise CommentRefused([problem("too-many-comments")])
        return add_by_guest(stored, text=text, paragraph=paragraph)


def as_it_was(link: PreviewLink) -> Briefing:
    """Return the briefing with the words that the link holds; it is not to be saved."""
    shown = copy(link.briefing)
    shown.title, shown.standfirst, shown.body = link.title, link.standfirst, link.body
    return shown


def _named(link: PreviewLink) -> str:
    return f"{link.pk}-{int(link.expires_at.timestamp())}"


def _allow(by: User, briefing: Briefing) -> None:
    if not may(by, SHARE, briefing):
        raise PermissionDenied(_("Only an editor shows a draft to somebody outside. Nothing was changed."))


def _problems(stored: Briefing, seen: Briefing, guest: str, days: int) -> list[Problem]:
    found = []
    if stored.version != seen.version:
        found.append(problem("draft-changed-meanwhile", stored))
    if stored.was_published and not stored.is_public:
        found.append(problem("retracted", stored))
    if not stored.body.strip():
        found.append(problem("nothing-to-preview", stored))
    if not guest:
        found.append(problem("no-guest"))
    if len(guest) > LONGEST_GUEST:
        found.append(problem("guest-too-long", longest=LONGEST_GUEST))
    if not 1 <= days <= LONGEST_DAYS:
        found.append(problem("unknown-days", longest=LONGEST_DAYS))
    return found
