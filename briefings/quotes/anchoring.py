from enum import StrEnum


class Location(StrEnum):
    IN_PLACE = "in place"
    MOVED = "moved"
    AMBIGUOUS = "ambiguous"
    GONE = "gone"
