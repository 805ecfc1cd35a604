"""Fetching as this site does it: by the function that the settings name, under the site's own name."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.module_loading import import_string

from briefings.articles import Exchange


def agent() -> str:
    """Return how we introduce ourselves: who runs what asks can be looked up at the site's own address."""
    return f"Mozilla/5.0 (compatible; Briefings/1.0; +{settings.SITE_URL}/)"


def fetch_page(address: str, *, conditional: Mapping[str, str] | None = None) -> Exchange:
    """Fetch a page from the public internet; `conditional` holds If-None-Match and If-Modified-Since, if known.

    Any status is an answer. Raises `articles.FetchFailed`, whose code `failures.sentence_for` puts into words.
    """
    fetch = import_string(settings.FETCHER)
    return fetch(address, agent=agent(), conditional=conditional or {})


def header_lines(exchange: Exchange) -> str:
    """Return the response headers as stored copies keep them: as received, one in a line."""
    return "\n".join(f"{name}: {value}" for name, value in exchange.headers).replace("\x00", "")
