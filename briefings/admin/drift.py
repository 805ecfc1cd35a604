"""Checking sources from their own pages and list. What a check does is in `editorial.drift`."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from briefings.desk.checking import check_now, latest_standing
from briefings.permissions import RECAPTURE, may


class Drift:
    """A line that says how the original stands, a button that looks again, and the same for several from the list."""

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The button is a form of its own beside the links at the head of the page."""
        obj = self.get_object(request, object_id)
        may_check = bool(obj and obj.address and may(request.user, RECAPTURE, obj) and obj.snapshots.exists())
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "may_check": may_check})

    def get_actions(self, request):
        actions = super().get_actions(request)
        if not may(request.user, RECAPTURE, self.model):
            actions.pop("check_selected", None)
        return actions

    @admin.action(description=gettext_lazy("Check the pages of the selected %(verbose_name_plural)s now"))
    def check_selected(self, request, queryset):
        check_now(request, list(queryset))

    @admin.display(description=gettext_lazy("at its address"))
    def standing(self, obj):
        return latest_standing(obj) if obj.pk and obj.address else self.get_empty_value_display()
