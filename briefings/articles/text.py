"""The text that quotations are checked against: our own walk over a parsed page, which loses nothing a reader sees.

The rules, whose number is TEXT_VERSION; a change to any of them raises it:
- A block (paragraph, heading, caption, figure, table row …) ends with a blank line; a list item, a table cell and
  `<br>` end with a line end. To the quote engine both part blocks.
- White space inside a block is collapsed as a browser does: a run of ASCII spaces, tabs and line ends is one space,
  none at the ends of a line. All other characters stay: no-break spaces, ZWNJ and ZWJ, bidi marks, soft hyphens.
  `<pre>` and `<textarea>` keep their white space. NUL is dropped.
- Inline elements bring neither spaces nor breaks.
- What a reader does not see is left out: scripts, styles, templates, `noscript`, comments, the content of embedded
  frames and media, choices of a form, closed dialogs, elements that are `hidden` or that their own `style` hides.
- What no one could select is not text: alternative texts, list numbers, marks that a style sheet adds.
"""

import re
from dataclasses import dataclass

from lxml import etree

from .encodings import decoded
from .failures import Unreadable
from .html import Element, parsed
from .media_types import HTML, TEXT, media_type_of

TEXT_VERSION = 1

_LARGEST = 20_000_000  # bytes or code points; the fetch stops long before


def _tags(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_LINES = frozenset({"li", "td", "th", "dt", "dd"})
_BLOCKS = _tags(
    "address article aside blockquote body caption center details dialog dir div dl fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hgroup hr legend listing main menu nav noframes ol optgroup p plaintext pre search"
    " section summary table tbody tfoot thead tr ul xmp textarea"
)
_VERBATIM = frozenset({"pre", "listing", "xmp", "plaintext", "textarea"})
_SHAPING = _BLOCKS | _LINES | _VERBATIM | {"br"}
_UNSEEN = _tags(
    "script style template noscript title iframe object applet audio video canvas select datalist rp desc metadata"
    " defs symbol annotation annotation-xml noembed frameset"
)
# <html> and <body> are hidden only until a script of the page has run.
_MAY_BE_HIDDEN = "//*[@hidden or @style or self::dialog][not(self::html or self::body)]"
_SPACES = re.compile(r"[ \t\n\f\r]+")
_STYLED_AWAY = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\s*(?:!important\s*)?(?:;|$)", re.I
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is kept. `version` is TEXT_VERSION; `pages` are where the pages of a PDF begin, in code points."""

    text: str
    version: int
    title: str
    media_type: str
    pages: tuple[int, ...] = ()


def read_html(content: bytes | str, *, content_type: str = "") -> Reading:
    """Read all that a reader sees of a page; raises Unreadable ("empty", "no-text", "damaged", "too-large")."""
    _refuse_size(content)
    root = parsed(decoded(content, content_type, is_html=True))
    text = text_of(root)
    if not text.strip():
        raise Unreadable("no-text")
    return Reading(text, TEXT_VERSION, page_title(root), HTML)


def read_text(content: bytes | str, *, content_type: str = "") -> Reading:
    """Read plain text: line ends become LF, empty lines around it and NUL are dropped, nothing else is touched.

    Raises Unreadable ("empty", "not-text", "too-large").
    """
    _refuse_size(content)
    if isinstance(content, bytes) and content and not media_type_of(content, TEXT):
        raise Unreadable("not-text")
    text = decoded(content, content_type).replace("\r\n", "\n").replace("\r", "\n")
    lines = text.rstrip().split("\n")
    while lines and not lines[0].strip():
        del lines[0]
    if not lines:
        raise Unreadable("empty")
    return Reading("\n".join(lines), TEXT_VERSION, "", TEXT)


def page_title(root: Element) -> str:
    """Return what the page calls itself in its <title>, on one line."""
    title = root.find(".//head/title")
    if title is None:
        title = root.find(".//title")
    return " ".join("".join(title.itertext()).split()) if title is not None else ""


def text_of(root: Element) -> str:
    """Return the text of a parsed page, by the rules of this module."""
    writer = _Writer()
    hidden = {element for element in root.xpath(_MAY_BE_HIDDEN) if _is_hidden(element)}
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    unseen: Element | None = None
    for event, element in walk:
        if unseen is not None:
            if event != "end" or element is not unseen:
                continue
            unseen = None
        elif event == "start":
            tag = element.tag
            if element in hidden or (tag in _UNSEEN and "shadowrootmode" not in element.attrib):
                unseen = element
                walk.skip_subtree()
                continue
            if tag in _SHAPING:
                writer.open(tag)
            if data := element.text:
                writer.write(data)
            continue
        elif event == "end" and element.tag in _SHAPING:
            writer.close(element.tag)
        if data := element.tail:
            writer.write(data)
    return writer.text()


def _is_hidden(element: Element) -> bool:
    """Return whether the page itself hides `element`."""
    if element.tag == "dialog" and "open" not in element.attrib:
        return True
    hidden = element.get("hidden")
    if hidden is not None and hidden.strip().lower() != "until-found":
        return True
    style = element.get("style")
    return style is not None and bool(_STYLED_AWAY.search(style))


def _refuse_size(content: bytes | str) -> None:
    if len(content) > _LARGEST:
        raise Unreadable("too-large")


class _Writer:
    """Collects text from left to right. White space and line ends wait until a glyph follows, so none stand at ends."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._breaks = 0
        self._space = False
        self._verbatim = 0
        self._is_at_start_of_verbatim = False

    def open(self, tag: str) -> None:
        if tag == "br":
            self._breaks = min(self._breaks + 1, 2) if not self._verbatim else self._breaks + 1
        else:
            self._part(tag)
        if tag in _VERBATIM:
            self._verbatim += 1
            self._is_at_start_of_verbatim = True

    def close(self, tag: str) -> None:
        if tag in _VERBATIM:
            self._verbatim -= 1
        self._part(tag)

    def write(self, data: str) -> None:
        if self._verbatim:
            self._write_lines(data)
            return
        text = _SPACES.sub(" ", data)
        if text[0] == " ":
            self._space = True
            text = text[1:]
        if text:
            self._settle()
            self._space = text[-1] == " "
            self._parts.append(text[:-1] if self._space else text)

    def text(self) -> str:
        return "".join(self._parts)

    def _part(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._breaks = 2
        elif tag in _LINES:
            self._breaks = max(self._breaks, 1)

    def _write_lines(self, data: str) -> None:
        lines = data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if self._is_at_start_of_verbatim and len(lines) > 1 and not lines[0]:
            del lines[0]  # a line end right after the tag is none
        self._is_at_start_of_verbatim = False
        for number, line in enumerate(lines):
            self._breaks += number > 0
            if line:
                self._settle()
                self._parts.append(line)

    def _settle(self) -> None:
        if self._parts:
            if self._breaks:
                self._parts.append("\n" * self._breaks)
            elif self._space:
                self._parts.append(" ")
        self._breaks, self._space = 0, False
