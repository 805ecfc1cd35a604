"""`rebuild`: works out again everything that is derived. The work is done in `editorial.rebuilding`."""

from django.core.management.base import BaseCommand

from briefings.editorial.rebuilding import rebuild


class Command(BaseCommand):
    help = "Works out again the wording of every quotation, citations, current revisions; marks every stored page."

    def handle(self, *, verbosity, **options):
        counts = rebuild()
        if verbosity:
            self.stdout.write(
                f"Pieces of evidence compared with their stored copies: {counts['evidence']}. "
                f"Citations found: {counts['citations']}. Revisions sealed: {counts['seals']}. "
                f"Briefings moved to their latest revision: {counts['briefings']}. Every stored page is marked."
            )
