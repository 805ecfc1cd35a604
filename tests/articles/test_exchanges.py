"""Archive records, read back by the library's own reader."""

import gzip
import io

from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from briefings.articles import fetch, warc_of

from .servers import PUBLIC, answered, chunked


def records(server, address="http://news.example/"):
    exchange = fetch(address, agent="Test/1", resolve=lambda host, port: [PUBLIC], connect=server.connect)
    found = {}
    for record in ArchiveIterator(io.BytesIO(warc_of(exchange)), check_digests="raise"):
        found[record.rec_type] = (record, record.raw_stream.read())
    return exchange, found


def test_the_record_holds_what_was_asked_and_what_came_back(server):
    packed = gzip.compress("<p>Héllo".encode())
    server.answers["/news?id=1"] = answered(packed, Content_Encoding="gzip", X_Place="Zürich", Set_Cookie="a=b")
    exchange, found = records(server, "http://news.example/news?id=1")
    response, content = found["response"]
    assert content == packed
    assert response.http_headers.get_statuscode() == "200"
    assert response.http_headers.get_header("Content-Encoding") == "gzip"
    assert response.http_headers.get_header("X-Place") == "Zürich"
    assert response.rec_headers.get_header("WARC-Target-URI") == exchange.final_address
    assert response.rec_headers.get_header("WARC-IP-Address") == PUBLIC
    assert response.rec_headers.get_header("WARC-Date") == exchange.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    request, _ = found["request"]
    assert request.http_headers.protocol == "GET"
    assert request.http_headers.statusline == "/news?id=1 HTTP/1.1"
    assert request.http_headers.get_header("Host") == "news.example"
    concurrent = request.rec_headers.get_header("WARC-Concurrent-To")
    assert concurrent == response.rec_headers.get_header("WARC-Record-ID")


def test_what_was_chunked_is_kept_whole_and_says_how_it_came(server):
    server.answers["/"] = chunked(b"<p>", b"Hello")
    _, found = records(server)
    response, content = found["response"]
    assert content == b"<p>Hello"
    assert response.http_headers.get_header("Transfer-Encoding") is None
    assert response.http_headers.get_header("X-Archive-Orig-Transfer-Encoding") == "chunked"
    assert response.http_headers.get_header("Content-Length") == "8"


def test_a_refusal_is_archived_as_one_whose_content_was_not_read(server):
    server.answers["/"] = answered(b"<p>Pay first", "402 Payment Required")
    _, found = records(server)
    response, content = found["response"]
    assert (response.http_headers.get_statuscode(), content) == ("402", b"")
    assert response.rec_headers.get_header("WARC-Truncated") == "unspecified"


def test_the_file_passes_the_checks_of_an_archive(server, tmp_path, capsys):
    server.answers["/"] = answered("<p>Héllo".encode(), X_Place="Zürich")
    exchange, _ = records(server)
    file = tmp_path / "page.warc.gz"
    file.write_bytes(warc_of(exchange))
    checker = Checker(type("Options", (), {"verbose": True, "inputs": [str(file)]})())
    checker.process_all()
    assert checker.exit_value == 0, capsys.readouterr().out
