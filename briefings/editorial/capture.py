"""Capture: from an address, a text or a file to a text with proposed metadata; each act leaves its outcome.

`begin_capture` writes down what was given, and `run_capture` gets and reads it, in the background where a worker runs.
Whatever fails is kept with its reason. What becomes of a capture once an editor has looked at it is in `keeping`.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from briefings.articles import Exchange, FetchFailed, Reading, Unreadable, article_span, read, warc_of
from briefings.models import Capture, CaptureMethod, CaptureState, Snapshot, Source, StaleRecord, User
from briefings.models.sources import HANDED_OVER, sha256_of
from briefings.permissions import ADD, CHANGE, RECAPTURE, may

from .copies import plain_lines
from .failures import code_of_status
from .fetching import fetch_page, header_lines
from .known_sources import sources_at, sources_with_words
from .originals import EXCHANGES, RAW, keep_bytes
from .suggestions import TYPED, live_address, propose

logger = logging.getLogger(__name__)

IN_BACKGROUND = {CaptureMethod.FETCHED, CaptureMethod.UPLOADED}  # what waits for others, or may take its time
TEXT = "text/plain"
SAME_WORDS, MOST_SAME = "same words", 20


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody hands in: an address to be fetched, or content that they have.

    `media_type` is as declared, empty where nobody knows; `seen_at` is when a page was on somebody's screen (UTC);
    `about` are values for fields of the source that a person typed (`suggestions.FIELDS`).
    """

    method: CaptureMethod
    address: str = ""
    content: bytes | None = None
    media_type: str = ""
    file_name: str = ""
    seen_at: datetime | None = None
    about: Mapping[str, str] = field(default_factory=dict)


def begin_capture(given: Given, *, by: User | None, source: Source | None = None, at_once: bool = False) -> Capture:
    """Write down what was given and start on it; return the capture as it stands then.

    With `source`, a further copy of that source is asked for. The capture is finished when this returns, unless a
    worker takes it up; with `at_once` it is never left to one. Raises PermissionDenied, and OSError where a file cannot
    be written; nothing is kept then.
    """
    allow(by, ADD if source is None else RECAPTURE, source or Source)
    capture = Capture(address=given.address[:2000], source=source, created_by=by)
    _take(capture, given)
    capture.save()
    return _start(capture, at_once)


def capture_again(source: Source, *, by: User | None) -> Capture:
    """Fetch a source anew from its address. Raises PermissionDenied, and ValueError where it has no address."""
    if not source.address:
        raise ValueError(f"{source.key} has no address to be fetched from.")
    return begin_capture(Given(CaptureMethod.FETCHED, address=source.address), by=by, source=source)


def hand_over(capture: Capture, given: Given, *, by: User | None) -> Capture:
    """Go on with a capture by what somebody has: the text, the page or the file that could not be fetched.

    The address stays, and so does the reason why the fetch failed. Raises PermissionDenied, StaleRecord, OSError.
    """
    allow(by, CHANGE, capture)
    _take(capture, given)
    capture.save()
    return _start(capture)


def try_again(capture: Capture, *, by: User | None) -> Capture:
    """Start once more on what was given, whether it failed or was cut off. Raises PermissionDenied, StaleRecord."""
    allow(by, CHANGE, capture)
    capture.state, capture.reason, capture.reason_detail, capture.finished_at = CaptureState.WAITING, "", {}, None
    capture.save()
    return _start(capture)


def set_aside(capture: Capture, *, by: User | None) -> None:
    """Take a capture off the list of what is to be looked at; it stays. Raises PermissionDenied, StaleRecord."""
    allow(by, CHANGE, capture)
    capture.state = CaptureState.DROPPED
    capture.save()


def allow(by: User | None, act: str, thing: object) -> None:
    """Raise PermissionDenied where `by` may not do that. Without a user it is the command line, which may."""
    if by is not None and not may(by, act, thing):
        raise PermissionDenied


def _take(capture: Capture, given: Given) -> None:
    """Write what was given into a capture, its bytes into a file."""
    capture.method, capture.state = given.method, CaptureState.WAITING
    capture.file_name, capture.media_type = given.file_name[:255], given.media_type[:100]
    capture.fetched_at, capture.finished_at = given.seen_at, None
    capture.proposed = {name: [{"value": value, "origin": TYPED}] for name, value in given.about.items() if value}
    if given.content is not None:
        capture.raw, capture.raw_sha256 = keep_bytes(given.content, RAW), sha256_of(given.content)
        capture.warc, capture.headers, capture.final_address, capture.http_status = "", "", "", None


def _start(capture: Capture, at_once: bool = False) -> Capture:
    if capture.method in IN_BACKGROUND and not at_once:
        run_capture.enqueue(capture.pk)
    else:
        run_capture.call(capture.pk)
    capture.refresh_from_db()
    return capture


