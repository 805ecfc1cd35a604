"""`load_content`: loads content files, checked and all or nothing. The work is done in `editorial.loading`."""

import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from briefings.editorial.faults import LoadRefused
from briefings.editorial.fixtures import KINDS
from briefings.editorial.loading import load

EVERY = 2  # seconds between two lines of progress


class Command(BaseCommand):
    help = "Loads content files: every field, key and quotation is checked, and either all of it is loaded or nothing."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="A .json file, or a folder of them.")
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be made and changed.")

    def handle(self, *, paths, dry_run, verbosity, **options):
        self.verbosity, self.last = verbosity, time.monotonic()
        try:
            outcome = load(paths, dry_run=dry_run, progress=self.progress)
        except LoadRefused as refused:
            raise CommandError(refusal(refused)) from None
        except OperationalError as error:  # a full disk, a database that does not answer
            raise CommandError(f"The database failed ({error}). Nothing was loaded; load it again later.") from error
        if verbosity:
            self.report(outcome, dry_run)

    def progress(self, sentence):
        if self.verbosity and time.monotonic() - self.last >= EVERY:
            self.last = time.monotonic()
            self.stderr.write(f"{sentence}…", self.style.NOTICE)

    def report(self, outcome, dry_run):
        for done, counts in (("made", outcome.made), ("changed", outcome.changed)):
            for label, count in counts.items():
                meta = KINDS[label].model._meta
                noun = meta.verbose_name if count == 1 else meta.verbose_name_plural
                self.stdout.write(f"{'would be ' if dry_run else ''}{done}: {count} {noun}")
        for change in outcome.changes:
            self.stdout.write(f"  {change}")
        total = f"{outcome.made.total()} made, {outcome.changed.total()} changed, {outcome.same} as they were"
        self.stdout.write(f"A dry run, nothing was written: {total}." if dry_run else f"Loaded: {total}.")


def refusal(refused):
    """Every fault on a line of its own, and that nothing was loaded."""
    count = len(refused.faults)
    lines = [*map(str, refused.faults), ""]
    if refused.more:
        lines.append(f"These are the first {count} faults; there may be more.")
    lines.append("Nothing was loaded. Mend the files and load them again.")
    return "\n".join(lines)
