"""`check_evidence`: the evidence checks of briefings, for people, for scripts and for code scanners."""

import json

from django.core.management.base import BaseCommand, CommandError

from briefings.editorial.check_runs import as_json, as_sarif, as_text, run
from briefings.models import Briefing

FORMATS = {"text": as_text, "json": as_json, "sarif": as_sarif}


class Command(BaseCommand):
    help = (
        "Checks what briefings say against what they cite: the working text of those named, or of every briefing that "
        "is not retracted. Reads only. Exits 1 where there is an error; with --strict, also where a warning waits for "
        "an editor's word."
    )

    def add_arguments(self, parser):
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="Briefings to check; all by default.")
        parser.add_argument(
            "--format", choices=FORMATS, default="text", help="text, json, or SARIF 2.1.0 for scanners."
        )
        parser.add_argument("--strict", action="store_true", help="Count warnings without a word as errors.")
        parser.add_argument("--published", action="store_true", help="Check what readers see, not the working text.")

    def handle(self, *, slugs, format, strict, published, **options):
        known = Briefing.objects.filter(slug__in=slugs) if slugs else Briefing.objects.all()
        if unknown := sorted(set(slugs) - set(known.values_list("slug", flat=True))):
            raise CommandError(f"No briefing is named {', '.join(unknown)}. Nothing was checked.")
        runs = run(known, published=published)
        written = FORMATS[format](runs)
        self.stdout.write(written if isinstance(written, str) else json.dumps(written, ensure_ascii=False, indent=2))
        stopped = [one for checked in runs for one in checked.problems if one.blocks or (strict and one.is_open)]
        if stopped:
            raise CommandError(f"Findings that stop publication: {len(stopped)}. Nothing was changed.")
