"""Proposes who published what, when and where, from all that a page says about itself; an editor decides.

Each value says where it comes from. The page's own structured words come first, a guess of trafilatura's last.
"""

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import trafilatura

from . import json_ld, meta_tags
from .addresses import parse_address
from .canonical import canonical_address
from .encodings import decoded
from .failures import Unreadable
from .fields import tidied
from .html import Element, parsed

FIELDS = ("title", "authors", "publisher", "published", "language", "address")

_MOST_ALTERNATIVES = 8
_LARGEST_GUESSED, _MOST_TAGS = 1_000_000, 40_000  # code points and tags: trafilatura takes its time


@dataclass(frozen=True, slots=True)
class Proposed:
    """A value, and where on the page it comes from."""

    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """The best proposal for each field, or None; `alternatives` holds the other values of a field, by trust.

    `published` is EDTF; `authors` is as printed, names parted by commas; `address` is canonical.
    """

    title: Proposed | None
    authors: Proposed | None
    publisher: Proposed | None
    published: Proposed | None
    language: Proposed | None
    address: Proposed | None
    alternatives: Mapping[str, tuple[Proposed, ...]]


def describe(content: bytes | str, *, address: str = "", text: str = "", content_type: str = "") -> Metadata:
    """Propose the metadata of an HTML page that was fetched from `address`; never raises on a strange page.

    `text` is our reading of it: an author that trafilatura guesses must stand in it. A publisher is no author.
    """
    found: dict[str, dict[str, Proposed]] = {field: {} for field in FIELDS}
    markup = decoded(content, content_type, is_html=True)
    with contextlib.suppress(Unreadable):
        for field, value, origin in _candidates(parsed(markup), markup, address, text):
            if kept := tidied(field, value):
                found[field].setdefault(kept, Proposed(kept, origin))
    publishers = {name.casefold() for name in found["publisher"]}
    kept_of = {field: list(values.values()) for field, values in found.items()}
    kept_of["authors"] = [each for each in kept_of["authors"] if each.value.casefold() not in publishers]
    kept_of["address"] = list(_addresses(kept_of["address"], address))
    first = {field: next(iter(kept), None) for field, kept in kept_of.items()}
    rest = {field: tuple(kept[1 : _MOST_ALTERNATIVES + 1]) for field, kept in kept_of.items()}
    return Metadata(**first, alternatives=rest)


def _candidates(root: Element, markup: str, address: str, text: str) -> Iterator[tuple[str, str, str]]:
    for href in meta_tags.canonical_links(root):
        yield "address", href, "link rel=canonical"
    for field, value in json_ld.candidates(root, address):
        yield field, value, "JSON-LD"
    yield from meta_tags.candidates(root)
    yield from _guessed(markup, address, text)


def _guessed(markup: str, address: str, text: str) -> Iterator[tuple[str, str, str]]:
    if len(markup) > _LARGEST_GUESSED or markup.count("<") > _MOST_TAGS:
        return
    try:
        guess = trafilatura.extract_metadata(markup, default_url=address or None, extensive=False)
    except Exception:  # a guess is not worth an error, whatever a hostile page makes of the library
        return
    if guess is None:
        return
    yield "title", guess.title or "", "guess"
    if guess.author and guess.author in text:
        yield "authors", guess.author.replace("; ", ", "), "guess"
    if guess.sitename:
        yield "publisher", guess.sitename, "guess"
    yield "published", guess.date or "", "guess"


def _addresses(found: Iterable[Proposed], address: str) -> Iterable[Proposed]:
    """Return canonical addresses: those of the page's own site first, then where it was fetched, then other sites."""
    own: dict[str, Proposed] = {}
    others: dict[str, Proposed] = {}
    for proposed in found:
        value = _canonical(proposed.value, address)
        if value and not (_is_front(value) and address and not _is_front(address)):
            group = own if not address or _site(value) == _site(address) else others
            group.setdefault(value, Proposed(value, proposed.origin))
    if address and (value := _canonical(address, address)):
        own.setdefault(value, Proposed(value, "address"))
    return [*own.values(), *others.values()]


def _canonical(value: str, address: str) -> str:
    try:
        return canonical_address(urljoin(address, value))
    except ValueError:
        return ""


def _is_front(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path in {"", "/"} and not parts.query


def _site(address: str) -> str:
    """Return the host without what names a rendering of the site."""
    try:
        return re.sub(r"^(?:www|m|mobile|amp)\.", "", parse_address(canonical_address(address)).host)
    except ValueError:
        return ""
