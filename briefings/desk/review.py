"""The review desk: each sentence of a draft beside the passages it rests on, to be marked; comments; preview links.

Each act is a form that comes back to the same place. A script sends the same form for one sentence, and gets what
changed instead of a page.
"""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from briefings.admin.publishing import change_address
from briefings.editorial import previews
from briefings.editorial.comments import LONGEST_COMMENT, add, comments_of, reopen, settle
from briefings.editorial.marks import NewMark, mark_all, sheet
from briefings.editorial.problems import Refused
from briefings.editorial.switches import four_eyes
from briefings.editorial.texts import writers_of
from briefings.editorial.typed import LONGEST_NOTE
from briefings.languages import direction_of
from briefings.models import Briefing, Comment, PreviewLink, Support
from briefings.permissions import COMMENT, HISTORY, REVIEW, SHARE, may, readable

from .captures import HIGHEST_NUMBER, page
from .review_pages import BUTTONS, Text, progress, stretches, who_and_when

DAYS = (3, 7, 14, 30)


def addresses(site):
    """The desk, and what is done from it, behind the login."""
    pages = [
        ("", review_view, "desk-review"),
        ("mark/", mark_view, "desk-review-mark"),
        ("comment/", comment_view, "desk-review-comment"),
        ("share/", share_view, "desk-review-share"),
    ]
    return [
        *(path(f"review/<int:pk>/{rest}", site.admin_view(view), name=name) for rest, view, name in pages),
        path("review/comments/<int:pk>/", site.admin_view(settle_view), name="desk-review-settle"),
        path("review/links/<int:pk>/", site.admin_view(revoke_view), name="desk-review-revoke"),
    ]


def waiting(request):
    """What the front page of the desk counts of comments: on one's own drafts, and by guests."""
    briefings = readable(request.user, Briefing.objects.all())
    if not may(request.user, HISTORY, Briefing()):
        briefings = briefings.filter(created_by=request.user)
    open_ones = Comment.objects.open().filter(briefing__in=briefings.order_by().values("pk"))
    own = open_ones.filter(briefing__created_by=request.user, link=None).exclude(created_by=request.user)
    yield from _comments(own, lambda n: ngettext("open comment on your drafts", "open comments on your drafts", n))
    by_guests = open_ones.exclude(link=None)
    yield from _comments(by_guests, lambda n: ngettext("open comment by a guest", "open comments by guests", n))


def _comments(comments, words):
    """One count, which leads to the oldest of them."""
    if number := comments.count():
        first = comments.order_by("pk").values_list("briefing", flat=True)[0]
        yield f"{reverse('admin:desk-review', args=[first])}#comments", number, words(number)


def _briefing(request, pk):
    """A briefing whose working text the user may see; what is hidden is not there."""
    found = Briefing.objects.select_related("current").filter(pk=pk).first() if pk <= HIGHEST_NUMBER else None
    if found is None or not may(request.user, HISTORY, found):
        raise Http404(_("There is no briefing here that you may review."))
    return found


def review_view(request, pk):
    return _page(request, _briefing(request, pk))


def _page(request, briefing, *, refused="", marks=None, comment=None, link=None, status=200):
    """The desk; what a refused form held comes again: `marks` by fingerprint, a `comment`, the fields of a `link`."""
    read = sheet(briefing)
    comments = comments_of(briefing)
    rows = Text(read, briefing.body, request.user, marks).rows()
    wrote = four_eyes() and writers_of(briefing).filter(pk=request.user.pk).exists()
    found = {
        "briefing": briefing,
        "address": change_address(briefing),
        "direction": direction_of(briefing.language),
        "stretches": stretches(rows, comments, comment),
        "open_comments": [one.comment.pk for one in comments if not one.comment.settled_at],
        "progress": progress(read),
        "buttons": BUTTONS,
        "may_mark": may(request.user, REVIEW, briefing) and not wrote,
        "is_own": may(request.user, REVIEW, briefing) and wrote,
        "may_comment": may(request.user, COMMENT, briefing),
        "may_share": may(request.user, SHARE, briefing),
        "links": _links(briefing) if may(request.user, SHARE, briefing) else [],
        "link": link or {"days": "7"},
        "days": [str(number) for number in DAYS],
        "refused": refused,
        "longest_note": LONGEST_NOTE,
        "longest_comment": LONGEST_COMMENT,
        "longest_guest": previews.LONGEST_GUEST,
        "is_nav_sidebar_enabled": False,
    }
    response = page(request, "review", _("Review: %(title)s") % {"title": briefing.title}, found)
    response.status_code = status
    return response


def _links(briefing):
    return [
        {
            "link": link,
            "address": settings.SITE_URL + reverse("preview", args=[previews.token_of(link)]),
            "is_good": previews.is_good(link),
        }
        for link in briefing.preview_links.select_related("created_by").defer("body")
    ]


