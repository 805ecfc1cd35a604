"""Publishing, retracting and previewing from the admin, one thing or many. The rules are in `editorial.workflow`."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.editorial.approval import approval_problems
from briefings.editorial.plans import plan_publication
from briefings.editorial.problems import Refused
from briefings.editorial.switches import four_eyes
from briefings.editorial.workflow import publish, retract
from briefings.models import Briefing, Event, Organization, Person, Source, Statement, Topic
from briefings.permissions import CORRECT, PUBLISH, RENAME, RETRACT, may
from briefings.views.briefings import briefing_page
from briefings.views.events import event_page
from briefings.views.organizations import organization_page
from briefings.views.people import person_page
from briefings.views.sources import source_page
from briefings.views.statements import statement_page
from briefings.views.topics import topic_page

MAJOR, MINOR = "major", "minor"
PAGES = {
    Briefing: briefing_page,
    Event: event_page,
    Organization: organization_page,
    Person: person_page,
    Source: source_page,
    Statement: statement_page,
    Topic: topic_page,
}


def named(thing):
    """What names a thing in a form: its model and number."""
    return f"{thing._meta.model_name}:{thing.pk}"


def shown_plan(thing, plan, given=()):
    """A plan as the page shows it, with the values that confirm it: each thing together with the version looked at.

    `given` is what was typed into the page, if it was shown before.
    """
    note, extent = f"change_note:{named(thing)}", f"extent:{named(thing)}"
    return {
        "thing": thing,
        "seen": f"{named(thing)}:{thing.version}",
        "errors": plan.errors,
        "waiting": plan.open_warnings,
        "warnings": [problem for problem in plan.problems if not problem.is_open],
        "along": [
            (f"{named(other)}:{other.version}", str(other), other._meta.verbose_name, change_address(other))
            for other in plan.along
        ],
        "second_person": second_person(thing) if isinstance(thing, Briefing) else "",
        "asks_note": isinstance(thing, Briefing) and thing.is_public,
        "note": (note, given.get(note, "") if given else ""),
        "extent": (extent, given.get(extent, MAJOR) if given else MAJOR),
    }


def second_person(briefing):
    """What the desk says, beside a plan, of the second pair of eyes."""
    if not four_eyes():
        return _("Four eyes are off: nobody else has to approve it. The log will say so.")
    if approval_problems(briefing):
        return _("Four eyes are on: somebody who did not write it approves it first.")
    return _("Approved, as it stands, by %(who)s.") % {"who": briefing.approved_by.called}


def change_address(thing):
    """The address of a record's page in the admin."""
    return reverse(f"admin:briefings_{thing._meta.model_name}_change", args=[thing.pk])


def confirmed(request, thing, plan):
    """Return the drafts of a plan that were confirmed; they and the thing get the versions that were looked at."""
    parts = [value.rpartition(":") for value in request.POST.getlist("seen")]
    seen = {name: int(version) for name, _colon, version in parts if version.isdecimal() and len(version) < 12}
    along = [other for other in plan.along if named(other) in seen]
    for looked_at in (thing, *along):
        looked_at.version = seen.get(named(looked_at), 0)
    return along


