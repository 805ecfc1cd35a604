"""The evidence that carries statements, its passages, and the route by which the words reached us."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from briefings.quotes import PUBLISHABLE, Location, Verdict

from .base import Record, RecordQuerySet, Status
from .organizations import Organization
from .people import Person
from .sources import Snapshot
from .statements import Statement

VERDICTS = {
    Verdict.EXACT.value: _("exact"),
    Verdict.TYPOGRAPHIC.value: _("typographic"),
    Verdict.EDITED.value: _("edited"),
    Verdict.ALTERED.value: _("altered"),
    Verdict.MISSING.value: _("missing"),
}
LOCATIONS = {
    Location.IN_PLACE.value: _("in place"),
    Location.MOVED.value: _("moved"),
    Location.AMBIGUOUS.value: _("ambiguous"),
    Location.GONE.value: _("gone"),
}


class PartOfStatementQuerySet(RecordQuerySet):
    def published(self):
        """What belongs to public statements and rests on public sources."""
        paths = (self.model.statement_path, self.model.source_path)
        return self.filter(**{f"{path}__status": Status.PUBLISHED for path in paths})


class PartOfStatement(Record):
    """What makes up a statement; what belongs to a published one is added to and corrected, never removed."""

    statement_path = "statement"
    source_path = "snapshot__source"

    objects = PartOfStatementQuerySet.as_manager()

    class Meta(Record.Meta):
        abstract = True

    @property
    def may_be_deleted(self):
        return (
            not Statement.objects.filter(pk__in=self._stored().values(self.statement_path))
            .exclude(status=Status.DRAFT)
            .exists()
        )


class EvidenceQuerySet(PartOfStatementQuerySet):
    def broken(self):
        """Evidence of public statements whose words, or whose place in the stored copy, no longer hold."""
        words = ~Q(verdict="") & ~Q(verdict__in=PUBLISHABLE)
        place = ~Q(location__in=(Location.IN_PLACE, Location.MOVED))
        return self.filter(words | place, statement__status=Status.PUBLISHED)


class Evidence(PartOfStatement):
    """One stored copy that carries a statement: how it names the speaker, and how the words match."""

    natural_key_fields = ("statement__key", "order")
    cited_statement_lookups = ("statement",)

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="evidence", verbose_name=_("statement"))
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="evidence", verbose_name=_("stored copy"))
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    name_printed = models.CharField(
        _("speaker as printed"), max_length=300, blank=True, help_text=_("For example “the minister”.")
    )
    verb = models.CharField(
        _("verb"), max_length=100, blank=True, help_text=_("For example “said”, “urged”, “suggested”.")
    )
    verdict = models.CharField(_("wording"), max_length=12, choices=VERDICTS, blank=True, editable=False)
    location = models.CharField(_("place"), max_length=12, choices=LOCATIONS, blank=True, editable=False)
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta(PartOfStatement.Meta):
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["statement", "order"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "order"], name="evidence_order_once"),
            models.UniqueConstraint(
                fields=["statement", "snapshot"],
                name="evidence_snapshot_once",
                violation_error_message=_(
                    "This stored copy already carries this statement; add a passage to it instead."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.statement.key} in {self.snapshot.source}"


class Passage(PartOfStatement):
    """An exact span of a stored copy's text, in code points: `text[start:end] == exact`, always."""

    natural_key_fields = ("evidence__statement__key", "evidence__order", "order")
    cited_statement_lookups = ("evidence__statement",)
    statement_path = "evidence__statement"
    source_path = "evidence__snapshot__source"

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="passages", verbose_name=_("evidence"))
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    exact = models.TextField(_("exact words"))
    locator = models.CharField(
        _("locator"), max_length=100, blank=True, help_text=_("A page or a timecode, where there is one.")
    )

    class Meta(PartOfStatement.Meta):
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["evidence", "order"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "order"], name="passage_order_once"),
            models.CheckConstraint(
                name="passage_end_after_start",
                condition=Q(end__gt=F("start")),
                violation_error_message=_("A passage ends after it starts."),
            ),
            models.CheckConstraint(
                name="passage_as_long_as_its_words",
                condition=Q(end=F("start") + Length("exact")),
                violation_error_message=_("The passage is not as long as its words."),
            ),
        ]

    def __str__(self):
        return f"{self.start}–{self.end}"

    @property
    def is_in_place(self):
        return self.evidence.snapshot.text[self.start : self.end] == self.exact

    def clean(self):
        super().clean()
        if self.evidence_id and self.start is not None and self.end is not None and not self.is_in_place:
            raise ValidationError({"exact": _("The stored copy does not have these words at this place.")})

    def save(self, *args, **kwargs):
        if not self.is_in_place:
            raise ValidationError({"exact": _("The stored copy does not have these words at this place.")})
        super().save(*args, **kwargs)


class AttributionStep(PartOfStatement):
    """A relay between the speaker and the source, nearest the speaker first; one that is not named has neither."""

    natural_key_fields = ("evidence__statement__key", "evidence__order", "order")
    cited_statement_lookups = ("evidence__statement",)
    statement_path = "evidence__statement"
    source_path = "evidence__snapshot__source"

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="steps", verbose_name=_("evidence"))
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="relays", verbose_name=_("organization")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="relays", verbose_name=_("person")
    )
    verb = models.CharField(
        _("verb"), max_length=100, blank=True, help_text=_("For example “according to”, “was quoted as saying”.")
    )

    class Meta(PartOfStatement.Meta):
        verbose_name = _("relay")
        verbose_name_plural = _("relays")
        ordering = ["evidence", "order"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "order"], name="step_order_once"),
            models.CheckConstraint(
                name="step_one_relay_at_most",
                condition=Q(organization=None) | Q(person=None),
                violation_error_message=_("A relay is an organization, a person, or nobody named."),
            ),
        ]

    def __str__(self):
        return str(self.relay or _("not named"))

    @property
    def relay(self):
        """The organization or person that passed the words on, or None where the text names nobody."""
        return self.organization or self.person
