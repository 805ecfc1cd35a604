from .anchoring import Location
from .verdicts import Verdict
