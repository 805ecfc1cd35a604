"""People. What is said about them is a claim."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .base import KeyField, Publishable
from .organizations import validate_wikidata


class Person(Publishable):
    """Somebody with a public role; without one there is no page and no export."""

    name = models.CharField(_("name"), max_length=200)
    slug = KeyField(_("slug"))
    public_role = models.CharField(
        _("public role"),
        max_length=200,
        blank=True,
        help_text=_(
            "Why this person may have a page, for example “minister”. Without a public role nothing is published."
        ),
    )
    wikidata = models.CharField(_("Wikidata id"), max_length=20, blank=True, validators=[validate_wikidata])
    note = models.TextField(
        _("editors’ note"),
        blank=True,
        help_text=_("Shown on the page as a note by the editors. Facts belong in claims."),
    )

    class Meta(Publishable.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]
        indexes = [models.Index("status", Lower("name"), "slug", name="person_by_name")]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="person_published_with_public_role",
                condition=Q(status="draft") | ~Q(public_role=""),
                violation_error_message=_("A person without a public role gets no page."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("person-detail", args=[self.slug])
