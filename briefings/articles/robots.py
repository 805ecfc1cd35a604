"""What a site asks of robots (RFC 9309), and how long it asks them to wait (RFC 9110, section 10.2.3)."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote, unquote, urlsplit

_LARGEST = 512_000  # characters that are read of a robots.txt
_LONGEST_WAIT = 30 * 86_400
_LINE = re.compile(r"\s*(user-agent|allow|disallow)\s*:([^#]*)", re.I)
_PRODUCT = re.compile(r"[A-Za-z_-]+")

Rule = tuple[str, bool]  # a path pattern, and whether it allows


def robots_allow(robots: str, address: str, agent: str) -> bool:
    """Return whether the robots.txt `robots` lets `agent` (a User-Agent header) fetch `address`.

    The group is the one that names the agent's product, else `*`; the longest pattern decides, and Allow wins a tie.
    """
    parts = urlsplit(address)
    path = _normalized((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    if path == "/robots.txt":
        return True
    groups = _groups(robots[:_LARGEST])
    product = _product(agent)
    rules = groups.get(product) if product in groups else groups.get("*", [])
    best, allowed = -1, True
    for pattern, allows in rules or []:
        if len(pattern) >= best and _matches(pattern, path) and (len(pattern) > best or allows):
            best, allowed = len(pattern), allows
    return allowed


def retry_after(value: str, now: datetime) -> int | None:
    """Return the seconds that a Retry-After header asks to wait from `now` (UTC), or None where it says nothing.

    It is never negative, and never more than thirty days.
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(int(value[:20]), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return max(0, min(int((moment - now).total_seconds()), _LONGEST_WAIT))


def _product(agent: str) -> str:
    match = _PRODUCT.match(agent.strip())
    return match[0].lower() if match else ""


def _groups(robots: str) -> dict[str, list[Rule]]:
    """Return the rules of each agent; groups that name the same agent are one."""
    groups: dict[str, list[Rule]] = {}
    current: list[list[Rule]] = []
    naming = False
    for line in robots.removeprefix("\ufeff").splitlines():
        match = _LINE.match(line)
        if not match:
            continue
        field, value = match[1].lower(), match[2].strip()
        if field == "user-agent":
            current = current if naming else []
            current.append(groups.setdefault("*" if value == "*" else _product(value), []))
            naming = True
            continue
        naming = False
        if value:
            for rules in current:
                rules.append((_normalized(value), field == "allow"))
    return groups


def _normalized(path: str) -> str:
    """Return `path` with each character encoded in one way."""
    return "".join(
        part
        if part.upper() in {"%2F", "%2A", "%24", "%3F"}
        else quote(unquote(part, errors="replace"), safe="/*$?=&;:@!,+'()~%")
        for part in re.split(r"(%2f|%2a|%24|%3f)", path, flags=re.I)
    )


def _matches(pattern: str, path: str) -> bool:
    """Match with `*` and a final `$`, in linear time: each part of the pattern is sought after the one before."""
    anchored = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if not others:
        return not anchored or at == len(path)
    *middle, last = others
    for part in middle:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return path.endswith(last) and len(path) - len(last) >= at if anchored else path.find(last, at) >= 0
