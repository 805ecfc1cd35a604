"""How cited statements stand today: what contradicts them, and what became of their sources."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from briefings.models import (
    Evidence,
    LinkKind,
    PassageCheck,
    PassageState,
    SourceCheck,
    SourceState,
    Statement,
    StatementLink,
)

from .problems import Problem, problem


def contradiction_problems(lines: Mapping[str, int]) -> Iterator[Problem]:
    """Yield a warning for each public statement that contradicts a cited one, either way round, and is not cited.

    `lines` gives where each cited statement is cited first. One query.
    """
    public = Statement.objects.published()
    links = StatementLink.objects.filter(kind=LinkKind.CONTRADICTS).filter(
        Q(from_statement__key__in=lines, to_statement__in=public)
        | Q(to_statement__key__in=lines, from_statement__in=public)
    )
    for pair in links.order_by("pk").values_list("from_statement__key", "to_statement__key"):
        cited = [key for key in pair if key in lines]
        if len(cited) == 1:
            other = next(key for key in pair if key not in lines)
            about = cited[0]
            yield problem("contradiction-not-mentioned", about, other=other, line=lines[about], same=[about, other])


def source_problems(lines: Mapping[str, int]) -> Iterator[Problem]:
    """Yield a warning for each source of a cited statement that is gone, or changed since it was captured.

    What editors have decided about every passage that reads differently is not asked again. Three queries.
    """
    first: dict[int, int] = {}
    rows = Evidence.objects.filter(statement__key__in=lines).order_by()
    for key, source in rows.values_list("statement__key", "snapshot__source"):
        first[source] = min(first.get(source, lines[key]), lines[key])
    checks = SourceCheck.objects.current().filter(source__in=first, state__in=(SourceState.GONE, SourceState.CHANGED))
    touched = _touched(lines)
    columns = ("source", "source__key", "source__title", "state", "snapshot__text_sha256")
    for source, key, title, state, copy in checks.order_by("source__key").values_list(*columns):
        if state == SourceState.GONE:
            yield problem("source-gone", title, line=first[source], same=[key])
        elif not touched[source] or not all(touched[source]):
            words = _changed(len(touched[source]) - sum(touched[source]))
            yield problem("source-changed", title, words=words, line=first[source], same=[key, copy or ""])


def _touched(lines: Mapping[str, int]) -> dict[int, list[bool]]:
    """For each source, of each cited passage that its page no longer has as it was, whether somebody decided."""
    found = defaultdict(list)
    checks = PassageCheck.objects.current().filter(
        passage__evidence__statement__key__in=lines, state__in=(PassageState.ALTERED, PassageState.GONE)
    )
    for source, remedy in checks.order_by().values_list("passage__evidence__snapshot__source", "remedy"):
        found[source].append(bool(remedy))
    return found


def _changed(number: int) -> str:
    if not number:
        return _("what is cited still stands there")
    words = ngettext(
        "%(n)d cited passage reads differently or is gone", "%(n)d cited passages read differently or are gone", number
    )
    return words % {"n": number}
