"""The requirement files are what `make requirements` makes of pyproject.toml: pinned, hashed, and naming no index."""

import importlib.util
import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.conf import settings

PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[a-z,]+\])?==(\S+)", re.M)


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())


def pins(name):
    return dict(PIN.findall((settings.BASE_DIR / name).read_text()))


def named(requirements):
    return dict(PIN.match(requirement).groups() for requirement in requirements)


def test_each_direct_dependency_is_pinned_as_pyproject_says(project):
    assert named(project["project"]["dependencies"]).items() <= pins("requirements.txt").items()


def test_development_has_everything_the_site_has_and_its_own(project):
    wanted = named(project["dependency-groups"]["dev"] + project["project"]["optional-dependencies"]["postgres"])
    found = pins("requirements-dev.txt")
    assert pins("requirements.txt").items() <= found.items()
    assert wanted.items() <= found.items()


def test_each_direct_dependency_gives_its_reason():
    text = (settings.BASE_DIR / "pyproject.toml").read_text()
    listed = re.findall(r'^    "[a-z][^"]*==[^"]*",(.*)$', text, re.M)
    assert len(listed) > 20
    assert all(re.match(r"  # \S+ \S+", reason) for reason in listed)


def test_nothing_is_installed_that_the_site_does_not_use(project):
    """By its module's name in the code, or, for gunicorn, in the command that starts it."""
    files = [file for folder in ("briefings", "config") for file in (settings.BASE_DIR / folder).rglob("*.py")]
    code = "\n".join(file.read_text() for file in files)
    modules = {}
    for module, distributions in packages_distributions().items():
        for distribution in distributions:
            modules.setdefault(distribution.lower().replace("_", "-"), set()).add(module)
    for name in named(project["project"]["dependencies"]):
        used = rf"""(import |from |["'])({"|".join(modules[name])})\b"""
        where = files_of(WANTED_BY[name]) if name in WANTED_BY else code
        assert re.search(used, where), f"{name} is in pyproject.toml, but nothing in briefings/ or config/ uses it."


# What a package that the site uses imports without requiring it of every installer.
WANTED_BY = {"lxml-html-clean": "lxml.html"}


def files_of(module):
    folder = Path(importlib.util.find_spec(module).origin).parent
    return "\n".join(file.read_text() for file in folder.rglob("*.py"))


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_has_hashes_and_no_index_is_named(name):
    text = (settings.BASE_DIR / name).read_text()
    blocks = re.split(r"\n(?=[a-z0-9])", text)[1:]
    assert len(blocks) == len(pins(name))
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host|(?<![\w.])/\w+/", text)
