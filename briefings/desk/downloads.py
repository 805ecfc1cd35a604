"""The working text of a briefing with its notes as a file, for who may read it at the desk."""

from django.http import Http404
from django.urls import path
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from briefings.downloads import TYPES, file_of
from briefings.models import Briefing
from briefings.permissions import HISTORY, may
from briefings.views.downloads import as_download

from .captures import HIGHEST_NUMBER


def addresses(site):
    view = site.admin_view(require_safe(download_view))
    return [path("writing/<int:pk>/download.<slug:kind>", view, name="desk-writing-download")]


def download_view(request, pk, kind):
    """The file; a working text that one may not read does not exist for one, whoever may read what is published."""
    briefing = Briefing.objects.filter(pk=pk).first() if pk <= HIGHEST_NUMBER and kind in TYPES else None
    if briefing is None or not may(request.user, HISTORY, briefing):
        raise Http404(_("There is no such file."))
    response = as_download(file_of(briefing, kind, preview=True), f"{briefing.slug}-draft", kind)
    patch_cache_control(response, private=True, no_store=True)
    return response
