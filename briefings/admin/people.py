"""People with their other names and what is claimed about them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from briefings.models import Person

from .base import PublishableAdmin
from .claims import ClaimAboutPerson
from .organizations import AliasInline


@admin.register(Person)
class PersonAdmin(PublishableAdmin):
    named_after = "name"
    inlines = [AliasInline, ClaimAboutPerson]
    list_display = ["name", "public_role", "state"]
    search_fields = ["name", "slug", "aliases__name", "public_role"]
    search_help_text = _("Search in names, other names and public roles.")
    fieldsets = [
        (None, {"fields": ["name", "public_role", "slug", "status_line"]}),
        (
            _("How others know them"),
            {
                "fields": ["wikidata", "note"],
                "description": _("Posts and what else is said about them go into claims, each with its statement."),
            },
        ),
    ]
