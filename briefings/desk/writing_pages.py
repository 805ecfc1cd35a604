"""What the pages of the writing desk show, and how what a browser sends them is read."""

import copy
import re
import uuid

from django.http import Http404
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from briefings.admin.publishing import change_address
from briefings.briefing_pages import TEMPLATE, page_context
from briefings.editorial.autosave import left_behind, others
from briefings.editorial.cited_drafts import as_read_by
from briefings.editorial.comments import comments_of
from briefings.editorial.evidence import body_problems
from briefings.editorial.working_text import FIELDS, LONGEST_BODY, LONGEST_TITLE, cleaned, text_of
from briefings.history import last_change
from briefings.languages import direction_of
from briefings.models import Briefing, WritingWindow
from briefings.permissions import ADD, CHANGE, COMMENT, HISTORY, may, readable
from briefings.rendering import block_lines

from .captures import HIGHEST_NUMBER
from .reading_pages import site_context

_WINDOW = re.compile(r"[A-Za-z0-9-]{1,40}\Z")
_RECENT = 8


# Whose


def briefings_for(user):
    """The briefings that a user may write on: an editor all, a contributor their own drafts."""
    if may(user, HISTORY, Briefing()):
        return Briefing.objects.all()
    own = readable(user, Briefing.objects.filter(created_by=user))
    return own.exclude(pk__in=Briefing.objects.published())


def briefing_or_404(user, pk):
    briefing = briefings_for(user).select_related("current").filter(pk=pk).first() if pk <= HIGHEST_NUMBER else None
    if briefing is None or not may(user, CHANGE, briefing):
        raise Http404(_("There is no briefing here that you may write on."))
    return briefing


def own_window(request, briefing, window):
    """The row of a window of the user's own, or None."""
    if not _WINDOW.match(window):
        return None
    return WritingWindow.objects.filter(briefing=briefing, user=request.user, window=window).first()


def own_window_or_404(request, briefing, pk):
    rows = WritingWindow.objects.filter(briefing=briefing, user=request.user)
    row = rows.filter(pk=pk).first() if pk <= HIGHEST_NUMBER else None
    if row is None:
        raise Http404(_("What was left unsaved there is no longer kept."))
    row.briefing = briefing
    return row


def new_window():
    return uuid.uuid4().hex


def sent(request):
    """What a form of the desk sends, as `autosave.keep` takes it."""
    window = request.POST.get("window", "")
    if not _WINDOW.match(window):
        raise Http404(_("This form does not say from which window it comes."))
    numbers = {name: _number(request.POST.get(name, "")) for name in ("base_version", "number")}
    return {"window": window, **numbers, **{name: request.POST.get(name, "") for name in FIELDS}}


def _number(value):
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else 0


# Pages


def at_window(briefing, row):
    """Go on at the desk with what a window holds."""
    return redirect(f"{reverse('admin:desk-writing', args=[briefing.pk])}?window={row.window}")


def moment(when):
    """A day and a time, as the desk prints them."""
    return date_format(localtime(when), "j F Y, H:i")


def new_page(request, title, refused):
    drafts = briefings_for(request.user).order_by("-modified_at").only("pk", "title", "modified_at", "status")
    context = {
        **site_context(request),
        "title": _("Write a briefing"),
        "typed": title,
        "refused": refused,
        "longest_title": LONGEST_TITLE,
        "may_add": may(request.user, ADD, Briefing),
        "drafts": drafts[:_RECENT],
    }
    return TemplateResponse(request, "admin/desk/writing_new.html", context, status=400 if refused else 200)


def desk_page(request, briefing, row):
    text = text_of(row)
    context = {
        **site_context(request),
        "title": briefing.title,
        "briefing": briefing,
        "row": row,
        "text": text,
        "direction": direction_of(briefing.language),
        "longest_title": LONGEST_TITLE,
        "longest_body": LONGEST_BODY,
        "problems": problems_of(briefing, text, request.user),
        "news": news_of(request, briefing, row),
        "left": [_left_row(one, briefing) for one in left_behind(briefing, by=request.user, besides=row)],
        "words": _words(text.body),
        "lines": " ".join(map(str, block_lines(text.body))),
        "record_address": change_address(briefing),
        "comments": comments_of(briefing),
        "may_comment": may(request.user, COMMENT, briefing),
        "is_nav_sidebar_enabled": False,
    }
    return TemplateResponse(request, "admin/desk/writing.html", context)


def _left_row(row, briefing):
    return {
        "row": row,
        "when": moment(row.saved_at) if row.saved_at else "",
        "is_older": row.base_version != briefing.version,
        "address": reverse("admin:desk-writing-left", args=[briefing.pk, row.pk]),
        "compare": reverse("admin:desk-writing-merge", args=[briefing.pk, row.pk]),
    }


def _words(body):
    count = len(body.split())
    return ngettext("%(n)s word", "%(n)s words", count) % {"n": f"{count:,}"}


# Looking


def draft_of(briefing, text, user):
    """A briefing with other words, to be shown and never saved; drafts that `user` may not read stay unknown in it."""
    draft = copy.copy(briefing)
    draft.title, draft.standfirst = text.title, text.standfirst
    draft.body = as_read_by(user, text.body, standing=briefing.body)
    return draft


def problems_of(briefing, text, user):
    return body_problems(as_read_by(user, text.body, standing=briefing.body), briefing=briefing)


def look_at(request, briefing, values):
    """The preview and the checks of what was typed: HTML of both, and the lines on which the blocks begin."""
    text = cleaned(*(values[name] for name in FIELDS))
    if len(text.body) > LONGEST_BODY:
        return {"said": _("The text is too long to be shown and checked here. It is kept.")}
    context = page_context(draft_of(briefing, text, request.user), preview=True)
    checks = {"problems": problems_of(briefing, text, request.user), "briefing": briefing}
    return {
        "preview": render_to_string(TEMPLATE, context, request),
        "checks": render_to_string("admin/desk/_checks.html", checks, request),
        "lines": block_lines(text.body),
        "words": _words(text.body),
    }


def news_of(request, briefing, row):
    """Who else has the briefing open, and who saved a newer text, as HTML; empty where there is nothing to tell."""
    newer = _newer(briefing, row) if briefing.version != row.base_version else ""
    context = {"others": others(briefing, than=row), "newer": newer}
    return render_to_string("admin/desk/_writing_news.html", context, request) if any(context.values()) else ""


def _newer(briefing, row):
    stored = text_of(briefing)
    if (row.base_title, row.base_standfirst, row.base_body) == (stored.title, stored.standfirst, stored.body):
        return ""
    who, when = last_change(briefing)
    name = (who.get_full_name() or who.get_username()) if who else _("Somebody else")
    return _(
        "%(who)s saved a newer text on %(when)s. Go on writing: when you save, both are merged word by word, and you "
        "are asked where they differ."
    ) % {"who": name, "when": moment(when)}
