"""`serve_site`: brings a site on this machine up to date and serves it; what `make run` starts.

Each step looks at what is there and does only what is missing, so a run that was cut off is simply run again.
"""

import hashlib
import os
import secrets
import socket
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections, transaction

from briefings.models import Briefing, Source

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Prepares the database, the first content and the first administrator where they are missing, then serves."
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("--port", default="8000", help="The port on 127.0.0.1 (8000 unless told).")
        parser.add_argument("--fixtures", type=Path, default=settings.BASE_DIR / "fixtures", help="The first content.")

    def handle(self, *, port, fixtures, **options):
        port = free_port(port)
        call_command("migrate", interactive=False, verbosity=0)
        self.load_first_content(fixtures)
        self.collect_static_files()
        self.create_first_administrator()
        connections.close_all()
        self.stdout.flush()
        os.chdir(settings.BASE_DIR)
        os.execv(sys.executable, gunicorn_command(port))

    def load_first_content(self, fixtures):
        if Source.objects.exists() or Briefing.objects.exists():
            return
        self.stdout.write("Loading the first content…")
        self.stdout.flush()
        call_command("load_content", fixtures, verbosity=0)

    def collect_static_files(self):
        """Skipped while nothing changed; the fingerprint is written last, so that a run cut off here is done again."""
        kept = Path(settings.STATIC_ROOT) / "collected"
        found = static_files_fingerprint()
        if not kept.exists() or kept.read_text() != found:
            call_command("collectstatic", interactive=False, verbosity=0)
            kept.write_text(found)

    def create_first_administrator(self):
        """The password is shown before the account is kept: no run that is cut off leaves an account nobody can use."""
        users = get_user_model().objects
        if users.exists():
            return
        password = secrets.token_urlsafe(12)
        with transaction.atomic():
            users.create_superuser("admin", password=password)
            self.stdout.write(f"First administrator: admin\nPassword:            {password}")
            self.stdout.write("This password is shown only now. Change it under “Change password” in the admin.\n")
            self.stdout.flush()


def free_port(text):
    """The port as a number; raises CommandError in one plain sentence where nothing could be served on it."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise CommandError(f"“{text}” is not a port: choose a number up to 65535, for example: make run PORT=8001")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise CommandError(f"Port {port} is the system's: choose one above 1023, for example 8001.") from None
        except OSError:
            other = port + 1 if port < 65535 else 8000
            raise CommandError(
                f"Port {port} is in use on this machine: stop what uses it, or choose another: make run PORT={other}"
            ) from None
    return port


def static_files_fingerprint():
    """Changes whenever a static file is added, removed or edited, or is to be stored in another way."""
    found = [settings.STORAGES["staticfiles"]["BACKEND"]]
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            found.append(f"{path} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(found).encode()).hexdigest()


def gunicorn_command(port):
    return [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "--bind", f"{HOST}:{port}"]
