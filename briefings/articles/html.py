"""Parses HTML. Nesting deeper than the parser follows would lose what lies below it, so such a page is refused."""

import re
from typing import TypeAlias

from lxml import etree

from .failures import Unreadable

Element: TypeAlias = etree._Element

# The parser drops what stands after </html>; browsers count it to the body, which ends with the page.
_END = re.compile(r"</(?:html|body)\b[^<>]{0,200}>", re.I)
_MOST_ELEMENTS = 250_000  # five times what the longest pages have
_TOO_DEEP = "Excessive depth"


def parsed(markup: str) -> Element:
    """Return the root of the parsed page; raises Unreadable ("empty", "no-text", "damaged", "too-large")."""
    if not markup.strip():
        raise Unreadable("empty")
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_blank_text=False)
    try:
        root = etree.fromstring(_END.sub("", markup).encode(), parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise Unreadable("damaged") from error
    if root is None:
        raise Unreadable("no-text")
    if root.xpath("count(//*)") > _MOST_ELEMENTS:
        raise Unreadable("too-large")
    if any(_TOO_DEEP in entry.message for entry in parser.error_log):
        raise Unreadable("damaged")
    return root
