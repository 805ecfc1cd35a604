"""What a load makes and changes, as its report tells it and as what follows from it is derived."""

from collections import Counter
from collections.abc import Iterable

from .checking import Row
from .fixtures import Kind, name_of

MOST_NAMED = 100


class Outcome:
    """What a load makes and changes: counts by kind, and the changes by name (the first MOST_NAMED)."""

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()
        self.changed: Counter[str] = Counter()
        self.same = 0
        self.changes: list[str] = []
        self.statements: set[str] = set()
        self.briefings: set[str] = set()

    @property
    def changes_something(self) -> bool:
        return bool(self.made or self.changed)

    def note(self, kind: Kind, row: Row, fields: Iterable[str] | None) -> None:
        """Count an object that is new (`fields` is None) or differs in these fields."""
        (self.made if fields is None else self.changed)[kind.label] += 1
        if fields is not None and len(self.changes) < MOST_NAMED:
            self.changes.append(f"{name_of(kind, row.key)}: {', '.join(fields)}")
        if "statement" in kind.key_lookups[0] or kind.label.endswith(".statement"):
            self.statements.add(str(row.key[0]))
        elif "briefing" in kind.key_lookups[0] or kind.label.endswith(".briefing"):
            self.briefings.add(str(row.key[0]))