class WorkflowPages:
    """Three pages for one public thing, and two bulk actions that use the same pages."""

    actions = ["publish_selected", "retract_selected", "delete_selected"]

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        pages = [("publish", self.publish_view), ("retract", self.retract_view), ("preview", self.preview_view)]
        return [
            path(f"<path:object_id>/{word}/", self.admin_site.admin_view(view), name=f"{name}_{word}")
            for word, view in pages
        ] + super().get_urls()

    def get_tools(self, request, obj):
        """Where one goes from a record's page: [(address, label)]."""
        tools = []
        if obj.is_public:
            tools.append((obj.get_absolute_url(), _("View on site")))
        if not obj.is_public or self.model is Briefing:
            tools.append((self._page_of(obj, "preview"), _("Preview")))
        if may(request.user, PUBLISH, obj) and (obj.is_public or not obj.was_published):
            tools.append((self._page_of(obj, "publish"), _("Publish…")))
        if may(request.user, RETRACT, obj) and obj.is_public:
            tools.append((self._page_of(obj, "retract"), _("Retract…")))
        return [*tools, *self._tools_of_what_was_published(request.user, obj)]

    def _tools_of_what_was_published(self, user, obj):
        correct = {Briefing: "desk-correct", Statement: "desk-correct-statement"}.get(self.model)
        if correct and obj.is_public and may(user, CORRECT, obj):
            yield reverse(f"admin:{correct}", args=[obj.pk]), _("Correct…")
        if obj.was_published and may(user, RENAME, obj):
            yield reverse("admin:desk-rename", args=[self.opts.model_name, obj.pk]), _("Change address…")

    def _page_of(self, obj, word):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{word}", args=[obj.pk])

    def _thing(self, request, object_id, act):
        thing = self.get_object(request, unquote(object_id))
        if thing is None:
            raise Http404
        if not may(request.user, act, thing):
            raise PermissionDenied
        return thing

    # Preview

    def preview_view(self, request, object_id):
        """The public page as it would be: for the desk, never kept by a browser or a proxy, never found by a search."""
        thing = self._thing(request, object_id, self.read_act)
        if thing.is_public and self.model is not Briefing:
            return redirect(thing)
        response = PAGES[self.model](request, thing, preview=True)
        add_never_cache_headers(response)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    # Publishing

    def publish_view(self, request, object_id):
        thing = self._thing(request, object_id, PUBLISH)
        return self._publish(request, [thing], redirect(change_address(thing)))

    @admin.action(description=gettext_lazy("Publish the selected %(verbose_name_plural)s…"))
    def publish_selected(self, request, queryset):
        return self._publish(request, list(queryset), None)

    def _publish(self, request, things, done):
        """Show what would be published, or do it on a confirming POST, one outcome each; `done` is where to go then."""
        if "confirm" in request.POST:
            things = [thing for thing in things if not self._publish_one(request, thing)]
            if not things:
                return done
        plans = [shown_plan(thing, plan_publication(thing, by=request.user), request.POST) for thing in things]
        title = _("Publish “%(thing)s”") % {"thing": things[0]} if len(things) == 1 else _("Publish")
        context = {
            "plans": plans,
            "may_confirm": not all(plan["errors"] or plan["waiting"] for plan in plans),
            "action": "publish_selected",
        }
        return self._page_response(request, "publish", title, things, context)

    def _publish_one(self, request, thing):
        """Publish one thing, with what was confirmed along, as both were looked at; say how it went; True when done."""
        thing.refresh_from_db()
        plan = plan_publication(thing, by=request.user)
        if thing.is_public and not plan.along and not isinstance(thing, Briefing):
            self.message_user(request, _("“%(thing)s” is public already.") % {"thing": thing})
            return True
        note = request.POST.get(f"change_note:{named(thing)}", "")
        major = request.POST.get(f"extent:{named(thing)}") != MINOR
        along = confirmed(request, thing, plan)
        try:
            publish(thing, by=request.user, along=along, change_note=note, major=major)
        except Refused as refusal:
            said = _("“%(thing)s” was not published. %(why)s") % {"thing": thing, "why": refusal}
            self.message_user(request, said, messages.ERROR)
            thing.refresh_from_db()
            return False
        self.message_user(request, _("“%(thing)s” is public now.") % {"thing": thing}, messages.SUCCESS)
        return True

    # Retracting

    def retract_view(self, request, object_id):
        thing = self._thing(request, object_id, RETRACT)
        return self._retract(request, [thing], redirect(change_address(thing)))

    @admin.action(description=gettext_lazy("Retract the selected %(verbose_name_plural)s…"))
    def retract_selected(self, request, queryset):
        return self._retract(request, list(queryset), None)

    def _retract(self, request, things, done):
        reason = request.POST.get("reason", "").strip()
        if "confirm" in request.POST and reason and "\x00" not in reason:
            for thing in things:
                self._retract_one(request, thing, reason)
            return done
        context = {
            "missing": "confirm" in request.POST,
            "action": "retract_selected",
            "things": things,
            "reason": reason,
        }
        title = _("Retract “%(thing)s”") % {"thing": things[0]} if len(things) == 1 else _("Retract")
        return self._page_response(request, "retract", title, things, context)

    def _retract_one(self, request, thing, reason):
        try:
            retract(thing, by=request.user, reason=reason)
        except Refused as refusal:
            said = _("“%(thing)s” was not retracted. %(why)s") % {"thing": thing, "why": refusal}
            self.message_user(request, said, messages.ERROR)
        else:
            said = _("“%(thing)s” is retracted. Its address now shows a note with your reason.") % {"thing": thing}
            self.message_user(request, said, messages.SUCCESS)

    # What they share

    def get_actions(self, request):
        """A bulk action is offered to those who may use it on something."""
        actions = super().get_actions(request)
        for name, act in (("publish_selected", PUBLISH), ("retract_selected", RETRACT)):
            if name in actions and not may(request.user, act, self.model):
                del actions[name]
        return actions

    def _page_response(self, request, word, title, things, context):
        request.current_app = self.admin_site.name
        context |= self.admin_site.each_context(request)
        context |= {
            "opts": self.opts,
            "title": title,
            "things": things,
            "original": things[0] if len(things) == 1 else None,
        }
        context |= {"checkbox": ACTION_CHECKBOX_NAME, "bulk": ACTION_CHECKBOX_NAME in request.POST}
        context |= {"media": self.media}
        return TemplateResponse(request, f"admin/briefings/{word}.html", context)
