"""Mistakes in the settings are named at the start."""

import pytest
from django.core.checks import Tags, run_checks


def found(**options):
    return [message.id for message in run_checks(**options) if message.id.startswith("briefings.")]


@pytest.mark.parametrize(
    "address", ["", "briefings.example", "ftp://briefings.example", "https://briefings.example/news", "https://"]
)
def test_an_address_of_which_no_links_can_be_made_is_refused(settings, address):
    settings.SITE_URL = address
    assert found(tags=[Tags.urls]) == ["briefings.E001"]


@pytest.mark.parametrize("address", ["https://briefings.example", "http://127.0.0.1:8000"])
def test_an_address_without_a_path_is_taken(settings, address):
    settings.SITE_URL = address
    assert found(tags=[Tags.urls]) == []


@pytest.mark.parametrize(
    ("address", "redirects", "warnings"),
    [
        ("http://briefings.example", True, ["briefings.W001"]),
        ("https://briefings.example", True, []),
        ("http://briefings.example", False, []),
    ],
)
def test_links_over_http_on_a_site_that_sends_readers_to_https_are_warned_of(settings, address, redirects, warnings):
    settings.SITE_URL, settings.SECURE_SSL_REDIRECT = address, redirects
    assert found(tags=[Tags.security], include_deployment_checks=True) == warnings
