"""Addresses that public things had before: they lead to the present one for ever."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .base import KeyField, Record, RecordQuerySet


class FormerAddressQuerySet(RecordQuerySet):
    def of(self, model):
        """The former addresses of one kind of thing."""
        return self.filter(model=model._meta.model_name)


class FormerAddress(Record):
    """A key or slug under which a thing was public. `model` is its model's name, `key` the former key."""

    natural_key_fields = ("model", "key")
    shows_to_readers = False

    model = models.CharField(_("kind of thing"), max_length=40)
    key = KeyField(_("former key"), unique=False)
    now = KeyField(_("present key"), unique=False)

    objects = FormerAddressQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        ordering = ["model", "key"]
        constraints = [
            models.UniqueConstraint(fields=["model", "key"], name="former_address_once"),
            models.CheckConstraint(name="former_address_is_another", condition=~Q(key=models.F("now"))),
        ]

    def __str__(self):
        return f"{self.key} → {self.now}"
