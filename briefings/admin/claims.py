"""Claims: on the pages of statements and of what they are about, and a list of their own."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.models import Claim, Statement
from briefings.permissions import CHANGE, may

from .base import EditorialAdmin
from .forms import RecordForm
from .relations import RecordStackedInline
from .roles import readable, refuse_unless

SUBJECT = ("subject_organization", "subject_person", "subject_event")
OBJECT = ("object_organization", "object_person", "object_event")
READING = ["property", "value", OBJECT, "during"]
RELATED = ["statement", *SUBJECT, *OBJECT]


class ClaimForm(RecordForm):
    """A claim is part of its statement: only who may change the statement adds to it."""

    user = None

    def clean_statement(self):
        statement = self.cleaned_data["statement"]
        if not may(self.user, CHANGE, statement):
            raise ValidationError(_("You may not change this statement; ask an editor to add the claim."))
        return statement


class ClaimInline(RecordStackedInline):
    model = Claim
    classes = ["collapse"]

    def get_queryset(self, request):
        """The claims of statements that the user may read."""
        statements = readable(request.user, Statement.objects.all())
        return super().get_queryset(request).filter(statement__in=statements).select_related(*RELATED)

    def get_fieldsets(self, request, obj=None):
        first = [SUBJECT] if self.parent_model is Statement else ["statement"]
        return [(None, {"fields": [*first, *READING]})]

    def get_formset(self, request, obj=None, **kwargs):
        """About a statement's own claims the statement's page decides; elsewhere the form asks about each statement."""
        if self.parent_model is not Statement:
            kwargs["form"] = type("ClaimForm", (ClaimForm,), {"user": request.user})
        return super().get_formset(request, obj, **kwargs)


class StatementClaimInline(ClaimInline):
    fk_name = "statement"
    verbose_name_plural = gettext_lazy("Claims: what it says, in a form that pages can show")


class ClaimAboutInline(ClaimInline):
    verbose_name_plural = gettext_lazy("Claims about it, each from a statement")


class ClaimAboutOrganization(ClaimAboutInline):
    fk_name = "subject_organization"


class ClaimAboutPerson(ClaimAboutInline):
    fk_name = "subject_person"


class ClaimAboutEvent(ClaimAboutInline):
    fk_name = "subject_event"


@admin.register(Claim)
class ClaimAdmin(EditorialAdmin):
    """Every claim, to be found by what it is about."""

    part_of = "statement"
    list_display = ["subject", "property", "said", "during", "statement_key"]
    list_display_links = ["subject", "property"]
    list_filter = ["property"]
    list_select_related = RELATED
    search_fields = [
        "value",
        "statement__key",
        "subject_organization__name",
        "subject_person__name",
        "subject_event__name",
        "object_organization__name",
        "object_person__name",
        "object_event__name",
    ]
    fieldsets = [(None, {"fields": ["statement", SUBJECT, *READING]})]

    @admin.display(description=gettext_lazy("about"))
    def subject(self, obj):
        return obj.subject

    @admin.display(description=gettext_lazy("value or object"))
    def said(self, obj):
        return obj.value or obj.object

    @admin.display(description=gettext_lazy("statement"), ordering="statement__key")
    def statement_key(self, obj):
        return obj.statement.key

    def get_readonly_fields(self, request, obj=None):
        return ["statement"] if obj else []

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = type("ClaimForm", (ClaimForm,), {"user": request.user})
        return super().get_form(request, obj, change, form=form, **kwargs)

    def save_model(self, request, obj, form, change):
        if not change:
            refuse_unless(may(request.user, CHANGE, obj.statement))
            obj.order = obj.statement.claims.next_order()
        super().save_model(request, obj, form, change)
