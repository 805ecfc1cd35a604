"""The picker: statements to cite, found while one writes. A script asks for them; without one it is a page of its own.

What may be cited is for `editorial.citable` to say. From a statement's or a source's page one comes to `cite_in`.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from briefings.editorial.citable import citable, complete, find, find_sources
from briefings.editorial.citable_rows import citable_rows
from briefings.editorial.citing import cite_in, writable_drafts
from briefings.editorial.drafting import quoted, words_citing
from briefings.editorial.held_words import FEWEST_WORDS, LONGEST, standing_in
from briefings.editorial.working_text import StaleText
from briefings.languages import direction_of
from briefings.models import Snapshot, Source
from briefings.models.dates import describe
from briefings.permissions import ADD, may, readable
from briefings.quotes import to_annotation

from . import cite_ins
from .captures import HIGHEST_NUMBER, page
from .reading_pages import number

COMPLETIONS = 6  # as many as stand under the text without scrolling
ASKED = ("speaker", "event", "source", "near")  # words of filters


def addresses(site):
    """The picker's page, what its script asks, and “cite in…”, behind the login."""
    return [
        path("cite/", site.admin_view(picker_view), name="desk-cite"),
        path("cite/find/", site.admin_view(find_view), name="desk-cite-find"),
        path("cite/standing/", site.admin_view(standing_view), name="desk-cite-standing"),
        *cite_ins.addresses(site),
    ]


def asked_of(request):
    """What the filters say: words without what no text can hold, and the stored copy, where one may read it."""
    asked = {name: request.GET.get(name, "")[:200].replace("\x00", "").strip() for name in ASKED}
    asked["words"] = request.GET.get("q", "")[:200].replace("\x00", "").strip()
    asked["recent"] = bool(request.GET.get("recent"))
    asked["copy"] = None
    if copy := request.GET.get("copy", ""):
        copies = Snapshot.objects.filter(source__in=readable(request.user, Source.objects.all()))
        asked["copy"] = copies.select_related("source").filter(pk=number(copy)).first()
        if asked["copy"] is None:
            raise Http404
    return asked


def found(request, asked):
    """The rows of what is asked for; what was changed or cited lately where nothing is."""
    return find(request.user, **{**asked, "recent": asked["recent"] or not any(asked.values())})


# What the script asks


def find_view(request):
    """Statements and sources for the picker, or completions of a key, as JSON."""
    if "key" in request.GET:
        key = request.GET["key"][:120].replace("\x00", "")
        return _json({"statements": [_as_json(row) for row in complete(request.user, key, limit=COMPLETIONS)]})
    asked = asked_of(request)
    named = [] if asked["source"] or asked["near"] else find_sources(request.user, asked["words"])
    sources = [
        {
            "key": one.source.key,
            "title": one.source.title,
            "about": " · ".join(filter(None, [one.publisher, one.published])),
            "count": ngettext("%(n)d statement", "%(n)d statements", one.statements) % {"n": one.statements},
            "draft": one.is_draft,
            "lang": one.source.language,
            "dir": direction_of(one.source.language),
        }
        for one in named
    ]
    return _json({"statements": [_as_json(row) for row in found(request, asked)], "sources": sources})


def _json(content):
    return JsonResponse(content, headers={"Cache-Control": "no-store"})


def _as_json(row):
    return {
        "key": row.key,
        "words": row.statement.text,
        "quotation": row.is_quotation,
        "route": row.route,
        "source": row.source,
        "date": row.said or row.published,
        "standing": row.standing,
        "draft": row.is_draft,
        "lang": row.statement.language,
        "dir": row.direction,
        "insert": words_citing(row.statement, row.source_record),
    }


def standing_view(request):
    """Where words that were pasted, or selected, stand in what is held here; nothing of it is kept."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    text = request.POST.get("text", "")[:LONGEST]
    offers = [_offer(one) for one in standing_in(request.user, text)]
    return _json({"offers": offers, "short": len(text.split()) < FEWEST_WORDS})


def _offer(one):
    source = one.source
    target = to_annotation(one.selector, source=source.address)["target"]
    return {
        "piece": one.piece,
        "source": source.title,
        "about": " · ".join(filter(None, [str(source.publisher or ""), describe(source.published)])),
        "lang": source.language,
        "dir": direction_of(source.language),
        "choices": [{"key": key, "insert": f"{quoted(one.words)}[@{key}]"} for key in one.keys[:3]],
        "select": reverse("admin:desk-reading-select", args=[one.snapshot.pk]),
        "selected": [target],
    }


# Without a script


def picker_view(request):
    """The picker as a page: filters, results with what to copy, and a button that adds one to the briefing."""
    briefing = _briefing(request)
    if request.method == "POST":
        return _add(request, briefing)
    asked = asked_of(request)
    rows = [(row, words_citing(row.statement, row.source_record)) for row in found(request, asked)]
    context = {
        "briefing": briefing,
        "asked": asked,
        "is_narrowed": any(asked.values()),
        "rows": rows,
        "sources": [] if asked["source"] else find_sources(request.user, asked["words"]),
        "back": reverse("admin:desk-writing", args=[briefing.pk]) if briefing else "",
        "may_capture": may(request.user, ADD, Source),
    }
    title = _("Cite in “%(title)s”") % {"title": briefing} if briefing else _("Find something to cite")
    return page(request, "cite", title, context)


def _briefing(request):
    """The briefing that one came from; somebody else's draft is not there."""
    given = request.GET.get("briefing", "")
    if not given:
        return None
    pk = number(given)
    briefing = writable_drafts(request.user).filter(pk=pk).first() if pk <= HIGHEST_NUMBER else None
    if briefing is None:
        raise Http404
    return briefing


def _add(request, briefing):
    if briefing is None:
        raise PermissionDenied
    chosen = citable(request.user).filter(key=request.POST.get("key", "").replace("\x00", ""))
    rows = citable_rows(request.user, chosen)
    if not rows:
        raise Http404
    try:
        cite_in(briefing, rows, by=request.user, seen_version=number(request.POST.get("seen")))
    except StaleText:
        sentence = _("Somebody saved this briefing after you opened the page, so nothing was added. Try again.")
        messages.warning(request, sentence)
    else:
        messages.success(request, _("Added at the end: [@%(key)s].") % {"key": rows[0].key})
    return redirect(request.get_full_path())
