"""Reads what reference managers export: CSL-JSON, RIS and Zotero's CSV, into the fields of a source.

Abstracts, notes, tags and files are dropped: they are someone's private work or others' text.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

import rispy

from .canonical import canonical_address
from .dates import edtf_of
from .encodings import decoded
from .failures import Unreadable
from .fields import in_reading_order, tidied

PROBLEMS = {
    "no-title": "It has no title.",
    "date-unreadable": "Its date cannot be read and is left out.",
    "address-unusable": "Its address is not one that can be visited and is left out.",
    "kind-unknown": "Its kind is not one of ours; look at it.",
}

_LARGEST = 20_000_000  # bytes
_MOST = 20_000
_MOST_COLUMNS = 200
_FIRST_TAG = re.compile(r"\s*TY  ?- ", re.I)
_RIS_DATE = re.compile(r"(\d{4})(?:/(\d{1,2})?(?:/(\d{1,2})?)?)?(?:/.*)?")

# The names of kinds in CSL, RIS and Zotero, by ours.
_KINDS = {
    "news": "article-newspaper article-magazine news mgzn newspaperarticle magazinearticle",
    "web": "webpage article-journal article elec ejour jour blogpost journalarticle encyclopediaarticle dictionaryentry"
    " entry entry-dictionary entry-encyclopedia ency dict review review-book preprint conferencepaper paper-conference"
    " cpaper conf dataset data software",
    "transcript": "speech hear hearing presentation",
    "release": "pressrelease",
    "record": "legislation bill legal_case report regulation treaty patent standard stat case legal govdoc rprt pat"
    " stand statute",
    "interview": "interview",
    "broadcast": "broadcast motion_picture song video sound mpct multi advs radiobroadcast tvbroadcast podcast"
    " videorecording audiorecording film",
    "book": "book chapter chap ebook echap edbook ser classic collection booksection pamphlet pamp thesis thes",
    "post": "post post-weblog blog icomm forumpost instantmessage socialmediapost",
    "document": "document manuscript personal_communication unpb pcomm manscpt letter email map graphic figure"
    " gen inpr",
}
_KIND_OF = {name: kind for kind, names in _KINDS.items() for name in names.split()}
_IN_A_MEDIUM = {"news", "web", "post", "broadcast"}  # known by where they appeared rather than by who printed them


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference in the fields of a source; `kind` is one of its kinds, `published` is EDTF.

    `authors` are "Given Family", parted by commas; `address` is as exported. `problems` are codes of PROBLEMS.
    """

    title: str
    kind: str
    authors: str
    publisher: str
    published: str
    language: str
    address: str
    problems: tuple[str, ...] = ()


def parse_references(content: bytes, name: str) -> list[Reference]:
    """Read an export, in its order, by what it holds; `name` is that of the file and decides where that is unclear.

    Raises Unreadable ("empty", "too-large", "damaged", "not-references").
    """
    if len(content) > _LARGEST:
        raise Unreadable("too-large")
    text = decoded(content).strip()
    if not text:
        raise Unreadable("empty")
    references = list(islice(_parsed(text, name.lower().rpartition(".")[2]), _MOST + 1))
    if len(references) > _MOST:
        raise Unreadable("too-large")
    return references


def _parsed(text: str, suffix: str) -> Iterator[Reference]:
    if text[0] in "[{":
        return _csl(text)
    if _FIRST_TAG.match(text) or suffix == "ris":
        return _ris(text)
    if '"Item Type"' in text[:2000] or "Item Type," in text[:2000]:
        return _zotero(text)
    raise Unreadable("damaged" if suffix == "json" else "not-references")


def _csl(text: str) -> Iterator[Reference]:
    try:
        items = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable("damaged") from error
    if isinstance(items, dict):
        items = items.get("items", [items])
    if not isinstance(items, list):
        raise Unreadable("not-references")
    for item in items:
        if isinstance(item, dict):
            kind = _string(item.get("type"))
            genre = _string(item.get("genre")).lower().replace(" ", "")
            yield _reference(
                kind=genre if genre == "pressrelease" else kind,
                title=_string(item.get("title")),
                authors=_csl_names(item.get("author")) or _csl_names(item.get("editor")),
                medium=_string(item.get("container-title")),
                publisher=_string(item.get("publisher")),
                published=_csl_date(item.get("issued")),
                language=_string(item.get("language")),
                address=_string(item.get("URL")),
            )


