"""Topics: what statements and briefings are about, in a tree."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .base import KeyField, Publishable


class Topic(Publishable):
    """A subject under which readers find things."""

    name = models.CharField(_("name"), max_length=200)
    slug = KeyField(_("slug"))
    description = models.TextField(_("description"), blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )

    class Meta(Publishable.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]
        indexes = [models.Index("status", Lower("name"), "slug", name="topic_by_name")]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="topic_not_its_own_parent",
                condition=Q(parent=None) | ~Q(parent=F("pk")),
                violation_error_message=_("A topic cannot be part of itself."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("topic-detail", args=[self.slug])
