"""The briefing pages: the list, one briefing, and its preview. What a page shows is in `briefing_pages`."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_safe

from briefings.briefing_pages import TEMPLATE, page_context
from briefings.filters import BriefingFilter
from briefings.models import Briefing
from briefings.rows import briefing_rows
from briefings.stored_pages import built_answer

from .details import detail
from .lists import list_page

COUNT = ngettext_lazy("%(shown)s briefing", "%(shown)s briefings", "number")


def briefing_list(request):
    return list_page(
        request,
        BriefingFilter,
        Briefing.objects.published(),
        rows=briefing_rows,
        name="briefing-list",
        section="briefings",
        count=COUNT,
        title=_("Briefings"),
        description=_("Articles of ours, in which every claim can be followed to the words that were printed."),
    )


@require_safe
def briefing_detail(request, key):
    return built_answer(request, key) or detail(request, Briefing, key, briefing_page)


def briefing_page(request, briefing, *, preview=False):
    """The page of a briefing whatever its status: as last published or, for a preview, as its editors left it."""
    if not preview and briefing.current is None:
        raise Http404(_("Nothing is published at this address."))
    return render(request, TEMPLATE, page_context(briefing, preview=preview))
