"""What kind of content a page or a file is: what it says, checked against what it holds."""

import re

HTML, PDF, TEXT = "text/html", "application/pdf", "text/plain"

_HTML_TYPES = {HTML, "application/xhtml+xml", "application/vnd.wap.xhtml+xml"}
_UNSAID = {"", "application/octet-stream", "binary/octet-stream", "unknown/unknown", "application/unknown", "*/*"}
_NOT_FOR_READERS = {"text/css", "text/javascript", "text/ecmascript", "text/event-stream", "text/xml", "text/vcard"}
_LOOKED_AT = 4096
_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_TAG = re.compile(
    rb"\s*(?:(?><!--.*?-->)\s*)*+<(?:!doctype\s+html|html|head|body|title|meta|article|main|div|p|h[1-6]|table|ul)\b",
    re.I | re.S,
)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def declared_type(content_type: str) -> str:
    """Return the bare media type, in lower case, of a Content-Type header; empty where it says nothing."""
    name = content_type.partition(";")[0].strip().lower()
    return "" if name in _UNSAID else name


def is_declared_readable(content_type: str) -> bool:
    """Return whether a Content-Type header leaves hope for text, HTML or PDF; the content has the last word."""
    name = declared_type(content_type)
    return not name or name in _HTML_TYPES or name == PDF or (name.startswith("text/") and name not in _NOT_FOR_READERS)


def media_type_of(content: bytes, content_type: str = "") -> str:
    """Return HTML, PDF or TEXT for `content`, or an empty string where it is none of them."""
    if not is_declared_readable(content_type):
        return ""
    start = content[:_LOOKED_AT]
    if start.lstrip()[:5] == b"%PDF-":
        return PDF
    if _is_binary(start):
        return ""
    name = declared_type(content_type)
    if name in _HTML_TYPES or (not name and _TAG.match(start.removeprefix(_BOMS[2]))):
        return HTML
    return "" if name == PDF else TEXT


def _is_binary(start: bytes) -> bool:
    return not start.startswith(_BOMS) and bool(_BINARY.search(start))
