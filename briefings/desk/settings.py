"""What administrators switch for the whole desk, with the reason, and who switched it before."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.editorial.problems import Refused
from briefings.editorial.switches import four_eyes, switch_four_eyes
from briefings.editorial.typed import LONGEST_NOTE
from briefings.models import DeskSettings, LogEntry
from briefings.permissions import SWITCH, may

from .captures import page

SHOWN = 20  # entries


class Switch(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Stands in the log with your name."),
    )


def addresses(site):
    return [path("settings/", site.admin_view(settings_view), name="desk-settings")]


def settings_view(request):
    """Show how the desk is set; on POST switch four eyes to what the button said, or say why not."""
    if not may(request.user, SWITCH, DeskSettings):
        raise PermissionDenied(_("The settings of the desk are for administrators."))
    form, refused = Switch(request.POST or None), ""
    if request.method == "POST":
        if request.POST.get("four_eyes") not in ("on", "off"):
            raise Http404
        refused = _switched(request, form)
        if refused is None:
            return redirect("admin:desk-settings")
    entries = LogEntry.objects.filter(act="switch")[:SHOWN]
    context = {"four_eyes": four_eyes(), "form": form, "refused": refused, "entries": entries}
    return page(request, "settings", _("Settings of the desk"), context)


def _switched(request, form):
    """Switch, and return None; or why nothing was switched, empty where the form says so itself."""
    on = request.POST["four_eyes"] == "on"
    if not form.is_valid():
        return ""
    try:
        switch_four_eyes(on, by=request.user, reason=form.cleaned_data["reason"])
    except Refused as refusal:
        return str(refusal)
    said = _("Four eyes are on: nothing is published that nobody else has approved.")
    messages.success(request, said if on else _("Four eyes are off. Each publication says so in the log."))
    return None
