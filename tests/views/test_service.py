"""Fixed addresses that browsers, crawlers and load balancers ask for; and pages of errors."""

import pytest
from django.db import DatabaseError
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.views.defaults import bad_request, permission_denied, server_error

from briefings.views import service


@pytest.mark.django_db
def test_health_is_that_of_the_database(client, monkeypatch):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"ok\n", "text/plain; charset=utf-8")
    assert "no-store" in answer["Cache-Control"]

    class Broken:
        def cursor(self):
            raise DatabaseError

    monkeypatch.setattr(service, "connection", Broken())
    assert client.get("/healthz").status_code == 503


def test_robots_are_kept_from_the_admin_and_sent_to_the_sitemap(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text and "Sitemap: http://testserver/sitemap.xml" in text


def test_the_icon_is_found_at_its_old_address(client):
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer["Location"]) == (302, "/static/briefings/favicon.svg")


def test_a_failure_gets_a_page_that_helps_without_the_database():
    answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    html = answer.content.decode()
    assert "Something went wrong on our side" in html and 'href="/briefings/"' in html


@pytest.mark.parametrize(
    ("view", "words"), [(bad_request, "cannot be read"), (permission_denied, "You may not do this")]
)
def test_refusals_get_a_page_that_helps(view, words):
    assert words in view(RequestFactory().get("/"), ValueError("x")).content.decode()


def test_the_page_of_a_failure_needs_no_context():
    assert "<title>Something went wrong · Briefings</title>" in render_to_string("500.html")
