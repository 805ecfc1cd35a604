"""Sources and their stored copies (snapshots), which never change."""

import hashlib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import Immutable, ImmutableRecord, KeyField, Publishable, this_second
from .dates import DateBasis, EDTFField, bounds_in_order, earliest_of, latest_of
from .record_reviews import Reviewable
from .redactions import Redacted

validate_web_address = URLValidator(schemes=["http", "https"])


class SourceKind(models.TextChoices):
    NEWS = "news", _("news article")
    WEB = "web", _("web page")
    TRANSCRIPT = "transcript", _("transcript")
    RELEASE = "release", _("press release")
    RECORD = "record", _("official record")
    INTERVIEW = "interview", _("interview")
    BROADCAST = "broadcast", _("broadcast")
    BOOK = "book", _("book")
    POST = "post", _("social post")
    DOCUMENT = "document", _("unpublished document")


class Reliability(models.TextChoices):
    """Admiralty code, first half: how reliable the source has been."""

    A = "A", _("A – completely reliable")
    B = "B", _("B – usually reliable")
    C = "C", _("C – fairly reliable")
    D = "D", _("D – not usually reliable")
    E = "E", _("E – unreliable")
    F = "F", _("F – cannot be judged")


class Credibility(models.TextChoices):
    """Admiralty code, second half: how credible this information is."""

    CONFIRMED = "1", _("1 – confirmed by other sources")
    PROBABLE = "2", _("2 – probably true")
    POSSIBLE = "3", _("3 – possibly true")
    DOUBTFUL = "4", _("4 – doubtfully true")
    IMPROBABLE = "5", _("5 – improbable")
    UNKNOWN = "6", _("6 – cannot be judged")


