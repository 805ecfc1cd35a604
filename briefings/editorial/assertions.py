"""What a text says beyond what it cites: paragraphs without a citation, and figures that no cited passage gives."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from django.db.models import Q

from briefings.models import Claim, Evidence, Passage, Statement
from briefings.models.dates import parse
from briefings.prose import Figure, Known, figures
from briefings.quotes import sentence_around
from briefings.rendering import Scope, Stretch

from .problems import MOST_PROBLEMS, Problem, problem

PROSE = {"paragraph", "bullet_list", "ordered_list", "blockquote"}
LISTS = {"bullet_list", "ordered_list", "blockquote"}
SHOWN = 70  # code points of a paragraph that nothing is cited for


def assertion_problems(scopes: Sequence[Scope], keys: Iterable[str]) -> list[Problem]:
    """Return a warning for each paragraph without a citation, and for each figure that is not known where it stands.

    Known is what the passages cited in the paragraph give, and what the records of their statements do: claims, when it
    was said, its event, when its sources were published. Headings and analyses that cite nothing themselves are held
    to all that the text cites. Five queries, whatever is cited.
    """
    found = list(islice(_uncited(scopes), MOST_PROBLEMS))
    if any(stretch.words for scope in scopes for stretch in scope.stretches if figures(stretch.words)):
        found += islice(_figures(scopes, known_from(keys)), MOST_PROBLEMS)
    return found


def _uncited(scopes: Sequence[Scope]) -> Iterator[Problem]:
    for place, scope in enumerate(scopes):
        words = " ".join(scope.words.replace("\0", " ").split())
        if scope.kind not in PROSE or scope.is_analysis or not any(map(str.isalpha, words)):
            continue
        if not _basis(scopes, place):
            shown = words if len(words) <= SHOWN else words[:SHOWN].rsplit(" ", 1)[0] + " …"
            yield problem("uncited-paragraph", shown, line=scope.line, same=[words])


def _basis(scopes: Sequence[Scope], place: int) -> tuple[str, ...]:
    """The keys that a scope rests on: its own, or, for a list and the line that leads to it, those of the other."""
    scope = scopes[place]
    if scope.keys:
        return scope.keys
    before = scopes[place - 1] if place else None
    after = scopes[place + 1] if place + 1 < len(scopes) else None
    if after and after.kind in LISTS and _leads(scope):
        return after.keys
    if before and scope.kind in LISTS and _leads(before):
        return before.keys
    return ()


def _leads(scope: Scope) -> bool:
    return scope.kind == "paragraph" and scope.words.rstrip().endswith(":")


def _figures(scopes: Sequence[Scope], known: Mapping[str, Known]) -> Iterator[Problem]:
    whole = Known.together(known.values())
    told = set()
    for place, scope in enumerate(scopes):
        keys = _basis(scopes, place)
        is_ours = scope.is_analysis or scope.kind == "heading"
        if not keys and not is_ours:
            continue  # nothing is cited: that is said of the whole paragraph
        basis = whole if is_ours else Known.together(known[key] for key in keys if key in known)
        for stretch in scope.stretches:
            for figure in _unknown(stretch, basis, in_digits=is_ours and not scope.keys):
                one = _figure_problem(figure, stretch, keys)
                if one.fingerprint not in told:
                    told.add(one.fingerprint)
                    yield one


def _unknown(stretch: Stretch, basis: Known, *, in_digits: bool) -> Iterator[Figure]:
    """The figures of a stretch that are not known; in words of our own, counts in words are ours as well."""
    for figure in figures(stretch.words):
        if not basis.gives(figure) and (figure.is_date or figure.is_in_digits or not in_digits):
            yield figure


def _figure_problem(figure: Figure, stretch: Stretch, keys: Iterable[str]) -> Problem:
    start, end = sentence_around(stretch.words, figure.start, figure.end)
    return problem(
        "date-not-cited" if figure.is_date else "number-not-cited",
        figure.printed,
        line=stretch.line_at(figure.start),
        same=[figure.printed, stretch.words[start:end].replace("\0", " "), *sorted(keys)],
    )


def known_from(keys: Iterable[str]) -> dict[str, Known]:
    """Return for each statement's key the figures that its passages and its records give, in five queries."""
    wanted = set(keys)
    texts, dates = defaultdict[str, list[str]](list), defaultdict[str, list[tuple[int, int, int]]](list)
    of_statement = "evidence__statement__key"
    for key, exact in Passage.objects.filter(evidence__statement__key__in=wanted).values_list(of_statement, "exact"):
        texts[key].append(exact)
    rows = Statement.objects.filter(key__in=wanted).order_by()
    for key, said, translation, name, date in rows.values_list(
        "key", "said", "translation", "event__name", "event__date"
    ):
        texts[key] += [translation, name or ""]
        dates[key] += [*_days(said), *_days(date or "")]
    sources = Evidence.objects.filter(statement__key__in=wanted).order_by()
    source = "snapshot__source__"
    for key, title, published in sources.values_list("statement__key", source + "title", source + "published"):
        texts[key].append(title)
        dates[key] += _days(published)
    _add_claims(wanted, texts, dates)
    return {key: Known(texts[key], dates[key]) for key in wanted}


def _add_claims(wanted: set[str], texts: Mapping[str, list[str]], dates: Mapping[str, list]) -> None:
    """Add what the claims of the statements say, and the dates that claims give to their events."""
    about_events = Q(property="date", subject_event__statements__key__in=wanted)
    claims = Claim.objects.filter(Q(statement__key__in=wanted)).order_by()
    for key, value, during in claims.values_list("statement__key", "value", "during"):
        texts[key].append(value)
        dates[key] += [*_days(during), *_days(value)]
    claims = Claim.objects.published().filter(about_events, subject_event__statements__key__in=wanted).order_by()
    for key, value in claims.values_list("subject_event__statements__key", "value"):
        if key in wanted:
            dates[key] += _days(value)


def _days(edtf: str) -> Iterator[tuple[int, int, int]]:
    """The ends of a partial date as (year, month, day), with 0 for what it leaves open; nothing for any other text."""
    try:
        ends = parse(edtf) if edtf else ()
    except ValueError:
        return
    for end in dict.fromkeys(ends):
        if end is not None:
            yield end.year, end.month or 0, end.day or 0
