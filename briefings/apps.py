"""The one Django app of the project."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BriefingsConfig(AppConfig):
    name = "briefings"
    verbose_name = _("Briefings")
    default_auto_field = "django.db.models.BigAutoField"
