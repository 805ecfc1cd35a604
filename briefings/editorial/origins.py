"""Where cited statements come from: how many origins carry each, and whether any of them is first-hand.

Reprints of one text are one origin, and so are reports through one relay. One warning speaks for a whole text.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.text import Truncator

from briefings.models import AttributionStep, Evidence, LinkKind, StatementKind, StatementLink
from briefings.rendering import Scope

from .problems import Problem, problem

Origin = tuple[str, int]
BACKING = (LinkKind.SUPPORTS, LinkKind.SAME_UTTERANCE)
SHOWN = 40  # code points of the name of an origin
NAMED = 2  # origins or statements that a sentence names
_SOURCE = "snapshot__source__"
_CHAIN = [_SOURCE + "__".join(["origin"] * depth) for depth in (3, 2, 1)]  # a reprint of a reprint of a reprint


@dataclass(slots=True)
class Carried:
    """By what a statement is carried: its origins with their names, and whether any piece of evidence is first-hand."""

    origins: dict[Origin, str] = field(default_factory=dict)
    is_first_hand: bool = False


def origin_problems(scopes: Sequence[Scope], kinds: Mapping[str, str], lines: Mapping[str, int]) -> Iterator[Problem]:
    """Yield a warning for all statements that rest on one origin alone, and one for those that are only second-hand.

    `kinds` gives the kind of each statement that is cited, `lines` where it is cited first. What is cited together
    backs each other, and so do linked statements that support it or are the same utterance. Opinions are of one mind,
    and left out. Three queries.
    """
    keys = [key for key in lines if kinds.get(key, StatementKind.OPINION) != StatementKind.OPINION]
    backing = _backing(keys)
    carried = carried_by({*lines, *(other for others in backing.values() for other in others)})
    together = _together(scopes)
    alone = [key for key in keys if len(_origins_of(key, together, backing, carried)) == 1]
    if alone:
        names = Counter(next(iter(_origins_of(key, together, backing, carried).values())) for key in alone)
        about = ", ".join(f"{Truncator(name).chars(SHOWN)}: {count}" for name, count in names.most_common(NAMED))
        yield _warning("one-origin", alone, about + (" …" if len(names) > NAMED else ""), lines)
    relayed = [key for key in keys if key in carried and not _has_first_hand(key, backing, carried)]
    if relayed:
        about = ", ".join(relayed[:NAMED]) + (" …" if len(relayed) > NAMED else "")
        yield _warning("second-hand", relayed, about, lines)


def _warning(code: str, keys: Sequence[str], about: str, lines: Mapping[str, int]) -> Problem:
    line = min(lines[key] for key in keys)
    return problem(code, about, line=line, same=sorted(keys), count=len(keys), total=len(lines))


def _origins_of(
    key: str, together: Mapping[str, list[set[str]]], backing: Mapping[str, set[str]], carried: Mapping[str, Carried]
) -> dict[Origin, str]:
    """The origins of what a statement says, where it is cited with the fewest others."""
    least: dict[Origin, str] | None = None
    for group in together[key] or [{key}]:
        found: dict[Origin, str] = {}
        for one in (key, *group, *backing[key]):
            found |= carried[one].origins if one in carried else {}
        if least is None or len(found) < len(least):
            least = found
    return least or {}


def _has_first_hand(key: str, backing: Mapping[str, set[str]], carried: Mapping[str, Carried]) -> bool:
    return any(carried[one].is_first_hand for one in (key, *backing[key]) if one in carried)


def _together(scopes: Sequence[Scope]) -> dict[str, list[set[str]]]:
    """For each key, the sets of keys with which it is cited at one place."""
    found: dict[str, list[set[str]]] = defaultdict(list)
    for scope in scopes:
        for group in scope.groups:
            for key in group:
                found[key].append(set(group))
    return found


def _backing(keys: Iterable[str]) -> dict[str, set[str]]:
    """For each key, the public statements that support it or are the same utterance."""
    wanted, found = set(keys), defaultdict[str, set[str]](set)
    ends = Q(from_statement__key__in=wanted) | Q(to_statement__key__in=wanted)
    links = StatementLink.objects.published().filter(ends, kind__in=BACKING).order_by()
    for one, other in links.values_list("from_statement__key", "to_statement__key"):
        found[one].add(other)
        found[other].add(one)
    return found


def carried_by(keys: Iterable[str]) -> dict[str, Carried]:
    """Return by what each of these statements is carried, in two queries; those without evidence are left out."""
    evidence = Evidence.objects.filter(statement__key__in=set(keys)).order_by("statement__key", "order")
    pieces = defaultdict(list)
    for row in evidence.values_list(
        "pk", "statement__key", _SOURCE + "title", _SOURCE + "publisher", "snapshot__source", *_CHAIN
    ):
        pieces[row[1]].append(row)
    steps = defaultdict(list)
    columns = ("evidence", "organization", "organization__name", "person", "person__name")
    found = AttributionStep.objects.filter(evidence__in=[row[0] for rows in pieces.values() for row in rows])
    for row in found.order_by("order").values_list(*columns):
        steps[row[0]].append(row[1:])
    return {key: _carried(rows, steps) for key, rows in pieces.items()}


def _carried(rows: Sequence[tuple], steps: Mapping[int, list]) -> Carried:
    carried = Carried(is_first_hand=any(not steps[row[0]] for row in rows))
    relays = {step[0] for row in rows for step in steps[row[0]] if step[0]}
    for pk, _key, title, publisher, source, *chain in rows:
        named = next((step for step in steps[pk] if step[0] or step[2]), None)
        if named:
            origin, name = (("organization", named[0]), named[1]) if named[0] else (("person", named[2]), named[3])
        elif publisher in relays:
            origin, name = ("organization", publisher), title
        else:
            origin, name = ("source", next((one for one in chain if one), source)), title
        carried.origins.setdefault(origin, name)
    return carried
