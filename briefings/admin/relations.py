"""Relations and parts on a page: everything is found by typing, and parts belong to the thing they are part of."""

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminURLFieldWidget, RelatedFieldWidgetWrapper
from django.db import models
from django.forms import CheckboxInput, HiddenInput

from briefings.permissions import ADD, CHANGE, DELETE, READ, may

from .fields import LongText, TypeToFind, TypeToFindSeveral
from .forms import RecordForm, RecordFormSet
from .roles import reads_all

WIDGETS = {
    models.URLField: {"assume_scheme": "https", "widget": AdminURLFieldWidget},
    models.TextField: {"form_class": LongText, "widget": AdminTextareaWidget(attrs={"rows": 4})},
}


class Relations:
    """Every relation to a registered model is found by typing."""

    formfield_overrides = WIDGETS

    def get_autocomplete_fields(self, request):
        fields = [*self.model._meta.concrete_fields, *self.model._meta.many_to_many]
        return [
            field.name
            for field in fields
            if field.is_relation and field.editable and self.admin_site.is_registered(field.related_model)
        ]

    def get_field_queryset(self, db, db_field, request):
        """What one may not read is not offered, and cannot be chosen by its number either."""
        model = db_field.remote_field.model
        if self.admin_site.is_registered(model) and not reads_all(request.user):
            return self.admin_site.get_model_admin(model).get_queryset(request)
        return super().get_field_queryset(db, db_field, request)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = TypeToFind(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = TypeToFindSeveral(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Beside a relation one can add and look; changing and deleting are done on the other thing's own page."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_delete_related = False
        return field


class RecordInline(Relations, admin.options.InlineModelAdmin):
    """Parts of a thing, on its page: for who may change the thing; removed only as long as it is a draft."""

    form = RecordForm
    formset = RecordFormSet
    extra = 0

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """In a table the column's head names the column, but no field: each says its own name."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and "tabular" in self.template and not isinstance(field.widget, HiddenInput | CheckboxInput):
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", str(field.label))
        return field

    def has_add_permission(self, request, obj=None):
        return may(request.user, ADD, self.parent_model) if obj is None else may(request.user, CHANGE, obj)

    def has_change_permission(self, request, obj=None):
        return self.has_add_permission(request, obj)

    def has_view_permission(self, request, obj=None):
        return may(request.user, READ, obj or self.parent_model)

    def has_delete_permission(self, request, obj=None):
        return may(request.user, DELETE, obj or self.parent_model)


class RecordStackedInline(RecordInline, admin.StackedInline):
    pass


class RecordTabularInline(RecordInline, admin.TabularInline):
    pass
