"""Briefings: writing them, what their citations rest on, and what readers have seen of them."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.editorial.evidence import body_problems
from briefings.editorial.problems import problem
from briefings.models import Briefing, Illustration, PublishedRevision, Statement
from briefings.permissions import HISTORY, may
from briefings.rendering import cited_keys

from .base import PublishableAdmin
from .forms import RecordForm
from .publishing import change_address
from .relations import RecordStackedInline
from .roles import ByRole, readable, reads_all
from .sources import ReadOnlyInline

REFUSED = {"unknown-citation", "bad-citation-syntax"}  # a body like this is not saved; all else is only said


class BriefingForm(RecordForm):
    """A body with a citation that leads nowhere is refused, with its line; nothing typed is lost."""

    user = None

    def clean_body(self):
        body = self.cleaned_data["body"]
        briefing = self.instance if self.instance.pk else None
        problems = [*body_problems(body, briefing=briefing), *self._hidden(body)]
        if refused := [str(problem) for problem in problems if problem.code in REFUSED]:
            raise ValidationError(refused)
        return body

    def _hidden(self, body):
        """A draft that one may not read is cited as little as what never was; what an editor cited here may stay."""
        if reads_all(self.user):
            return []
        standing = {key for key, _line in cited_keys(self.initial.get("body") or "")}
        new = [(key, line) for key, line in cited_keys(body) if key not in standing]
        there = Statement.objects.filter(key__in={key for key, _line in new})
        hidden = set(there.values_list("key", flat=True)) - set(
            readable(self.user, there).values_list("key", flat=True)
        )
        return [problem("unknown-citation", key, line=line) for key, line in new if key in hidden]


class IllustrationInline(RecordStackedInline):
    model = Illustration
    classes = ["collapse"]
    fields = ["key", "file", "alt", "caption", ("credit", "licence")]


class RevisionInline(ReadOnlyInline):
    model = PublishedRevision
    fields = readonly_fields = ["read", "at", "by"]
    verbose_name_plural = gettext_lazy("What readers have seen")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("body").select_related("by")

    @admin.display(description=gettext_lazy("revision"))
    def read(self, obj):
        return format_html('<a href="{}">{} ({})</a>', change_address(obj), obj.title, obj.version)


@admin.register(Briefing)
class BriefingAdmin(PublishableAdmin):
    form = BriefingForm
    read_act = HISTORY  # its page shows the working text, which is no reader's
    named_after = "title"
    inlines = [IllustrationInline, RevisionInline]
    list_display = ["title", "language", "published_at", "modified_at", "state"]
    list_filter = ["status", "language"]
    list_select_related = ["current"]
    date_hierarchy = "modified_at"
    search_fields = ["title", "slug", "standfirst", "body"]
    search_help_text = gettext_lazy("Search in titles, addresses and texts.")
    fieldsets = [
        (None, {"fields": ["title", "standfirst", "body"], "classes": ["writing"]}),
        (gettext_lazy("What it rests on"), {"fields": ["checks", "cites"]}),
        (
            gettext_lazy("About it"),
            {"fields": ["slug", "topics", "authors", ("language", "translation_of"), "status_line"]},
        ),
    ]
    readonly_fields = ["checks", "cites"]

    def get_queryset(self, request):
        """A contributor's own drafts; published ones have their public page, and a working text for editors only."""
        queryset = super().get_queryset(request)
        if not may(request.user, HISTORY, Briefing()):
            queryset = queryset.filter(created_by=request.user).exclude(pk__in=Briefing.objects.published())
        return queryset

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = type("BriefingForm", (BriefingForm,), {"user": request.user})
        return super().get_form(request, obj, change, form=form, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "standfirst":
            field.widget = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField reading"})
            field.help_text = _("One or two sentences under the title that say what this is about.")
        if db_field.name == "body":
            field.widget = forms.Textarea(attrs={"rows": 28, "class": "vLargeTextField reading", "spellcheck": "true"})
            field.help_text = render_to_string("admin/briefings/citing.html")
        return field

    @admin.display(description=gettext_lazy("published"), ordering="current__at")
    def published_at(self, obj):
        return obj.current.at if obj.current else None

    @admin.display(description=gettext_lazy("checks"))
    def checks(self, obj):
        """What the evidence checks say about the stored text."""
        if obj.pk is None:
            return _("After saving, the evidence checks say here what would stand in the way of publishing.")
        problems = body_problems(obj.body, briefing=obj)
        return render_to_string("admin/briefings/_problems.html", {"problems": problems, "all_well": True})

    @admin.display(description=gettext_lazy("cites"))
    def cites(self, obj):
        """The statements that the stored text cites, in order, each with a link."""
        keys = list(dict.fromkeys(key for key, _line in cited_keys(obj.body))) if obj.pk else []
        known = {statement.key: statement for statement in Statement.objects.filter(key__in=keys)}
        cited = [
            {
                "key": key,
                "address": change_address(known[key]),
                "words": Truncator(known[key].text).chars(110),
                "kind": known[key].get_kind_display(),
                "status": known[key].get_status_display() if not known[key].is_public else "",
            }
            for key in keys
            if key in known
        ]
        return render_to_string("admin/briefings/_cites.html", {"cited": cited})


@admin.register(PublishedRevision)
class RevisionAdmin(ByRole, admin.ModelAdmin):
    """What readers saw from one moment on: to be read, never changed."""

    part_of = "briefing"
    read_act = HISTORY
    list_display = ["title", "version", "at", "by"]
    list_select_related = ["by", "briefing"]
    date_hierarchy = "at"
    search_fields = ["title", "body"]
    fields = readonly_fields = [
        "briefing",
        "version",
        "at",
        "by",
        "language",
        "title",
        "standfirst",
        "body",
        "people",
        "subjects",
    ]
    actions = None
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        if may(request.user, HISTORY, Briefing()):
            return queryset
        return queryset.filter(briefing__in=readable(request.user, Briefing.objects.filter(created_by=request.user)))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=gettext_lazy("authors"))
    def people(self, obj):
        return ", ".join(str(row.person) for row in obj.author_rows.select_related("person").order_by("pk"))

    @admin.display(description=gettext_lazy("topics"))
    def subjects(self, obj):
        return ", ".join(str(row.topic) for row in obj.topic_rows.select_related("topic").order_by("pk"))
