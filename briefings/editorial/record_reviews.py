"""The review of a statement or a source: somebody else has read it as it stands. A state of the desk, not of readers.

A review counts for the content whose digest it names. It is no edit: it leaves version, history and pages as they are.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from reversion.models import Version

from briefings.models import (
    AttributionStep,
    Claim,
    Evidence,
    Passage,
    Publishable,
    ReviewState,
    Snapshot,
    Source,
    Statement,
    User,
)
from briefings.models.sources import sha256_of
from briefings.permissions import REVIEW, SUBMIT, may

from .log import log
from .problems import Problem, Refused, problem
from .workflow import PUBLISHED, RETRACTED

# Each model and the parts that are read with it: the way from a part to the record, and the order they stand in.
PARTS: dict[type[models.Model], tuple[tuple[type[models.Model], str, tuple[str, ...]], ...]] = {
    Statement: (
        (Statement.topics.through, "statement", ("topic",)),
        (Evidence, "statement", ("order",)),
        (Passage, "evidence__statement", ("evidence__order", "order")),
        (AttributionStep, "evidence__statement", ("evidence__order", "order")),
        (Claim, "statement", ("order",)),
    ),
    Source: ((Snapshot, "source", ("text_sha256",)),),
}
NOT_CONTENT = {"id", "created_by", "modified_at", "version", "status", "retraction_reason"}
NOT_CONTENT |= {"review", "reviewed_by", "reviewed_at", "reviewed_content", "verdict", "location", "checked_at"}
NOT_CONTENT |= {"embargo_until", "reliability", "credibility", "private_notes"}  # what editors think of a source
OF_A_COPY = ("text_sha256",)


class ReviewRefused(Refused):
    """Nothing was asked for, reviewed or taken back."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a record stands: its state as it is true for its content now, and whether that was changed since a review."""

    state: str
    is_stale: bool


def content_digests(model: type[models.Model], pks: Iterable[int]) -> dict[int, str]:
    """Return for each statement or source the SHA-256 of its content, in hexadecimal: the words, who said them when and
    where, evidence, passages, routes and claims; of a source its description and the hashes of its copies.

    The number of queries does not depend on how many there are.
    """
    chosen, made_of = list(pks), defaultdict(list)
    for part, way, order in ((model, "pk", ()), *PARTS[model]):
        names = OF_A_COPY if part is Snapshot else _content_of(part)
        rows = part._base_manager.filter(**{f"{way}__in": chosen}).order_by(*order)
        for pk, *values in rows.values_list(way, *names):
            made_of[pk].append([part._meta.model_name, *values])
    return {pk: sha256_of(json.dumps(rows, default=str)) for pk, rows in made_of.items()}


def content_digest(record: Publishable) -> str:
    """Return the digest of the content of one statement or source as it is stored."""
    return content_digests(type(record), [record.pk])[record.pk]


def readings(records: Iterable[Publishable]) -> dict[int, Reading]:
    """Return how each of these records, all of one model, stands; in a fixed number of queries."""
    rows = list(records)
    reviewed = [one.pk for one in rows if one.review == ReviewState.REVIEWED]
    digests = content_digests(type(rows[0]), reviewed) if reviewed else {}
    return {one.pk: _reading(one, digests.get(one.pk, "")) for one in rows}


def ask(record: Publishable, *, by: User) -> None:
    """Ask that somebody else reads a statement or a source. Raises PermissionDenied or ReviewRefused."""
    with transaction.atomic():
        stored = _held(record, by, SUBMIT)
        if problems := [*_unaskable(stored)]:
            raise ReviewRefused(problems)
        _note(stored, review=ReviewState.ASKED, reviewed_by=None, reviewed_at=None, reviewed_content="")
        log("ask-review", stored, by=by, sentence=_("Asked for a review."))
    record.refresh_from_db()


def review(record: Publishable, *, by: User, content: str = "") -> None:
    """Say that one has read a statement or a source, which one neither made nor changed last, as it stands.

    `content` is the digest of what was read; that of now unless given. Raises PermissionDenied or ReviewRefused.
    """
    with transaction.atomic():
        stored = _held(record, by, REVIEW)
        now = content_digest(stored)
        if problems := [*_unreviewable(stored, by, now, content or now)]:
            raise ReviewRefused(problems)
        _note(stored, review=ReviewState.REVIEWED, reviewed_by=by, reviewed_at=timezone.now(), reviewed_content=now)
        log("review", stored, by=by, sentence=_("Reviewed it as it stands."), content=now)
    record.refresh_from_db()


def take_back(record: Publishable, *, by: User) -> None:
    """Take back a question for a review, or the review itself. Raises PermissionDenied or ReviewRefused."""
    with transaction.atomic():
        stored = _held(record, by, REVIEW if record.review == ReviewState.REVIEWED else SUBMIT)
        if stored.review != record.review or stored.review == ReviewState.NONE:
            raise ReviewRefused([problem("not-reviewed", stored)])
        _note(stored, review=ReviewState.NONE, reviewed_by=None, reviewed_at=None, reviewed_content="")
        log("take-back-review", stored, by=by, sentence=_("Took the review back."))
    record.refresh_from_db()


def is_own(record: Publishable, user: User) -> bool:
    """Tell whether a user made a record or changed it last; to publish and to retract is no change of content."""
    if record.created_by_id == user.pk:
        return True
    versions = Version.objects.get_for_object(record).select_related("revision")
    for sentence in (PUBLISHED, RETRACTED):
        versions = versions.exclude(revision__comment__startswith=str(sentence).partition("%")[0])
    last = versions.first()
    return last is not None and last.revision.user_id == user.pk


def _content_of(model: type[models.Model]) -> list[str]:
    fields = model._meta.concrete_fields
    return [field.name for field in fields if not field.generated and field.name not in NOT_CONTENT]


def _reading(record: Publishable, digest: str) -> Reading:
    is_stale = record.review == ReviewState.REVIEWED and record.reviewed_content != digest
    return Reading(ReviewState.NONE if is_stale else record.review, is_stale)


def _held(record: Publishable, by: User, act: str) -> Publishable:
    if not may(by, act, record):
        raise PermissionDenied(_("Only an editor reviews what others made. It stays as it is."))
    return type(record)._base_manager.select_for_update().get(pk=record.pk)


def _note(record: Publishable, **fields: object) -> None:
    type(record)._base_manager.filter(pk=record.pk).note(**fields)


def _unaskable(stored: Publishable) -> Iterator[Problem]:
    standing = readings([stored])[stored.pk].state
    if standing == ReviewState.ASKED:
        yield problem("review-asked-already", stored)
    elif standing == ReviewState.REVIEWED:
        yield problem("reviewed-already", stored)


def _unreviewable(stored: Publishable, by: User, now: str, seen: str) -> Iterator[Problem]:
    if stored.review == ReviewState.REVIEWED and stored.reviewed_content == now:
        yield problem("reviewed-already", stored)
    elif seen != now:
        yield problem("record-changed-meanwhile", stored)
    if is_own(stored, by):
        yield problem("own-record", stored)
