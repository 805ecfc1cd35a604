"""Finds what is public and may not be: by what it points at, what it rests on, and what it lacks (promises 3 and 5).

A fixed number of queries on stored columns; `verification` checks that these columns are right.
"""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count, Max, Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from briefings.models import (
    AttributionStep,
    Briefing,
    Citation,
    Claim,
    Event,
    Evidence,
    FormerAddress,
    Organization,
    Person,
    PublishedRevision,
    RevisionAuthor,
    RevisionTopic,
    Source,
    Statement,
    StatementKind,
    Topic,
)
from briefings.quotes import PUBLISHABLE, Location

from .findings import Finding, about
from .fixtures import kind_of, name_of

PUBLISHABLE_MODELS = (Topic, Organization, Person, Event, Source, Statement, Briefing)


def public_findings(counts: Counter[str] | None = None) -> Iterator[Finding]:
    """Check, in a fixed number of queries, that what is public may be: by what it points at, rests on and lacks."""
    counts = Counter() if counts is None else counts
    for model, rows, field in _pointers():
        yield from _dangling(model, rows, field)
    yield from _unfit_statements()
    yield from _unfit_others()
    yield from _unfit_briefings()
    yield from _unfit_addresses()
    for model in PUBLISHABLE_MODELS:
        counts[str(model._meta.verbose_name_plural)] += model.objects.published().count()


def _pointers() -> Iterator[tuple[type[Model], QuerySet, str]]:
    """Yield what points from public things at publishable ones: the model that points, its rows, and the field."""
    statements = Statement.objects.published()
    relays = AttributionStep.objects.filter(evidence__statement__in=statements)
    revisions = {"revision__in": Briefing.objects.published().values("current")}
    sides = [f"{side}_{name}" for side in ("subject", "object") for name in ("organization", "person", "event")]
    for model, rows, fields in (
        (Topic, Topic.objects.published(), ["parent"]),
        (Source, Source.objects.published(), ["publisher", "origin"]),
        (Statement, statements, ["speaker_person", "speaker_organization", "event", "topics"]),
        (Evidence, Evidence.objects.filter(statement__in=statements), ["snapshot__source"]),
        (AttributionStep, relays, ["organization", "person"]),
        (Claim, Claim.objects.filter(statement__in=statements), sides),
        (Briefing, Briefing.objects.published(), ["translation_of"]),
        (RevisionTopic, RevisionTopic.objects.filter(**revisions), ["topic"]),
        (RevisionAuthor, RevisionAuthor.objects.filter(**revisions), ["person"]),
        (Citation, Citation.objects.filter(**revisions), ["statement"]),
    ):
        for field in fields:
            yield model, rows, field


def _dangling(model: type[Model], rows: QuerySet, field: str) -> Iterator[Finding]:
    """Find the rows whose field points at something that is neither public nor a tombstone."""
    target = model
    for name in field.split("__"):
        target = target._meta.get_field(name).related_model
    hidden = target.objects.drafts()
    named = model if model is not Citation else PublishedRevision
    key = kind_of(model).key_lookups if model is not Citation else ("revision__briefing__slug", "revision__version")
    other = f"{field}__{target.natural_key_fields[0]}"
    for *place, pointed_at in rows.filter(**{f"{field}__in": hidden}).order_by().values_list(*key, other).iterator():
        thing = name_of(kind_of(target), (pointed_at,))
        sentence = _("This is public but points at the %(thing)s, which is not; publish that too.") % {"thing": thing}
        yield about(named, place, sentence)


def _unfit_statements() -> Iterator[Finding]:
    key = kind_of(Evidence).key_lookups
    public = Evidence.objects.filter(statement__in=Statement.objects.published()).order_by()
    quotations = public.filter(statement__kind=StatementKind.QUOTATION).exclude(verdict__in=PUBLISHABLE)
    for *place, verdict in quotations.values_list(*key, "verdict").iterator():
        sentence = _("A published quotation is not in its passages (%(verdict)s). Correct its words or its passages.")
        yield about(Evidence, place, sentence % {"verdict": verdict or _("not checked")})
    lost = public.exclude(location__in=[Location.IN_PLACE, Location.MOVED])
    for *place, location in lost.values_list(*key, "location").iterator():
        sentence = _("A published statement has evidence without a passage. Mark the words that carry it.")
        if location:
            sentence = _("A passage of a published statement does not stand in its stored copy. Mark its words again.")
        yield about(Evidence, place, sentence)
    for statement in Statement.objects.published().filter(evidence=None).order_by().values_list("key", flat=True):
        yield about(Statement, [statement], _("A published statement has no evidence. Add what carries it."))


def _unfit_others() -> Iterator[Finding]:
    for source in Source.objects.published().filter(snapshots=None).order_by().values_list("key", flat=True):
        yield about(Source, [source], _("A published source has no stored copy. Add its text."))
    early = Source.objects.published().filter(embargo_until__gt=timezone.now())
    for source in early.order_by().values_list("key", flat=True):
        yield about(
            Source, [source], _("A published source is still under embargo. Lift the embargo, or keep it a draft.")
        )
    for person in Person.objects.published().filter(public_role="").order_by().values_list("slug", flat=True):
        yield about(Person, [person], _("Published without a public role. Give the role, or keep it a draft."))


def _unfit_briefings() -> Iterator[Finding]:
    standing = Briefing.objects.exclude(pk__in=Briefing.objects.drafts() | Briefing.objects.retracted())
    for slug in standing.filter(revisions=None).order_by().values_list("slug", flat=True):
        yield about(
            Briefing, [slug], _("Published without a published revision. Add the revision, or keep it a draft.")
        )
    for slug in Briefing.objects.drafts().exclude(revisions=None).order_by().distinct().values_list("slug", flat=True):
        yield about(Briefing, [slug], _("A draft with published revisions: what was published stays so."))
    numbered = Briefing.objects.order_by().annotate(count=Count("revisions"), last=Max("revisions__version"))
    for slug, count, last in numbered.exclude(count=0).values_list("slug", "count", "last").iterator():
        if count != last:
            yield about(Briefing, [slug], _("Its published revisions are not numbered from 1 on without a gap."))


def _unfit_addresses() -> Iterator[Finding]:
    """A former address leads to what is or was public, and nothing else of its kind has taken it."""
    for model in PUBLISHABLE_MODELS:
        key = model.natural_key_fields[0]
        rows, noun = FormerAddress.objects.of(model).order_by("key"), model._meta.model_name
        for former in rows.filter(key__in=model.objects.values(key)).values_list("key", flat=True):
            sentence = _("A former address that something else has taken. Give that another one: this leads elsewhere.")
            yield about(FormerAddress, [noun, former], sentence)
        lost = rows.exclude(now__in=model.objects.exclude(pk__in=model.objects.drafts()).values(key))
        for former in lost.values_list("key", flat=True):
            yield about(FormerAddress, [noun, former], _("A former address that leads to nothing that was published."))
