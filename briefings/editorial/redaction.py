"""Redaction: words removed from every place that holds them, by two administrators together (DESIGN.md, promise 1).

What is searched and what is left of it is in `redacting`. Digests stay; the redaction keeps, for each place, the hash
of what stood there and of what stands there now, so that `verify` accepts this change and no other.
"""

import secrets
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from briefings.models import (
    AttributionStep,
    Briefing,
    Citation,
    Claim,
    Correction,
    Evidence,
    Passage,
    PublishedRevision,
    Redaction,
    Seal,
    Snapshot,
    Source,
    Statement,
    StatementLink,
    User,
)
from briefings.models.pages import mark_all
from briefings.permissions import REDACT, may
from briefings.quotes import Redactor, sentence_around

from .evidence import check_wording
from .log import log
from .problems import Refused, problem
from .redacting import Place, Touched, hold_everything, places_of, remove_files, touched_copies, write
from .typed import LONGEST_NOTE, line, lines

SHORTEST = 3  # code points that are no space
LONGEST = 20_000
Pages = set[tuple[str, str]]


class RedactionRefused(Refused):
    """Nothing was removed."""


def ask(words: str, reason: str, *, by: User) -> Redaction:
    """Ask that words be removed everywhere; another administrator has to confirm. Nothing is removed yet.

    `reason` is what readers will be told. Raises PermissionDenied, or RedactionRefused with its problems.
    """
    _allow(by)
    words, reason = lines(words), line(reason)
    problems = [problem(code, about) for code, about in _faults(words, reason)]
    if not problems and not places_of(words):
        problems = [problem("words-nowhere")]
    if problems:
        raise RedactionRefused(problems)
    with transaction.atomic():
        asked = Redaction.objects.create(
            key=secrets.token_hex(6), words=words, reason=reason, asked_by=by, created_by=by
        )
        log("ask-redaction", asked, by=by, sentence=_("Asked for a redaction: %(why)s") % {"why": reason})
    return asked


def _faults(words: str, reason: str) -> Iterable[tuple[str, object]]:
    if not words:
        yield "no-words", ""
    elif len("".join(words.split())) < SHORTEST or not any(glyph.isalnum() for glyph in words):
        yield "words-too-short", SHORTEST
    elif len(words) > LONGEST:
        yield "too-many-words", LONGEST
    if not reason:
        yield "no-redaction-reason", ""
    elif len(reason) > LONGEST_NOTE:
        yield "too-many-words", LONGEST_NOTE
    elif words and Redactor(words).spans(reason):
        yield "reason-has-the-words", ""


def withdraw(redaction: Redaction, *, by: User) -> None:
    """Take back what was asked and not yet confirmed; the words are forgotten. Raises as `ask` does."""
    _allow(by)
    with transaction.atomic():
        stored = _waiting(redaction)
        log("withdraw-redaction", stored, by=by, sentence=_("Took back a redaction: %(why)s") % {"why": stored.reason})
        stored.delete()


def confirm(redaction: Redaction, *, by: User, places: int) -> Redaction:
    """Remove the words from every place, in one transaction; files go after it. Returns the redaction as carried out.

    `places` is the number of places that was seen and confirmed. Raises PermissionDenied, or RedactionRefused where
    the same administrator asked for it, it is no longer waiting, or the words stand in another number of places.
    """
    _allow(by)
    with transaction.atomic():
        hold_everything()
        stored = _waiting(redaction)
        if stored.asked_by_id == by.pk:
            raise RedactionRefused([problem("own-redaction")])
        found = places_of(stored.words)
        if len(found) != places:
            raise RedactionRefused([problem("places-changed", len(found))])
        _carry_out(stored, found, by)
        names = [place.file for place in found if place.file]
        transaction.on_commit(lambda: remove_files(names))
    return stored


def _carry_out(redaction: Redaction, found: list[Place], by: User) -> None:
    keys = _keys(found)
    redaction.pages = sorted([list(page) for page in _pages(found, touched_copies(found, redaction.words))])
    redaction.places = [_record(place, keys[place.model].get(place.pk, [])) for place in found]
    redaction.words, redaction.confirmed_by = "", by
    redaction.done_at = timezone.now().replace(microsecond=0)
    write(found)
    redaction.save()
    check_wording(_evidence(found))
    mark_all()
    sentence = _("Redacted words in %(number)d places: %(why)s")
    sentence %= {"number": len(found), "why": redaction.reason}
    log("redact", redaction, by=by, sentence=sentence, places=len(found))


