"""The review of a statement or a source: whether a second person has read it, and which content of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ReviewState(models.TextChoices):
    NONE = "", _("not reviewed")
    ASKED = "asked", _("review asked")
    REVIEWED = "reviewed", _("reviewed")


class Reviewable(models.Model):
    """A record that a second person reads. A review counts for the content whose digest it names, and no other."""

    review = models.CharField(
        _("review"), max_length=10, choices=ReviewState, default=ReviewState.NONE, blank=True, editable=False
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True, editable=False)
    reviewed_content = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True
