"""What readers see of statements: notes as plain values, built in a fixed number of queries. Pages lay them out."""

from .apparatus import Apparatus, apparatus_of
from .building import notes_for
from .scripts import direction_of
from .values import EvidenceNote, Note, Party, PassageNote

__all__ = ["Apparatus", "EvidenceNote", "Note", "Party", "PassageNote", "apparatus_of", "direction_of", "notes_for"]
