"""The settings as a fresh process reads them from its environment."""

import json
import subprocess
import sys

import pytest
from django.conf import settings

SECRET = "a secret of fifty characters or more, only for these tests"
SHOW = """
import json, sys, django
django.setup()
from django.conf import settings
print(json.dumps({name: getattr(settings, name, None) for name in sys.argv[1:]}, default=str))
"""
PRAGMAS = """
import json, sys, django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    print(json.dumps({name: cursor.execute("PRAGMA " + name).fetchone()[0] for name in sys.argv[1:]}))
"""


def start(environment, tmp_path, code, *arguments):
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={"DJANGO_SETTINGS_MODULE": "config.settings", "BRIEFINGS_VAR": str(tmp_path), **environment},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )


def shown(environment, tmp_path, *names, code=SHOW):
    process = start(environment, tmp_path, code, *names)
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout)


@pytest.mark.parametrize("environment", [{}, {"DJANGO_DEBUG": "false"}, {"DJANGO_SECRET_KEY": ""}])
def test_without_a_secret_nothing_starts_and_the_variable_is_named(environment, tmp_path):
    process = start(environment, tmp_path, "import config.wsgi")
    assert process.returncode != 0
    assert "ImproperlyConfigured: Set DJANGO_SECRET_KEY" in process.stderr


def test_debug_alone_is_enough_to_try_things_out(tmp_path):
    found = shown({"DJANGO_DEBUG": "true"}, tmp_path, "DEBUG", "SECURE_SSL_REDIRECT", "ALLOWED_HOSTS")
    assert found == {"DEBUG": True, "SECURE_SSL_REDIRECT": False, "ALLOWED_HOSTS": ["127.0.0.1", "localhost"]}


def test_a_secret_alone_gives_a_closed_site_under_tls(tmp_path):
    found = shown(
        {"DJANGO_SECRET_KEY": SECRET},
        tmp_path,
        *("DEBUG", "ALLOWED_HOSTS", "SECURE_SSL_REDIRECT", "SECURE_PROXY_SSL_HEADER"),
        *("SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE"),
    )
    assert found == {
        "DEBUG": False,
        "ALLOWED_HOSTS": [],
        "SECURE_SSL_REDIRECT": True,
        "SECURE_PROXY_SSL_HEADER": None,
        "SESSION_COOKIE_NAME": "__Host-session",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "CSRF_COOKIE_SECURE": True,
    }


def test_sqlite_waits_keeps_what_it_committed_and_checks_its_references(tmp_path):
    wanted = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    found = shown({"DJANGO_SECRET_KEY": SECRET}, tmp_path, *wanted, code=PRAGMAS)
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 20_000}


def test_the_database_comes_from_its_address(tmp_path):
    found = shown(
        {"DJANGO_SECRET_KEY": SECRET, "DATABASE_URL": f"sqlite:///{tmp_path}/other.db"}, tmp_path, "DATABASES"
    )
    assert found["DATABASES"]["default"]["NAME"] == f"{tmp_path}/other.db"
    assert found["DATABASES"]["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    postgres = {"DJANGO_SECRET_KEY": SECRET, "DATABASE_URL": "postgres://desk:word@db.example:5433/briefings"}
    found = shown(postgres, tmp_path, "DATABASES")["DATABASES"]["default"]
    assert (found["ENGINE"], found["HOST"], found["PORT"]) == ("django.db.backends.postgresql", "db.example", 5433)
    assert "transaction_mode" not in found.get("OPTIONS", {})
