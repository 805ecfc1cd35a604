"""The log of the desk, to be read by publishers and administrators: who did what to which thing, and when."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from briefings.admin.publishing import change_address
from briefings.editorial.references import ORDER
from briefings.models import Briefing, LogEntry
from briefings.pagination import in_words, page_of
from briefings.permissions import PUBLISH, may

from .captures import page

KINDS = {model._meta.model_name: model for model in reversed(ORDER)}
COUNT = ngettext_lazy("%(shown)s entry", "%(shown)s entries", "number")
PER_PAGE = 50


def addresses(site):
    return [path("log/", site.admin_view(log_view), name="desk-log")]


def may_see_log(user):
    return may(user, PUBLISH, Briefing)


def thing_address(thing):
    """Where the log of one thing stands."""
    return log_address(thing._meta.model_name, thing.public_key)


def log_address(kind, key):
    return f"{reverse('admin:desk-log')}?{urlencode({'kind': kind, 'key': key})}"


def log_view(request):
    if not may_see_log(request.user):
        raise PermissionDenied(_("The log is for publishers and administrators."))
    kind, key = request.GET.get("kind", ""), request.GET.get("key", "").strip().replace("\x00", "")[:120]
    entries = LogEntry.objects.select_related("by")
    thing = KINDS[kind].objects.filter(**{KINDS[kind].natural_key_fields[0]: key}).first() if kind in KINDS else None
    if thing is not None:
        entries = LogEntry.objects.about(thing).select_related("by")
    elif kind in KINDS or key:
        entries = entries.filter(**({"model": kind} if kind in KINDS else {}), **({"key": key} if key else {}))
    found = page_of(entries, request, rows=_rows, per_page=PER_PAGE)
    context = {
        "page": found,
        "count": in_words(found.total, found.is_capped, COUNT),
        "kinds": [(name, model._meta.verbose_name, name == kind) for name, model in KINDS.items()],
        "kind": kind if kind in KINDS else "",
        "key": key,
        "query": urlencode({"kind": kind, "key": key}) if kind in KINDS or key else "",
        "thing": thing,
        "thing_address": change_address(thing) if thing else "",
    }
    return page(request, "log", _("Log"), context)


def _rows(entries):
    """Each entry with its thing: what it was called then, and where its own log stands."""
    for entry in (rows := list(entries)):
        model = KINDS.get(entry.model)
        entry.kind = model._meta.verbose_name if model else entry.model
        entry.of_thing = log_address(entry.model, entry.key) if model and entry.key else ""
    return rows
