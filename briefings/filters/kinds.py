"""The kinds of filters that lists use. Things are named by slug and looked up together; no widget lists them all."""

import django_filters
from django import forms
from django.db.models import Q, Value
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.languages import name_of_language
from briefings.models import Alias, Source
from briefings.models.dates import PartialDate

MOST_WORDS = 8
MOST_COUNTED = 2000  # rows that are counted by kind at each view of a list


class Found(tuple):
    """The things that a slug names: (noun, pk, name) each; two kinds of thing may share a slug."""

    @property
    def names(self):
        return _(" or ").join(dict.fromkeys(name for _noun, _pk, name in self))


class SlugField(forms.CharField):
    """The slug of a thing, or its name as a person types it; the form's `clean` puts what it names in its place."""

    def __init__(self, *, models, **kwargs):
        self.models = models
        super().__init__(max_length=200, **kwargs)

    def to_python(self, value):
        value = super().to_python(value)
        return slugify(value) or value


class DayField(forms.CharField):
    """A year, a month or a day."""

    def to_python(self, value):
        value = super().to_python(value)
        if not value:
            return None
        try:
            return PartialDate.parse(value)
        except ValueError as error:
            raise forms.ValidationError(_("Write a date as 2017, 2017-09 or 2017-09-26.")) from error


class FilterForm(forms.Form):
    """Looks up every slug in one query, and names the ones that nothing public has."""

    use_required_attribute = False

    def clean(self):
        cleaned = super().clean()
        asked = {
            name: (field.models, cleaned[name])
            for name, field in self.fields.items()
            if isinstance(field, SlugField) and cleaned.get(name)
        }
        found = _find(asked)
        for name, (models, slug) in asked.items():
            cleaned[name] = Found(thing[1:] for thing in found if thing[0] == slug and thing[1] in _nouns(models))
            if not cleaned[name]:
                message = _(
                    "Nothing published here has the name “%(name)s”. Look it up in its list, and use its page’s links."
                )
                self.add_error(name, forms.ValidationError(message, params={"name": self[name].value()}))
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since.earliest > until.latest:
            self.add_error("until", _("The range ends before it begins."))
        return cleaned


def _nouns(models):
    return {model._meta.model_name for model in models}


def _find(asked):
    """Rows (slug, noun, pk, name) for {field: (models, slug)}, in one query."""
    wanted = {}
    for models, slug in asked.values():
        for model in models:
            wanted.setdefault(model, set()).add(slug)
    queries = [
        model.objects.published()
        .filter(**{f"{model.natural_key_fields[0]}__in": sorted(slugs)})
        .order_by()
        .values_list(
            model.natural_key_fields[0], Value(model._meta.model_name), "pk", "title" if model is Source else "name"
        )
        for model, slugs in wanted.items()
    ]
    return list(queries[0].union(*queries[1:], all=True)) if queries else []


class WordsFilter(django_filters.CharFilter):
    """Every word stands in one of the fields, or in another name of the thing."""

    def __init__(self, *lookups, aliases="", **kwargs):
        self.lookups, self.aliases = lookups, aliases
        super().__init__(label=gettext_lazy("Words"), max_length=200, **kwargs)

    def filter(self, queryset, value):
        for word in value.split()[:MOST_WORDS]:
            found = Q()
            for lookup in self.lookups:
                found |= Q(**{f"{lookup}__icontains": word})
            if self.aliases:
                found |= Q(pk__in=Alias.objects.filter(name__icontains=word).values(self.aliases))
            queryset = queryset.filter(found)
        return queryset


class ThingFilter(django_filters.Filter):
    """Rows that have to do with the thing of a slug: `where(noun, pk)` says how."""

    field_class = SlugField

    def __init__(self, *models, where, **kwargs):
        self.where = where
        super().__init__(models=models, **kwargs)

    def filter(self, queryset, value):
        if not value:
            return queryset
        found = Q()
        for noun, pk, _name in value:
            found |= self.where(noun, pk)
        return queryset.filter(found)


class SinceFilter(django_filters.Filter):
    """Dates that may reach to this day or later."""

    field_class = DayField

    def filter(self, queryset, value):
        return queryset.filter(**{f"{self.field_name}__gte": value.earliest}) if value else queryset


class UntilFilter(django_filters.Filter):
    """Dates that may begin on this day or before; what has no date is left out."""

    field_class = DayField

    def filter(self, queryset, value):
        known = {} if self.field_name.endswith("__date") else {f"{self.field_name}__gt": ""}
        return queryset.filter(**{f"{self.field_name}__lte": value.latest}, **known) if value else queryset


class SortFilter(django_filters.ChoiceFilter):
    """A fixed list of orders, each (value, label, columns); the first is the one when nothing is asked."""

    def __init__(self, *orders, **kwargs):
        self.orders = {value: columns for value, _label, columns in orders}
        choices = [(value, label) for value, label, _columns in orders]
        super().__init__(label=gettext_lazy("Order"), choices=choices, empty_label=None, **kwargs)

    def filter(self, queryset, value):
        return queryset.order_by(*self.orders.get(value, next(iter(self.orders.values()))))


class PublicFilterSet(django_filters.FilterSet):
    """Fields named in `first` stand beside the button; the rest unfold."""

    first = ("q", "kind", "sort")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "language" in self.filters:
            self.filters["language"].extra["choices"] = _languages()

    def get_form_class(self):
        form = super().get_form_class()
        return type(form.__name__, (FilterForm,), dict(form.base_fields))

    @property
    def chips(self):
        """What the list is narrowed by: (parameter, label, words)."""
        return [
            (name, self.form.fields[name].label, words)
            for name in self.form.fields
            if name != "sort" and (words := self._words(name))
        ]

    @property
    def kinds(self):
        """How many rows of each kind the other filters leave: (value, label, count); none where it would be slow."""
        if "kind" not in self.filters:
            return []
        rows = self.queryset.all()
        for name, value in self.form.cleaned_data.items():
            if name not in ("kind", "sort"):
                rows = self.filters[name].filter(rows, value)
        kinds = list(rows.order_by().values_list("kind", flat=True)[: MOST_COUNTED + 1])
        if len(kinds) > MOST_COUNTED:
            return []
        labels = self.form.fields["kind"].choices
        return [(kind, label, kinds.count(kind)) for kind, label in labels if kind and kind in kinds]

    def _words(self, name):
        value = self.form.cleaned_data.get(name)
        if not value:
            return ""
        if isinstance(value, Found):
            return value.names
        if isinstance(value, PartialDate):
            return value.describe()
        choices = dict(getattr(self.form.fields[name], "choices", ()))
        return choices.get(value, value)


def _languages():
    """The languages that public sources are written in, with their names."""
    codes = Source.objects.published().order_by("language").values_list("language", flat=True).distinct()
    return [(code, name_of_language(code)) for code in codes]
