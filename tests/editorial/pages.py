"""A news site on loopback: a page with an article between menus and teasers, and the way to it past the guard."""

from datetime import UTC, datetime, timedelta

from briefings.articles import Limits, fetch, read_html
from briefings.editorial.copies import NewCopy, store_copy
from briefings.models import CaptureMethod
from tests.articles import servers
from tests.factories import make_published_briefing, make_source, make_statement

HOST = "http://paper.example"
ADDRESS = f"{HOST}/bridge"
DAY_ONE = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
PARAGRAPHS = [
    "The minister opened the bridge over the river on Monday, before some two thousand people from both of its banks.",
    "“This bridge joins what the river parted a hundred years ago,” the minister said in a short speech at noon.",
    "The bridge took four years to build, and its cost of ninety million was shared by the two provinces it joins.",
    "“We shall build two more before the decade ends,” he added, without saying where the money is to come from.",
    "Engineers of both provinces had tested it for weeks with lorries full of sand, day and night, in all weathers.",
]
JOINS = "This bridge joins what the river parted a hundred years ago"
TWO_MORE = "We shall build two more before the decade ends"
COST = "its cost of ninety million was shared by the two provinces it joins"


def page(paragraphs=PARAGRAPHS, *, teasers=("Football: the cup goes south",), clock="3 hours ago"):
    """The page of an article as HTML, with what stands around it."""
    links = "".join(f'<li><a href="/{number}">{teaser}</a></li>' for number, teaser in enumerate(teasers))
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html lang=en><head><title>Bridge opened</title></head>"
        f"<body><nav><ul><li>Home<li>World<li>Sport</ul></nav>"
        f"<main><article><h1>Minister opens the bridge over the river</h1><p>Updated {clock}</p>{body}</article></main>"
        f"<aside><h2>Most read</h2><ul>{links}</ul></aside><footer>© The Paper</footer></body></html>"
    ).encode()


def changed(old, new):
    """The article's paragraphs with some words replaced."""
    paragraphs = [paragraph.replace(old, new) for paragraph in PARAGRAPHS]
    assert paragraphs != PARAGRAPHS
    return paragraphs


class Site:
    """The server behind all names, as long as they resolve."""

    def __init__(self):
        self.server = servers.Server()
        self.lost_names = set()
        self.patience = 10  # seconds
        self.serve(page())
        self.server.answers["/robots.txt"] = servers.answered(b"", status="404 Not Found")

    def serve(self, body, status="200 OK", path="/bridge", **headers):
        self.server.answers[path] = servers.answered(body, status=status, **headers)

    def fetch(self, address, *, agent, conditional):
        """What FETCHER names: the real fetch, led to this server."""
        return fetch(
            address, agent=agent, resolve=self.resolve, connect=self.server.connect, conditional=conditional,
            limits=Limits(total=self.patience),
        )  # fmt: skip

    def resolve(self, host, port):
        if host in self.lost_names:
            raise OSError(f"no {host}")
        return [servers.PUBLIC]

    def asked(self, path="/bridge"):
        """The requests for a page, as they came."""
        return [request.decode() for request in self.server.requests if request.split(b" ")[1].decode() == path]


SITES = []


def fetch_here(address, **options):
    """The fetcher that settings name in tests: it reaches the latest Site and nothing else."""
    return SITES[-1].fetch(address, **options)


def capture(body=None, *, address=ADDRESS, key="bridge", **fields):
    """The copy that a capture of the page made on day one, of a public source."""
    body = body or page()
    reading = read_html(body)
    named = {"title": "Bridge opened", "canonical_address": address, "status": "published"}
    source = make_source(key=key, address=address, **{**named, **fields})
    copy = NewCopy(
        reading.text, CaptureMethod.FETCHED, reading.media_type, reading.version, raw=body, captured_at=DAY_ONE
    )
    return store_copy(source, copy, by=None)[0]


def cite(copy, *words, kind="quotation"):
    """Public statements with these words in a copy, and a public briefing that cites them."""
    statements = [make_statement(text, kind=kind, snapshot=copy, status="published") for text in words]
    body = "\n\n".join(f"It was said so.[@{statement.key}]" for statement in statements)
    return statements, make_published_briefing(body)


def silent(connection):
    """An answer that never comes: the server waits until the other side gives up."""
    connection.recv(1)


def days(number):
    return DAY_ONE + timedelta(days=number)
