"""What must hold for any text whatever, each property with the strategies that feed it.

`test_properties.py` tries a few hundred examples of each, `tests/benchmarks/properties.py` many thousands. What words
are the same is decided here once more, by other means than the engine's, and more leniently: what the engine publishes
must be the same here, never the other way round.
"""

import json
import re
import unicodedata
from itertools import pairwise

from hypothesis import strategies as st

from briefings.quotes import (
    PUBLISHABLE,
    Location,
    Verdict,
    anchor,
    blocks,
    compare,
    difference,
    edits,
    find_in,
    find_words,
    from_annotation,
    locate,
    paragraph_number,
    quoted_spans,
    selector_at,
    sentence_around,
    suggest,
    text_fragment,
    to_annotation,
)

from .samples import hostile_text, short_article

IGNORED = {0xAD, 0x200B, 0xFEFF, 0x200E, 0x200F, 0x61C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
MARKS = {"–": "-", "—": "-", "‑": "-", "−": "-", "…": "..."} | dict.fromkeys("“”„«»‘’‚′'", '"')
NEGATIONS = ["not", "never", "no", "n't", "نہیں", "不"]


def spelled(words: str) -> str:
    """Return what may be compared: all marks alike, gaps plain, invisible characters gone, one final stop gone."""
    plain = unicodedata.normalize("NFC", "".join(char for char in words if ord(char) not in IGNORED))
    plain = re.sub(r"\s+", lambda gap: "\n" if set(gap[0]) & set("\n\r\v\f\x85\u2028\u2029") else " ", plain)
    plain = "".join(MARKS.get(char, char) for char in plain).strip()
    return plain[:-1] if plain.endswith(tuple(",.،۔。，")) and not plain.endswith("..") else plain


def stands_in_order(quote: str, text: str) -> bool:
    """Tell whether each stretch of an edited quotation outside its brackets and cuts stands in `text`, in order."""
    rest = spelled(text)
    for stretch in re.split(r"\[[^\[\]]*\]|\.{3}", spelled(quote).replace("....", ". ...")):
        words = spelled(stretch).strip()
        at = rest.find(words)
        if at < 0:
            return False
        rest = rest[at + len(words) :]
    return True


def is_honest(verdict: Verdict, quote: str, text: str, *, whole: bool) -> bool:
    """Tell whether a verdict says no more than is so."""
    if verdict not in PUBLISHABLE:
        return True
    if verdict == Verdict.EDITED:
        return stands_in_order(quote, text)
    return spelled(quote) == spelled(text) if whole else spelled(quote) in spelled(text)


def changed(text: str, kind: str, place: int, letter: str) -> str | None:
    """Return `text` with one change of the kind at one of the places for it, or None if there are none."""
    pattern, change = CHANGES[kind]
    places = list(re.finditer(pattern, text))
    if not places:
        return None
    found = places[place % len(places)]
    return text[: found.start()] + change(found[0], letter) + text[found.end() :]


CHANGES = {
    "a word for another": (r"[^\W_]{2,}", lambda word, letter: "q" + letter + word[::-1]),
    "a word dropped": (r"[^\W_]+\s", lambda word, letter: ""),
    "a negation put in": (r"(?<=\S) (?=\S)", lambda gap, letter: f" {NEGATIONS[ord(letter) % len(NEGATIONS)]} "),
    "a negation dropped": (r"\b(?:not|No|n't|never)\b ?", lambda word, letter: ""),
    "a digit": (r"[0-9]", lambda digit, letter: str((int(digit) + 1 + ord(letter) % 9) % 10)),
    "a full-width digit": (r"[0-9]", lambda digit, letter: chr(ord(digit) + 0xFEE0)),
    "letter case": (r"[a-zA-Z]", lambda char, letter: char.swapcase()),
    "a diacritic": (r"[aeiouAEIOU](?![\u0300-\u036f])", lambda char, letter: char + "\u0327"),
    "a paragraph break": (r"(?<=\S) (?=\S)", lambda gap, letter: "\n"),
    "a letter": (r"[^\W_]", lambda char, letter: letter if letter != char else "ø"),
    "a joiner": (r"(?<=[^\W_])(?=[^\W_])", lambda nothing, letter: "\u200c"),
}
LETTERS = st.sampled_from("bdkz0259éøкش全")
PLACES = st.integers(0, 60)


def a_change_is_never_publishable(text, kind, place, letter):
    now = changed(text, kind, place, letter)
    if now is None or spelled(now) == spelled(text):
        return
    assert compare(now, [text]) not in PUBLISHABLE
    assert compare(text, [now]) not in PUBLISHABLE
    assert is_honest(find_in(now, text), now, text, whole=False)
    end = len(text)
    found = anchor(now, selector_at(text, 0, end))
    assert found.verdict not in PUBLISHABLE or spelled(now[found.start : found.end]) == spelled(text)


def what_is_reported_is_what_stands_there(text, other, start, size, at):
    start = min(start, len(text) - 1)
    selector = selector_at(text, start, min(len(text), start + size))
    now = text[: at % len(text)] + other + text[at % len(text) :]
    place, found = anchor(now, selector), locate(now, selector)
    for one in (place, found):
        is_nowhere = one.location in (Location.AMBIGUOUS, Location.GONE)
        assert (one.start is None) == (one.end is None) == is_nowhere
        assert is_nowhere or 0 <= one.start < one.end <= len(now)
    if place.start is not None and place.verdict in PUBLISHABLE:
        assert spelled(now[place.start : place.end]) == spelled(selector.exact)
    if found.start is not None:
        assert spelled(now[found.start : found.end]) == spelled(selector.exact)
    assert locate(text, selector).start == selector.start
    for low, high in find_words(now, selector.exact):
        assert spelled(now[low:high]) == spelled(selector.exact)
    if suggestion := suggest(now, selector.exact):
        assert 0 <= suggestion.start < suggestion.end <= len(now)
        assert 0 < suggestion.similarity <= 1


def marked(words, marks):
    """Return words with marks of edits put among them."""
    quote = []
    for number, word in enumerate(words):
        mark = marks.get(number)
        if mark == "cut":
            quote.append("…")
        elif mark == "bracketed cut":
            quote += [word, "[…]"]
        elif mark == "insertion":
            quote += [word, "[the board]"]
        elif mark == "replacement":
            quote.append("[Lind]")
        elif mark == "initial":
            quote.append(f"[{word[0].swapcase()}]{word[1:]}")
        elif mark == "negation":
            quote += ["[not]", word]
        else:
            quote.append(word)
    return " ".join(quote)


EDIT_MARKS = st.dictionaries(
    st.integers(0, 12),
    st.sampled_from(["cut", "bracketed cut", "insertion", "replacement", "initial", "negation"]),
    max_size=4,
)


def edited_words_stand_in_order(text, marks, kind, place, letter):
    words = text.split()[:14]
    text, quote = " ".join(words), marked(words, marks)
    for one in (quote, changed(quote, kind, place, letter) or quote):
        verdict = compare(one, [text])
        assert is_honest(verdict, one, text, whole=True)
        assert is_honest(find_in(one, text), one, text, whole=False)
        made = edits(one, [text])
        assert bool(made) == (verdict == Verdict.EDITED)
        for edit in made:
            assert spelled(edit.original) in spelled(text)
            assert edit.quoted in one
            assert not any(word in edit.quoted for word in NEGATIONS[:2])


def difference_gives_both_sides(before, after):
    changes = difference(before, after)
    assert " ".join(change.words for change in changes if change.kind != "added") == " ".join(before.split())
    assert " ".join(change.words for change in changes if change.kind != "removed") == " ".join(after.split())
    assert all(change.words for change in changes)
    assert all(one.kind != other.kind for one, other in pairwise(changes))


def annotation_returns_its_selector(text, start, size):
    start = min(start, len(text) - 1)
    selector = selector_at(text, start, min(len(text), start + size))
    written = json.loads(json.dumps(to_annotation(selector, source="https://example.org/a")))
    assert from_annotation(written) == selector


def nothing_breaks(text, words):
    """Whatever the characters, every function answers, and what it reports lies in the text."""
    whole = text + words + text
    assert is_honest(compare(words, [text, whole]), words, text + " " + whole, whole=False)
    assert is_honest(find_in(words, whole), words, whole, whole=False)
    edits(words, [whole])
    spans = [*find_words(whole, words), *blocks(whole), *quoted_spans(whole)]
    assert all(0 <= start < end <= len(whole) for start, end in spans)
    assert difference(whole, words) or not (whole.split() or words.split())
    if words:
        selector = selector_at(whole, len(text), len(text) + len(words))
        place = anchor(text + text, selector)
        assert place.start is None or 0 <= place.start < place.end <= 2 * len(text)
        low, high = sentence_around(whole, len(text), len(text) + len(words))
        assert 0 <= low <= high <= len(whole)
        assert paragraph_number(whole, len(text)) >= 1
        text_fragment(whole, len(text), len(text) + len(words))
        suggest(text, words, near=3)


POSITIONS, SIZES = st.integers(0, 200), st.integers(1, 90)
ANY_TEXT = hostile_text | short_article | st.text(st.characters(), max_size=30)  # lone surrogates too
PROPERTIES = {
    a_change_is_never_publishable: (short_article, st.sampled_from(list(CHANGES)), PLACES, LETTERS),
    edited_words_stand_in_order: (short_article, EDIT_MARKS, st.sampled_from(list(CHANGES)), PLACES, LETTERS),
    what_is_reported_is_what_stands_there: (short_article, short_article, POSITIONS, SIZES, POSITIONS),
    difference_gives_both_sides: (ANY_TEXT, ANY_TEXT),
    annotation_returns_its_selector: (short_article, POSITIONS, SIZES),
    nothing_breaks: (ANY_TEXT, ANY_TEXT),
}
