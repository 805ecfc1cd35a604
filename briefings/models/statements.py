"""Statements and how they stand to each other. What carries them is in `evidence`."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .base import KeyField, Publishable, PublishableQuerySet, Record, RecordQuerySet, Status
from .dates import DateBasis, EDTFField, bounds_in_order, earliest_of, latest_of
from .events import Event
from .organizations import Organization
from .people import Person
from .record_reviews import Reviewable
from .topics import Topic


class StatementKind(models.TextChoices):
    QUOTATION = "quotation", _("quotation")
    PARAPHRASE = "paraphrase", _("reported speech")
    ASSERTION = "assertion", _("assertion")
    OPINION = "opinion", _("opinion")


class StatementQuerySet(PublishableQuerySet):
    def by(self, thing):
        """Statements made by a person or an organization."""
        field = "speaker_person" if isinstance(thing, Person) else "speaker_organization"
        return self.filter(**{field: thing})

    def about(self, thing):
        """Statements with a claim whose subject or object is this organization, person or event."""
        as_subject, as_object = (
            claims.order_by().values("statement") for claims in (thing.claims, thing.claims_as_object)
        )
        return self.filter(Q(pk__in=as_subject) | Q(pk__in=as_object))


class Statement(Reviewable, Publishable):
    """What somebody said or what a source asserts, in the words that were printed."""

    natural_key_fields = ("key",)
    cited_statement_lookups = ("pk",)

    key = KeyField(_("key"), help_text=_("Cited in a briefing as [@key]."))
    kind = models.CharField(_("kind"), max_length=12, choices=StatementKind)
    text = models.TextField(_("words"), help_text=_("As printed, without the quotation marks around them."))
    language = models.CharField(_("language"), max_length=12, default="en")
    translation = models.TextField(_("translation"), blank=True)
    translator = models.CharField(_("translator"), max_length=200, blank=True)
    speaker_person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="statements", verbose_name=_("speaker (person)")
    )
    speaker_organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("speaker (organization)"),
        help_text=_("Leave both empty for what the source says in its own voice."),
    )
    speaker_description = models.CharField(
        _("unnamed speaker"),
        max_length=300,
        blank=True,
        help_text=_("As the source describes somebody it does not name."),
    )
    speaker_reason = models.CharField(
        _("why unnamed"),
        max_length=300,
        blank=True,
        help_text=_("The reason that the source gives for not naming them."),
    )
    said = EDTFField(_("said"))
    said_basis = models.CharField(_("where the date comes from"), max_length=12, choices=DateBasis, blank=True)
    said_note = models.CharField(
        _("what the date rests on"), max_length=300, blank=True, help_text=_("Shown with the date.")
    )
    said_earliest = earliest_of("said")
    said_latest = latest_of("said")
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="statements", verbose_name=_("event")
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="statements", verbose_name=_("topics"))
    allegation = models.BooleanField(
        _("allegation"),
        default=False,
        help_text=_("Accuses an identifiable person or company; needs the reply that was sought."),
    )
    reply_sought_on = EDTFField(_("reply sought on"), help_text=_("When somebody asked for a reply."))
    reply_sought_from = models.CharField(_("reply sought from"), max_length=300, blank=True)
    reply_sought = models.TextField(
        _("what was answered"), blank=True, help_text=_("The reply, or that none came until when.")
    )

    objects = StatementQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["key"]
        indexes = [
            models.Index(fields=["status", "key"], name="statement_by_key"),
            models.Index(fields=["status", "said_earliest", "key"], name="statement_by_date"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            bounds_in_order("said"),
            models.CheckConstraint(name="statement_has_words", condition=~Q(text="")),
            models.CheckConstraint(
                name="statement_one_speaker_at_most",
                condition=Q(speaker_person=None, speaker_organization=None)
                | Q(speaker_person=None, speaker_description="")
                | Q(speaker_organization=None, speaker_description=""),
                violation_error_message=_(
                    "Give one speaker: a person, an organization, or a description of somebody unnamed."
                ),
            ),
            models.CheckConstraint(
                name="statement_allegation_published_with_reply",
                condition=Q(status=Status.DRAFT) | Q(allegation=False) | ~Q(reply_sought=""),
                violation_error_message=_(
                    "An allegation is published only with a record of the reply that was sought."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.key}: {self.text[:70]}{'…' if len(self.text) > 70 else ''}"

    def get_absolute_url(self):
        return reverse("statement-detail", args=[self.key])

    @property
    def speaker(self):
        """The person or organization that said it, or None (unnamed, or the source's own voice)."""
        return self.speaker_person or self.speaker_organization


class LinkKind(models.TextChoices):
    CONTRADICTS = "contradicts", _("contradicts")
    SUPPORTS = "supports", _("supports")
    SAME_UTTERANCE = "same-utterance", _("same utterance")
    SUPERSEDES = "supersedes", _("supersedes")


class StatementLinkQuerySet(RecordQuerySet):
    def published(self):
        """Links between two public statements."""
        return self.filter(from_statement__status=Status.PUBLISHED, to_statement__status=Status.PUBLISHED)


class StatementLink(Record):
    """How one statement stands to another."""

    natural_key_fields = ("from_statement__key", "to_statement__key", "kind")
    cited_statement_lookups = ("from_statement", "to_statement")

    from_statement = models.ForeignKey(
        Statement, models.CASCADE, related_name="links_out", verbose_name=_("this statement")
    )
    to_statement = models.ForeignKey(
        Statement, models.CASCADE, related_name="links_in", verbose_name=_("other statement")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=LinkKind)
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects = StatementLinkQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("link between statements")
        verbose_name_plural = _("links between statements")
        ordering = ["from_statement", "kind", "to_statement"]
        constraints = [
            models.UniqueConstraint(fields=["from_statement", "to_statement", "kind"], name="statement_link_once"),
            models.CheckConstraint(
                name="statement_link_not_to_itself",
                condition=~Q(from_statement=F("to_statement")),
                violation_error_message=_("A statement cannot be linked to itself."),
            ),
        ]

    def __str__(self):
        return f"{self.from_statement.key} {self.get_kind_display()} {self.to_statement.key}"
