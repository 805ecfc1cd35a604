"""The one Django app of the project, and the admin as the editors' desk."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _

from . import checks  # noqa: F401  registers them


class BriefingsConfig(AppConfig):
    name = "briefings"
    verbose_name = _("Content")
    default_auto_field = "django.db.models.BigAutoField"
    default = True


class DeskConfig(admin_apps.AdminConfig):
    """Django's admin with our site class; named in INSTALLED_APPS in place of `django.contrib.admin`."""

    default_site = "briefings.desk.site.Desk"
    default = False
