"""The bookmarklet: sends a page as an editor's browser shows it, logged in and after a paywall, to a page here."""

import json
from urllib.parse import quote

from django.conf import settings
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from briefings.editorial.capture import Given
from briefings.models import CaptureMethod

from .capture_forms import LARGEST_PAGE, PAGE_TYPE, PageForm
from .captures import begun, page, refuse_unless_may_add

READY = "briefings: send the page"
# Opens the receiving page and answers it alone, once: what it gets is shown there before anything is sent on.
SCRIPT = """(() => {
const to = %(address)s, at = new URL(to).origin, opened = open(to);
if (!opened) { alert(%(blocked)s); return; }
const answer = (event) => {
if (event.source !== opened || event.origin !== at || event.data !== %(ready)s) return;
removeEventListener("message", answer);
opened.postMessage({ address: location.href, title: document.title, html: document.documentElement.outerHTML }, at);
};
addEventListener("message", answer);
})()"""


def addresses(site):
    return [path("capture/page/", site.admin_view(receive_view), name="desk-capture-page")]


def script(request):
    """The bookmarklet as the address of a link, for the site as the request reached it."""
    blocked = _("The browser kept the window from opening. Allow pop-ups for this page, then try again.")
    address = request.build_absolute_uri(reverse("admin:desk-capture-page"))
    words = {name: json.dumps(value) for name, value in (("address", address), ("blocked", blocked), ("ready", READY))}
    return "javascript:" + quote(SCRIPT % words, safe="(){}=>!|;.,:'/ ")


def receive_view(request):
    """Takes the page that the bookmarklet sends; only here may another window hold on to ours, to send it."""
    refuse_unless_may_add(request.user)
    form = PageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        capture = begun(request, form, _given(form.cleaned_data))
        if capture:
            return redirect("admin:desk-capture-detail", capture.pk)
    context = {"form": form, "largest": LARGEST_PAGE, "ready": READY, "site_name": settings.SITE_NAME}
    response = page(request, "capture_page", _("The page that your browser shows"), context)
    response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
    return response


def _given(cleaned):
    return Given(
        CaptureMethod.PASTED,
        address=cleaned["address"],
        content=cleaned["html"].encode(),
        media_type=PAGE_TYPE,
        seen_at=timezone.now(),
    )
