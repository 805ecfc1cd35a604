"""Two texts of one briefing side by side: what a window holds and what somebody else saved, merged word by word."""

import hashlib
from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.editorial.autosave import leave, rebase, save_window
from briefings.editorial.merging import Chunk, Side, merge, merged_text
from briefings.editorial.problems import Refused
from briefings.editorial.working_text import FIELDS, StaleText, cleaned
from briefings.history import last_change
from briefings.languages import direction_of
from briefings.quotes import difference

from . import writing_pages
from .reading_pages import site_context

LABELS = {"title": gettext_lazy("Title"), "standfirst": gettext_lazy("Standfirst"), "body": gettext_lazy("Text")}
OWN_WORDS = "words"  # the answer "written anew", whose words stand in a field of their own
SHOWN = 60  # words at the beginning and at the end of a stretch that nobody changed


def address(row):
    return reverse("admin:desk-writing-merge", args=[row.briefing_id, row.pk])


@dataclass(frozen=True, slots=True)
class Piece:
    """A chunk as the page shows it; a conflict has the name of its answer."""

    chunk: Chunk
    name: str
    head: str = ""
    left_out: int = 0
    tail: str = ""
    changes: tuple = ()
    other_changes: tuple = ()
    after: str = ""

    @property
    def is_conflict(self):
        return self.chunk.side == Side.CONFLICT

    @property
    def is_same(self):
        return self.chunk.side == Side.SAME


def merge_texts(request, pk, row):
    """Show both texts as one; on POST store it over the text that was seen, or go on writing with it."""
    briefing = writing_pages.briefing_or_404(request.user, pk)
    window = writing_pages.own_window_or_404(request, briefing, row)
    merged = {name: _merge(window, briefing, name) for name in FIELDS}
    if request.method != "POST":
        return _page(request, briefing, window, merged)
    if request.POST.get("seen") != _seen(briefing, window):
        messages.warning(request, _("One of the texts was changed after you opened this page. Here they are again."))
        return _page(request, briefing, window, merged)
    text = cleaned(*(merged_text(merged[name], _answers(request, name, merged[name])) for name in FIELDS))
    rebase(window, briefing, text)
    if request.POST.get("do") == "write":
        return writing_pages.at_window(briefing, window)
    return _save(request, briefing, window)


def _save(request, briefing, window):
    """Store the merged text, which the window holds by now: whatever happens, it is kept."""
    try:
        saved = save_window(window, by=request.user)
    except StaleText:
        messages.warning(request, _("Somebody saved again meanwhile. Your merged text is kept; here is what differs."))
        return redirect(address(window))
    except Refused as refusal:
        messages.error(request, _("Not saved yet: %(why)s The merged text is kept.") % {"why": refusal})
        return writing_pages.at_window(briefing, window)
    leave(window)
    messages.success(request, _("Saved: the text holds what both of you wrote, as you decided."))
    return redirect("admin:desk-writing", saved.pk)


def _merge(window, briefing, name):
    base = getattr(window, f"base_{name}") if window.base_title else None
    return merge(base, getattr(window, name), getattr(briefing, name))


def _seen(briefing, window):
    """The two texts that a page was made of; the same words kept again are no other text."""
    words = "\0".join(getattr(window, name) for name in FIELDS)
    return f"{briefing.version}-{hashlib.sha256(words.encode()).hexdigest()}"


def _is_of_two(briefing, window):
    """Whether somebody saved other words since the window's text was begun."""
    return any(getattr(window, f"base_{name}") != getattr(briefing, name) for name in FIELDS)


def _answers(request, name, chunks):
    """The words that were chosen for each conflict; one without an answer keeps both."""
    found = {}
    for place, chunk in enumerate(chunks):
        answer = request.POST.get(f"{name}-{place}", "") if chunk.side == Side.CONFLICT else ""
        if answer in (Side.MINE, Side.THEIRS, Side.BOTH):
            found[place] = getattr(chunk, answer)
        elif answer == OWN_WORDS:
            found[place] = request.POST.get(f"{name}-{place}-{OWN_WORDS}", "")
    return found


def _page(request, briefing, window, merged):
    who, when = last_change(briefing)
    parts = [(LABELS[name], [_piece(name, place, one) for place, one in enumerate(merged[name])]) for name in FIELDS]
    context = {
        **site_context(request),
        "title": _("Two texts, word by word"),
        "briefing": briefing,
        "direction": direction_of(briefing.language),
        "parts": [(label, pieces) for label, pieces in parts if not all(piece.is_same for piece in pieces)],
        "conflicts": sum(piece.is_conflict for _label, pieces in parts for piece in pieces),
        "seen": _seen(briefing, window),
        "is_of_two": _is_of_two(briefing, window),
        "who": (who.get_full_name() or who.get_username()) if who else _("Somebody else"),
        "when": writing_pages.moment(when),
        "back": f"{reverse('admin:desk-writing', args=[briefing.pk])}?window={window.window}",
        "is_nav_sidebar_enabled": False,
    }
    return TemplateResponse(request, "admin/desk/writing_merge.html", context)


def _piece(field, place, chunk):
    name = f"{field}-{place}"
    if chunk.side == Side.SAME:
        return _shortened(chunk, name)
    if chunk.side == Side.CONFLICT:
        return Piece(
            chunk, name, changes=difference(chunk.base, chunk.mine), other_changes=difference(chunk.base, chunk.theirs)
        )
    after = chunk.mine if chunk.side == Side.MINE else chunk.theirs
    return Piece(chunk, name, after=after)


def _shortened(chunk, name):
    """What nobody changed, without its middle where it is long."""
    words = chunk.mine.split(" ")
    if len(words) <= 3 * SHOWN:
        return Piece(chunk, name, head=chunk.mine)
    head, tail = " ".join(words[:SHOWN]), " ".join(words[-SHOWN:])
    return Piece(chunk, name, head=head, left_out=len(words) - 2 * SHOWN, tail=tail)
