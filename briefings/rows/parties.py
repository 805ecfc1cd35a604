"""Who a relation names, read as columns of a row: never a draft's name, and a link only to what is public."""

from django.urls import reverse
from django.utils.translation import gettext as _

from briefings.models import Status
from briefings.notes import Party


def named(path):
    """The columns that `party` reads of the relation `path`; an empty path is the row itself."""
    prefix = f"{path}__" if path else ""
    return tuple(f"{prefix}{name}" for name in ("name", "slug", "status"))


def party(row, path, noun=""):
    """Who a relation names, or None; what was never public keeps its name to itself."""
    name, slug, status = (row[column] for column in named(path))
    if slug is None:
        return None
    if status == Status.DRAFT:
        return Party(_("a name not published here"))
    return Party(name, reverse(f"{noun or path}-detail", args=[slug]) if status == Status.PUBLISHED else "")
