"""What people type into the short fields of the desk, made fit to be kept."""

LONGEST_NOTE = 500  # letters of a change note, as the model holds it
LONGEST_REASON = 2000  # letters of a note or a reason in the log


def line(words: str) -> str:
    """Return words as one line, without what no database holds (NUL) and without white space around them."""
    return " ".join(words.replace("\x00", "").split())


def lines(words: str) -> str:
    """Return words with their line breaks, as LF, without NUL and without white space at the end of each line."""
    kept = words.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(one.rstrip() for one in kept.split("\n")).strip()
