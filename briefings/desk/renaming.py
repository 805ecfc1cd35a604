"""Changing a public address: what it was, what it will be, and that the old one goes on leading here."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.admin.publishing import change_address
from briefings.editorial.addresses import rename, rename_problems
from briefings.editorial.problems import Refused
from briefings.former_addresses import SECTIONS
from briefings.models import FormerAddress
from briefings.permissions import RENAME, may

from .captures import HIGHEST_NUMBER, page

MODELS = {model._meta.model_name: model for model in SECTIONS.values()}


class AddressForm(forms.Form):
    key = forms.CharField(
        label=gettext_lazy("New address"),
        max_length=120,
        help_text=gettext_lazy("Small letters a–z, digits and single hyphens."),
        widget=forms.TextInput(attrs={"class": "vTextField", "spellcheck": "false", "autocapitalize": "none"}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)


def addresses(site):
    """One page for each kind of public thing, behind the login."""
    return [path("rename/<str:noun>/<int:pk>/", site.admin_view(rename_view), name="desk-rename")]


def rename_view(request, noun, pk):
    """The form, and on a confirming POST the change; what is refused comes back with the reason."""
    thing = _thing_or_404(request.user, noun, pk)
    form = AddressForm(request.POST or None, initial={"key": thing.public_key, "seen": thing.version})
    if request.method == "POST" and form.is_valid() and _renamed(request, thing, form):
        return redirect(change_address(thing))
    before, _name, after = thing.get_absolute_url().rpartition(thing.public_key)
    context = {
        "thing": thing,
        "form": form,
        "problems": rename_problems(thing),
        "before": before,
        "after": after,
        "former": FormerAddress.objects.of(type(thing)).filter(now=thing.public_key).values_list("key", flat=True),
        "back": change_address(thing),
    }
    return page(request, "rename", _("Change the address of “%(thing)s”") % {"thing": thing}, context)


def _thing_or_404(user, noun, pk):
    if noun not in MODELS or pk > HIGHEST_NUMBER:
        raise Http404
    thing = MODELS[noun]._base_manager.filter(pk=pk).first()
    if thing is None:
        raise Http404
    if not may(user, RENAME, thing):
        raise PermissionDenied(_("Only a publisher changes a public address. Ask a publisher to do it."))
    return thing


def _renamed(request, thing, form):
    """Change the address, with a sentence; where that is refused, say so at the field."""
    thing.version = form.cleaned_data["seen"]
    try:
        rename(thing, by=request.user, key=form.cleaned_data["key"])
    except Refused as refusal:
        form.add_error("key", str(refusal))
        thing.refresh_from_db()
        return False
    said = _("The address is “%(key)s” now. The old one leads there for ever.") % {"key": thing.public_key}
    messages.success(request, said)
    return True
