"""The editorial health page: what of the whole collection is uncited, alone, second-hand, contradicted or loose."""

from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.admin.publishing import change_address
from briefings.editorial.evidence import body_problems
from briefings.editorial.health import (
    POINTERS,
    second_hand_statements,
    single_origin_statements,
    sources_without_copy,
    unlinked,
    unmentioned_contradictions,
)
from briefings.models import Briefing, Statement
from briefings.pagination import counted, page_of
from briefings.permissions import READ, may

from .captures import page

BRIEFINGS_AT_ONCE = 10  # each is checked anew
UNCITED = "uncited-paragraph"


def addresses(site):
    """The page, behind the login."""
    return [path("health/", site.admin_view(health_view), name="desk-health")]


def _statement_rows(statements):
    return [
        {"address": change_address(one), "name": Truncator(one.text).chars(140), "more": one.key} for one in statements
    ]


def _source_rows(sources):
    return [{"address": change_address(one), "name": one.title, "more": one.get_kind_display()} for one in sources]


def _thing_rows(things):
    return [
        {"address": change_address(one), "name": str(one), "more": "" if one.was_published else _("draft")}
        for one in things
    ]


def _contradiction_rows(citations):
    return [
        {
            "address": reverse("admin:desk-writing", args=[one.revision.briefing_id]),
            "name": one.revision.title,
            "more": _("cites “%(key)s” (note %(number)s), which another statement contradicts")
            % {"key": one.statement.key, "number": one.number},
        }
        for one in citations
    ]


def _briefing_rows(briefings):
    """Briefings with the lines of their paragraphs that cite nothing."""
    for one in briefings:
        lines = [found.line for found in body_problems(one.body, briefing=one) if found.code == UNCITED]
        if lines:
            said = _("lines %(lines)s") % {"lines": ", ".join(map(str, lines))}
            yield {"address": reverse("admin:desk-writing", args=[one.pk]), "name": one.title, "more": said}


def _unlinked(model):
    return (capfirst(model._meta.verbose_name_plural), lambda: unlinked(model), _thing_rows)


# Each list of the page: its name in the address, its title, what is in it, and how its rows are made.
LISTS = {
    "contradicted": (
        gettext_lazy("Contradictions not mentioned"), unmentioned_contradictions, _contradiction_rows,
    ),
    "one-origin": (gettext_lazy("Statements that go back to one origin"), single_origin_statements, _statement_rows),
    "second-hand": (gettext_lazy("Statements held only at second hand"), second_hand_statements, _statement_rows),
    "no-copy": (gettext_lazy("Sources without a stored copy"), sources_without_copy, _source_rows),
    **{f"loose-{model._meta.model_name}": _unlinked(model) for model in POINTERS},
}  # fmt: skip
LOOSE = [name for name in LISTS if name.startswith("loose-")]
UNCITED_LIST = "uncited"


def health_view(request):
    """The counts of all lists, and one of the lists in full."""
    if not may(request.user, READ, Statement()):
        raise PermissionDenied(_("The health of the collection is for editors."))
    chosen = request.GET.get("show", UNCITED_LIST)
    chosen = chosen if chosen in LISTS else UNCITED_LIST
    counts = [(name, title, *counted(things())) for name, (title, things, _rows) in LISTS.items()]
    context = {
        "chosen": chosen,
        "uncited": chosen == UNCITED_LIST,
        "title_of_list": _("Paragraphs without a citation") if chosen == UNCITED_LIST else LISTS[chosen][0],
        "main": [count for count in counts if count[0] not in LOOSE],
        "loose": [count for count in counts if count[0] in LOOSE],
        "page": _page(request, chosen),
    }
    return page(request, "health", _("Health of the collection"), context)


def _page(request, chosen):
    if chosen == UNCITED_LIST:
        briefings = Briefing.objects.published().select_related("current").order_by("title", "pk")
        return page_of(briefings, request, rows=lambda some: list(_briefing_rows(some)), per_page=BRIEFINGS_AT_ONCE)
    _title, things, rows = LISTS[chosen]
    return page_of(things(), request, rows=rows)
