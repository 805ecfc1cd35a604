"""Citation rows: what a published body cites, and where."""

import pytest

from briefings.editorial import index_all_citations, index_citations
from briefings.models import Citation, Status
from briefings.rendering import Cited, render
from tests.factories import make_published_briefing, make_revision, make_statement

pytestmark = pytest.mark.django_db


def rows(**lookup):
    found = Citation.objects.filter(**lookup).order_by("revision", "order")
    return list(found.values_list("statement__key", "number", "order", "paragraph"))


@pytest.fixture
def briefing():
    for key in ("a", "b"):
        make_statement(key=key, status=Status.PUBLISHED)
    return make_published_briefing("# A\n\nB.[@b; @a]\n\nC.[@nobody]\n\n::: analysis\nD.[@b]\n:::")


def test_each_use_is_a_row_with_its_note_and_its_block(briefing):
    assert rows() == [("b", 1, 1, 2), ("a", 2, 2, 2), ("b", 1, 3, 4)]


def test_the_rows_number_notes_as_the_page_does(briefing):
    rendered = render(briefing.body, {"a": Cited(), "b": Cited()})
    assert rows() == [(place.key, place.number, place.order, place.paragraph) for place in rendered.citations]


def test_indexing_again_replaces_the_rows_of_that_revision_alone(briefing):
    make_published_briefing("A.[@a]")
    before = rows()
    assert index_citations(briefing.current) == 3
    assert rows() == before


def test_indexing_all_derives_every_row_again_whatever_was_there(briefing):
    make_published_briefing("A.[@a]")
    briefing.body = "Now only this.[@a]"
    make_revision(briefing)
    before = rows()
    Citation.objects.filter(statement__key="b").delete()
    Citation.objects.update(number=99)
    assert index_all_citations() == 5
    assert rows() == before


def test_indexing_all_asks_no_more_questions_for_more_revisions(briefing, django_assert_num_queries):
    with django_assert_num_queries(6) as few:
        index_all_citations()
    for _ in range(20):
        make_published_briefing("A.[@a] B.[@b]")
    with django_assert_num_queries(len(few)):
        assert index_all_citations() == 43
