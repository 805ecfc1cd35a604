"""Form fields and widgets shared by several pages: long texts, and relations that are found by typing."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple

LONGEST_NUMBER = 18  # digits that every database takes for the number of a record


class LongText(forms.CharField):
    """A text of several lines. Browsers send CRLF; LF is kept, and what differs in nothing else has not changed."""

    def __init__(self, **kwargs):
        kwargs.setdefault("strip", False)
        super().__init__(**kwargs)

    def to_python(self, value):
        value = super().to_python(value)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value

    def has_changed(self, initial, data):
        return super().has_changed((initial or "").replace("\r\n", "\n"), data)


class TypeToFindMixin:
    """Suggestions open inside the page's main part; what cannot be the number of a record is not asked about."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        return {**super().build_attrs(base_attrs, extra_attrs), "data-dropdown-parent": "#content"}

    def optgroups(self, name, value, attrs=None):
        numbers = [one for one in map(str, value) if one.isdecimal() and len(one) <= LONGEST_NUMBER]
        return super().optgroups(name, numbers, attrs)


class TypeToFind(TypeToFindMixin, AutocompleteSelect):
    pass


class TypeToFindSeveral(TypeToFindMixin, AutocompleteSelectMultiple):
    """Each choice is taken away by itself, so that the list of choices holds nothing else."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        return {**super().build_attrs(base_attrs, extra_attrs), "data-allow-clear": "false"}
