"""What is here already: one original under all the forms of its address, and its words under another one."""

import pytest

from briefings.editorial.known_sources import sources_at, sources_with_words
from tests.factories import make_snapshot, make_source

LONG = "The minister opened the bridge over the river on Monday, before two thousand people from both of its banks."
OTHER = "The bridge took four years to build, and its cost of ninety million was shared by the two provinces it joins."


@pytest.mark.parametrize(
    "address",
    [
        "https://paper.example/news/bridge-1",
        "http://paper.example/news/bridge-1/",
        "HTTPS://PAPER.example:443/news/bridge-1?utm_source=mail#top",
        "https://paper.example/news/bridge-1/amp",
        "https://paper.example/news/bridge-1?print=1",
    ],
)
def test_all_forms_of_an_address_are_one_original(db, address):
    source = make_source(canonical_address="https://paper.example/news/bridge-1")
    assert list(sources_at(["", address])) == [source]


@pytest.mark.parametrize("entered", ["http://paper.example/b", "https://paper.example/b/", "https://paper.example/b"])
def test_a_source_without_a_canonical_address_is_found_by_the_one_it_has(db, entered):
    source = make_source(address=entered)
    assert list(sources_at(["https://paper.example/b?fbclid=1"])) == [source]


@pytest.mark.parametrize("address", ["https://paper.example/news/bridge-2", "nonsense", "", "ftp://paper.example/b"])
def test_another_address_is_another_original(db, address):
    make_source(canonical_address="https://paper.example/news/bridge-1")
    assert not sources_at([address])


def test_the_very_same_text_is_found_however_short(db):
    copy = make_snapshot("Short.\n")
    assert list(sources_with_words("Short.\n")) == [copy.source]


def test_a_reprint_is_found_between_other_menus(db):
    copy = make_snapshot(f"Home World\n\n{LONG}\n\nShare\n\n{OTHER}\n")
    make_snapshot(f"Another page\n\n{LONG}\n\nwith one of the two paragraphs")
    assert list(sources_with_words(f"News Sport\n\n{LONG}\n\n{OTHER}\n\nAll rights reserved.")) == [copy.source]


def test_case_and_characters_count(db):
    make_snapshot(f"Home\n\n{LONG.upper()}\n")
    assert not sources_with_words(f"News\n\n{LONG}\n")


def test_short_paragraphs_alone_make_no_reprint(db):
    make_snapshot("Home\n\nHe said so.\n\nShe did not.\n")
    assert not sources_with_words("News\n\nHe said so.\n\nShe did not.\n")
