"""What the elements of HTML are to a text: blocks of it, nothing for a reader, or things that a body cannot have."""

# fmt: off
SKIPPED = frozenset({
    "script", "style", "head", "title", "meta", "link", "base", "template", "noscript", "xml", "input", "select",
    "button", "textarea", "option",
})
EMBEDDED = frozenset({
    "object", "embed", "iframe", "frame", "frameset", "applet", "video", "audio", "canvas", "svg", "math", "map",
})
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = frozenset({
    *HEADINGS, "html", "body", "div", "section", "article", "main", "header", "footer", "aside", "nav", "center",
    "form", "fieldset", "figure", "figcaption", "details", "summary", "address", "dl", "dd", "dt", "tbody", "thead",
    "tfoot", "caption", "hgroup", "p", "ul", "ol", "li", "blockquote", "pre", "hr", "table", "tr",
})
