"""What binds a published revision: its page and evidence as they were, and the digest that continues the last one's."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import Immutable
from .briefings import PublishedRevision


class Seal(Immutable):
    """One for each revision, written with it. `leaves` holds the SHA-256 of each part, `digest` binds them in a chain.

    `evidence` is canonical JSON: every citation with its statement, passages, selectors, verdicts and hashes of copies.
    """

    natural_key_fields = ("revision__briefing__slug", "revision__version")

    revision = models.OneToOneField(
        PublishedRevision, models.PROTECT, related_name="seal", verbose_name=_("published revision")
    )
    html = models.TextField(_("rendered body"))
    evidence = models.TextField(_("evidence"))
    leaves = models.JSONField(_("digests of the parts"))
    previous = models.CharField(_("previous digest"), max_length=64, blank=True)
    digest = models.CharField(_("digest"), max_length=64)

    class Meta(Immutable.Meta):
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ["revision"]
        constraints = [models.UniqueConstraint(fields=["digest"], name="seal_digest_once")]

    def __str__(self):
        return self.digest
