"""Whether a source is here already: under its address in any of its forms, or with its words under another address."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import StrIndex

from briefings.articles import canonical_address
from briefings.models import Snapshot, Source
from briefings.models.sources import sha256_of
from briefings.quotes import blocks

TELLING = 80  # code points: a shorter paragraph could stand anywhere
COMPARED = 3  # of the longest paragraphs
_MOST_COMPARED = 400  # code points of each


def canonical(address: str) -> str:
    """Return the canonical form of an address, or an empty string where it has none."""
    try:
        return canonical_address(address)
    except ValueError:
        return ""


def sources_at(addresses: Iterable[str]) -> QuerySet[Source]:
    """Return the sources that live at any of these addresses, drafts included, in any of the forms of an address."""
    given = {address for address in addresses if address}
    forms = {form for address in given if (form := canonical(address))}
    written = given | {spelled for form in forms for spelled in _spellings(form)}
    return Source.objects.filter(Q(canonical_address__in=forms) | Q(address__in=written)).order_by("pk")


def _spellings(form: str) -> set[str]:
    """The ways in which people write an address whose canonical form nobody entered."""
    plain = form.replace("https://", "http://", 1)
    return {form, plain, f"{form}/", f"{plain}/"}


def sources_with_words(text: str) -> QuerySet[Source]:
    """Return the sources that hold the same words: the very same text, or all of its longest paragraphs.

    Pages put different menus around one wire text, so their whole texts seldom agree. One pass over the stored texts.
    """
    same = Q(text_sha256=sha256_of(text))
    copies = Snapshot.objects.all()
    telling = telling_paragraphs(text)
    for number, paragraph in enumerate(telling):
        copies = copies.annotate(**{f"place_{number}": StrIndex("text", Value(paragraph))})
    if telling:
        same |= Q(**{f"place_{number}__gt": 0 for number in range(len(telling))})
    return Source.objects.filter(pk__in=copies.filter(same).order_by().values("source")).order_by("pk")


def telling_paragraphs(text: str) -> list[str]:
    """Return the longest paragraphs of a text, as long as they say enough to be told from others."""
    paragraphs = sorted(
        {text[start:end].strip() for start, end in blocks(text)}, key=lambda words: (-len(words), words)
    )
    return [words[:_MOST_COMPARED] for words in paragraphs[:COMPARED] if len(words) >= TELLING]
