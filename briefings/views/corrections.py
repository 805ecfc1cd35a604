"""Corrections: the public list of what was wrong and what it says now, and the way to each one in it."""

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from briefings.filters import CorrectionFilter
from briefings.models import Correction
from briefings.pagination import MOST, PER_PAGE
from briefings.rows import correction_rows

from .lists import list_page

COUNT = ngettext_lazy("%(shown)s correction", "%(shown)s corrections", "number")


def correction_list(request):
    return list_page(
        request,
        CorrectionFilter,
        Correction.objects.published(),
        rows=correction_rows,
        name="correction-list",
        section="corrections",
        count=COUNT,
        title=_("Corrections"),
        description=_("What something here said, what it says now, why it was changed, and when."),
    )


def correction_detail(request, key):
    """Lead to the correction's place in the list: the page that it stands on moves with every new one."""
    found = Correction.objects.published().filter(key=key).first()
    if found is None:
        raise Http404(_("There is no correction at this address."))
    newer = Correction.objects.published().after(found).order_by()[:MOST].count()
    number = newer // PER_PAGE + 1
    page = f"?page={number}" if number > 1 else ""
    return HttpResponseRedirect(f"{reverse('correction-list')}{page}#{found.key}")
