"""Web addresses that may be fetched: one strict reading of them, used for whatever is checked, resolved or asked.

What browsers and libraries read in different ways (odd numbers, backslashes, user names) is refused, not guessed.
"""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from .failures import BadAddress

LONGEST = 2000  # code points, as much as the site stores
PORTS = {"http": 80, "https": 443}

_CONTROLS = re.compile("[\x00-\x1f\x7f]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_UNSAFE = re.compile(r"""[^!-~]|["<>\\^`{|}]""")
_LONGEST_HOST = 253


@dataclass(frozen=True, slots=True)
class Address:
    """A fetchable address in its parts: `host` is ASCII in lower case (an IPv6 address without its brackets)."""

    scheme: str
    host: str
    port: int
    target: str  # path and query, percent-encoded

    @property
    def authority(self) -> str:
        """Host and port as the Host header gives them; the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


def parse_address(text: str) -> Address:
    """Read an http(s) address; the fragment is dropped, what is not ASCII is encoded (IDNA 2003, UTF-8).

    Raises BadAddress, a ValueError with a code, for what would not be fetched. Whether the host leads to the public
    internet is `guard`'s question.
    """
    text = text.strip(" \t\r\n\f")
    if not text or len(text) > LONGEST or _CONTROLS.search(text):
        raise BadAddress("not-an-address", address=_shown(text))
    scheme = _SCHEME.match(text)
    if scheme and scheme[1].lower() not in PORTS:
        # What stands before a port is no scheme: "dawn.com:443/news" only lacks one.
        code = "not-an-address" if text[scheme.end() :][:1].isdigit() else "not-http"
        raise BadAddress(code, address=_shown(text), scheme=_shown(scheme[1]))
    try:
        parts = urlsplit(text)
        if not scheme or not parts.netloc:
            raise BadAddress("not-an-address", address=_shown(text))
        if "@" in parts.netloc:
            raise BadAddress("user-info")
        port = parts.port or PORTS[parts.scheme]
        host = _host(parts.netloc)
    except BadAddress:
        raise
    except ValueError as error:
        raise BadAddress("not-an-address", address=_shown(text)) from error
    if port not in PORTS.values() or parts.port == 0:
        raise BadAddress("port", port=str(parts.port))
    query = f"?{parts.query}" if parts.query else ""
    address = Address(parts.scheme, host, port, encoded((parts.path or "/") + query))
    if len(str(address)) > LONGEST:
        raise BadAddress("not-an-address", address=_shown(text))
    return address


def joined(address: Address, location: str) -> Address:
    """Read what a page at `address` points to, a relative reference or a whole address; raises BadAddress."""
    try:
        return parse_address(urljoin(str(address), location.strip(" \t\r\n\f")))
    except BadAddress:
        raise
    except ValueError as error:
        raise BadAddress("not-an-address", address=_shown(location)) from error


def encoded(part: str) -> str:
    """Percent-encode what may not stand in a path or a query; what is encoded already stays as it is."""
    return _UNSAFE.sub(lambda char: "".join(f"%{byte:02X}" for byte in char[0].encode("utf-8", "replace")), part)


def _host(netloc: str) -> str:
    """Return the host of `netloc`; raises ValueError for odd notations of numbers, zones and broken names."""
    if netloc.startswith("["):
        literal = netloc[1 : netloc.index("]")]
        return str(_ipv6(literal))
    name = netloc.partition(":")[0].encode("idna").decode("ascii").lower().removesuffix(".")
    if len(name) > _LONGEST_HOST or not _HOST.fullmatch(name):
        raise ValueError(name)
    # A name whose last part is a number is an IPv4 address to a browser, whatever its notation.
    return str(ipaddress.IPv4Address(name)) if _NUMBER.fullmatch(name.rpartition(".")[2]) else name


def _ipv6(literal: str) -> ipaddress.IPv6Address:
    if "%" in literal:
        raise ValueError(literal)
    return ipaddress.IPv6Address(literal)


def _shown(text: str) -> str:
    return _CONTROLS.sub(" ", text[:200])
