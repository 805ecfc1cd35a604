"""Evidence entered as a stored copy and its words, with its route; on a statement's page and on a page of its own."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.editorial.evidence import check_wording
from briefings.models import Evidence, Passage, Snapshot, Source, Statement
from briefings.notes.wording import edited
from briefings.permissions import CHANGE, READ, may
from briefings.quotes import PUBLISHABLE, Verdict, edits, paragraph_number, sentence_around

from .base import EditorialAdmin
from .choices import HoldsFilter
from .fields import LongText
from .forms import RecordForm
from .publishing import change_address
from .relations import RecordStackedInline, RecordTabularInline
from .roles import readable, reads_all, refuse_unless
from .routes import RouteField, party_choices, party_name, write_route
from .words import PlacesField, ambiguous, choose, search

WITHOUT_TEXT = Snapshot.objects.select_related("source").defer("text")
VERDICT_WORDS = {
    "exact": gettext_lazy("The wording matches the stored copy."),
    "typographic": gettext_lazy("The wording matches the stored copy but for typography (marks, dashes, stops)."),
    "edited": gettext_lazy("The wording matches the stored copy but for marked omissions and insertions."),
    "altered": gettext_lazy("The wording differs from the stored copy. A quotation like this is not published."),
    "missing": gettext_lazy("The stored copy does not have these words. A quotation like this is not published."),
}


class EvidenceForm(RecordForm):
    """A stored copy, the words that carry the statement there, and the relays between the speaker and that copy."""

    user = None

    words = LongText(
        label=gettext_lazy("Words in the stored copy"),
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField reading"}),
        help_text=gettext_lazy(
            "Copy the words from the stored copy. Where they are interrupted, put an empty line between the parts: "
            "each part becomes a passage."
        ),
    )
    places = PlacesField(label="", required=False)
    route = RouteField(
        label=gettext_lazy("How they reached it"),
        required=False,
        help_text=gettext_lazy(
            "Who passed the words on between the speaker and this source, nearest the speaker first, and only where "
            "the text says so. Leave it empty where it names no relay."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.picked = []
        if "route" in self.fields:
            self.fields["route"].widget.may_name = self._may_name
        if self.instance.pk:
            self.present = list(self.instance.passages.order_by("order"))
            self.initial["words"] = "\n\n".join(passage.exact for passage in self.present)
            self.initial["route"] = [
                (party_name(step.relay), step.verb) for step in self.instance.steps.order_by("order")
            ]
            if "places" in self.fields:
                self._find(self.instance.snapshot, self.initial["words"], {})
        else:
            self.present = []

    def clean(self):
        cleaned = super().clean()
        snapshot, words = cleaned.get("snapshot"), cleaned.get("words")
        if snapshot and words:
            missing, questions = self._find(snapshot, words, cleaned.get("places") or {})
            for sentence in missing:
                self.add_error("words", sentence)
            for piece, places, picked in questions.values():
                if picked is None:
                    self.add_error("words", ambiguous(piece, places))
        if self.instance.pk and not self.instance.may_be_deleted:
            self._refuse_removal(cleaned)
        return cleaned

    def _may_name(self, relay):
        """What one may not read is not named; what an editor chose stays."""
        standing = {party for party, _verb in self.initial.get("route", [])}
        return party_name(relay) in standing or may(self.user, READ, relay)

    def _find(self, snapshot, words, chosen):
        standing = {
            (passage.start, passage.end) for passage in self.present if self.instance.snapshot_id == snapshot.pk
        }
        found = search(snapshot.text, words)
        self.picked, questions, missing = choose(found, chosen, standing)
        self.fields["places"].widget.questions = questions
        return missing, questions

    def _refuse_removal(self, cleaned):
        """What belongs to a published statement is corrected and added to; a part less would vanish without a trace."""
        if self.picked and len(self.picked) < len(self.present):
            self.add_error(
                "words", _("This statement is published: correct a passage or add one, but keep their number.")
            )
        if "route" in cleaned and len(cleaned["route"]) < len(self.initial.get("route", [])):
            self.add_error(
                "route", _("This statement is published: correct a relay or add one, but keep their number.")
            )

    def _save_m2m(self):
        super()._save_m2m()
        if "words" in self.cleaned_data:
            self._write_passages()
        if "route" in self.cleaned_data:
            write_route(self.instance, self.cleaned_data["route"], by=self.user)

    def _write_passages(self):
        evidence = self.instance
        for extra in self.present[len(self.picked) :]:
            extra.delete()
        for order, place in enumerate(self.picked, 1):
            is_there = order <= len(self.present)
            row = self.present[order - 1] if is_there else Passage(order=order, created_by=self.user)
            span = (place.start, place.end, evidence.snapshot.text[place.start : place.end])
            if not is_there or (row.start, row.end, row.exact) != span:
                row.evidence = evidence
                row.start, row.end, row.exact = span
                row.save()


class OwnedEvidenceForm(EvidenceForm):
    """On its own page evidence can be added to a statement that the user may change."""

    def clean_statement(self):
        statement = self.cleaned_data["statement"]
        if not may(self.user, CHANGE, statement):
            raise ValidationError(_("You may not change this statement; ask an editor to add the evidence."))
        return statement


@admin.display(description=gettext_lazy("as it stands"))
def passages_shown(obj):
    """The verdict in words, and each passage in its sentence, marked where it stands."""
    if obj is None or obj.pk is None:
        return _("After saving, the passages stand here in their sentence, with how the wording compares.")
    parts = [_passage_html(obj, passage) for passage in obj.passages.all()]
    return format_html(
        '<div class="evidence-shown"><p class="verdict">{} {}</p>{}<p><a href="{}">{}</a></p></div>',
        VERDICT_WORDS.get(obj.verdict, ""),
        obj.get_location_display() if obj.location and obj.location != "in place" else "",
        format_html_join("", "<p>{}</p>", [(part,) for part in parts]),
        change_address(obj.snapshot),
        _("Read the stored copy"),
    )


def _passage_html(evidence, passage):
    """The highlighter is for a quotation whose wording stands there; what else carries a statement is underlined."""
    text = evidence.snapshot.text
    start, end = sentence_around(text, passage.start, passage.end)
    return format_html(
        '<span class="paragraph-number">¶ {}</span> {}<mark{}>{}</mark>{}',
        paragraph_number(text, passage.start),
        text[start : passage.start],
        format_html(' class="{}"', "verbatim") if evidence.verdict in PUBLISHABLE else "",
        passage.exact,
        text[passage.end : end],
    )


class EvidencePages:
    """What the inline and the page have in common."""

    form = EvidenceForm
    readonly_fields = ["shown"]
    entered = ["snapshot", "words", "places", "route"]

    shown = staticmethod(passages_shown)

    def get_field_queryset(self, db, db_field, request):
        if db_field.name == "snapshot":
            sources = readable(request.user, Source.objects.all())
            return WITHOUT_TEXT if reads_all(request.user) else WITHOUT_TEXT.filter(source__in=sources)
        return super().get_field_queryset(db, db_field, request)

    def fieldset_of(self, first, may_change):
        entered = self.entered if may_change else ["snapshot"]
        return [(None, {"fields": [*first, *entered, ("name_printed", "verb"), "shown"]})]


class EvidenceInline(EvidencePages, RecordStackedInline):
    model = Evidence
    classes = ["evidence-inline"]
    verbose_name_plural = gettext_lazy("Evidence: where it was printed")
    show_change_link = False

    def get_queryset(self, request):
        queryset = super().get_queryset(request).select_related("statement", "snapshot__source")
        return queryset.prefetch_related("passages", "steps__organization", "steps__person")

    def get_extra(self, request, obj=None, **kwargs):
        return 1 if obj is None else 0

    def get_fieldsets(self, request, obj=None):
        return self.fieldset_of([], self.has_change_permission(request, obj))

    def get_formset(self, request, obj=None, **kwargs):
        kwargs["form"] = type("EvidenceForm", (EvidenceForm,), {"user": request.user})
        return super().get_formset(request, obj, **kwargs)


class PassageInline(RecordTabularInline):
    model = Passage
    fields = ["exact", "start", "end", "locator"]
    readonly_fields = ["exact", "start", "end"]
    verbose_name_plural = gettext_lazy("Passages")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return may(request.user, CHANGE, obj.statement if obj else Statement)

    def has_view_permission(self, request, obj=None):
        return self.has_change_permission(request, obj) or obj.statement.is_public

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Evidence)
class EvidenceAdmin(EvidencePages, EditorialAdmin):
    """One stored copy that carries one statement: mostly entered on the statement's page, here to be found."""

    part_of = "statement"
    inlines = [PassageInline]
    list_display = ["statement_key", "source", "verdict", "location", "name_printed", "checked_at"]
    list_filter = [HoldsFilter, "verdict", "location", "statement__kind"]
    list_select_related = ["statement", "snapshot__source"]
    search_fields = ["statement__key", "statement__text", "snapshot__source__title", "name_printed"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("snapshot__text")

    def get_urls(self):
        view = self.admin_site.admin_view(self.parties_view)
        return [path("parties/", view, name="briefings_evidence_parties"), *super().get_urls()]

    def parties_view(self, request):
        """Organizations and people for a relay, as far as the user may read them."""
        term = request.GET.get("term", "")[:200].replace("\x00", "")
        return party_choices(lambda queryset: readable(request.user, queryset), term)

    @admin.display(description=gettext_lazy("statement"), ordering="statement__key")
    def statement_key(self, obj):
        return obj.statement.key

    @admin.display(description=gettext_lazy("source"), ordering="snapshot__source__title")
    def source(self, obj):
        return obj.snapshot.source

    def get_fieldsets(self, request, obj=None):
        may_change = self.has_change_permission(request, obj) if obj else True
        return self.fieldset_of(["statement"], may_change)

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, "statement"] if obj else self.readonly_fields

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = type("EvidenceForm", (OwnedEvidenceForm,), {"user": request.user})
        return super().get_form(request, obj, change, form=form, **kwargs)

    def save_model(self, request, obj, form, change):
        if not change:
            refuse_unless(may(request.user, CHANGE, obj.statement))
            obj.order = obj.statement.evidence.next_order()
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        """Locators go into the passages as the words above have just left them."""
        for row in [one for one in formset.initial_forms if one.has_changed()]:
            passage = Passage.objects.filter(pk=row.instance.pk).first()
            if passage:
                passage.locator = row.cleaned_data["locator"]
                passage.save()
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        check_wording(Evidence.objects.filter(pk=form.instance.pk))


def verdict_sentence(evidence):
    """What to tell an editor after saving: how the wording of one piece of evidence compares."""
    words = VERDICT_WORDS.get(evidence.verdict)
    if evidence.verdict == Verdict.EDITED:
        passages = evidence.passages.order_by("order").values_list("exact", flat=True)
        told = capfirst("; ".join(edited(edits(evidence.statement.text, list(passages)))))
        return f"{evidence.snapshot.source}: {words} {told}"
    return f"{evidence.snapshot.source}: {words}" if words else ""
