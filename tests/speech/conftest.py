"""The seed articles, as the fixtures hold them."""

import json
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

FIXTURES = Path(__file__).parents[2] / "fixtures"


def text_of(source):
    """Return the captured text of a source of the seed content."""
    records = json.loads((FIXTURES / "50_sources.json").read_text())
    snapshots = [record["fields"] for record in records if record["model"] == "briefings.snapshot"]
    return next(fields["text"] for fields in snapshots if fields["source"] == [source])


@pytest.fixture(scope="session")
def news():
    return text_of("dawn-2017-interpol-beijing")


@pytest.fixture(scope="session")
def explainer():
    return text_of("interpolrednotice-pakistan")
