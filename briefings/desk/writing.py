"""The writing desk: a briefing's words, the page that readers would get, and the evidence checks beside them.

Everything typed is kept in the row of its window at once (`editorial.autosave`) and saved when asked for. Without a
script the same form is sent by its buttons. Two texts side by side are in `merging`, what is shown in `writing_pages`.
"""

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.contrib import messages
from django.http import HttpResponseNotAllowed, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from briefings.briefing_pages import TEMPLATE, page_context
from briefings.editorial.autosave import forgotten, keep, leave, open_window, save_window, seen, take_up
from briefings.editorial.drafting import begin_from_title
from briefings.editorial.problems import Refused
from briefings.editorial.statements import NotDone
from briefings.editorial.working_text import StaleText, text_of

from . import merging, writing_pages
from .reading_pages import wants_parts
from .writing_pages import briefing_or_404, draft_of, look_at, new_window, news_of, own_window, own_window_or_404, sent


def addresses(site):
    """The URL patterns of the writing desk, for those with a role."""
    screens = [
        ("", new, "desk-writing-new"),
        ("<int:pk>/", writing, "desk-writing"),
        ("<int:pk>/preview/", preview, "desk-writing-preview"),
        ("<int:pk>/look/", look, "desk-writing-look"),
        ("<int:pk>/keep/", keep_text, "desk-writing-keep"),
        ("<int:pk>/news/", news, "desk-writing-news"),
        ("<int:pk>/left/<int:row>/", left, "desk-writing-left"),
        ("<int:pk>/merge/<int:row>/", merging.merge_texts, "desk-writing-merge"),
    ]
    return [path(f"writing/{where}", site.admin_view(view), name=name) for where, view, name in screens]


def waiting(request):
    """Texts that one left unsaved: the count leads to the first of them."""
    if rows := list(forgotten(by=request.user)):
        words = ngettext("text that you left unsaved", "texts that you left unsaved", len(rows))
        yield reverse("admin:desk-writing", args=[rows[0].briefing_id]), len(rows), words


def new(request):
    """Begin a briefing from a title, or go on with one."""
    title, refused = request.POST.get("title", ""), ""
    if request.method == "POST":
        try:
            return redirect("admin:desk-writing", begin_from_title(title, by=request.user).pk)
        except NotDone as not_done:
            refused = not_done.sentence
    return writing_pages.new_page(request, title, refused)


@csp_update({"frame-src": [SELF]})
def writing(request, pk):
    """The desk with a briefing on it; a form that is sent is kept first, whatever is asked for."""
    briefing = briefing_or_404(request.user, pk)
    if request.method != "POST":
        row = own_window(request, briefing, request.GET.get("window", ""))
        row = row or open_window(briefing, by=request.user, window=new_window())
        return writing_pages.desk_page(request, briefing, row)
    row = _kept(request, briefing)
    if request.POST.get("do", "save") != "save":
        return writing_pages.desk_page(request, briefing, row)
    try:
        saved = save_window(row, by=request.user)
    except StaleText:
        return _stale(request, row)
    except Refused as refusal:
        return _refused(request, briefing, row, refusal)
    return _saved(request, briefing, saved, row)


def _kept(request, briefing):
    """Keep what a form sends. Only a script counts its texts; a form that a person sends is always the latest."""
    values = sent(request)
    row = open_window(briefing, by=request.user, window=values["window"])
    if not wants_parts(request):
        values["number"] = row.number + 1
    return keep(briefing, by=request.user, **values)


def _saved(request, before, saved, row):
    said = []
    if before.stage != saved.stage:
        said.append(_("The text had been approved: it is a draft again, and needs a new approval."))
    if before.scheduled_for and not saved.scheduled_for:
        said.append(_("It will not be published at its time. Schedule it again when it is approved."))
    if wants_parts(request):
        told = {"saved": True, "said": " ".join(said), "version": row.base_version, "number": row.number}
        return JsonResponse(told)
    leave(row)
    messages.success(request, " ".join([_("Saved."), *said]))
    return redirect("admin:desk-writing", saved.pk)


def _stale(request, row):
    if wants_parts(request):
        return JsonResponse({"saved": False, "merge": merging.address(row), "number": row.number})
    return redirect(merging.address(row))


def _refused(request, briefing, row, refusal):
    said = _("Not saved yet: %(why)s Your text is kept, and is here again when you come back.") % {"why": refusal}
    if wants_parts(request):
        return JsonResponse({"saved": False, "said": said, "number": row.number})
    messages.error(request, said)
    return writing_pages.desk_page(request, briefing, row)


# What a script asks for


@csp_replace({"frame-ancestors": [SELF]})
@xframe_options_sameorigin
@require_GET
def preview(request, pk):
    """The page of readers for the text that a window holds, to stand in a frame of the desk and nowhere else."""
    briefing = briefing_or_404(request.user, pk)
    row = own_window(request, briefing, request.GET.get("window", ""))
    draft = draft_of(briefing, text_of(row or briefing), request.user)
    response = TemplateResponse(request, TEMPLATE, page_context(draft, preview=True))
    add_never_cache_headers(response)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_POST
def look(request, pk):
    """The preview and the checks of a text as it is typed. Nothing is kept."""
    briefing = briefing_or_404(request.user, pk)
    return JsonResponse(look_at(request, briefing, sent(request)))


@require_POST
def keep_text(request, pk):
    """Keep what a window holds; `closing` says that it is about to be closed."""
    briefing = briefing_or_404(request.user, pk)
    row = keep(briefing, by=request.user, **sent(request))
    if request.POST.get("closing"):
        leave(row)
        return JsonResponse({"number": row.number})
    return JsonResponse({"number": row.number, "changed": row.changed, "news": news_of(request, briefing, row)})


@require_GET
def news(request, pk):
    """Who else is here, and whether somebody saved a newer text; with what lets forms be sent after a new login."""
    briefing = briefing_or_404(request.user, pk)
    row = own_window(request, briefing, request.GET.get("window", ""))
    if row is not None:
        seen(row)
    told = news_of(request, briefing, row) if row else ""
    return JsonResponse({"news": told, "token": get_token(request)})


def left(request, pk, row):
    """Take up or throw away what an earlier window of one's own left unsaved."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    briefing = briefing_or_404(request.user, pk)
    found = own_window_or_404(request, briefing, row)
    if request.POST.get("do") == "discard":
        found.delete()
        messages.success(request, _("The unsaved text was thrown away. The briefing is as it was last saved."))
        return redirect("admin:desk-writing", pk)
    return writing_pages.at_window(briefing, take_up(found, window=new_window()))
