"""Citation rows: derived from the bodies of published revisions, never edited and never in a fixture."""

from collections.abc import Iterable, Iterator, Mapping

from django.db import transaction

from briefings.models import Citation, PublishedRevision, Statement
from briefings.rendering import citation_places, cited_keys


def index_citations(revision: PublishedRevision) -> int:
    """Derive the rows of one revision again, in place of those it has; return how many. Unknown keys make no row."""
    keys = {key for key, _line in cited_keys(revision.body)}
    statements = dict(Statement.objects.filter(key__in=keys).values_list("key", "pk"))
    with transaction.atomic():
        Citation.objects.filter(revision=revision).delete()
        return len(Citation.objects.bulk_create(_rows(revision.pk, revision.body, statements)))


def index_all_citations() -> int:
    """Derive every citation row again, in a fixed number of queries for each thousand rows; return how many."""
    statements = dict(Statement.objects.values_list("key", "pk"))
    bodies = PublishedRevision.objects.order_by("pk").values_list("pk", "body")
    with transaction.atomic():
        Citation.objects.all().delete()
        rows = list(_all_rows(bodies.iterator(chunk_size=200), statements))
        return len(Citation.objects.bulk_create(rows, batch_size=1000))


def _all_rows(bodies: Iterable[tuple[int, str]], statements: Mapping[str, int]) -> Iterator[Citation]:
    for revision, body in bodies:
        yield from _rows(revision, body, statements)


def _rows(revision: int, body: str, statements: Mapping[str, int]) -> Iterator[Citation]:
    for place in citation_places(body, statements):
        yield Citation(
            revision_id=revision,
            statement_id=statements[place.key],
            number=place.number,
            order=place.order,
            paragraph=place.paragraph,
        )
