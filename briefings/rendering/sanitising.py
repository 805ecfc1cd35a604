"""The last gate before a page: HTML of ours, cut down to an explicit list of tags, attributes and classes."""

import nh3

TAGS = {
    *(
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "ul",
        "ol",
        "li",
        "pre",
        "hr",
        "section",
        "figure",
        "figcaption",
    ),
    *("a", "em", "strong", "code", "br", "span", "q", "img"),
}
ATTRIBUTES = {
    "a": {"href", "title", "id", "role", "aria-label"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start"},
    "section": {"aria-label"},
    "span": {"title"},
}
CLASSES = {
    "a": {"cite", "remark"},
    "span": {
        *("verbatim", "cite-and", "cite-unknown", "credit"),
        *("marked-title", "marked-term", "marked-translation", "marked-label"),
    },
    "section": {"analysis"},
    "code": set(),
}
SCHEMES = {"http", "https", "mailto"}

_cleaner = nh3.Cleaner(
    tags=TAGS, attributes=ATTRIBUTES, allowed_classes=CLASSES, url_schemes=SCHEMES, link_rel=None, strip_comments=True
)


def sanitise(html: str) -> str:
    """Return the HTML with everything removed that is not on the lists above; words are kept."""
    return _cleaner.clean(html)
