"""The line under a briefing's title: what it rests on, counted. It claims no more than the records know."""

from collections import Counter
from collections.abc import Collection

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from briefings.models import SourceKind, StatementKind


def evidence_line(notes, read: Collection[str] = ()) -> SafeString:
    """Return the line for the notes of a briefing, as HTML with its numbers in `<b>`; empty without evidence.

    `read` holds the keys of the statements that a second person has read. "From 1 news report, much of it relayed from
    China.org. 5 quotations match its text; 9 reported statements were read against it by a second person. This shows
    what was printed, not that it is true."
    """
    evidence = [piece for note in notes for piece in note.evidence]
    if not evidence:
        return SafeString("")
    sources = {piece.source_key: piece for piece in evidence}
    sentences = [
        _from(sources.values(), evidence),
        *_origins(sources.values()),
        *_unnamed(evidence),
        _statements(notes, len(sources), read),
        *_withdrawn(notes),
        _("This shows what was printed, not that it is true."),
    ]
    return format_html_join(" ", "{}", ((sentence,) for sentence in sentences if sentence))


def _counted(number, words):
    """Put a number into words that hold `{number}`; it never stands alone at the end of a line."""
    return format_html(
        words.replace("{number} ", "{number}\N{NO-BREAK SPACE}"), number=format_html("<b>{}</b>", number)
    )


def _listed(items):
    """Join pieces of HTML as a list of the active language: "a, b and c"."""
    placeholders = get_text_list([f"{{{index}}}" for index in range(len(items))], _("and"))
    return format_html(placeholders, *items)


def _from(sources, evidence):
    kinds = Counter(source.source_kind for source in sources)
    named = _listed([_counted(number, _kind(kind, number)) for kind, number in kinds.items()])
    undated = sum(1 for source in sources if not source.published)
    parts = [format_html(_("From {sources}"), sources=named)]
    if undated == len(sources):
        parts.append(_("undated"))
    elif undated:
        parts.append(_counted(undated, ngettext("{number} of them undated", "{number} of them undated", undated)))
    parts.append(_relayed(evidence))
    return format_html("{}.", format_html_join(", ", "{}", ((part,) for part in parts if part)))


def _kind(kind, number):
    """The words for a number of sources of one kind."""
    return {
        SourceKind.NEWS: ngettext("{number} news report", "{number} news reports", number),
        SourceKind.WEB: ngettext("{number} web page", "{number} web pages", number),
        SourceKind.TRANSCRIPT: ngettext("{number} transcript", "{number} transcripts", number),
        SourceKind.RELEASE: ngettext("{number} press release", "{number} press releases", number),
        SourceKind.RECORD: ngettext("{number} official record", "{number} official records", number),
        SourceKind.INTERVIEW: ngettext("{number} interview", "{number} interviews", number),
        SourceKind.BROADCAST: ngettext("{number} broadcast", "{number} broadcasts", number),
        SourceKind.BOOK: ngettext("{number} book", "{number} books", number),
        SourceKind.POST: ngettext("{number} social post", "{number} social posts", number),
        SourceKind.DOCUMENT: ngettext("{number} unpublished document", "{number} unpublished documents", number),
    }[kind]


def _relayed(evidence):
    """Name the relays, and how much of the evidence came from them; what a relay says itself came from it too."""
    relays = dict.fromkeys(relay for piece in evidence for relay in piece.relays)
    names = [relay.name for relay in relays]
    if not names:
        return ""
    number = sum(1 for piece in evidence if relays.keys() & set(piece.route[:-1]))
    if number == len(evidence):
        words = _("all of it relayed from {relays}")
    elif number * 2 > len(evidence):
        words = _("most of it relayed from {relays}")
    elif number * 3 >= len(evidence):
        words = _("much of it relayed from {relays}")
    else:
        words = _("some of it relayed from {relays}")
    return format_html(words, relays=get_text_list(names, _("and")))


def _origins(sources):
    """Reprints of one text are one origin, however many sources carry it."""
    origins = {source.origin for source in sources}
    if len(origins) < len(sources):
        yield _counted(
            len(origins),
            ngettext(
                "They go back to {number} origin: some reprint the same text.",
                "They go back to {number} origins: some reprint the same text.",
                len(origins),
            ),
        )


def _unnamed(evidence):
    number = sum(1 for piece in evidence if piece.unnamed_relays)
    if number:
        yield _counted(
            number,
            ngettext(
                "For {number} statement the relay is not named.",
                "For {number} statements the relay is not named.",
                number,
            ),
        )


def _statements(notes, sources, read):
    """Count by kind; of quotations, those whose words were compared and stand in a stored text."""
    kinds = Counter(note.kind for note in notes if note.evidence)
    matching = sum(1 for note in notes if any(piece.stands for piece in note.evidence))
    parts = []
    if matching and sources == 1:
        words = ngettext("{number} quotation matches its text", "{number} quotations match its text", matching)
        parts.append(_counted(matching, words))
    elif matching:
        words = ngettext("{number} quotation matches their texts", "{number} quotations match their texts", matching)
        parts.append(_counted(matching, words))
    others = kinds[StatementKind.QUOTATION] - matching
    if others:
        words = ngettext("{number} quotation not found there", "{number} quotations not found there", others)
        parts.append(_counted(others, words))
    del kinds[StatementKind.QUOTATION]
    told = [_counted(kinds[kind], _statement_kind(kind, kinds[kind])) for kind in StatementKind.values if kinds[kind]]
    parts += _second_person(
        told, kinds.total(), sum(1 for note in notes if note.evidence and note.key in read), sources
    )
    return format_html("{}.", format_html_join("; ", "{}", ((part,) for part in parts))) if parts else ""


def _second_person(told, number, read, sources):
    """What is told in other words, by kind, and how many of these statements a second person read against the texts."""
    if not read:
        return told
    if sources == 1:
        all_read = ngettext(
            "{statements} was read against it by a second person",
            "{statements} were read against it by a second person",
            number,
        )
        some_read = _("{number} of these read against it by a second person")
    else:
        all_read = ngettext(
            "{statements} was read against the sources by a second person",
            "{statements} were read against the sources by a second person",
            number,
        )
        some_read = _("{number} of these read against the sources by a second person")
    if read == number:
        return [format_html(all_read, statements=_listed(told))]
    return [*told, _counted(read, some_read)]


def _statement_kind(kind, number):
    return {
        StatementKind.PARAPHRASE: ngettext("{number} reported statement", "{number} reported statements", number),
        StatementKind.ASSERTION: ngettext("{number} assertion", "{number} assertions", number),
        StatementKind.OPINION: ngettext("{number} opinion", "{number} opinions", number),
    }[kind]


def _withdrawn(notes):
    number = sum(1 for note in notes if note.retracted)
    if number:
        words = ngettext("{number} statement was retracted.", "{number} statements were retracted.", number)
        yield _counted(number, words)
