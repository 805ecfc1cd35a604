"""Sources: the list, and one original with its stored copies and the passages that published statements rest on."""

from collections import Counter

from django.db.models import Count
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from briefings.briefing_pages import redactions_of
from briefings.extracts import extracts_of
from briefings.filters import SourceFilter
from briefings.heads import Head
from briefings.languages import name_of_language
from briefings.models import (
    AttributionStep,
    Evidence,
    Passage,
    Snapshot,
    Source,
    SourceCheck,
    SourceState,
    Statement,
    StatementKind,
)
from briefings.notes import notes_for
from briefings.notes.drift import source_drift
from briefings.notes.reading import touched
from briefings.notes.wording import captured
from briefings.pagination import counted
from briefings.parties import named, relay
from briefings.rows import source_rows

from .details import Related, detail, related_briefings, statements_at
from .lists import list_page

COUNT = ngettext_lazy("%(shown)s source", "%(shown)s sources", "number")
KINDS = {
    StatementKind.QUOTATION: ngettext_lazy("%(n)d quotation", "%(n)d quotations", "n"),
    StatementKind.PARAPHRASE: ngettext_lazy("%(n)d reported statement", "%(n)d reported statements", "n"),
    StatementKind.ASSERTION: ngettext_lazy("%(n)d assertion", "%(n)d assertions", "n"),
    StatementKind.OPINION: ngettext_lazy("%(n)d opinion", "%(n)d opinions", "n"),
}
ANSWERED = (SourceState.ALIVE, SourceState.CHANGED)  # the states in which the page was read
SNAPSHOT = ("text_sha256", "method", "captured_at", "imported_at", "archive_address")


def source_list(request):
    return list_page(
        request,
        SourceFilter,
        Source.objects.published(),
        rows=source_rows,
        name="source-list",
        section="sources",
        count=COUNT,
        title=_("Sources"),
        description=_("The originals: articles, pages and records, each kept as a stored copy that never changes."),
    )


def source_detail(request, key):
    return detail(request, Source, key, source_page)


def source_page(request, thing, *, preview=False):
    """The page of a source whatever its status. It shows sentences with cited passages, never the whole text."""
    row = source_rows(Source.objects.filter(pk=thing.pk))[0]
    resting = Evidence.objects.filter(snapshot__source=thing).values("statement")
    statements = Statement.objects.published().filter(pk__in=resting)
    notes = notes_for(statements.order_by("key")).values()
    publisher = _(" by %(name)s") % {"name": row.publisher.name} if row.publisher else ""
    description = _("%(kind)s%(by)s, %(date)s: how it was stored, and what rests on it.")
    description %= {"kind": row.kind_label, "by": publisher, "date": row.published or _("undated")}
    context = {
        "head": Head(title=thing.title, description=description, path=row.url, section="sources", type="article"),
        "preview": preview,
        "thing": thing,
        "redactions": redactions_of(("source", thing.key)),
        "row": row,
        "language": name_of_language(thing.language),
        "snapshots": _snapshots(thing),
        "drift": _drift(thing, statements),
        "extracts": extracts_of(notes, thing.key),
        "statements": Related([], *counted(statements), statements_at(source=thing.key)),
        "kinds": _kinds(statements),
        "routes": _routes(notes, thing.key),
        "relays": _relays(thing, statements),
        "briefings": related_briefings(statements, source=thing.key),
        "origin": source_rows(Source.objects.published().filter(pk=thing.origin_id)),
        "reprints": source_rows(Source.objects.published().filter(origin=thing).order_by("published_earliest", "key")),
    }
    return render(request, "briefings/source_detail.html", context)


def _snapshots(thing):
    rows = Snapshot.objects.filter(source=thing).order_by("imported_at", "pk").values(*SNAPSHOT)
    return [{**row, "captured": captured(row["method"], row["captured_at"], row["imported_at"])} for row in rows]


def _drift(thing, statements):
    """The line that tells how the original stands now, from its latest check and what that found of cited passages."""
    checks = SourceCheck.objects.filter(source=thing).select_related("compared").defer("compared__text")
    check = checks.current().first()
    if check is None:
        return ""
    last = checks.filter(state__in=ANSWERED).order_by("-checked_at").first() if check.state not in ANSWERED else None
    cited = Passage.objects.filter(evidence__snapshot__source=thing, evidence__statement__in=statements)
    return source_drift(check, list(touched(cited).values_list("touched__state", flat=True)), last)


def _kinds(statements):
    """How many public statements of each kind rest on a source: (kind, how many in words)."""
    counts = dict(statements.order_by().values_list("kind").annotate(Count("pk")))
    return [(kind, words % {"n": counts[kind]}) for kind, words in KINDS.items() if kind in counts]


def _routes(notes, key):
    """By which ways statements came: (route, count), most first; a route of one is the source’s own voice."""
    routes = Counter(evidence.route for note in notes for evidence in note.evidence if evidence.source_key == key)
    return routes.most_common()


def _relays(thing, statements):
    """Who passed words on to a source: (party, count, address of those statements), with None for nobody named."""
    steps = AttributionStep.objects.filter(evidence__snapshot__source=thing, evidence__statement__in=statements)
    columns = (*named("organization"), *named("person"))
    rows = steps.order_by().values(*columns).annotate(count=Count("evidence__statement", distinct=True))
    return [_relay(thing, row) for row in sorted(rows, key=lambda row: -row["count"])]


def _relay(thing, row):
    found, slug = relay(row), row["organization__slug"] or row["person__slug"]
    url = statements_at(source=thing.key, via=slug) if found and found.url else ""
    return found, row["count"], url
