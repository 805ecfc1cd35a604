"""A statement in the making: what was read of it so far."""

from dataclasses import dataclass, field

from .events import Event
from .names import Name
from .tokens import Span
from .values import Form, Proposal, Relay


@dataclass(slots=True)
class Draft:
    """A proposal whose quotation may still go on in the sentences and paragraphs to come."""

    spans: list[Span]
    content: list[Span]
    form: Form
    kind: str
    confidence: float
    cue: Span | None = None
    verb: str = ""
    speaker: Span | None = None
    printed: str = ""
    name: Name | None = None
    chain: tuple[Relay, ...] = field(default=())
    event: Event | None = None

    def proposal(self) -> Proposal:
        """Return the statement as it stands."""
        return Proposal(
            spans=tuple(self.spans),
            content=tuple(self.content),
            form=self.form,
            kind=self.kind,
            cue=self.cue,
            verb=self.verb,
            speaker=self.speaker,
            printed=self.printed,
            name=self.name.full if self.name else "",
            chain=self.chain,
            event=self.event.name if self.event else "",
            event_span=self.event.span if self.event else None,
            confidence=self.confidence,
        )
