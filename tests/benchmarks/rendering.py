"""How long 100 kB of Markdown take to render, hostile nesting included: python -m tests.benchmarks.rendering."""

import time

from briefings.rendering import Cited, citation_places, render

SIZE = 100_000
GOAL = 0.2  # seconds, QUALITY of the site: 100 kB of Markdown under 200 ms
WORDS = "The growing challenge requires a collaborative approach to tackle terrorism and cybercrime"
NOTES = {f"key-{number}": Cited((WORDS, f"other words {number}")) for number in range(400)}


def article():
    """A body as people write it, only longer: quotations, links, emphasis and a citation in each paragraph."""
    paragraphs = (
        f"Interior *Minister* said “{WORDS}”, at the [assembly](https://example.org/{number}) in Beijing, and **more** "
        f"words follow here to make a paragraph of the usual length, by this account.[@key-{number % 400}]\n\n"
        for number in range(SIZE)
    )
    body = ""
    while len(body.encode()) < SIZE:
        body += next(paragraphs)
    return body


def filled(piece):
    return (piece * (SIZE // len(piece) + 1))[:SIZE]


def bodies():
    yield "an article of 100 kB", article()
    for piece in "[", ">", "*", "(", "_", "`", "<", "!", "&":
        yield f"10,000 {piece}", piece * 10_000
    yield "10,000 [ and a link", "[" * 10_000 + "](https://example.org)"
    yield "10,000 [ and a reference", "[" * 10_000 + "]\n\n[x]: https://example.org\n"
    for piece in "> - ", "**a ", "[@key-1; ", "[a](", "“a”", "[@key-1]", "::: analysis\n":
        yield f"100 kB of {piece.strip()}", filled(piece)
    yield "one paragraph, 400 citations, 400 wrong quotations", " ".join(f"“{WORDS} no” [@{key}]" for key in NOTES)


def seconds(function, *args):
    started = time.perf_counter()
    function(*args)
    return time.perf_counter() - started


def main():
    print(f"{'render':>10} {'index':>10}")
    for name, body in bodies():
        rendering = min(seconds(render, body, NOTES) for _ in range(3))
        indexing = min(seconds(citation_places, body, NOTES) for _ in range(3))
        print(f"{rendering * 1000:7.1f} ms {indexing * 1000:7.1f} ms  {name}{'  OVER' if rendering > GOAL else ''}")


if __name__ == "__main__":
    main()
