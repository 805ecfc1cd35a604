"""Mistakes in the settings that are better found at the start than on a reader's page."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register


@register(Tags.urls)
def check_site_url(app_configs, **kwargs):
    address = urlsplit(settings.SITE_URL)
    if address.scheme not in {"http", "https"} or not address.netloc or address.path or address.query:
        return [
            Error(
                f"BRIEFINGS_SITE_URL is “{settings.SITE_URL}”, from which no canonical address can be made.",
                hint="Write the address of the home page without a path, for example https://briefings.example.",
                id="briefings.E001",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def check_site_url_is_secure(app_configs, **kwargs):
    if settings.SECURE_SSL_REDIRECT and urlsplit(settings.SITE_URL).scheme == "http":
        return [
            Warning(
                f"Readers are sent to https, but BRIEFINGS_SITE_URL says {settings.SITE_URL}.",
                hint="Set it to the https address: feeds, the sitemap and canonical links are made from it.",
                id="briefings.W001",
            )
        ]
    return []
