"""Pages of lists: which there are, which there are not, and how many rows in all."""

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.utils.translation import ngettext_lazy

from briefings import pagination
from briefings.models import Topic
from briefings.pagination import Page, in_words, page_of
from tests.factories import make_topic


def asked(page):
    return RequestFactory().get("/", {"page": page} if page is not None else {})


@pytest.fixture
def topics(db):
    for _number in range(7):
        make_topic()
    return Topic.objects.order_by("slug")


def test_a_page_has_its_rows_and_knows_the_whole(topics):
    page = page_of(topics, asked("2"), per_page=3)
    assert (len(page.rows), page.number, page.pages, page.total, page.previous, page.next) == (3, 2, 3, 7, 1, 3)
    assert page_of(topics, asked("3"), per_page=3).rows == [topics[6]]


def test_an_empty_list_has_one_page(db):
    page = page_of(Topic.objects.all(), asked(None))
    assert (page.rows, page.pages, page.total) == ([], 1, 0)


@pytest.mark.parametrize("number", ["0", "4", "-1", "x", "1.5", "1000000000", "9" * 5000, "1\0", "١", "²", " 1"])
def test_a_page_that_is_not_there_is_not_found(topics, number):
    with pytest.raises(Http404):
        page_of(topics, asked(number), per_page=3)


def test_counting_stops_where_the_list_is_long(topics, monkeypatch):
    monkeypatch.setattr(pagination, "MOST", 5)
    page = page_of(topics, asked("2"), per_page=3)
    assert (page.total, page.is_capped, page.pages, len(page.rows)) == (5, True, 2, 2)


def test_what_was_not_counted_to_the_end_says_so():
    count = ngettext_lazy("%(shown)s topic", "%(shown)s topics", "number")
    assert in_words(1, False, count) == "1 topic"
    assert in_words(10_000, True, count) == "more than 10,000 topics"


@pytest.mark.parametrize(
    ("number", "pages", "shown"),
    [(1, 1, [1]), (1, 3, [1, 2, 3]), (5, 9, [1, None, 4, 5, 6, None, 9]), (9, 9, [1, None, 8, 9])],
)
def test_the_numbers_around_a_page(number, pages, shown):
    assert Page([], number, pages, 0, False).numbers == shown
