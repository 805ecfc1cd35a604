"""What readers see of statements: notes as plain values, built in a fixed number of queries. Pages lay them out."""

from .apparatus import Apparatus, apparatus_of
from .building import notes_for
from .second_reading import fingerprint_of, read_by_second, read_statements
from .values import EvidenceNote, Note, PassageNote

__all__ = [
    "Apparatus",
    "EvidenceNote",
    "Note",
    "PassageNote",
    "apparatus_of",
    "fingerprint_of",
    "notes_for",
    "read_by_second",
    "read_statements",
]
