"""Events. Who took part, what was said there and what belongs to it are claims and statements."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .base import KeyField, Publishable
from .dates import DateBasis, EDTFField, bounds_in_order, earliest_of, latest_of


class EventKind(models.TextChoices):
    ASSEMBLY = "assembly", _("assembly or conference")
    SPEECH = "speech", _("speech")
    MEETING = "meeting", _("meeting or talks")
    CEREMONY = "ceremony", _("opening or ceremony")
    ACCESSION = "accession", _("joining or accession")
    FOUNDING = "founding", _("founding")
    OTHER = "other", _("other")


class Event(Publishable):
    """Something that happened at a time, or is said to have happened."""

    name = models.CharField(_("name"), max_length=200)
    slug = KeyField(_("slug"))
    kind = models.CharField(_("kind"), max_length=20, choices=EventKind)
    date = EDTFField(_("date"))
    date_basis = models.CharField(_("where the date comes from"), max_length=12, choices=DateBasis, blank=True)
    date_note = models.CharField(
        _("what the date rests on"), max_length=300, blank=True, help_text=_("Shown with the date.")
    )
    date_earliest = earliest_of("date")
    date_latest = latest_of("date")
    note = models.TextField(
        _("editors’ note"),
        blank=True,
        help_text=_("Shown on the page as a note by the editors. Facts belong in claims."),
    )

    class Meta(Publishable.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["date_earliest", "name"]
        indexes = [models.Index(fields=["status", "date_earliest", "name"], name="event_by_date")]
        constraints = [*Publishable.Meta.constraints, bounds_in_order("date")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("event-detail", args=[self.slug])
