"""The review of a statement or a source in the admin: its state, its buttons, and the filter of what waits for one."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.editorial.problems import Refused
from briefings.editorial.record_reviews import ask, content_digest, is_own, readings, review, take_back
from briefings.editorial.scheduling import in_words
from briefings.models import ReviewState
from briefings.permissions import REVIEW, SUBMIT, may

from .publishing import change_address

DONE = {
    "ask": gettext_lazy("A review of “%(thing)s” is asked for."),
    "review": gettext_lazy("“%(thing)s” is reviewed as it stands."),
    "take-back": gettext_lazy("The review of “%(thing)s” is taken back."),
}


class ToReview(admin.SimpleListFilter):
    title = gettext_lazy("review")
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [
            ("asked", _("to review")),
            ("reviewed", _("reviewed")),
            ("none", _("not reviewed")),
        ]

    def queryset(self, request, queryset):
        states = {"asked": ReviewState.ASKED, "reviewed": ReviewState.REVIEWED, "none": ReviewState.NONE}
        return queryset.filter(review=states[self.value()]) if self.value() in states else queryset


class Reviewed:
    """Three buttons at the head of a record's page, a line that says how it stands, and a column in the list."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_review"
        view = self.admin_site.admin_view(self.review_view)
        return [path("<path:object_id>/review/", view, name=name), *super().get_urls()]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "review_line"]

    def get_changelist_instance(self, request):
        """Work out for the whole page at once which reviews still count."""
        changelist = super().get_changelist_instance(request)
        rows = list(changelist.result_list)
        found = readings(rows) if rows else {}
        for row in rows:
            row.reading = found[row.pk]
        changelist.result_list = rows
        return changelist

    def _page_context(self, request, obj, extra_context):
        context = super()._page_context(request, obj, extra_context)
        return {"review_acts": self._review_acts(request, obj), **context} if obj else context

    def _review_acts(self, request, obj):
        """The buttons that fit now: (act, label, digest of what is shown, address)."""
        state, where = readings([obj])[obj.pk].state, self._review_address(obj)
        may_review = may(request.user, REVIEW, obj)
        acts = []
        if state == ReviewState.NONE and may(request.user, SUBMIT, obj):
            acts.append(("ask", _("Ask for a review")))
        if state != ReviewState.REVIEWED and may_review and not is_own(obj, request.user):
            acts.append(("review", _("Mark as reviewed")))
        if state == ReviewState.REVIEWED and may_review:
            acts.append(("take-back", _("Take the review back")))
        digest = content_digest(obj) if acts else ""
        return [(act, label, digest, where) for act, label in acts]

    def _review_address(self, obj):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_review", args=[obj.pk])

    def review_view(self, request, object_id):
        """Do what the button said, and go back to the record."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        obj = self.get_object(request, unquote(object_id))
        act = request.POST.get("act")
        if obj is None or act not in DONE:
            raise Http404
        try:
            _do(act, obj, request)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.WARNING)
        else:
            self.message_user(request, DONE[act] % {"thing": obj}, messages.SUCCESS)
        return redirect(change_address(obj))

    @admin.display(description=gettext_lazy("review"), ordering="review")
    def review_state(self, obj):
        """As the list says it, of a row that `get_changelist_instance` has looked at."""
        if obj.reading.is_stale:
            return _("changed since")
        return obj.get_review_display() if obj.review else ""

    @admin.display(description=gettext_lazy("review"))
    def review_line(self, obj):
        if obj.pk is None:
            return _("Not reviewed yet.")
        reading = readings([obj])[obj.pk]
        if obj.review == ReviewState.ASKED:
            return _("A review is asked for: somebody who did not make it reads it.")
        if obj.review != ReviewState.REVIEWED:
            return _("Nobody has reviewed it.")
        who = {"who": obj.reviewed_by.called if obj.reviewed_by else "–", "when": in_words(obj.reviewed_at)}
        if reading.is_stale:
            return format_html("<b>{}</b>", _("Changed since %(who)s reviewed it on %(when)s.") % who)
        return _("Reviewed as it stands by %(who)s on %(when)s.") % who


def _do(act, obj, request):
    if act == "review":
        review(obj, by=request.user, content=request.POST.get("content") or "-")
    elif act == "ask":
        ask(obj, by=request.user)
    else:
        take_back(obj, by=request.user)
