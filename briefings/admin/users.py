"""The people at the desk and their roles. A role is a group; what each may do is written in `briefings.permissions`."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from briefings.models import User
from briefings.permissions import GROUPS

from .relations import Relations
from .roles import ByRole

WHAT_THEY_DO = {
    "Contributors": _("Add sources, write drafts, and change their own drafts."),
    "Editors": _("Change all drafts and store new copies of sources."),
    "Publishers": _("Publish and retract."),
    "Administrators": _("Manage the people at the desk."),
}


@admin.register(User)
class UserAdmin(ByRole, Relations, DjangoUserAdmin):
    list_display = ["username", "first_name", "last_name", "roles", "is_active", "last_login"]
    list_filter = ["groups", "is_active"]
    date_hierarchy = "date_joined"
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Who it is"), {"fields": [("first_name", "last_name"), "email"]}),
        (
            _("What they may do"),
            {
                "fields": ["groups", "is_active", "is_superuser"],
                "description": _(
                    "Give one role; each includes the ones before it. Who leaves is switched off, not deleted."
                ),
            },
        ),
        (_("When"), {"fields": [("last_login", "date_joined")]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2"]}),
        (_("What they may do"), {"fields": ["groups"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if "is_superuser" in form.base_fields:
            form.base_fields["is_superuser"].label = _("First administrator")
            form.base_fields["is_superuser"].help_text = _("Counts as an administrator without being given the role.")
        return form

    @admin.display(description=_("role"))
    def roles(self, obj):
        names = [group.name for group in obj.groups.all()] + [str(_("First administrator"))] * obj.is_superuser
        return ", ".join(names)


admin.site.unregister(Group)  # registered by the import of Django's own UserAdmin


@admin.register(Group)
class RoleAdmin(ByRole, admin.ModelAdmin):
    """The four roles, to be read: who has which is chosen on a person's page."""

    list_display = ["name", "what_they_do"]
    search_fields = ["name"]
    ordering = ["pk"]
    fields = readonly_fields = ["name", "what_they_do", "people"]
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("what they may do"))
    def what_they_do(self, obj):
        return (
            WHAT_THEY_DO.get(obj.name, _("Nothing: only the four roles of the desk count."))
            if obj.name in GROUPS
            else ""
        )

    @admin.display(description=_("who"))
    def people(self, obj):
        pairs = [
            (reverse("admin:briefings_user_change", args=[user.pk]), user) for user in obj.user_set.order_by("username")
        ]
        return format_html_join(", ", '<a href="{}">{}</a>', pairs) or _("Nobody yet.")
