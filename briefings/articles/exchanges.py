"""One exchange with a server as it was, and its record for an archive (WARC 1.1, ISO 28500:2017)."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


class _AsReceived(StatusAndHeaders):  # type: ignore[misc]
    """Headers in the very bytes in which they came; the library would percent-encode them."""

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        self.headers_buff = self.to_bytes(encoding="latin-1")


Headers = tuple[tuple[str, str], ...]

# What described the connection and not the content; an archive keeps it under another name.
_HOP_BY_HOP = {"transfer-encoding", "content-length", "trailer"}


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was asked last, and what came back.

    `body` is unpacked; `payload` is the same as the server packed it (`Content-Encoding`), without chunking. Both are
    empty for a status other than 2xx, whose content is not read. `hops` are the addresses asked, in order: the last is
    `final_address`. `peer` is the IP address that answered. `fetched_at` is UTC.
    """

    address: str
    final_address: str
    status: int
    reason: str
    headers: Headers
    body: bytes
    payload: bytes
    fetched_at: datetime
    hops: tuple[str, ...]
    request_headers: Headers
    peer: str

    def header(self, name: str) -> str:
        """Return the first value of the header `name`, whatever its case; empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def content_type(self) -> str:
        """The Content-Type header."""
        return self.header("Content-Type")


def warc_of(exchange: Exchange) -> bytes:
    """Return the exchange as a gzipped WARC/1.1 file: a response record and the request that brought it.

    The payload is what the server sent, still packed as `Content-Encoding` says, without chunking: headers that
    described the transfer are kept as `X-Archive-Orig-…`, and Content-Length is that of the payload.
    """
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True, warc_version="WARC/1.1")
    date = exchange.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    about = {"WARC-Date": date, "WARC-IP-Address": exchange.peer}
    if not 200 <= exchange.status < 300:
        about["WARC-Truncated"] = "unspecified"
    response = writer.create_warc_record(
        exchange.final_address,
        "response",
        payload=io.BytesIO(exchange.payload),
        http_headers=_AsReceived(
            f"{exchange.status} {exchange.reason}".rstrip(), list(_archived(exchange)), protocol="HTTP/1.1"
        ),
        warc_headers_dict=about,
    )
    parts = urlsplit(exchange.final_address)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    request = writer.create_warc_record(
        exchange.final_address,
        "request",
        http_headers=_AsReceived(f"GET {target} HTTP/1.1", list(exchange.request_headers), is_http_request=True),
        warc_headers_dict={"WARC-Date": date},
    )
    writer.write_request_response_pair(request, response)
    return file.getvalue()


def _archived(exchange: Exchange) -> Iterable[tuple[str, str]]:
    for name, value in exchange.headers:
        yield (f"X-Archive-Orig-{name}" if name.lower() in _HOP_BY_HOP else name), value
    yield "Content-Length", str(len(exchange.payload))
