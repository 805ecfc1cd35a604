"""`run_due`: publishes what was scheduled and is due now. The work is done in `editorial.scheduling`."""

from django.core.management.base import BaseCommand, CommandError

from briefings.editorial.locks import only_one
from briefings.editorial.scheduling import in_words, run_due


class Command(BaseCommand):
    help = (
        "Publishes what was scheduled and is due. Made for cron, as often as you like: each is published once. What "
        "cannot be published says why, here and at the desk; then this exits 1."
    )

    def handle(self, *, verbosity, **options):
        with only_one("run_due") as is_ours:
            if not is_ours:
                self.say(verbosity, "Another run is under way. This one leaves everything to it.")
                return
            outcomes = []
            for one in run_due():
                outcomes.append(one)
                self.say(verbosity, f"{one.briefing.slug}: {line_of(one)}")
        failed = [one for one in outcomes if one.revision is None]
        self.say(verbosity, f"Published {len(outcomes) - len(failed)}, failed {len(failed)}.")
        if failed:
            raise CommandError(f"{len(failed)} could not be published; see above and at the desk.")

    def say(self, verbosity, words):
        if verbosity:
            self.stdout.write(words)


def line_of(outcome):
    """What came of one publication, in a line."""
    when = in_words(outcome.due)
    if outcome.broken:
        return f"due {when}, left for the next run because of a fault here ({outcome.broken})"
    if outcome.revision is None:
        return f"due {when}, not published. {' '.join(outcome.problems)}"
    return f"due {when}, published version {outcome.revision.version}"
