"""Names in a form at the reading desk: found by typing, made in place, and typed whole where no script runs.

A name travels as `person:5` (a record), `new-person:Ahsan Iqbal` (to be made) or `typed:Ahsan Iqbal` (to be found).
"""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.admin.routes import UNNAMED, UNNAMED_LABEL, RouteField, RouteWidget
from briefings.editorial.names import Matcher
from briefings.editorial.proposed_fields import NEW
from briefings.editorial.statements import NOUNS, NewName
from briefings.models import Statement, Topic
from briefings.permissions import readable

TYPED = "typed"
LONGEST_NAME = 200
LONGEST_NUMBER = 18
MADE = {
    "person": gettext_lazy("new: make the person “%(name)s”"),
    "organization": gettext_lazy("new: make the organization “%(name)s”"),
    "event": gettext_lazy("new: make the event “%(name)s”"),
    "topic": gettext_lazy("new: make the topic “%(name)s”"),
}
FOUND = {**NOUNS, "statement": Statement}


def written(named):
    """How a form writes a record, a NewName or nothing."""
    if isinstance(named, NewName):
        return f"{NEW}-{named.noun}:{named.name}"
    return f"{named._meta.model_name}:{named.pk}" if named else ""


def split(value):
    """Return (noun, number, name): what a form wrote; the noun is empty where it wrote nothing that we know."""
    head, _colon, rest = value.partition(":")
    noun = head.removeprefix(f"{NEW}-")
    if head == TYPED:
        return TYPED, 0, " ".join(rest.split())[:LONGEST_NAME]
    if noun != head and noun in NOUNS and rest.strip():
        return noun, 0, " ".join(rest.split())[:LONGEST_NAME]
    if noun == head and noun in FOUND and rest.isascii() and rest.isdecimal() and len(rest) <= LONGEST_NUMBER:
        return noun, int(rest), ""
    return "", 0, ""


def label_of(value, user):
    """The words that stand for what a form wrote."""
    noun, pk, name = split(value)
    if pk:
        return str(readable(user, FOUND[noun].objects.filter(pk=pk)).first() or "")
    return MADE[noun] % {"name": name} if noun in MADE else name


def meant(value, user, nouns):
    """Return the record or NewName that a form means; ValidationError with what to do where there is none."""
    noun, pk, name = split(value)
    if noun == TYPED:
        return _found(name, user, nouns)
    if noun not in nouns:
        raise ValidationError(_("This could not be read. Choose again."))
    if not pk:
        return NewName(noun, name)
    thing = readable(user, FOUND[noun].objects.filter(pk=pk)).first()
    if thing is None:
        raise ValidationError(_("What was chosen is not here any more. Choose again."))
    return thing


def _found(name, user, nouns):
    if "statement" in nouns:
        match = readable(user, Statement.objects.filter(key=name)).first()
    elif "topic" in nouns:
        match = readable(user, Topic.objects.filter(name__iexact=name)).first()
    elif "event" in nouns:
        match = Matcher(user, [], events=[name]).find_event(name).pick
    else:
        match = Matcher(user, [name]).find(name, nouns).pick
    if match is None:
        raise ValidationError(
            _("Nothing here bears the name “%(name)s” alone. Correct it, or say that it is to be made."),
            params={"name": name},
        )
    return match


class NameWidget(forms.Widget):
    """A field to type in, with a plain one where no script runs."""

    template_name = "admin/desk/name.html"
    user = None
    several = False

    def __init__(self, nouns, attrs=None):
        super().__init__(attrs)
        self.nouns = nouns

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        values = [one for one in (value if self.several else [value]) or [] if one]
        context["options"] = [(one, label_of(one, self.user)) for one in values]
        context["address"] = f"{reverse_lazy('admin:desk-reading-names')}?{urlencode({'of': ','.join(self.nouns)})}"
        context["several"] = self.several
        context["makes"] = [(noun, NOUNS[noun]._meta.verbose_name) for noun in self.nouns if noun in NOUNS]
        return context

    def value_from_datadict(self, data, files, name):
        return typed(data, name) or data.get(name, "")

    def value_omitted_from_data(self, data, files, name):
        return name not in data and f"{name}-typed" not in data


def typed(data, name):
    """What was typed where no script runs, written as a form writes it, or an empty string."""
    words, make = data.get(f"{name}-typed", "").strip(), data.get(f"{name}-make", "")
    if not words:
        return ""
    return f"{NEW}-{make}:{words}" if make in NOUNS else f"{TYPED}:{words}"


class SeveralNamesWidget(NameWidget):
    several = True

    def value_from_datadict(self, data, files, name):
        words, make = data.get(f"{name}-typed", ""), data.get(f"{name}-make", "")
        more = [typed({f"{name}-typed": one, f"{name}-make": make}, name) for one in words.split(",")]
        return [*data.getlist(name), *filter(None, more)]


class NameField(forms.Field):
    """A person, an organization, an event or a statement; cleaned it is the record, a NewName or None."""

    widget_class = NameWidget

    def __init__(self, *nouns, **kwargs):
        self.nouns = nouns
        super().__init__(widget=self.widget_class(nouns), **kwargs)

    def bind(self, user):
        self.user = self.widget.user = user

    def clean(self, value):
        super().clean(value)
        return meant(value, self.user, self.nouns) if value else None


class SeveralNamesField(NameField):
    """Some of them, cleaned to a list."""

    widget_class = SeveralNamesWidget

    def clean(self, value):
        forms.Field.clean(self, value)
        found = [meant(one, self.user, self.nouns) for one in value or []]
        return list({written(one): one for one in found}.values())


class RelaysWidget(RouteWidget):
    """The rows of the statement's page, where a relay may also be made in place."""

    template_name = "admin/desk/relays.html"
    user = None

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["address"] = f"{reverse_lazy('admin:desk-reading-names')}?of=organization,person,unnamed"
        for row in context["rows"]:
            row["label"] = row["label"] if row["party"] == UNNAMED else label_of(row["party"], self.user)
        return context

    def value_from_datadict(self, data, files, name):
        rows, row = [], 0
        while f"{name}-{row}-relay" in data or f"{name}-{row}-verb" in data:
            party = typed(data, f"{name}-{row}-relay") or data.get(f"{name}-{row}-relay", "")
            verb = data.get(f"{name}-{row}-verb", "").strip()
            rows += [(party, verb)] if party or verb else []
            row += 1
        return rows


class RelaysField(RouteField):
    """A list of (organization, person, NewName or None, verb), nearest the speaker first."""

    widget = RelaysWidget

    def bind(self, user):
        self.user = self.widget.user = user

    def _step(self, party, verb):
        if not party or party == UNNAMED:
            return super()._step(party, verb)
        return meant(party, self.user, ("organization", "person")), verb


def unnamed_option():
    return {"id": UNNAMED, "text": capfirst(str(UNNAMED_LABEL))}
