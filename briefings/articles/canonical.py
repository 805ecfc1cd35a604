"""One address for one original: what only tracks, marks a place or names another rendering is folded away.

Two addresses become one only where they surely lead to the same original. Folded: http into https, default ports, case
of the host, percent-encoding, dot segments, fragments, a trailing slash, tracking and session parameters, AMP (pages,
caches, viewers), print variants, mobile hosts. Left alone: `www.`, `/index.html`, doubled slashes, the order and values
of all other parameters, and a leading `/print/`, which is a newspaper's printed edition.
"""

import re
from urllib.parse import parse_qsl, unquote

from .addresses import LONGEST, Address, encoded, parse_address
from .failures import BadAddress

_TRACKING = re.compile(
    r"(?:utm|hsa|mtm|piwik|matomo|vero|__twitter|fb_action|guce)_\w+|_hs(?:enc|mi|fp)|__hs(?:tc|sc|fp)|at_custom\d*"
    r"|(?:pk|ga|ns)_(?:campaign|kwd|keyword|source|medium|content|term|place|cid|mchannel|linkname|fee)"
    r"|at_(?:medium|campaign|campaign_type|format|bbc_team|link_\w+|ptr_name)"
    r"|(?:fb|g|d|y|ys|tw|tt|msc?l|sy)clid|gclsrc|[gw]braid|gad_source|gad_campaignid|rb_clickid|msclkid|li_fat_id"
    r"|mc_[ce]id|mkt_tok|oly_(?:enc|anon)_id|emci|emdi|hsctatracking|igshid|igsh|ref_src|ref_url|fb_source|fb_ref|soc_src"
    r"|soc_trk|_gl|_ga|_openstat|_branch_match_id|cmpid|s_cid|sc_cid|s_kwcid|ocid|icid|ncid|ito|smid|smtyp|xtor|spm"
    r"|wt_mc|wt\.mc_id|wt_zmc|guccounter|amp_js_v|amp_gsa|amp_ct|amp_tf|usqp"
    r"|jsessionid|phpsessid|aspsessionid\w*"
)
_AMP = {
    ("amp", ""),
    ("amp", "1"),
    ("amp", "true"),
    ("outputtype", "amp"),
    ("output", "amp"),
    ("outputtype", "amp-type"),
}
_PRINT = {
    *(
        (name, value)
        for name in ("print", "printable", "printview")
        for value in ("", "1", "true", "yes", "y", "print")
    ),
    *((name, value) for name in ("output", "view", "format", "mode", "pagewanted") for value in ("print", "printable")),
}
_SESSION = re.compile(r";jsessionid=[^/?]*", re.I)
_RENDERING = re.compile(r"(.+)/(?:amp|amphtml|print|printview)", re.I)
_AMP_SUFFIX = re.compile(r"(?<=[^/])\.amp(\.html?)?$", re.I)
_AMP_FIRST = re.compile(r"/amp(/.+)", re.I)
# The last part of an article's path: a number, a date, words with hyphens, a file. "/guitars/amp" is none.
_ARTICLE = re.compile(r"(?:[^/]*[\d-][^/]*|[^/]+\.[a-z]{3,5})", re.I)
_MOBILE = re.compile(r"(?:m|mobile|amp)\.(.+)")
_MOBILE_INSIDE = re.compile(r"([a-z-]{2,12})\.m\.(wiki\w+\.org)")
_SECOND_LEVEL = {"ac", "co", "com", "edu", "gen", "go", "gob", "gov", "govt", "ne", "net", "nic", "or", "org"}
_CACHE = re.compile(r"/[civ](?:/(s))?/(.+)", re.I)
_GOOGLE = re.compile(r"(?:www\.)?google(?:\.[a-z]{2,3}){1,2}")
_VIEWER = re.compile(r"/amp(?:/(s))?/(.+)", re.I)
_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_MOST_UNFOLDED = 3


def canonical_address(address: str) -> str:
    """Return the one address under which the original at `address` is known; canonical addresses stay as they are.

    Raises ValueError, with a plain sentence, if it is not an http(s) address that would be fetched.
    """
    original = _unfolded(parse_address(address))
    path, _, query = original.target.partition("?")
    host, was_mobile = _host(original.host)
    path = _path(_SESSION.sub("", path))
    query = _query(query)
    port = 443 if original.port == 80 or was_mobile else original.port
    text = str(Address("https", host, port, path + (f"?{query}" if query else "")))
    if len(text) > LONGEST:
        raise BadAddress("not-an-address", address=address[:200])
    return text


def _unfolded(address: Address) -> Address:
    """Return the page that an AMP cache or viewer shows."""
    for _ in range(_MOST_UNFOLDED):
        if address.host.endswith("cdn.ampproject.org"):
            match = _CACHE.match(address.target)
        elif _GOOGLE.fullmatch(address.host):
            match = _VIEWER.match(address.target)
        else:
            return address
        if not match:
            return address
        address = parse_address(
            f"http{match[1] or ''}://{unquote(match[2]) if '%2F' in match[2].upper() else match[2]}"
        )
    return address


def _host(host: str) -> tuple[str, bool]:
    """Return the host that a mobile or AMP host stands for, and whether it was one."""
    if inside := _MOBILE_INSIDE.fullmatch(host):
        return f"{inside[1]}.{inside[2]}", True
    match = _MOBILE.fullmatch(host)
    if not match or "." not in match[1]:
        return host, False
    labels = match[1].split(".")
    if len(labels) == 2 and labels[0] in _SECOND_LEVEL:
        return host, False  # mobile.co.uk is a site of its own
    is_site = len(labels) == 2 or (len(labels) == 3 and labels[1] in _SECOND_LEVEL and len(labels[2]) == 2)
    return (f"www.{match[1]}" if is_site else match[1]), True


def _path(path: str) -> str:
    path = _without_dots(_one_spelling(path))
    while (shorter := _shortened(path)) != path:
        path = shorter
    return path


def _shortened(path: str) -> str:
    """Take off one thing that only names a rendering, or a trailing slash."""
    if path.endswith("/"):
        return path if path == "/" or path.endswith("//") else path[:-1]
    if match := _AMP_SUFFIX.search(path):
        return path[: match.start()] + (match[1] or "")
    match = _RENDERING.fullmatch(path)
    if match and _ARTICLE.fullmatch(match[1].rpartition("/")[2]):
        return match[1]
    first = _AMP_FIRST.fullmatch(path)
    return first[1] if first and _ARTICLE.fullmatch(path.rpartition("/")[2]) else path


def _query(query: str) -> str:
    """Return the parameters that choose the content, as they were written and in their order."""
    kept = []
    for pair in query.split("&"):
        name, value = (parse_qsl(pair, keep_blank_values=True, max_num_fields=2) or [("", "")])[0]
        name, value = name.lower(), value.lower()
        if pair and not _TRACKING.fullmatch(name) and (name, value) not in _AMP | _PRINT:
            kept.append(_one_spelling(pair))
    return "&".join(kept)


def _one_spelling(part: str) -> str:
    """Write escapes with capitals, and none for what needs no escape; a lone percent sign gets one."""

    def escape(match: re.Match[str]) -> str:
        char = chr(int(match[1], 16))
        return char if _UNRESERVED.fullmatch(char) else f"%{match[1].upper()}"

    return encoded(_ESCAPE.sub(escape, _NO_ESCAPE.sub("%25", part)))


def _without_dots(path: str) -> str:
    """Resolve `.` and `..` (RFC 3986, section 5.2.4)."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == ".." and kept:
            kept.pop()
        elif segment not in {".", ".."}:
            kept.append(segment)
    if segments and segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)
