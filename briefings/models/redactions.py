"""The one lawful exception to what never changes: words that two administrators together remove from everywhere."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .addresses import FormerAddress
from .base import Record, RecordQuerySet, this_second


class RedactionQuerySet(RecordQuerySet):
    def published(self):
        """Those that were carried out: readers are told that and why."""
        return self.exclude(done_at=None)

    def on_page(self, *pages):
        """What readers of a page are told, the latest first: (when, reason). A page is (kind, key), such as a version.

        One query, and one more where there has been any redaction at all.
        """
        done = list(self.published().order_by("-done_at", "-pk").values_list("done_at", "reason", "pages"))
        if not done:
            return []
        former = list(FormerAddress.objects.values_list("model", "key", "now"))
        wanted = {*pages, *((kind, key) for kind, key, now in former if (kind, now) in pages)}
        return [(at, reason) for at, reason, shown in done if wanted & {tuple(page) for page in shown}]

    def waiting(self):
        """Those that a second administrator has yet to confirm."""
        return self.filter(done_at=None)


class Redacted:
    """What redactions made of the fields that they touched, read once. Fields are told by their content's SHA-256."""

    def __init__(self):
        self._steps = {}
        for places in Redaction.objects.published().order_by("done_at", "pk").values_list("places", flat=True):
            for place in places:
                self._steps.setdefault((place["model"], place["field"], place["before"]), set()).add(place["after"])

    def made(self, model, field, *, before, after):
        """Tell whether redactions, one after the other, made `after` of `before`, both SHA-256 in hexadecimal."""
        reached, waiting = set(), [before]
        while waiting:
            one = waiting.pop()
            if one == after:
                return one != before
            found = self._steps.get((model._meta.label_lower, field, one), set()) - reached
            reached |= found
            waiting += found
        return False


class Redaction(Record):
    """Words asked to be removed, until a second administrator confirms; then only that and why.

    `words` is emptied when it is done. `places` then says where they stood: a list of {"model", "key", "field",
    "before", "after"}, the SHA-256 of the field before and after, by which `verify` still holds every place to what it
    was and to what it became; a place of a file has its name as well. `pages` are those that tell readers.
    """

    natural_key_fields = ("key",)

    key = models.CharField(_("key"), max_length=40, unique=True)
    words = models.TextField(_("words to remove"), blank=True)
    reason = models.CharField(_("reason"), max_length=500, help_text=_("Shown to readers where the words stood."))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(_("asked"), default=this_second)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    places = models.JSONField(_("places"), default=list, blank=True)
    pages = models.JSONField(  # [[kind, key]] of the public pages that say so
        _("pages"), default=list, blank=True
    )

    objects = RedactionQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="redaction_by_two", condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by"))
            ),
            models.CheckConstraint(name="redaction_forgets_the_words", condition=Q(done_at=None) | Q(words="")),
        ]

    def __str__(self):
        return self.key
