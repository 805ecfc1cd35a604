"""Import of references: an export of a reference manager, looked at first, then taken over as drafts of sources."""

from dataclasses import asdict

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from briefings.admin.publishing import change_address
from briefings.admin.roles import readable
from briefings.articles import Reference, Unreadable, parse_references
from briefings.editorial.importing import import_references, plan_import
from briefings.models import Source, SourceKind
from briefings.models.dates import describe

from .captures import page, refuse_unless_may_add

SALT = "briefings.desk.imports"
KEPT_FOR = 24 * 3600  # seconds for which a preview can be confirmed
LARGEST = 5_000_000  # bytes
MOST = 5000  # references at once
UNREADABLE = {
    "damaged": gettext_lazy("The file is damaged, or not what its name says. Export the references again."),
    "empty": gettext_lazy("The file is empty. Export the references again."),
    "not-references": gettext_lazy("This is neither CSL-JSON, nor RIS, nor Zotero’s CSV. Export it as one of these."),
    "too-large": gettext_lazy("There are more references than are taken at once. Export fewer."),
}
PROBLEMS = {
    "address-unusable": gettext_lazy("Its address cannot be visited and is left out."),
    "date-unreadable": gettext_lazy("Its date cannot be read and is left out."),
    "kind-unknown": gettext_lazy("Its kind is not one of ours: look at it."),
    "no-title": gettext_lazy("It has no title."),
}


class ImportForm(forms.Form):
    """An export: CSL-JSON, RIS or Zotero's CSV."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "An export of Zotero or another reference manager: CSL-JSON, RIS or Zotero’s CSV, of up to 5 MB. "
            "Abstracts, notes and tags are left out."
        ),
        widget=forms.FileInput(attrs={"accept": ".json,.ris,.csv"}),
        error_messages={"empty": gettext_lazy("The file is empty. Export the references again.")},
    )

    def clean(self):
        cleaned = super().clean()
        if file := cleaned.get("file"):
            cleaned["references"] = self._read(file)
        return cleaned

    def _read(self, file):
        if file.size > LARGEST:
            raise ValidationError({"file": _("The file is larger than 5 MB. Export fewer references at once.")})
        try:
            references = parse_references(file.read(), file.name)
        except Unreadable as error:
            raise ValidationError({"file": UNREADABLE.get(error.code, UNREADABLE["damaged"])}) from error
        if not references:
            raise ValidationError({"file": _("There are no references in this file.")})
        if len(references) > MOST:
            raise ValidationError({"file": _("There are more than 5,000 references. Export fewer at once.")})
        return references


def addresses(site):
    return [path("capture/import/", site.admin_view(import_view), name="desk-import")]


def import_view(request):
    refuse_unless_may_add(request.user)
    if request.method == "POST" and "confirmed" in request.POST:
        return _import(request)
    form = ImportForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        return _preview(request, form.cleaned_data["references"])
    return page(request, "import", _("Import references"), {"form": form})


def _preview(request, references):
    planned = plan_import(references)
    known = {source.pk for source in _readable_known(request.user, planned)}
    rows = [_row(number, one, known) for number, one in enumerate(planned, 1)]
    count = sum(one.is_new for one in planned)
    context = {
        "rows": rows,
        "count": count,
        "left_out": len(rows) - count,
        "confirmed": signing.dumps([asdict(reference) for reference in references], salt=SALT, compress=True),
    }
    return page(request, "import", _("Import references"), context)


def _readable_known(user, planned):
    return readable(user, Source.objects.filter(pk__in={one.known.pk for one in planned if one.known}))


def _row(number, one, known):
    """A reference as the preview shows it; of what somebody may not read it says no more than that it is there."""
    return {
        "number": number,
        "reference": one.reference,
        "kind": dict(SourceKind.choices).get(one.reference.kind, ""),
        "published": describe(one.reference.published),
        "is_new": one.is_new,
        "known": one.known,
        "known_address": change_address(one.known) if one.known and one.known.pk in known else "",
        "repeats": one.repeats,
        "errors": [] if "no-title" in one.reference.problems else one.errors,
        "problems": [PROBLEMS.get(code, code) for code in one.reference.problems],
    }


def _import(request):
    """What was looked at is what is taken over: it comes back signed."""
    try:
        rows = signing.loads(request.POST["confirmed"], salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        messages.error(
            request, _("This preview is too old, or did not arrive whole. Nothing was imported; choose the file again.")
        )
        return redirect("admin:desk-import")
    references = [Reference(**{**row, "problems": tuple(row["problems"])}) for row in rows]
    try:
        made = import_references(references, by=request.user)
    except IntegrityError:
        messages.error(request, _("Somebody saved one of these sources just now. Nothing was imported; look again."))
        return redirect("admin:desk-import")
    said = ngettext(
        "%(count)d source was imported as a draft.", "%(count)d sources were imported as drafts.", len(made)
    )
    messages.success(request, said % {"count": len(made)})
    return redirect(f"{reverse('admin:briefings_source_changelist')}?status__exact=draft")