class Source(Reviewable, Publishable):
    """An original: where words were printed, said or recorded."""

    natural_key_fields = ("key",)
    cited_statement_lookups = ("snapshots__evidence__statement",)

    key = KeyField(_("key"))
    title = models.CharField(_("title"), max_length=500)
    address = models.URLField(_("address"), max_length=2000, blank=True, validators=[validate_web_address])
    canonical_address = models.CharField(
        _("canonical address"),
        max_length=2000,
        null=True,
        blank=True,
        unique=True,
        help_text=_("One address for one original, without tracking and fragments. Leave empty where there is none."),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=SourceKind)
    publisher = models.ForeignKey(
        "briefings.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sources",
        verbose_name=_("publisher"),
    )
    authors = models.CharField(
        _("authors as printed"), max_length=500, blank=True, help_text=_("Empty where the original names none.")
    )
    published = EDTFField(_("published"))
    published_basis = models.CharField(
        _("where the date comes from"), max_length=12, choices=DateBasis, default=DateBasis.PRINTED, blank=True
    )
    published_note = models.CharField(
        _("what the date rests on"), max_length=300, blank=True, help_text=_("Shown with the date.")
    )
    published_earliest = earliest_of("published")
    published_latest = latest_of("published")
    language = models.CharField(_("language"), max_length=12, default="en")
    origin = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reprints",
        verbose_name=_("reprint of"),
        help_text=_("A wire text or release that this one reprints: both then count as one origin."),
    )
    note = models.TextField(
        _("editors’ note"),
        blank=True,
        help_text=_("Shown on the page as a note by the editors."),
    )
    embargo_until = models.DateTimeField(
        _("embargo until"), null=True, blank=True, help_text=_("Nothing that rests on this source is published before.")
    )
    reliability = models.CharField(_("reliability (private)"), max_length=1, choices=Reliability, blank=True)
    credibility = models.CharField(_("credibility (private)"), max_length=1, choices=Credibility, blank=True)
    private_notes = models.TextField(_("private notes"), blank=True)

    class Meta(Publishable.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["title"]
        indexes = [
            models.Index(fields=["status", "title"], name="source_by_title"),
            models.Index(fields=["status", "published_earliest", "key"], name="source_by_date"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            bounds_in_order("published"),
            models.CheckConstraint(
                name="source_not_its_own_origin",
                condition=Q(origin=None) | ~Q(origin=F("pk")),
                violation_error_message=_("A source cannot be a reprint of itself."),
            ),
            models.CheckConstraint(
                name="source_canonical_address_not_empty",
                condition=Q(canonical_address=None) | ~Q(canonical_address=""),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("source-detail", args=[self.key])

    def clean(self):
        super().clean()
        self.canonical_address = self.canonical_address or None
        if self.was_published and self.embargo_until and self.embargo_until > timezone.now():
            raise ValidationError(
                {"embargo_until": _("This source is already public; an embargo would come too late.")}
            )


class CaptureMethod(models.TextChoices):
    FETCHED = "fetched", _("fetched")
    PASTED = "pasted", _("pasted")
    UPLOADED = "uploaded", _("uploaded")
    SUPPLIED = "supplied", _("supplied")
    TRANSCRIBED = "transcribed", _("transcribed")


REMOVED = "redacted/"  # begins the name of a file that a redaction removed; there is none under it
HANDED_OVER = (CaptureMethod.PASTED, CaptureMethod.SUPPLIED, CaptureMethod.TRANSCRIBED)


def sha256_of(content):
    """Return the SHA-256 of a text (as UTF-8) or of bytes, in hexadecimal."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def sha256_of_file(file):
    """Return the SHA-256 of a stored file in hexadecimal, read piece by piece."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def raw_path(snapshot, _filename):
    """Where the raw bytes live: addressed by their content, so that a file is never overwritten by another."""
    return f"originals/{snapshot.raw_sha256[:2]}/{snapshot.raw_sha256}"


class Snapshot(Immutable):
    """A stored copy of a source as it was at one moment. CRLF becomes LF; nothing else of the text is touched."""

    natural_key_fields = ("source__key", "text_sha256")

    source = models.ForeignKey(Source, models.PROTECT, related_name="snapshots", verbose_name=_("source"))
    captured_at = models.DateTimeField(
        _("captured at"), null=True, blank=True, help_text=_("Empty where the text was handed over.")
    )
    imported_at = models.DateTimeField(_("imported at"), default=this_second)
    method = models.CharField(_("method"), max_length=12, choices=CaptureMethod)
    raw = models.FileField(_("raw file"), upload_to=raw_path, blank=True, max_length=200)
    raw_sha256 = models.CharField(_("SHA-256 of the raw bytes"), max_length=64, blank=True)
    media_type = models.CharField(_("media type"), max_length=100, default="text/plain")
    text = models.TextField(_("text"))
    text_version = models.PositiveSmallIntegerField(
        _("text version"),
        default=0,
        help_text=_("The version of our reader that made the text; 0 where it was handed over."),
    )
    text_sha256 = models.CharField(_("SHA-256 of the text"), max_length=64, blank=True)
    final_address = models.CharField(_("final address"), max_length=2000, blank=True)
    http_status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    headers = models.TextField(_("response headers"), blank=True, help_text=_("As received, one in a line."))
    warc = models.FileField(_("WARC record"), upload_to="exchanges", blank=True, max_length=200)
    archive_address = models.URLField(
        _("archive address"), max_length=2000, blank=True, validators=[validate_web_address]
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta(Immutable.Meta):
        verbose_name = _("stored copy")
        verbose_name_plural = _("stored copies")
        ordering = ["source", "imported_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "text_sha256"],
                name="snapshot_once_a_text",
                violation_error_message=_("This source already has a stored copy with the very same words."),
            ),
            models.CheckConstraint(name="snapshot_has_text", condition=~Q(text="") & ~Q(text_sha256="")),
            models.CheckConstraint(
                name="snapshot_has_raw_file_or_is_the_text",
                condition=~Q(raw="") | Q(raw_sha256=F("text_sha256")),
                violation_error_message=_("Without a raw file the raw bytes are the text itself, with the same hash."),
            ),
        ]

    def __str__(self):
        return f"{self.source} ({self.text_sha256[:8]})"

    def get_absolute_url(self):
        return self.source.get_absolute_url()

    @property
    def has_raw(self):
        """Whether the raw bytes are still kept: a redaction removes them, and their hash stays."""
        return bool(self.raw) and not self.raw.name.startswith(REMOVED)

    def is_its_text(self):
        """Tell whether the text is the one of its hash, or what redactions made of it."""
        found = sha256_of(self.text)
        return found == self.text_sha256 or Redacted().made(Snapshot, "text", before=self.text_sha256, after=found)

    def clean(self):
        super().clean()
        self.fill_in()
        if not self.is_its_text():
            raise ValidationError({"text_sha256": _("The hash is not that of the text. Load the text as it was.")})

    def fill_in(self):
        """Give a new copy its line ends and its hashes."""
        if self.pk is None:
            self.text = self.text.replace("\r\n", "\n")
        self.text_sha256 = self.text_sha256 or sha256_of(self.text)
        self.raw_sha256 = self.raw_sha256 or self.text_sha256

    def save(self, *args, **kwargs):
        self.fill_in()
        if not self.is_its_text():
            raise ImmutableRecord("Nothing was written: the text is not the one of its hash.")
        super().save(*args, **kwargs)
