"""Reads what notes show as plain rows, in six queries whatever the number of statements."""

from collections import defaultdict

from django.db.models import FilteredRelation, Q, QuerySet

from briefings.models import AttributionStep, Evidence, Passage, Snapshot, Source, Statement, Topic
from briefings.parties import named

STATEMENT = (
    "pk", "key", "status", "retraction_reason", "kind", "text", "language", "translation", "translator",
    "speaker_description", "said", "said_basis", "said_note",
    *named("speaker_person"), *named("speaker_organization"), *named("event"),
)  # fmt: skip
EVIDENCE = ("pk", "order", "statement_id", "snapshot_id", "name_printed", "verb", "verdict", "location")
SNAPSHOT = (
    "pk", "text", "text_sha256", "text_version", "method", "captured_at", "imported_at", "archive_address",
    *(f"source__{name}" for name in (
        "key", "title", "kind", "status", "address", "authors", "language", "published", "published_basis",
        "published_note", "origin__key",
    )),
    *named("source__publisher"), "look__state", "look__reason_detail",
)  # fmt: skip
PASSAGE = ("pk", "order", "evidence_id", "start", "end", "exact", "locator", "touched__state")
STEP = ("evidence_id", "verb", *named("organization"), *named("person"))


class Rows:
    """The rows behind some statements, grouped by what they belong to. Without `preview`, public ones only."""

    def __init__(self, statements, *, preview=False, topics=True):
        self.statements = self._statements(statements, preview)
        keys = [row["pk"] for row in self.statements]
        evidence = list(Evidence.objects.filter(statement__in=keys).order_by("order").values(*EVIDENCE))
        self.snapshots = self._snapshots({row["snapshot_id"] for row in evidence}, preview)
        evidence = [row for row in evidence if row["snapshot_id"] in self.snapshots]
        held = [row["pk"] for row in evidence]
        self.evidence = _grouped(evidence, "statement_id")
        passages = touched(Passage.objects.filter(evidence__in=held)).order_by("order")
        self.passages = _grouped(passages.values(*PASSAGE), "evidence_id")
        self.steps = _grouped(
            AttributionStep.objects.filter(evidence__in=held).order_by("order").values(*STEP), "evidence_id"
        )
        self.topics = self._topics(keys) if topics else defaultdict(list)

    @staticmethod
    def _statements(statements, preview):
        """Rows in the order asked for; keys that name nothing, or nothing that was ever public, are left out."""
        if isinstance(statements, QuerySet):
            return list(statements.values(*STATEMENT))
        wanted = list(dict.fromkeys(statements))
        known = Statement.objects.all() if preview else Statement.objects.published() | Statement.objects.retracted()
        rows = {row["key"]: row for row in known.filter(key__in=wanted).order_by().values(*STATEMENT)}
        return [rows[key] for key in wanted if key in rows]

    @staticmethod
    def _snapshots(keys, preview):
        found = Snapshot.objects.filter(pk__in=keys)
        if not preview:
            found = found.filter(source__in=Source.objects.published())
        return {row["pk"]: row for row in _looked_at(found).order_by().values(*SNAPSHOT)}

    @staticmethod
    def _topics(keys):
        rows = Topic.objects.published().filter(statements__in=keys).order_by("name")
        return _grouped(rows.values("name", "slug", "status", "statements"), "statements")


def touched(passages):
    """Passages, with what the latest check found of each in a newer copy as `touched`."""
    return passages.annotate(touched=FilteredRelation("checks", condition=Q(checks__is_current=True)))


def _looked_at(copies):
    """Stored copies, with the latest check of the address of their source as `look`."""
    return copies.annotate(look=FilteredRelation("source__checks", condition=Q(source__checks__is_current=True)))


def _grouped(rows, name):
    groups = defaultdict(list)
    for row in rows:
        groups[row[name]].append(row)
    return groups
