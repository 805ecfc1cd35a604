"""The capture engine: an address or a file to text and metadata. Import from here; it knows no Django."""

from .canonical import canonical_address
from .connections import connect, resolve
from .dates import edtf_of
from .exchanges import Exchange, warc_of
from .failures import FETCHING, READING, BadAddress, FetchFailed, Unreadable
from .fetching import Limits, fetch
from .guard import is_public
from .media_types import media_type_of
from .metadata import Metadata, Proposed, describe
from .pdf import read_pdf
from .proposals import article_span
from .reading import read
from .references import PROBLEMS, Reference, parse_references
from .robots import retry_after, robots_allow
from .text import TEXT_VERSION, Reading, read_html, read_text

__all__ = [
    "FETCHING",
    "PROBLEMS",
    "READING",
    "TEXT_VERSION",
    "BadAddress",
    "Exchange",
    "FetchFailed",
    "Limits",
    "Metadata",
    "Proposed",
    "Reading",
    "Reference",
    "Unreadable",
    "article_span",
    "canonical_address",
    "connect",
    "describe",
    "edtf_of",
    "fetch",
    "is_public",
    "media_type_of",
    "parse_references",
    "read",
    "read_html",
    "read_pdf",
    "read_text",
    "resolve",
    "retry_after",
    "robots_allow",
    "warc_of",
]
