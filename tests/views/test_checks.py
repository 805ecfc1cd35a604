"""How a briefing was checked, as readers see it: of published things only, and never staler than the page itself."""

import pytest
from django.core.cache import cache

from briefings.models import Acceptance, Briefing, SourceCheck, Statement, StatementLink
from tests.factories import accept_all, make_briefing, make_published_briefing, make_statement, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_cache():
    cache.clear()


def page(client, slug="told"):
    answer = client.get(f"/briefings/{slug}/checks/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def told():
    make_statement(key="said", status="published")
    return make_published_briefing('It was said.[@said] A [“term”]{.term reason="A word of ours"}.', slug="told")


def test_it_tells_what_was_checked_and_the_editors_words_without_their_names(client, told):
    Acceptance.objects.update(reason="Nobody else was there.", created_by=make_user(first_name="Ada", last_name="Desk"))
    html = page(client)
    assert "Nobody else was there." in html and "1 finding; the editors say why it stands" in html
    assert "A word of ours" in html and "match glyph by glyph" in html
    assert "not looked at again since we stored it" in html
    assert "Ada" not in html and "Look for another" not in html


def test_the_briefing_links_it_and_the_sitemap_names_it(client, told):
    assert 'href="/briefings/told/checks/"' in client.get("/briefings/told/").content.decode()
    assert "/briefings/told/checks/" in client.get("/sitemap-checks.xml").content.decode()
    assert 'href="/briefings/told/"' in page(client)


def test_there_is_none_of_what_is_not_public(client, told):
    make_briefing(slug="draft")
    make_published_briefing(slug="gone")
    Briefing.objects.filter(slug="gone").update(status="retracted", retraction_reason="Wrong.")
    assert client.get("/briefings/draft/checks/").status_code == 404
    assert client.get("/briefings/nothing/checks/").status_code == 404
    assert client.get("/briefings/gone/checks/").status_code == 410


def test_what_the_editors_are_writing_now_is_not_shown(client, told):
    told.body = "Nobody has read this yet.[@secret]"
    told.save()
    make_statement(key="secret")
    html = page(client)
    assert "Nobody has read" not in html and "secret" not in html


def test_it_changes_with_what_it_tells_of(client, told):
    client.get("/briefings/told/")  # stores the finished page, with which the report is kept
    assert "is not cited" not in page(client)
    statement = Statement.objects.get(key="said")
    other = make_statement(key="other", status="published")
    StatementLink.objects.create(from_statement=other, to_statement=statement, kind="contradicts")
    client.get("/briefings/told/")
    html = page(client)
    assert "“other” contradicts “said”" in html and "have not said anything" in html
    accept_all(told)
    client.get("/briefings/told/")
    assert "have not said anything" not in page(client)


def test_it_tells_when_sources_were_looked_at(client, told):
    source = Statement.objects.get(key="said").evidence.get().snapshot.source
    SourceCheck.objects.create(source=source, checked_at="2017-10-01T10:00:00Z", state="gone")
    html = page(client)
    assert "Gone, 1 October 2017" in html and "Nothing is found any more" in html


def test_a_kept_report_costs_a_few_queries(client, told, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        page(client)
    client.get("/briefings/told/")
    page(client)
    with django_assert_max_num_queries(6):
        page(client)
