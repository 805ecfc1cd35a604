"""What all detail pages do: find what is public, leave a tombstone for what was, and show related things in short."""

from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import or_
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from briefings.heads import Head
from briefings.languages import direction_of
from briefings.models import AliasKind, AttributionStep, Briefing, Citation, Evidence, Source, Statement
from briefings.pagination import counted, in_words
from briefings.rows import briefing_rows, correction_rows, source_rows, statement_rows

SHORT = 10  # how many of a related list a page shows before it points to the whole list


@dataclass(frozen=True)
class Related:
    """The first rows of a related list, how many there are (up to a limit), and the address of the whole list."""

    rows: list
    total: int
    is_capped: bool = False
    url: str = ""

    @property
    def has_more(self):
        return self.total > len(self.rows)

    @property
    def shown(self):
        """The number as a page says it, which admits where counting stopped."""
        return in_words(self.total, self.is_capped, "%(shown)s")


def detail(request, model, key, page):
    """Answer with `page(request, thing)` for a public thing, with a tombstone (410) for a retracted one, else 404."""
    known = {model.natural_key_fields[0]: key}
    if thing := model.objects.published().filter(**known).first():
        return page(request, thing)
    if thing := model.objects.retracted().filter(**known).first():
        return tombstone(request, thing)
    raise Http404(_("Nothing is published at this address."))


def tombstone(request, thing):
    """What stands where a page was: that it was retracted, when and why, and what was corrected in it."""
    noun = thing._meta.model_name
    context = {
        "head": Head(title=_("Retracted"), path=thing.get_absolute_url(), noindex=True),
        "kind": thing._meta.verbose_name,
        "reason": thing.retraction_reason,
        "corrections": correction_rows(thing.corrections.all()) if isinstance(thing, Briefing | Statement) else [],
        "list_url": reverse(f"{noun}-list"),
        "list_name": capfirst(thing._meta.verbose_name_plural),
    }
    return render(request, "410.html", context, status=410)


def statements_at(**narrowed):
    """The address of the statement list, narrowed to what a page is about."""
    return f"{reverse('statement-list')}?{urlencode(narrowed)}"


def related_statements(**lists):
    """Return a Related for each name, of (queryset of public statements, parameters of the statement list).

    All rows are made together: two queries for each list and four for all of them.
    """
    found = {}
    for name, (queryset, _narrowed) in lists.items():
        ordered = queryset.order_by("-said_earliest", "key")
        found[name] = (list(ordered.values_list("pk", flat=True)[:SHORT]), *counted(queryset))
    keys = list(dict.fromkeys(pk for keys, *_count in found.values() for pk in keys))
    rows = {row.pk: row for row in statement_rows(keys)}
    return {
        name: Related([rows[pk] for pk in keys], *count, statements_at(**lists[name][1]))
        for name, (keys, *count) in found.items()
    }


def related_briefings(*statements, **narrowed):
    """The briefings that cite any of `statements` (querysets), latest first, in three queries."""
    chosen = reduce(or_, (Q(statement__in=some.order_by().values("pk")) for some in statements))
    cited = Citation.objects.published().filter(chosen).values("revision")
    return briefings_in_short(Briefing.objects.published().filter(current__in=cited), **narrowed)


def briefings_in_short(briefings, **narrowed):
    """Briefings, latest first, in three queries."""
    url = f"{reverse('briefing-list')}?{urlencode(narrowed)}"
    return Related(briefing_rows(briefings.latest_first()[:SHORT]), *counted(briefings), url)


def related_sources(sources, **narrowed):
    """Sources, latest first, in three queries."""
    url = f"{reverse('source-list')}?{urlencode(narrowed)}"
    rows = source_rows(sources.order_by("-published_earliest", "-key")[:SHORT])
    return Related(rows, *counted(sources), url)


def sources_of(statements):
    """The public sources that carry any of `statements` (a queryset)."""
    carrying = Evidence.objects.filter(statement__in=statements.order_by().values("pk"))
    return Source.objects.published().filter(pk__in=carrying.values("snapshot__source"))


def passed_on_by(thing):
    """The public statements that an organization or person passed on."""
    relayed = AttributionStep.objects.filter(**{thing._meta.model_name: thing})
    return Statement.objects.published().filter(pk__in=relayed.values("evidence__statement"))


def other_names(thing):
    """The other names of an organization or person, each with its language and what kind of name it is."""
    rows = thing.aliases.order_by("kind", "name").values("name", "language", "kind")
    return [{**row, "label": AliasKind(row["kind"]).label, "direction": direction_of(row["language"])} for row in rows]


def grouped_by_speaker(rows):
    """Rows of statements in groups (speaker or None, rows), the one with most first; None is the sources' own voice."""
    ordered = sorted(rows, key=lambda row: row.speaker.name if row.speaker else "")
    groups = [(speaker, list(rows)) for speaker, rows in groupby(ordered, key=lambda row: row.speaker)]
    return sorted(groups, key=lambda group: -len(group[1]))
