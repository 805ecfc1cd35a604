"""The prose engine: numbers, dates and names of months in English prose, and whether other texts give them too.

Import from here; it knows no Django and no Markdown.
"""

from .figures import Figure, figures
from .known import Known

__all__ = ["Figure", "Known", "figures"]
