"""What history keeps, and how a thing comes back as it was: whole, with everything that is part of it.

django-reversion stores the versions. Its own way back writes past our checks and would move status and delete what was
published, so `restore` writes through `save()` instead. Status, versions and what is derived are never kept.
"""

from collections import defaultdict

import reversion
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from reversion.models import Version

from briefings.editorial.approval import note_edit
from briefings.editorial.evidence import check_wording
from briefings.editorial.versions import keep_first
from briefings.editorial.working_text import record_contribution, text_of
from briefings.models import (
    Alias,
    AttributionStep,
    Briefing,
    Claim,
    Event,
    Evidence,
    Illustration,
    ImmutableRecord,
    Organization,
    Passage,
    Person,
    Publishable,
    Source,
    Statement,
    StatementLink,
    Topic,
)

__all__ = ["CannotRestore", "keep_first", "kept_fields", "last_change", "members", "parts_now", "restore"]

# Each thing and its parts, a part after the one it belongs to, with the way from the part to the thing.
AGGREGATES = {
    Statement: {
        Evidence: "statement",
        Passage: "evidence__statement",
        AttributionStep: "evidence__statement",
        Claim: "statement",
        StatementLink: "from_statement",
    },
    Organization: {Alias: "organization"},
    Person: {Alias: "person"},
    Briefing: {Illustration: "briefing"},
    Source: {},
    Event: {},
    Topic: {},
}
NOT_KEPT = {"version", "modified_at", "status", "retraction_reason", "scheduled_for", "current"}
NOT_KEPT |= {"stage", "reviewer", "approved_by", "approved_text"}
NOT_KEPT |= {"review", "reviewed_by", "reviewed_at", "reviewed_content"}
NOT_KEPT |= {"verdict", "location", "checked_at"}
OUT_OF_THE_WAY = 10_000  # added to an order while others take their places


class CannotRestore(Exception):
    """The earlier state cannot come back; nothing was changed. `sentences` say why."""

    def __init__(self, sentences):
        self.sentences = list(sentences)
        super().__init__(" ".join(self.sentences))


def kept_fields(model):
    """Return the fields of a model that history keeps."""
    fields = [*model._meta.concrete_fields, *model._meta.local_many_to_many]
    return [field for field in fields if field.name not in NOT_KEPT and not field.generated]


def _register():
    """Let every version of a part be kept together with the whole it belongs to, and the other way round."""
    follow = defaultdict(set)
    for parts in AGGREGATES.values():
        for part, path in parts.items():
            link = part._meta.get_field(path.split("__")[0])
            follow[part].add(link.name)
            follow[link.related_model].add(link.remote_field.get_accessor_name())
    for model in {*AGGREGATES, *follow}:
        names = [field.name for field in kept_fields(model)]
        reversion.register(model, fields=names, follow=sorted(follow[model]))


_register()


def last_change(record):
    """Return who last changed a record and when (UTC): (user or None, datetime)."""
    last = Version.objects.get_for_object(record).select_related("revision__user").first()
    return (last.revision.user if last else None), record.modified_at


def members(version):
    """Return the versions that make up one whole as it was: the thing's own first, then its parts, outer ones first."""
    found, together = [version], defaultdict(list)
    for other in version.revision.version_set.all():
        together[other._model].append(other)
    pks = {version._model: {int(version.object_id)}}
    for part, path in AGGREGATES.get(version._model, {}).items():
        link = part._meta.get_field(path.split("__")[0])
        mine = [other for other in together[part] if other.field_dict[link.attname] in pks[link.related_model]]
        pks[part] = {int(other.object_id) for other in mine}
        found += mine
    return found


def parts_now(version):
    """Return the parts that the thing has now, by model: {model: queryset}."""
    parts = AGGREGATES.get(version._model, {})
    return {part: part._base_manager.filter(**{path: version.object_id}) for part, path in parts.items()}


def restore(version, *, by):
    """Bring a thing and its parts back as `version` holds them; return sentences about what could not be taken back.

    Status stays as it is. Parts added later go, unless they belong to something published, from which nothing is
    removed. Raises CannotRestore where the earlier state would break a rule, for instance because something that it
    points at is gone; nothing is changed then.
    """
    try:
        with transaction.atomic(), reversion.create_revision():
            reversion.set_user(by)
            when = localize(localtime(version.revision.date_created))
            reversion.set_comment(_("Restored as it was on %(when)s") % {"when": when})
            return _restore(version, by)
    except ValidationError as error:
        raise CannotRestore(error.messages) from error
    except (DatabaseError, ImmutableRecord) as error:
        message = _("It conflicts with what stands here now (%(reason)s).") % {"reason": error}
        raise CannotRestore([message]) from error


def _restore(version, by):
    whole = members(version)
    wanted = defaultdict(set)
    for member in whole:
        wanted[member._model].add(int(member.object_id))
    staying = []
    for part, rows in reversed(parts_now(version).items()):
        for row in rows.exclude(pk__in=wanted[part]):
            if row.may_be_deleted:
                row.delete()
            else:
                staying.append(row)
        if _has_order(part):
            rows.update(order=F("order") + OUT_OF_THE_WAY)
    for member in whole:
        _write(member, by)
    for row in reversed(staying):
        _put_last(row)
    if version._model is Statement:
        check_wording(Evidence.objects.filter(statement=version.object_id))
    if version._model is Briefing:
        note_edit(Briefing.objects.get(pk=version.object_id), by=by)
    said = _("%(part)s was added later and stays: nothing is removed from what was published.")
    return [said % {"part": row} for row in staying]


def _write(member, by):
    """Write one record as it was, through its own checks; words of a briefing are then the work of `by`."""
    model, values = member._model, member.field_dict
    record = model._base_manager.filter(pk=member.object_id).first() or model(pk=int(member.object_id))
    before = text_of(record) if isinstance(record, Briefing) and not record._state.adding else None
    frozen = set()
    if isinstance(record, Publishable) and record.was_published:
        frozen.add(model.natural_key_fields[0])  # others link to its address
    for field in kept_fields(model):
        if field.name not in frozen and not field.many_to_many and field.attname in values:
            setattr(record, field.attname, values[field.attname])
    record.full_clean()
    is_rewritten = isinstance(record, Briefing) and text_of(record) != before
    record.save()
    if is_rewritten:
        record_contribution(record, by=by)
    for field in model._meta.local_many_to_many:
        there = field.related_model._base_manager.filter(pk__in=values.get(field.name, []))
        getattr(record, field.name).set(there)


def _has_order(model):
    return any(field.name == "order" for field in model._meta.concrete_fields)


def _put_last(row):
    """Give a part that stays its place behind those that came back."""
    if not _has_order(type(row)):
        return
    row.refresh_from_db()
    owner = row.natural_key_fields[-2].split("__")[0]
    others = type(row)._base_manager.filter(**{owner: getattr(row, owner)}).exclude(pk=row.pk)
    row.order = others.filter(order__lt=OUT_OF_THE_WAY).next_order()
    row.save()
