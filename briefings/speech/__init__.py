"""Who said what in an article: proposed statements with exact offsets. Import from here; it knows no Django."""

from .proposals import VERSION, propose
from .values import Form, Proposal, Relay

__all__ = ["VERSION", "Form", "Proposal", "Relay", "propose"]
