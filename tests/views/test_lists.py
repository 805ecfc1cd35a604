"""List pages: counts, filters that stay in links, chips, pages, and answers to what cannot be read."""

import re
from html import unescape

import pytest

from briefings.filters import kinds
from briefings.models import Source, Statement
from tests.factories import make_evidence, make_snapshot, make_statement, make_topic
from tests.views.content import LISTS, PUBLIC, make_world

pytestmark = pytest.mark.django_db


def links(html):
    return [unescape(link) for link in re.findall(r'href="([^"]+)"', html)]


def main(response):
    return response.content.decode().split("<main")[1].split("</main")[0]


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("/briefings/", "1 briefing"), ("/statements/", "2 statements"), ("/sources/", "1 source"),
        ("/organizations/", "3 organizations"), ("/people/", "1 person"), ("/events/", "1 event"),
        ("/topics/", "2 topics"), ("/statements/?kind=opinion", "0 statements"),
    ],
)  # fmt: skip
def test_a_list_says_how_many_there_are(client, path, count):
    make_world()
    assert f'class="count">{count}</h2>' in main(client.get(path))


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("query", ["page=1000000000", "page=0", "page=x", f"page={'9' * 5000}", "page=1%00"])
def test_a_page_that_cannot_be_is_not_found(client, path, query):
    assert client.get(f"{path}?{query}").status_code == 404


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("query", ["q=%00", f"q={'x' * 8000}", "sort=%27", "q=a&sort=id"])
def test_absurd_input_gets_a_message_and_no_rows(client, path, query):
    make_world()
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 400
    assert 'role="alert"' in main(answer) and '<ol class="rows"' not in main(answer)


@pytest.mark.parametrize(
    "path", ["/nothing/", f"/statements/{'x' * 8000}/", "/statements/a%00b/", "/statements/A/", "/topics/%F0/"]
)
def test_an_address_that_names_nothing_is_not_found(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "There is nothing at this address" in main(answer) and "/briefings/" in links(main(answer))


def test_what_was_typed_stays_in_the_form(client):
    answer = client.get("/statements/?person=Nobody+Known&since=soon")
    assert 'value="Nobody Known"' in main(answer) and 'value="soon"' in main(answer)
    assert "“Nobody Known”" in main(answer)
    assert "<details open" in main(answer)


def test_markup_in_a_filter_stays_text(client):
    assert "<b>x" not in main(client.get("/statements/?q=%3Cb%3Ex&person=%3Cb%3Ex"))


def test_filters_stay_in_the_links_to_other_pages(client):
    topic = make_topic(slug="crime", **PUBLIC)
    for number in range(60):
        make_statement(key=f"s-{number:02}", evidence=False, topics=[topic], **PUBLIC)
    answer = client.get("/statements/?topic=crime&sort=key&page=2")
    pages = [link for link in links(main(answer)) if "page=" in link]
    assert {"?topic=crime&sort=key&page=1", "?topic=crime&sort=key&page=3"} <= set(pages)
    assert 'href="?topic=crime&amp;sort=key&amp;page=3" rel="next"' in main(answer)
    assert "/statements/s-25/" in links(main(answer)) and "/statements/s-24/" not in links(main(answer))
    assert '<link rel="canonical" href="http://testserver/statements/?page=2">' in answer.content.decode()


def test_each_filter_can_be_removed_by_its_name(client):
    make_world()
    html = main(client.get("/statements/?person=minister&kind=quotation&page=1"))
    assert "A. Minister" in html
    assert {"/statements/?kind=quotation", "/statements/?person=minister"} <= set(links(html))


def test_kinds_are_offered_with_their_counts_within_the_other_filters(client):
    make_world(4)
    html = re.sub(r"\s+", " ", main(client.get("/statements/?q=fight&page=1")))
    assert "/statements/?q=fight&kind=paraphrase" in links(html)
    assert (
        "Quotation <span>1</span>" in html
        and "Reported speech <span>3</span>" in html
        and "Assertion <span>" not in html
    )
    chosen = main(client.get("/statements/?kind=quotation&q=fight"))
    assert 'aria-current="true">Quotation <span>1</span>' in chosen and "Reported speech <span>3</span>" in chosen


def test_kinds_are_not_counted_where_that_would_be_slow(client, monkeypatch):
    make_world(4)
    monkeypatch.setattr(kinds, "MOST_COUNTED", 3)
    assert 'class="kinds"' not in main(client.get("/statements/"))


def test_empty_fields_leave_the_address(client):
    answer = client.get("/statements/?q=&kind=quotation&topic=")
    assert (answer.status_code, answer["Location"]) == (302, "/statements/?kind=quotation")


def test_narrowed_lists_are_not_indexed_and_whole_ones_are(client):
    make_world()
    assert 'content="noindex"' in client.get("/statements/?kind=quotation").content.decode()
    assert "noindex" not in client.get("/statements/").content.decode()


def test_a_statement_row_tells_words_route_and_date(client):
    make_world()
    html = main(client.get("/statements/?kind=quotation"))
    row = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html.split('class="statement-row"')[1]))
    assert "“Fight crime together”" in row and "said 26 September 2017 (worked out)" in row
    assert "A. Minister The Portal The Paper" in row and "cited in 1 briefing" in row
    assert {"/statements/said/", "/people/minister/", "/organizations/portal/"} <= set(links(html))


def test_a_statement_row_counts_the_other_sources_and_a_newer_copy_of_one_is_no_other(client):
    make_world()
    said = Statement.objects.get(key="said")
    copy = make_snapshot("“Fight crime together,” he says.", source=Source.objects.get(key="report"))
    make_evidence(said, snapshot=copy)
    assert "other source" not in main(client.get("/statements/?kind=quotation"))
    make_evidence(said)
    assert "and 1 other source<" in main(client.get("/statements/?kind=quotation"))


@pytest.mark.parametrize(
    ("path", "words"),
    [("/people/", "1 statement<"), ("/events/", "1 statement made there<"), ("/topics/", "2 statements<")],
)
def test_a_row_says_how_many_public_statements_a_thing_leads_to(client, path, words):
    make_world()
    said = Statement.objects.get(key="said")
    make_statement(speaker=said.speaker, event=said.event, topics=said.topics.all())
    assert words in main(client.get(path))


def test_words_in_another_script_keep_their_direction(client):
    make_statement("پاکستان", language="ur", **PUBLIC)
    assert '<blockquote lang="ur" dir="rtl">' in main(client.get("/statements/"))
