"""Publishing and retracting: the only doors through which `status` moves, each one transaction with its permission.

What has to be public together comes from `references`; what is wrong with words comes from `evidence`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import reversion
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from briefings.models import (
    Briefing,
    Evidence,
    Person,
    Publishable,
    PublishedRevision,
    RevisionAuthor,
    RevisionTopic,
    Source,
    StaleRecord,
    Statement,
    Status,
    User,
)
from briefings.permissions import PUBLISH, RETRACT, may

from .citations import index_citations
from .evidence import body_problems, check_wording, embargo_problem, statement_problems
from .problems import Problem, PublicationRefused, RetractionRefused, problem
from .references import reached_from

FIELDS = ("title", "standfirst", "body", "language")


@dataclass(frozen=True, slots=True)
class Plan:
    """What publishing a thing would meet: its problems, and the drafts that would become public along with it."""

    problems: list[Problem]
    along: list[Publishable]

    @property
    def errors(self) -> list[Problem]:
        """The problems that block."""
        return [one for one in self.problems if one.blocks]


def plan_publication(thing: Publishable, *, by: User) -> Plan:
    """Say what stands against publishing `thing` and what would be published along. Nothing is written.

    The number of queries does not depend on how much is cited. Raises PermissionDenied.
    """
    _allow(by, PUBLISH, thing)
    return _plan(thing, reached_from(thing))


def publish(thing: Publishable, *, by: User, along: Iterable[Publishable] = ()) -> PublishedRevision | None:
    """Make `thing` public, with every draft it points at, in one transaction; a briefing gets its next revision.

    `along` confirms the drafts by name, as `plan_publication` listed them and as they were then. Returns the revision
    of a briefing, else None; `thing` is refreshed. Raises PermissionDenied, or PublicationRefused with its problems
    (also where the thing or a draft was changed after it was looked at); then nothing was published.
    """
    _allow(by, PUBLISH, thing)
    try:
        with transaction.atomic(), reversion.create_revision():
            made = _publish(thing, by, list(along))
            reversion.set_user(by)
            reversion.set_comment(_("Published “%(thing)s”.") % {"thing": thing})
    except StaleRecord as stale:
        raise PublicationRefused([problem("changed-meanwhile", stale.record)]) from stale
    thing.refresh_from_db()
    return made


def retract(thing: Publishable, *, by: User, reason: str) -> None:
    """Turn a public thing into a tombstone that gives the reason; its address, history and citations stay.

    What public briefings cite may be retracted: they then show the notice in its place, because nothing published
    vanishes and an error must not have to wait for every page that repeats it. Raises PermissionDenied or
    RetractionRefused; then nothing was changed.
    """
    _allow(by, RETRACT, thing)
    with transaction.atomic(), reversion.create_revision():
        stored = _lock(thing)
        if not stored.is_public:
            raise RetractionRefused([problem("not-public", stored)])
        if stored.version != thing.version:
            raise RetractionRefused([problem("changed-meanwhile", stored)])
        if not reason.strip():
            raise RetractionRefused([problem("no-reason")])
        stored.status, stored.retraction_reason = Status.RETRACTED, reason.strip()
        stored.save()
        reversion.set_user(by)
        reversion.set_comment(_("Retracted “%(thing)s”.") % {"thing": thing})
    thing.refresh_from_db()


def _allow(user: User, act: str, thing: Publishable) -> None:
    if not may(user, act, thing):
        sentence = _("Only a publisher can do this. “%(thing)s” stays as it is; ask a publisher to look at it.")
        raise PermissionDenied(sentence % {"thing": thing})


def _lock(thing: Publishable) -> Publishable:
    """Read the stored thing and hold it; where a database cannot hold one row, the transaction holds them all."""
    return type(thing)._base_manager.select_for_update().get(pk=thing.pk)


def _publish(thing: Publishable, by: User, confirmed: list[Publishable]) -> PublishedRevision | None:
    stored = _lock(thing)
    reached = reached_from(stored)
    plan = _plan(stored, reached)
    if problems := list(_refusals(stored, thing, plan, confirmed)):
        raise PublicationRefused(problems)
    statements = [one.pk for one in (stored, *reached) if isinstance(one, Statement)]
    check_wording(Evidence.objects.filter(statement__in=statements))
    for draft in plan.along:
        _allow(by, PUBLISH, draft)
        draft.status = Status.PUBLISHED
        draft.save()
    stored.status = Status.PUBLISHED
    made = _revise(stored, by) if isinstance(stored, Briefing) else None
    stored.save()
    return made


def _refusals(stored: Publishable, seen: Publishable, plan: Plan, confirmed: list[Publishable]) -> Iterator[Problem]:
    """Yield what stops a publication: errors, what was changed since it was seen, and drafts that nobody confirmed."""
    if stored.version != seen.version and "nothing-changed" not in [one.code for one in plan.errors]:
        yield problem("changed-meanwhile", stored)
        return
    yield from plan.errors
    versions = {(type(one), one.pk): one.version for one in confirmed}
    for draft in plan.along:
        version = versions.get((type(draft), draft.pk))
        if version is None:
            yield problem("not-confirmed", draft, kind=draft._meta.verbose_name)
        elif version != draft.version:
            yield problem("changed-meanwhile", draft)


def _revise(briefing: Briefing, by: User) -> PublishedRevision:
    """Write the next revision of a briefing, with its topics, its byline in order and its citations."""
    last = briefing.revisions.order_by("-version").values_list("version", flat=True).first() or 0
    taken = {name: getattr(briefing, name) for name in FIELDS}
    revision = PublishedRevision.objects.create(briefing=briefing, version=last + 1, by=by, **taken)
    RevisionTopic.objects.bulk_create([RevisionTopic(revision=revision, topic_id=pk) for pk in _topics(briefing)])
    RevisionAuthor.objects.bulk_create([RevisionAuthor(revision=revision, person_id=pk) for pk in _authors(briefing)])
    index_citations(revision)
    briefing.current, briefing.scheduled_for = revision, None
    return revision


def _topics(briefing: Briefing) -> list[int]:
    rows = briefing.topics.through.objects.filter(briefing=briefing)
    return list(rows.order_by("pk").values_list("topic", flat=True))


def _authors(briefing: Briefing) -> list[int]:
    """The byline, in the order in which the authors were added."""
    rows = briefing.authors.through.objects.filter(briefing=briefing)
    return list(rows.order_by("pk").values_list("person", flat=True))


def _plan(thing: Publishable, reached: list[Publishable]) -> Plan:
    along = [one for one in reached if not one.is_public]
    problems = [*_own_problems(thing, along)]
    for one in (thing, *reached):
        if isinstance(one, Source) and (embargo := embargo_problem(one.title, one.embargo_until)):
            problems.append(embargo)
        if isinstance(one, Person) and not one.public_role.strip():
            problems.append(problem("person-without-role", one))
    return Plan(problems, along)


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
    if briefing.is_public and _is_as_published(briefing):
        yield problem("nothing-changed", briefing)
    for name in ("title", "standfirst", "body"):
        if not getattr(briefing, name).strip():
            yield problem(f"empty-{name}")
    yield from _translation_problems(briefing)
    for one in body_problems(briefing.body, briefing=briefing):
        if one.code not in ("unpublished-statement", "embargo"):  # the plan lists the drafts, and each source once
            yield one


def _translation_problems(briefing: Briefing) -> Iterator[Problem]:
    original = briefing.translation_of
    if original is None:
        return
    if not original.was_published:
        yield problem("original-not-published", original)
    if original.language == briefing.language:
        yield problem("translation-in-same-language", original)
    if original.translation_of_id:
        yield problem("translation-of-translation", original)


def _is_as_published(briefing: Briefing) -> bool:
    """Tell whether the draft is what readers see already."""
    now = briefing.current
    return (
        now is not None
        and all(getattr(now, name) == getattr(briefing, name) for name in FIELDS)
        and set(now.topic_rows.values_list("topic", flat=True)) == set(_topics(briefing))
        and list(now.author_rows.order_by("pk").values_list("person", flat=True)) == _authors(briefing)
    )
