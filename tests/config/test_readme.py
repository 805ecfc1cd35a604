"""What the README tells people: every command, target, folder and variable it names is there, and none is left out."""

import re

import pytest
from django.conf import settings
from django.core.management import get_commands

README = (settings.BASE_DIR / "README.md").read_text()
FIRST = "\n".join(README.splitlines()[:40])
MAKEFILE = (settings.BASE_DIR / "Makefile").read_text()
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.M))


def section(title):
    return re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", README, re.M | re.S).group(1)


def test_the_first_forty_lines_hold_what_a_newcomer_needs():
    for wanted in ("make run", "make test", "## Where things are", "## The import rule"):
        assert wanted in FIRST


def test_the_picture_is_there():
    (picture,) = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", FIRST)
    assert (settings.BASE_DIR / picture).is_file(), f"The README shows {picture}, which is missing."


def test_each_make_target_it_names_exists_and_each_that_exists_is_phony():
    named = set(re.findall(r"make ([a-z]+)", " ".join(re.findall(r"`[^`]+`|^make \w+", README, re.M))))
    assert named
    assert named <= TARGETS
    assert set(re.search(r"^\.PHONY:(.*)$", MAKEFILE, re.M).group(1).split()) == TARGETS


def test_the_table_of_commands_is_the_folder_of_commands():
    named = set(re.findall(r"^\| `(\w+)", section("Commands"), re.M))
    assert named == {name for name, app in get_commands().items() if app == "briefings"} - {"loaddata"}


def test_the_table_of_settings_is_what_the_configuration_reads():
    read = set()
    for name in ("settings.py", "gunicorn.py"):
        text = (settings.BASE_DIR / "config" / name).read_text()
        read |= set(re.findall(r"""env(?:iron\.get|\.\w+)\(\s*"([A-Z_]+)\"""", text))
    assert read == set(re.findall(r"^\| `([A-Z_]+)`", section("Settings"), re.M))


@pytest.mark.parametrize(
    "path", re.findall(r"`([a-z_./]+(?:/|\.py))`", section("Where things are") + section("Commands"))
)
def test_each_folder_it_names_exists(path):
    assert (settings.BASE_DIR / path).exists() or (settings.BASE_DIR / "briefings" / path).exists()