class NotGiven(Exception):
    """The server answered, but not with the page; `code` and `detail` are for `failures.sentence_for`."""

    def __init__(self, exchange: Exchange):
        self.code = code_of_status(exchange.status)
        self.detail = {"host": urlsplit(exchange.final_address).hostname or "", "status": str(exchange.status)}
        super().__init__(self.code)


@task()
def run_capture(pk: int) -> None:
    """Get and read what a waiting capture asks for; every outcome is written into it. Nothing is raised.

    A capture that somebody else has taken up, or taken further meanwhile, is left to them.
    """
    if not Capture.objects.filter(pk=pk, state=CaptureState.WAITING).update(state=CaptureState.RUNNING):
        return
    capture = Capture.objects.get(pk=pk)
    try:
        _get_and_read(capture)
    except (FetchFailed, NotGiven, Unreadable) as failure:
        _fail(capture, failure.code, failure.detail)
    except OSError as error:
        _fail(capture, "storage", {"error": error.strerror or type(error).__name__})
    except Exception as error:  # whatever a page does to a library, its capture says so and can be pasted instead
        logger.exception("Capture %s failed.", pk)
        _fail(capture, "unexpected", {"error": type(error).__name__})
    capture.finished_at = timezone.now()
    try:
        with transaction.atomic():
            capture.save()
    except StaleRecord:
        logger.warning("Capture %s was taken further by somebody while it ran; their state stands.", pk)


def _fail(capture: Capture, code: str, detail: Mapping[str, str]) -> None:
    capture.state, capture.reason, capture.reason_detail = CaptureState.FAILED, code, dict(detail)


def _get_and_read(capture: Capture) -> None:
    if capture.method == CaptureMethod.FETCHED:
        content = _fetch(capture)
    else:
        with capture.raw.open() as file:
            content = file.read()
    reading, declared = _read(capture, content), capture.media_type
    capture.text, capture.text_version = reading.text, reading.version
    if not declared.startswith(reading.media_type):  # what it says of its encoding stays, to be read by again
        capture.media_type = reading.media_type
    _propose(capture, content, reading, declared)
    _settle(capture)


def _propose(capture: Capture, content: bytes, reading: Reading, declared: str) -> None:
    """Propose metadata, and which part of the text is the article."""
    typed = {name: one["value"] for name, found in capture.proposed.items() for one in found if one["origin"] == TYPED}
    capture.proposed = propose(
        content,
        reading,
        content_type=declared,
        address=live_address(capture),
        file_name=capture.file_name,
        given=typed,
    )
    is_page = reading.media_type == "text/html"
    capture.proposed["origin"] = [{"value": str(pk), "origin": SAME_WORDS} for pk in _same_words(capture)]
    span = article_span(reading.text, content, content_type=declared) if is_page else None
    capture.article_start, capture.article_end = span or (None, None)


def _same_words(capture: Capture) -> list[int]:
    """The numbers of the sources that have the same words under another address: what this may be a reprint of."""
    here = sources_at([capture.address, capture.final_address]).order_by().values("pk")
    found = sources_with_words(plain_lines(capture.text)).exclude(pk__in=here).exclude(pk=capture.source_id or 0)
    return list(found.values_list("pk", flat=True)[:MOST_SAME])


def _fetch(capture: Capture) -> bytes:
    """Fetch the page and keep the whole exchange, also where its content turns out to be of no use."""
    exchange = fetch_page(capture.address)
    capture.fetched_at, capture.http_status = exchange.fetched_at, exchange.status
    capture.final_address, capture.headers = exchange.final_address[:2000], header_lines(exchange)
    if not 200 <= exchange.status < 300:
        raise NotGiven(exchange)
    _keep_exchange(capture, exchange)
    return exchange.body


def _keep_exchange(capture: Capture, exchange: Exchange) -> None:
    capture.raw, capture.raw_sha256 = keep_bytes(exchange.body, RAW), sha256_of(exchange.body)
    capture.warc = keep_bytes(warc_of(exchange), EXCHANGES)
    capture.media_type = exchange.content_type[:100]


def _read(capture: Capture, content: bytes) -> Reading:
    """Read the content; a text that was handed over is kept letter for letter."""
    if capture.method in HANDED_OVER and capture.media_type == TEXT:
        return Reading(plain_lines(content.decode()), 0, "", TEXT)
    return read(content, capture.media_type)


def _settle(capture: Capture) -> None:
    """A capture is to be looked at, unless its source has these very words already."""
    capture.state = CaptureState.READY
    sources = [capture.source] if capture.source else sources_at([capture.address, capture.final_address])
    same = Snapshot.objects.filter(source__in=list(sources), text_sha256=sha256_of(plain_lines(capture.text))).first()
    if same:
        capture.state, capture.snapshot, capture.source = CaptureState.SAME, same, same.source
