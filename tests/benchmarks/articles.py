"""How fast a captured page is read and described. Run by `make bench`; prints figures beside their goals."""

import contextlib
import resource
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from briefings.articles import Unreadable, article_span, canonical_address, describe, read_html, read_pdf, robots_allow
from tests.articles.pdfs import pdf
from tests.benchmarks.quotes import article

PAGE = Path(__file__).parents[1] / "articles" / "pages" / "news_json_ld.html"
ADDRESS = "https://m.harbour.example/news/1834/late-returns/amp?utm_source=x&page=2"
HOSTILE = {
    "5 MB of paragraphs": "<p>a word and more " * 249_000,
    "5 MB of inline elements": "a word <b>b</b> more" * 249_000,
    "5 MB unclosed": "<b>" * 1_600_000,
    "5 MB in one attribute": f"<p title='{'a' * 5_000_000}'>a",
    "5 MB of one word": f"<p>{'a' * 5_000_000}",
    "5 MB of white space": f"<p>a{' ' * 5_000_000}b",
    "5 MB of references": "<p>" + "&amp;" * 1_000_000,
    "5 MB of angle brackets": "<" * 5_000_000,
    "5 MB of open comments": "<!--" * 1_250_000,
    "5 MB of ends": "</body" * 830_000,
    "5 MB of styles": ("<p style='display:" + " " * 1000 + "'>a") * 5000,
    "5 MB of lists": "<ul><li>" * 500 + "<li>a word and more" * 248_000,
}


def milliseconds(work: Callable[[], object]) -> float:
    """Return the processor time of `work`; the clock would count what else the machine does."""
    started = seconds_used()
    with contextlib.suppress(Unreadable):
        work()
    return (seconds_used() - started) * 1000


def seconds_used() -> float:
    """Return the processor time so far, of this process and of those it has started and seen end."""
    uses = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def page(size: int) -> str:
    """Return a news page of about `size` characters."""
    paragraphs = "".join(f"<p class='story__text'>{line}</p>\n" for line in article(size).split("\n") if line)
    head, _, foot = PAGE.read_text().partition("<p>Refunds follow.</p>")
    return head + paragraphs + foot


def main() -> None:
    markup = page(100_000)
    content = markup.encode()
    text = read_html(content).text
    lines = [line[at : at + 80] for line in text.split("\n") if line for at in range(0, len(line), 80)]
    document = pdf(*(lines[at : at + 50] for at in range(0, len(lines), 50)))
    robots = "User-agent: *\n" + "".join(f"Disallow: /a*{number}*b$\n" for number in range(5000))
    describe(content)  # trafilatura makes itself ready at its first page
    ordinary: list[tuple[str, float, Callable[[], object]]] = [
        ("read a page of 100 kB", 20, partial(read_html, content)),
        ("describe it", 150, partial(describe, content, address=ADDRESS, text=text)),
        ("propose its article", 400, partial(article_span, text, content)),
        ("read the same from a PDF", 500, partial(read_pdf, document)),
        ("read a PDF of 1000 pages", 10_000, partial(read_pdf, pdf(*[lines[:50]] * 1000))),
        ("1000 canonical addresses", 200, lambda: [canonical_address(ADDRESS) for _ in range(1000)]),
        ("robots.txt of 5000 rules", 100, partial(robots_allow, robots, "https://a.example/" + "ab" * 900, "Test")),
    ]
    for name, goal, work in ordinary:
        print(f"{name:32} {milliseconds(work):8.1f} ms   goal {goal}")
    for name, markup in HOSTILE.items():
        print(f"{'read ' + name:32} {milliseconds(partial(read_html, markup)):8.0f} ms   goal 2000")
        print(f"{'describe it':32} {milliseconds(partial(describe, markup)):8.0f} ms   goal 4000")


if __name__ == "__main__":
    main()
