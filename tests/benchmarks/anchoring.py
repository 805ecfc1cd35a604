"""How well passages are found again in changed articles, and how fast. Run by `make bench`.

`anchor` is what an outside benchmark calls. Run as a script this prints figures for made-up texts and, where
ANCHORBENCH names the folder of such a benchmark and POLNEAR_ROOT its texts, the benchmark's own table.
"""

import argparse
import contextlib
import importlib
import os
import random
import statistics
import sys
import time
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from briefings.quotes import Selector, Text, suggest
from briefings.quotes import anchor as anchored
from tests.benchmarks.quotes import WORDS, article, passages
from tests.quotes import hostile

BENCH = Path(os.environ.get("ANCHORBENCH", Path(__file__).parents[3] / "shared" / "bench" / "anchorbench"))
GOALS = "goals: at least 99.3 % correct, at most 0.2 % wrong, 99.7 % of vanished passages gone"


def anchor(text: str, selector: dict) -> tuple[int, int, str] | None:
    """Return where a passage is now and its verdict, or None where it is gone or ambiguous.

    `selector` has exact, prefix, suffix and start.
    """
    start = selector["start"]
    end = start + len(selector["exact"])
    place = anchored(text, Selector(selector["exact"], selector["prefix"], selector["suffix"], start, end))
    return None if place.start is None else (place.start, place.end, str(place.verdict))


def milliseconds(work) -> float:
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000


def report_made_up(size: int) -> None:
    """Times in a text of about `size` code points: what a worker needs for the first passage, and for each further."""
    text, chance = article(size), random.Random(3)
    for name in ("verbatim", "reworded", "gone"):
        now, selectors = text, passages(text)
        if name == "reworded":
            for selector in selectors:
                words = selector.exact.split(" ")
                words[len(words) // 2] = chance.choice(WORDS.split()) + "ly"
                now = now.replace(selector.exact, " ".join(words))
        elif name == "gone":
            for selector in selectors:
                now = now.replace(selector.exact, "")
        changed = Text("A line that was not there before.\n" + now)
        took = [milliseconds(partial(anchored, changed, selector)) for selector in selectors]
        goal = "  (goals at 100 kB: 20 and 1)" if name == "verbatim" else ""
        print(
            f"{size // 1000:>4} kB, {name:9} first passage {took[0]:6.1f} ms, "
            f"further ones {statistics.median(took[1:]):6.2f} ms, at most {max(took[1:]):6.2f}{goal}"
        )


def report_hostile() -> None:
    slowest = (0.0, "", "")
    for name, text in hostile.TEXTS.items():
        half = len(text) // 2
        gone = "x" + text[half : half + 200] + "x"
        near = Selector(gone, text[half - 32 : half], text[half + 200 : half + 232], half, half + len(gone))
        long = Selector(text[:half] + "x", "", text[half : half + 32], 0, half + 1)
        acts = {
            "changed passage": lambda text=text, near=near: anchored(Text(text), near),
            "long changed passage": lambda text=text, long=long: anchored(Text(text), long),
            "suggestion": lambda text=text, gone=gone: suggest(Text(text), gone),
        }
        for act, run in acts.items():
            took = milliseconds(run)
            if took > 100:
                print(f"hostile, {name}: {act} {took:.0f} ms (goal: 100)")
            slowest = max(slowest, (took, name, act))
    print(f"hostile texts of 200 kB: slowest {slowest[0]:.0f} ms ({slowest[1]}, {slowest[2]}; goal: 100)")


def report_benchmark(every: int, seeds: list[int]) -> None:
    if not (BENCH / "generate.py").is_file():
        print("Changed articles: skipped, because ANCHORBENCH does not name the folder of the benchmark.")
        return
    if not os.environ.get("POLNEAR_ROOT"):
        print("Changed articles: skipped, because POLNEAR_ROOT does not name the folder of the texts.")
        return
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(BENCH))
    generate, score = importlib.import_module("generate"), importlib.import_module("score")
    for seed in seeds or [generate.SEED]:
        report_seed(generate, score, every, seed)


def report_seed(generate, score, every: int, seed: int) -> None:
    counts: dict[str, dict[str, int]] = {}
    total = spent = 0
    for case in generate.cases(1000, every=every, seed=seed):
        started = time.process_time()
        got = anchor(case["text"], case["selector"])
        spent += time.process_time() - started
        outcome = score.verdict(got, case["expected"])
        for kind in (case["kind"], "gone" if case["expected"] is None else "present", "all"):
            counts.setdefault(kind, {}).setdefault(outcome, 0)
            counts[kind][outcome] += 1
        total += 1
    print(f"{total} changed articles, seed {seed} ({GOALS}):")
    for kind, of_kind in counts.items():
        correct, wrong, missed = score.pct(of_kind)
        print(f"  {kind:18} {correct:6.2f} % correct {wrong:6.2f} % wrong {missed:6.2f} % missed")
    print(f"  {1000 * spent / total:.2f} ms each")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=20, help="take every so manieth passage (1: all)")
    parser.add_argument("--seed", type=int, action="append", help="seed of the benchmark, several times if wished")
    options = parser.parse_args()
    for size in (100_000, 200_000, 400_000):
        report_made_up(size)
    report_hostile()
    with contextlib.suppress(KeyboardInterrupt):
        report_benchmark(options.every, options.seed)


if __name__ == "__main__":
    main()
