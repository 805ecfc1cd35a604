"""Who sees what in the admin: every question goes to `permissions.may`, and lists leave out what one may not read."""

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.core.exceptions import PermissionDenied

from briefings.models import Statement
from briefings.permissions import ADD, CHANGE, DELETE, READ, may, readable

__all__ = ["ByRole", "List", "readable", "reads_all", "refuse_unless"]


def reads_all(user):
    """Tell whether a user may read everybody's drafts."""
    return may(user, READ, Statement())


def refuse_unless(allowed):
    if not allowed:
        raise PermissionDenied


class List(ChangeList):
    """A list that takes absurd filters for a mistake in the address, as it takes any other: it then shows all."""

    def get_queryset(self, request, exclude_parameters=None):
        if any("\x00" in value for name, values in request.GET.lists() if name != SEARCH_VAR for value in values):
            raise IncorrectLookupParameters
        try:
            return super().get_queryset(request, exclude_parameters)
        except OverflowError as error:  # a year beyond the calendar
            raise IncorrectLookupParameters(error) from error


class ByRole:
    """Asks `permissions.may` for everything. A part of something is asked about through what it belongs to."""

    part_of = ""  # the way from a part to what it belongs to, as a lookup
    read_act = READ

    def asked(self, obj):
        """What to ask about in place of a record: the thing that it belongs to, or the model as a whole."""
        if obj is None:
            return self.model
        for name in filter(None, self.part_of.split("__")):
            obj = getattr(obj, name)
        return obj

    def get_changelist(self, request, **kwargs):
        return List

    def get_search_results(self, request, queryset, search_term):
        """What no text can hold is not asked of a database, neither from a list nor while typing."""
        return super().get_search_results(request, queryset, search_term.replace("\x00", "\N{REPLACEMENT CHARACTER}"))

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return may(request.user, self.read_act, self.asked(obj))

    def has_add_permission(self, request):
        return may(request.user, ADD, self.model)

    def has_change_permission(self, request, obj=None):
        return may(request.user, CHANGE, self.asked(obj))

    def has_delete_permission(self, request, obj=None):
        return may(request.user, DELETE, self.asked(obj))
