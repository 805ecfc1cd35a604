"""What the desk does, one function an act: check, publish, retract, index. Views, admin and commands call it."""

from .citations import index_all_citations, index_citations
from .evidence import body_problems, check_wording, words_of
from .plans import Plan, plan_publication
from .problems import Problem, PublicationRefused, Refused, RetractionRefused, Severity
from .workflow import publish, retract

__all__ = [
    "Plan",
    "Problem",
    "PublicationRefused",
    "Refused",
    "RetractionRefused",
    "Severity",
    "body_problems",
    "check_wording",
    "index_all_citations",
    "index_citations",
    "plan_publication",
    "publish",
    "retract",
    "words_of",
]
