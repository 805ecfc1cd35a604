"""Publications to come: what was confirmed for each, and what became of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .base import Record
from .briefings import Briefing


class ScheduleState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    DONE = "done", _("published")
    FAILED = "failed", _("could not be published")
    CANCELLED = "cancelled", _("taken back")


class Schedule(Record):
    """One publication to come, with all that was confirmed for it; each fires once, or says why it could not."""

    natural_key_fields = ("briefing__slug", "created_at")
    shows_to_readers = False

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="schedules", verbose_name=_("briefing"))
    due = models.DateTimeField(_("due"))
    state = models.CharField(_("state"), max_length=10, choices=ScheduleState, default=ScheduleState.WAITING)
    is_major = models.BooleanField(_("major"), default=True)
    change_note = models.CharField(_("change note"), max_length=500, blank=True)
    text = models.CharField(_("digest of the text"), max_length=64)
    along = models.JSONField(  # [[model name, pk, version]]: drafts confirmed to be published with it
        _("along"), default=list, blank=True
    )
    problems = models.JSONField(_("problems"), default=list, blank=True)  # sentences
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("scheduled publication")
        verbose_name_plural = _("scheduled publications")
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["briefing"], condition=Q(state=ScheduleState.WAITING), name="schedule_one_waits"
            ),
            models.CheckConstraint(name="schedule_state_known", condition=Q(state__in=ScheduleState.values)),
        ]

    def __str__(self):
        return f"{self.briefing}: {self.due}"
