"""Servers on loopback, and the seed article."""

import json
import ssl
from pathlib import Path

import pytest
from hypothesis import settings

from . import servers

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).parents[2]


@pytest.fixture
def server():
    server = servers.Server()
    yield server
    server.close()


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    made = servers.certificate(tmp_path_factory.mktemp("tls"), ["news.example", "www.news.example"])
    return made or pytest.skip("openssl was not found (on Debian: apt-get install openssl)")


@pytest.fixture
def trust(keys):
    """Trusts the certificate of `secure_server` and no other."""
    return ssl.create_default_context(cafile=keys[0])


@pytest.fixture
def secure_server(keys):
    server = servers.Server(servers.serving(*keys))
    yield server
    server.close()


@pytest.fixture(scope="session")
def seed():
    """The text of the seed article, by paragraphs."""
    rows = json.loads((ROOT / "fixtures" / "50_sources.json").read_text())
    return next(
        row["fields"]["text"].split("\n")
        for row in rows
        if row["model"] == "briefings.snapshot" and row["fields"]["source"] == ["dawn-2017-interpol-beijing"]
    )
