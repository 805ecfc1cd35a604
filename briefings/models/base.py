"""What every record shares: natural keys, a version against lost updates, publication status, and immutability.

The write methods here also mark the stored pages that show what is written (see `pages`). They work below `save()`,
so that `loaddata`, history's restore and bulk writes pass through them too.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .pages import mark_all, mark_citing

validate_key = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z", _("Use small letters a–z, digits and single hyphens only, for example “iqbal-2017”.")
)


def this_second():
    """Now, to the second: fixtures keep no finer time, and what they bring back must equal what was stored."""
    return timezone.now().replace(microsecond=0)


class StaleRecord(Exception):
    """Somebody else saved this record after it was read; nothing was written."""

    def __init__(self, record):
        self.record = record
        super().__init__(f"{record._meta.verbose_name} {record.pk} was changed by somebody else after it was opened.")


class ImmutableRecord(Exception):
    """An attempt to change or delete what never changes; nothing was written."""


class KeyField(models.CharField):
    """A permanent, readable key, `[a-z0-9-]`; unique unless said otherwise."""

    default_validators = [validate_key]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 120)
        kwargs.setdefault("unique", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        """Say it either way: what is left out would come back as unique."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "unique": self._unique}


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    RETRACTED = "retracted", _("retracted")


class RecordQuerySet(models.QuerySet):
    """Finds by natural key, moves versions under bulk writes, and marks stored pages."""

    def get_by_natural_key(self, *parts):
        return self.get(**dict(zip(self.model.natural_key_fields, parts, strict=True)))

    def next_order(self):
        """The place behind the last of these records, where they stand in an `order`."""
        return (self.aggregate(last=Max("order"))["last"] or 0) + 1

    def mark_pages(self):
        """Mark the stored pages that show any of these records as they stand now."""
        lookups = self.model.cited_statement_lookups
        if not lookups and self.model.shows_to_readers:
            mark_all()
        for lookup in lookups:
            mark_citing(self.order_by().values(lookup))

    def update(self, **kwargs):
        kwargs.setdefault("version", F("version") + 1)
        with transaction.atomic(using=self.db):
            self.mark_pages()
            changed = super().update(**kwargs)
            relations = (self.model._meta.get_field(name).is_relation for name in kwargs if name != "pk")
            if self.model.shows_to_readers and any(relations):
                mark_all()
            return changed

    update.alters_data = True

    def note(self, **fields):
        """Write what is no edit and shows to no reader, such as a stage: neither versions nor stored pages move."""
        return super().update(**fields)

    note.alters_data = True

    def bulk_create(self, objs, batch_size=None, **kwargs):
        with transaction.atomic(using=self.db):
            made = super().bulk_create(objs, batch_size, **kwargs)
            if kwargs.get("update_conflicts") and self.model.shows_to_readers:
                mark_all()
            elif self.model.cited_statement_lookups:
                self.model._base_manager.filter(pk__in=[record.pk for record in made]).mark_pages()
            return made

    bulk_create.alters_data = True

    def delete(self):
        if any(not record.may_be_deleted for record in self):
            raise ImmutableRecord(
                f"Nothing was deleted: some of these {self.model._meta.verbose_name_plural} have been published."
            )
        with transaction.atomic(using=self.db):
            self.mark_pages()
            return super().delete()

    delete.alters_data = True
    delete.queryset_only = True


class NaturalKey(models.Model):
    """A record that fixtures name by `natural_key_fields`, lookups such as `("evidence__statement__key", "order")`."""

    natural_key_fields: tuple[str, ...] = ("slug",)
    shows_to_readers = True  # a record of the desk alone leaves the stored pages as they are

    class Meta:
        abstract = True

    def natural_key(self):
        return tuple(self._key_part(lookup) for lookup in self.natural_key_fields)

    def _key_part(self, lookup):
        value = self
        for name in lookup.split("__"):
            value = getattr(value, name) if value is not None else None
        return value


class Record(NaturalKey):
    """An editable record: who made it, when it changed, and a version that refuses a stale save."""

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    modified_at = models.DateTimeField(auto_now=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    # How to get from this model to the statements on whose citing pages it shows; empty: it may show on every page.
    cited_statement_lookups: tuple[str, ...] = ()

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args, **kwargs):
        """Save, or raise StaleRecord if the stored record is no longer the one that was read."""
        self._guarded = True
        try:
            super().save(*args, **kwargs)
        finally:
            self._guarded = False

    @property
    def may_be_deleted(self):
        return True

    def delete(self, *args, **kwargs):
        if not self.may_be_deleted:
            raise ImmutableRecord(
                f"Nothing was deleted: this {self._meta.verbose_name} has been published. Retract it."
            )
        with transaction.atomic():
            self._stored().mark_pages()
            return super().delete(*args, **kwargs)

    def _stored(self):
        return type(self)._base_manager.filter(pk=self.pk)

    def _save_table(self, *args, **kwargs):
        self.modified_at = self.modified_at or timezone.now()  # loaddata saves raw, without auto_now
        with transaction.atomic():
            if self.pk:
                self._stored().mark_pages()
            updated = super()._save_table(*args, **kwargs)
            if self.cited_statement_lookups:  # it may be new, or belong to another statement than before
                self._stored().mark_pages()
            return updated

    def _do_update(self, base_qs, using, pk_val, values, update_fields, forced_update):
        """Move the version with every write; a guarded write finds only the version it was read at."""
        guarded = getattr(self, "_guarded", False)
        version = self._meta.get_field("version")
        values = [row for row in values if row[0] is not version] + [(version, None, F("version") + 1)]
        found = base_qs.filter(version=self.version) if guarded else base_qs
        updated = super()._do_update(found, using, pk_val, values, update_fields, forced_update)
        if updated:
            self.version = base_qs.values_list("version", flat=True).get(pk=pk_val)
        elif guarded and base_qs.filter(pk=pk_val).exists():
            raise StaleRecord(self)
        return updated


