"""Pictures of briefings."""

from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import KeyField, Record, RecordQuerySet
from .briefings import Briefing
from .pages import StoredPage


class IllustrationQuerySet(RecordQuerySet):
    def mark_pages(self):
        """A picture shows on its briefing's page alone."""
        StoredPage.objects.filter(briefing__illustrations__in=self.order_by()).update(stale=True)


class Illustration(Record):
    """A picture of a briefing, with what it takes to be shown: alternative text, caption, credit and licence."""

    natural_key_fields = ("briefing__slug", "key")

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="illustrations", verbose_name=_("briefing"))
    key = KeyField(_("key"), unique=False, help_text=_("Shown in the body where it says ![](key)."))
    file = models.FileField(
        _("file"), upload_to="illustrations/", validators=[FileExtensionValidator(["jpg", "jpeg", "png", "webp"])]
    )
    alt = models.CharField(
        _("alternative text"), max_length=500, help_text=_("What the picture shows, for who cannot see it.")
    )
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    credit = models.CharField(_("credit"), max_length=200)
    licence = models.CharField(_("licence"), max_length=200)
    width = models.PositiveIntegerField(_("width"), null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True, editable=False)

    objects = IllustrationQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("illustration")
        verbose_name_plural = _("illustrations")
        ordering = ["briefing", "key"]
        constraints = [models.UniqueConstraint(fields=["briefing", "key"], name="illustration_key_once")]

    def __str__(self):
        return self.key
