"""Reads the JSON-LD that pages carry for search engines (schema.org), however carelessly it is written."""

import html
import json
import re
from collections.abc import Iterator
from urllib.parse import urljoin

from .fields import is_name
from .html import Element

Node = dict[str, object]

_LARGEST = 500_000  # code points of one script
_MOST_NODES = 2000
_BEST_FIRST = (
    {"newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "liveblogposting"},
    {"article", "report", "scholarlyarticle", "blogposting", "socialmediaposting", "backgroundnewsarticle"},
    {"interview", "book", "videoobject", "audioobject", "podcastepisode", "digitaldocument", "governmentservice"},
    {"webpage", "itempage", "aboutpage", "creativework"},
)
_WITHIN = ("@graph", "mainEntity", "mainEntityOfPage")
# What pages hide a script in from browsers of the last century.
_BEFORE = ("<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */", "<![CDATA[")
_AFTER = ("-->", "//-->", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "]]>", ";")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")


def candidates(root: Element, address: str) -> Iterator[tuple[str, str]]:
    """Yield (field, value) of the article that the page describes, in the page's own words."""
    nodes = list(_nodes(root))
    article = _article(nodes, address)
    if article is None:
        return
    by_id = {str(node["@id"]): node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    for name in ("headline", "name"):
        yield "title", _text(article.get(name))
    authors = _names(article.get("author") or article.get("creator"), by_id)
    yield "authors", ", ".join(dict.fromkeys(filter(is_name, authors)))
    yield "publisher", next(iter(_names(article.get("publisher"), by_id)), "")
    yield "published", _text(article.get("datePublished"))
    for language in _listed(article.get("inLanguage")):
        yield "language", _text(language.get("alternateName")) if isinstance(language, dict) else _text(language)
    for page in (article.get("url"), article.get("mainEntityOfPage"), article.get("@id")):
        found = page.get("@id") or page.get("url") if isinstance(page, dict) else page
        if isinstance(found, str):
            yield "address", found


def _nodes(root: Element) -> Iterator[Node]:
    """Yield the things that the scripts describe, without those that only hang on others."""
    count = 0
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        waiting = [_loaded(script.text or "")]
        while waiting and count < _MOST_NODES:
            count += 1
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting = value[:_MOST_NODES] + waiting
            elif isinstance(value, dict):
                yield value
                waiting += [value[key] for key in _WITHIN if isinstance(value.get(key), dict | list)]


def _loaded(script: str) -> object:
    if len(script) > _LARGEST:
        return None
    script = _bare(script)
    for text in (script, _TRAILING_COMMA.sub(r"\1", script)):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _bare(script: str) -> str:
    """Return a script without what it is wrapped in; the longest marks go first."""
    script = script.strip()
    for mark in sorted(_BEFORE, key=len, reverse=True):
        script = script.removeprefix(mark).strip()
    for mark in sorted(_AFTER, key=len, reverse=True):
        script = script.removesuffix(mark).strip()
    return script


def _article(nodes: list[Node], address: str) -> Node | None:
    """Return the thing that is the article: the best kind; of several, the one that names this address."""
    for kinds in _BEST_FIRST:
        found = [node for node in nodes if kinds & _kinds(node)]
        if found:
            return next((node for node in found if address and _points_to(node, address)), found[0])
    return None


def _kinds(node: Node) -> set[str]:
    return {kind.rpartition("/")[2].lower() for kind in _listed(node.get("@type")) if isinstance(kind, str)}


def _points_to(node: Node, address: str) -> bool:
    for page in (node.get("url"), node.get("mainEntityOfPage"), node.get("@id")):
        found = page.get("@id") if isinstance(page, dict) else page
        if isinstance(found, str) and _plain(found, address) == _plain(address, address):
            return True
    return False


def _plain(found: str, address: str) -> str:
    try:
        return urljoin(address, found).partition("#")[0].partition("?")[0].rstrip("/").partition("://")[2]
    except ValueError:
        return found


def _names(value: object, by_id: dict[str, Node]) -> Iterator[str]:
    """Yield the names of people or organizations, given as text, as a thing, or as the name of one elsewhere."""
    for each in _listed(value)[:50]:
        if isinstance(each, dict):
            named = each if each.get("name") else by_id.get(str(each.get("@id")), each)
            for name in _listed(named.get("name"))[:50]:
                yield _text(name)
        elif isinstance(each, str):
            yield _text(each)


def _listed(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _text(value: object) -> str:
    """Return the words of a value; search engines allow for entities, so pages write them here too."""
    if isinstance(value, list):
        value = next((each for each in value if isinstance(each, str | dict)), "")
    if isinstance(value, dict):
        value = value.get("@value", "")
    return html.unescape(value[:20_000]) if isinstance(value, str) else ""
