"""Reads one article from its beginning to its end, and drafts its statements."""

from .announcements import announcements
from .chains import Chained, Link, chained
from .clauses import reports
from .confidence import BARE, GLOSS, UNATTRIBUTED, confidence
from .cues import Mode
from .drafts import Draft
from .events import Event, Events, is_elsewhere
from .names import Name, Names
from .own_voice import claim, introduction
from .passages import form_of, span_of, speaker_span, trimmed, whole
from .phrases import Tokens
from .reports import Report
from .segments import Paragraph, Sentence, paragraphs
from .speakers import Speakers
from .subjects import first_subject
from .tokens import Span
from .values import Form, Relay

_FEW = 8  # a text with fewer reports than one in so many sentences is no report of speech


class Reader:
    """Reads the paragraphs of an article in order; `drafts` gives what it found."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._blocks = list(paragraphs(text))
        self._names = Names(self._blocks)
        self._speakers = Speakers(self._names)
        self._events = Events(text, self._blocks)
        self._places: dict[str, Event] = {}  # the event that each speaker was last said to be at
        self._found: list[Draft] = []
        self._claims: list[Sentence] = []  # sentences without a report
        self._running: Draft | None = None  # whose quotation may go on in the next sentence
        self._before: Draft | None = None  # whose words a paragraph would hold that is a mere quotation

    def drafts(self) -> list[Draft]:
        """Return the drafts of the whole article, in reading order."""
        last: Paragraph | None = None
        for block in self._blocks:
            if last is None or not last.is_open:
                self._before = self._leading(last) if last else None
                self._running = None
            if not _is_heading(block):
                for sentence in block.sentences:
                    self._sentence(sentence)
            last = block
        self._found += self._own()
        return sorted(
            (draft for draft in self._found if draft.spans), key=lambda draft: (draft.spans[0], draft.content)
        )

    def _leading(self, block: Paragraph) -> Draft | None:
        """Return whose words a mere quotation after `block` is: those of its last speaker, or as its colon says."""
        running = self._running
        if running and running.form is not Form.INDIRECT and (running.speaker or running.cue):
            return running
        t = block.sentences[-1].tokens
        subject = first_subject(t, len(t) - 1) if t[-1].text == ":" else None
        verb = next((token for token in reversed(t) if token.is_word), None)
        if subject is None or verb is None:
            return None
        span = speaker_span(t, subject)
        draft = Draft([], [], Form.DIRECT, "quotation", BARE, (verb.start, verb.end), verb.text, span)
        draft.printed, draft.name = self._text[slice(*span)], self._speakers.resolve(t, subject)
        return draft

    def _sentence(self, sentence: Sentence) -> None:
        t = sentence.tokens
        if not any(token.is_word for token in t):
            self._bare([token.inside for token in t if token.inside])
            return
        found = [*reports(t), *announcements(t)]
        found.sort(key=lambda report: report.cue.first)
        made = [draft for one in chained(found) if (draft := self._made(t, one, found)) and draft.spans]
        self._found += made
        if not made:
            self._claims.append(sentence)
        self._introductions(sentence)
        self._running = next((draft for draft in made if draft.form is Form.DIRECT), made[-1] if made else None)
        self._speakers.read(sentence, has_report=bool(made))

    def _introductions(self, sentence: Sentence) -> None:
        """Take in what the text says of a medium that it names: what it is."""
        t = sentence.tokens
        for run in sentence.names:
            if (said := introduction(t, run)) and (name := self._names.of_run(t, *run)) and name.is_medium:
                spans = trimmed(self._text, [span_of(t, said.part)])
                self._found.append(Draft(spans, list(spans), Form.OWN, said.kind, said.confidence))

    def _bare(self, inside: list[Span]) -> None:
        """Take in a sentence that is nothing but quotations: they go on what was said before them."""
        spans = trimmed(self._text, inside)
        if self._running:
            self._running.spans += spans
            self._running.content += spans
            return
        if sum(len(self._text[slice(*span)].split()) for span in spans) <= 5:
            return
        draft = Draft(list(spans), list(spans), Form.DIRECT, "quotation", UNATTRIBUTED)
        if before := self._before:
            draft.speaker, draft.printed, draft.name = before.speaker, before.printed, before.name
            draft.cue, draft.verb, draft.confidence = before.cue, before.verb, BARE
            draft.chain, draft.event = before.chain, before.event
        self._found.append(draft)
        self._running = draft

    def _made(self, t: Tokens, one: Chained, found: list[Report]) -> Draft | None:
        """Return the draft of a report. A gloss on the words of others is the opinion of whoever relays them."""
        draft = self._draft(t, one, found)
        if not one.report.is_gloss:
            return draft
        relay = next((link for link in one.links if link.subject), None)
        if relay is None or relay.subject is None:
            return None
        draft.speaker = speaker_span(t, relay.subject)
        draft.printed, draft.name = self._text[slice(*draft.speaker)], self._speakers.resolve(t, relay.subject)
        draft.cue = t[relay.report.cue.at].start, t[relay.report.cue.end - 1].end
        draft.verb, draft.kind = self._text[slice(*draft.cue)], "opinion"
        draft.chain, draft.event, draft.confidence = (), None, GLOSS
        return draft

    def _draft(self, t: Tokens, one: Chained, found: list[Report]) -> Draft:
        report = one.report
        name = self._speakers.resolve(t, report.subject)
        if report.cue.mode is not Mode.NOUN:
            self._speakers.notice(name)
        form = form_of(t, report)
        content = [span_of(t, part) for part in report.content if part[0] < part[1]]
        speaker = speaker_span(t, report.subject) if report.subject else None
        cue = t[report.cue.at].start, t[report.cue.end - 1].end
        return Draft(
            spans=trimmed(self._text, whole(t, report, _end(report, found))),
            content=trimmed(self._text, content),
            form=form,
            kind=_kind(form, name),
            confidence=confidence(t, report, form, is_named=name is not None),
            cue=cue,
            verb=self._verb(t, report),
            speaker=speaker,
            printed=self._text[slice(*speaker)] if speaker else "",
            name=name,
            chain=tuple(self._relay(t, link) for link in one.links),
            event=self._event(t, report, name),
        )

    def _verb(self, t: Tokens, report: Report) -> str:
        """Return the cue as printed; of a cue in two parts, both: "quoted … saying"."""
        cue = report.cue
        if cue.mode is Mode.QUOTED and cue.end - cue.at > 3:
            return f"{t[cue.at].text} … {t[cue.end - 1].text}"
        return self._text[t[cue.at].start : t[cue.end - 1].end]

    def _event(self, t: Tokens, report: Report, name: Name | None) -> Event | None:
        """Return where it was said: the event of the sentence, or where the speaker was last said to be."""
        if name is None or not name.is_person or report.cue.mode is Mode.NOUN or is_elsewhere(t, report.content):
            return None
        if event := self._events.mentioned(t):
            self._places[name.full] = event
        return self._places.get(name.full)

    def _relay(self, t: Tokens, link: Link) -> Relay:
        cue = link.report.cue
        end = cue.end if cue.mode is Mode.ACCORDING else cue.at + 1
        if link.subject is None:
            return Relay("", "", None, self._text[t[cue.first].start : t[cue.end - 1].end])
        verb = self._text[t[cue.at].start : t[end - 1].end]
        span = speaker_span(t, link.subject)
        printed = self._text[slice(*span)]
        name = self._speakers.resolve(t, link.subject)
        return Relay(name.full if name else printed, printed, span, verb)

    def _own(self) -> list[Draft]:
        """Return what the text claims in its own voice."""
        is_report = len(self._found) * _FEW > len(self._claims)
        made = []
        for sentence in self._claims:
            if own := claim(sentence.tokens, is_report=is_report):
                spans = trimmed(self._text, [span_of(sentence.tokens, own.part)])
                made.append(Draft(spans, list(spans), Form.OWN, own.kind, own.confidence))
        return made


def _kind(form: Form, name: Name | None) -> str:
    if form is Form.DIRECT:
        return "quotation"
    return "assertion" if name is not None and name.is_medium else "paraphrase"


def _end(report: Report, found: list[Report]) -> int:
    """Return where a statement ends: before the "that" of what an announcement in it reports."""
    end = report.content[0][1]
    inner = [one.content[0][0] for one in found if one.cue.mode is Mode.NOUN and one is not report]
    return min([end, *(at for at in inner if report.content[0][0] < at < end)])


def _is_heading(block: Paragraph) -> bool:
    """Return whether a block is a title, the label of a picture or a button: a few words and no stop."""
    tokens = block.sentences[-1].tokens
    last = tokens[-1]
    if last.is_quotation or last.text in ".!?…:;,)" or last.text.endswith((".", "”", '"')):
        return False
    return len(block.sentences) == 1 and len(tokens) < 30
