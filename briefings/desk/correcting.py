"""Correcting what is public: the difference to what readers have, what it said and says, why, and what follows."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from reversion.models import Version

from briefings.admin.publishing import change_address, named
from briefings.editorial.approval import approval_problems
from briefings.editorial.corrections import LONGEST, LONGEST_CHANGE_NOTE, correct_briefing, correct_statement
from briefings.editorial.plans import plan_of
from briefings.editorial.problems import Refused
from briefings.editorial.references import reached_from
from briefings.editorial.switches import four_eyes
from briefings.languages import direction_of
from briefings.models import Briefing, CorrectionKind, ReaderReport, Statement
from briefings.permissions import CORRECT, may

from .captures import HIGHEST_NUMBER, page
from .differences import changed_paragraphs, said_and_says

KINDS = [choice for choice in CorrectionKind.choices if choice[0] != CorrectionKind.RETRACTION]
NOT_PUBLIC = gettext_lazy("This is not public any more, or not yet: there is nothing to correct.")


def _text(label, help_text="", rows=3, **options):
    widget = forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField reading"})
    return forms.CharField(label=label, help_text=help_text, widget=widget, max_length=LONGEST, **options)


class CorrectionForm(forms.Form):
    """What readers are told of a correction. What is typed is kept whatever is refused."""

    use_required_attribute = False
    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=KINDS)
    said = _text(gettext_lazy("What it said"), required=False)
    says = _text(gettext_lazy("What it says now"), required=False)
    why = _text(gettext_lazy("Why, for readers"), rows=2)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)

    def __init__(self, data=None, **kwargs):
        super().__init__(data and {name: value.replace("\x00", "") for name, value in data.items()}, **kwargs)


class BriefingCorrectionForm(CorrectionForm):
    change_note = forms.CharField(
        label=gettext_lazy("Change note"),
        help_text=gettext_lazy("Stands in the history; without it the reason stands there."),
        max_length=LONGEST_CHANGE_NOTE,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    major = forms.BooleanField(
        label=gettext_lazy("A major change"),
        help_text=gettext_lazy("It moves the public date and the feeds. Leave it out for a name or a comma."),
        required=False,
        initial=True,
    )
    urgent = forms.BooleanField(
        label=gettext_lazy("Urgent: without the approval of a second person"),
        help_text=gettext_lazy("For what must not stand there any longer. That it was urgent stands in the log."),
        required=False,
    )


def addresses(site):
    """One form for a briefing and one for a statement, behind the login."""
    return [
        path("correct/<int:pk>/", site.admin_view(briefing_view), name="desk-correct"),
        path("correct/statement/<int:pk>/", site.admin_view(statement_view), name="desk-correct-statement"),
    ]


def briefing_view(request, pk):
    """The difference, the form, what stands in the way; on a confirming POST the correction."""
    briefing = _public_or_404(request.user, Briefing.objects.select_related("current"), pk)
    paragraphs = changed_paragraphs(briefing.current, briefing)
    said, says = said_and_says(paragraphs)
    kind = CorrectionKind.ERROR if paragraphs else CorrectionKind.CLARIFICATION
    initial = {"kind": kind, "said": said, "says": says, "seen": briefing.version}
    report = _report(request, briefing)
    form = BriefingCorrectionForm(request.POST or None, initial=initial)
    if not four_eyes():
        del form.fields["urgent"]
    plan = plan_of(briefing, reached_from(briefing), is_correction=True)
    if request.method == "POST" and form.is_valid() and _corrected(request, briefing, form, plan, report):
        return redirect(change_address(briefing))
    context = {
        **_context(briefing, form, report),
        "text_address": reverse("admin:desk-writing", args=[briefing.pk]),
        "paragraphs": paragraphs,
        "language": briefing.language,
        "direction": direction_of(briefing.language),
        "errors": [one for one in plan.errors if one.code != "nothing-changed"],
        "approval": approval_problems(briefing) if paragraphs else [],
        "along": [(f"{named(one)}:{one.version}", one, change_address(one)) for one in plan.along],
    }
    return page(request, "correct", _("Correct “%(thing)s”") % {"thing": briefing.current.title}, context)


def statement_view(request, pk):
    """The same for a statement, whose words are saved at its own page."""
    statement = _public_or_404(request.user, Statement.objects, pk)
    before = _words_before(statement)
    initial = {"said": before, "says": statement.text if before else "", "seen": statement.version}
    form = CorrectionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _statement_corrected(request, statement, form):
        return redirect(change_address(statement))
    context = {**_context(statement, form, None), "language": statement.language}
    context["citing"] = statement.citations.published().values("revision__briefing").distinct().count()
    return page(request, "correct", _("Correct “%(thing)s”") % {"thing": statement.key}, context)


def _public_or_404(user, queryset, pk):
    thing = queryset.filter(pk=pk).first() if pk <= HIGHEST_NUMBER else None
    if thing is None:
        raise Http404
    if not may(user, CORRECT, thing):
        raise PermissionDenied(_("Only a publisher corrects what was published. Ask a publisher to look at it."))
    if not thing.is_public:
        raise Http404(NOT_PUBLIC)
    return thing


def _context(thing, form, report):
    return {
        "thing": thing,
        "form": form,
        "report": report,
        "back": change_address(thing),
        "public": thing.get_absolute_url(),
        "is_briefing": isinstance(thing, Briefing),
    }


def _report(request, briefing):
    """The reader's report that a correction is made from, or None."""
    asked = request.POST.get("report", request.GET.get("report", ""))
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
        return None
    return ReaderReport.objects.filter(briefing=briefing, pk=int(asked)).first()


def _words_before(statement):
    """The words that history last knew before those of now; empty where it knows no others."""
    versions = Version.objects.get_for_object(statement)[:50]
    earlier = (version.field_dict.get("text", "") for version in versions)
    return next((words for words in earlier if words and words != statement.text), "")


def _corrected(request, briefing, form, plan, report):
    seen = set(request.POST.getlist("along"))
    along = [one for one in plan.along if f"{named(one)}:{one.version}" in seen]
    return _done(
        request,
        form,
        lambda given: correct_briefing(briefing, by=request.user, along=along, report=report, **given),
        briefing,
        _("Corrected. It stands on the page, in the list of corrections and in their feed."),
    )


def _statement_corrected(request, statement, form):
    return _done(
        request,
        form,
        lambda given: correct_statement(statement, by=request.user, **given),
        statement,
        _("Corrected. Every public briefing that cites it is flagged, and says so until somebody has looked at it."),
    )


def _done(request, form, act, thing, said):
    """Do it as it was looked at, and say so; where it is refused, say why above the form."""
    given = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
    thing.version = form.cleaned_data["seen"]
    try:
        act(given)
    except Refused as refusal:
        for one in refusal.problems:
            form.add_error(None, str(one))
        thing.refresh_from_db()
        return False
    messages.success(request, said)
    return True
