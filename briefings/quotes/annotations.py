"""Selectors as W3C Web Annotation JSON (Recommendation of 23 February 2017), written and read.

What is read comes from browsers and other programs, so nothing about it is taken for granted.
"""

from typing import Any

from .anchoring import Selector

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_LONGEST = {"exact": 100_000, "prefix": 2_000, "suffix": 2_000}  # code points
_FURTHEST = 2**31 - 1


def to_annotation(selector: Selector, *, source: str) -> dict[str, Any]:
    """Return an annotation whose target is the passage of `selector` in the resource at the address `source`.

    Its TextQuoteSelector and TextPositionSelector both count Unicode code points, as the specification asks.
    """
    quote = {
        "type": "TextQuoteSelector",
        "exact": selector.exact,
        "prefix": selector.prefix,
        "suffix": selector.suffix,
    }
    position = {"type": "TextPositionSelector", "start": selector.start, "end": selector.end}
    target = {"type": "SpecificResource", "source": source, "selector": [quote, position]}
    return {"@context": CONTEXT, "type": "Annotation", "target": target}


def from_annotation(data: object) -> Selector:
    """Return the selector of an annotation, or of its target alone, as parsed from JSON; other members are ignored.

    ValueError, with a sentence that can be shown, where there is not one passage with its words and its position.
    """
    target = data.get("target", data) if isinstance(data, dict) else None
    if isinstance(target, list) and len(target) == 1:
        target = target[0]
    if not isinstance(target, dict):
        raise ValueError("The annotation has no target, or more than one.")
    selectors = target.get("selector")
    if not isinstance(selectors, list):
        selectors = [selectors]
    quote, position = _only(selectors, "TextQuoteSelector"), _only(selectors, "TextPositionSelector")
    start, end = _offset(position, "start"), _offset(position, "end")
    exact = _text(quote, "exact")
    if not exact:
        raise ValueError("The annotation quotes no words.")
    if end - start != len(exact):
        raise ValueError("The annotation's words are not as long as the place that it names for them.")
    return Selector(exact, _text(quote, "prefix", ""), _text(quote, "suffix", ""), start, end)


def _only(selectors: list[Any], kind: str) -> dict[str, Any]:
    """Return the one selector of a kind."""
    found = [one for one in selectors[:100] if isinstance(one, dict) and one.get("type") == kind]
    if len(found) != 1:
        raise ValueError(f"The annotation needs one {kind}.")
    return found[0]


def _text(selector: dict[str, Any], name: str, default: object = None) -> str:
    value = selector.get(name, default)
    if not isinstance(value, str):
        raise ValueError(f"The annotation’s “{name}” is no text.")
    if len(value) > _LONGEST[name]:
        raise ValueError(f"The annotation’s “{name}” is longer than {_LONGEST[name]} characters.")
    if any("\ud800" <= char <= "\udfff" for char in value):
        raise ValueError(f"The annotation’s “{name}” holds half a character.")
    return value


def _offset(selector: dict[str, Any], name: str) -> int:
    value = selector.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _FURTHEST:
        raise ValueError(f"The annotation’s “{name}” is no position in a text.")
    return value
