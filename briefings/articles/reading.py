"""Reads whatever was fetched, pasted or uploaded, by what it is."""

from .failures import Unreadable
from .media_types import HTML, PDF, media_type_of
from .pdf import read_pdf
from .text import Reading, read_html, read_text


def read(content: bytes, content_type: str = "") -> Reading:
    """Read HTML, a PDF or plain text; the content itself has the last word over `content_type`. Raises Unreadable."""
    if not content.strip():
        raise Unreadable("empty")
    kind = media_type_of(content, content_type)
    if kind == HTML:
        return read_html(content, content_type=content_type)
    if kind == PDF:
        return read_pdf(content)
    if not kind:
        raise Unreadable("not-text")
    return read_text(content, content_type=content_type)
