"""What every public page has in common: a head, no cookie, bounded queries, nothing that is not public."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.views.content import DETAILS, LISTS, PAGES, grow_world, make_world

pytestmark = pytest.mark.django_db


def queries_of(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_what_it_is(client, path):
    make_world()
    html = client.get(path).content.decode()
    title = re.search("<title>(.+?)</title>", html)[1]
    assert title.endswith(" · Briefings") and len(title) > 12
    assert re.search('<meta name="description" content="[^"]{20,200}">', html)
    assert f'<link rel="canonical" href="http://testserver{path}">' in html
    for name in ("title", "description", "url", "type", "site_name"):
        assert re.search(f'<meta property="og:{name}" content="[^"]+">', html), name
    assert html.count("<h1") == 1
    assert '<html lang="en" dir="ltr">' in html


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_complete_without_cookie_script_or_inline_style(client, path):
    make_world()
    response = client.get(path)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    html = response.content.decode()
    assert " style=" not in html and "<style" not in html
    assert not re.search(r"<script(?![^>]* src=)", html)
    assert "None" not in re.sub("<[^>]+>", "", html)


@pytest.mark.parametrize("path", PAGES)
def test_who_has_a_page_already_is_told_so(client, path):
    make_world()
    etag = client.get(path)["ETag"]
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("path", ["/", "/statements/", "/statements/said/"])
def test_pages_are_only_read(client, path):
    make_world()
    assert client.post(path).status_code == 405


def test_lists_take_few_queries_however_long_they_are(client):
    make_world(3)
    few = {path: queries_of(client, path) for path in LISTS}
    assert max(few.values()) <= 10, few


def test_queries_do_not_grow_with_content(client):
    make_world(4)
    few = {path: queries_of(client, path) for path in PAGES}
    grow_world(range(4, 30))
    assert {path: queries_of(client, path) for path in PAGES} == few


def test_a_list_with_every_filter_takes_few_queries(client):
    make_world(3)
    query = (
        "?q=fight&kind=paraphrase&person=minister&via=portal&about=assembly&event=assembly&topic=crime"
        "&source=report&since=2017&until=2018"
    )
    assert queries_of(client, "/statements/" + query) <= 10


@pytest.mark.parametrize("path", ["/", *LISTS])
def test_an_empty_page_says_what_would_stand_there(client, path):
    html = client.get(path).content.decode()
    assert "will stand" in html
    assert "None is published yet" in html or "Nobody is published yet" in html


@pytest.mark.parametrize("path", DETAILS)
def test_no_page_calls_anything_a_fact(client, path):
    make_world(3)
    words = re.sub("<[^>]+>", " ", client.get(path).content.decode().split("</head>")[1])
    assert not re.search(r"\b(facts?|verified|confirmed)\b", words, re.I)
    assert not re.search(r"(?<!not that it )(?<!not that it is )\bis true\b", words)
