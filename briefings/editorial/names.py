"""Who and what the names of an article are in the database: people, organizations and events, by name and other name.

A name matches whole, whatever its case, accents and typography; an acronym matches in capitals alone. Two that bear
one name are candidates for an editor to choose from, and neither is picked.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, Func, Q, QuerySet
from django.db.models.functions import Lower

from briefings.models import Alias, AliasKind, Event, Organization, Person, User
from briefings.permissions import readable

Thing = Person | Organization | Event
PARTIES = ("person", "organization")

_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "“": '"', "”": '"'})
_SMALL_WORDS = frozenset(("of", "the", "on", "for", "in", "at", "and"))
_LONGEST = 300  # code points of a name that is looked up


@dataclass(frozen=True, slots=True)
class Match:
    """What a name is in the database: the one that bears it, or several among which nobody is picked."""

    name: str
    pick: Thing | None = None
    candidates: tuple[Thing, ...] = ()


def plain(name: str) -> str:
    """Return a name as it is compared: without accents, case, a leading article, and in the plainest typography."""
    decomposed = unicodedata.normalize("NFKD", name[:_LONGEST].translate(_TYPOGRAPHY))
    letters = "".join(char for char in decomposed if unicodedata.category(char) not in ("Mn", "Cf"))
    return " ".join(letters.casefold().split()).removeprefix("the ")


class _BeyondAscii(Func):
    """Whether a text has letters beyond ASCII: its bytes are more than its characters."""

    output_field = BooleanField()
    template = "(octet_length(%(expressions)s) <> length(%(expressions)s))"

    def as_sqlite(self, compiler, connection, **context):  # type: ignore[no-untyped-def]
        template = "(length(CAST(%(expressions)s AS BLOB)) <> length(%(expressions)s))"
        return self.as_sql(compiler, connection, template=template, **context)


class Matcher:
    """Finds what `user` may read under any of `names`, in four queries however many names there are."""

    def __init__(self, user: User, names: Iterable[str], *, events: Iterable[str] = ()) -> None:
        self._found: dict[str, dict[tuple[str, int], Thing]] = defaultdict(dict)
        self._acronyms: dict[str, dict[tuple[str, int], Thing]] = defaultdict(dict)
        if wanted := {name for name in names if name.strip()}:
            self._read_parties(user, wanted)
        self._events: dict[frozenset[str], list[Event]] = defaultdict(list)
        if occasions := {name for name in events if name.strip()}:
            for event in readable(user, Event.objects.filter(_some_word_of(occasions))).order_by("pk"):
                self._events[_words(event.name)].append(event)

    def find(self, name: str, nouns: Iterable[str] = PARTIES) -> Match:
        """Return what bears `name` among the people and organizations (`nouns` limits which)."""
        found = {**self._found[plain(name)], **self._acronyms[" ".join(name.split())]}
        wanted = set(nouns)
        return _match(name, [thing for (noun, _pk), thing in found.items() if noun in wanted])

    def find_event(self, name: str) -> Match:
        """Return the event of this name, its words in any order ("86th Interpol General Assembly")."""
        return _match(name, self._events[_words(name)] if name.strip() else [])

    def _read_parties(self, user: User, names: set[str]) -> None:
        spellings = {spelling for name in names for spelling in (plain(name), f"the {plain(name)}")}
        for model in (Person, Organization):
            for thing in readable(user, _spelt(model.objects.all(), spellings)).order_by("pk"):
                self._keep(self._found[plain(thing.name)], thing)
        others = _spelt(Alias.objects.filter(_readable_owner(user)), spellings).select_related("person", "organization")
        for alias in others.order_by("pk"):
            is_acronym = alias.kind == AliasKind.ACRONYM
            shelf = self._acronyms[" ".join(alias.name.split())] if is_acronym else self._found[plain(alias.name)]
            self._keep(shelf, alias.person or alias.organization)

    @staticmethod
    def _keep(shelf: dict[tuple[str, int], Thing], thing: Thing) -> None:
        shelf[(thing._meta.model_name, thing.pk)] = thing


def _spelt(rows: QuerySet, spellings: set[str]) -> QuerySet:
    """Rows whose name may be one of these spellings; what a database cannot fold is left to `plain`."""
    rows = rows.annotate(lowered=Lower("name"), beyond=_BeyondAscii("name"))
    return rows.filter(Q(lowered__in=spellings) | Q(beyond=True))


def _readable_owner(user: User) -> Q:
    people = readable(user, Person.objects.all()).order_by().values("pk")
    return Q(person__in=people) | Q(organization__in=readable(user, Organization.objects.all()).order_by().values("pk"))


def _some_word_of(names: Iterable[str]) -> Q:
    """Rows that share the longest word of one of these names, or spell it with accents."""
    found = Q(pk__in=[])
    for name in names:
        longest = max(plain(name).split(), key=len, default="")
        if longest.isascii() and longest:
            found |= Q(name__icontains=longest)
    return found | Q(_BeyondAscii("name"))


def _words(name: str) -> frozenset[str]:
    return frozenset(plain(name).split()) - _SMALL_WORDS


def _match(name: str, things: Sequence[Thing]) -> Match:
    return Match(name, things[0] if len(things) == 1 else None, tuple(things) if len(things) > 1 else ())
