"""What all tests share: the seed content, what needs a browser or PostgreSQL, and a word on what was not run.

REQUIRE_BROWSER=1 and REQUIRE_POSTGRES=1 turn such a gap into a failure; ONLY_DATABASE=1 chooses the tests that open the
database, which are those that another database can tell apart.
"""

import os
import shutil
import subprocess
from collections import Counter
from importlib import import_module
from pathlib import Path

import playwright
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from pytest_django.plugin import blocking_manager_key

from tests import newsstand
from tests.editorial.pages import SITES, Site

BROWSER_TESTS = Path(__file__).parent / "browser"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
NO_POSTGRES = "this is not PostgreSQL (set DATABASE_URL=postgres://…)"


def browser_gap():
    """Why browser tests cannot run here, or nothing where they can."""
    if not CHROMIUM:
        return "no Chromium was found (on Debian: apt-get install chromium)"
    driver = Path(playwright.__file__).parent / "driver" / "node"
    if subprocess.run([driver, "--version"], capture_output=True).returncode:
        return "Playwright's driver does not start (on Debian: apt-get install libatomic1)"
    return ""


NO_BROWSER = browser_gap()


def on_postgres():
    return settings.DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql"


def pytest_configure(config):
    if os.environ.get("REQUIRE_BROWSER") and NO_BROWSER:
        raise pytest.UsageError(f"REQUIRE_BROWSER is set, but {NO_BROWSER}.")
    if os.environ.get("REQUIRE_POSTGRES") and not on_postgres():
        raise pytest.UsageError(f"REQUIRE_POSTGRES is set, but {NO_POSTGRES}.")


def pytest_report_header():
    return f"browser: {NO_BROWSER + '; browser tests are left out' if NO_BROWSER else CHROMIUM}"


def pytest_collection_modifyitems(config, items):
    if os.environ.get("ONLY_DATABASE"):
        others = [item for item in items if not opens_the_database(item)]
        items[:] = [item for item in items if opens_the_database(item)]
        config.hook.pytest_deselected(items=others)
    for item in items:
        if BROWSER_TESTS in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if NO_BROWSER:
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))
        if item.get_closest_marker("postgres") and not on_postgres():
            item.add_marker(pytest.mark.skip(reason=NO_POSTGRES))


def pytest_terminal_summary(terminalreporter):
    reasons = Counter(
        str(report.longrepr[2]).removeprefix("Skipped: ") for report in terminalreporter.getreports("skipped")
    )
    if reasons:
        terminalreporter.section("not run")
        for reason, count in reasons.most_common():
            terminalreporter.line(f"{count} test{'s' if count > 1 else ''} not run: {reason}")


def opens_the_database(item):
    return item.get_closest_marker("django_db") is not None or "db" in item.fixturenames


def empties_the_tables(item):
    marker = item.get_closest_marker("django_db")
    transactional = marker is not None and marker.kwargs.get("transaction", False)
    return transactional or not {"transactional_db", "live_server"}.isdisjoint(item.fixturenames)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Puts back what migrations had put into the tables, after a test at whose end Django empties them all."""
    was_set_up, goes_on = bool(item.funcargs), nextitem is not None  # after the last test there is no database
    result = yield
    if was_set_up and goes_on and empties_the_tables(item):
        with item.config.stash[blocking_manager_key].unblock():
            import_module("briefings.migrations.0002_roles").create(apps, None)
    return result


@pytest.fixture
def seed(db):
    """The content of `fixtures/`, loaded as `make run` loads it."""
    call_command("load_content", settings.BASE_DIR / "fixtures", verbosity=0)


@pytest.fixture
def stand(settings, tmp_path):
    """News sites on loopback, which are all that the fetcher reaches, and a folder of its own for what is kept."""
    settings.FETCHER, settings.MEDIA_ROOT = "tests.newsstand.fetch_here", tmp_path
    newsstand.OPEN.append(newsstand.Newsstand())
    yield newsstand.OPEN[-1]
    newsstand.OPEN.pop().close()


@pytest.fixture
def news(settings, tmp_path):
    """One news site on loopback, answering byte by byte, and a folder of its own for what is kept."""
    site = Site()
    settings.MEDIA_ROOT = tmp_path / "media"
    SITES.append(site)
    settings.FETCHER = "tests.editorial.pages.fetch_here"
    yield site
    SITES.remove(site)
    site.server.close()
