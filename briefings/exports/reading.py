"""Reads the finished HTML of a text as a tree, its marks as marks and its links as whole addresses."""

from typing import Any

from briefings.rendering.html_trees import TreeReader, parsed
from briefings.rendering.trees import Block, Mark


def blocks_of(html: str, address: str) -> tuple[Block, ...]:
    """Return the blocks of rendered HTML; `address` is that of the page, from which its links start."""
    root = parsed(html)
    root.make_links_absolute(address)
    return TreeReader(_mark, own=True).blocks(root)


def _mark(link: Any) -> Mark | None:
    if not _classes(link) & {"cite", "remark"}:
        return None
    return Mark("".join(link.itertext()), link.get("title", ""))


def _classes(element: Any) -> set[str]:
    return set(element.get("class", "").split())
