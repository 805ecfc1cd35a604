"""Runs one of the site's commands as a site on this machine alone: `python -m config.local serve_site`.

Plain http on 127.0.0.1 and a secret of its own in `var/secret`; what the environment already sets is left as it is.
A public site has its environment set by those who run it, and uses `manage.py`.
"""

import contextlib
import os
import secrets
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

BASE_DIR = Path(__file__).resolve().parent.parent


def secret(directory):
    """The secret kept in `directory`, made at first use: whole or not at all, readable by its owner alone."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = directory / "secret"
    if not kept.exists() or not kept.read_text().strip():
        kept.unlink(missing_ok=True)
        fresh = directory / f"secret.{os.getpid()}"
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:  # noqa: PTH123
            file.write(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):  # another process was first: its secret counts
            kept.hardlink_to(fresh)
        fresh.unlink()
    return kept.read_text().strip()


def environment(given):
    """The variables of a local site, where `given` does not set them."""
    directory = Path(given.get("BRIEFINGS_VAR", BASE_DIR / "var"))
    defaults = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DJANGO_HTTPS": "false",
        "DJANGO_ALLOWED_HOSTS": "127.0.0.1,localhost",
        "BRIEFINGS_SITE_URL": f"http://127.0.0.1:{given.get('PORT', '8000')}",
    }
    if not given.get("DJANGO_SECRET_KEY"):
        defaults["DJANGO_SECRET_KEY"] = secret(directory)
    return {name: value for name, value in defaults.items() if not given.get(name)}


if __name__ == "__main__":
    os.environ.update(environment(os.environ))
    try:
        execute_from_command_line(["manage.py", *sys.argv[1:]])
    except KeyboardInterrupt:
        sys.exit("\nStopped. What was finished is kept; run the same command again to go on.")
