"""How a published briefing was checked, as plain values for readers: which checks, what they found, whose word stands.

The checks are those of `editorial.evidence`, on the latest published revision. A report is kept in the cache for as
long as the finished page of its briefing is fresh: whatever makes that stale may have changed the report too.
"""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from briefings.editorial.evidence import body_problems
from briefings.models import Acceptance, Citation, Evidence, Source, SourceCheck, Statement, StatementKind, StoredPage
from briefings.models.dates import day_of
from briefings.quotes import PUBLISHABLE, Verdict
from briefings.rendering import marked_words
from briefings.stored_pages import renderer

KEPT = 24 * 60 * 60  # seconds
UNSAID = {"unpublished-statement", "embargo", "too-many"}  # of a draft, which is no reader's
CHECKS = [
    (gettext_lazy("Every citation leads to a public statement"), "unknown-citation bad-citation-syntax"),
    (
        gettext_lazy("Every quotation stands in a passage that is cited beside it"),
        "quotation-not-in-cited-passage translation-not-recorded bad-marked-words marked-without-reason"
        " marked-too-long",
    ),
    (
        gettext_lazy("The words of every cited quotation are those of its stored copy"),
        "wording-differs passage-gone passage-ambiguous evidence-without-passage statement-without-evidence",
    ),
    (gettext_lazy("No cited statement has been retracted"), "retracted-statement"),
    (gettext_lazy("An allegation comes with the reply that was sought"), "allegation-without-reply"),
    (gettext_lazy("Every paragraph cites what it rests on, our own analysis excepted"), "uncited-paragraph"),
    (
        gettext_lazy("Every number and date stands in a passage or a record that is cited"),
        "number-not-cited date-not-cited",
    ),
    (gettext_lazy("Every statement has more than one origin; reprints and relays of one count once"), "one-origin"),
    (gettext_lazy("Every statement reached at least one source at first hand"), "second-hand"),
    (gettext_lazy("No public statement that contradicts a cited one is left out"), "contradiction-not-mentioned"),
    (gettext_lazy("Every source still stands at its address as it was captured"), "source-gone source-changed"),
    (gettext_lazy("Every picture says in words what it shows"), "unknown-illustration illustration-without-alt"),
    (
        gettext_lazy("A translation leads to its original"),
        "original-not-published translation-in-same-language translation-of-translation",
    ),
    (gettext_lazy("The text is written as the site can read it"), "bad-link raw-html link-not-allowed unknown-block"),
]
VERDICTS = {
    Verdict.EXACT: gettext_lazy("match glyph by glyph"),
    Verdict.TYPOGRAPHIC: gettext_lazy("match but for quotation marks, dashes or spaces"),
    Verdict.EDITED: gettext_lazy("match with cuts and insertions marked"),
}
KINDS = {
    "title": gettext_lazy("a title"),
    "term": gettext_lazy("a term"),
    "translation": gettext_lazy("our translation"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One check and what came of it, in words."""

    label: str
    result: str
    state: str  # "well", "said" where editors gave their word on all of it, else "open"
    findings: tuple[tuple[str, str, str], ...]  # sentence, the editors' reason, and its day


def report_of(briefing):
    """Return the report on the latest published revision of a public briefing, in a fixed number of queries."""
    fresh = StoredPage.objects.fresh(renderer()).filter(briefing=briefing)
    etag = fresh.values_list("etag", "built_at").first()
    if etag is None:
        return _report(briefing)
    key = f"checks-{briefing.pk}-{etag[0]}-{etag[1].timestamp()}-{briefing.version}-{get_language()}"
    return cache.get_or_set(key, lambda: _report(briefing), KEPT)


def _report(briefing):
    revision = briefing.current
    words = {(one.code, one.fingerprint): day_of(one.at) for one in Acceptance.objects.filter(briefing=briefing)}
    found = [one for one in body_problems(revision.body, briefing=briefing) if one.code not in UNSAID]
    statements = Statement.objects.published().filter(citations__revision=revision)
    return {
        "checks": [_check(str(label), codes.split(), found, words) for label, codes in CHECKS],
        "statements": statements.distinct().count(),
        "wordings": _wordings(statements),
        "sources": _sources(statements),
        "marked": [(one.words, str(KINDS[one.kind]), one.reason) for one in marked_words(revision.body)],
        "citations": Citation.objects.filter(revision=revision).count(),
    }


def _check(label, codes, found, words):
    mine = sorted((one for one in found if one.code in codes), key=lambda one: not one.is_open)
    still_open = sum(one.is_open for one in mine)
    if not mine:
        state, result, number = "well", _("nothing found"), 0
    elif still_open:
        state, number = "open", still_open
        result = ngettext("%(n)d finding since it was published", "%(n)d findings since it was published", number)
    else:
        state, number = "said", len(mine)
        result = ngettext("%(n)d finding; the editors say why it stands", "%(n)d findings; the editors say why", number)
    findings = tuple((one.finding, one.reason, words.get((one.code, one.fingerprint), "")) for one in mine)
    return Check(label, result % {"n": number} if number else result, state, findings)


def _wordings(statements):
    """How the words of the cited quotations compare: [(number, in words)], the best first."""
    quoted = statements.filter(kind=StatementKind.QUOTATION)
    rows = Evidence.objects.published().filter(statement__in=quoted.order_by().values("pk")).order_by()
    counts = dict(rows.values_list("verdict").annotate(Count("pk")))
    known = [(counts[verdict], str(words)) for verdict, words in VERDICTS.items() if verdict in counts]
    rest = sum(count for verdict, count in counts.items() if verdict not in PUBLISHABLE)
    return [*known, (rest, _("do not match, or were not compared yet"))] if rest else known


def _sources(statements):
    """The sources that carry what is cited: (title, address, how its page stood, and when it was looked at last)."""
    carrying = Evidence.objects.published().filter(statement__in=statements.order_by().values("pk"))
    sources = Source.objects.published().filter(pk__in=carrying.values("snapshot__source")).order_by("title", "key")
    checks = SourceCheck.objects.current().filter(source__in=sources.order_by().values("pk"))
    looks = {one.source_id: (capfirst(one.get_state_display()), day_of(one.checked_at)) for one in checks}
    return [(one.title, one.get_absolute_url(), *looks.get(one.pk, ("", ""))) for one in sources.only("title", "key")]
