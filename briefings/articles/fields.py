"""What a field of a source takes: one line, no markup, no longer than it may be."""

import re

from .dates import edtf_of

LONGEST = {"title": 500, "authors": 500, "publisher": 200, "published": 30, "language": 12, "address": 2000}

_LONGEST_READ = 20_000
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_BY = re.compile(r"^(?:(?:written|reported|posted|published)\s+)?(?:by|par|von|por)\b[:\s]+", re.I)
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?")
_ADDRESS = re.compile(r"(?:https?:)?//|www\.|@", re.I)


def tidied(field: str, value: str) -> str:
    """Return `value` as the field takes it; empty where it is none.

    Dates become EDTF, languages BCP 47 tags, "By" before a name goes. A name that is an address is none.
    """
    value = " ".join(_CONTROLS.sub(" ", _TAG.sub("", value[:_LONGEST_READ])).split())
    if field == "published":
        return edtf_of(value)
    if field == "language":
        return language_tag(value)
    if field == "authors":
        value = _BY.sub("", value).strip(" ,;|·")
    if field in {"authors", "publisher"} and not is_name(value):
        return ""
    return value if field == "address" else _clipped(value, LONGEST[field])


def language_tag(value: str) -> str:
    """Return a language tag (BCP 47) written as is usual: `en`, `en-GB`, `pa-Arab`; empty for anything else."""
    match = _LANGUAGE.fullmatch(value)
    if not match:
        return ""
    parts = [match[1].lower(), (match[2] or "").title(), (match[3] or "").upper()]
    return "-".join(part for part in parts if part)


def is_name(value: str) -> bool:
    """Return whether `value` could name a person or an organization: it has letters and is no address."""
    return any(char.isalpha() for char in value) and not _ADDRESS.search(value)


def in_reading_order(name: str) -> str:
    """Return "Family, Given, Suffix" as "Given Family Suffix"; other names as they are."""
    family, *rest = [part.strip() for part in name.split(",")]
    return " ".join([*rest[:1], family, *rest[1:]]).strip()


def _clipped(value: str, longest: int) -> str:
    """Return `value`, or its beginning up to the last whole word with an ellipsis."""
    if len(value) <= longest:
        return value
    start = value[: longest - 1]
    return (start.rpartition(" ")[0].rstrip() or start) + "…"
