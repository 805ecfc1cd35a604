"""Fetches a page that someone else controls: only from the public internet, within limits, with nothing of ours.

The resolver and the connector are arguments, so that all of this is tested against servers on loopback.
"""

import contextlib
import http.client
import re
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast

from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.response import BaseHTTPResponse

from .addresses import Address, joined, parse_address
from .connections import (
    Connect,
    Deadline,
    Resolve,
    TimedSocket,
    TooMuch,
    connect,
    first_connected,
    resolve,
    resolved_in_time,
    secured,
)
from .decoding import unpacked
from .exchanges import Exchange, Headers
from .failures import BadAddress, FetchFailed
from .guard import is_public
from .media_types import declared_type, is_declared_readable, media_type_of

REDIRECTS = {301, 302, 303, 307, 308}
CONDITIONS = {"if-none-match", "if-modified-since"}
ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8,*/*;q=0.1"

_CONTROLS = re.compile("[\x00-\x1f\x7f]+")  # RFC 9110, section 5.5: none of them belongs into a header
_PIECE = 65536
_OVERHEAD = 1_000_000  # bytes on the wire beyond the content: headers, chunk sizes


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much: seconds and bytes (after decompression)."""

    connect: float = 5.0
    total: float = 15.0
    size: int = 5_000_000
    redirects: int = 5
    headers: int = 65_536


@dataclass(slots=True)
class _Hop:
    """One request and what it takes: where to, by when, by which means."""

    address: Address
    headers: Headers
    limits: Limits
    deadline: Deadline
    resolve: Resolve
    connect: Connect
    trust: ssl.SSLContext | None
    peer: str = field(default="")


def fetch(
    address: str,
    *,
    agent: str,
    resolve: Resolve = resolve,
    connect: Connect = connect,
    limits: Limits = Limits(),
    conditional: Mapping[str, str] = {},
    trust: ssl.SSLContext | None = None,
) -> Exchange:
    """Fetch `address` by GET as `agent` and return what came back, whatever its status.

    Every answer of the resolver must be a public address, and the connection goes to one of those very addresses with
    the name and the certificate of the host. Each redirect is checked the same way. `conditional` may hold
    If-None-Match and If-Modified-Since. `trust` replaces the system's certificate authorities. Raises FetchFailed.
    """
    deadline = Deadline(limits.total)
    hops: list[str] = []
    try:
        current = parse_address(address)
        while True:
            hops.append(str(current))
            headers = _request_headers(current, agent, conditional)
            hop = _Hop(current, headers, limits, deadline, resolve, connect, trust)
            with _answer(hop) as response:
                location = _first(response, "Location") if response.status in REDIRECTS else ""
                if not location:
                    return _exchange(address, hop, hops, response)
            if len(hops) > limits.redirects:
                raise FetchFailed("too-many-redirects")
            current = _redirected(current, location)
    except BadAddress as error:
        raise FetchFailed(error.code, **error.detail) from error


def _request_headers(address: Address, agent: str, conditional: Mapping[str, str]) -> Headers:
    conditions = [(name, value) for name, value in conditional.items() if name.lower() in CONDITIONS]
    return (
        ("Host", address.authority),
        ("User-Agent", agent),
        ("Accept", ACCEPT),
        ("Accept-Language", "en,*;q=0.5"),
        ("Accept-Encoding", "gzip, deflate"),
        *conditions,
        ("Connection", "close"),
    )


def _redirected(address: Address, location: str) -> Address:
    """Return where `address` leads; headers arrive as Latin-1, addresses in them are often UTF-8."""
    with contextlib.suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    following = joined(address, location)
    if address.scheme == "https" and following.scheme != "https":
        raise FetchFailed("downgrade")
    return following


@contextlib.contextmanager
def _answer(hop: _Hop) -> Iterator[BaseHTTPResponse]:
    """Ask, and yield the response with its headers read; the connection is closed afterwards."""
    host = hop.address.host
    with _failures(host, "malformed"), contextlib.ExitStack() as stack:
        sock, hop.peer = first_connected(
            hop.connect, _public_addresses(hop), hop.address.port, Deadline(hop.deadline.left(hop.limits.connect))
        )
        stack.callback(lambda: sock.close())
        if hop.address.scheme == "https":
            sock = secured(sock, host, hop.trust, Deadline(hop.deadline.left(hop.limits.connect)))
        connection = HTTPConnection(host, hop.address.port)
        connection.sock = cast("ssl.SSLSocket", TimedSocket(sock, hop.deadline, hop.limits.size + _OVERHEAD))
        connection.request("GET", hop.address.target, headers=dict(hop.headers), preload_content=False)
        response = connection.getresponse()
        if response.status < 200 or _size_of(response) > hop.limits.headers:
            raise FetchFailed("malformed", host=host)
        yield response


def _public_addresses(hop: _Hop) -> list[str]:
    """Resolve the host, once; one answer that is not public condemns them all."""
    host = hop.address.host
    if ":" in host or host.replace(".", "").isdigit():
        addresses = [host]
    else:
        try:
            addresses = resolved_in_time(hop.resolve, host, hop.address.port, hop.deadline)
        except (OSError, UnicodeError) as error:
            if isinstance(error, TimeoutError):
                raise
            raise FetchFailed("dns", host=host) from error
    if not addresses:
        raise FetchFailed("dns", host=host)
    if not all(map(is_public, addresses)):
        raise FetchFailed("private-address", host=host)
    return addresses


def _first(response: BaseHTTPResponse, name: str) -> str:
    """Return the first of the headers `name`, which careless servers send twice."""
    return next(iter(response.headers.getlist(name)), "")


def _size_of(response: BaseHTTPResponse) -> int:
    return sum(len(name) + len(value) + 4 for name, value in response.headers.iteritems())


@contextlib.contextmanager
def _failures(host: str, broken: str) -> Iterator[None]:
    """Turn what the network and the library raise into a FetchFailed; `broken` is the code for broken HTTP."""
    try:
        yield
    except (FetchFailed, BadAddress):
        raise
    except (TimeoutError, ReadTimeoutError) as error:
        raise FetchFailed("timeout", host=host) from error
    except TooMuch as error:
        raise FetchFailed("malformed", host=host) from error
    except ssl.SSLError as error:
        raise FetchFailed("tls", host=host) from error
    except (http.client.IncompleteRead, HTTPError) as error:
        raise FetchFailed(broken, host=host) from error
    except OSError as error:
        raise FetchFailed("connection", host=host) from error
    except (http.client.HTTPException, ValueError) as error:
        raise FetchFailed(broken, host=host) from error


def _exchange(address: str, hop: _Hop, hops: list[str], response: BaseHTTPResponse) -> Exchange:
    headers = tuple((name, _CONTROLS.sub(" ", value)) for name, value in response.headers.iteritems())
    payload, body = _content(hop, response) if 200 <= response.status < 300 else (b"", b"")
    return Exchange(
        address=address,
        final_address=hops[-1],
        status=response.status,
        reason=_CONTROLS.sub(" ", response.reason or ""),
        headers=headers,
        body=body,
        payload=payload,
        fetched_at=datetime.now(UTC),
        hops=tuple(hops),
        request_headers=hop.headers,
        peer=hop.peer,
    )


def _content(hop: _Hop, response: BaseHTTPResponse) -> tuple[bytes, bytes]:
    """Return the content as it was packed, and unpacked."""
    if response.status == http.HTTPStatus.PARTIAL_CONTENT:
        raise FetchFailed("incomplete", host=hop.address.host)
    content_type = _first(response, "Content-Type")
    if not is_declared_readable(content_type):
        raise FetchFailed("not-text", media_type=declared_type(content_type)[:100])
    with _failures(hop.address.host, "incomplete"):
        payload = _read(response, hop.limits.size)
    codings = response.headers.get("Content-Encoding", "")
    try:
        body = unpacked(payload, codings, hop.limits.size)
    except ValueError as error:
        raise FetchFailed("encoding", encoding=codings[:100]) from error
    if body is None:
        raise FetchFailed("too-large", limit=str(hop.limits.size))
    if body and not media_type_of(body, content_type):
        raise FetchFailed("not-text", media_type=declared_type(content_type)[:100])
    return payload, body


def _read(response: BaseHTTPResponse, limit: int) -> bytes:
    length = response.headers.get("Content-Length", "")
    if length.isdecimal() and int(length[:20]) > limit:
        raise FetchFailed("too-large", limit=str(limit))
    parts, size = [], 0
    for part in response.stream(_PIECE, decode_content=False):
        parts.append(part)
        size += len(part)
        if size > limit:
            raise FetchFailed("too-large", limit=str(limit))
    return b"".join(parts)