class PublishableQuerySet(RecordQuerySet):
    def published(self):
        """What the public may see: the only spelling of "public"."""
        return self.filter(status=Status.PUBLISHED)

    def drafts(self):
        """What was never public."""
        return self.filter(status=Status.DRAFT)

    def retracted(self):
        """What was public and now stands as a tombstone."""
        return self.filter(status=Status.RETRACTED)


class Publishable(Record):
    """A thing with a permanent public address. Status moves through `editorial.workflow` alone."""

    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT, editable=False)
    retraction_reason = models.TextField(_("reason for retraction"), blank=True, editable=False)

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        constraints = [
            models.CheckConstraint(name="%(class)s_status_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="%(class)s_retracted_with_reason",
                condition=~Q(status=Status.RETRACTED) | ~Q(retraction_reason=""),
                violation_error_message=_("A retraction needs its reason."),
            ),
        ]

    @property
    def is_public(self):
        """The instance twin of `published()`."""
        return self.status == Status.PUBLISHED

    @property
    def was_published(self):
        return self.status != Status.DRAFT

    @property
    def may_be_deleted(self):
        return not self.was_published

    @property
    def public_key(self):
        """The key or slug that names this thing in addresses and citations."""
        return getattr(self, self.natural_key_fields[0])

    def validate_unique(self, exclude=None):
        """Its address may not be one that another thing of its kind had: that one leads on for ever."""
        super().validate_unique(exclude)
        former = self._meta.apps.get_model("briefings", "FormerAddress").objects
        if former.filter(model=self._meta.model_name, key=self.public_key).exclude(now=self.public_key).exists():
            message = _("“%(key)s” was the address of another %(kind)s, to which it still leads. Choose another one.")
            params = {"key": self.public_key, "kind": self._meta.verbose_name}
            raise ValidationError({self.natural_key_fields[0]: ValidationError(message, params=params)})

    def clean(self):
        super().clean()
        key = self.natural_key_fields[0]
        stored = self._stored().values("status", key).first() if self.pk else None
        if stored and stored["status"] != Status.DRAFT and stored[key] != self.public_key:
            message = _("This address has been published and stays “%(key)s”: others link to it.")
            raise ValidationError({key: ValidationError(message, params={"key": stored[key]})})


class ImmutableQuerySet(RecordQuerySet):
    """Adds; never changes, never removes."""

    def _refuse(self, *args, **kwargs):
        raise ImmutableRecord(f"Nothing was written: {self.model._meta.verbose_name_plural} never change.")

    def redact(self, **values):
        """Put redacted words in place of what stands: the one lawful exception, for `editorial.redaction` alone."""
        with transaction.atomic(using=self.db):
            if self.model.shows_to_readers:
                mark_all()
            return models.QuerySet.update(self, **values)

    redact.alters_data = True
    redact.queryset_only = True

    update = _update = _refuse
    delete = _raw_delete = _refuse
    bulk_update = _refuse

    def bulk_create(self, objs, batch_size=None, **kwargs):
        if kwargs.get("update_conflicts"):
            self._refuse()
        return super().bulk_create(objs, batch_size, **kwargs)


class Immutable(NaturalKey):
    """A record that never changes once written, through any door: save, update, delete, upsert, cascade or loader."""

    cited_statement_lookups: tuple[str, ...] = ()

    objects = ImmutableQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    may_be_deleted = False

    def delete(self, *args, **kwargs):
        raise ImmutableRecord(f"Nothing was deleted: {self._meta.verbose_name_plural} never change.")

    def _do_update(self, base_qs, using, pk_val, values, update_fields, forced_update):
        """Writing the same values again is harmless (a fixture loaded twice); anything else is refused."""
        names = [field.attname for field, _model, _value in values]
        stored = base_qs.filter(pk=pk_val).values(*names).first()
        if stored is None:
            return False
        for field, _model, value in values:
            if field.get_prep_value(value) != field.get_prep_value(stored[field.attname]):
                raise ImmutableRecord(
                    f"Nothing was written: {self._meta.verbose_name_plural} never change, and “{field.name}” differs."
                )
        return True
