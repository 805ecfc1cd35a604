"""Writes a tree as Markdown that a body may have: what it says is rendered as the same words, and never as HTML."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby

from .trees import Aside, Block, Break, Code, Figure, Heading, Image, Inline, Listing, Mark, Paragraph, Quote, Rule, Run

_CITATION = re.compile(r"(\[[^\[\]\n`]*(?<![\w.@\\])@[A-Za-z0-9_][^\[\]\n`]*\])")
_SPECIAL = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])|[*`]|(?<!\w)_|_(?!\w)|\[(?=\^)|\](?=[(\[:])|<(?=[A-Za-z/!?])|&(?=#?\w+;)|(?<=\^)\["
    r"|(?<![\w.@/])@(?=[a-z0-9]+-[a-z0-9])"
)
_AT_START = re.compile(r"(?:#{1,6}(?=\s|$)|>|[-+](?=\s|$)|[-=]+\s*$|:::|~~~|\t)")
_NUMBER_AT_START = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_OUT_OF_PLACE = re.compile(r"[\s<>\\]|[\x00-\x1f]")


def markdown_from(blocks: Iterable[Block]) -> str:
    """Return the blocks as CommonMark with Pandoc's footnote marks and `::: analysis`; the last line has no end."""
    return "\n\n".join(filter(None, map(_block, blocks)))


def _block(block: Block) -> str:
    match block:
        case Heading(level, inlines):
            return f"{'#' * min(level, 6)} {_one_line(inlines)}" if _one_line(inlines) else ""
        case Paragraph(inlines):
            return inline_markdown(inlines)
        case Quote(blocks):
            return _prefixed(markdown_from(blocks), "> ", "> ")
        case Aside(blocks):
            return f"::: analysis\n{markdown_from(blocks)}\n:::"
        case Listing():
            return _list(block)
        case Code(text):
            return _prefixed(text.strip("\n"), "    ", "    ")
        case Rule():
            return "* * *"
        case Figure(image, caption):
            return _image(image) + (f"\n\n{_escaped(caption)}" if caption else "")


def _list(listing: Listing) -> str:
    tight = all(len(item) == 1 or (len(item) == 2 and isinstance(item[1], Listing)) for item in listing.items)
    made = []
    for number, item in enumerate(listing.items, listing.start):
        marker = f"{number}. " if listing.ordered else "- "
        text = ("\n" if tight else "\n\n").join(filter(None, map(_block, item)))
        made.append(_prefixed(text, marker, " " * len(marker)) if text else marker.rstrip())
    return ("\n" if tight else "\n\n").join(made)


def _prefixed(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        ((first if not number else rest) + line).rstrip() if line or not number or rest.strip() else ""
        for number, line in enumerate(lines)
    )


def _one_line(inlines: Sequence[Inline]) -> str:
    made = inline_markdown([Run(" ") if isinstance(each, Break) else each for each in inlines])
    return re.sub(r"#+$", lambda found: "\\" + found[0], made)


def inline_markdown(inlines: Sequence[Inline]) -> str:
    """Return what stands in one paragraph; line breaks are written with a backslash."""
    pieces: list[str] = []
    plain = "".join(each.words if isinstance(each, Run) else "x" if isinstance(each, Mark) else " " for each in inlines)
    place = 0
    for each in inlines:
        if isinstance(each, Run):
            around = plain[place - 1 : place] if place else "", plain[place + len(each.words) :][:1]
            pieces.append(_run(each, *around))
            place += len(each.words)
            continue
        place += 1
        if isinstance(each, Mark):
            about = f" ({_escaped(each.about)})" if each.about else ""
            pieces.append(f"{about}[^{each.label}]" if each.label else "")
        elif isinstance(each, Image):
            pieces.append(_image(each))
        else:
            pieces.append("\\\n")
    text = "".join(pieces).strip().removesuffix("\\").rstrip()
    return "\n".join(map(_safe_start, text.split("\n")))


def _image(image: Image) -> str:
    return f"![{_escaped(image.alt)}]({_address(image.address)})"


def _run(run: Run, before: str, after: str) -> str:
    words = run.words.strip()
    if not words:
        return run.words
    lead, tail = run.words[: run.words.index(words[0])], run.words[len(run.words.rstrip()) :]
    made = _code(words) if run.code else _escaped(words)
    around = ("" if lead else before), ("" if tail else after)
    if (run.strong or run.emphasis) and not run.link and not _flanks(words, *around):
        return lead + made + tail
    stars = "*" * (run.emphasis + 2 * run.strong)
    made = f"{stars}{made}{stars}"
    if run.link:
        made = f"[{made}]({_address(run.link)})"
    return lead + made + tail


def _flanks(words: str, before: str, after: str) -> bool:
    """Whether marks of emphasis around the words would be read as such."""
    opens = not _is_punctuation(words[0]) or not before or before.isspace() or _is_punctuation(before)
    return opens and (not _is_punctuation(words[-1]) or not after or after.isspace() or _is_punctuation(after))


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _code(words: str) -> str:
    longest = max((len(run) for run in re.findall("`+", words)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {words} {fence}" if longest else f"`{words}`"


def _escaped(words: str) -> str:
    """The words so that they are read as words; citations that somebody typed stay citations."""
    parts = _CITATION.split(words)
    return "".join(
        part if number % 2 else _SPECIAL.sub(lambda found: "\\" + found[0], part) for number, part in enumerate(parts)
    )


def _safe_start(line: str) -> str:
    line = line.strip(" \t")
    if _AT_START.match(line):
        return "\\" + line
    return _NUMBER_AT_START.sub(r"\1\\\2", line, count=1) if _NUMBER_AT_START.match(line) else line


def _address(address: str) -> str:
    address = _OUT_OF_PLACE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), address)
    return f"<{address}>" if "(" in address or ")" in address else address


def merged(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Join runs of one manner that stand side by side, with one space where there are several; none at the ends."""
    made: list[Inline] = []
    for manner, group in groupby(inlines, key=_manner):
        each = list(group)
        if manner is None or not isinstance(each[0], Run):
            made += each
            continue
        words = re.sub(r"[ \t\r\n\f]+", " ", "".join(run.words for run in each if isinstance(run, Run)))
        if made and isinstance(made[-1], Run) and made[-1].words.endswith(" "):
            words = words.lstrip(" ")
        if not made or isinstance(made[-1], Break):
            words = words.lstrip(" ")
        if words:
            made.append(Run(words, each[0].strong, each[0].emphasis, each[0].code, each[0].link))
    return _without_end(made)


def _without_end(made: list[Inline]) -> tuple[Inline, ...]:
    while made and (isinstance(made[-1], Break) or (isinstance(made[-1], Run) and not made[-1].words.strip(" "))):
        made.pop()
    if made and isinstance(last := made[-1], Run):
        made[-1] = Run(last.words.rstrip(" "), last.strong, last.emphasis, last.code, last.link)
    return tuple(made)


def _manner(inline: Inline) -> tuple[bool, bool, bool, str] | None:
    return (inline.strong, inline.emphasis, inline.code, inline.link) if isinstance(inline, Run) else None
