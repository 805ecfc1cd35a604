"""Briefings: writing them, what their citations rest on, and what readers have seen of them."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.editorial.approval import note_edit
from briefings.editorial.cited_drafts import refused_keys
from briefings.editorial.evidence import body_problems
from briefings.editorial.pictures import keep_picture
from briefings.editorial.problems import Refused
from briefings.editorial.working_text import FIELDS, record_contribution
from briefings.models import Briefing, Illustration, PublishedRevision, Stage, Statement
from briefings.permissions import CHANGE, HISTORY, may
from briefings.rendering import cited_keys

from .base import PublishableAdmin
from .choices import WriterFilter
from .forms import RecordForm
from .publishing import change_address
from .relations import RecordStackedInline
from .roles import ByRole, readable
from .sources import ReadOnlyInline

NOT_KEPT = gettext_lazy("The picture was not kept: the file could not be written (%(error)s). Tell who runs this site.")


class BriefingForm(RecordForm):
    """Any text is saved that its writer may save; what is wrong with it is said by the checks and stops publication."""

    user = None

    def clean_body(self):
        body = self.cleaned_data["body"]
        refused = refused_keys(body, by=self.user, standing=self.initial.get("body") or "")
        if refused:
            raise ValidationError([str(problem) for problem in refused])
        return body


def writing_address(briefing):
    """The address of the writing desk with a briefing on it."""
    return reverse("admin:desk-writing", args=[briefing.pk])


class IllustrationForm(RecordForm):
    """A new file is decoded and encoded anew before anything of it is kept; every picture says what it shows."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["caption"].required = True

    def clean(self):
        cleaned = super().clean()
        if isinstance(upload := cleaned.get("file"), UploadedFile) and not self.errors:
            self._keep(upload, cleaned)
        return cleaned

    def _keep(self, upload, cleaned):
        try:
            picture = keep_picture(upload)
        except Refused as refused:
            self.add_error("file", [str(one) for one in refused.problems])
        except OSError as error:
            self.add_error("file", NOT_KEPT % {"error": error.strerror})
        else:
            cleaned["file"] = picture.name
            self.instance.width, self.instance.height = picture.width, picture.height


class IllustrationInline(RecordStackedInline):
    model = Illustration
    form = IllustrationForm
    classes = ["collapse"]
    fields = ["key", "file", "alt", "caption", ("credit", "licence")]


class RevisionInline(ReadOnlyInline):
    model = PublishedRevision
    fields = readonly_fields = ["read", "at", "by", "change_note"]
    verbose_name_plural = gettext_lazy("What readers have seen")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("body").select_related("by")

    @admin.display(description=gettext_lazy("revision"))
    def read(self, obj):
        return format_html('<a href="{}">{} ({})</a>', change_address(obj), obj.title, obj.version)


@admin.register(Briefing)
class BriefingAdmin(PublishableAdmin):
    form = BriefingForm
    change_list_template = "admin/briefings/briefing/change_list.html"
    read_act = HISTORY  # its page shows the working text, which is no reader's
    named_after = "title"
    inlines = [IllustrationInline, RevisionInline]
    list_filter = [WriterFilter, "status", "stage", "language"]
    list_display = ["title", "write", "language", "published_at", "modified_at", "state"]
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

    def save_related(self, request, form, formsets, change):
        """An approval is of one text: an edited one is a draft again."""
        super().save_related(request, form, formsets, change)
        for sentence in note_edit(form.instance, by=request.user):
            self.message_user(request, sentence, messages.WARNING)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = type("BriefingForm", (BriefingForm,), {"user": request.user})
        return super().get_form(request, obj, change, form=form, **kwargs)

    def get_tools(self, request, obj):
        """From its page one goes on to the other desks."""
        tools = super().get_tools(request, obj)
        desks = [("desk-review", _("Review")), ("desk-workflow", _("Workflow"))]
        tools[:0] = [(reverse(f"admin:{name}", args=[obj.pk]), label) for name, label in desks]
        if may(request.user, CHANGE, obj):
            tools.insert(0, (writing_address(obj), _("Write")))
            tools.append((reverse("admin:desk-writing-picture", args=[obj.pk]), _("Add a picture")))
        tools.append((reverse("admin:desk-checks", args=[obj.pk]), _("Checks")))
        tools.append((reverse("admin:desk-writing-download", args=[obj.pk, "docx"]), _("Working text as Word")))
        tools.append((reverse("admin:desk-writing-download", args=[obj.pk, "md"]), _("Working text as Markdown")))
        return tools

    def save_model(self, request, obj, form, change):
        """Whoever changes the words has contributed."""
        writes = not change or not set(FIELDS).isdisjoint(form.changed_data)
        super().save_model(request, obj, form, change)
        if writes:
            record_contribution(obj, by=request.user)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "standfirst":
            field.widget = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField reading"})
            field.help_text = _("One or two sentences under the title that say what this is about.")
        if db_field.name == "body":
            field.widget = forms.Textarea(attrs={"rows": 28, "class": "vLargeTextField reading", "spellcheck": "true"})
            field.help_text = render_to_string("admin/briefings/citing.html")
        return field

    @admin.display(description=gettext_lazy("status"), ordering="stage")
    def state(self, obj):
        """What readers see, and how far a working text has come that is on its way to them."""
        if obj.stage == Stage.DRAFT:
            return super().state(obj)
        return format_html("{} {}", super().state(obj), obj.get_stage_display())

    @admin.display(description=gettext_lazy("writing desk"))
    def write(self, obj):
        label = _("Write: %(title)s") % {"title": obj.title}
        return format_html('<a href="{}" aria-label="{}">{}</a>', writing_address(obj), label, _("Write"))

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
        "is_major",
        "change_note",
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
