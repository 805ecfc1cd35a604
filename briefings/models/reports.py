"""What readers report about a briefing or one of its notes, and what they were answered."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import Record, RecordQuerySet, this_second
from .briefings import Briefing
from .corrections import Correction
from .statements import Statement


class ReportQuerySet(RecordQuerySet):
    def open(self):
        """What nobody has answered yet."""
        return self.filter(answered_at=None)


class ReaderReport(Record):
    """A problem that a reader reported, under a number they were given; `secret` opens the answer to them alone."""

    natural_key_fields = ("number",)
    shows_to_readers = False

    number = models.CharField(_("number"), max_length=20, unique=True)
    secret = models.CharField(max_length=40, unique=True, editable=False)
    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="reports", verbose_name=_("briefing"))
    of_version = models.PositiveIntegerField(_("version that was read"))
    statement = models.ForeignKey(
        Statement, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name=_("statement")
    )
    text = models.TextField(_("report"))
    contact = models.CharField(_("name or address"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("at"), default=this_second)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    correction = models.ForeignKey(
        Correction, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name=_("correction")
    )

    objects = ReportQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("reader report")
        verbose_name_plural = _("reader reports")
        ordering = ["-pk"]

    def __str__(self):
        return self.number
