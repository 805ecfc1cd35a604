"""The model. Import its names from this package; each file holds one noun."""

from .base import Immutable, ImmutableRecord, Publishable, Record, StaleRecord, Status
from .briefings import Briefing, Citation, Illustration, PublishedRevision, RevisionAuthor, RevisionTopic
from .captures import Capture, CaptureState
from .claims import NOUNS, PROPERTIES, Claim, ends, said_at
from .dates import DateBasis
from .events import Event, EventKind
from .evidence import AttributionStep, Evidence, Passage
from .organizations import Alias, AliasKind, Organization, OrganizationKind
from .pages import PageEpoch, StoredPage
from .people import Person
from .proposals import Decision, DeskAct, Proposal, ProposalState
from .source_checks import PassageCheck, PassageState, Remedy, SourceCheck, SourceState
from .sources import CaptureMethod, Credibility, Reliability, Snapshot, Source, SourceKind
from .statements import LinkKind, Statement, StatementKind, StatementLink
from .topics import Topic
from .users import User

__all__ = [
    "NOUNS",
    "PROPERTIES",
    "Alias",
    "AliasKind",
    "AttributionStep",
    "Briefing",
    "Capture",
    "CaptureMethod",
    "CaptureState",
    "Citation",
    "Claim",
    "Credibility",
    "DateBasis",
    "Decision",
    "DeskAct",
    "Event",
    "EventKind",
    "Evidence",
    "Illustration",
    "Immutable",
    "ImmutableRecord",
    "LinkKind",
    "Organization",
    "OrganizationKind",
    "PageEpoch",
    "Passage",
    "PassageCheck",
    "PassageState",
    "Person",
    "Proposal",
    "ProposalState",
    "Publishable",
    "PublishedRevision",
    "Record",
    "Reliability",
    "Remedy",
    "RevisionAuthor",
    "RevisionTopic",
    "Snapshot",
    "Source",
    "SourceCheck",
    "SourceKind",
    "SourceState",
    "StaleRecord",
    "Statement",
    "StatementKind",
    "StatementLink",
    "Status",
    "StoredPage",
    "Topic",
    "User",
    "ends",
    "said_at",
]
