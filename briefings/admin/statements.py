"""Statements: the words, who said them, where they were printed, and what they claim."""

from django.contrib import admin, messages
from django.db.models import Count, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from briefings.editorial.evidence import check_wording
from briefings.models import LinkKind, Statement, StatementKind, StatementLink
from briefings.permissions import readable
from briefings.quotes import PUBLISHABLE, difference

from .base import PublishableAdmin
from .citing import cite_in_tool
from .claims import StatementClaimInline
from .evidence import EvidenceInline, verdict_sentence
from .publishing import change_address
from .record_reviews import Reviewed, ToReview
from .relations import RecordTabularInline


class LinkInline(RecordTabularInline):
    model = StatementLink
    fk_name = "from_statement"
    fields = ["kind", "to_statement", "note"]
    verbose_name_plural = _("How it stands to other statements")
    verbose_name = _("link")


@admin.register(Statement)
class StatementAdmin(Reviewed, PublishableAdmin):
    list_display = ["key", "words", "kind", "speaker_name", "said", "state", "review_state", "evidence_count"]
    list_filter = ["status", ToReview, "kind", "language", "allegation"]
    ordering = ["key"]
    list_select_related = ["speaker_person", "speaker_organization"]
    search_fields = ["key", "text", "speaker_person__name", "speaker_organization__name", "event__name"]
    search_help_text = _("Search in keys, words, speakers and events.")
    inlines = [EvidenceInline, StatementClaimInline, LinkInline]
    fieldsets = [
        (None, {"fields": ["kind", "text", "key", "status_line", "review_line"]}),
        (
            _("Who said it"),
            {
                "fields": [("speaker_person", "speaker_organization"), ("speaker_description", "speaker_reason")],
                "description": _(
                    "One speaker: a person, an organization, or a description of somebody whom the source does not "
                    "name. Leave all empty for what the source says in its own voice."
                ),
            },
        ),
        (
            _("When and where"),
            {
                "fields": ["event", ("said", "said_basis", "said_note")],
                "description": _(
                    "A date as precise as it is known, and no more: 2017-09-26, 2017-09 or 2017; 1950~ for about 1950; "
                    "2017-09-26/2017-09-29 for a range. Leave it empty where nothing says when."
                ),
            },
        ),
        (_("What it is about"), {"fields": ["topics", "language", ("translation", "translator")]}),
        (
            _("Allegation"),
            {
                "fields": ["allegation", ("reply_sought_on", "reply_sought_from"), "reply_sought"],
                "classes": ["collapse"],
                "description": _(
                    "What accuses an identifiable person or company is published only with a record of the reply that"
                    " was sought: when, from whom, and what was answered."
                ),
            },
        ),
    ]
    wordings = (_("The same utterance in other words"), {"fields": ["other_wordings"]})

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(pieces=Count("evidence"))

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "other_wordings"]

    def get_tools(self, request, obj):
        """Whoever writes briefings can cite it in one from here."""
        return [*super().get_tools(request, obj), *cite_in_tool(request.user, obj)]

    def get_fieldsets(self, request, obj=None):
        """Where the same utterance is reported in other words, how they differ stands below what is filled in."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        linked = Q(links_in__from_statement=obj, links_in__kind=LinkKind.SAME_UTTERANCE)
        linked |= Q(links_out__to_statement=obj, links_out__kind=LinkKind.SAME_UTTERANCE)
        obj.wordings = list(readable(request.user, Statement.objects.filter(linked)).distinct())
        return [*fieldsets, self.wordings] if obj.wordings else fieldsets

    @admin.display(description=_("word by word"))
    def other_wordings(self, obj):
        """Each other wording, as it differs from this one."""
        rows = [
            {"statement": one, "address": change_address(one), "changes": difference(obj.text, one.text)}
            for one in obj.wordings
        ]
        return render_to_string("admin/briefings/_wordings.html", {"rows": rows})

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """From a stored copy's page one comes with that copy chosen."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        copy = request.GET.get("copy", "")
        if isinstance(inline, EvidenceInline) and request.method == "GET" and not obj.pk and copy.isdecimal():
            kwargs["initial"] = [{"snapshot": copy}]
        return kwargs

    @admin.display(description=_("words"), ordering="text")
    def words(self, obj):
        return Truncator(obj.text).chars(90)

    @admin.display(description=_("speaker"))
    def speaker_name(self, obj):
        return obj.speaker or obj.speaker_description

    @admin.display(description=_("evidence"), ordering="pieces")
    def evidence_count(self, obj):
        return obj.pieces

    def save_model(self, request, obj, form, change):
        """Words of what is public do not change quietly: the way to say so in public is offered at once."""
        super().save_model(request, obj, form, change)
        if change and obj.is_public and "text" in form.changed_data:
            said = format_html(
                '{} <a href="{}">{}</a>',
                _("This statement is public, so readers should be told what it said."),
                reverse("admin:desk-correct-statement", args=[obj.pk]),
                _("Say it in a correction"),
            )
            self.message_user(request, said, messages.WARNING)

    def save_related(self, request, form, formsets, change):
        """Compare the wording anew with every save, and say where a quotation does not match."""
        super().save_related(request, form, formsets, change)
        statement = form.instance
        check_wording(statement.evidence.all())
        for evidence in statement.evidence.select_related("snapshot__source").defer("snapshot__text"):
            sentence = verdict_sentence(evidence)
            if statement.kind == StatementKind.QUOTATION and sentence:
                good = evidence.verdict in PUBLISHABLE
                self.message_user(request, sentence, messages.INFO if good else messages.WARNING)
