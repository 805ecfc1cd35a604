"""Unpacks the content codings of HTTP (RFC 9110, section 8.4.1), up to a limit: a small file may hold a huge one."""

import zlib

_PLAIN = {"", "identity"}
_GZIP = {"gzip", "x-gzip"}
_MOST_CODINGS = 2
_MOST_MEMBERS = 100  # each costs a copy of all that follows it


def unpacked(content: bytes, codings: str, limit: int) -> bytes | None:
    """Return `content` without its `codings` (the Content-Encoding header), or None where it exceeds `limit` bytes.

    Raises ValueError for codings that are not read and for damaged or cut content.
    """
    names = [name for name in (part.strip().lower() for part in codings.split(",")) if name not in _PLAIN]
    if len(names) > _MOST_CODINGS:
        raise ValueError(codings)
    for name in reversed(names):
        if name not in {*_GZIP, "deflate"}:
            raise ValueError(codings)
        unfolded = _gzip(content, limit) if name in _GZIP else _deflate(content, limit)
        if unfolded is None:
            return None
        content = unfolded
    return content if len(content) <= limit else None


def _gzip(content: bytes, limit: int) -> bytes | None:
    """Unpack all members; bytes after the last one that are no member are ignored, as browsers do."""
    parts: list[bytes] = []
    size = 0
    while content[:2] == b"\x1f\x8b" or not parts:
        if len(parts) == _MOST_MEMBERS:
            raise ValueError("too many members")
        unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
        part = _inflated(unpacker, content, limit - size)
        if part is None:
            return None
        parts.append(part)
        size += len(part)
        content = unpacker.unused_data
    return b"".join(parts)


def _deflate(content: bytes, limit: int) -> bytes | None:
    """Unpack a zlib stream, or the bare one that some servers send."""
    try:
        return _inflated(zlib.decompressobj(), content, limit)
    except ValueError:
        return _inflated(zlib.decompressobj(-zlib.MAX_WBITS), content, limit)


def _inflated(unpacker: "zlib._Decompress", content: bytes, limit: int) -> bytes | None:
    if not content:
        return b""
    try:
        unfolded = unpacker.decompress(content, limit + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if len(unfolded) > limit:
        return None
    if not unpacker.eof:
        raise ValueError("cut short")
    return unfolded
