"""The page behind a preview link: a draft as its guest reads it, who comments there without an account or a cookie.

The address is the guest's only key, so it is not indexed, not kept by caches and not told to other sites.
"""

from dataclasses import dataclass, replace
from functools import partial
from mimetypes import guess_type

from django.core.signing import BadSignature, TimestampSigner
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from briefings.briefing_pages import page_context
from briefings.editorial.comments import LONGEST_COMMENT, placed
from briefings.editorial.previews import NoPreview, PreviewOver, as_it_was, comment, open_link
from briefings.editorial.problems import Refused
from briefings.heads import Head
from briefings.rendering import Picture, picture_keys

FOLDER = "preview/"
HEADERS = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
A_WEEK = 7 * 24 * 3600  # seconds for which a form that was opened may be sent
TRAP = "website"  # a field that people do not see and robots fill in
_forms = TimestampSigner(salt="briefings.preview.form")


def for_guests(view):
    """Open the link for a view, and put the headers on whatever it answers."""

    def opened(request, token, **rest):
        try:
            link = open_link(token)
        except NoPreview as error:
            raise Http404(_("There is no preview at this address.")) from error
        except PreviewOver:
            response = _over(request)
        else:
            response = view(request, link, token, **rest)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return opened


def _over(request):
    return render(request, "briefings/preview_over.html", {"head": Head(title=_("Preview"), noindex=True)}, status=410)


@csrf_exempt  # without a cookie there is nothing to forge a request with: the form carries a signed word of its own
@require_http_methods(["GET", "HEAD", "POST"])
@for_guests
def preview(request, link, token):
    """The very page of the briefing, with a form under each paragraph."""
    if request.method != "POST":
        return _page(request, link, token, kept=request.GET.get("kept") == "yes")
    sent = Sent.of(request.POST)
    refused = sent.refused(link)
    if not refused:
        try:
            comment(link, text=sent.text, paragraph=sent.paragraph)
        except PreviewOver:
            return _over(request)
        except Refused as refusal:
            refused = str(refusal)
    if refused:
        return _page(request, link, token, sent=sent, refused=refused, status=400)
    where = f"#b{sent.paragraph}" if sent.paragraph else "#whole"
    return HttpResponseRedirect(f"{reverse('preview', args=[token])}?kept=yes{where}")


@require_safe
@for_guests
def picture(request, link, token, key):
    """A picture that the text of the link shows."""
    if key not in {shown for shown, _line in picture_keys(link.body)}:
        raise Http404(_("There is no picture at this address."))
    found = get_object_or_404(link.briefing.illustrations, key=key)
    try:
        content = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404(_("There is no picture at this address.")) from error
    return FileResponse(content, content_type=guess_type(found.file.name)[0] or "application/octet-stream")


@dataclass(frozen=True, slots=True)
class Sent:
    """What a guest sent: a comment on a block, by number, or on the whole text."""

    text: str
    paragraph: int | None
    form: str
    trap: str

    @classmethod
    def of(cls, post):
        number = post.get("paragraph", "")
        paragraph = int(number) if number.isascii() and number.isdecimal() and len(number) < 7 else None
        if number and paragraph is None:
            paragraph = 0  # no block has this number
        return cls(post.get("comment", ""), paragraph, post.get("form", "")[:200], post.get(TRAP, ""))

    def refused(self, link):
        """Why it is not taken before anything is looked at; empty where nothing speaks against it."""
        if self.trap:
            return _("The field that is not for people was filled in. Leave it empty, then send your comment again.")
        try:
            is_ours = _forms.unsign(self.form, max_age=A_WEEK) == str(link.pk)
        except BadSignature:  # too old as well
            is_ours = False
        return "" if is_ours else _("This page was open for a long time. Your words are kept below: send them again.")


@dataclass(frozen=True, slots=True)
class Talk:
    """What stands under a paragraph: the guest's comments on it so far, and a form for another one."""

    number: int | None
    said: tuple
    form: str
    action: str
    text: str = ""
    refused: str = ""
    longest: int = LONGEST_COMMENT
    trap: str = TRAP


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the page, as the template of a briefing takes it, with what is said about it."""

    html: str
    analysis: bool
    notes: tuple
    talk: Talk


def _page(request, link, token, *, sent=None, refused="", kept=False, status=200):
    briefing = as_it_was(link)
    briefing.pictures_in = partial(_pictures, link.briefing, token)
    context = page_context(briefing, preview=True)
    talks = _talks(link, token, sent, refused)
    blocks = context["apparatus"].blocks
    shown = tuple(
        Block(block.html, block.analysis, block.notes, talks(number)) for number, block in enumerate(blocks, 1)
    )
    if sent and sent.paragraph is not None and not 1 <= sent.paragraph <= len(blocks):
        sent = replace(sent, paragraph=None)
        talks = _talks(link, token, sent, refused)
    context |= {
        "head": Head(title=link.title, noindex=True),
        "apparatus": replace(context["apparatus"], blocks=shown),
        "talk": talks(None),
        "guest": link.guest,
        "version": link.of_version,
        "until": link.expires_at,
        "kept": kept,
        "refused": refused,
    }
    return render(request, "briefings/preview.html", context, status=status)


def _talks(link, token, sent, refused):
    """A function from the number of a block, or None for the whole text, to what stands under it."""
    said = {}
    for one in placed(link.comments.order_by("pk"), link.body):
        said.setdefault(one.paragraph, []).append(one.comment)
    form, action = _forms.sign(str(link.pk)), reverse("preview", args=[token])

    def talk(number):
        is_here = sent is not None and sent.paragraph == number
        words = {"text": sent.text, "refused": refused} if is_here else {}
        return Talk(number, tuple(said.get(number, ())), form, action, **words)

    return talk


def _pictures(briefing, token, body):
    """The pictures of a briefing under addresses that the guest's key opens."""
    return {
        key: Picture(reverse("preview-picture", args=[token, key]), one.alt, one.caption, one.credit, one.licence)
        for key, one in briefing.pictures_in(body).items()
    }
