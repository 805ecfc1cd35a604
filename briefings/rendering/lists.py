"""Lists as programs write them: nested elements, or paragraphs that say at which level of which list they stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .trees import Block, Listing

_LEVEL = re.compile(r"mso-list\s*:\s*l\d+\s+level(\d)", re.IGNORECASE)
_COUNTED = re.compile(r"\(?(\d+|[a-zA-Z]|[ivxIVX]+)[.)]")
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class ListPart:
    """A paragraph that is an item of a list, at a level from 1; `start` is its number where it has one."""

    level: int
    ordered: bool
    start: int
    blocks: tuple[Block, ...] = ()


def part_of(element: Any) -> ListPart | None:
    """Return what a paragraph of Word's says of the list it stands in, without its blocks; None for all others."""
    found = _LEVEL.search(element.get("style", "")) if isinstance(element.tag, str) and element.tag == "p" else None
    if not found:
        return None
    marker = ""
    for within in element.iter("span"):
        if "mso-list:ignore" in within.get("style", "").replace(" ", "").lower():
            marker = "".join(within.itertext()).strip()
            break
    counted = _COUNTED.match(marker)
    start = int(counted[1][:9]) if counted and counted[1].isdecimal() else 1
    return ListPart(min(max(1, int(found[1])), _DEEPEST), bool(counted), start)


def nested(parts: Sequence[ListPart]) -> Iterator[Listing]:
    """Yield the lists that consecutive parts make."""
    place = 0
    while place < len(parts):
        first = parts[place]
        items: list[tuple[Block, ...]] = []
        while place < len(parts):
            part = parts[place]
            if part.level < first.level or (part.level == first.level and part.ordered != first.ordered):
                break
            end = place + 1
            while end < len(parts) and parts[end].level > first.level:
                end += 1
            items.append((*part.blocks, *nested(parts[place + 1 : end])))
            place = end
        yield Listing(first.ordered, first.start, tuple(items))


def listing_of(element: Any, items: Sequence[tuple[Block, ...]]) -> Iterator[Listing]:
    """Yield the list that `ul` or `ol` is, by the blocks of each of its children; a list right in a list is a part."""
    made: list[tuple[Block, ...]] = []
    for child, blocks in zip(element, items, strict=True):
        if child.tag in ("ul", "ol") and made:
            made[-1] = (*made[-1], *blocks)
        elif blocks:
            made.append(blocks)
    start = element.get("start", "")
    first = int(start) if start.isascii() and start.isdecimal() and len(start) < 9 else 1
    if made:
        yield Listing(element.tag == "ol", first, tuple(made))
