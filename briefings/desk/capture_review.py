"""One capture: what came of it, what to do instead where it failed, and its metadata, corrected before it is kept."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.shortcuts import redirect
from django.urls import NoReverseMatch, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from briefings.admin.fields import LONGEST_NUMBER
from briefings.admin.publishing import change_address
from briefings.admin.roles import readable
from briefings.editorial.capture import hand_over, set_aside, try_again
from briefings.editorial.keeping import keep_as_copy, keep_capture
from briefings.editorial.known_sources import sources_at
from briefings.editorial.suggestions import best, live_address
from briefings.languages import direction_of
from briefings.models import CaptureMethod, CaptureState, Source, StaleRecord
from briefings.quotes import blocks

from .capture_details import details_form, groups, with_proposal
from .capture_forms import InsteadForm
from .captures import NOT_SAVED, capture_or_404, is_under_way, known_context, name_of, page, reason_of

LOOKED_FOR = timedelta(seconds=60)  # while it is under way, the page looks again by itself
EVERY = 3  # seconds
MOST_SHOWN = 5  # sources with the same words
STALE = gettext_lazy(
    "Somebody took this capture further after you opened it, so nothing was overwritten. This is how it stands now."
)


def addresses(site):
    return [path("capture/<int:pk>/", site.admin_view(review_view), name="desk-capture-detail")]


def review_view(request, pk):
    capture = capture_or_404(request.user, pk)
    if request.method != "POST":
        return _page(request, capture)
    act = ACTS.get(request.POST.get("act", ""), _use)
    seen = request.POST.get("version", "")
    if act is not _use:
        capture.version = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else 0
    try:
        return act(request, capture)
    except StaleRecord:
        messages.warning(request, STALE)
    except OSError as error:
        messages.error(request, NOT_SAVED % {"error": error.strerror})
    return _page(request, capture_or_404(request.user, pk), form=details_form(capture, request.user, request.POST))


# Acts


def _try_again(request, capture):
    return redirect("admin:desk-capture-detail", try_again(capture, by=request.user).pk)


def _set_aside(request, capture):
    set_aside(capture, by=request.user)
    messages.success(request, _("“%(name)s” is set aside. It stays in the list.") % {"name": name_of(capture)})
    return redirect("admin:desk-capture")


def _instead(request, capture):
    form = InsteadForm(request.POST, request.FILES, known_address=capture.address)
    if not form.is_valid():
        return _page(request, capture, instead=form)
    hand_over(capture, form.cleaned_data["as_given"], by=request.user)
    return redirect("admin:desk-capture-detail", capture.pk)


def _keep(request, capture):
    form = details_form(capture, request.user, request.POST)
    if capture.state != CaptureState.READY:
        raise StaleRecord(capture)
    if not form.is_valid():
        return _page(request, capture, form=form)
    try:
        snapshot = keep_capture(
            capture, by=request.user, source=form.save(commit=False), new_publisher=form.made_publisher()
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
    except IntegrityError:
        form.add_error(None, _("Somebody saved the same key or address just now. Look again, then save once more."))
    else:
        return _kept(request, snapshot, _("“%(source)s” is saved as a draft, with its stored copy."))
    return _page(request, capture, form=form)


def _keep_newer(request, capture):
    """Keep it as a further copy of the source that is at its address, or that it was asked for."""
    number = request.POST.get("of", "")
    chosen = int(number) if number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER else 0
    source = capture.source or _known(capture).filter(pk=chosen).first()
    if capture.state != CaptureState.READY or source is None:
        raise StaleRecord(capture)
    snapshot, is_new, found = keep_as_copy(capture, by=request.user, source=source)
    if not is_new:
        messages.info(request, _("The very same words are stored already; no second copy was made."))
        return redirect(change_address(source))
    again = ngettext(
        "%(count)d statement was found in it again, word for word.",
        "%(count)d statements were found in it again, word for word.",
        found,
    ) % {"count": found}
    return _kept(request, snapshot, f"{_('A newer copy of “%(source)s” is stored.')} {again if found else ''}")


def _use(request, capture):
    """Put a proposal into its field, as a script does where one runs; nothing is saved."""
    initial = with_proposal(request.POST, request.POST.get("use", ""))
    return _page(request, capture, form=details_form(capture, request.user, initial=initial))


ACTS = {
    "again": _try_again,
    "aside": _set_aside,
    "instead": _instead,
    "keep": _keep,
    "newer": _keep_newer,
}


def _kept(request, snapshot, sentence):
    source = snapshot.source
    words = format_html(
        '{} <a href="{}">{}</a>', sentence % {"source": source}, change_address(source), _("Its page in the desk")
    )
    messages.success(request, words)
    return redirect(reading_address(snapshot))


def reading_address(snapshot):
    """Where a stored copy is worked on: the reading desk, or the page that shows it."""
    try:
        return reverse("admin:desk-reading", args=[snapshot.pk])
    except NoReverseMatch:
        return change_address(snapshot)


# The page


def _page(request, capture, *, form=None, instead=None):
    context = {
        "capture": capture,
        "reason": reason_of(capture),
        "live_address": live_address(capture),
        "is_fetched": capture.method == CaptureMethod.FETCHED,
        "is_under_way": is_under_way(capture),
        "is_slow": is_under_way(capture) and timezone.now() - capture.modified_at > LOOKED_FOR,
        **_by_state(request, capture, form, instead),
    }
    response = page(request, "capture_detail", Truncator(name_of(capture)).chars(140), context)
    if is_under_way(capture) and not context["is_slow"]:
        response.headers["Refresh"] = str(EVERY)
    return response


def _by_state(request, capture, form, instead):
    if capture.state == CaptureState.FAILED:
        instead = instead or InsteadForm(known_address=capture.address)
        return {"instead": instead, **known_context(request, _known(capture))}
    if capture.state == CaptureState.READY:
        return _review(request, capture, form or details_form(capture, request.user))
    if capture.state in (CaptureState.KEPT, CaptureState.SAME):
        return {
            "reading_address": reading_address(capture.snapshot),
            "source_address": change_address(capture.source) if _may_read(request, capture.source) else "",
            "typed": _typed(form) if form else [],
        }
    return {}


def _may_read(request, source):
    return readable(request.user, Source.objects.filter(pk=source.pk)).exists()


def _review(request, capture, form):
    known = _known(capture)
    language = form["language"].value() or "en"
    return {
        "form": form,
        "media": form.media,
        "groups": groups(capture, form),
        **known_context(request, known),
        "same_words": _same_words(request, capture),
        **_texts(capture),
        "language": language,
        "direction": direction_of(language),
    }


def _known(capture):
    """The sources that live at the address of a capture, in any form of it; one asked for is no surprise."""
    if capture.source_id:
        return Source.objects.none()
    return sources_at([capture.address, capture.final_address, best(capture, "address")])


def _same_words(request, capture):
    """The sources that had the same words when it was captured, as far as one may read them."""
    pks = [one["value"] for one in capture.proposed.get("origin", [])]
    found = readable(request.user, Source.objects.filter(pk__in=pks)).order_by("pk")
    return [(one, change_address(one)) for one in found[:MOST_SHOWN]]


def _typed(form):
    """What was typed into a form that came too late, field by field."""
    return [(field.label, field.value()) for field in form.visible_fields() if field.value()]


def _texts(capture):
    """The text by paragraphs, whether each belongs to the article as far as can be told, and what a newer copy changes.

    `paragraphs` are (number, words, class), `gone` the paragraphs of the latest stored copy that it no longer has.
    """
    first, last = capture.article_start or 0, capture.article_end or len(capture.text)
    latest = capture.source.snapshots.order_by("imported_at", "pk").last() if capture.source_id else None
    before = dict.fromkeys(_words_of(latest.text) if latest else ())
    now = _words_of(capture.text)
    gone = before.keys() - set(now)
    return {
        "paragraphs": [
            (number, words, _class(latest and words not in before, start < last and end > first))
            for number, (words, (start, end)) in enumerate(zip(now, blocks(capture.text), strict=True), 1)
        ],
        "gone": [words for words in before if words in gone],
    }


def _words_of(text):
    return [text[start:end] for start, end in blocks(text)]


def _class(is_new, is_inside):
    return "new" if is_new else "" if is_inside else "outside"
