from enum import StrEnum


class Verdict(StrEnum):
    EXACT = "exact"
    TYPOGRAPHIC = "typographic"
    EDITED = "edited"
    ALTERED = "altered"
    MISSING = "missing"
