"""What editors decide about a passage that a newer copy no longer has as it was, one function a decision.

Each asks for permission, refuses what somebody else overtook, and leaves a line in the history of the statement. None
changes a passage, a stored copy or anything published.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence

import reversion
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from briefings.models import (
    AttributionStep,
    Evidence,
    FlagCause,
    Passage,
    PassageCheck,
    Remedy,
    Statement,
    StatementKind,
    User,
)
from briefings.notes.reading import touched
from briefings.permissions import CHANGE, may
from briefings.quotes import PUBLISHABLE, compare

from .carrying import Place, add_evidence
from .evidence import check_wording
from .flags import raise_flags, settle_about
from .problems import Problem, Refused, problem

LONGEST_NOTE = 500  # letters


class RemedyRefused(Refused):
    """Nothing was decided."""


def let_stand(check: PassageCheck, *, by: User, seen: int, note: str) -> None:
    """Decide that a passage stands as it was first captured, and say why.

    `seen` is the version of the check that the editor looked at. Raises PermissionDenied or RemedyRefused; then
    nothing is decided. The same goes for the other decisions.
    """
    with transaction.atomic():
        stored = _open(check, by, seen)
        if not note.strip():
            raise RemedyRefused([problem("no-note")])
        _decide([stored], Remedy.STANDS, by, note)


def say_corrected(check: PassageCheck, *, by: User, seen: int, note: str = "") -> None:
    """Record that the statement was corrected after the page changed; refused where it has not been touched since."""
    with transaction.atomic():
        stored = _open(check, by, seen)
        statement = stored.passage.evidence.statement
        if statement.modified_at <= stored.modified_at:
            raise RemedyRefused([problem("not-corrected", statement.key)])
        _decide([stored], Remedy.CORRECTED, by, note)


def add_newer_evidence(check: PassageCheck, *, by: User, seen: int, note: str = "") -> Evidence:
    """Let the statement rest on the newer copy as well, by the words that stand there now; return that evidence.

    Evidence which the statement has in that copy already is taken as it is. For a quotation the words must be its own.
    The decision counts for all passages of the older evidence.
    """
    with transaction.atomic(), reversion.create_revision():
        stored = _open(check, by, seen)
        if problems := newer_evidence_problems([stored])[stored.pk]:
            raise RemedyRefused(problems)
        old = stored.passage.evidence
        evidence = Evidence.objects.filter(statement=old.statement, snapshot=stored.snapshot).first()
        if evidence is None:
            steps = AttributionStep.objects.filter(evidence=old).order_by("order")
            evidence = add_evidence(stored.snapshot, old, [*_places(stored)], steps, by)
            check_wording(Evidence.objects.filter(pk=evidence.pk))
        siblings = PassageCheck.objects.undecided().filter(passage__evidence=old).exclude(pk=stored.pk)
        _decide([stored, *siblings], Remedy.ADDED, by, note, evidence)
    return evidence


def newer_evidence_problems(checks: Collection[PassageCheck]) -> dict[int, list[Problem]]:
    """Say for each check what stands against resting on the newer copy; nothing where the statement does so already.

    The number of queries does not depend on how many checks there are.
    """
    evidence = [check.passage.evidence_id for check in checks]
    present = set(
        Evidence.objects.filter(statement__evidence__in=evidence).order_by().values_list("statement", "snapshot")
    )
    rows = defaultdict(list)
    passages = Passage.objects.filter(evidence__in=evidence).order_by("order")
    for pk, start, end, words in touched(passages).values_list(
        "evidence", "touched__start", "touched__end", "touched__words"
    ):
        rows[pk].append((start, end, words))
    return {
        check.pk: []
        if (check.passage.evidence.statement_id, check.snapshot_id) in present
        else _problems(check.passage.evidence.statement, rows[check.passage.evidence_id])
        for check in checks
    }


def _problems(statement: Statement, rows: list[tuple[int | None, int | None, str]]) -> list[Problem]:
    if any(start is None for start, _end, _words in rows):
        return [problem("no-place-there", statement.key)]
    is_quotation = statement.kind == StatementKind.QUOTATION
    if is_quotation and (rows != sorted(rows) or compare(statement.text, [row[2] for row in rows]) not in PUBLISHABLE):
        return [problem("other-words-there", statement.key)]
    return []


def reopen(check: PassageCheck, *, by: User, seen: int) -> None:
    """Take a decision back, so that the passage is on the list again; evidence that was added stays."""
    with transaction.atomic():
        stored = _locked(check, by, seen)
        stored.remedy, stored.note, stored.decided_by, stored.decided_at = "", "", None, None
        stored.save()
        statement = stored.passage.evidence.statement
        _record(statement, by, _("Opened the decision about a changed passage again"))
        raise_flags([statement], FlagCause.PASSAGE_LOST, by=by)


def _locked(check: PassageCheck, by: User, seen: int) -> PassageCheck:
    """Read the stored check and hold it, for somebody who may decide and has seen it as it is now."""
    stored = PassageCheck.objects.select_for_update().get(pk=check.pk)
    if not may(by, CHANGE, stored.passage.evidence.statement):
        raise PermissionDenied(_("Only who may change the statement decides about its passages. Ask an editor."))
    if stored.version != seen or not stored.is_current:
        raise RemedyRefused([problem("decided-meanwhile")])
    return stored


def _open(check: PassageCheck, by: User, seen: int) -> PassageCheck:
    stored = _locked(check, by, seen)
    if stored.remedy:
        raise RemedyRefused([problem("decided-meanwhile")])
    return stored


def _places(check: PassageCheck) -> list[tuple[Passage, Place]]:
    checks = PassageCheck.objects.current().filter(passage__evidence=check.passage.evidence)
    rows = checks.select_related("passage").order_by("passage__order")
    return [(row.passage, (row.start, row.end)) for row in rows]


def _decide(
    checks: Sequence[PassageCheck], remedy: Remedy, by: User, note: str, evidence: Evidence | None = None
) -> None:
    note = " ".join(note.split())[:LONGEST_NOTE]
    for check in checks:
        check.remedy, check.note, check.evidence = remedy, note, evidence
        check.decided_by, check.decided_at = by, timezone.now()
        check.save()
    said = _("About a passage that the page has changed: %(decision)s") % {"decision": remedy.label}
    statement = checks[0].passage.evidence.statement
    _record(statement, by, f"{said}. {note}".strip())
    if not PassageCheck.objects.undecided().filter(passage__evidence__statement=statement).exists():
        settle_about([statement], FlagCause.PASSAGE_LOST, by=by, note=f"{remedy.label}. {note}".strip())


def _record(statement: Statement, by: User, comment: str) -> None:
    """Leave a line in the history of the statement."""
    with reversion.create_revision():
        reversion.add_to_revision(statement)
        reversion.set_user(by)
        reversion.set_comment(comment)
