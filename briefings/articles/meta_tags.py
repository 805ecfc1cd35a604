"""What a page says about itself in its tags: citation tags, Open Graph, Dublin Core, the byline, the page."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice

from .fields import in_reading_order, is_name
from .html import Element
from .text import page_title

Found = tuple[str, str, str]  # field, value, origin

_TAGS = {
    "citation tags": {
        "title": ("citation_title",),
        "authors": ("citation_author", "citation_authors"),
        "publisher": ("citation_publisher", "citation_journal_title"),
        "published": ("citation_publication_date", "citation_date", "citation_online_date"),
        "language": ("citation_language",),
        "address": ("citation_public_url", "citation_fulltext_html_url"),
    },
    "Open Graph": {
        "title": ("og:title",),
        "authors": ("article:author", "og:article:author"),
        "publisher": ("og:site_name",),
        "published": ("article:published_time", "og:article:published_time", "og:published_time"),
        "address": ("og:url",),
    },
    "Dublin Core": {
        "title": ("dc.title", "dcterms.title"),
        "authors": ("dc.creator", "dcterms.creator"),
        "publisher": ("dc.publisher", "dcterms.publisher"),
        "published": ("dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date"),
        "language": ("dc.language", "dcterms.language"),
        "address": ("dc.identifier", "dcterms.identifier"),
    },
    "page tags": {
        "title": ("headline", "sailthru.title", "parsely-title", "twitter:title"),
        "authors": ("author", "byl", "sailthru.author", "parsely-author"),
        "publisher": ("application-name", "publisher"),
        "published": ("pubdate", "date", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date"),
        "language": ("content-language", "language"),
    },
}
_TURNED = ("citation_author", "dc.creator", "dcterms.creator")  # a name each, family name first
_SEVERAL = ("citation_author", "article:author", "dc.creator", "dcterms.creator", "author")
_BYLINE = re.compile(
    r"\b(?:by-?line|article-?author|author-?name|story-?author|entry-author|post-author)\b|^author$", re.I
)
_DATE = re.compile(
    r"\b(?:date-?published|published-?(?:date|at|on)|pub-?date|publish-?date|dateline|story-?time|timestamp)\b", re.I
)
_MARKED = ("a", "address", "div", "h3", "h4", "h5", "li", "p", "section", "small", "span", "strong", "time")
_LONGEST_LINE = 250  # code points; what is longer is no byline and no heading
_MOST_VALUES = 50
_MOST_MARKED = 10
_MOST_PARTS = 60
_MOST_ELEMENTS = 50_000


def candidates(root: Element) -> Iterator[Found]:
    """Yield (field, value, origin), the more trusted origins first."""
    tags = _meta(root)
    for origin in ("citation tags", "Open Graph", "Dublin Core"):
        yield from _from_tags(tags, origin)
    yield from _byline(root)
    yield from _from_tags(tags, "page tags")
    yield from _page(root, tags)


def canonical_links(root: Element) -> list[str]:
    """Return where the page says that its original is."""
    links = (link for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower().split())
    return [link.get("href") or "" for link in islice(links, _MOST_MARKED)]


def _meta(root: Element) -> dict[str, list[str]]:
    tags: dict[str, list[str]] = defaultdict(list)
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        if name and meta.get("content"):
            tags[name.strip().lower().replace("dc:", "dc.").replace("dcterms:", "dcterms.")].append(
                meta.get("content") or ""
            )
    return tags


def _from_tags(tags: dict[str, list[str]], origin: str) -> Iterator[Found]:
    for field, names in _TAGS[origin].items():
        for name in names:
            values = tags.get(name, [])[:_MOST_VALUES]
            if name in _SEVERAL:
                names_of = [in_reading_order(value) if name in _TURNED else value for value in values if is_name(value)]
                yield field, ", ".join(dict.fromkeys(names_of)), origin
            elif values:
                yield field, values[0], origin


def _byline(root: Element) -> Iterator[Found]:
    """Yield what is marked as author or date in the article itself."""
    found: Counter[str] = Counter()
    for element in islice(root.iter(*_MARKED), _MOST_ELEMENTS):
        field = _field_of(element)
        found[field] += 1
        if field and found[field] <= _MOST_MARKED:
            stated = element.get("datetime") or element.get("content") if field == "published" else ""
            yield field, stated or _line(element), "byline"


def _field_of(element: Element) -> str:
    """Return which field `element` is marked as; empty for most."""
    attributes = element.attrib
    if not attributes:
        return ""
    marks = {attributes.get("itemprop", "").lower(), *attributes.get("rel", "").lower().split()}
    classes = attributes.get("class", "")[:_LONGEST_LINE]
    if "datemodified" in marks:
        return ""
    if element.tag == "time" or "datepublished" in marks or _DATE.search(classes):
        return "published"
    is_byline = "author" in marks or _BYLINE.search(classes) or "byline" in attributes.get("data-testid", "").lower()
    return "authors" if is_byline else ""


def _line(element: Element) -> str:
    """Return the words of a short element, of its part that is marked as a name where it has one; else nothing."""
    parts = list(islice(element.iter(), _MOST_PARTS + 1))
    if len(parts) > _MOST_PARTS:
        return ""
    named = next((part for part in parts if part.get("itemprop") == "name"), element)
    words = " ".join("".join(named.itertext()).split())
    return words if len(words) <= _LONGEST_LINE else ""


def _page(root: Element, tags: dict[str, list[str]]) -> Iterator[Found]:
    headings = list(islice(root.iter("h1"), 2))
    if len(headings) == 1:
        yield "title", _line(headings[0]), "heading"
    yield "title", page_title(root), "page title"
    for element in [root, root.find("body")]:
        if element is not None:
            language = (
                element.get("lang")
                or element.get("{http://www.w3.org/XML/1998/namespace}lang")
                or element.get("xml:lang")
            )
            yield "language", language or "", "html lang"
    yield "language", next(iter(tags.get("og:locale", [])), ""), "Open Graph"
