"""What readers see of statements: notes as plain values, built in a fixed number of queries. Pages lay them out."""

from .apparatus import Apparatus, apparatus_of
from .building import notes_for
from .values import EvidenceNote, Note, PassageNote

__all__ = ["Apparatus", "EvidenceNote", "Note", "PassageNote", "apparatus_of", "notes_for"]
