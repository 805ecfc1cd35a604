"""The site's settings as the tests use them: nothing kept, plain http, a database file of their own."""

import os
import tempfile
from pathlib import Path

SCRATCH = tempfile.TemporaryDirectory(prefix="briefings-tests-")  # removed when the process ends
os.environ |= {"BRIEFINGS_VAR": SCRATCH.name, "DJANGO_SECRET_KEY": "for tests only " * 4, "DJANGO_DEBUG": "false"}
os.environ |= {"DJANGO_HTTPS": "false", "BRIEFINGS_SITE_URL": "http://testserver", "BRIEFINGS_SITE_NAME": "Briefings"}

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STORAGES  # noqa: E402

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DATABASES["default"]["CONN_MAX_AGE"] = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, because a live server's threads cannot share a database in memory; what it holds need not reach the disk.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(SCRATCH.name) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON"
    )
FOUR_EYES = False  # most tests publish; those of the workflow switch it on
