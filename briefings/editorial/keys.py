"""Keys and slugs that are suggested for new things: readable, unique, and never asked of an editor."""

import re
import unicodedata
from collections.abc import Collection, Iterable

from django.db.models import Model
from django.utils.text import slugify

from briefings.models import FormerAddress, Organization, Person, Source

_LONGEST = 60  # code points of a suggested key, before a number that tells it from others
_MEANINGFUL = 2  # words of a statement that its key repeats
_SMALL = """
    a an the and or but nor of to in on at by for from with as is are was were be been being it its this that these
    those he she they we i his her their our will would shall should can could may might must has have had do does
    did not no there which who whom what when while than then so if also all any some such more most into over
"""
_SMALL_WORDS = frozenset(_SMALL.split())


def slug_of(name: str) -> str:
    """Return the part of a key that stands for `name`; empty where it has no letter that a key can hold."""
    plain = re.sub(r"['’]", "", unicodedata.normalize("NFKD", name))
    return slugify(re.sub(r"[._/]", "-", plain))[:_LONGEST].strip("-")


def free_key(model: type[Model], wanted: str, fallback: str) -> str:
    """Return `wanted`, or `fallback` where it is empty, with the first number behind it that no other record has or
    had in public."""
    key = wanted or fallback
    return first_free(key, taken_keys(model, key))


def taken_keys(model: type[Model], beginning: str = "") -> set[str]:
    """Return the keys of records that begin so, with those under which some were public before, in two queries."""
    field = model.natural_key_fields[0]
    now = model._base_manager.filter(**{f"{field}__startswith": beginning}).values_list(field, flat=True)
    return {*now, *FormerAddress.objects.of(model).filter(key__startswith=beginning).values_list("key", flat=True)}


def first_free(key: str, taken: Collection[str]) -> str:
    """Return `key`, or the first of key-2, key-3 … that is not taken."""
    number, free = 1, key
    while free in taken:
        number += 1
        free = f"{key}-{number}"
    return free


def statement_key(
    text: str, *, speaker: Person | Organization | None, printed: str, source: Source, paragraph: int
) -> str:
    """Suggest how a statement is cited: who, when and what of, as in `iqbal-2017-growing-challenge`.

    Who is the speaker, else the publisher; when is the year in which the source was published, where it is known; what
    are its first words that mean something, else its paragraph. The key may be taken: see `free_key`.
    """
    who = _who(speaker, printed) if speaker else source.publisher.slug if source.publisher else source.key
    year = re.match(r"\d{4}", source.published)
    return "-".join(filter(None, [who[:_LONGEST], year[0] if year else "", _what(text) or f"p{paragraph}"]))


def _who(speaker: Person | Organization, printed: str) -> str:
    """A person's last name, or the one of their names that the article prints alone ("Xi"); an organization's slug."""
    if isinstance(speaker, Organization):
        return str(speaker.slug)
    parts = speaker.slug.split("-")
    return slug_of(printed) if slug_of(printed) in parts else parts[-1]


def _what(text: str) -> str:
    words = (slug_of(word) for word in re.findall(r"[^\W_][\w’'-]*", text[:1000]))
    meaningful: Iterable[str] = (word for word in words if word and word not in _SMALL_WORDS)
    return "-".join(list(meaningful)[:_MEANINGFUL])[:_LONGEST].strip("-")
