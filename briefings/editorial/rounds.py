"""The round: many sources checked in one go, politely. Which are due, in which order, and when each host may be asked.

Politeness is that of a guest: one request at a time, a pause between two to the same host, robots.txt asked once and
kept to (RFC 9309), and nobody asked again before the moment that their Retry-After names (RFC 9110).
"""

import datetime
import logging
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from briefings.articles import FetchFailed, retry_after, robots_allow
from briefings.models import Snapshot, Source, SourceCheck

from .drift import check_source, record_look
from .fetching import fetch_page
from .looking import Look, counts

logger = logging.getLogger(__name__)

PRODUCT = "Briefings"  # the name that a robots.txt knows us by
PAUSE = 5.0  # seconds between two requests to one host
NEVER_ASKED = "private-address", "not-an-address", "not-http", "port", "user-info"


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one source in a round: its check; or none, and why: "left" for a later round, "broken" by us."""

    source: Source
    check: SourceCheck | None = None
    left: bool = False
    broken: str = ""


def due(keys: Collection[str] = (), *, older_than: float = 0, now: datetime.datetime | None = None) -> list[Source]:
    """Return the sources to check, the longest unchecked first: with an address and a copy, and not retracted.

    `keys` names some of them; `older_than` leaves out what was checked less than so many days ago. Sources under
    embargo and drafts are checked as well: their pages change too.
    """
    current = SourceCheck.objects.current().filter(source=OuterRef("pk")).values("checked_at")
    found = Source.objects.exclude(address="").exclude(pk__in=Source.objects.retracted())
    found = found.filter(Exists(Snapshot.objects.filter(source=OuterRef("pk")))).annotate(looked=Subquery(current))
    if keys:
        found = found.filter(key__in=keys)
    if older_than:
        limit = (now or timezone.now()) - datetime.timedelta(days=older_than)
        found = found.filter(Q(looked=None) | Q(looked__lt=limit))
    return list(found.order_by(F("looked").asc(nulls_first=True), "key"))


def paused_hosts(now: datetime.datetime | None = None) -> set[str]:
    """Return the hosts that asked, at the latest check of a page of theirs, for a pause that is not over yet."""
    now = now or timezone.now()
    rows = SourceCheck.objects.current().filter(http_status__in=(429, 503))
    return {
        host_of(address)
        for address, detail in rows.values_list("source__address", "reason_detail")
        if "retry_at" in detail and datetime.datetime.fromisoformat(detail["retry_at"]) > now
    }


def host_of(address: str) -> str:
    """Return the host of an address in small letters; empty where it has none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


@dataclass
class Round:
    """One round. `seconds` bounds when the last request begins; `limit` how many sources are checked, 0 for all."""

    pause: float = PAUSE
    seconds: float = float("inf")
    limit: int = 0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    robots: dict[str, str | Look] = field(default_factory=dict)  # by scheme and host: the rules, or why there are none
    ready: dict[str, float] = field(default_factory=dict)  # by host: when it may be asked again

    def run(self, sources: Sequence[Source]) -> Iterator[Result]:
        """Check `sources`, one host after the other; yield what came of each, also of those that are left for later."""
        self._end = self.clock() + self.seconds
        queues = self._queues(sources)
        paused, done = paused_hosts(), 0
        for host in paused & queues.keys():
            yield from _left(queues.pop(host))
        while queues and not (self.limit and done >= self.limit):
            host = self._next(queues)
            if not self._wait(host):
                break
            result = self._check(queues[host][0][1])
            self.ready[host] = self.clock() + self.pause
            if result is None:  # its robots.txt was asked for; the page comes after a pause
                continue
            queues[host].popleft()
            done += 1
            yield result
            if result.check and "retry_at" in result.check.reason_detail:
                yield from _left(queues[host])
                queues[host].clear()
            if not queues[host]:
                del queues[host]
        for queue in queues.values():
            yield from _left(queue)

    @staticmethod
    def _queues(sources: Sequence[Source]) -> dict[str, deque[tuple[int, Source]]]:
        queues: dict[str, deque[tuple[int, Source]]] = {}
        for place, source in enumerate(sources):
            queues.setdefault(host_of(source.address), deque()).append((place, source))
        return queues

    def _next(self, queues: dict[str, deque[tuple[int, Source]]]) -> str:
        """The host that may be asked now and whose turn came first; else the one that may be asked soonest."""
        now = self.clock()
        return min(queues, key=lambda host: (max(self.ready.get(host, 0), now), queues[host][0][0]))

    def _wait(self, host: str) -> bool:
        """Wait until the host may be asked; False, at once, where the round ends before."""
        now = self.clock()
        moment = max(self.ready.get(host, 0), now)
        if moment > self._end:
            return False
        if moment > now:
            self.sleep(moment - now)
        return True

    def _check(self, source: Source) -> Result | None:
        """Check one source, or None where its robots.txt had to be asked for first."""
        parts = urlsplit(source.address)
        site = f"{parts.scheme}://{parts.netloc}"
        try:
            if site not in self.robots:
                self.robots[site] = rules_of(site)
                if isinstance(self.robots[site], str):
                    return None
            rules = self.robots[site]
            if isinstance(rules, Look):
                return Result(source, record_look(source, rules))
            if not robots_allow(rules, source.address, PRODUCT):
                return Result(source, record_look(source, Look("robots", {"host": parts.hostname or ""})))
            return Result(source, check_source(source))
        except Exception as error:  # one source that breaks us is no reason to leave the others unchecked
            logger.exception("The check of %s broke.", source.key)
            return Result(source, broken=f"{type(error).__name__}: {error}")


def rules_of(site: str) -> str | Look:
    """Return the robots.txt of a site, empty where it has none; or a Look where its pages may not be asked for.

    A site that does not answer cannot have answered for its pages either: the reason is theirs. A fault of the server
    forbids everything, a refusal (4xx) nothing (RFC 9309, sections 2.3.1.3 and 2.3.1.4).
    """
    host = host_of(site)
    try:
        exchange = fetch_page(f"{site}/robots.txt")
    except FetchFailed as failed:
        if counts(failed.code) or failed.code in NEVER_ASKED:
            return Look(failed.code, dict(failed.detail))
        return Look("robots", {"host": host}) if failed.code == "too-large" else ""
    if exchange.status == 429:
        wait = retry_after(exchange.header("Retry-After"), exchange.fetched_at) or 3600
        moment = timezone.now() + datetime.timedelta(seconds=wait)
        return Look("http-429", {"host": host, "status": "429", "retry_at": moment.isoformat()}, exchange)
    if exchange.status >= 500:
        return Look("robots", {"host": host, "status": str(exchange.status)})
    return exchange.body.decode("utf-8", "replace") if exchange.status < 300 else ""


def _left(queue: Collection[tuple[int, Source]]) -> Iterator[Result]:
    return (Result(source, left=True) for _place, source in queue)
