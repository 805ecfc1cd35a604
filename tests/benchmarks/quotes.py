"""How fast passages are found, compared and linked. Run by `make bench`; prints figures beside their goals."""

import random
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from briefings.quotes import (
    Selector,
    Text,
    compare,
    find_in,
    find_words,
    locate,
    quoted_spans,
    selector_at,
    sentence_around,
    text_fragment,
)
from tests.quotes import hostile

WORDS = """the committee of a board harbour heard that nine returns “were” misprints, said clerk — it’s not filed"""


def milliseconds(work: Callable[[], object]) -> float:
    """Return the processor time of `work`; the clock would count what else the machine does."""
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000


def article(size: int) -> str:
    """Return made-up paragraphs of about `size` characters, the same every time."""
    chance, words = random.Random(7), WORDS.split()
    blocks, length = [], 0
    while length < size:
        block = [
            chance.choice(words) + (str(chance.randrange(9999)) if chance.random() < 0.1 else "") for _ in range(60)
        ]
        blocks.append(" ".join(block) + ".")
        length += len(blocks[-1]) + 1
    return "\n".join(blocks)


def passages(text: str) -> list[Selector]:
    """Return 48 passages of a line or two from all over the text."""
    starts = [text.index(" ", len(text) * part // 50) + 1 for part in range(1, 49)]
    return [selector_at(text, start, text.index(" ", start + 90)) for start in starts]


def report_article(size: int) -> None:
    text = article(size)
    changed = Text("A line that was not there before.\n" + text)
    selectors = passages(text)
    found = [milliseconds(partial(locate, changed, selector)) for selector in selectors]
    links = [milliseconds(partial(text_fragment, text, selector.start, selector.end)) for selector in selectors]
    print(
        f"article of {size // 1000} kB: first passage {found[0]:.1f} ms (goal at 100 kB: 20), "
        f"further ones at most {max(found[1:]):.2f} ms (goal: 1); "
        f"first link {links[0]:.1f} ms, further ones {sum(links[1:]) / len(links[1:]):.2f} ms"
    )


def report_hostile_texts() -> None:
    slowest = (0.0, "", "")
    for name, text in hostile.TEXTS.items():
        words = text[: len(text) // 2].strip()
        work = {
            "find a letter": lambda text=text: find_words(Text(text), text[:1]),
            "find half of it": lambda text=text, words=words: find_words(Text(text), words),
            "find half of it and more": lambda text=text, words=words: find_words(Text(text), words + "x"),
            "find in": lambda text=text, words=words: find_in(words + "!", Text(text)),
            "compare": lambda words=words: compare(words, [words + "x"]),
            "locate": lambda text=text: locate(Text("x " + text), selector_at(text, 90, 130)),
            "quotations": lambda text=text: quoted_spans(text),
            "sentence": lambda text=text: sentence_around(text, 100_000 * len(text) // 200_000, len(text) // 2 + 9),
            "link": lambda text=text: text_fragment(text, len(text) // 2, len(text) // 2 + 9),
        }
        for act, run in work.items():
            took = milliseconds(run)
            if took > 60:
                print(f"hostile, {name}: {act} {took:.0f} ms (goal: 100)")
            slowest = max(slowest, (took, name, act))
    print(f"hostile texts of 200 kB: slowest {slowest[0]:.0f} ms ({slowest[1]}, {slowest[2]}; goal: 100)")


def main() -> None:
    for size in (100_000, 200_000, 400_000):
        report_article(size)
    report_hostile_texts()


if __name__ == "__main__":
    main()
