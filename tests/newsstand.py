"""News sites on loopback for the capture tests: real HTTP to one server, reached under any name past the guard."""

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from briefings.articles import Limits, fetch

PUBLIC = "93.184.216.34"
SEED_ADDRESS = "http://dawn.example/news/1360188"


class Newsstand:
    """Serves `pages`: {"host/path?query": (status, headers, body)}; other addresses are 404, `lost` names unknown."""

    def __init__(self):
        self.pages, self.requests, self.lost = {}, [], set()
        self.meanwhile = lambda: None  # done in the fetching thread, after the page has come
        stand = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                name = f"{self.headers['Host'].partition(':')[0]}{self.path}"
                stand.requests.append((name, dict(self.headers)))
                status, headers, body = stand.pages.get(name, (404, {}, b"<h1>Not here</h1>"))
                body = body(self.headers) if callable(body) else body
                self.send_response(status)
                for key, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                    self.send_header(key, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def port(self):
        return self.server.server_address[1]

    def put(self, address, body, status=200, **headers):
        """Serve `body` (or what it makes of the request's headers) at an address; header names with underscores."""
        body = body.encode() if isinstance(body, str) else body
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[address.partition("://")[2]] = (status, headers, body)

    def fetch(self, address, **options):
        """The real fetch, led to this server."""
        limits = Limits(connect=1, total=3)
        exchange = fetch(address, resolve=self.resolve, connect=self.connect, limits=limits, **options)
        self.meanwhile()
        return exchange

    def resolve(self, host, port):
        if host in self.lost:
            raise OSError(host)
        return [PUBLIC]

    def connect(self, address, port, timeout):
        return socket.create_connection(self.server.server_address, timeout)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


OPEN = []


def fetch_here(address, **options):
    """What FETCHER names in tests: the stand that opened last, and nothing else."""
    return OPEN[-1].fetch(address, **options)


def seed_page(**fields):
    """The seed news article as a page of a news site, with what surrounds it there."""
    rows = json.loads((Path(__file__).parent.parent / "fixtures" / "50_sources.json").read_text())
    text = next(
        row["fields"]["text"]
        for row in rows
        if row["model"] == "briefings.snapshot" and row["fields"]["source"] == ["dawn-2017-interpol-beijing"]
    )
    title, *paragraphs = [line for line in text.split("\n") if line.strip()]
    return article(title, paragraphs, **fields)


def article(
    title, paragraphs, *, publisher="Dawn", author="Naveed Siddiqui", date="2017-09-26T12:00:00+05:00", head=""
):
    """A page with an article, its metadata as JSON-LD and Open Graph, a menu, teasers and a footer."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": date,
        "author": {"@type": "Person", "name": author},
        "publisher": {"@type": "Organization", "name": publisher},
    }
    ld = json.dumps(data).replace("<", "\\u003c")
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} - {publisher}</title>
<meta property="og:title" content="{title} | {publisher}"><meta property="og:site_name" content="{publisher}.com">
<script type="application/ld+json">{ld}</script>{head}</head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><main><article><h1>{title}</h1>
{body}
</article></main><footer>All rights reserved.</footer></body></html>"""
