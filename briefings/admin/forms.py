"""Forms that never overwrite somebody else's work: a stale one keeps what was typed and shows what is stored now."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from briefings.history import last_change


class SeenVersion(forms.IntegerField):
    """The version of the record that the form was opened with; never itself a change."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


def describe(field, value):
    """Return the stored value of a form field as words for a person."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(str(thing) for thing in value or [])
    if isinstance(field, forms.ModelChoiceField):
        thing = field.queryset.model._base_manager.filter(pk=value).first() if value else None
        return str(thing) if thing else ""
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value or ""))
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    return str(localize(value)) if value is not None else ""


class RecordForm(forms.ModelForm):
    """The form of one record; compares versions before it lets anything be written."""

    seen_version = SeenVersion(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_stale = False
        self.stored_version = self.instance.version
        if self.instance.pk:
            self.initial["seen_version"] = self.stored_version
            self._keep_what_stands()

    def _keep_what_stands(self):
        """Let what an editor chose stay, also where it could not be chosen anew by somebody who may read less."""
        for name, field in self.fields.items():
            chosen = self.initial.get(name)
            if chosen and isinstance(field, forms.ModelChoiceField) and field.queryset.query.has_filters():
                pks = [thing.pk for thing in chosen] if isinstance(chosen, list) else [chosen]
                offered = Q(pk__in=field.queryset.order_by().values("pk")) | Q(pk__in=pks)
                field.queryset = field.queryset.model._base_manager.filter(offered)

    def clean(self):
        cleaned = super().clean()
        seen = self.cleaned_data.get("seen_version")
        if self.instance.pk and seen != self.stored_version and self.has_changed():
            self._refuse_stale()
        return cleaned

    def _refuse_stale(self):
        """Keep what was typed, put what is stored beside it, and let the next save be a decision."""
        self.is_stale = True
        for name in self.changed_data:
            field = self.fields[name]
            field.stored_now = describe(field, self.initial.get(name)) or _("nothing")
        self.data = self.data.copy()
        self.data[self.add_prefix("seen_version")] = str(self.stored_version)
        self.add_error(None, ValidationError(self._stale_sentence(), code="stale"))

    def _stale_sentence(self):
        who, when = last_change(self.instance)
        return _(
            "%(who)s saved this %(thing)s on %(when)s, after you opened it, so nothing was overwritten. What you typed "
            "is still here; what is stored now stands beside each field that differs. Take over what you need, then "
            "save again."
        ) % {
            "who": (who.get_full_name() or who.get_username()) if who else _("Somebody else"),
            "thing": self._meta.model._meta.verbose_name,
            "when": localize(localtime(when)),
        }


class RecordFormSet(forms.BaseInlineFormSet):
    """Rows of parts. One that somebody removed meanwhile is kept as a new one, so that no typed word is lost."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.removed = range(0)
        if self.is_bound:
            self._keep_removed_rows()

    def clean(self):
        super().clean()
        for index in self.removed:
            message = _(
                "Somebody removed this row after you opened the page. What you typed is still here: save again to add "
                "it anew, or remove the row."
            )
            self.forms[index].add_error(None, ValidationError(message, code="removed"))

    def _keep_removed_rows(self):
        """Move what was typed into rows that are gone behind the rows that stand, as rows without a record."""
        pk_name = self.model._meta.pk.name
        rows = [self._row(index) for index in range(self.total_form_count())]
        initial = rows[: self.initial_form_count()]
        known = {str(pk) for pk in self.get_queryset().values_list("pk", flat=True)} if initial else set()
        standing = [row for row in initial if row.get(pk_name, [""])[-1] in known]
        removed = [{**row, pk_name: [""], "seen_version": [""]} for row in initial if row not in standing]
        if not removed:
            return
        self.data = self.data.copy()
        for index, row in enumerate([*standing, *removed, *rows[len(initial) :]]):
            for name, values in row.items():
                self.data.setlist(f"{self.add_prefix(index)}-{name}", values)
        self.data[f"{self.prefix}-INITIAL_FORMS"] = str(len(standing))
        vars(self).pop("management_form", None)
        self.removed = range(len(standing), len(initial))

    def _row(self, index):
        prefix = f"{self.add_prefix(index)}-"
        return {name.removeprefix(prefix): self.data.getlist(name) for name in self.data if name.startswith(prefix)}
