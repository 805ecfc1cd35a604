"""Organizations with their other names and what is claimed about them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from briefings.models import Alias, Organization

from .base import PublishableAdmin
from .claims import ClaimAboutOrganization
from .relations import RecordTabularInline


class AliasInline(RecordTabularInline):
    model = Alias
    fields = ["name", "kind", "language"]
    verbose_name_plural = _("Other names")


@admin.register(Organization)
class OrganizationAdmin(PublishableAdmin):
    named_after = "name"
    inlines = [AliasInline, ClaimAboutOrganization]
    list_display = ["name", "kind", "country_code", "state"]
    list_filter = ["status", "kind"]
    search_fields = ["name", "slug", "aliases__name"]
    search_help_text = _("Search in names, other names and addresses.")
    fieldsets = [
        (None, {"fields": ["name", "kind", "slug", "status_line"]}),
        (
            _("How others know it"),
            {
                "fields": ["country_code", "wikidata", "note"],
                "description": _("What is said about it goes into claims, each with the statement that says so."),
            },
        ),
    ]
