"""Rebuilding: everything derived is worked out again, and nothing else moves."""

import pytest

from briefings.editorial.rebuilding import rebuild
from briefings.models import Briefing, Citation, Evidence, PageEpoch, PublishedRevision, Statement, StoredPage
from tests.factories import make_published_briefing, make_revision, make_statement

pytestmark = pytest.mark.django_db


def derived():
    citations = Citation.objects.order_by("revision", "order")
    return {
        "wording": list(Evidence.objects.order_by("pk").values_list("verdict", "location")),
        "citations": list(citations.values_list("statement", "number", "paragraph")),
        "current": list(Briefing.objects.order_by("pk").values_list("current__version", flat=True)),
    }


def edits():
    models = (Briefing, Evidence, Statement)
    return [list(model.objects.order_by("pk").values_list("pk", "version", "modified_at")) for model in models]


@pytest.fixture
def content():
    briefing = make_published_briefing()
    briefing.body += "\n\nAnd again."
    make_revision(briefing)
    make_statement(kind="paraphrase", words="A report")
    rebuild()
    return briefing


def test_what_is_derived_is_worked_out_again(content):
    before = derived()
    Evidence.objects.update(verdict="missing", location="gone")
    Citation.objects.all().delete()
    Briefing.objects.update(current=PublishedRevision.objects.get(version=1))
    assert derived() != before
    assert rebuild() == {"evidence": 2, "citations": 2, "seals": 0, "briefings": 1}
    assert derived() == before == {
        "wording": [("exact", "in place"), ("", "in place")],
        "citations": before["citations"],
        "current": [2],
    }  # fmt: skip
    assert len(before["citations"]) == 2


def test_rebuilding_is_no_edit(content):
    Briefing.objects.update(current=None)
    before = edits()
    rebuild()
    assert edits() == before


def test_every_stored_page_is_marked(content):
    epoch = PageEpoch.objects.get_or_create()[0].number
    StoredPage.objects.create(briefing=content, html="x", etag="x", renderer="x", epoch=epoch)
    rebuild()
    assert not StoredPage.objects.fresh("x").exists()


def test_only_what_is_named_is_worked_out(content):
    other = make_published_briefing()
    Citation.objects.all().delete()
    Evidence.objects.update(verdict="missing")
    rebuild(statements=[Statement.objects.first().key], briefings=[other.slug])
    assert set(Citation.objects.values_list("revision__briefing", flat=True)) == {other.pk}
    assert Evidence.objects.exclude(verdict="missing").count() == 1


def test_more_content_takes_no_more_questions(content, django_assert_max_num_queries):
    for _ in range(12):
        make_published_briefing()
    with django_assert_max_num_queries(25):
        rebuild()
