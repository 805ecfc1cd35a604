"""What is pasted at the writing desk from a word processor comes back as Markdown, with a word on what was left out."""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from briefings.models import Briefing
from briefings.permissions import ADD, may
from briefings.rendering.pasting import TooLong, markdown_of

LOST = {
    "comments": gettext_lazy("comments"),
    "deleted": gettext_lazy("words that a tracked change had taken out"),
    "embedded": gettext_lazy("embedded things"),
    "footnotes": gettext_lazy("marks of footnotes whose words were not copied"),
    "links": gettext_lazy("links to files"),
    "pictures": gettext_lazy("pictures"),
    "tables": gettext_lazy("the lines of tables: each row is a paragraph"),
}
MOST_LABELS = 1000


def addresses(site):
    return [path("paste/", site.admin_view(require_POST(paste_view)), name="desk-paste")]


def paste_view(request):
    """Answer `html` as `markdown`, and `said`: what was left out; `taken` are labels of footnotes that are in use."""
    if not may(request.user, ADD, Briefing):
        raise PermissionDenied
    taken = frozenset(request.POST.get("taken", "").split()[:MOST_LABELS])
    try:
        pasted = markdown_of(request.POST.get("html", ""), taken=taken)
    except TooLong:
        said = _("This is too long to keep its headings and links. It was pasted as plain text; try it in parts.")
        return JsonResponse({"said": said}, status=413)
    return JsonResponse({"markdown": pasted.markdown, "said": _said(pasted.lost)})


def _said(lost):
    """What was left out, and how to have it otherwise."""
    plain = _("Ctrl+Z takes it back; Ctrl+Shift+V pastes plain text.")
    if not lost:
        return f"{_('Pasted with its headings, links and notes.')} {plain}"
    left_out = _("Pasted. Left out: %(things)s.") % {"things": ", ".join(str(LOST.get(kind, kind)) for kind in lost)}
    return f"{left_out} {plain}"
