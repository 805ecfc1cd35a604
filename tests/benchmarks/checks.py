"""How long the evidence checks take, live and on hostile bodies: python -m tests.benchmarks.checks.

It makes a database of its own in memory.
"""

import os
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
os.environ["DATABASE_URL"] = "sqlite://:memory:"

LIVE = 0.5  # seconds of CPU, for 5,000 words with 100 citations
HOSTILE = 2.0  # seconds of CPU, for 100 kB of anything
SIZE = 100_000


def article(keys, words):
    """5,000 words in a hundred paragraphs, each with a quotation, a figure and a citation."""
    for number, key in enumerate(keys):
        yield (
            f"In 2017 Interior *Minister* said “{words}”, at the [assembly](https://example.org/{number}) in Beijing, "
            f"and some 10,000 people and forty ministers heard it on 26 September, in the 86th session, as it goes on "
            f"for as long as a paragraph goes on in a briefing of the usual length.[@{key}]"
        )


def bodies(keys):
    for piece in ("“a” ", "‘a’ ", "194 ", "1,000", "May ", "one ", "[", "[a]{", "A.\n\n", "[@x]", "\0", "> - "):
        yield f"100 kB of {piece.strip()!r}", (piece * SIZE)[:SIZE]
    yield "195 beside 100 citations", " ".join(f"195[@{key}]" for key in keys) + " 196" * 20_000
    yield "“no” beside 100 citations", " ".join(f"“no {key}”[@{key}]" for key in keys) * 20
    yield "200 kB of words", "word " * 40_000


def main():
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from briefings.editorial import body_problems
    from tests.factories import make_evidence, make_snapshot, make_source, make_statement

    call_command("migrate", verbosity=0)
    words = "The growing challenge of globalisation requires a collaborative approach, told to 10,000 people"
    keys = []
    for number in range(100):
        text = f"{number} A report of some length. " * 400 + f"“{words}” {number}"
        statement = make_statement(words, snapshot=make_snapshot(text, source=make_source(published="2017-09-26")))
        make_evidence(statement, snapshot=make_snapshot(text + ".", source=make_source()))
        keys.append(statement.key)
    body = "\n\n".join(article(keys, words))
    for name, text in [(f"{len(body.split()):,} words, 100 citations", body), *bodies(keys)]:
        goal = LIVE if text is body else HOSTILE
        body_problems("warm")
        with CaptureQueriesContext(connection) as queries:
            started = time.process_time()
            found = body_problems(text)
            took = time.process_time() - started
        over = "  OVER" if took > goal else ""
        print(f"{took * 1000:8.1f} ms {len(queries):3} queries {len(found):4} findings  {name}{over}")


if __name__ == "__main__":
    main()
