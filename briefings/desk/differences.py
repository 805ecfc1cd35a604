"""What an editor changed in a text that is public, in words: to be looked at, and to begin a correction with."""

from briefings.quotes import compare_paragraphs
from briefings.quotes.differences import ChangeKind
from briefings.rendering import paragraphs_of

AROUND = 6  # words that stay around a change, so that a reader knows the place
LONGEST = 1_000  # letters of what is suggested


def changed_paragraphs(published, working):
    """The paragraphs in which two texts differ, word by word: title and standfirst first, then the body."""
    before, after = ([one.title, one.standfirst, *paragraphs_of(one.body)] for one in (published, working))
    return [paragraph for paragraph in compare_paragraphs(before, after) if not paragraph.is_same]


def said_and_says(paragraphs):
    """What the changed places said and say now, each with a few words around it; a line a place."""
    said = [_without(paragraph.changes, ChangeKind.ADDED) for paragraph in paragraphs]
    says = [_without(paragraph.changes, ChangeKind.REMOVED) for paragraph in paragraphs]
    return tuple("\n".join(filter(None, places))[:LONGEST] for places in (said, says))


def _without(changes, kind):
    """One side of a changed paragraph, cut down to its changes and what stands around them."""
    first = next(at for at, change in enumerate(changes) if change.kind != ChangeKind.SAME)
    last = next(at for at in range(len(changes) - 1, -1, -1) if changes[at].kind != ChangeKind.SAME)
    lead = changes[first - 1].words.split() if first else []
    tail = changes[last + 1].words.split() if last + 1 < len(changes) else []
    middle = [change.words for change in changes[first : last + 1] if change.kind != kind]
    if not middle and not (lead or tail):
        return ""
    pieces = [*_cut(lead[-AROUND:], "…" if len(lead) > AROUND else ""), *middle, *tail[:AROUND]]
    return " ".join([*pieces, *(["…"] if len(tail) > AROUND else [])])


def _cut(words, mark):
    return [mark, *words] if mark else words
