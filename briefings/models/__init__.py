"""The model. Import its names from this package; each file holds one noun."""

from .addresses import FormerAddress
from .base import Immutable, ImmutableRecord, Publishable, Record, StaleRecord, Status
from .briefings import Briefing, Citation, PublishedRevision, RevisionAuthor, RevisionTopic, Stage
from .captures import Capture, CaptureState
from .claims import NOUNS, PROPERTIES, Claim, ends, said_at
from .corrections import Correction, CorrectionKind, Flag, FlagCause
from .dates import DateBasis
from .events import Event, EventKind
from .evidence import AttributionStep, Evidence, Passage
from .illustrations import Illustration
from .log import LogEntry
from .organizations import Alias, AliasKind, Organization, OrganizationKind
from .pages import PageEpoch, StoredPage
from .people import Person
from .proposals import Decision, DeskAct, Proposal, ProposalState
from .record_reviews import Reviewable, ReviewState
from .redactions import Redacted, Redaction
from .reports import ReaderReport
from .reviews import Acceptance, Comment, PreviewLink, SentenceMark, Support
from .schedules import Schedule, ScheduleState
from .seals import Seal
from .settings import DeskSettings
from .source_checks import PassageCheck, PassageState, Remedy, SourceCheck, SourceState
from .sources import CaptureMethod, Credibility, Reliability, Snapshot, Source, SourceKind
from .statements import LinkKind, Statement, StatementKind, StatementLink
from .topics import Topic
from .users import User
from .writing import Contribution, WritingWindow

__all__ = [
    "NOUNS",
    "PROPERTIES",
    "Acceptance",
    "Alias",
    "AliasKind",
    "AttributionStep",
    "Briefing",
    "Capture",
    "CaptureMethod",
    "CaptureState",
    "Citation",
    "Claim",
    "Comment",
    "Contribution",
    "Correction",
    "CorrectionKind",
    "Credibility",
    "DateBasis",
    "Decision",
    "DeskAct",
    "DeskSettings",
    "Event",
    "EventKind",
    "Evidence",
    "Flag",
    "FlagCause",
    "FormerAddress",
    "Illustration",
    "Immutable",
    "ImmutableRecord",
    "LinkKind",
    "LogEntry",
    "Organization",
    "OrganizationKind",
    "PageEpoch",
    "Passage",
    "PassageCheck",
    "PassageState",
    "Person",
    "PreviewLink",
    "Proposal",
    "ProposalState",
    "Publishable",
    "PublishedRevision",
    "ReaderReport",
    "Record",
    "Redacted",
    "Redaction",
    "Reliability",
    "Remedy",
    "ReviewState",
    "Reviewable",
    "RevisionAuthor",
    "RevisionTopic",
    "Schedule",
    "ScheduleState",
    "Seal",
    "SentenceMark",
    "Snapshot",
    "Source",
    "SourceCheck",
    "SourceKind",
    "SourceState",
    "Stage",
    "StaleRecord",
    "Statement",
    "StatementKind",
    "StatementLink",
    "Status",
    "StoredPage",
    "Support",
    "Topic",
    "User",
    "WritingWindow",
    "ends",
    "said_at",
]
