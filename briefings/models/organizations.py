"""Organizations and the other names of organizations and people. What is said about them is a claim."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .base import KeyField, Publishable, Record

validate_country = RegexValidator(r"^[A-Z]{2}\Z", _("Use the two capital letters of ISO 3166-1, for example PK."))
validate_wikidata = RegexValidator(r"^Q[1-9]\d*\Z", _("A Wikidata id is a Q and a number, for example Q8475."))


class OrganizationKind(models.TextChoices):
    INTERGOVERNMENTAL = "intergovernmental", _("intergovernmental organization")
    COUNTRY = "country", _("country")
    GOVERNMENT = "government", _("government body")
    LAW_ENFORCEMENT = "law-enforcement", _("law-enforcement agency")
    BUREAU = "bureau", _("national central bureau")
    MEDIA = "media", _("media outlet")
    ORGAN = "organ", _("organ of an organization")
    PROGRAMME = "programme", _("programme")
    NGO = "ngo", _("non-governmental organization")
    COMPANY = "company", _("company")
    OTHER = "other", _("other")


class Organization(Publishable):
    """Who speaks, publishes, relays or is spoken about, if not a person. A country is one."""

    name = models.CharField(_("name"), max_length=200)
    slug = KeyField(_("slug"))
    kind = models.CharField(_("kind"), max_length=20, choices=OrganizationKind)
    country_code = models.CharField(_("country code"), max_length=2, blank=True, validators=[validate_country])
    wikidata = models.CharField(_("Wikidata id"), max_length=20, blank=True, validators=[validate_wikidata])
    note = models.TextField(
        _("editors’ note"),
        blank=True,
        help_text=_("Shown on the page as a note by the editors. Facts belong in claims."),
    )

    class Meta(Publishable.Meta):
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["name"]
        indexes = [models.Index("status", Lower("name"), "slug", name="organization_by_name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organization-detail", args=[self.slug])


class AliasKind(models.TextChoices):
    ACRONYM = "acronym", _("acronym")
    FORMER = "former", _("former name")
    SPELLING = "spelling", _("other spelling or form")
    SCRIPT = "script", _("other script")


class Alias(Record):
    """Another name of an organization or of a person."""

    natural_key_fields = ("organization__slug", "person__slug", "name", "language")

    organization = models.ForeignKey(
        Organization, models.CASCADE, null=True, blank=True, related_name="aliases", verbose_name=_("organization")
    )
    person = models.ForeignKey(
        "briefings.Person", models.CASCADE, null=True, blank=True, related_name="aliases", verbose_name=_("person")
    )
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=12, default="en")
    kind = models.CharField(_("kind"), max_length=12, choices=AliasKind, default=AliasKind.SPELLING)

    class Meta(Record.Meta):
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["name", "language"]
        constraints = [
            models.CheckConstraint(
                name="alias_of_exactly_one",
                condition=Q(organization=None, person__isnull=False) | Q(organization__isnull=False, person=None),
                violation_error_message=_("Another name belongs to one organization or to one person."),
            ),
            models.UniqueConstraint(
                fields=["organization", "name", "language"], name="alias_once_an_organization", condition=Q(person=None)
            ),
            models.UniqueConstraint(
                fields=["person", "name", "language"], name="alias_once_a_person", condition=Q(organization=None)
            ),
        ]

    def __str__(self):
        return self.name
