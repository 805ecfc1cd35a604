"""Every response carries the same strict headers, whoever answers it."""

import re
import runpy

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.urls import path
from gunicorn.config import Config
from gunicorn.http.parser import RequestParser

from config.urls import urlpatterns as addresses_of_the_site

POLICY = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    **dict.fromkeys(
        ("script-src", "style-src", "img-src", "font-src", "connect-src", "manifest-src", "form-action"), "'self'"
    ),
}


def breaks(request):
    raise RuntimeError("a page that fails")


urlpatterns = [*addresses_of_the_site, path("fine/", lambda request: HttpResponse("fine")), path("breaks/", breaks)]


def policy_of(response):
    return dict(directive.split(" ", 1) for directive in response["Content-Security-Policy"].split("; "))


def assert_strict(response):
    assert policy_of(response) == POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in response


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/healthz", 200),
        ("/no-such-page/", 404),
        ("/admin/login/", 200),
        ("/admin/", 302),
        ("/static/admin/css/base.css", 200),
    ],
)
def test_each_kind_of_response_carries_the_headers(client, address, status):
    response = client.get(address)
    assert response.status_code == status
    assert_strict(response)


@pytest.mark.urls(__name__)
def test_a_page_that_fails_carries_the_headers(client):
    client.raise_request_exception = False
    response = client.get("/breaks/")
    assert response.status_code == 500
    assert_strict(response)


@pytest.mark.urls(__name__)
def test_a_request_for_another_host_is_refused_with_the_headers(client):
    response = client.get("/fine/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert_strict(response)


@pytest.mark.urls(__name__)
def test_under_tls_plain_http_is_sent_on_with_the_headers_and_tls_is_remembered(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    response = client.get("/fine/")
    assert (response.status_code, response["Location"]) == (301, "https://testserver/fine/")
    assert_strict(response)
    secure = client.get("/fine/", secure=True)
    assert secure.status_code == 200
    assert "max-age=31536000" in secure["Strict-Transport-Security"]


@pytest.mark.django_db
def test_no_page_of_the_admin_asks_for_more_than_the_policy_gives(admin_client):
    page = admin_client.get("/admin/").content.decode()
    assert not re.findall(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)|<style|\sstyle=|\son\w+=", page)


@pytest.mark.django_db
def test_a_public_page_sets_no_cookie(client):
    assert not client.get("/").cookies


def test_no_header_of_a_request_changes_what_its_address_means():
    """Else a reader behind a proxy on this machine could have pages stored whose links lead elsewhere."""
    config = Config()
    for name, value in runpy.run_path(settings.BASE_DIR / "config" / "gunicorn.py").items():
        if name in config.settings:
            config.set(name, value)
    sent = b"GET /x/ HTTP/1.1\r\nHost: here\r\nSCRIPT_NAME: /x\r\nPATH_INFO: /admin/\r\nREMOTE_USER: root\r\n\r\n"
    request = next(RequestParser(config, iter([sent]), ("127.0.0.1", 4000)))
    assert request.headers == [("HOST", "here")]
