"""One page of a list: its rows, how many there are in all, and the numbers of the pages around it."""

from dataclasses import dataclass

from django.http import Http404
from django.utils import formats
from django.utils.translation import gettext as _

PER_PAGE = 25
MOST = 10_000  # counting and leafing stop here, so that the last page costs no more than the database can bear


@dataclass(frozen=True)
class Page:
    """`total` is how many there are, up to MOST; `is_capped` tells that there are more."""

    rows: list
    number: int
    pages: int
    total: int
    is_capped: bool

    @property
    def previous(self):
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self):
        return self.number + 1 if self.number < self.pages else None

    @property
    def numbers(self):
        """The numbers to show: the first, the last, those around this one, and None for a gap."""
        near = {1, self.pages, self.number - 1, self.number, self.number + 1}
        shown = sorted(number for number in near if 1 <= number <= self.pages)
        return [
            item
            for before, number in zip([0, *shown], shown, strict=False)
            for item in ([None, number] if number - before > 1 else [number])
        ]


def counted(queryset):
    """How many rows there are, up to MOST, and whether there are more."""
    found = queryset.order_by()[: MOST + 1].count()
    return min(found, MOST), found > MOST


def in_words(total, is_capped, count):
    """What was counted as a sentence says it; `count` is a lazy ngettext of `number` and `shown`."""
    words = count % {"number": total, "shown": formats.number_format(total, force_grouping=True)}
    return _("more than %(count)s") % {"count": words} if is_capped else words


def page_of(queryset, request, *, rows=list, per_page=PER_PAGE):
    """The page that the request's `page` asks for; raises Http404 where there is no such page.

    `rows` makes the rows of the queryset's slice.
    """
    number = _asked(request.GET.get("page", "1"))
    total, is_capped = counted(queryset)
    pages = max(1, -(-total // per_page))
    if number > pages:
        raise Http404(_("This list has no page %(number)s.") % {"number": number})
    start = (number - 1) * per_page
    found = rows(queryset[start : min(start + per_page, total)]) if total else []
    return Page(found, number, pages, total, is_capped)


def _asked(text):
    if not (text.isascii() and text.isdecimal() and len(text) <= 6) or int(text) == 0:
        raise Http404(_("A page of a list has a number."))
    return int(text)
