"""What the capture screens share: whose captures one may see, what each is called, and how a page of theirs is made."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from briefings.admin.publishing import change_address
from briefings.admin.roles import readable, reads_all
from briefings.editorial.capture import begin_capture
from briefings.editorial.failures import sentence_for
from briefings.models import Capture, CaptureState, Source
from briefings.permissions import ADD, RECAPTURE, may

HIGHEST_NUMBER = 2**63 - 1  # that a database takes for the number of a record
NOT_SAVED = _("Nothing was saved: the file could not be written (%(error)s). Tell who runs this site.")


def captures_for(user):
    """The captures that a user may look at: an editor all, a contributor their own."""
    captures = Capture.objects.all() if reads_all(user) else Capture.objects.filter(created_by=user)
    return captures.select_related("created_by", "source", "snapshot")


def capture_or_404(user, pk):
    """The capture of this number, where the user may look at it; anybody else's does not exist for them."""
    capture = captures_for(user).filter(pk=pk).first() if pk <= HIGHEST_NUMBER else None
    if capture is None:
        raise Http404
    return capture


def refuse_unless_may_add(user):
    if not may(user, ADD, Source):
        raise PermissionDenied


def begun(request, form, given, source=None):
    """Begin a capture; None, with a sentence in the form, where its file cannot be written."""
    try:
        return begin_capture(given, by=request.user, source=source)
    except OSError as error:
        form.add_error(None, NOT_SAVED % {"error": error.strerror})
        return None


def name_of(capture):
    """What a capture is called: the source that it became, the best title that is proposed, or what was given.

    A source that merely has the same words may be a draft whose title is not for everybody.
    """
    if capture.state == CaptureState.KEPT:
        return capture.source.title if capture.source else str(capture)
    titles = capture.proposed.get("title") or []
    return titles[0]["value"] if titles else str(capture)


def reason_of(capture):
    """Why a capture failed, in a sentence, also after it was gone on with by hand; empty where nothing failed."""
    return sentence_for(capture.reason, capture.reason_detail) if capture.reason else ""


def known_context(request, known):
    """What a page says of sources that are here already; of what somebody may not read, only that it is here."""
    shown = list(readable(request.user, known))
    return {
        "known": [(source, change_address(source), may(request.user, RECAPTURE, source)) for source in shown],
        "is_known_to_others": not shown and known.exists(),
    }


def is_under_way(capture):
    return capture.state in (CaptureState.WAITING, CaptureState.RUNNING)


def page(request, template, title, context):
    """A page of the desk."""
    context = {**admin.site.each_context(request), "title": title, **context}
    request.current_app = admin.site.name
    return TemplateResponse(request, f"admin/desk/{template}.html", context)
