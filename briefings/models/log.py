"""The desk's log: who did what to which thing, when. Written in the transaction of the act, never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .addresses import FormerAddress
from .base import Immutable, ImmutableQuerySet, this_second


class LogQuerySet(ImmutableQuerySet):
    def about(self, thing):
        """What was done to one thing, also under the addresses that it had before."""
        model = thing._meta.model_name
        former = FormerAddress.objects.filter(model=model, now=thing.public_key).values("key")
        return self.filter(Q(key=thing.public_key) | Q(key__in=former), model=model)


class LogEntry(Immutable):
    """One act at the desk. Names are kept as they were, so that the log can be read whatever becomes of the thing."""

    natural_key_fields = ("pk",)
    shows_to_readers = False

    at = models.DateTimeField(_("at"), default=this_second)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    name = models.CharField(_("name"), max_length=300, blank=True, help_text=_("Of who did it, as it was then."))
    act = models.CharField(_("act"), max_length=40)
    model = models.CharField(_("kind of thing"), max_length=40, blank=True)
    key = models.CharField(_("key"), max_length=120, blank=True)
    sentence = models.TextField(_("what was done"))
    details = models.JSONField(_("details"), default=dict, blank=True)

    objects = LogQuerySet.as_manager()

    class Meta(Immutable.Meta):
        verbose_name = _("log entry")
        verbose_name_plural = _("log")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["model", "key"], name="log_by_thing")]

    def __str__(self):
        return self.sentence
