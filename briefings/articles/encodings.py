"""Bytes to text as a browser would decode them, but never into mojibake where the bytes themselves say better."""

import codecs
import re

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The Encoding Standard reads these names as the larger set that Windows made of them.
_AS_BROWSERS_READ = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
_KNOWN = re.compile(
    r"utf-8|utf-16-?(?:le|be)?|cp(?:125\d|866|874|932|949)|iso8859-\d+|koi8-[ru]|mac-\w+|gb18030|big5hkscs|euc_jp|iso2022_jp"
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_META = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_XML = re.compile(rb"\s*<\?xml\b[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)", re.I)
_PRESCANNED = 4096  # browsers look for <meta charset> in the first 1024 bytes; many pages need more
_SNIFFED = 65_536
_MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def decoded(content: bytes | str, content_type: str = "", *, is_html: bool = False) -> str:
    """Return `content` as text: by its byte order mark, its Content-Type header, its <meta>, else by what it holds.

    Whatever is valid UTF-8 beyond ASCII is read as UTF-8, since other encodings look like it only by a miracle. What
    no encoding explains becomes U+FFFD. NUL is dropped: databases cannot hold it and nobody sees it.
    """
    text = content if isinstance(content, str) else _decoded(content, content_type, is_html)
    return _SURROGATE.sub("\ufffd", text.removeprefix("\ufeff")).replace("\0", "")


def _decoded(content: bytes, content_type: str, is_html: bool) -> str:
    for bom, name in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(name, "replace")
    names = list(_declared(content, content_type, is_html))
    if any(name.startswith("utf-16") for name in names[:1]) and b"\0" in content[:_SNIFFED]:
        return content.decode("utf-16-be" if names[0].endswith("be") else "utf-16-le", "replace")
    try:
        return content.decode("utf-8") if not any(name == "iso2022_jp" for name in names) else content.decode(names[0])
    except (UnicodeDecodeError, LookupError):
        return _legacy(content, names)


def _legacy(content: bytes, names: list[str]) -> str:
    """Decode what is not valid UTF-8."""
    for name in names:
        if name == "utf-8" and _MULTIBYTE.search(content):
            return content.decode("utf-8", "replace")
        if name not in {"utf-8"} and not name.startswith("utf-16"):
            return content.decode(name, "replace")
    guess = from_bytes(content[:_SNIFFED]).best() if not names else None
    name = _known(guess.encoding) if guess else ""
    return content.decode("cp1252" if not name or name.startswith("utf") else name, "replace")


def _declared(content: bytes, content_type: str, is_html: bool) -> list[str]:
    """Return the known encodings that the header and the page name, the header's first."""
    found = [match[1] for match in [_CHARSET.search(content_type)] if match]
    if is_html:
        start = content[:_PRESCANNED]
        found += [match[1].decode("ascii", "replace") for match in (_XML.match(start), _META.search(start)) if match]
    return [name for name in map(_known, found) if name]


def _known(label: str) -> str:
    """Return Python's name of an encoding that web pages use, or an empty string."""
    try:
        name = codecs.lookup(label.strip().lower()).name
    except (LookupError, ValueError):
        return ""
    name = _AS_BROWSERS_READ.get(name, name)
    return name if _KNOWN.fullmatch(name) else ""
