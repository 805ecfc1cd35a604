"""Makes notes of rows: the words in their sentence, the route they came by, and where to look them up."""

from bisect import bisect_right
from dataclasses import replace

from briefings import parties
from briefings.languages import direction_of
from briefings.models import DateBasis, StatementKind, Status
from briefings.models.dates import day_of, describe
from briefings.parties import Party, address_of
from briefings.quotes import Verdict, blocks, edits, fragment_url, sentence_around

from .drift import evidence_drift, is_gone, passage_drift
from .reading import Rows
from .values import EvidenceNote, Note, PassageNote
from .wording import basis, basis_label, captured, edited, kind_of_source, kind_of_statement, stands, wording


def notes_for(statements, *, preview=False, topics=True) -> dict[str, Note]:
    """Return the notes of `statements` (a queryset of statements, or their keys), by key and in the order given.

    Keys that name nothing are left out. For the public (no `preview`) only what is published shows: given keys, drafts
    are left out and retracted statements keep their reason alone; evidence in a source that is not public is left out.
    A queryset says itself which statements it means. Six queries, whatever the number of statements; one less without
    `topics`.
    """
    builder = _Builder(Rows(statements, preview=preview, topics=topics), preview)
    return {row["key"]: builder.note(row) for row in builder.rows.statements}


class _Builder:
    def __init__(self, rows, preview):
        self.rows = rows
        self.preview = preview
        self.addresses = {}
        self.paragraphs = {}

    def address(self, name, key):
        """A page's address; the same few parties return again and again, and reversing is slow."""
        if (name, key) not in self.addresses:
            self.addresses[name, key] = address_of(name, key)
        return self.addresses[name, key]

    def party(self, row, path, noun=""):
        """Who a relation names, or None; a name that was never public shows in previews alone."""
        return parties.party(row, path, noun, preview=self.preview, address=self.address)

    def note(self, row):
        speaker = self.party(row, "speaker_person", "person") or self.party(row, "speaker_organization", "organization")
        common = {
            "key": row["key"],
            "url": self.address("statement-detail", row["key"]),
            "kind": row["kind"],
            "kind_label": kind_of_statement(row["kind"]),
            "language": row["language"],
            "direction": direction_of(row["language"]),
            "is_quotation": row["kind"] == StatementKind.QUOTATION,
        }
        if row["status"] == Status.RETRACTED and not self.preview:
            hidden = dict.fromkeys(("text", "speaker_label", "said", "said_note"), "")
            return Note(**common, **hidden, speaker=None, event=None, retracted=row["retraction_reason"])
        return Note(
            **common,
            text=row["text"],
            speaker=speaker,
            speaker_label=speaker.name if speaker else row["speaker_description"],
            said=describe(row["said"]),
            said_note=basis(row["said_basis"], row["said_note"]) if row["said"] else "",
            event=self.party(row, "event"),
            translation=row["translation"],
            translator=row["translator"],
            retracted=row["retraction_reason"],
            evidence=tuple(_once(self.evidence(row, evidence, speaker) for evidence in self.rows.evidence[row["pk"]])),
            topics=tuple(self.party(topic, "", "topic") for topic in self.rows.topics[row["pk"]]),
        )

    def evidence(self, statement, row, speaker):
        copy = self.rows.snapshots[row["snapshot_id"]]
        source = {name.removeprefix("source__"): value for name, value in copy.items() if name.startswith("source__")}
        publisher = self.party(source, "publisher", "organization")
        relays = [self.relay(step) for step in self.rows.steps[row["pk"]]]
        verbatim = stands(statement["kind"], row["verdict"], row["location"])
        page = self.address("source-detail", source["key"])
        touched = [passage["touched__state"] for passage in self.rows.passages[row["pk"]]]
        public = source["status"] == Status.PUBLISHED
        passages = tuple(
            self.passage(passage, f"{statement['key']}-{row['order']}", copy, page if public else "", verbatim)
            for passage in self.rows.passages[row["pk"]]
        )
        voice = speaker or (Party(statement["speaker_description"]) if statement["speaker_description"] else None)
        return EvidenceNote(
            source=Party(source["title"], page if public else ""),
            source_key=source["key"],
            source_kind=source["kind"],
            origin=source["origin__key"] or source["key"],
            publisher=publisher,
            kind_label=kind_of_source(source["kind"]),
            published=describe(source["published"]),
            published_basis=basis_label(source["published_basis"]) if source["published"] else "",
            published_note=_date_note(source),
            authors=source["authors"],
            language=source["language"],
            direction=direction_of(source["language"]),
            captured=captured(copy["method"], copy["captured_at"], copy["imported_at"]),
            day=day_of(copy["captured_at"] or copy["imported_at"]),
            name_printed=row["name_printed"],
            verb=row["verb"],
            route=parties.route(voice, relays, publisher or Party(source["title"], page if public else "")),
            relays=tuple(filter(None, relays)),
            unnamed_relays=relays.count(None),
            wording=wording(
                statement["kind"], row["verdict"], row["location"],
                publisher=publisher.name if publisher else "", own_voice=not voice and not relays,
                method=copy["method"],
            ),
            edits=_edits(statement["text"], row["verdict"], passages) if verbatim else (),
            stands=verbatim,
            passages=passages,
            address=source["address"],
            live_url=_live_url(source["address"], copy["text"], passages),
            archive_url=copy["archive_address"],
            sha256=copy["text_sha256"],
            drift=evidence_drift(copy, touched),
            gone=is_gone(copy),
        )  # fmt: skip

    def relay(self, step):
        return parties.relay(step, preview=self.preview, address=self.address)

    def passage(self, row, evidence, copy, page, verbatim):
        """`evidence` names the piece of evidence: the anchor is the same wherever the content is loaded."""
        anchor = f"{evidence}-{row['order']}"
        text, start, end = copy["text"], row["start"], row["end"]
        first, last = sentence_around(text, start, end)
        return PassageNote(
            pk=row["pk"],
            before=text[first:start],
            exact=row["exact"],
            after=text[end:last],
            anchor=anchor,
            url=f"{page}#passage-{anchor}" if page else "",
            paragraph=self.paragraph(copy, start),
            locator=row["locator"],
            start=start,
            end=end,
            verbatim=verbatim,
            drift=passage_drift(row["touched__state"]),
        )

    def paragraph(self, copy, position):
        """The number of the paragraph at a place of a stored copy, whose paragraphs are counted once."""
        if copy["pk"] not in self.paragraphs:
            self.paragraphs[copy["pk"]] = [start for start, _end in blocks(copy["text"])]
        return max(1, bisect_right(self.paragraphs[copy["pk"]], position))


def _once(pieces):
    """Pieces of evidence, those of further copies of one source that say the very same told of by the first alone."""
    told = {}
    for piece in pieces:
        words = tuple(passage.exact for passage in piece.passages)
        same = (piece.source_key, words, piece.name_printed, piece.verb, piece.route, piece.wording)
        first = told.setdefault(same, piece)
        if first is not piece:
            told[same] = replace(first, again=(*first.again, piece.day))
    return told.values()


def _edits(quote, verdict, passages):
    return edited(edits(quote, [passage.exact for passage in passages])) if verdict == Verdict.EDITED else ()


def _date_note(source):
    if not source["published"]:
        return source["published_note"]
    return basis(source["published_basis"] or DateBasis.PRINTED, source["published_note"])


def _live_url(address, text, passages):
    """The original at the words of the first passage, as long as it has them."""
    if not address or not passages or passages[0].drift:
        return address
    return fragment_url(address, text, passages[0].start, passages[0].end)
