"""The metadata of a captured source: a form with what is proposed for each field, corrected before it is saved."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.admin.fields import TypeToFind
from briefings.admin.publishing import change_address
from briefings.admin.roles import readable
from briefings.articles import canonical_address
from briefings.editorial.known_sources import sources_at
from briefings.editorial.publishers import match_publishers, new_publisher
from briefings.editorial.suggestions import ORIGINS, best, proposed_source, suggest_key
from briefings.models import Organization, OrganizationKind, Source
from briefings.permissions import READ, may

# The form, top to bottom: a label where the part is folded away, and its lines.
GROUPS = [
    (
        "",
        [
            ["title"],
            ["publisher"],
            ["new_publisher", "new_publisher_kind"],
            ["authors"],
            ["published", "published_basis"],
            ["language", "kind"],
            ["canonical_address"],
        ],
    ),
    (gettext_lazy("Key, date, address and reprints"), [["key"], ["published_note"], ["address"], ["origin"]]),
]


class SourceDetailsForm(forms.ModelForm):
    """The metadata of a captured source, to be corrected before it is saved."""

    address = forms.URLField(
        label=gettext_lazy("Address"), max_length=2000, required=False, assume_scheme="https", widget=forms.TextInput
    )
    new_publisher = forms.CharField(
        label=gettext_lazy("Or a new publisher"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Made as a draft, where no publisher is chosen above."),
    )
    new_publisher_kind = forms.ChoiceField(
        label=gettext_lazy("Its kind"), choices=OrganizationKind, initial=OrganizationKind.MEDIA, required=False
    )

    class Meta:
        model = Source
        fields = [
            "title", "kind", "publisher", "authors", "published", "published_basis", "published_note", "language",
            "address", "canonical_address", "origin", "key",
        ]  # fmt: skip
        widgets = {
            "title": forms.Textarea(attrs={"rows": 3}),
            "authors": forms.TextInput,
            "canonical_address": forms.TextInput,
            "publisher": TypeToFind(Source._meta.get_field("publisher"), admin.site),
            "origin": TypeToFind(Source._meta.get_field("origin"), admin.site),
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["publisher"].queryset = readable(user, Organization.objects.all())
        self.fields["origin"].queryset = readable(user, Source.objects.all())
        self.fields["key"].required = False
        self.fields["key"].help_text = _("Part of its address here. Left empty, one is made of the title.")
        self.fields["canonical_address"].help_text = _("The one address that tells it from others, without tracking.")
        self.fields["published"].help_text = _("2017-09-26, or as much of it as is known: 2017-09, 2017.")
        self.fields["origin"].label = _("Reprint of")
        self.fields["origin"].help_text = _("A wire text or release that it reprints: both count as one origin.")

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())

    def clean_canonical_address(self):
        address = self.cleaned_data["canonical_address"] or self.data.get("address", "").strip()
        if not address:
            return None
        try:
            canonical = canonical_address(address)
        except ValueError as error:
            raise ValidationError(_("This is no address to be visited. Correct it, or leave it empty.")) from error
        known = sources_at([canonical]).first()
        if known:
            raise ValidationError(self._known(known))
        return canonical

    def _known(self, source):
        if not may(self.user, READ, source):
            return _("A source with this address is here already, as somebody’s draft. Ask an editor about it.")
        link = format_html('<a href="{}">{}</a>', change_address(source), source.title)
        return format_html(_("This address is here already: {}. Store a newer copy of that one instead."), link)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("key") and "key" not in self.errors:
            publisher = cleaned.get("publisher")
            name = publisher.name if publisher else cleaned.get("new_publisher") or ""
            cleaned["key"] = suggest_key(cleaned.get("title") or "", name, cleaned.get("published") or "")
        if cleaned.get("new_publisher") and not cleaned.get("publisher"):
            self._match(cleaned)
        return cleaned

    def _match(self, cleaned):
        """A name that an organization has already is that organization; it is not made a second time."""
        name = cleaned["new_publisher"]
        cleaned["publisher"] = match_publishers([name], by=self.user).get(name)

    def made_publisher(self):
        """The organization to be made along, unsaved, or None."""
        name, chosen = self.cleaned_data.get("new_publisher"), self.cleaned_data.get("publisher")
        kind = self.cleaned_data.get("new_publisher_kind") or OrganizationKind.MEDIA
        return new_publisher(name, kind) if name and not chosen else None


def details_form(capture, user, data=None, *, initial=None):
    """The form: with what is proposed, with what was typed so far (`initial`), or with what was sent (`data`)."""
    if data is not None:
        return SourceDetailsForm(data, user=user)
    if initial is None:
        name = best(capture, "publisher")
        found = match_publishers([name], by=user).get(name)
        initial = model_to_dict(proposed_source(capture, publisher=found), fields=SourceDetailsForm.base_fields)
        initial["new_publisher"] = "" if found else name
    return SourceDetailsForm(initial=initial, user=user)


def with_proposal(typed, chosen):
    """What was typed so far, with a proposal (`field=value`) in its field; a publisher is either known or new."""
    values = {name: typed[name] for name in typed if name in SourceDetailsForm.base_fields}
    name, _equals, value = chosen.partition("=")
    if name in SourceDetailsForm.base_fields:
        values[name] = value
        values |= {"publisher": {"new_publisher": ""}, "new_publisher": {"publisher": ""}}.get(name, {})
    return values


def groups(capture, form):
    """The parts of the form, each field with what is proposed for it; a folded part opens for what is in it."""
    proposed = _proposed(capture, form.user)
    return [
        {
            "label": label,
            "is_open": any(form[name].errors for line in lines for name in line) or bool(form["origin"].value()),
            "lines": [[_field(form[name], proposed.get(name, [])) for name in line] for line in lines],
        }
        for label, lines in GROUPS
    ]


def _proposed(capture, user):
    """What is proposed for each field of the form, as (value, words, where it comes from)."""
    found = {
        name: [(one["value"], one["value"], str(ORIGINS.get(one["origin"], one["origin"]))) for one in proposals]
        for name, proposals in capture.proposed.items()
        if name != "origin"  # shown with what it is, above the form
    }
    known = match_publishers([value for value, _words, _origin in found.get("publisher", [])], by=user)
    publishers = found.pop("publisher", [])
    found["publisher"] = [(str(known[name].pk), name, origin) for name, _words, origin in publishers if name in known]
    found["new_publisher"] = [one for one in publishers if one[0] not in known]
    found["canonical_address"] = found.pop("address", [])
    return found


def _field(field, proposals):
    """A field with its proposals: (value, words, where it comes from, whether it stands there now)."""
    now = str(field.value() or "")
    return {
        "field": field,
        "proposals": [(value, words, origin, value == now) for value, words, origin in proposals],
    }
