"""Engine: a briefing with its notes as a file of its own. Plain values in, the same text or bytes out."""

from .docx import as_docx
from .markdown import as_markdown
from .reading import blocks_of
from .values import Article, ExportedNote, ExportedRemark

__all__ = ["Article", "ExportedNote", "ExportedRemark", "as_docx", "as_markdown", "blocks_of"]
