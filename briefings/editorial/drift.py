"""Drift: looks at a source's address again and records what became of the page and of the passages taken from it.

`looking` fetches, `comparison` and `passages` compare, `rounds` checks many politely, `remedies` holds the decisions.

How a page is judged:
- The same words as a stored copy, or the same article with other menus, teasers and clocks around it and nothing new
  about any passage: no new copy, the page is as that copy has it.
- Much less of it and most passages lost at once, or hardly a stretch of the article left: the address answers, but with
  a paywall's stub, a consent page, a soft 404 or another article. That is undecided; an editor looks.
- Anything else is a change: the page is stored as a new copy, and each passage is looked for there.
A text that was handed over is no picture of a page: with it, only its passages are compared.
"""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from briefings.articles import warc_of
from briefings.models import CaptureMethod, Passage, Snapshot, Source, SourceCheck, SourceState, User
from briefings.models.sources import sha256_of
from briefings.permissions import RECAPTURE, may

from .carrying import carry_passages
from .comparison import Likeness, article_in, article_of, likeness
from .copies import NewCopy, plain_lines, store_copy
from .fetching import header_lines
from .looking import Look, counts, look_at
from .passages import judge_passages, passages_of, same_gist, standings
from .problems import Refused, problem

__all__ = ["APART", "ENOUGH", "CheckRefused", "check_source", "judge_passages", "record_look"]

APART = datetime.timedelta(days=3)  # failures closer together count once
ENOUGH = 3  # failures that make a page gone
ANSWERED = (SourceState.ALIVE, SourceState.CHANGED)  # the states in which the page was read


class CheckRefused(Refused):
    """Nothing was checked."""


def check_source(source: Source, *, by: User | None = None, now: datetime.datetime | None = None) -> SourceCheck:
    """Look at a source's address now, store what changed, and return the record of it, the source's current one.

    `by` is the editor who asked, None for the round; `now` is UTC. Whatever a server does is an outcome: nothing is
    raised for it. Nothing is held in the database while the page is fetched and compared, and all is written in one
    transaction. Raises PermissionDenied, or CheckRefused for a source without an address or a stored copy; OSError
    where the new copy's files cannot be written, and then nothing is recorded.
    """
    if by is not None and not may(by, RECAPTURE, source):
        raise PermissionDenied(_("Only an editor can check a source. Ask an editor to do it."))
    if not source.address:
        raise CheckRefused([problem("source-without-address", source)])
    if not source.snapshots.exists():
        raise CheckRefused([problem("source-without-copy", source)])
    look = look_at(source.address, _validators(source, _last(source)))
    return record_look(source, look, by=by, now=now)


def record_look(
    source: Source, look: Look, *, by: User | None = None, now: datetime.datetime | None = None
) -> SourceCheck:
    """Judge what came back from a source's address and record it, as `check_source` does after fetching."""
    now = now or timezone.now()
    copy = None
    if look.reading:
        found = _recognised(source, look)
        look, copy = (found, None) if isinstance(found, Look) else (look, found)
    with transaction.atomic():
        source = Source.objects.select_for_update().get(pk=source.pk)
        last = _last(source)
        if look.code:
            check = _failed(source, last, look, now)
        else:
            copies = _copy_now(source, last, look, copy, by)
            check = _answered(source, last, look, copies, now)
        check.created_by = by
        source.checks.current().update(is_current=False)
        check.save()
    return check


@task()
def run_check(source: int, by: int | None) -> int:
    """Check the source with this key for the user with that one, in the background where a worker runs; return the
    key of the check. Raises what `check_source` raises."""
    user = User.objects.get(pk=by) if by is not None else None
    return int(check_source(Source.objects.get(pk=source), by=user).pk)


# What the page has now


def _last(source: Source) -> SourceCheck | None:
    return source.checks.current().select_related("compared", "snapshot").first()


def _newest(source: Source) -> Snapshot:
    return source.snapshots.order_by("-imported_at", "-pk")[0]


def _known(source: Source, last: SourceCheck | None) -> Snapshot:
    """The copy that the page was last known to equal: the newest, unless a check knows better."""
    newest = _newest(source)
    if last and newest.pk in (last.snapshot_id, last.compared_id):
        return last.snapshot or last.compared
    return newest


def _validators(source: Source, last: SourceCheck | None) -> dict[str, str]:
    """What makes a server answer that nothing changed; nothing where there is more to compare than at the last look."""
    if last is None or last.state not in ANSWERED:
        return {}
    if _newest(source).pk not in (last.snapshot_id, last.compared_id):
        return {}
    passages = Passage.objects.filter(evidence__snapshot__source=source, modified_at__gt=last.checked_at)
    return {} if passages.exists() else last.validators


