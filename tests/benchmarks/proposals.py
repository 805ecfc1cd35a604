"""How well and how fast statements are proposed. Run by `make bench`; prints figures beside their goals.

`extract` is what the benchmark of attributions calls. The corpus is no part of the project: without POLNEAR_ROOT, its
`data` folder, and the folder of the benchmark (QUOTEBENCH), only the speed is measured.
"""

import importlib
import os
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from briefings.speech import Form, Proposal, propose

PROJECT = Path(__file__).parents[2]
GOALS = {
    ("all", "exact"): 81.0,
    ("direct", "exact"): 97.0,
    ("mixed", "exact"): 72.0,
    ("indirect", "exact"): 68.0,
    ("all", "cover0.8"): 90.0,
    ("all", "statement"): 77.0,
    ("direct", "statement"): 94.5,
}
SPEAKER_GOALS = {"all": 97.0, "direct": 98.0}
SENTENCES = [
    '"The harbour belongs to everybody, and nobody will take it away," Mayor Nora Quill said on Tuesday.',
    "The clerk, who has kept the books for nine years, said that the returns were misprints.",
    "According to the Ledger, a weekly paper, the committee will meet again in the spring.",
    "He told reporters in a brief statement that the board had not decided, adding that it would do so soon.",
    "The rain of the last weeks had filled the reservoir above the town, and the lower fields stood under water.",
    "Nobody could cross the old bridge after the storm, so that the market was held in the yard of the school.",
    "It was the third time in five years that the river had left its bed, and the farmers had lost patience.",
    "Over 40 boats lay in the basin, and the pilots waited for the tide.",
    "“We are not amused,” she added. “Not at all,” said Tom Ash, the director of the museum.",
]


def extract(text: str) -> list[dict[str, object]]:
    """Return the attributions of `text` in the form that the benchmark reads, offsets in code points.

    These are the proposals that say who spoke or how it was said. What the text claims in its own voice, and
    quotations of which it does not say whose they are, are proposed to editors but attribute nothing: they are left
    out. `content` is what the cue governs, as the corpus marks it.
    """
    return [_attribution(one) for one in propose(text) if one.cue and one.form is not Form.OWN]


def _attribution(one: Proposal) -> dict[str, object]:
    return {
        "content": [list(span) for span in one.content],
        "source": [list(one.speaker)] if one.speaker else [],
        "cue": [list(one.cue)] if one.cue else [],
        "kind": one.kind,
        "speaker": one.name or one.printed,
        "chain": [relay.name for relay in one.chain],
        "event": one.event,
        "confidence": one.confidence,
    }


def article(size: int) -> str:
    """Return made-up news of about `size` characters, the same every time."""
    chance, blocks, length = random.Random(11), [], 0
    while length < size:
        blocks.append(" ".join(chance.choice(SENTENCES) for _ in range(4)))
        length += len(blocks[-1]) + 1
    return "\n".join(blocks)


def report_speed() -> None:
    once, twice = (min(milliseconds(article(size)) for _ in range(3)) for size in (100_000, 200_000))
    print(f"proposals: {once:.0f} ms per 100 kB, {twice:.0f} in an article of twice the size (goal: 150)")


def milliseconds(text: str) -> float:
    """Return the processor time that proposing takes per 100 kB of a text."""
    started = time.process_time()
    propose(text)
    return (time.process_time() - started) * 1000 / (len(text) / 100_000)


def report_agreement() -> None:
    bench = Path(os.environ.get("QUOTEBENCH", PROJECT.parent / "shared" / "bench" / "quotebench"))
    if not os.environ.get("POLNEAR_ROOT") or not bench.is_dir():
        print("proposals: agreement with the corpus skipped, POLNEAR_ROOT or the benchmark is not there")
        return
    sys.path.insert(0, str(bench))
    scores = _scores()
    for (kind, measure), goal in GOALS.items():
        print(f"proposals, {kind} {measure}: {scores[kind][measure]['f1'] * 100:.1f} (goal: {goal})")
    for kind, goal in SPEAKER_GOALS.items():
        print(f"proposals, {kind} speaker: {scores[kind]['speaker']['hit'] * 100:.1f} (goal: {goal})")


def _scores() -> dict[str, dict[str, dict[str, float]]]:
    """Return the scores on the development split: every contiguous passage, cues with a verb of saying."""
    polnear, run, score = (importlib.import_module(name) for name in ("polnear", "run", "score"))
    rows = []
    for one in polnear.load("dev"):
        found = [run.as_quote(quote) for quote in extract(one.text)]

        def says(quote: object, text: str = one.text) -> bool:
            return bool(score.SAY.search(" ".join(text[start:end] for start, end in quote.cue)))

        gold, found = [q for q in one.quotes if says(q)], [q for q in found if not q.cue or says(q)]
        rows.append((one.text, run.split(one.text, gold), run.split(one.text, found)))
    return score.score(rows)


def main() -> None:
    report_speed()
    report_agreement()


if __name__ == "__main__":
    main()
