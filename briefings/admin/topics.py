"""Topics, under which readers find things."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from briefings.models import Topic

from .base import PublishableAdmin


@admin.register(Topic)
class TopicAdmin(PublishableAdmin):
    named_after = "name"
    list_display = ["name", "parent", "state"]
    list_select_related = ["parent"]
    search_fields = ["name", "slug"]
    search_help_text = _("Search in names and addresses.")
    fieldsets = [(None, {"fields": ["name", "slug", "parent", "description", "status_line"]})]
