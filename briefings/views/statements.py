"""Statements: the list, and one statement with its words, its evidence and all that stands in relation to it."""

from django.conf import settings
from django.shortcuts import render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from briefings.briefing_pages import redactions_of
from briefings.filters import StatementFilter
from briefings.heads import Head
from briefings.languages import name_of_language
from briefings.models import NOUNS, PROPERTIES, Citation, LinkKind, Statement, StatementLink, ends
from briefings.models.dates import describe
from briefings.notes import notes_for
from briefings.parties import Party, named, party
from briefings.quotes import difference
from briefings.rows import correction_rows, statement_rows

from .details import detail
from .lists import list_page

COUNT = ngettext_lazy("%(shown)s statement", "%(shown)s statements", "number")
SAME_UTTERANCE = gettext_lazy("The same utterance, as reported elsewhere")
# How a link reads from the statement it starts at, and from the one it points to.
LINKS = {
    LinkKind.CONTRADICTS: (gettext_lazy("Contradicts"), gettext_lazy("Is contradicted by")),
    LinkKind.SUPPORTS: (gettext_lazy("Supports"), gettext_lazy("Is supported by")),
    LinkKind.SAME_UTTERANCE: (SAME_UTTERANCE, SAME_UTTERANCE),
    LinkKind.SUPERSEDES: (gettext_lazy("Replaces"), gettext_lazy("Is replaced by")),
}


def statement_list(request):
    return list_page(
        request,
        StatementFilter,
        Statement.objects.published(),
        rows=statement_rows,
        name="statement-list",
        section="statements",
        count=COUNT,
        title=_("Statements"),
        description=_(
            "What somebody said or a source asserts, each with the words as printed and how they reached us."
        ),
    )


def statement_detail(request, key):
    return detail(request, Statement, key, statement_page)


def statement_page(request, thing, *, preview=False):
    """The page of a statement whatever its status."""
    note = notes_for(Statement.objects.filter(pk=thing.pk), preview=preview)[thing.key]
    voice = note.speaker_label or (note.first and (note.first.publisher or note.first.source).name) or ""
    words = Truncator(note.text).chars(70)
    title = f"{voice}: “{words}”" if note.is_quotation else f"{voice}: {words}"
    context = {
        "head": Head(title=title, description=note.text, path=note.url, section="statements", type="article"),
        "preview": preview,
        "thing": thing,
        "redactions": redactions_of(("statement", thing.key)),
        "note": note,
        "language": name_of_language(note.language),
        "links": _links(thing),
        "claims": _claims(thing.claims.order_by("order") if preview else thing.claims.published().order_by("order")),
        "briefings": _briefings(thing),
        "reference": _reference(note, voice),
        "reply": _reply(thing),
        "corrections": correction_rows(thing.corrections.all()),
    }
    return render(request, "briefings/statement_detail.html", context)


def _reply(thing):
    """From whom a reply to an allegation was sought, and when, as far as that is recorded."""
    values = {"whom": thing.reply_sought_from, "date": describe(thing.reply_sought_on)}
    if values["whom"] and values["date"]:
        return _("A reply was sought from %(whom)s on %(date)s:") % values
    if values["whom"]:
        return _("A reply was sought from %(whom)s:") % values
    return _("The reply that was sought:") if thing.reply_sought else _("No reply is recorded yet.")


def _links(thing):
    """Groups (heading, [(row, note, changes)]) of the public statements linked with this one, in both directions.

    Where both are the same utterance, `changes` tell word by word how the other's wording differs from this one's.
    """
    public = StatementLink.objects.published()
    links = [
        (LINKS[kind][way], other, note)
        for way, (here, there) in enumerate([("from_statement", "to_statement"), ("to_statement", "from_statement")])
        for kind, other, note in public.filter(**{here: thing}).order_by("pk").values_list("kind", there, "note")
    ]
    rows = {row.pk: row for row in statement_rows([other for _heading, other, _note in links])}
    groups = {}
    for heading, other, note in links:
        changes = _changes(thing, rows[other]) if heading is SAME_UTTERANCE else ()
        groups.setdefault(heading, []).append((rows[other], note, changes))
    return list(groups.items())


def _changes(thing, row):
    """How the words of a row differ from a statement's; nothing where they do not, or in another language."""
    if row.language != thing.language or row.text == thing.text:
        return ()
    return difference(thing.text, row.text)


def _claims(claims):
    """Rows (subject, property, value or object, when) of what the editors read from a statement."""
    columns = [column for end in (*ends("subject"), *ends("object")) for column in named(end)]
    return [
        {
            "subject": _end(row, "subject"),
            "label": PROPERTIES[row["property"]].label,
            "value": _end(row, "object") or Party(PROPERTIES[row["property"]].words(row["value"])),
            "during": describe(row["during"]),
        }
        for row in claims.values("property", "value", "during", *columns)
    ]


def _end(row, side):
    return next((end for noun in NOUNS if (end := party(row, f"{side}_{noun}", noun))), None)


def _briefings(thing):
    """The published briefings that cite a statement, each with its note's number, latest first."""
    citations = (
        Citation.objects.published().filter(statement=thing).order_by("-revision__dated", "revision_id", "number")
    )
    columns = ("revision__briefing__slug", "revision__title", "revision__language", "revision__dated", "number")
    return list(citations.values(*columns).distinct())


def _reference(note, voice):
    """How to cite this statement: one line of plain text."""
    text, first = _isolated(note.text, note.direction), note.first
    words = f"“{text}”" if note.is_quotation else text
    origin = _origin(first) if first else ""
    values = {"voice": voice, "words": words, "origin": origin, "site": settings.SITE_NAME}
    values["address"] = settings.SITE_URL + note.url
    return _("%(voice)s: %(words)s. In: %(origin)s. %(site)s, %(address)s") % values


def _origin(evidence):
    title = f"“{_isolated(evidence.source.name, evidence.direction)}”"
    publisher = evidence.publisher.name if evidence.publisher else ""
    return ", ".join(filter(None, [title, publisher, evidence.published or _("undated"), evidence.address]))


def _isolated(text, direction):
    """Keep the order of what stands around words that run from right to left (UAX #9, first strong isolate)."""
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if direction == "rtl" else text