def _recognised(source: Source, look: Look) -> Snapshot | Look | None:
    """Return the stored copy that the page still equals, the Look without a reading where it is no proper page, or None
    where it is changed."""
    text = plain_lines(look.reading.text)
    if same := source.snapshots.filter(text_sha256=sha256_of(text)).first():
        return same
    passages = passages_of(source)
    found = standings(passages, text)
    article = article_in(text, look.exchange.body, look.reading.media_type)
    known = _known(source, _last(source))
    for copy in dict.fromkeys(filter(None, (known, _rested_on(source)))):
        alike = likeness(article_of(copy), article)
        there = standings(passages, copy.text)
        if _is_same(copy, alike, bool(passages)) and same_gist(found, there):
            return copy
        if copy == known and (code := _suspicion(look, alike, there, found)):
            return Look(code, {}, look.exchange)
    return None


def _is_same(copy: Snapshot, alike: Likeness, has_passages: bool) -> bool:
    if copy.text_version:
        return alike.same
    return has_passages or alike.kept == 1


def _suspicion(look: Look, alike: Likeness, before: dict, now: dict) -> str:
    """Name why a page that answers is not taken for a changed article; empty where nothing speaks against it."""
    stood = [pk for pk, standing in before.items() if standing.stands]
    lost = [pk for pk in stood if now[pk].is_gone]
    if stood and 2 * len(lost) <= len(stood):
        return ""
    if look.is_front_page:
        return "front-page"
    if alike.kept < 0.1:
        return "another-page"
    return "stub" if alike.size < 0.5 else ""


def _rested_on(source: Source) -> Snapshot | None:
    """The oldest copy that statements rest on."""
    return source.snapshots.filter(evidence__isnull=False).order_by("imported_at", "pk").first()


def _copy_now(
    source: Source, last: SourceCheck | None, look: Look, copy: Snapshot | None, by: User | None
) -> tuple[Snapshot, Snapshot]:
    """Return the copy that the page was known to equal, and the one that it equals now, stored if it is new."""
    known = _known(source, last)
    if look.unmodified:
        return known, known
    if copy is None:
        copy, _is_new = store_copy(source, _new_copy(look), by=by)
        carry_passages(copy, by=by)
    return known, copy


def _new_copy(look: Look) -> NewCopy:
    exchange, reading = look.exchange, look.reading
    return NewCopy(
        text=reading.text,
        method=CaptureMethod.FETCHED,
        media_type=reading.media_type,
        text_version=reading.version,
        raw=exchange.body,
        captured_at=exchange.fetched_at,
        final_address=exchange.final_address,
        http_status=exchange.status,
        headers=header_lines(exchange),
        warc=warc_of(exchange),
    )


# The state


def _answered(
    source: Source, last: SourceCheck | None, look: Look, copies: tuple[Snapshot, Snapshot], now: datetime.datetime
) -> SourceCheck:
    """The page was read: it is compared with the oldest copy that statements rest on, since that is what they cite."""
    known, copy = copies
    compared = _rested_on(source) or known
    judge_passages(source, copy)
    return SourceCheck(
        source=source,
        checked_at=_moment(source, now),
        state=SourceState.ALIVE if copy == compared else SourceState.CHANGED,
        http_status=look.status,
        validators=look.validators or (last.validators if last and look.unmodified else {}),
        compared=compared,
        snapshot=None if copy == compared else copy,
    )


def _failed(source: Source, last: SourceCheck | None, look: Look, now: datetime.datetime) -> SourceCheck:
    """The page was not read. It is gone after ENOUGH failures that count, APART from each other; before, undecided."""
    failures, counted_at = (last.failures, last.counted_at) if last else (0, None)
    detail = dict(look.detail)
    if since := last and last.reason_detail.get("since"):
        detail["since"] = since
    if counts(look.code):
        detail.setdefault("since", now.isoformat())
        if counted_at is None or now - counted_at >= APART:
            failures, counted_at = failures + 1, now
    is_gone = counts(look.code) and failures >= ENOUGH
    return SourceCheck(
        source=source,
        checked_at=_moment(source, now),
        state=SourceState.GONE if is_gone else SourceState.UNDECIDED,
        reason=look.code,
        reason_detail=detail,
        http_status=look.status,
        failures=failures,
        counted_at=counted_at,
        compared=last.compared if last else None,
        snapshot=last.snapshot if last else None,
    )


def _moment(source: Source, now: datetime.datetime) -> datetime.datetime:
    """`now`, or right after a check of the same moment."""
    while source.checks.filter(checked_at=now).exists():
        now += datetime.timedelta(microseconds=1)
    return now
