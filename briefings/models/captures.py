"""Captures: each attempt to get an article, with what came of it and why, kept whether it succeeded or not.

A capture holds what was got until an editor has corrected its metadata; then it becomes a source with a stored copy.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .base import Record
from .sources import CaptureMethod, Snapshot, Source


class CaptureState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("being fetched")
    READY = "ready", _("ready to be looked at")
    KEPT = "kept", _("kept")
    SAME = "same", _("nothing new")
    FAILED = "failed", _("failed")
    DROPPED = "dropped", _("set aside")


class Capture(Record):
    """One attempt to get an article: what was asked for, what was got, what is proposed of it, and how it ended."""

    natural_key_fields = ("pk",)
    shows_to_readers = False

    state = models.CharField(_("state"), max_length=8, choices=CaptureState, default=CaptureState.WAITING)
    method = models.CharField(_("method"), max_length=12, choices=CaptureMethod)
    address = models.CharField(_("address"), max_length=2000, blank=True, help_text=_("As it was given."))
    file_name = models.CharField(_("file name"), max_length=255, blank=True)
    # Where a copy of a known source was asked for, that source; else the one that the capture became.
    source = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, related_name="captures", verbose_name=_("source")
    )
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, null=True, blank=True, related_name="captures", verbose_name=_("stored copy")
    )
    reason = models.CharField(_("reason"), max_length=40, blank=True, help_text=_("A code of `editorial.failures`."))
    reason_detail = models.JSONField(_("details of the reason"), default=dict, blank=True)
    started_at = models.DateTimeField(_("asked for at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    # What was got
    fetched_at = models.DateTimeField(_("fetched at"), null=True, blank=True)
    final_address = models.CharField(_("final address"), max_length=2000, blank=True)
    http_status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    headers = models.TextField(_("response headers"), blank=True)
    raw = models.FileField(_("raw file"), upload_to="originals", blank=True, max_length=200)
    raw_sha256 = models.CharField(_("SHA-256 of the raw bytes"), max_length=64, blank=True)
    warc = models.FileField(_("WARC record"), upload_to="exchanges", blank=True, max_length=200)
    media_type = models.CharField(_("media type"), max_length=100, blank=True)
    text = models.TextField(_("text"), blank=True)
    text_version = models.PositiveSmallIntegerField(_("text version"), default=0)

    # What is proposed of it: {"title": [{"value": …, "origin": …}, …], …}, the best first
    proposed = models.JSONField(_("proposed metadata"), default=dict, blank=True)
    article_start = models.PositiveIntegerField(_("where the article starts"), null=True, blank=True)
    article_end = models.PositiveIntegerField(_("where the article ends"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="capture_state_known", condition=Q(state__in=CaptureState.values)),
            models.CheckConstraint(
                name="capture_failed_with_reason", condition=~Q(state=CaptureState.FAILED) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="capture_kept_with_copy", condition=~Q(state=CaptureState.KEPT) | Q(snapshot__isnull=False)
            ),
        ]

    def __str__(self):
        return self.address or self.file_name or str(self.get_method_display())
