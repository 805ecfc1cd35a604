"""A few hundred examples of each property; `make bench` tries many thousands."""

import pytest
from hypothesis import given, settings

from .properties import PROPERTIES, stands_in_order


@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda holds: holds.__name__)
def test_property(holds):
    settings(max_examples=300)(given(*PROPERTIES[holds])(holds))()


@pytest.mark.parametrize(
    ("quote", "is_so"),
    [("we … go on", True), ("we [all] go on", True), ("go on … we", False), ("we … stay", False)],
)
def test_the_second_opinion_on_edited_words(quote, is_so):
    assert stands_in_order(quote, "Today we will go on.") is is_so
