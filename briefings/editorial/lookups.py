"""What a load looks up in sets: primary keys by natural key, and the stored copies that passages must agree with."""

from collections import OrderedDict
from collections.abc import Iterable
from itertools import islice

from briefings.models import Evidence, Snapshot

from .fixtures import Key, Kind
from .reading import BATCH, Reading

KEPT_TEXT = 20_000_000  # characters of stored copies held in memory at once


class Known:
    """Primary keys by natural key: of what this load has written, and of what it points at in the database."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.pks: dict[str, dict[Key, int]] = {label: {} for label in reading.shelves}
        self.made: dict[str, set[int]] = {label: set() for label in reading.shelves}

    def look_up(self, kind: Kind, keys: Iterable[Key]) -> None:
        """Find in the database those of the keys that are neither known nor in the files."""
        known = self.pks[kind.label]
        missing = iter([key for key in set(keys) if key not in known and not self.reading.is_given(kind, key)])
        while chunk := list(islice(missing, BATCH)):
            first = {f"{kind.key_lookups[0]}__in": {key[0] for key in chunk}}
            found = kind.model._base_manager.filter(**first).values_list("pk", *kind.key_lookups)
            wanted = set(chunk)
            known.update((tuple(key), pk) for pk, *key in found if tuple(key) in wanted)


class Copies:
    """The stored copies that passages are checked against: read in sets, a bounded amount of text kept."""

    def __init__(self) -> None:
        self.copy_of: dict[int, int] = {}
        self.copies: OrderedDict[int, Snapshot] = OrderedDict()
        self.size = 0

    def prepare(self, evidence: set[int]) -> None:
        """Read the copies of these pieces of evidence, unless they are at hand."""
        asked = [pk for pk in evidence if pk not in self.copy_of]
        self.copy_of.update(Evidence._base_manager.filter(pk__in=asked).values_list("pk", "snapshot_id"))
        needed = {self.copy_of[pk] for pk in evidence}
        while self.copies and self.size > KEPT_TEXT:
            self.size -= len(self.copies.popitem(last=False)[1].text)
        missing = [pk for pk in needed if pk not in self.copies]
        for copy in Snapshot._base_manager.filter(pk__in=missing).only("text"):
            self.copies[copy.pk] = copy
            self.size += len(copy.text)

    def evidence(self, pk: int) -> Evidence:
        """Return a piece of evidence with its copy, as far as a passage's `clean()` looks at them."""
        return Evidence(pk=pk, snapshot=self.copies[self.copy_of[pk]])