def _csl_names(names: object) -> list[str]:
    if not isinstance(names, list):
        return []
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return [
        _string(name.get("literal")) or " ".join(filter(None, (_string(name.get(part)) for part in parts)))
        for name in names
        if isinstance(name, dict)
    ]


def _csl_date(date: object) -> str:
    """Return the date in words that `dates` reads, an interval with its stroke."""
    if not isinstance(date, dict):
        return _string(date)
    parts = date.get("date-parts")
    days = [_day(part) for part in parts[:2] if isinstance(part, list)] if isinstance(parts, list) else []
    if not days or not all(days):
        return _string(date.get("raw")) or _string(date.get("literal"))
    return "/".join(days) + ("~" if date.get("circa") and len(days) == 1 else "")


def _day(parts: list[object]) -> str:
    numbers = [str(part).strip() for part in parts[:3] if str(part).strip()]
    return "-".join(number.zfill(2) for number in numbers) if all(map(str.isdecimal, numbers)) else ""


def _ris(text: str) -> Iterator[Reference]:
    try:
        entries = rispy.loads(text)
    except Exception as error:  # the library names no errors of its own
        raise Unreadable("damaged") from error
    if not entries:
        raise Unreadable("damaged")
    for entry in entries:

        def first(*names: str, entry: Mapping[str, object] = entry) -> str:
            return next((value for name in names if (value := _string(entry.get(name)))), "")

        yield _reference(
            kind=first("type_of_reference"),
            title=first("title", "primary_title", "short_title"),
            authors=[in_reading_order(name) for name in _strings(entry.get("authors") or entry.get("first_authors"))],
            medium=first("secondary_title", "journal_name", "alternate_title3", "alternate_title2"),
            publisher=first("publisher"),
            published=_ris_date(first("date", "year", "publication_year")),
            language=first("language"),
            address=first("urls"),
        )


def _ris_date(date: str) -> str:
    """Return YYYY/MM/DD/… with what is filled in."""
    match = _RIS_DATE.fullmatch(date)
    return "-".join(part.zfill(2) for part in match.groups() if part) if match else date


def _zotero(text: str) -> Iterator[Reference]:
    rows = csv.reader(io.StringIO(text, newline=""))
    try:
        names = next(rows)[:_MOST_COLUMNS]
        entries = [dict(zip(names, row, strict=False)) for row in islice(rows, _MOST + 1)]
    except csv.Error as error:
        raise Unreadable("damaged") from error
    for row in entries:
        yield _reference(
            kind=_string(row.get("Item Type")),
            title=_string(row.get("Title")),
            authors=[in_reading_order(name) for name in _string(row.get("Author")).split(";")],
            medium=_string(row.get("Publication Title")),
            publisher=_string(row.get("Publisher")),
            published=_string(row.get("Date")) or _string(row.get("Publication Year")),
            language=_string(row.get("Language")),
            address=_string(row.get("Url")),
        )


def _reference(
    *,
    kind: str,
    title: str,
    authors: Iterable[str],
    medium: str,
    publisher: str,
    published: str,
    language: str,
    address: str,
) -> Reference:
    known = _KIND_OF.get(kind.lower())
    ours = known or ("web" if address else "document")
    edtf = _edtf(published)
    usable = _usable(address)
    problems = {
        "no-title": not title.strip(),
        "kind-unknown": not known,
        "date-unreadable": bool(published.strip()) and not edtf,
        "address-unusable": bool(address.strip()) and not usable,
    }
    return Reference(
        title=tidied("title", title),
        kind=ours,
        authors=tidied("authors", ", ".join(dict.fromkeys(name.strip() for name in authors if name.strip()))),
        publisher=tidied("publisher", (medium or publisher) if ours in _IN_A_MEDIUM else (publisher or medium)),
        published=edtf,
        language=tidied("language", language),
        address=usable,
        problems=tuple(code for code, is_there in problems.items() if is_there),
    )


def _edtf(printed: str) -> str:
    """Return the EDTF of a date or of an interval of two; `~` for "about"."""
    about = printed.endswith("~")
    days = [edtf_of(day) for day in printed.removesuffix("~").split("/")] if "/" in printed else []
    if len(days) == 2 and all(days) and days[0] <= days[1]:
        return "/".join(days)
    single = edtf_of(printed.removesuffix("~"))
    return f"{single}~" if single and about else single


def _usable(address: str) -> str:
    try:
        canonical_address(address)
    except ValueError:
        return ""
    return address.strip()


def _string(value: object) -> str:
    if isinstance(value, list):
        value = next(iter(value), "")
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _strings(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else [_string(value)]
