"""Passages entered as words: found in the stored copy, or a sentence that says what to do; nothing typed is lost."""

import re
from dataclasses import dataclass

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from briefings.quotes import find_words, paragraph_number, prepared, sentence_around

from .fields import LONGEST_NUMBER

BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a stored copy in code points, and how to tell it from others: its paragraph and sentence."""

    start: int
    end: int
    paragraph: int
    sentence: str

    def __str__(self):
        sentence = Truncator(self.sentence).chars(160)
        return _("Paragraph %(number)s: “%(sentence)s”") % {"number": self.paragraph, "sentence": sentence}


def pieces(words):
    """Split what was typed at its empty lines: one piece for each passage."""
    return [piece.strip() for piece in BLANK_LINES.split(words.strip()) if piece.strip()]


def places_of(text, words):
    """Return every Place of one piece of words in a prepared text, tried as typed, then as one line."""
    spans = find_words(text, words) or find_words(text, " ".join(words.split()))
    return [_place(text.source, start, end) for start, end in spans]


def _place(text, start, end):
    begin, finish = sentence_around(text, start, end)
    return Place(start, end, paragraph_number(text, start), " ".join(text[begin:finish].split()))


def search(text, words):
    """Find each piece of `words` in a stored text: [(piece, [Place, …])]; one found only line by line as its lines."""
    text = prepared(text)
    found = []
    for piece in pieces(words):
        places = places_of(text, piece)
        lines = piece.splitlines()
        by_line = [(line, places_of(text, line)) for line in lines] if not places and len(lines) > 1 else []
        if by_line and all(places for _line, places in by_line):
            found += by_line
        else:
            found.append((piece, places))
    return found


def choose(found, chosen, present):
    """Pick one place for each piece: ([Place or None], questions, sentences about what was not found).

    `chosen` maps the number of a piece (from 0) to the number of the place that the editor picked; `present` holds the
    (start, end) of the passages as they stand, which stay where they are unless another place is picked.
    """
    picked, questions, missing = [], {}, []
    for number, (piece, places) in enumerate(found):
        standing = [place for place in places if (place.start, place.end) in present and place not in picked]
        if chosen.get(number, -1) in range(len(places)):
            picked.append(places[chosen[number]])
        elif len(places) == 1 or standing:
            picked.append((standing or places)[0])
        else:
            picked.append(None)
        if not places:
            missing.append(_not_found(piece))
        elif len(places) > 1:
            questions[number] = (piece, places, picked[-1])
    return picked, questions, missing


def _not_found(piece):
    return _(
        "The stored copy does not contain these words: “%(words)s”. Open the stored copy and copy them from there, "
        "letter for letter; put an empty line between words that stand apart."
    ) % {"words": Truncator(piece).chars(120)}


def ambiguous(piece, places):
    return ngettext(
        "“%(words)s” stands in %(count)d place. Choose it below.",
        "“%(words)s” stands in %(count)d places. Choose below which one is meant.",
        len(places),
    ) % {"words": Truncator(piece).chars(80), "count": len(places)}


class PlacesWidget(forms.Widget):
    """One choice for each piece of words that stands in several places; nothing where there is no doubt."""

    template_name = "admin/briefings/places.html"
    questions = {}

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        chosen = value if isinstance(value, dict) else {}
        context["questions"] = [
            {
                "name": f"{name}-{number}",
                "words": piece,
                "options": [(i, place, i == chosen.get(number) or place == picked) for i, place in enumerate(places)],
            }
            for number, (piece, places, picked) in self.questions.items()
        ]
        return context

    def value_from_datadict(self, data, files, name):
        prefix = f"{name}-"
        keys = [key for key in data if key.startswith(prefix) and key.removeprefix(prefix).isdecimal()]
        numbers = {key.removeprefix(prefix): data[key] for key in keys if data[key].isdecimal()}
        return {int(key): int(place) for key, place in numbers.items() if max(len(key), len(place)) <= LONGEST_NUMBER}

    def value_omitted_from_data(self, data, files, name):
        return False


class PlacesField(forms.Field):
    """Which of several places each piece of words means: {number of the piece: number of the place}, from 0."""

    widget = PlacesWidget

    def has_changed(self, initial, data):
        """A choice counts as a change only where it differs from the place that stands."""
        standing = {
            number: places.index(picked) for number, (_, places, picked) in self.widget.questions.items() if picked
        }
        return any(standing.get(number) != place for number, place in (data or {}).items())
