"""The second half of a load: finds in sets what the rows point at and what is stored of them, and writes what differs.

One writer a kind, in the order of `fixtures.MODELS`, inside the transaction that `loading` opens.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError, OperationalError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from briefings.models import Passage, Status

from .checking import Bad, Row, remedy, shown
from .faults import Fault
from .fixtures import Key, Kind, name_of
from .lookups import Copies, Known
from .outcomes import Outcome
from .reading import BATCH, Progress

FAILED = 0  # stands for the primary key of an object that has a fault of its own


class Writer:
    """Writes the rows of one kind."""

    def __init__(self, kind: Kind, known: Known, outcome: Outcome, copies: Copies):
        self.kind, self.known, self.outcome, self.copies = kind, known, outcome, copies
        self.reading, self.check = known.reading, known.reading.check
        self.manager = kind.model._base_manager
        self.identity = [kind.fields[name].attname for name in kind.identity]
        self.defaults: dict[str, Any] = {}

    def write(self, progress: Progress) -> None:
        """Write all rows; those that point at others of their kind wait until these are written."""
        shelf, done = self.reading.shelves[self.kind.label], 0
        total = len(shelf)
        while len(shelf):
            waiting = self.reading.shelf()
            for batch in shelf.batches():
                for row in self._write_batch(batch):
                    waiting.add(row)
                done += len(batch)
                label = self.kind.model._meta.verbose_name_plural
                progress(_("%(done)d of %(total)d %(kind)s") % {"done": done, "total": total, "kind": label})
            if len(waiting) == len(shelf):
                self._refuse_circle(waiting)
                return
            shelf, done = waiting, done - len(waiting)

    def _refuse_circle(self, waiting: Any) -> None:
        for batch in waiting.batches():
            for row in batch:
                self._fault(row, self.kind.references[0], "", _("These point at each other in a circle."), _("Cut it."))

    # References

    def _write_batch(self, rows: list[Row]) -> list[Row]:
        """Write what can be written of a batch; return the rows that have to wait."""
        self._look_up(rows)
        ready, waiting = [], []
        for row in rows:
            pks = {name: self._pk(row, name, key) for name, key in row.references.items()}
            many = {name: [self._pk(row, name, key) for key in keys] for name, keys in row.many.items()}
            if None in (pk for name, pk in pks.items() if row.references[name]):
                waiting.append(row)
            elif FAILED in pks.values() or any(FAILED in found for found in many.values()):
                self._settle(row, FAILED)
            else:
                ready.append((row, {self.kind.fields[name].attname: pk for name, pk in pks.items()}, many))
        self._write_ready(ready)
        return waiting

    def _look_up(self, rows: list[Row]) -> None:
        for name in self.kind.references:
            keys = (row.references.get(name) for row in rows)
            self.known.look_up(self.kind.target(name), (key for key in keys if key))
        for name in self.kind.many:
            self.known.look_up(self.kind.target(name), (key for row in rows for key in row.many.get(name, ())))

    def _pk(self, row: Row, name: str, key: Key | None) -> int | None:
        """Return the primary key of what a field points at; None if nothing, or if that is not written yet."""
        if key is None:
            return None
        target = self.kind.target(name)
        pk = self.known.pks[target.label].get(key)
        if pk is not None:
            return pk
        if self.reading.is_given(target, key):
            return None if target is self.kind else FAILED
        sentence = _("There is no %(thing)s, neither here nor in these files.") % {"thing": name_of(target, key)}
        self._fault(row, name, list(key), sentence, _("Correct the key, or add what it names."))
        return FAILED

    # What is stored

    def _write_ready(self, ready: list[tuple[Row, dict[str, Any], dict[str, list[int]]]]) -> None:
        if self.kind.model is Passage:
            self.copies.prepare({attributes["evidence_id"] for _row, attributes, _many in ready})
        stored = self._stored([attributes | row.plain for row, attributes, _many in ready])
        links = self._stored_links([old["pk"] for old in stored.values()])
        new, changed = [], []
        for row, attributes, many in ready:
            attributes |= row.plain
            old = stored.get(tuple(attributes[name] for name in self.identity))
            if old is None:
                record = self._may_make(row, attributes) and self._candidate(row, attributes, None)
                if record:
                    new.append((row, record, many, None))
                continue
            differing = self._differences(attributes, old)
            relinked = [name for name in many if set(many[name]) != links[name].get(old["pk"], set())]
            if not differing and not relinked:
                self.outcome.same += 1
                self._settle(row, old["pk"])
            elif self._may_change(row, old, attributes, differing):
                record = self._candidate(row, old | attributes, old["pk"])
                if record:
                    changed.append((row, record, {name: many[name] for name in relinked}, differing))
        self._save(new, self._make)
        self._save(changed, self._change)

    def _stored(self, wanted: list[dict[str, Any]]) -> dict[tuple[Any, ...], dict[str, Any]]:
        """Return what is stored under the identity of these rows, and lock it where the database can."""
        parent = self.kind.references and self.kind.identity[0] in self.kind.references and self.identity[0]
        if parent:
            made = self.known.made[self.kind.target(self.kind.identity[0]).label]
            wanted = [attributes for attributes in wanted if attributes[parent] not in made]
        if not wanted:
            return {}
        values = {name: {attributes[name] for attributes in wanted} for name in self.identity}
        lookups = {f"{name}__in": found for name, found in values.items() if None not in found}
        names = [field.attname for field in self.kind.fields.values() if not field.many_to_many]
        rows = self.manager.filter(**lookups).select_for_update().values("pk", *names)
        return {tuple(row[name] for name in self.identity): row for row in rows}

    def _stored_links(self, pks: list[int]) -> dict[str, dict[int, set[int]]]:
        links: dict[str, dict[int, set[int]]] = {name: {} for name in self.kind.many}
        for name in self.kind.many if pks else ():
            through, own, other = self._through(name)
            for pk, target in through._base_manager.filter(**{f"{own}__in": pks}).values_list(own, other):
                links[name].setdefault(pk, set()).add(target)
        return links

    def _through(self, name: str) -> tuple[type[models.Model], str, str]:
        field = self.kind.fields[name]
        return field.remote_field.through, f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"

    def _differences(self, attributes: dict[str, Any], old: dict[str, Any]) -> list[str]:
        fields = {name: field.attname for name, field in self.kind.fields.items() if field.attname in attributes}
        return [name for name, attname in fields.items() if old[attname] != attributes[attname]]

    def _may_make(self, row: Row, attributes: dict[str, Any]) -> bool:
        """What belongs to a record that never changes is made together with it, or not at all."""
        for name in self.kind.references if self.kind.is_immutable else ():
            target = self.kind.target(name)
            is_part = not self.kind.fields[name].null  # what may stand without the other is no part of it
            if is_part and target.is_immutable and attributes[f"{name}_id"] not in self.known.made[target.label]:
                sentence = _("The %(thing)s is stored already and never changes: nothing is added to it.")
                sentence %= {"thing": name_of(target, row.references[name] or ())}
                self._fault(row, name, "", sentence, _("Remove this, or make a new revision with it."))
                return False
        return True

    def _may_change(self, row: Row, old: dict[str, Any], attributes: dict[str, Any], differing: list[str]) -> bool:
        if self.kind.is_immutable:
            sentence = _("This is stored already and never changes, but here it differs.")
            advice = _(
                "Load it as it was. New words of a source are a new stored copy; new words of ours a new revision."
            )
            self._fault(row, ", ".join(differing), "", sentence, advice)
            return False
        before, after = old.get("status"), attributes.get("status", old.get("status"))
        if before != after and (before, after) not in LAWFUL_MOVES:
            sentence = _("This is %(before)s and cannot become %(after)s: nothing that was published vanishes.")
            names = {"before": Status(before).label, "after": Status(after).label}
            self._fault(row, "status", after, sentence % names, _("Leave the status as it is, or retract it."))
            return False
        return True

    # Validation

    def _candidate(self, row: Row, attributes: dict[str, Any], pk: int | None) -> models.Model | None:
        """Return the record as it would be saved, or None after noting what its `clean()` says against it."""
        try:
            if pk is None:
                attributes = self._defaults(row, attributes) | attributes
            attributes.pop("pk", None)
            record = self.kind.model(**attributes)
            if isinstance(record, Passage):
                record.evidence = self.copies.evidence(record.evidence_id)
            record.clean()  # without its primary key: what clean() asks of a stored record is answered above, in sets
        except ValidationError as error:
            self._faults(row, error)
            return None
        record.pk, record._state.adding = pk, pk is None
        return record

    def _defaults(self, row: Row, attributes: dict[str, Any]) -> dict[str, Any]:
        left_out: dict[str, Any] = {}
        for name, field in self.kind.fields.items():
            if field.many_to_many or field.attname in attributes:
                continue
            try:
                left_out[field.attname] = None if field.is_relation else self.check.default(self.kind, name)
            except Bad as bad:
                raise ValidationError({name: f"{bad.sentence} {bad.remedy}"}) from bad
            if field.is_relation and not field.null:
                raise ValidationError({name: field.error_messages["null"]})
        return left_out

    def _faults(self, row: Row, error: ValidationError) -> None:
        self._settle(row, FAILED)
        by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
        for name, errors in by_field.items():
            field = self.kind.fields.get(name)
            value = row.plain.get(name, "")
            for each in errors:
                advice = remedy(field, each) if field else ""
                self._fault(row, "" if name == NON_FIELD_ERRORS else name, value, " ".join(each.messages), advice)

    def _fault(self, row: Row, field: str, value: Any, sentence: str, advice: str = "") -> None:
        self._settle(row, FAILED)
        thing = name_of(self.kind, row.key)
        self.reading.faults.append(Fault(row.file, row.line, thing, field, shown(value), sentence, advice))

    def _settle(self, row: Row, pk: int) -> None:
        self.known.pks[self.kind.label][row.key] = pk

    # Writing

    def _save(self, work: list[Any], save: Callable[[list[Any]], None]) -> None:
        """Write in one go; only if the database refuses, ask Django object by object which of them is at fault."""
        if not work:
            return
        try:
            with transaction.atomic():
                save(work)
        except OperationalError:
            raise  # a full disk, a lost connection: no object is at fault
        except DatabaseError:
            for one in work:
                self._save_alone(one, save)

    def _save_alone(self, one: Any, save: Callable[[list[Any]], None]) -> None:
        row, record = one[0], one[1]
        if save == self._make:
            record.pk, record._state.adding = None, True  # the attempt with all may have come that far
        try:
            record.validate_unique()
            record.validate_constraints()
            with transaction.atomic():
                save([one])
        except ValidationError as error:
            self._faults(row, error)
        except DatabaseError as error:
            self._fault(row, "", "", _("The database refuses it (%(reason)s).") % {"reason": error})

    def _make(self, work: list[Any]) -> None:
        self.manager.bulk_create([record for _row, record, *_rest in work])
        for name in self.kind.many:
            self._link(name, work)
        for row, record, _many, differing in work:
            self._settle(row, record.pk)
            self.known.made[self.kind.label].add(record.pk)
            self.outcome.note(self.kind, row, differing)

    def _change(self, work: list[Any]) -> None:
        now, names = timezone.now(), {"modified_at"}
        for _row, record, _many, differing in work:
            record.modified_at = now
            names.update(differing)
        self.manager.bulk_update([record for _row, record, *_rest in work], sorted(names))
        for name in self.kind.many:
            relinked = [one for one in work if name in one[2]]
            through, own, _other = self._through(name)
            through._base_manager.filter(**{f"{own}__in": [record.pk for _row, record, *_rest in relinked]}).delete()
            self._link(name, relinked)
        for row, record, many, differing in work:
            self._settle(row, record.pk)
            self.outcome.note(self.kind, row, [*differing, *many])

    def _link(self, name: str, work: list[Any]) -> None:
        through, own, other = self._through(name)
        rows = [through(**{own: one[1].pk, other: pk}) for one in work for pk in one[2].get(name, ())]
        through._base_manager.bulk_create(rows, batch_size=BATCH)


LAWFUL_MOVES = {
    (Status.DRAFT, Status.PUBLISHED),
    (Status.DRAFT, Status.RETRACTED),
    (Status.PUBLISHED, Status.RETRACTED),
}
