"""What one may do with a briefing on its workflow page: the form of each act, and the act itself in `editorial`."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.admin.publishing import MAJOR, MINOR, confirmed
from briefings.editorial.approval import approve, send_back, submit, withdraw
from briefings.editorial.plans import plan_publication
from briefings.editorial.problems import Problem, Refused
from briefings.editorial.scheduling import cancel, in_words, schedule
from briefings.editorial.texts import writers_of
from briefings.editorial.typed import LONGEST_NOTE, LONGEST_REASON
from briefings.editorial.workflow import publish, retract
from briefings.models import User
from briefings.permissions import GROUPS, Role


class Empty(forms.Form):
    """An act that asks for nothing but the button."""

    def __init__(self, *args, briefing=None, **kwargs):
        super().__init__(*args, **kwargs)


def words_field(label, most, **kwargs):
    attrs = {"rows": 3, "class": "vLargeTextField"}
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs=attrs), **kwargs)


class Submission(Empty):
    note = words_field(gettext_lazy("What to look at (may stay empty)"), LONGEST_REASON, required=False)
    reviewer = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Who reads it"),
        required=False,
        empty_label=gettext_lazy("Any editor who did not write it"),
    )

    def __init__(self, *args, briefing=None, **kwargs):
        super().__init__(*args, **kwargs)
        roles = [name for name, role in GROUPS.items() if role >= Role.EDITOR]
        editors = User.objects.filter(Q(groups__name__in=roles) | Q(is_superuser=True), is_active=True)
        others = editors.exclude(pk__in=writers_of(briefing)).distinct().order_by("first_name", "username")
        self.fields["reviewer"].queryset = others
        self.fields["reviewer"].label_from_instance = lambda user: user.called


class Reason(Empty):
    reason = words_field(gettext_lazy("Why"), LONGEST_REASON)


class OptionalReason(Empty):
    reason = words_field(gettext_lazy("Why (may stay empty)"), LONGEST_REASON, required=False)


class Note(Empty):
    note = words_field(gettext_lazy("A word about it (may stay empty)"), LONGEST_REASON, required=False)


class Retraction(Empty):
    reason = forms.CharField(
        label=gettext_lazy("Reason, for readers"),
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text=gettext_lazy(
            "It stands at the address in place of the text, for ever. This cannot be taken back, and it waits for "
            "nobody else."
        ),
    )


class Change(Empty):
    """What is new in a version; asked for where readers have another one."""

    change_note = words_field(
        gettext_lazy("What is new, for readers"),
        LONGEST_NOTE,
        help_text=gettext_lazy("Stands in the history of the briefing, beside the version."),
    )
    extent = forms.ChoiceField(
        label=gettext_lazy("How much of a change it is"),
        choices=[
            (MAJOR, gettext_lazy("Major: the briefing gets the new date and is new in lists and feeds")),
            (MINOR, gettext_lazy("Minor, such as a typing error: the date stays")),
        ],
        initial=MAJOR,
    )

    def __init__(self, *args, briefing=None, **kwargs):
        super().__init__(*args, **kwargs)
        if not briefing.is_public:
            del self.fields["change_note"], self.fields["extent"]

    @property
    def change(self):
        """The arguments that publishing takes."""
        given = self.cleaned_data
        return {"change_note": given.get("change_note", ""), "major": given.get("extent") != MINOR}


class Timing(Change):
    due = forms.DateTimeField(
        label=gettext_lazy("When"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )
    field_order = ["due"]


def _submit(request, briefing, given):
    submit(briefing, by=request.user, note=given["note"], reviewer=given["reviewer"])
    return _("A review is asked for. You will see here what comes of it.")


def _send_back(request, briefing, given):
    send_back(briefing, by=request.user, reason=given["reason"])
    return _("It is back with its writer, with your reason.")


def _approve(request, briefing, given):
    approve(briefing, by=request.user, text=request.POST.get("text") or "-", note=given["note"])
    return _("It is approved as you read it. A publisher can publish it now.")


def _withdraw(request, briefing, given):
    withdraw(briefing, by=request.user, reason=given["reason"])
    return _("The approval is withdrawn. The text is in review again.")


def _publish(request, briefing, given):
    along = confirmed(request, briefing, plan_publication(briefing, by=request.user))
    publish(briefing, by=request.user, along=along, **given.change)
    return _("It is public now.")


def _schedule(request, briefing, given):
    due = given.cleaned_data["due"]
    along = confirmed(request, briefing, plan_publication(briefing, by=request.user, at=due))
    text = request.POST.get("text") or "-"
    schedule(briefing, by=request.user, due=due, along=along, text=text, **given.change)
    return _("It will be published on %(when)s.") % {"when": in_words(due)}


def _cancel(request, briefing, given):
    cancel(briefing, by=request.user)
    return _("Taken back: it waits for no time any more.")


def _retract(request, briefing, given):
    retract(briefing, by=request.user, reason=given["reason"])
    return _("It is retracted. Its address now shows a note with your reason.")


@dataclass(frozen=True, slots=True)
class Act:
    """One act as the page offers it: what it is called, its form, and the words on its button."""

    title: str
    form: type[Empty]
    button: str
    do: object
    takes_form: bool = False  # else what was filled in, as a dict
    is_grave: bool = False


ACTS = {
    "submit": Act(gettext_lazy("Ask for a review"), Submission, gettext_lazy("Ask for a review"), _submit),
    "approve": Act(gettext_lazy("Approve"), Note, gettext_lazy("Approve this text"), _approve),
    "send-back": Act(gettext_lazy("Send it back"), Reason, gettext_lazy("Send it back"), _send_back),
    "publish": Act(gettext_lazy("Publish now"), Change, gettext_lazy("Publish now"), _publish, takes_form=True),
    "schedule": Act(
        gettext_lazy("Publish at a time"), Timing, gettext_lazy("Publish at that time"), _schedule, takes_form=True
    ),
    "cancel": Act(gettext_lazy("Take the scheduled publication back"), Empty, gettext_lazy("Take it back"), _cancel),
    "withdraw": Act(
        gettext_lazy("Withdraw the approval"), OptionalReason, gettext_lazy("Withdraw the approval"), _withdraw
    ),
    "retract": Act(
        gettext_lazy("Retract"), Retraction, gettext_lazy("Retract for ever"), _retract, takes_form=False, is_grave=True
    ),
}


@dataclass(frozen=True, slots=True)
class Given:
    """A form that was sent and not taken: which, with what was typed, and what was said against it."""

    name: str
    form: Empty
    problems: list[Problem]


def form_of(name, briefing, data=None):
    """The form of an act, its fields named apart from those of the others on the page."""
    return ACTS[name].form(data, briefing=briefing, auto_id=f"id_{name}_%s")


def act_on(request, briefing):
    """Do what was sent, and say so; return None, or what was given where it was refused."""
    name = request.POST["act"]
    form = form_of(name, briefing, request.POST)
    if not form.is_valid():
        return Given(name, form, [])
    act = ACTS[name]
    try:
        said = act.do(request, briefing, form if act.takes_form else form.cleaned_data)
    except Refused as refused:
        return Given(name, form, refused.problems)
    messages.success(request, said)
    return None
