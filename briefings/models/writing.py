"""Texts that are being written: one row for each window in which somebody has a briefing open, and who wrote on it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .briefings import Briefing


class WritingWindow(models.Model):
    """What one window of one editor holds: autosave writes here and nowhere else, so nobody's text is overwritten.

    `base_version` is the briefing's version that the text was begun from, and `base_…` its words, without which two
    texts could not be merged; an empty `base_title` says that they are not known. A row whose `changed` is false holds
    nothing that is not saved; `seen_at` tells that the window is open still.
    """

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="windows")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    window = models.CharField(max_length=40)
    base_version = models.PositiveIntegerField()
    title = models.TextField(blank=True)
    standfirst = models.TextField(blank=True)
    body = models.TextField(blank=True)
    base_title = models.TextField(blank=True)
    base_standfirst = models.TextField(blank=True)
    base_body = models.TextField(blank=True)
    changed = models.BooleanField(default=False)
    number = models.PositiveIntegerField(default=0, help_text="Counts the autosaves of this window.")
    seen_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("text being written")
        verbose_name_plural = _("texts being written")
        constraints = [models.UniqueConstraint(fields=["briefing", "user", "window"], name="writing_window_once")]

    def __str__(self):
        return f"{self.briefing_id} {self.user_id} {self.window}"


class Contribution(models.Model):
    """Somebody has written on a briefing: whoever has since it was last published does not approve it."""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="contributions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["briefing", "user"], name="contribution_once")]

    def __str__(self):
        return f"{self.briefing_id} {self.user_id}"
