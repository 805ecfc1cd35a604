"""A real Chromium and a live server with the seed content. No page may break the Content-Security-Policy or throw."""

import os
import sqlite3
from contextlib import closing

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.conftest import CHROMIUM

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop in the tests' own thread

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture
def context(context):
    """Playwright's context, failing the test for whatever its pages refuse or throw."""
    problems = []
    context.on("console", lambda said: "Content Security Policy" in said.text and problems.append(said.text))
    context.on("weberror", lambda thrown: problems.append(str(thrown.error)))
    yield context
    assert not problems, "\n".join(problems)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory):
    """Where a database with the content of `fixtures/` is kept between tests, once it is there."""
    return tmp_path_factory.mktemp("content") / "loaded.sqlite3"


@pytest.fixture
def site(transactional_db, live_server, loaded):
    """The address of a running site with the content of `fixtures/`: loaded once, and copied for each further test."""
    if loaded.exists():
        copy_database(loaded, connection.settings_dict["NAME"])
    else:
        call_command("load_content", settings.BASE_DIR / "fixtures", verbosity=0)
        if connection.vendor == "sqlite":
            copy_database(connection.settings_dict["NAME"], loaded)
    return live_server.url


def copy_database(here, there):
    connection.close()
    with closing(sqlite3.connect(here)) as source, closing(sqlite3.connect(there, timeout=20)) as target:
        source.backup(target)
