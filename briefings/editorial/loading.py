"""Loading content files: strict, checked in sets, all or nothing in one transaction, and harmless when repeated.

`reading` checks each object by itself, `writing` against the database; this module joins them, derives what follows
and checks that what is public may be.
"""

from collections.abc import Iterable
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext as _

from briefings.models import Briefing

from .evidence import body_problems
from .exposure import public_findings
from .faults import Fault, Faults, LoadRefused
from .findings import Finding
from .fixtures import KINDS
from .lookups import Copies, Known
from .outcomes import Outcome
from .reading import Progress, Reading, files_of
from .rebuilding import rebuild
from .seal_checks import seal_findings
from .writing import Writer

MANY = 500  # touched statements or briefings, from which on everything is derived again
MAX_STANDING = 1000  # findings of the time before, which are not held against a load


def load(paths: Iterable[Path], *, dry_run: bool = False, progress: Progress = lambda sentence: None) -> Outcome:
    """Load content files (a folder stands for its .json files) and return what was made and changed.

    A dry run does all of it and takes it back. `progress` is called with a sentence now and then. Raises LoadRefused
    with everything found wrong, up to `faults.MAX_FAULTS`; then nothing was written. Objects that are stored as they
    are in the files stay untouched; a field that an object leaves out keeps its value, or starts with its default.
    """
    with ExitStack() as stack:
        faults = Faults()
        reading = Reading(faults, stack)
        for path in files_of(paths):
            reading.read(path, progress)
        with transaction.atomic():
            standing = set(islice(public_findings(), MAX_STANDING))
            outcome = _write(reading, progress)
            _refuse_if(faults)
            if outcome.changes_something:
                progress(_("Comparing quotations with their stored copies"))
                _derive(outcome)
                _check_public(reading, outcome, standing)
                _refuse_if(faults)
            if dry_run:
                transaction.set_rollback(True)
        return outcome


def _write(reading: Reading, progress: Progress) -> Outcome:
    known, outcome, copies = Known(reading), Outcome(), Copies()
    for kind in KINDS.values():
        Writer(kind, known, outcome, copies).write(progress)
    return outcome


def _refuse_if(faults: Faults) -> None:
    if faults:
        raise LoadRefused(list(faults))


def _derive(outcome: Outcome) -> None:
    if connection.vendor == "postgresql" and outcome.made.total() > MANY:
        with connection.cursor() as cursor:  # it plans by the sizes that tables had before
            for label in outcome.made:
                cursor.execute(f"ANALYZE {connection.ops.quote_name(KINDS[label].model._meta.db_table)}")
    statements, briefings = outcome.statements, outcome.briefings
    rebuild(
        statements=statements if len(statements) <= MANY else None,
        briefings=briefings if len(briefings) <= MANY else None,
    )


def _check_public(reading: Reading, outcome: Outcome, standing: set[Finding]) -> None:
    """Hold what is public after the load to what publication asks; what was wrong before is not held against it."""
    for finding in public_findings():
        if finding not in standing:
            _add(reading, finding)
    touched = outcome.briefings
    for finding in seal_findings(briefings=touched if len(touched) <= MANY else None):
        if finding.key in reading.places[finding.label]:
            _add(reading, finding)
    for briefing in _public_briefings(outcome):
        for found in body_problems(briefing.current.body, briefing=briefing):
            if found.blocks and found.code != "retracted-statement":  # a tombstone stays cited
                key = (briefing.slug, briefing.current.version)
                _add(reading, Finding("briefings.publishedrevision", key, str(found)))


def _public_briefings(outcome: Outcome) -> Iterable[Briefing]:
    """The published briefings that this load touched, or whose statements it touched."""
    public = Briefing.objects.published().select_related("current")
    if len(outcome.statements) <= MANY and len(outcome.briefings) <= MANY:
        citing = Briefing.objects.filter(current__citations__statement__key__in=outcome.statements)
        touched = public.filter(slug__in=outcome.briefings) | public.filter(pk__in=citing.values("pk"))
        public = touched
    return public.order_by("slug").iterator(chunk_size=100)


def _add(reading: Reading, finding: Finding) -> None:
    """Note a finding at the place in the files that it is about, or where that is, in the database."""
    file, line = reading.places[finding.label].get(finding.key, (_("already stored"), 0))
    reading.faults.append(Fault(file, line, finding.place, "", "", finding.sentence))
