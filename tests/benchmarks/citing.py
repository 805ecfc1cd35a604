"""How fast statements to cite are found, and words in stored copies. Run by `make bench`; on a database of its own."""

# ruff: noqa: E402
import os
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"

import django

django.setup()

from django.db import connection
from django.db.models import Min
from django.test.runner import DiscoverRunner

from briefings.editorial.citable import complete, find, find_sources
from briefings.editorial.held_words import standing_in
from briefings.models import Evidence, Passage, Person, Snapshot, Source, Statement, User
from briefings.permissions import Role
from tests.benchmarks.quotes import article
from tests.factories import make_user

STATEMENTS, COPIES, SIZE = 100_000, 2_000, 10_000


def fill() -> None:
    """Write people, sources with a copy each, and statements that stand in them."""
    people = Person.objects.bulk_create(
        Person(slug=f"person-{n}", name=f"Ann Bee {n}", public_role="minister", status="published") for n in range(500)
    )
    sources = Source.objects.bulk_create(
        Source(key=f"paper-{n}", title=f"A report of things {n}", kind="news", status="published")
        for n in range(COPIES)
    )
    chance = random.Random(5)
    base = article(SIZE * 4).split(" ")
    copies = []
    for n, source in enumerate(sources):
        at = chance.randrange(len(base) // 2)
        copy = Snapshot(
            source=source,
            text=f"Number {n} began so and went on as it had begun. {' '.join(base[at:])[:SIZE]}",
            method="supplied",
        )
        copy.fill_in()
        copies.append(copy)
    copies = Snapshot.objects.bulk_create(copies, batch_size=200)
    spans = [(n % COPIES, start := chance.randrange(SIZE - 400), start + 150) for n in range(STATEMENTS)]
    statements = Statement.objects.bulk_create(
        (
            Statement(
                key=f"bee-{n}", kind="quotation", text=copies[copy].text[start:end], status="published",
                speaker_person=people[n % 500],
            )
            for n, (copy, start, end) in enumerate(spans)
        ),
        batch_size=1000,
    )  # fmt: skip
    evidence = Evidence.objects.bulk_create(
        (Evidence(statement=one, snapshot=copies[copy], verdict="exact", location="in place")
         for one, (copy, _start, _end) in zip(statements, spans, strict=True)),
        batch_size=1000,
    )  # fmt: skip
    Passage.objects.bulk_create(
        (Passage(evidence=one, start=start, end=end, exact=copies[copy].text[start:end])
         for one, (copy, start, end) in zip(evidence, spans, strict=True)),
        batch_size=1000,
    )  # fmt: skip


def report(name: str, work, *given, **asked) -> None:
    """Print the processor time of `work`; the clock would count what else the machine does."""
    took = []
    for _time in range(5):
        started = time.process_time()
        found = work(*given, **asked)
        took.append((time.process_time() - started) * 1000)
    print(f"{name:42} {min(took):8.1f} ms {len(found):4} found")


def main() -> None:
    runner = DiscoverRunner(verbosity=0, interactive=False)
    old = runner.setup_databases()
    try:
        fill()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        searches()
    finally:
        runner.teardown_databases(old)


def searches() -> None:
    copy = Snapshot.objects.get(pk=Snapshot.objects.aggregate(first=Min("pk"))["first"])
    words = max(copy.text.split("\n"), key=len)[:300]
    for role in (Role.EDITOR, Role.CONTRIBUTOR):
        user: User = make_user(role)
        print(f"{role.name.lower()}: {STATEMENTS:,} statements; goal 300 ms each, eight words 500 ms")
        report("words that many have", find, user, words="the")
        report("three words and a speaker", find, user, words="the of Bee 77")
        report("a word that nobody said", find, user, words="xyzzy")
        report("eight words", find, user, words="a b c d e f g xyzzy")
        report("speaker", find, user, speaker="Bee 77")
        report("source", find, user, source="report 77")
        report("source by key", find, user, source="paper-77")
        report("recent", find, user, recent=True)
        report("from a copy", find, user, copy=copy)
        report("near a statement", find, user, near="bee-99")
        report("completion of a key", complete, user, "bee-77")
        report("completion of nothing", complete, user, "xyzzy")
        report("sources", find_sources, user, "report")
        print(f"{COPIES:,} copies of {SIZE:,} characters; goal 300 ms each")
        report(
            "pasted words that stand in one",
            standing_in,
            user,
            "Number 0 began so and went on as it had begun",
        )
        report(
            "pasted words that stand in many",
            standing_in,
            user,
            words[words.index(" ") : words.rindex(" ")].strip(),
        )
        report("pasted words that stand nowhere", standing_in, user, "Words that xyzzy stand nowhere at all")
        three = "\n\n".join(f"Words that xyzzy stand nowhere {n} at all" for n in range(3))
        report("three paragraphs that stand nowhere", standing_in, user, three)


if __name__ == "__main__":
    main()
