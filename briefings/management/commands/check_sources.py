"""`check_sources`: looks at the addresses of sources again, politely. The work is done in `editorial.rounds`."""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from briefings.editorial.failures import sentence_for
from briefings.editorial.locks import only_one
from briefings.editorial.rounds import PAUSE, Round, due
from briefings.models import PassageCheck, Source, SourceState


class Command(BaseCommand):
    help = (
        "Looks at the addresses of sources again, the longest unchecked first: unchanged, changed, undecided or gone. "
        "Changed pages are stored anew. Made for cron: two runs never overlap, what one leaves the next one takes."
    )

    def add_arguments(self, parser):
        parser.add_argument("keys", nargs="*", metavar="KEY", help="Sources to check; all that are due by default.")
        parser.add_argument(
            "--older-than", type=float, default=0, metavar="DAYS", help="Only what was not checked in these days."
        )
        parser.add_argument("--limit", type=int, default=0, metavar="N", help="Check so many sources at most.")
        parser.add_argument("--minutes", type=float, default=60, help="Begin nothing after so many minutes (60).")
        parser.add_argument(
            "--pause", type=float, default=PAUSE, metavar="SECONDS", help=f"Between two requests to a host ({PAUSE:g})."
        )
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be checked, in which order.")

    def handle(self, *, keys, older_than, limit, minutes, pause, dry_run, verbosity, **options):
        self.verbosity = verbosity
        bounds = {"--older-than": older_than, "--limit": limit, "--minutes": minutes, "--pause": pause}
        if negative := [name for name, number in bounds.items() if not number >= 0]:
            raise CommandError(f"{negative[0]} takes no negative number.")
        if unknown := sorted(set(keys) - set(Source.objects.filter(key__in=keys).values_list("key", flat=True))):
            raise CommandError(f"No source is named {', '.join(unknown)}. Nothing was checked.")
        sources = due(keys, older_than=older_than)
        for key in sorted(set(keys) - {source.key for source in sources}):
            self.say(f"{key}: nothing to check (no address, no stored copy, retracted, or checked lately)")
        if dry_run:
            for source in sources[: limit or None]:
                self.say(f"{source.key}: {source.address}")
            self.say(f"A dry run, nothing was asked for: {len(sources[: limit or None])} of {len(sources)} due.")
            return
        with only_one("check_sources") as is_ours:
            if not is_ours:
                self.say("Another run is under way. This one leaves everything to it.")
                return
            self.look_at(Round(pause=pause, seconds=minutes * 60, limit=limit), sources)

    def look_at(self, round_, sources):
        counts = Counter()
        for result in round_.run(sources):
            counts[outcome := "left" if result.left else "broken" if result.broken else result.check.state] += 1
            if outcome != "left" or self.verbosity > 1:
                self.say(f"{result.source.key}: {line_of(result)}")
        states = ", ".join(f"{counts[state]} {state.label}" for state in SourceState)
        self.say(f"Checked {counts.total() - counts['left']}: {states}. Left for the next run: {counts['left']}.")
        if counts["broken"]:
            raise CommandError(f"{counts['broken']} could not be checked because of a fault here; see above.")

    def say(self, line):
        if self.verbosity:
            self.stdout.write(line)


def line_of(result):
    """What came of one source, in a line."""
    if result.left:
        return "left for the next run"
    if result.broken:
        return f"not checked, because of a fault here ({result.broken})"
    check = result.check
    said = [str(check.get_state_display())]
    if check.state == SourceState.CHANGED:
        current = PassageCheck.objects.current().filter(passage__evidence__snapshot__source=result.source)
        states = Counter(current.values_list("state", flat=True))
        said += [f"passages {state}: {states[state]}" for state in ("altered", "gone") if states[state]]
    if check.reason:
        said.append(sentence_for(check.reason, check.reason_detail))
    if check.failures and check.state == SourceState.UNDECIDED:
        said.append(f"Failure {check.failures} of those that count.")
    return "; ".join(part.removesuffix(".") for part in said)
