"""The capture box: an address, a text or a file goes in, and what became of each stands below it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.admin.fields import LONGEST_NUMBER
from briefings.admin.roles import reads_all
from briefings.editorial.known_sources import sources_at
from briefings.models import CaptureMethod, CaptureState, Source
from briefings.pagination import page_of
from briefings.permissions import RECAPTURE, may

from . import bookmarklet, capture_review, imports
from .capture_forms import BoxForm, TranscriptForm
from .captures import begun, captures_for, is_under_way, known_context, name_of, page, reason_of, refuse_unless_may_add

FILTERS = {
    "": (gettext_lazy("All"), ()),
    "open": (gettext_lazy("To be looked at"), (CaptureState.WAITING, CaptureState.RUNNING, CaptureState.READY)),
    "failed": (gettext_lazy("Failed"), (CaptureState.FAILED,)),
    "kept": (gettext_lazy("Kept"), (CaptureState.KEPT, CaptureState.SAME)),
    "aside": (gettext_lazy("Set aside"), (CaptureState.DROPPED,)),
}


def addresses(site):
    """The screens of capturing, behind the login."""
    return [
        path("capture/", site.admin_view(box_view), name="desk-capture"),
        path("capture/transcript/", site.admin_view(transcript_view), name="desk-transcript"),
        *bookmarklet.addresses(site),
        *imports.addresses(site),
        *capture_review.addresses(site),
    ]


def box_view(request):
    refuse_unless_may_add(request.user)
    source = _source(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = BoxForm(*sent, initial={"given": source.address if source else ""})
    known = Source.objects.none()
    if request.method == "POST" and form.is_valid():
        known = known if source else _known(form.cleaned_data["as_given"])
        capture = None if known else begun(request, form, form.cleaned_data["as_given"], source)
        if capture:
            return redirect("admin:desk-capture-detail", capture.pk)
    title = _("A newer copy of “%(source)s”") % {"source": source} if source else _("Capture an article")
    return page(request, "capture", title, {**_box_context(request, form, source), **known_context(request, known)})


def _known(given):
    """The sources that live at an address already: these are offered before anything is fetched."""
    return sources_at([given.address] if given.method == CaptureMethod.FETCHED else [])


def _source(request):
    """The source that a newer copy is asked for, if any."""
    number = request.POST.get("source") or request.GET.get("source", "")
    if not number:
        return None
    is_number = number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER
    source = Source.objects.filter(pk=number).first() if is_number else None
    if source is None:
        raise Http404
    if not may(request.user, RECAPTURE, source):
        raise PermissionDenied
    return source


def _box_context(request, form, source):
    chosen = request.GET.get("state", "")
    states = FILTERS.get(chosen, FILTERS[""])[1]
    captures = captures_for(request.user).defer("text", "headers", "snapshot__text")
    return {
        "form": form,
        "source": source,
        "page": page_of(captures.filter(state__in=states) if states else captures, request, rows=_rows),
        "filters": [(name, label, name == chosen) for name, (label, _states) in FILTERS.items()],
        "chosen": chosen,
        "shows_who": reads_all(request.user),
        "bookmarklet": bookmarklet.script(request),
    }


def _rows(captures):
    return [
        {
            "capture": capture,
            "address": reverse("admin:desk-capture-detail", args=[capture.pk]),
            "name": name_of(capture),
            "reason": reason_of(capture) if capture.state == CaptureState.FAILED else "",
            "is_under_way": is_under_way(capture),
        }
        for capture in captures
    ]


def transcript_view(request):
    refuse_unless_may_add(request.user)
    form = TranscriptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        capture = begun(request, form, form.as_given())
        if capture:
            return redirect("admin:desk-capture-detail", capture.pk)
    return page(request, "transcript", _("A source without an address"), {"form": form})
