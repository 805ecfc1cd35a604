"""Who a relation names, and the route of words from party to party: never a draft's name, no link to what is hidden."""

from itertools import groupby
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from briefings.models import Status


class Party(NamedTuple):
    """Somebody or something named on the way; `url` is empty where there is no public page."""

    name: str
    url: str = ""


def named(path):
    """The columns that `party` reads of the relation `path`; an empty path is the row itself."""
    prefix = f"{path}__" if path else ""
    return tuple(f"{prefix}{name}" for name in ("name", "slug", "status"))


def address_of(view, key):
    return reverse(view, args=[key])


def party(row, path, noun="", *, preview=False, address=address_of):
    """Who a relation names, or None; what was never public shows its name in a preview alone."""
    name, slug, status = (row[column] for column in named(path))
    if slug is None:
        return None
    if status == Status.DRAFT and not preview:
        return Party(_("a name not published here"))
    return Party(name, address(f"{noun or path}-detail", slug) if status == Status.PUBLISHED else "")


def party_of(thing, *, preview=False):
    """A record itself as a party, under the same rule."""
    row = {"name": thing.name, "slug": thing.slug, "status": thing.status}
    return party(row, "", thing._meta.model_name, preview=preview)


def relay(row, **options):
    """The organization or person that passed words on, or None where the text names nobody."""
    return party(row, "organization", **options) or party(row, "person", **options)


def route(voice, relays, publisher):
    """From the speaker through the relays to the publisher; the same name twice running stands once."""
    stops = (voice, *(stop or Party(_("a relay not named")) for stop in relays), publisher)
    return tuple(stop for stop, _again in groupby(filter(None, stops)))
