"""Events and what is claimed about them: who took part, where, what belongs to them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from briefings.models import Event

from .base import PublishableAdmin
from .claims import ClaimAboutEvent


@admin.register(Event)
class EventAdmin(PublishableAdmin):
    named_after = "name"
    inlines = [ClaimAboutEvent]
    list_display = ["name", "kind", "date", "state"]
    list_filter = ["status", "kind"]
    search_fields = ["name", "slug"]
    search_help_text = _("Search in names and addresses.")
    fieldsets = [
        (None, {"fields": ["name", "kind", "slug", "status_line"]}),
        (
            _("When"),
            {
                "fields": [("date", "date_basis", "date_note")],
                "description": _(
                    "A date as precise as it is known, and no more: 2017-09-26, 2017-09 or 2017; 1950~ for about 1950; "
                    "2017-09-26/2017-09-29 for a range."
                ),
            },
        ),
        (None, {"fields": ["note"]}),
    ]
