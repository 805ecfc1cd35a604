"""What a capture proposes of a source, field by field with where each value comes from, and a source made of it."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from briefings.articles import Metadata, Reading, describe
from briefings.models import Capture, CaptureMethod, DateBasis, Organization, Source, SourceKind
from briefings.models.dates import bounds

from .keys import first_free, taken_keys
from .known_sources import canonical

FIELDS = ("title", "authors", "publisher", "published", "language", "kind", "address")
TYPED, FIRST_LINE, FILE_NAME = "typed", "first line", "file name"
ORIGINS = {
    "address": _("the address"),
    "byline": _("the byline"),
    "citation tags": _("citation tags"),
    "file name": _("the name of the file"),
    "first line": _("the first line"),
    "guess": _("a guess"),
    "heading": _("the heading"),
    "html lang": _("the page’s language mark"),
    "page title": _("the title of the page"),
    "typed": _("what you typed"),
}
LONGEST_TITLE = 300
_KEY_WORDS, _LONGEST_KEY = 4, 60
_SMALL_WORDS = {
    *[
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "of",
        "on",
        "or",
        "over",
        "the",
        "to",
        "under",
        "with",
    ]
}

Proposals = dict[str, list[dict[str, str]]]


def propose(
    content: bytes,
    reading: Reading,
    *,
    content_type: str = "",
    address: str,
    file_name: str = "",
    given: Mapping[str, str] | None = None,
) -> Proposals:
    """Return {field: [{"value": …, "origin": …}, …]}, the best first, for what was read of `content`.

    `given` are values that a person typed, which go before all others. Dates are EDTF, languages BCP 47 tags.
    """
    found: Proposals = {name: [] for name in FIELDS}
    for name, value in (given or {}).items():
        _add(found, name, value, TYPED)
    if reading.media_type == "text/html":
        described = describe(content, address=address, text=reading.text, content_type=content_type)
        _add_described(found, described, address)
    _add(found, "title", reading.title[:LONGEST_TITLE], "page title")
    if not found["title"]:
        _add(found, "title", _first_line(reading.text), FIRST_LINE)
        _add(found, "title", file_name[:LONGEST_TITLE], FILE_NAME)
    _add(found, "address", canonical(address), "address")
    return found


def _add_described(found: Proposals, metadata: Metadata, address: str) -> None:
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    for name in FIELDS:
        best = getattr(metadata, name, None)
        for one in [best, *metadata.alternatives.get(name, ())]:
            if one is not None and not (name == "publisher" and one.value == host):  # a host is nobody's name
                _add(found, name, one.value, one.origin)


def _add(found: Proposals, name: str, value: str, origin: str) -> None:
    value = value.replace("\x00", "").strip()
    if value and value not in (one["value"] for one in found[name]):
        found[name].append({"value": value, "origin": origin})


def _first_line(text: str) -> str:
    line = " ".join(text.strip().partition("\n")[0].split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rpartition(" ")[0] + "…"


def best(capture: Capture, name: str) -> str:
    """Return the best proposal for a field of a capture, or an empty string."""
    proposals = capture.proposed.get(name) or [{"value": ""}]
    return str(proposals[0]["value"])


def kind_of(capture: Capture) -> str:
    """Return the kind of source that a capture looks like: what was typed, else news where it names who and when."""
    if typed := best(capture, "kind"):
        return typed
    is_report = best(capture, "published") and (best(capture, "authors") or best(capture, "publisher"))
    return SourceKind.NEWS if is_report else SourceKind.WEB if live_address(capture) else SourceKind.DOCUMENT


def live_address(capture: Capture) -> str:
    """Return the address under which readers find the original: where it was got, or the one it was given with."""
    return capture.final_address or capture.address


def proposed_source(capture: Capture, *, publisher: Organization | None = None) -> Source:
    """Return an unsaved source with the proposed metadata of a capture, and a key that no other source has."""
    title, published = best(capture, "title"), best(capture, "published")
    name = publisher.name if publisher else best(capture, "publisher")
    return Source(
        key=suggest_key(title, name or urlsplit(live_address(capture)).hostname or "", published),
        title=title,
        address=live_address(capture) or best(capture, "address"),
        canonical_address=best(capture, "address") or None,
        kind=kind_of(capture),
        publisher=publisher,
        authors=best(capture, "authors"),
        published=published,
        published_basis=_basis(capture) if published else "",
        language=best(capture, "language") or "en",
    )


def _basis(capture: Capture) -> str:
    return DateBasis.EDITORS if capture.method == CaptureMethod.TRANSCRIBED else DateBasis.PRINTED


def suggest_key(title: str, publisher: str, published: str) -> str:
    """Return a key such as `dawn-2017-interpol-beijing` that no source has, of what it is from, when, and about."""
    key = key_of(title, publisher, published)
    return first_free(key, taken_keys(Source, key))


def key_of(title: str, publisher: str, published: str) -> str:
    """Return what `suggest_key` begins with, without asking whether another source has it."""
    year = bounds(published)[0][:4] if published and not published.startswith("..") else ""
    place = slugify(publisher.removeprefix("www.").rpartition(".")[0] or publisher).removeprefix("the-")
    words = [word for word in slugify(title).split("-") if word and word not in _SMALL_WORDS]
    return slugify(" ".join([place[:25], year, *words[:_KEY_WORDS]]))[:_LONGEST_KEY].strip("-") or "source"
