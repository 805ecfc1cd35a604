"""Choices beside the lists of the admin that no single field gives."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from briefings.models import Briefing, Evidence


class WriterFilter(admin.SimpleListFilter):
    """Briefings that the one who looks has begun or is writing on."""

    title, parameter_name = _("writer"), "writer"

    def lookups(self, request, model_admin):
        return [("me", _("me"))]

    def queryset(self, request, queryset):
        return queryset.filter(pk__in=Briefing.objects.written_by(request.user)) if self.value() == "me" else queryset


class HoldsFilter(admin.SimpleListFilter):
    """Evidence of public statements whose words or place no longer hold."""

    title, parameter_name = _("holds"), "holds"

    def lookups(self, request, model_admin):
        return [("no", _("no longer"))]

    def queryset(self, request, queryset):
        return queryset.filter(pk__in=Evidence.objects.broken()) if self.value() == "no" else queryset
