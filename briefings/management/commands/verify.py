"""`verify`: holds the whole database to its promises. The checks are in `editorial.verification`."""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from briefings.editorial.verification import findings
from briefings.models import StoredPage
from briefings.stored_pages import render_page, renderer


class Command(BaseCommand):
    help = "Checks stored copies, passages, quotations, citations and public pages; exits 1 if anything does not hold."

    def handle(self, *, verbosity, **options):
        counts, wrong = Counter(), 0
        # Only where pages are stored is the version of today's templates known: static files have been collected then.
        pages = StoredPage.objects.fresh(renderer()) if StoredPage.objects.exists() else None
        for finding in findings(pages=pages, render=render_page, counts=counts):
            wrong += 1
            self.stdout.write(self.style.ERROR(str(finding)))
        if wrong:
            raise CommandError(f"Findings: {wrong}; see above. verify reads only, and has changed nothing.")
        if verbosity:
            looked_at = ", ".join(f"{name} {count:,}" for name, count in counts.items())
            self.stdout.write(f"All holds. Looked at: {looked_at}.")
