"""What was wrong and what it says now: public corrections, and what readers are told until one is made."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .base import Immutable, ImmutableQuerySet, KeyField, Record, RecordQuerySet, this_second
from .briefings import Briefing, PublishedRevision
from .pages import StoredPage, mark_citing
from .statements import Statement


class CorrectionKind(models.TextChoices):
    ERROR = "error", _("our error")
    CLARIFICATION = "clarification", _("clarification")
    UPDATE = "update", _("update")
    SOURCE_CORRECTED = "source-corrected", _("the source corrected itself")
    CONTRADICTED = "contradicted", _("the speaker is contradicted")
    RETRACTION = "retraction", _("retraction")


class CorrectionQuerySet(ImmutableQuerySet):
    def published(self):
        """Corrections of what is or was public: a tombstone keeps its corrections."""
        seen = Q(briefing__in=Briefing.objects.published()) | Q(briefing__in=Briefing.objects.retracted())
        seen |= Q(briefing=None, statement__in=Statement.objects.published())
        seen |= Q(briefing=None, statement__in=Statement.objects.retracted())
        return self.filter(seen)

    def after(self, correction):
        """What stands before a correction where the latest comes first."""
        return self.filter(Q(at__gt=correction.at) | Q(at=correction.at, pk__gt=correction.pk))


class Correction(Immutable):
    """A public record that something published was wrong, what it said, what it says now, why, and when."""

    natural_key_fields = ("key",)

    key = KeyField(_("key"))
    kind = models.CharField(_("kind"), max_length=20, choices=CorrectionKind)
    briefing = models.ForeignKey(
        Briefing, models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("briefing")
    )
    statement = models.ForeignKey(
        Statement, models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("statement")
    )
    revision = models.ForeignKey(
        PublishedRevision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("published revision"),
        help_text=_("The one that made the correction."),
    )
    said = models.TextField(_("what it said"), blank=True)
    says = models.TextField(_("what it says now"), blank=True)
    why = models.TextField(_("why"))
    at = models.DateTimeField(_("at"), default=this_second)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta(Immutable.Meta):
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["at"], name="correction_by_date")]
        constraints = [
            models.CheckConstraint(name="correction_of_something", condition=~Q(briefing=None) | ~Q(statement=None)),
            models.CheckConstraint(name="correction_kind_known", condition=Q(kind__in=CorrectionKind.values)),
            models.CheckConstraint(name="correction_has_reason", condition=~Q(why="")),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.why[:70]}"

    def get_absolute_url(self):
        return reverse("correction-detail", args=[self.key])

    def _save_table(self, *args, **kwargs):
        """A correction shows on the pages of its briefing and of those that cite its statement."""
        saved = super()._save_table(*args, **kwargs)
        if self.briefing_id:
            StoredPage.objects.filter(briefing=self.briefing_id).update(stale=True)
        if self.statement_id:
            mark_citing([self.statement_id])
        return saved


class FlagCause(models.TextChoices):
    CORRECTED = "corrected", _("a statement that it cites was corrected")
    RETRACTED = "retracted", _("a statement that it cites was retracted")
    PASSAGE_LOST = "passage-lost", _("a passage that it rests on no longer stands in its source")


class FlagQuerySet(RecordQuerySet):
    def open(self):
        """What nobody has dealt with: readers see a notice meanwhile."""
        return self.filter(dealt_at=None)

    def mark_pages(self):
        """A flag shows on its briefing's page alone."""
        StoredPage.objects.filter(briefing__flags__in=self.order_by()).update(stale=True)


class Flag(Record):
    """Something happened to what a published briefing cites, and somebody has to look at that briefing."""

    natural_key_fields = ("pk",)
    shows_to_readers = False  # on its briefing's page alone, which `mark_pages` marks

    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="flags", verbose_name=_("briefing"))
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="flags", verbose_name=_("statement"))
    cause = models.CharField(_("cause"), max_length=12, choices=FlagCause)
    at = models.DateTimeField(_("since"), default=this_second)
    dealt_at = models.DateTimeField(_("dealt with"), null=True, blank=True)
    dealt_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects = FlagQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["briefing", "statement", "cause"], condition=Q(dealt_at=None), name="flag_open_once"
            ),
            models.CheckConstraint(name="flag_cause_known", condition=Q(cause__in=FlagCause.values)),
        ]

    def __str__(self):
        return f"{self.briefing}: {self.get_cause_display()}"
