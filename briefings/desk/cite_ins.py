"""“Cite in…”: from the page of a statement or a source into a briefing that one is writing, or into a new one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from briefings.admin.publishing import change_address
from briefings.editorial.citable import find, offered
from briefings.editorial.citable_rows import citable_rows
from briefings.editorial.citing import MOST_AT_ONCE, cite_in, places_in, writable_drafts
from briefings.editorial.drafting import begin_briefing, paragraph_citing
from briefings.editorial.problems import Refused
from briefings.editorial.statements import NotDone
from briefings.editorial.working_text import StaleText
from briefings.models import Briefing, Source, Statement
from briefings.permissions import ADD, may

from .captures import page
from .reading_pages import number

NOUNS = {"statement": Statement, "source": Source}
MOST_DRAFTS = 20
NEW = "new"


def addresses(site):
    return [path("cite/in/<str:noun>/<int:pk>/", site.admin_view(cite_in_view), name="desk-cite-in")]


def cite_in_view(request, noun, pk):
    """Choose what is cited and where; a POST with both puts it there and goes to the writing desk."""
    if noun not in NOUNS or pk != number(pk):
        raise Http404
    thing = get_object_or_404(offered(request.user, NOUNS[noun]), pk=pk)
    rows = _rows(request.user, thing)
    chosen, seen = _chosen(request)
    refusal = ""
    if "cite" in request.POST:
        try:
            return _cite(request, rows, chosen, seen)
        except (Refused, NotDone, StaleText) as refused:
            refusal = _why(refused)
            chosen, _seen = _chosen(request)
    return _page(request, thing, rows, chosen, refusal)


def _words(request):
    return request.GET.get("q", "")[:200].replace("\x00", "").strip()


def _rows(user, thing):
    if isinstance(thing, Statement):
        return citable_rows(user, Statement.objects.filter(pk=thing.pk))
    return find(user, source=thing.key, limit=MOST_AT_ONCE)


def _chosen(request):
    """The briefing that was chosen, as it is now, and the version that was seen; None for a new one."""
    given = (request.POST or request.GET).get("draft", "")
    pk, _colon, seen = given.partition(":")
    chosen = writable_drafts(request.user).filter(pk=number(pk)).first() if number(pk) else None
    if given and given != NEW and chosen is None:
        raise Http404
    return chosen, number(seen)


def _picked(request, rows):
    """What is to be cited: the one statement, or those of a source that were ticked."""
    keys = request.POST.getlist("key")
    return [row for row in rows if row.key in keys]


def _cite(request, rows, briefing, seen):
    picked = _picked(request, rows)
    if request.POST.get("draft") == NEW:
        return _begin(request, picked)
    if briefing is None:
        raise NotDone(_("Choose the briefing first, or a new one."))
    after = request.POST.get("after", "") if request.POST.get("placed") == str(briefing.pk) else ""
    place = number(after) if after.isdecimal() else None
    cite_in(briefing, picked, by=request.user, seen_version=seen, after=place)
    messages.success(request, _("Added to “%(title)s”: %(keys)s.") % {"title": briefing, "keys": _keys(picked)})
    return redirect("admin:desk-writing", briefing.pk)


def _begin(request, picked):
    snapshot = next((row.evidence.snapshot for row in picked if row.evidence), None)
    if snapshot is None:
        raise NotDone(_("Choose a statement that has evidence: the briefing is begun from its source."))
    briefing = begin_briefing(snapshot, [row.statement for row in picked], by=request.user)
    messages.success(request, _("A draft was started. It cites %(keys)s.") % {"keys": _keys(picked)})
    return redirect("admin:desk-writing", briefing.pk)


def _keys(rows):
    return ", ".join(f"[@{row.key}]" for row in rows)


def _why(refused):
    if isinstance(refused, StaleText):
        return _("Somebody saved this briefing after you opened the page, so nothing was added. Look again, then add.")
    return getattr(refused, "sentence", "") or str(refused)


def _page(request, thing, rows, chosen, refusal):
    drafts = writable_drafts(request.user, _words(request))[:MOST_DRAFTS]
    ticked = request.POST.getlist("key") if request.method == "POST" else [rows[0].key] if len(rows) == 1 else []
    context = {
        "thing": thing,
        "thing_address": change_address(thing),
        "rows": [(row, paragraph_citing(row.statement, row.source_record), row.key in ticked) for row in rows],
        "is_one": isinstance(thing, Statement),
        "drafts": [(draft, draft.created_by_id == request.user.pk) for draft in drafts],
        "draft": chosen,
        "is_new": (request.POST or request.GET).get("draft") == NEW,
        "blocks": _blocks(chosen) if chosen else [],
        "words": _words(request),
        "may_filter": len(drafts) == MOST_DRAFTS or _words(request),
        "refusal": refusal,
        "may_begin": may(request.user, ADD, Briefing),
        "reading": _reading(thing) if not rows else "",
    }
    title = _("Cite “%(thing)s” in…") % {"thing": Truncator(_name(thing)).chars(90)}
    response = page(request, "cite_in", title, context)
    response.status_code = 422 if refusal else 200
    return response


def _name(thing):
    return thing.key if isinstance(thing, Statement) else thing.title


def _blocks(briefing):
    """The blocks after which something may be put: [(number, first line)]."""
    return [(n, Truncator(line).chars(70)) for n, line in enumerate(places_in(briefing.body), 1)]


def _reading(source):
    copy = source.snapshots.only("pk").last() if isinstance(source, Source) else None
    return reverse("admin:desk-reading", args=[copy.pk]) if copy else ""
