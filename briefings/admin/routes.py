"""How words reached a source, entered as one line for each relay; the rows are `AttributionStep`s."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import JsonResponse
from django.urls import reverse_lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.models import AttributionStep, Organization, Person

from .fields import LONGEST_NUMBER

UNNAMED = "unnamed"
UNNAMED_LABEL = gettext_lazy("a relay that the text does not name")
PARTIES = {"organization": Organization, "person": Person}
OFFERED = 15  # of each kind, while typing


def party_name(relay):
    """How a relay is named in the form: `organization:5`, `person:3`, or `unnamed`."""
    return f"{relay._meta.model_name}:{relay.pk}" if relay else UNNAMED


def party_choices(readable, term):
    """Answer the typing of a name: organizations and people with it, and the relay that is not named."""
    groups = []
    for model in PARTIES.values():
        named = Q(name__icontains=term) | Q(pk__in=model.objects.filter(aliases__name__icontains=term).values("pk"))
        things = readable(model.objects.all()).filter(named).order_by("name")[:OFFERED]
        options = [{"id": party_name(thing), "text": str(thing)} for thing in things]
        if options:
            groups.append({"text": capfirst(model._meta.verbose_name_plural), "children": options})
    groups.append({"id": UNNAMED, "text": capfirst(str(UNNAMED_LABEL))})
    return JsonResponse({"results": groups, "pagination": {"more": False}})


class RouteWidget(forms.Widget):
    """Rows of relay and verb, nearest the speaker first, with two empty ones at the end."""

    template_name = "admin/briefings/route.html"
    address = reverse_lazy("admin:briefings_evidence_parties")
    may_name = staticmethod(lambda relay: True)  # the form says what its user may read
    media = AutocompleteSelect(AttributionStep._meta.get_field("organization"), None).media

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        labels = _labels([party for party, _verb in value or []], self.may_name)
        rows = [(party, labels.get(party, party), verb) for party, verb in value or []] + [("", "", "")] * 2
        context["rows"] = [
            {"relay": f"{name}-{i}-relay", "verb": f"{name}-{i}-verb", "party": party, "label": label, "words": verb}
            for i, (party, label, verb) in enumerate(rows)
        ]
        context["address"] = self.address
        return context

    def value_from_datadict(self, data, files, name):
        rows, number = [], 0
        while f"{name}-{number}-relay" in data or f"{name}-{number}-verb" in data:
            row = (data.get(f"{name}-{number}-relay", ""), data.get(f"{name}-{number}-verb", "").strip())
            rows += [row] if any(row) else []
            number += 1
        return rows

    def value_omitted_from_data(self, data, files, name):
        return f"{name}-0-relay" not in data


def _split(party):
    """Return the kind and number that a form names, or (None, None) for what names nobody."""
    kind, _colon, pk = party.partition(":")
    is_named = kind in PARTIES and pk.isdecimal() and len(pk) <= LONGEST_NUMBER
    return (kind, int(pk)) if is_named else (None, None)


def _labels(parties, may_name):
    labels = {UNNAMED: capfirst(str(UNNAMED_LABEL))}
    named = [_split(party) for party in parties]
    for kind, model in PARTIES.items():
        things = model._base_manager.in_bulk([pk for known, pk in named if known == kind])
        labels |= {f"{kind}:{pk}": str(thing) for pk, thing in things.items() if may_name(thing)}
    return labels


class RouteField(forms.Field):
    """A list of (Organization, Person or None, verb) in order."""

    widget = RouteWidget

    def has_changed(self, initial, data):
        return [tuple(row) for row in initial or []] != [tuple(row) for row in data or []]

    def clean(self, value):
        steps = [self._step(party, verb) for party, verb in super().clean(value) or []]
        if any(len(verb) > 100 or "\x00" in verb for _relay, verb in steps):
            raise ValidationError(_("A verb is at most 100 letters long, for example “according to”."))
        return steps

    def _step(self, party, verb):
        if not party:
            raise ValidationError(
                _("Who relayed it with “%(verb)s”? Choose somebody, or “a relay that the text does not name”."),
                params={"verb": verb},
            )
        if party == UNNAMED:
            return None, verb
        kind, pk = _split(party)
        relay = PARTIES[kind]._base_manager.filter(pk=pk).first() if kind else None
        if relay is None or not self.widget.may_name(relay):
            raise ValidationError(_("One of the relays is not here any more. Choose it again."))
        return relay, verb


def write_route(evidence, steps, *, by):
    """Make the relays of `evidence` exactly `steps`, in order; rows that stay keep their history."""
    present = list(evidence.steps.order_by("order"))
    for extra in present[len(steps) :]:
        extra.delete()
    for order, (relay, verb) in enumerate(steps, 1):
        is_there = order <= len(present)
        row = present[order - 1] if is_there else AttributionStep(evidence=evidence, order=order, created_by=by)
        if not is_there or (row.relay, row.verb) != (relay, verb):
            row.organization = relay if isinstance(relay, Organization) else None
            row.person = relay if isinstance(relay, Person) else None
            row.verb = verb
            row.save()
