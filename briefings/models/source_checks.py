"""Drift: what became of a source after it was captured, and of each passage that statements rest on."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .base import Record, RecordQuerySet, Status
from .evidence import Evidence, Passage
from .sources import Snapshot, Source


class SourceState(models.TextChoices):
    """How a source stands after a check; one failure alone changes nothing (see `editorial.drift`)."""

    ALIVE = "alive", _("unchanged")
    CHANGED = "changed", _("changed")
    UNDECIDED = "undecided", _("undecided")
    GONE = "gone", _("gone")


class SourceCheckQuerySet(RecordQuerySet):
    def current(self):
        """The latest check of each source."""
        return self.filter(is_current=True)

    def published(self):
        """Checks that readers are told of: those of public sources."""
        return self.filter(source__status=Status.PUBLISHED)


class SourceCheck(Record):
    """One look at a source's address, kept whatever came of it."""

    natural_key_fields = ("source__key", "checked_at")
    cited_statement_lookups = ("source__snapshots__evidence__statement",)

    source = models.ForeignKey(Source, models.CASCADE, related_name="checks", verbose_name=_("source"))
    checked_at = models.DateTimeField(_("checked at"))
    is_current = models.BooleanField(_("the latest one"), default=True)
    state = models.CharField(_("state"), max_length=10, choices=SourceState)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    reason_detail = models.JSONField(_("details of the reason"), default=dict, blank=True)
    http_status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    validators = models.JSONField(_("validators"), default=dict, blank=True)  # ETag and Last-Modified, sent next time
    failures = models.PositiveSmallIntegerField(_("failures in a row that count"), default=0)
    counted_at = models.DateTimeField(_("last failure that counted"), null=True, blank=True)
    compared = models.ForeignKey(
        Snapshot, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("compared with")
    )
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, null=True, blank=True, related_name="checks", verbose_name=_("newer copy")
    )

    objects = SourceCheckQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("check of a source")
        verbose_name_plural = _("checks of sources")
        ordering = ["source", "-checked_at"]
        constraints = [
            models.UniqueConstraint(fields=["source", "checked_at"], name="source_check_moment_once"),
            models.UniqueConstraint(
                fields=["source"], condition=Q(is_current=True), name="source_check_one_is_current"
            ),
            models.CheckConstraint(name="source_check_state_known", condition=Q(state__in=SourceState.values)),
        ]

    def __str__(self):
        return f"{self.source.key}: {self.get_state_display()}"


class PassageState(models.TextChoices):
    INTACT = "intact", _("intact")
    MOVED = "moved", _("moved")
    ALTERED = "altered", _("altered")
    GONE = "gone", _("gone")


class Remedy(models.TextChoices):
    """What an editor decided about a passage that a newer copy no longer has as it was."""

    STANDS = "stands", _("stands as first captured")
    CORRECTED = "corrected", _("the statement was corrected")
    ADDED = "added", _("evidence in the newer copy was added")


class PassageCheckQuerySet(RecordQuerySet):
    def current(self):
        """What the latest copy of each source has of its passages."""
        return self.filter(is_current=True)

    def undecided(self):
        """What needs an editor: altered or gone, and nobody has decided yet."""
        return self.current().filter(state__in=(PassageState.ALTERED, PassageState.GONE), remedy="")


class PassageCheck(Record):
    """What a newer copy has of one passage: the place and the words there. The passage itself never changes."""

    natural_key_fields = ("passage", "snapshot")
    cited_statement_lookups = ("passage__evidence__statement",)

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="checks", verbose_name=_("passage"))
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+", verbose_name=_("newer copy"))
    is_current = models.BooleanField(_("the latest one"), default=True)
    state = models.CharField(_("state"), max_length=8, choices=PassageState)
    start = models.PositiveIntegerField(_("start"), null=True, blank=True)
    end = models.PositiveIntegerField(_("end"), null=True, blank=True)
    words = models.TextField(_("words there"), blank=True)
    remedy = models.CharField(_("decision"), max_length=10, choices=Remedy, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    evidence = models.ForeignKey(
        Evidence, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("evidence added")
    )
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = PassageCheckQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("check of a passage")
        verbose_name_plural = _("checks of passages")
        ordering = ["passage", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["passage", "snapshot"], name="passage_check_copy_once"),
            models.UniqueConstraint(
                fields=["passage"], condition=Q(is_current=True), name="passage_check_one_is_current"
            ),
            models.CheckConstraint(name="passage_check_state_known", condition=Q(state__in=PassageState.values)),
        ]

    def __str__(self):
        return f"{self.passage}: {self.get_state_display()}"