# Acts


def mark_view(request, pk):
    """Keep the marks of a form: all that differ from what stands there, or for a script those of one sentence."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    briefing = _briefing(request, pk)
    marks = _sent_marks(request.POST)
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else 0
    try:
        made = mark_all(briefing, by=request.user, marks=marks, seen_version=version)
    except Refused as refusal:
        if _wants_json(request):
            return JsonResponse({"said": str(refusal), "done": False})
        kept = {one.fingerprint: one for one in marks}
        return _page(request, briefing, refused=str(refusal), marks=kept, status=400)
    except PermissionDenied as refusal:
        if _wants_json(request):
            return JsonResponse({"said": str(refusal), "done": False})
        raise
    if _wants_json(request):
        return JsonResponse(_told(briefing, made))
    said = ngettext("%(n)d mark is kept.", "%(n)d marks are kept.", len(made)) if made else _("There was nothing new.")
    messages.success(request, said % {"n": len(made)} if made else said)
    return redirect("admin:desk-review", pk)


def _sent_marks(post):
    """The marks of a form that say something else than what stands there; at most one for each sentence."""
    found = []
    for fingerprint in dict.fromkeys(post.getlist("sentence")):
        support, note = post.get(f"support-{fingerprint}", ""), post.get(f"note-{fingerprint}", "")
        note = note if support != Support.SUPPORTED else ""
        was = post.get(f"was-{fingerprint}", "")
        number, _colon, stood = was.partition(":")
        if support and f"{support}:{note.strip()}" != stood:
            seen = int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else None
            found.append(NewMark(fingerprint[:64], support[:20], note, seen))
    return found


def _told(briefing, made):
    """What a script changes on the page."""
    read = sheet(briefing)
    marks = [
        {"sentence": one.fingerprint, "pk": one.pk, "support": one.support, "note": one.note, "said": who_and_when(one)}
        for one in made
    ]
    return {"done": True, "marks": marks, "progress": progress(read)["said"], "left": len(read.open)}


def _wants_json(request):
    return request.headers.get("Accept", "").startswith("application/json")


def comment_view(request, pk):
    """Add a comment to a block, or to the whole text."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    briefing = _briefing(request, pk)
    number, words = request.POST.get("paragraph", ""), request.POST.get("comment", "")
    paragraph = int(number) if number.isascii() and number.isdecimal() and len(number) < 7 else None
    try:
        add(briefing, by=request.user, text=words, paragraph=paragraph)
    except Refused as refusal:
        return _page(request, briefing, comment=(paragraph, words, str(refusal)), refused=str(refusal), status=400)
    messages.success(request, _("The comment is kept."))
    return _back(request, briefing, f"#b{paragraph}" if paragraph else "#comments")


def settle_view(request, pk):
    """Settle a comment or reopen it."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    found = Comment.objects.select_related("briefing").filter(pk=pk).first() if pk <= HIGHEST_NUMBER else None
    seen = request.POST.get("version", "")
    if found is None or not (seen.isascii() and seen.isdecimal() and len(seen) < 10):
        raise Http404(_("There is no such comment."))
    briefing = _briefing(request, found.briefing_id)
    act = reopen if request.POST.get("do") == "reopen" else settle
    try:
        act(found, by=request.user, seen_version=int(seen))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The comment is open again.") if act is reopen else _("The comment is settled."))
    return _back(request, briefing, f"#comment-{pk}")


def _back(request, briefing, place):
    """Where the form stood: the review desk, or the page of ours that it names."""
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    address = back if is_ours and back.startswith("/") else reverse("admin:desk-review", args=[briefing.pk])
    return redirect(f"{address}{place}")


def share_view(request, pk):
    """Make a preview link."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    briefing = _briefing(request, pk)
    guest, days, seen = (request.POST.get(name, "") for name in ("guest", "days", "version"))
    briefing.version = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else 0
    try:
        previews.make(briefing, by=request.user, guest=guest, days=int(days) if days in map(str, DAYS) else 0)
    except Refused as refusal:
        link = {"guest": guest, "days": days, "why": str(refusal)}
        return _page(request, _briefing(request, pk), refused=str(refusal), link=link, status=400)
    messages.success(request, _("The link is made. Copy its address below and send it to your reader."))
    return _back(request, briefing, "#links")


def revoke_view(request, pk):
    """Take a preview link back."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    found = PreviewLink.objects.select_related("briefing").filter(pk=pk).first() if pk <= HIGHEST_NUMBER else None
    if found is None:
        raise Http404(_("There is no such link."))
    briefing = _briefing(request, found.briefing_id)
    try:
        previews.revoke(found, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The link is taken back: its address shows nothing any more."))
    return _back(request, briefing, "#links")
