"""The editors' site: Django's admin with our name, our groups of models, and roles instead of "staff status"."""

from importlib import import_module

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.db.models.base import ModelBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from briefings.models import Briefing, DeskSettings, Redaction
from briefings.permissions import PUBLISH, READ, REDACT, SWITCH, Role, may, role_of

GROUPS = [
    (_("Content"), ["Briefing", "Statement", "Source"]),
    (_("Reference"), ["Organization", "Person", "Event", "Topic"]),
    (_("Behind the pages"), ["Snapshot", "Evidence", "Claim", "PublishedRevision"]),
    (_("People at the desk"), ["User", "Group"]),
]

# Modules of this package, with `addresses(site)`: URL patterns behind the login, and `waiting(request)`: what the front
# page counts. They are named and not imported, because they use the admin, which registers its models with the site
# made here.
SCREENS = [
    "home",
    "capture",
    "drift",
    "reading",
    "health",
    "writing",
    "workflow",
    "log",
    "settings",
    "evidence_checks",
    "review",
    "redaction",
    "correcting",
    "flags",
    "renaming",
    "reports",
    "citing",
    "downloads",
    "pasting",
    "pictures",
]
MACHINERY = {"django_tasks_database"}  # apps that register pages of their own


def screens():
    return [import_module(f"{__package__}.{name}") for name in SCREENS]


class DeskLogin(AdminAuthenticationForm):
    """Lets in whoever has a role."""

    def confirm_login_allowed(self, user):
        super(AdminAuthenticationForm, self).confirm_login_allowed(user)
        if role_of(user) == Role.ANONYMOUS:
            raise ValidationError(
                _("Your name and password are right, but you have no role here yet. Ask an administrator for one."),
                code="no_role",
            )


class Desk(AdminSite):
    site_header = site_title = format_lazy(_("{site} desk"), site=settings.SITE_NAME)
    index_title = _("The desk")
    login_form = DeskLogin
    empty_value_display = "–"

    def register(self, model_or_iterable, admin_class=None, **options):
        """What belongs to the machinery has no pages: what became of a task stands where it was asked for."""
        models = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else model_or_iterable
        shown = [model for model in models if model._meta.app_label not in MACHINERY]
        super().register(shown, admin_class, **options)

    def get_urls(self):
        """The screens of the desk come before the pages of single records."""
        shown = [screen for screen in screens() if hasattr(screen, "addresses")]
        return [*(path for screen in shown for path in screen.addresses(self)), *super().get_urls()]

    def index(self, request, extra_context=None):
        """The front page: lists of its own, and the counts of all screens with `waiting(request)`.

        Each yields (address, number, words after the number).
        """
        counts = [count for screen in screens() if hasattr(screen, "waiting") for count in screen.waiting(request)]
        lists = list(import_module(f"{__package__}.home").panels(request))
        context = {"waiting": counts, "panels": lists, "links": [*self._links(request.user)]}
        return super().index(request, {**context, **(extra_context or {})})

    def _links(self, user):
        """Pages that not everybody gets, and that belong to no record: (address, label)."""
        if may(user, READ, Briefing()):
            yield reverse("admin:desk-health"), _("Health of the collection")
        if may(user, PUBLISH, Briefing):
            yield reverse("admin:desk-log"), _("Log")
        if may(user, REDACT, Redaction):
            yield reverse("admin:desk-redaction"), _("Redactions")
        if may(user, SWITCH, DeskSettings):
            yield reverse("admin:desk-settings"), _("Settings of the desk")

    def has_permission(self, request):
        return role_of(request.user) > Role.ANONYMOUS

    def get_app_list(self, request, app_label=None):
        """What the user may see, in the order of the work rather than of the code."""
        apps = self._build_app_dict(request, app_label)
        models = {model["object_name"]: model for app in apps.values() for model in app["models"]}
        groups = []
        for number, (name, names) in enumerate(GROUPS):
            found = [models.pop(known) for known in names if known in models]
            groups.append({"name": name, "app_label": f"group-{number}", "app_url": "", "models": found})
        groups.append({"name": _("Other"), "app_label": "other", "app_url": "", "models": list(models.values())})
        return [group for group in groups if group["models"]]

    def app_index(self, request, app_label, extra_context=None):
        """One front page: how the code is divided into apps is no news to an editor."""
        return redirect("admin:index")
