"""`capture`: gets articles from addresses and files, one after the other. The work is done in `editorial.capture`."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from briefings.editorial.capture import Given, begin_capture
from briefings.editorial.failures import sentence_for
from briefings.editorial.keeping import keep_capture
from briefings.editorial.known_sources import sources_at
from briefings.editorial.publishers import match_publishers, new_publisher
from briefings.editorial.suggestions import best, proposed_source
from briefings.models import CaptureMethod, CaptureState

LARGEST_FILE = 20_000_000  # bytes, what the reader takes


class Command(BaseCommand):
    help = "Captures articles from addresses or files; exits 1 if any of them failed. What was got is kept in any case."

    def add_arguments(self, parser):
        parser.add_argument("things", nargs="+", metavar="URL|FILE", help="An address, or an HTML, text or PDF file.")
        parser.add_argument(
            "--keep",
            action="store_true",
            help="Make drafts of sources with the metadata as proposed, instead of leaving that to an editor.",
        )

    def handle(self, *, things, keep, verbosity, **options):
        self.verbosity, failed = verbosity, 0
        for number, thing in enumerate(things, 1):
            self.say(f"[{number}/{len(things)}] {thing}")
            try:
                self.say(f"  {self.capture(thing, keep)}", self.style.SUCCESS)
            except Failed as failure:
                failed += 1
                self.stderr.write(f"{thing}: {failure}" if not verbosity else f"  {failure}")
        if failed:
            raise CommandError(f"{failed} of {len(things)} failed; see above. The others are captured.")

    def say(self, words, style=str):
        if self.verbosity:
            self.stdout.write(style(words))
            self.stdout.flush()

    def capture(self, thing, keep):
        """Capture one thing and say what came of it; raises Failed with a sentence."""
        given = given_by(thing)
        if given.address and (known := sources_at([given.address]).first()):
            return f"It is here already: {known.key}. Nothing was fetched."
        try:
            capture = begin_capture(given, by=None, at_once=True)
        except OSError as error:
            raise Failed(sentence_for("storage", {"error": error.strerror or ""})) from error
        if capture.state == CaptureState.FAILED:
            raise Failed(sentence_for(capture.reason, capture.reason_detail))
        if capture.state == CaptureState.SAME:
            return f"Nothing new: {capture.source.key} has the very same words."
        return kept(capture) if keep else f"Ready to be looked at: {best(capture, 'title')}"


class Failed(Exception):
    """One thing was not captured, or not kept; says why."""


def given_by(thing):
    """What an argument stands for: a file that is there, else an address."""
    path = Path(thing)
    try:
        if path.is_file():
            if path.stat().st_size > LARGEST_FILE:
                raise Failed(sentence_for("too-large", {"limit": str(LARGEST_FILE)}))
            return Given(CaptureMethod.UPLOADED, content=path.read_bytes(), file_name=path.name)
    except (OSError, ValueError) as error:
        raise Failed(f"The file cannot be read ({error}).") from error
    if "://" not in thing:
        raise Failed("There is no such file, and an address begins with http:// or https://.")
    return Given(CaptureMethod.FETCHED, address=thing)


def kept(capture):
    """Keep a capture with what is proposed of it; say as what."""
    name = best(capture, "publisher")
    publisher = match_publishers([name], by=None).get(name)
    source = proposed_source(capture, publisher=publisher)
    try:
        snapshot = keep_capture(
            capture, by=None, source=source, new_publisher=new_publisher(name) if name and not publisher else None
        )
    except ValidationError as error:
        reasons = " ".join(f"{field}: {' '.join(said)}" for field, said in error.message_dict.items())
        raise Failed(f"It is captured and waits at the desk, but was not kept: {reasons}") from error
    return f"Kept as {snapshot.source.key}: {snapshot.source.title}"
