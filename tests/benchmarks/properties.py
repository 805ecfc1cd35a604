"""The properties of the quote engine, tried with many generated examples. Run by `make bench`; fails if one does."""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from hypothesis import HealthCheck, given, settings

from tests.quotes.properties import PROPERTIES


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=100_000, help="of all properties together")
    options = parser.parse_args()
    each = -(-options.examples // len(PROPERTIES))
    every = settings(max_examples=each, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    for holds, strategies in PROPERTIES.items():
        started = time.monotonic()
        every(given(*strategies)(holds))()
        name = holds.__name__.replace("_", " ")
        print(f"{name}: holds in {each} examples ({time.monotonic() - started:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
