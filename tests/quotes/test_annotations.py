import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.quotes import Selector, from_annotation, to_annotation

from .properties import annotation_returns_its_selector
from .samples import article

SELECTOR = Selector("need of the hour", "the “", "”, he said", 120, 136)
ADDRESS = "https://example.org/speech"


def test_annotation_follows_the_specification():
    assert to_annotation(SELECTOR, source=ADDRESS) == {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "target": {
            "type": "SpecificResource",
            "source": ADDRESS,
            "selector": [
                {"type": "TextQuoteSelector", "exact": "need of the hour", "prefix": "the “", "suffix": "”, he said"},
                {"type": "TextPositionSelector", "start": 120, "end": 136},
            ],
        },
    }


def test_target_alone_is_read_too_and_what_is_not_asked_for_is_ignored():
    annotation = to_annotation(SELECTOR, source=ADDRESS)
    annotation["target"]["selector"].append({"type": "CssSelector", "value": "p"})
    annotation["body"] = {"type": "TextualBody"}
    assert from_annotation(annotation) == SELECTOR
    assert from_annotation(annotation["target"]) == SELECTOR
    assert from_annotation({"target": [annotation["target"]]}) == SELECTOR


def selectors(quote=None, position=None):
    quote = {"type": "TextQuoteSelector", "exact": "words", **(quote or {})}
    return {"selector": [quote, {"type": "TextPositionSelector", "start": 3, "end": 8, **(position or {})}]}


def test_context_may_be_missing():
    assert from_annotation(selectors()) == Selector("words", "", "", 3, 8)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (None, "no target"),
        ("{}", "no target"),
        ([], "no target"),
        ({"target": [{}, {}]}, "more than one"),
        ({"target": "https://example.org"}, "no target"),
        ({}, "one TextQuoteSelector"),
        ({"selector": {"type": "TextQuoteSelector", "exact": "words"}}, "one TextPositionSelector"),
        ({"selector": [{"type": "TextQuoteSelector"}] * 2}, "one TextQuoteSelector"),
        ({"selector": [[]] * 500}, "one TextQuoteSelector"),
        (selectors({"exact": ""}), "no words"),
        (selectors({"exact": 5}), "no text"),
        (selectors({"exact": None}), "no text"),
        (selectors({"prefix": ["a"]}), "no text"),
        (selectors({"exact": "a" * 100_001}, {"end": 100_004}), "longer than"),
        (selectors({"suffix": "a" * 2_001}), "longer than"),
        (selectors({"exact": "\ud800abcd"}), "half a character"),
        (selectors(None, {"start": -1}), "no position"),
        (selectors(None, {"start": True}), "no position"),
        (selectors(None, {"start": 3.0}), "no position"),
        (selectors(None, {"start": float("nan")}), "no position"),
        (selectors(None, {"end": 10**30}), "no position"),
        (selectors(None, {"end": "8"}), "no position"),
        (selectors(None, {"end": 9}), "as long as"),
        (selectors(None, {"start": 9}), "as long as"),
    ],
)
def test_malformed_annotation_is_refused_with_a_sentence(data, sentence):
    with pytest.raises(ValueError, match=sentence):
        from_annotation(data)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["target", "selector", "type", "exact", "start", "end"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(json_values)
def test_anything_else_is_refused_in_the_same_way(data):
    with pytest.raises(ValueError):
        from_annotation(data)


@given(article, st.data())
def test_annotation_returns_its_selector_through_json(text, data):
    annotation_returns_its_selector(text, data.draw(st.integers(0, 9)), data.draw(st.integers(1, 40)))


def test_annotation_is_plain_json():
    assert from_annotation(json.loads(json.dumps(to_annotation(SELECTOR, source=ADDRESS)))) == SELECTOR
