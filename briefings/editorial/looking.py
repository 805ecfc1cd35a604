"""One look at a source's address: what came back, as a text or as the reason why there is none. Nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from django.utils import timezone

from briefings.articles import Exchange, FetchFailed, Reading, Unreadable, read, retry_after

from .failures import code_of_status
from .fetching import fetch_page

VALIDATORS = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
NOT_MODIFIED = 304

# Who answers so has not lost the page: these never count towards "gone". Everything else does.
_NO_FAILURE = {
    "http-401", "http-402", "http-403", "http-407", "http-429", "http-451",  # not for us, or not now
    "http-3xx", "too-many-redirects", "downgrade",  # somebody answers, and sends us elsewhere
    "not-an-address", "not-http", "user-info", "port", "private-address",  # our own guard did not ask
    "too-large", "not-text", "encoding", "incomplete",  # a page is there, and we cannot take it
    "empty", "no-text", "encrypted-pdf", "damaged",
    "robots", "paused", "stub", "another-page", "front-page",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What came of asking: a reading, or `code` with what its sentence names; `unmodified` for a 304.

    `exchange` is None where nothing came back.
    """

    code: str = ""
    detail: dict[str, str] = field(default_factory=dict)
    exchange: Exchange | None = None
    reading: Reading | None = None
    unmodified: bool = False

    @property
    def status(self) -> int | None:
        return self.exchange.status if self.exchange else None

    @property
    def validators(self) -> dict[str, str]:
        """What to send next time, so that an unchanged page need not be sent again."""
        if self.exchange is None:
            return {}
        return {name: value for name in VALIDATORS if (value := self.exchange.header(name))}

    @property
    def is_front_page(self) -> bool:
        """Whether we asked for a page and were led to the front page of a site."""
        return (
            self.exchange is not None and not _path(self.exchange.final_address) and bool(_path(self.exchange.address))
        )


def counts(code: str) -> bool:
    """Tell whether a reason speaks for the page being gone: it, its server or the way there was not found to work."""
    return code not in _NO_FAILURE


def look_at(address: str, validators: Mapping[str, str]) -> Look:
    """Fetch and read an address; `validators` are those of an earlier Look. Whatever a server does is an outcome."""
    conditional = {VALIDATORS[name]: value for name, value in validators.items() if name in VALIDATORS}
    try:
        exchange = fetch_page(address, conditional=conditional)
    except FetchFailed as failed:
        return Look(failed.code, dict(failed.detail))
    if exchange.status == NOT_MODIFIED and conditional:
        return Look(exchange=exchange, unmodified=True)
    if not 200 <= exchange.status < 300:
        return Look(code_of_status(exchange.status), _about(exchange), exchange)
    try:
        return Look(exchange=exchange, reading=read(exchange.body, exchange.content_type))
    except Unreadable as unreadable:
        return Look(unreadable.code, _about(exchange), exchange)


def _about(exchange: Exchange) -> dict[str, str]:
    """What the sentence of a failure names, and until when the server wants to be left alone."""
    detail = {"host": urlsplit(exchange.final_address).hostname or "", "status": str(exchange.status)}
    seconds = retry_after(exchange.header("Retry-After"), exchange.fetched_at)
    if seconds is not None and exchange.status in (429, 503):
        detail["retry_at"] = (timezone.now() + timedelta(seconds=seconds)).isoformat()
    return detail


def _path(address: str) -> str:
    parts = urlsplit(address)
    return parts.path.strip("/") + parts.query
