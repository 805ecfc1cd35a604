"""What every page of the admin shares: how a record is saved, deleted and headed, and who made it.

Roles are in `roles`, relations and parts in `relations`, workflow pages in `publishing`, history pages in `restoring`.
"""

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.utils.html import format_html
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from reversion.admin import VersionAdmin

from briefings import history
from briefings.models import Publishable, Record, StaleRecord

from .forms import RecordForm
from .publishing import WorkflowPages
from .relations import Relations
from .restoring import HistoryPages
from .roles import ByRole, readable

STAYS = gettext_lazy("Nothing was deleted: “%(thing)s” has been published. Others link to it; retract it instead.")


class EditorialAdmin(ByRole, Relations, HistoryPages, VersionAdmin):
    """A page for one kind of record."""

    form = RecordForm
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER  # counting every choice costs a query each
    actions = ["delete_selected"]
    view_on_site = False

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        if not self.part_of:
            return readable(request.user, queryset) if issubclass(self.model, Publishable) else queryset
        owner = self.model
        for name in self.part_of.split("__"):
            owner = owner._meta.get_field(name).related_model
        return queryset.filter(**{f"{self.part_of}__in": readable(request.user, owner.objects.all())})

    # Pages

    def changelist_view(self, request, extra_context=None):
        """Past django-reversion, which would make one revision with one comment of a bulk action on many things."""
        context = {"may_recover": not self.part_of, "title": capfirst(self.opts.verbose_name_plural)}
        return super(VersionAdmin, self).changelist_view(request, {**context, **(extra_context or {})})

    def add_view(self, request, form_url="", extra_context=None):
        return super().add_view(request, form_url, self._page_context(request, None, extra_context))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        obj = self.get_object(request, unquote(object_id))
        context = self._page_context(request, obj, extra_context)
        if request.method != "POST" or obj is None:
            return super().change_view(request, object_id, form_url, context)
        with transaction.atomic():
            history.keep_first(obj)
        try:
            return super().change_view(request, object_id, form_url, context)
        except StaleRecord:  # saved by somebody else between our reading and our writing: the form will find out
            return super().change_view(request, object_id, form_url, context)

    def _page_context(self, request, obj, extra_context):
        """A record's page is headed by what it is called, a new one's by what it will be."""
        context = (
            {"tools": self.get_tools(request, obj), "title": Truncator(str(obj)).chars(110), "subtitle": ""}
            if obj
            else {}
        )
        return {**context, **(extra_context or {})}

    def get_tools(self, request, obj):
        """Links at the head of a record's page: [(address, label)]."""
        return []

    # Saving

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        """Give new parts their maker and the next place, and let nothing that was published lose a part."""
        parts = formset.save(commit=False)
        for part in formset.deleted_objects:
            part.delete()
        for part in parts:
            if isinstance(part, Record) and part.pk is None:
                part.created_by = request.user
                self._place(part, formset)
            part.save()
        formset.save_m2m()

    def _place(self, part, formset):
        if "order" in {field.name for field in part._meta.fields} and "order" not in formset.form.base_fields:
            same = type(part)._base_manager.filter(**{formset.fk.name: getattr(part, formset.fk.name)})
            part.order = same.next_order()

    # Deleting

    def get_deleted_objects(self, objs, request):
        """Explain in a sentence why something stays, rather than list types of objects."""
        deleted, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        staying = [obj for obj in objs if not obj.may_be_deleted]
        if staying:
            perms_needed = {
                _("“%(thing)s” has been published, and nothing published vanishes. Retract it instead.")
                % {"thing": obj}
                for obj in staying
            }
        return deleted, counts, perms_needed, protected

    def delete_model(self, request, obj):
        history.keep_first(obj)
        obj.delete()

    def delete_queryset(self, request, queryset):
        for obj in queryset:
            self.delete_model(request, obj)

    @admin.action(permissions=["delete"], description=gettext_lazy("Delete the selected %(verbose_name_plural)s"))
    def delete_selected(self, request, queryset):
        """Django's own, but for a sentence where it would only say 403."""
        staying = [obj for obj in queryset if not obj.may_be_deleted]
        if staying and request.POST.get("post"):
            self.message_user(request, STAYS % {"thing": staying[0]}, messages.WARNING)
            return None
        return delete_selected(self, request, queryset)

    def delete_view(self, request, object_id, extra_context=None):
        """Published things are refused with a sentence, before a page that could only say no."""
        obj = self.get_object(request, unquote(object_id))
        if obj is not None and not obj.may_be_deleted and self.has_view_permission(request, obj):
            self.message_user(request, STAYS % {"thing": obj}, messages.WARNING)
            return self._response_post_save(request, obj)
        return super().delete_view(request, object_id, extra_context)


class PublishableAdmin(WorkflowPages, EditorialAdmin):
    """A page for one kind of public thing, with its workflow."""

    list_filter = ["status"]
    named_after: str | None = None  # the field that an address is suggested from

    @property
    def key_name(self):
        return self.model.natural_key_fields[0]

    def get_readonly_fields(self, request, obj=None):
        """What is derived or moved by the workflow, and an address that others link to."""
        frozen = [self.key_name] if obj is not None and obj.was_published else []
        return [*super().get_readonly_fields(request, obj), *frozen, "status_line"]

    def get_prepopulated_fields(self, request, obj=None):
        return {self.key_name: (self.named_after,)} if obj is None and self.named_after else {}

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, obj):
        return format_html('<span class="state state-{}">{}</span>', obj.status, obj.get_status_display())

    @admin.display(description=gettext_lazy("status"))
    def status_line(self, obj):
        """The status in words, since it is no field to be filled in."""
        if obj.pk is None:
            return _("A draft, once it is saved. Nobody outside the desk sees it.")
        if obj.is_public:
            return _("Published: everybody can read it.")
        if obj.was_published:
            return _("Retracted: readers see a note with the reason. %(reason)s") % {"reason": obj.retraction_reason}
        return _("A draft: nobody outside the desk sees it.")
