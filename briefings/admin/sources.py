"""Sources, entered together with their text, and their stored copies, which can be read here and never changed."""

from itertools import pairwise

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.editorial.passages import judge_passages
from briefings.models import CaptureMethod, Passage, Snapshot, Source, Statement
from briefings.models.sources import HANDED_OVER, sha256_of
from briefings.notes.wording import captured
from briefings.permissions import CHANGE, READ, RECAPTURE, may
from briefings.quotes import blocks

from .base import PublishableAdmin
from .citing import cite_in_tool
from .drift import Drift
from .fields import LongText
from .forms import RecordForm
from .publishing import change_address
from .record_reviews import Reviewed, ToReview
from .roles import ByRole, readable

BY_HAND = [(method.value, method.label) for method in HANDED_OVER]


class SourceForm(RecordForm):
    """A source and, in the same step, its text."""

    text = LongText(
        label=gettext_lazy("Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "vLargeTextField reading"}),
        help_text=gettext_lazy(
            "Paste the whole text as it was printed, with its paragraphs. It becomes a stored copy that never changes, "
            "and every quotation is compared with it. The same words pasted again make no second copy."
        ),
    )
    method = forms.ChoiceField(
        label=gettext_lazy("How you got it"),
        choices=BY_HAND,
        required=False,
        help_text=gettext_lazy(
            "Pasted from its page, supplied by somebody, or transcribed by you from sound or paper."
        ),
    )
    user = None

    def clean_text(self):
        text = self.cleaned_data["text"]
        if not text.strip():
            return ""
        is_first = self.instance.pk is None or not self.instance.snapshots.exists()
        if not is_first and not may(self.user, RECAPTURE, self.instance):
            raise ValidationError(_("This source has a stored copy already. Ask an editor to store another one."))
        return text


class ReadOnlyInline(admin.TabularInline):
    """Rows that are never written here."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return may(request.user, READ, obj or self.parent_model)


@admin.display(description=gettext_lazy("got"))
def when_got(snapshot):
    """When and how a copy was got, in the words that readers see."""
    return captured(snapshot.method, snapshot.captured_at, snapshot.imported_at).removesuffix(".")


def reading_address(snapshot):
    """Where statements are made from a stored copy."""
    return reverse("admin:desk-reading", args=[snapshot.pk])


class SnapshotInline(ReadOnlyInline):
    model = Snapshot
    fields = readonly_fields = ["copy", "got", "text_sha256"]
    verbose_name_plural = gettext_lazy("Stored copies")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("text").select_related("source")

    got = staticmethod(when_got)

    @admin.display(description=gettext_lazy("stored copy"))
    def copy(self, obj):
        links = [(change_address(obj), _("Read it")), (reading_address(obj), _("Statements from it"))]
        return format_html_join(" · ", '<a href="{}">{}</a>', links)


@admin.register(Source)
class SourceAdmin(Reviewed, Drift, PublishableAdmin):
    form = SourceForm
    actions = ["check_selected", *PublishableAdmin.actions]
    change_list_template = "admin/briefings/source/change_list.html"
    named_after = "title"
    inlines = [SnapshotInline]
    list_display = ["title", "kind", "publisher", "published", "language", "copies", "state", "review_state"]
    list_filter = ["status", ToReview, "kind", "language", "reliability"]
    ordering = ["title"]
    list_select_related = ["publisher"]
    search_fields = ["key", "title", "address", "authors", "publisher__name"]
    search_help_text = gettext_lazy("Search in titles, keys, addresses, authors and publishers.")
    private = (
        gettext_lazy("For the desk only"),
        {
            "fields": ["embargo_until", ("reliability", "credibility"), "private_notes"],
            "classes": ["collapse"],
            "description": gettext_lazy("Nothing in this part is ever shown to readers."),
        },
    )
    what_it_is = (None, {"fields": ["title", "kind", "key", "status_line", "review_line"]})
    its_text = (gettext_lazy("Its text"), {"fields": ["text", "method"]})
    newer_text = (
        gettext_lazy("Store a newer copy of its text"),
        {"fields": ["text", "method"], "classes": ["collapse"]},
    )
    where_from = (
        gettext_lazy("Where it is from"),
        {
            "fields": [
                "publisher",
                "address",
                "standing",
                "canonical_address",
                "authors",
                ("published", "published_basis", "published_note"),
                "language",
                "origin",
                "note",
            ]
        },
    )

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(copy_count=Count("snapshots"))

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "standing"]

    def get_tools(self, request, obj):
        """The reading desk is where a source with a text is worked on."""
        copy = obj.snapshots.only("pk").last()
        tools = [(reading_address(copy), _("Read and make statements"))] if copy else []
        tools += [*super().get_tools(request, obj), *cite_in_tool(request.user, obj)]
        if may(request.user, RECAPTURE, obj):
            tools.append((f"{reverse('admin:desk-capture')}?source={obj.pk}", _("Capture a newer copy…")))
        return tools

    @admin.display(description=gettext_lazy("stored copies"), ordering="copy_count")
    def copies(self, obj):
        return obj.copy_count

    def get_fieldsets(self, request, obj=None):
        if obj is not None and not may(request.user, CHANGE, obj):
            return [self.what_it_is, self.where_from]
        if obj is not None and obj.snapshots.exists():
            return [self.what_it_is, self.where_from, self.private, self.newer_text]
        return [self.what_it_is, self.its_text, self.where_from, self.private]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = type("SourceForm", (SourceForm,), {"user": request.user})
        return super().get_form(request, obj, change, form=form, **kwargs)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if text := form.cleaned_data.get("text"):
            self._store(request, obj, text, form.cleaned_data.get("method") or CaptureMethod.PASTED)

    def _store(self, request, source, text, method):
        """Keep a text as a stored copy, unless the source has one with the very same words."""
        same = source.snapshots.filter(text_sha256=sha256_of(text)).first()
        if same:
            sentence = _("The very same words are stored already (%(got)s); no second copy was made.")
            self.message_user(request, sentence % {"got": when_got(same)})
            return
        copy = Snapshot.objects.create(source=source, text=text, method=method, created_by=request.user)
        judge_passages(source, copy)
        message = format_html(
            '{} <a href="{}">{}</a>',
            _("The text is stored, in %(count)d paragraphs.") % {"count": sum(1 for _block in blocks(copy.text))},
            change_address(copy),
            _("Read the stored copy"),
        )
        self.message_user(request, message, messages.SUCCESS)


@admin.register(Snapshot)
class SnapshotAdmin(ByRole, admin.ModelAdmin):
    """Stored copies, to be read: the whole text with its paragraph numbers, passages marked."""

    part_of = "source"
    list_display = ["title", "got", "language", "short_hash"]
    list_filter = ["method", "source__kind"]
    list_select_related = ["source"]
    date_hierarchy = "imported_at"
    search_fields = ["source__title", "source__key", "source__publisher__name", "text_sha256"]
    search_help_text = gettext_lazy("Search in titles, keys and publishers of sources.")
    show_facets = admin.ShowFacets.NEVER
    actions = None
    view_on_site = False
    got = staticmethod(when_got)

    def get_queryset(self, request):
        sources = readable(request.user, Source.objects.all())
        return super().get_queryset(request).filter(source__in=sources).select_related("source").defer("text")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=gettext_lazy("source"), ordering="source__title")
    def title(self, obj):
        return obj.source.title

    @admin.display(description=gettext_lazy("language"), ordering="source__language")
    def language(self, obj):
        return obj.source.language

    @admin.display(description=gettext_lazy("SHA-256 of the text"))
    def short_hash(self, obj):
        return obj.text_sha256[:12]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The stored copy as a page to read."""
        snapshot = self.get_object(request, unquote(object_id))
        if snapshot is None:
            raise Http404
        passages = _passages(request.user, snapshot)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "snapshot": snapshot,
            "got": when_got(snapshot),
            "title": snapshot.source.title,
            "source_address": change_address(snapshot.source),
            "reading_address": reading_address(snapshot),
            "add_address": f"{reverse('admin:briefings_statement_add')}?copy={snapshot.pk}",
            "paragraphs": list(_paragraphs(snapshot.text, passages)),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/briefings/stored_copy.html", context)


def _passages(user, snapshot):
    """The passages of a copy that carry statements which the user may read, in reading order."""
    statements = readable(user, Statement.objects.all())
    passages = Passage.objects.filter(evidence__snapshot=snapshot, evidence__statement__in=statements)
    return passages.select_related("evidence__statement").order_by("start", "end")


def _paragraphs(text, passages):
    """Cut a text into its paragraphs: dicts with number, pieces (words, marked or not) and what rests on them."""
    passages = list(passages)
    for number, (start, end) in enumerate(blocks(text), 1):
        here = [passage for passage in passages if passage.start < end and passage.end > start]
        statements = {passage.evidence.statement.key: passage.evidence.statement for passage in here}
        yield {
            "number": number,
            "pieces": _pieces(text, start, end, here),
            "statements": [
                {"address": change_address(thing), "key": key, "words": Truncator(thing.text).chars(70)}
                for key, thing in statements.items()
            ],
        }


def _pieces(text, start, end, passages):
    """Cut one paragraph where passages begin and end: [(words, whether a passage holds them)]."""
    edges = {start, end}
    for passage in passages:
        edges |= {max(start, passage.start), min(end, passage.end)}
    edges = sorted(edges)
    return [
        (text[left:right], any(passage.start <= left and right <= passage.end for passage in passages))
        for left, right in pairwise(edges)
    ]
