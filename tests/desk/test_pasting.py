"""The answer to what is pasted at the desk: Markdown, and a word on what was left out."""

import pytest
from django.test import Client
from django.urls import reverse

from briefings.desk import pasting
from briefings.rendering.pasting import TooLong
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def paste(client, html, **more):
    return client.post(reverse("admin:desk-paste"), {"html": html, **more})


def test_a_contributor_gets_markdown_and_what_was_left_out(contributor):
    answer = paste(contributor, "<h1>A</h1><p>“b” <b>c</b><img src=x></p>")
    assert answer.json()["markdown"] == "## A\n\n“b” **c**"
    assert "Left out: pictures." in answer.json()["said"] and "Ctrl+Shift+V" in answer.json()["said"]
    assert "no-store" in answer["Cache-Control"]


def test_labels_that_are_in_use_are_not_given_again(contributor):
    html = '<p>a<a href="#_ftn1">[1]</a></p><div id=ftn1><p><a href="#_ftnref1">[1]</a>b</p></div>'
    assert paste(contributor, html, taken="1 x").json()["markdown"] == "a[^2]\n\n[^2]: b"


def test_what_is_too_long_says_so(contributor, monkeypatch):
    def too_long(html, *, taken):
        raise TooLong

    monkeypatch.setattr(pasting, "markdown_of", too_long)
    answer = paste(contributor, "x")
    assert (answer.status_code, "too long" in answer.json()["said"]) == (413, True)


def test_nothing_is_read_without_a_role_a_token_or_a_post(contributor, client):
    assert contributor.get(reverse("admin:desk-paste")).status_code == 405
    assert paste(client, "<p>a</p>").status_code == 302
    user = make_user("Contributors")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    assert paste(strict, "<p>a</p>").status_code == 403
