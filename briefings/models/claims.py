"""Claims, the structured reading of statements, and the small vocabulary of properties they use."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .base import Record, RecordQuerySet, Status
from .dates import EDTFField, bounds_in_order, describe, earliest_of, latest_of, validate_edtf
from .events import Event
from .organizations import Organization
from .people import Person
from .statements import Statement


@dataclass(frozen=True, slots=True)
class Property:
    """One word of the vocabulary.

    `datatype` is "thing" (an object), "date" (an EDTF value), "number" or "text". `inverse` is the label on the
    page of the object. Two unequal values of a `single` property with overlapping dates are a conflict.
    """

    label: Promise
    datatype: str
    inverse: Promise | str = ""
    single: bool = False

    def words(self, value):
        """A value as a page shows it: dates in words, all else as it stands."""
        return describe(value) if self.datatype == "date" else value


PROPERTIES = {
    "full-name": Property(_("full name"), "text", single=True),
    "established": Property(_("established"), "date", single=True),
    "seat": Property(_("seat"), "text", single=True),
    "location": Property(_("location"), "text"),
    "mission": Property(_("mission"), "text"),
    "described-as": Property(_("described as"), "text"),
    "number-of-members": Property(_("number of members"), "number", single=True),
    "personnel": Property(_("personnel"), "text", single=True),
    "purpose": Property(_("purpose"), "text"),
    "composed-of": Property(_("composed of"), "text"),
    "responsible-for": Property(_("responsible for"), "text"),
    "activity": Property(_("activity"), "text"),
    "commitment": Property(_("commitment"), "text"),
    "expected-to": Property(_("expected to"), "text"),
    "member-of": Property(_("member of"), "thing", _("members")),
    "part-of": Property(_("part of"), "thing", _("parts")),
    "operates": Property(_("operates"), "thing", _("operated by")),
    "elects": Property(_("elects"), "thing", _("elected by")),
    "represents": Property(_("represents"), "thing", _("represented by")),
    "raised": Property(_("raised"), "thing", _("raised by")),
    "joined": Property(_("joined"), "thing", _("joined by")),
    "engages-through": Property(_("engages through"), "thing", _("channel of")),
    "in-country": Property(_("country"), "thing", _("bodies in this country")),
    "welcomed-by": Property(_("position endorsed or welcomed by"), "thing", _("endorsed or welcomed a position of")),
    "holds-post": Property(_("holds post"), "text"),
    "leads": Property(_("leads"), "thing", _("led by")),
    "date": Property(_("date"), "date", single=True),
    "place": Property(_("place"), "text", single=True),
    "meeting-of": Property(_("meeting of"), "thing", _("meetings")),
    "concerns": Property(_("concerns"), "thing", _("other events")),
    "sidelines-of": Property(_("on the sidelines of"), "thing", _("on its sidelines")),
    "host": Property(_("host"), "thing", _("host of"), single=True),
    "opened-by": Property(_("opened by"), "thing", _("opened"), single=True),
    "speaker": Property(_("speaker"), "thing", _("spoke at")),
    "participant": Property(_("participant"), "thing", _("took part in")),
    "counterpart-from": Property(_("counterpart from"), "thing", _("a counterpart took part in")),
    "attended-by": Property(_("attended by"), "thing", _("attended")),
    "attendance": Property(_("attendance"), "text"),
    "talks-with": Property(_("talks with"), "text"),
    "outcome": Property(_("outcome"), "text"),
}


NOUNS = ("organization", "person", "event")  # what a claim may have at either end


def property_choices():
    """The vocabulary as choices; a function, so that a new word needs no migration."""
    return [(name, known.label) for name, known in PROPERTIES.items()]


def ends(side):
    """The fields of a claim that may hold its "subject" or its "object"."""
    return [f"{side}_{noun}" for noun in NOUNS]


class ClaimQuerySet(RecordQuerySet):
    def published(self):
        """Claims from public statements between public things."""
        public = Q(statement__status=Status.PUBLISHED)
        for field in (*ends("subject"), *ends("object")):
            public &= Q(**{field: None}) | Q(**{f"{field}__status": Status.PUBLISHED})
        return self.filter(public)

    def with_subject(self, thing):
        return self.filter(**{f"subject_{thing._meta.model_name}": thing})

    def with_object(self, thing):
        return self.filter(**{f"object_{thing._meta.model_name}": thing})


def _one_thing(side):
    """A condition: exactly one of the side's three references is set."""
    alone = Q()
    for chosen in ends(side):
        alone |= Q(**{f"{name}__isnull": name != chosen for name in ends(side)})
    return alone


_NO_OBJECT = Q(object_organization=None, object_person=None, object_event=None)


class _Sides:
    """The two ends of a claim; a class of its own because the field `property` hides the builtin in Claim."""

    @property
    def subject(self):
        return self.subject_organization or self.subject_person or self.subject_event

    @property
    def object(self):
        return self.object_organization or self.object_person or self.object_event


class Claim(_Sides, Record):
    """One reading of a statement: a subject, a property, a value or an object, and when it holds."""

    natural_key_fields = ("statement__key", "order")
    cited_statement_lookups = ("statement",)

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="claims", verbose_name=_("statement"))
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    subject_organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="claims", verbose_name=_("about organization")
    )
    subject_person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="claims", verbose_name=_("about person")
    )
    subject_event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="claims", verbose_name=_("about event")
    )
    property = models.CharField(_("property"), max_length=30, choices=property_choices)
    value = models.CharField(
        _("value"), max_length=500, blank=True, help_text=_("As worded in the statement; a date as 1950 or 2017-09-26.")
    )
    object_organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims_as_object",
        verbose_name=_("object (organization)"),
    )
    object_person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims_as_object",
        verbose_name=_("object (person)"),
    )
    object_event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="claims_as_object", verbose_name=_("object (event)")
    )
    during = EDTFField(_("when it holds"), help_text=_("Empty where the statement gives no date."))
    during_earliest = earliest_of("during")
    during_latest = latest_of("during")

    objects = ClaimQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["statement", "order"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "order"], name="claim_order_once"),
            bounds_in_order("during"),
            models.CheckConstraint(
                name="claim_exactly_one_subject",
                condition=_one_thing("subject"),
                violation_error_message=_("A claim is about one organization, one person or one event."),
            ),
            models.CheckConstraint(
                name="claim_value_or_object",
                condition=(~Q(value="") & _NO_OBJECT) | (Q(value="") & _one_thing("object")),
                violation_error_message=_("A claim has a value or one object, not both and not neither."),
            ),
        ]

    def __str__(self):
        return f"{self.subject} · {self.get_property_display()} · {self.value or self.object}"

    def get_absolute_url(self):
        return self.statement.get_absolute_url()

    def clean(self):
        super().clean()
        known = PROPERTIES.get(self.property)
        if known is None:
            return
        if known.datatype == "thing" and self.value:
            raise ValidationError({"value": _("“%(label)s” needs an object, not a value.") % {"label": known.label}})
        if known.datatype != "thing" and not self.value:
            raise ValidationError({"value": _("“%(label)s” needs a value.") % {"label": known.label}})
        if known.datatype == "number" and not self.value.isdecimal():
            raise ValidationError({"value": _("Write the number in digits, for example 194.")})
        if known.datatype == "date":
            validate_edtf(self.value)


def said_at(event):
    """A condition on statements: made at this event (or its primary key), or at what public claims call part of it."""
    parts = Claim.objects.published().filter(property="part-of", object_event=event).order_by()
    return Q(event=event) | Q(event__in=parts.values("subject_event"))
