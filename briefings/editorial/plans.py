"""What publishing a thing would meet: what stands in the way, and which drafts would become public along with it.

What has to be public together comes from `references`, what is wrong with words from `evidence`, and what a second
person has to say to it from `approval`.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from briefings.models import Briefing, Person, Publishable, Source, Statement, User
from briefings.permissions import PUBLISH, may

from .approval import approval_problems
from .evidence import body_problems, embargo_problem, statement_problems
from .problems import Problem, problem
from .references import reached_from
from .texts import is_as_published
from .typed import LONGEST_NOTE


@dataclass(frozen=True, slots=True)
class Plan:
    """What publishing a thing would meet: its problems, and the drafts that would become public along with it."""

    problems: list[Problem]
    along: list[Publishable]

    @property
    def errors(self) -> list[Problem]:
        """The problems that block."""
        return [one for one in self.problems if one.blocks]

    @property
    def open_warnings(self) -> list[Problem]:
        """The warnings that wait for an editor's word: they block as well, until it is given."""
        return [one for one in self.problems if one.is_open and not one.blocks]


def plan_publication(thing: Publishable, *, by: User, at: datetime.datetime | None = None) -> Plan:
    """Say what stands against publishing `thing` and what would be published along. Nothing is written.

    `at` (UTC) is when it would be published, now unless given: an embargo that ends before then stands in nobody's
    way. The number of queries does not depend on how much is cited. Raises PermissionDenied.
    """
    allow(by, PUBLISH, thing)
    return plan_of(thing, reached_from(thing), at=at)


def allow(user: User, act: str, thing: Publishable) -> None:
    """Raise PermissionDenied, with a sentence, for whoever is no publisher."""
    if not may(user, act, thing):
        sentence = _("Only a publisher can do this. “%(thing)s” stays as it is; ask a publisher to look at it.")
        raise PermissionDenied(sentence % {"thing": thing})


def plan_of(
    thing: Publishable,
    reached: list[Publishable],
    *,
    at: datetime.datetime | None = None,
    is_correction: bool = False,
) -> Plan:
    """Return the plan of a thing that `reached_from` reached all this from, whoever asks.

    A correction waits for no second person: what is wrong on a public page must not stand there meanwhile.
    """
    along = [one for one in reached if not one.is_public]
    problems = [*_own_problems(thing, along)]
    is_new = "nothing-changed" not in [one.code for one in problems]
    if isinstance(thing, Briefing) and is_new and not is_correction:
        problems += approval_problems(thing)
    for one in (thing, *reached):
        if isinstance(one, Source) and (embargo := embargo_problem(one.title, one.embargo_until, at)):
            problems.append(embargo)
        if isinstance(one, Person) and not one.public_role.strip():
            problems.append(problem("person-without-role", one))
    return Plan(problems, along)


def refusals(stored: Publishable, seen: Publishable, plan: Plan, confirmed: Iterable[Publishable]) -> Iterator[Problem]:
    """Yield what stops a publication: errors, what was changed since it was seen, and drafts that nobody confirmed."""
    if stored.version != seen.version and "nothing-changed" not in [one.code for one in plan.errors]:
        yield problem("changed-meanwhile", stored)
        return
    yield from plan.errors
    if waiting := len(plan.open_warnings):
        yield problem("open-warnings" if waiting > 1 else "open-warning", waiting)
    versions = {(type(one), one.pk): one.version for one in confirmed}
    for draft in plan.along:
        version = versions.get((type(draft), draft.pk))
        if version is None:
            yield problem("not-confirmed", draft, kind=draft._meta.verbose_name)
        elif version != draft.version:
            yield problem("changed-meanwhile", draft)


def note_problems(thing: Publishable, plan: Plan, note: str) -> Iterator[Problem]:
    """Yield what is wrong with a change note: readers who have a briefing already are told what is new in it."""
    if "nothing-changed" in [one.code for one in plan.errors]:
        return
    if isinstance(thing, Briefing) and thing.is_public and not note:
        yield problem("no-change-note", thing)
    if len(note) > LONGEST_NOTE:
        yield problem("too-many-words", LONGEST_NOTE)


def _own_problems(thing: Publishable, along: list[Publishable]) -> Iterator[Problem]:
    if thing.was_published and not thing.is_public:
        yield problem("retracted", thing)
    if isinstance(thing, Briefing):
        yield from _briefing_problems(thing)
    elif thing.is_public and not along:
        yield problem("nothing-changed", thing)
    if isinstance(thing, Statement):
        found = statement_problems(Statement.objects.filter(pk=thing.pk))
        yield from (one for one in found[thing.key] if one.code != "embargo")  # each source says so once, in _plan
    if isinstance(thing, Source) and not thing.snapshots.exists():
        yield problem("source-without-copy", thing)


def _briefing_problems(briefing: Briefing) -> Iterator[Problem]:
    if briefing.is_public and is_as_published(briefing):
        yield problem("nothing-changed", briefing)
    for name in ("title", "standfirst", "body"):
        if not getattr(briefing, name).strip():
            yield problem(f"empty-{name}")
    for one in body_problems(briefing.body, briefing=briefing):
        if one.code not in ("unpublished-statement", "embargo"):  # the plan lists the drafts, and each source once
            yield one
