"""How fast content is loaded, against Django's `loaddata`, and in how much memory. Run by `make bench`.

Takes the number of statements (2000 unless told; the goals are for 20000). Each load runs in a process of its own, into
a new database of the kind that DATABASE_URL names.
"""

import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")

import django
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import loaddata
from django.db import connection

GOAL_RATIO, GOAL_MEMORY = 5, 300
A_SOURCE, A_BRIEFING = 100, 40  # statements
WORKS = {
    "loaddata": lambda folder: call_command(loaddata.Command(), *sorted(map(str, folder.glob("*.json"))), verbosity=0),
    "load_content": lambda folder: call_command("load_content", folder, verbosity=0),
    "load_content again": lambda folder: call_command("load_content", folder, verbosity=0),
    "verify": lambda folder: call_command("verify", verbosity=0),
}


def sentence(number: int) -> str:
    return f"The committee heard on day {number} that “harbour” returns were filed late, and that clerk {number} knew."


@cache
def article(source: int) -> tuple[str, str]:
    """Return the text of a source, which holds the sentences of its statements, and its hash."""
    text = "\n".join(sentence(number) for number in range(source * A_SOURCE, (source + 1) * A_SOURCE))
    return text, hashlib.sha256(text.encode()).hexdigest()


def row(model: str, **fields: object) -> dict[str, object]:
    return {"model": f"briefings.{model}", "fields": fields}


def sources(count: int) -> Iterator[dict[str, object]]:
    """Sources and their copies; each has its publisher."""
    yield row("topic", name="Harbours", slug="harbours", status="published")
    yield row("organization", name="The Daily", slug="daily", kind="media", status="published")
    yield row("organization", name="The Wire", slug="wire", kind="media", status="published")
    yield row("person", name="The Clerk", slug="clerk", public_role="clerk", status="published")
    for number in range(count):
        key = f"source-{number}"
        yield row("source", key=key, title=key, kind="news", publisher=["daily"], status="published")
        text, digest = article(number)
        yield row("snapshot", source=[key], method="supplied", text=text, text_sha256=digest, raw_sha256=digest)


def statements(count: int) -> Iterator[dict[str, object]]:
    """Quotations with their evidence, a passage and a relay each."""
    for number in range(count):
        key, source, words = f"statement-{number}", number // A_SOURCE, sentence(number)
        text, digest = article(source)
        start = text.index(words)
        yield row("statement", key=key, kind="quotation", text=words, speaker_person=["clerk"], topics=[["harbours"]],
                  said="2017-09-26", said_basis="printed", status="published")  # fmt: skip
        evidence = [key, 1]
        yield row("evidence", statement=[key], snapshot=[f"source-{source}", digest], order=1, verb="said")
        yield row("passage", evidence=evidence, order=1, start=start, end=start + len(words), exact=words)
        yield row("attributionstep", evidence=evidence, order=1, organization=["wire"], verb="according to")


def briefings(count: int) -> Iterator[dict[str, object]]:
    for number in range(count):
        slug, first = f"briefing-{number}", number * A_BRIEFING
        body = "\n\n".join(f"The clerk said so. [@statement-{first + each}]" for each in range(A_BRIEFING))
        yield row("briefing", title=slug, slug=slug, body=body, status="published")
        yield row("publishedrevision", briefing=[slug], version=1, title=slug, body=body, at="2026-11-22T08:00:00Z")
        yield row("revisiontopic", revision=[slug, 1], topic=["harbours"])


def write(folder: Path, count: int) -> None:
    parts = (sources(count // A_SOURCE), statements(count), briefings(count // A_BRIEFING))
    for number, objects in enumerate(parts):
        (folder / f"{number}.json").write_text(json.dumps(list(objects), ensure_ascii=False, indent=1), "utf-8")


def measure(name: str, folder: Path) -> None:
    """Make a database, do what has to come before, and print the seconds and the megabytes of the work itself."""
    django.setup()
    connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        if name not in ("loaddata", "load_content"):
            WORKS["load_content"](folder)
        started = time.perf_counter()
        WORKS[name](folder)
        print(time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    finally:
        connection.creation.destroy_test_db(settings.DATABASES["default"]["NAME"], verbosity=0)


def report(count: int) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        write(Path(scratch), count)
        seconds = {}
        print(f"{count} statements, {connection.vendor}")
        for name in WORKS:
            command = [sys.executable, __file__, name, scratch]
            answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
            seconds[name], memory = map(float, answer.split())
            print(f"  {name:20}{seconds[name]:8.1f} s {memory:6.0f} MB")
    ratio = seconds["loaddata"] / seconds["load_content"]
    print(
        f"  load_content is {ratio:.1f} times as fast as loaddata (goal: {GOAL_RATIO}; memory below {GOAL_MEMORY} MB)"
    )


if __name__ == "__main__":
    if len(sys.argv) > 2:
        measure(sys.argv[1], Path(sys.argv[2]))
    else:
        report(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
