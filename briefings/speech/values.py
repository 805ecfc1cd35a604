"""What the engine gives: proposed statements, with who said them and who passed them on."""

from dataclasses import dataclass
from enum import StrEnum

from .tokens import Span


class Form(StrEnum):
    """How words are reported."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"
    OWN = "own voice"


@dataclass(frozen=True, slots=True)
class Relay:
    """One that passed the words on. One that the text does not name has an empty name and no span."""

    name: str
    printed: str
    span: Span | None
    verb: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A statement that the text seems to hold. Spans are (start, end) in code points, the end exclusive.

    `spans` are the passages that make the statement, in reading order, without outer quotation marks. `content` is
    what the cue governs, as corpora of attributions mark it: it has the "that" of a clause, and where what is reported
    is no clause ("urged cooperation") it lacks the subject and the verb that make it a statement. `kind` is
    "quotation", "paraphrase", "assertion" or "opinion". `printed` is the speaker as the text has it, `name` the
    fullest name the text gives that speaker, or "". `chain` names who relayed it, nearest the speaker first.
    `confidence` is a share between 0 and 1.
    """

    spans: tuple[Span, ...]
    content: tuple[Span, ...]
    form: Form
    kind: str
    cue: Span | None = None
    verb: str = ""
    speaker: Span | None = None
    printed: str = ""
    name: str = ""
    chain: tuple[Relay, ...] = ()
    event: str = ""
    event_span: Span | None = None
    confidence: float = 0.0