def _allow(user: User) -> None:
    if not may(user, REDACT, Redaction):
        raise PermissionDenied(_("Only an administrator can do this. Nothing was removed."))


def _waiting(redaction: Redaction) -> Redaction:
    stored = Redaction.objects.waiting().select_for_update().filter(pk=redaction.pk).first()
    if stored is None:
        raise RedactionRefused([problem("redacted-already")])
    return stored


def _record(place: Place, key: list[Any]) -> dict[str, Any]:
    before, after = place.hashes
    kept = {"model": place.model._meta.label_lower, "key": key, "field": place.field, "before": before, "after": after}
    return {**kept, "file": place.file} if place.file else kept


def _keys(found: list[Place]) -> dict[type[models.Model], dict[Any, list[Any]]]:
    """The natural keys of the records, or their primary keys where they have no other."""
    pks: dict[type[models.Model], set[Any]] = {}
    for place in found:
        pks.setdefault(place.model, set()).add(place.pk)
    keys = {}
    for model, chosen in pks.items():
        lookups = getattr(model, "natural_key_fields", ("pk",))
        rows = model._base_manager.filter(pk__in=chosen).values_list("pk", *lookups)
        keys[model] = {pk: [str(part) for part in key] for pk, *key in rows}
    return keys


def _evidence(found: list[Place]) -> models.QuerySet:
    """The pieces of evidence whose wording may compare otherwise now."""
    pks = _pks(found)
    touched = models.Q(snapshot__in=pks(Snapshot)) | models.Q(statement__in=pks(Statement))
    return Evidence.objects.filter(touched | models.Q(passages__in=pks(Passage))).distinct()


def _pks(found: list[Place]) -> Any:
    return lambda model: {place.pk for place in found if place.model is model}


# Which pages tell readers

STATEMENT_OF = {
    Statement: "key", Evidence: "statement__key", Passage: "evidence__statement__key", Claim: "statement__key",
    AttributionStep: "evidence__statement__key", StatementLink: "from_statement__key",
}  # fmt: skip
REVISION_OF = {PublishedRevision: "", Seal: "revision__"}


def _pages(found: list[Place], copies: list[Touched]) -> Pages:
    """The public pages that held the words: (kind, key), a version's key being "slug/number"."""
    pks = _pks(found)
    snapshots = models.Q(snapshots__in=pks(Snapshot)) | models.Q(pk__in=pks(Source))
    pages = {("source", key) for key in Source.objects.filter(snapshots).values_list("key", flat=True)}
    keys = {key for model, path in STATEMENT_OF.items()
            for key in model._base_manager.filter(pk__in=pks(model)).values_list(path, flat=True)}  # fmt: skip
    keys |= _beside(copies)
    pages |= {("statement", key) for key in keys}
    citing = Citation.objects.published().filter(statement__key__in=keys)
    pages |= {("briefing", slug) for slug in citing.values_list("revision__briefing__slug", flat=True)}
    for model, path in REVISION_OF.items():
        rows = model._base_manager.filter(pk__in=pks(model)).values_list(f"{path}briefing__slug", f"{path}version")
        pages |= {("version", f"{slug}/{version}") for slug, version in rows}
    corrected = Briefing.objects.filter(corrections__in=pks(Correction))
    pages |= {("briefing", slug) for slug in corrected.values_list("slug", flat=True)}
    return pages


def _beside(copies: list[Touched]) -> set[str]:
    """The statements whose passage stands in a sentence that held the words."""
    keys = set()
    for one in copies:
        rows = Passage.objects.filter(evidence__snapshot=one.pk)
        for key, start, end in rows.values_list("evidence__statement__key", "start", "end"):
            first, last = sentence_around(one.before, start, end)
            if any(begin < last and first < stop for begin, stop in one.spans):
                keys.add(key)
    return keys
