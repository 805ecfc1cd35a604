"""Fetching from a server that behaves badly in every way it can."""

import gzip
import time
import zlib
from datetime import UTC, datetime

import pytest

from briefings.articles import FETCHING, FetchFailed, Limits, fetch

from .servers import ALSO_PUBLIC, PUBLIC, Server, answered, chunked, dripped, endless, late, moved, reset

SHORT = Limits(connect=0.3, total=0.6)
PATIENT = Limits(size=100_000)
AGENT = "Briefings-test/1"


def from_server(server, address="http://news.example/", *, answers=(PUBLIC,), limits=PATIENT, **options):
    options = {"resolve": lambda host, port: list(answers), "connect": server.connect} | options
    return fetch(address, agent=AGENT, limits=limits, **options)


def failure(server, *arguments, **options):
    with pytest.raises(FetchFailed) as caught:
        from_server(server, *arguments, **options)
    return caught.value.code


def test_a_page_arrives_with_all_that_was_said(server):
    server.answers["/news?id=1"] = answered(b"<p>Hi", ETag='"1"')
    exchange = from_server(server, "http://news.example/news?id=1#part")
    assert (exchange.status, exchange.reason, exchange.body) == (200, "OK", b"<p>Hi")
    assert exchange.final_address == "http://news.example/news?id=1"
    assert exchange.hops == ("http://news.example/news?id=1",)
    assert exchange.header("etag") == '"1"'
    assert exchange.peer == PUBLIC
    assert exchange.fetched_at.tzinfo is UTC and exchange.fetched_at <= datetime.now(UTC)
    assert ("User-Agent", AGENT) in exchange.request_headers


def test_only_our_name_and_what_we_read_is_sent(server, monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("machine news.example login me password secret")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    server.answers["/"] = answered(b"", "302 Found", Location="http://other.example/b", Set_Cookie="a=b")
    server.answers["/b"] = answered()
    from_server(server)
    for request, host in zip(server.requests, ["news.example", "other.example"], strict=True):
        names = dict(line.split(": ", 1) for line in request.decode().strip().split("\r\n")[1:])
        assert set(names) == {"Host", "User-Agent", "Accept", "Accept-Language", "Accept-Encoding", "Connection"}
        assert (names["Host"], names["User-Agent"]) == (host, AGENT)


def test_conditions_are_sent_and_not_modified_comes_back(server):
    server.answers["/"] = answered(b"", "304 Not Modified", length=False, ETag='"1"')
    exchange = from_server(server, conditional={"If-None-Match": '"1"', "Cookie": "a=b"})
    assert exchange.status == 304 and exchange.body == b""
    assert b'If-None-Match: "1"' in server.requests[0] and b"Cookie" not in server.requests[0]


@pytest.mark.parametrize("status", ["401 Unauthorized", "402 Payment Required", "403 Forbidden", "404 Not Found",
                                    "410 Gone", "429 Too Many Requests", "500 Oops", "503 Busy"])  # fmt: skip
def test_a_refusal_is_an_answer_with_its_status(server, status):
    server.answers["/"] = answered(b"\0\1", status, Content_Type="image/png", Retry_After="120")
    exchange = from_server(server)
    assert f"{exchange.status} {exchange.reason}" == status
    assert exchange.header("Retry-After") == "120"
    assert exchange.body == b""


def test_the_connection_goes_to_the_very_address_that_was_checked(server):
    server.answers["/"] = answered()
    asked = []

    def resolve(host, port):
        asked.append((host, port))
        return [PUBLIC]

    from_server(server, resolve=resolve)
    assert asked == [("news.example", 80)]
    assert server.connected == [(PUBLIC, 80)]


def test_the_next_address_is_tried_when_one_does_not_answer(server):
    server.answers["/"] = answered()

    def connect(address, port, timeout):
        if address == ALSO_PUBLIC:
            raise ConnectionRefusedError
        return server.connect(address, port, timeout)

    assert from_server(server, answers=[ALSO_PUBLIC, PUBLIC], connect=connect).peer == PUBLIC


@pytest.mark.parametrize(
    "private",
    ["127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "::1", "::ffff:8.8.8.8", "64:ff9b::808:808",
     "2002:808:808::1", "2001:0:1::1", "fe80::1%eth0", "nonsense"],
)  # fmt: skip
def test_one_private_answer_condemns_them_all(server, private):
    assert failure(server, answers=[PUBLIC, private]) == "private-address"
    assert not server.connected


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://127.0.0.1/", "private-address"),
        ("http://[::1]/", "private-address"),
        ("http://[::ffff:7f00:1]/", "private-address"),
        ("http://127.1/", "not-an-address"),
        ("http://0x7f.0.0.1/", "not-an-address"),
        ("http://0177.0.0.1/", "not-an-address"),
        ("http://2130706433/", "not-an-address"),
        ("http://１２７.0.0.1/", "private-address"),
        ("http://127.0.0.1./", "private-address"),
        ("http://[fe80::1%25eth0]/", "not-an-address"),
        ("http://me@news.example/", "user-info"),
        ("http://me:secret@news.example/", "user-info"),
        ("http://news.example:8080/", "port"),
        ("http://news.example:0/", "port"),
        ("http://news.example:99999/", "not-an-address"),
        ("ftp://news.example/", "not-http"),
        ("file:///etc/passwd", "not-http"),
        ("javascript:alert(1)", "not-http"),
        ("//news.example/", "not-an-address"),
        ("news.example/1", "not-an-address"),
        ("news.example:443/1", "not-an-address"),
        ("http:///x", "not-an-address"),
        ("http://", "not-an-address"),
        ("", "not-an-address"),
        ("http://news.example\\@evil.example/", "user-info"),
        ("http://evil.example\\.news.example/", "not-an-address"),
        ("http://news.exa mple/", "not-an-address"),
        ("http://news.example/\r\nX: y", "not-an-address"),
        ("http://news.example/" + "a" * 2000, "not-an-address"),
        ("http://%31%32%37.0.0.1/", "not-an-address"),
        ("http://" + "a" * 64 + ".example/", "not-an-address"),
        ("http://news..example/", "not-an-address"),
    ],
)
def test_addresses_that_are_not_fetched(server, address, code):
    assert failure(server, address) == code
    assert not server.connected


def test_a_host_with_letters_of_any_script_is_asked_under_its_ascii_name(server):
    server.answers["/%C3%A9?q=%22"] = answered()
    from_server(server, 'http://bücher.example/é?q="')
    assert b"Host: xn--bcher-kva.example\r\n" in server.requests[0]


@pytest.mark.parametrize("hops", [1, 5])
def test_redirects_are_followed_five_times(server, hops):
    for hop in range(hops):
        server.answers[f"/{hop}"] = moved(f"/{hop + 1}", "301 Moved")
    server.answers[f"/{hops}"] = answered()
    exchange = from_server(server, "http://news.example/0")
    assert exchange.final_address == f"http://news.example/{hops}"
    assert len(exchange.hops) == hops + 1


def test_the_sixth_redirect_is_one_too_many(server):
    for hop in range(6):
        server.answers[f"/{hop}"] = moved(f"/{hop + 1}")
    server.answers["/6"] = answered()
    assert failure(server, "http://news.example/0") == "too-many-redirects"
    assert len(server.requests) == 6


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("/", "too-many-redirects"),
        ("http://127.0.0.1/", "private-address"),
        ("http://private.example/", "private-address"),
        ("//private.example/", "private-address"),
        ("ftp://news.example/", "not-http"),
        ("javascript:alert(1)", "not-http"),
        ("data:text/html,x", "not-http"),
        ("http://news.example:22/", "port"),
        ("http://me@news.example/", "user-info"),
        ("http://[::1", "not-an-address"),
        ("http://0/", "not-an-address"),
    ],
)
def test_each_redirect_is_checked_in_the_same_way(server, location, code):
    server.answers["/"] = moved(location)

    def resolve(host, port):
        return ["10.0.0.1"] if host == "private.example" else [PUBLIC]

    assert failure(server, resolve=resolve) == code
    assert {address for address, _ in server.connected} == {PUBLIC}


def test_every_hop_is_resolved_anew(server):
    server.answers["/"] = moved("/b")
    server.answers["/b"] = answered()
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    assert failure(server, resolve=lambda host, port: next(answers)) == "private-address"
    assert server.targets() == ["/"]


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("  /b \t", "/b"),
        ("/é", "/%C3%A9"),
        ("/a b", "/a%20b"),
        ("?x=1", "/?x=1"),
        ("http://news.example/b#part", "/b"),
        ("HTTP://NEWS.EXAMPLE/b", "/b"),
    ],
)
def test_careless_redirects_are_followed(server, location, target):
    server.answers["/"] = moved(location)
    server.answers[target] = answered()
    assert from_server(server).status == 200
    assert server.targets() == ["/", target]


def test_a_redirect_that_leads_nowhere_is_an_answer(server):
    server.answers["/"] = answered(b"", "302 Found")
    assert from_server(server).status == 302


def test_never_from_https_to_http(secure_server, trust):
    secure_server.answers["/"] = moved("http://news.example/")
    assert failure(secure_server, "https://news.example/", trust=trust) == "downgrade"
    assert len(secure_server.connected) == 1


def test_from_http_to_https(server, secure_server, trust):
    server.answers["/"] = moved("https://news.example/")
    secure_server.answers["/"] = answered()

    def connect(address, port, timeout):
        return (secure_server if port == 443 else server).connect(address, port, timeout)

    assert from_server(server, connect=connect, trust=trust).final_address == "https://news.example/"


def test_a_certificate_that_no_one_signed_is_not_trusted(secure_server):
    secure_server.answers["/"] = answered()
    assert failure(secure_server, "https://news.example/") == "tls"
    assert not secure_server.requests


def test_a_certificate_of_another_host_is_not_trusted(secure_server, trust):
    secure_server.answers["/"] = answered()
    assert failure(secure_server, "https://other.example/", trust=trust) == "tls"
    assert failure(secure_server, f"https://{PUBLIC}/", trust=trust) == "tls"
    assert from_server(secure_server, "https://www.news.example/", trust=trust).status == 200


def test_a_server_that_speaks_no_tls_is_not_trusted(server, trust):
    def shout(connection):
        connection.sendall(answered())

    server._serve = shout
    assert failure(server, "https://news.example/", trust=trust) in {"tls", "connection"}


def test_a_handshake_that_never_ends_is_given_up(server, trust):
    assert failure(server, "https://news.example/", trust=trust, limits=SHORT) == "timeout"


def nothing(connection):
    pass


PAGE = answered(b"<p>Hello there")
BODY_AT = len(PAGE) - len(b"<p>Hello there")
BOMB = gzip.compress(b"<p>" + b" " * 10_000_000)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        # slow
        (late(PAGE), "timeout"),
        (late(moved("/")), "timeout"),
        (dripped(PAGE), "timeout"),
        (dripped(PAGE, first=BODY_AT, pause=0.2), "timeout"),
        (dripped(chunked(b"<p>", b"Hello", b"there"), first=BODY_AT, pause=0.2), "timeout"),
        (endless(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"), "malformed"),
        # broken
        (nothing, "connection"),
        (reset(), "connection"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "malformed"),
        (b"\x15\x03\x01\x00\x02\x02", "malformed"),
        (b"HTTP/1.1 abc OK\r\n\r\n", "malformed"),
        (b"HTTP/1.1 99999 OK\r\n\r\n", "malformed"),
        (b"HTTP/1.1 101 Switching\r\n\r\n", "malformed"),
        (b"HTTP/1.1 200 " + b"O" * 100_000 + b"\r\n\r\n", "malformed"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n", "malformed"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000 + b"\r\n", "malformed"),
        (b"HTTP/1.1 200 OK\r\n" + (b"X: " + b"y" * 5000 + b"\r\n") * 50 + b"\r\n", "malformed"),
        (endless(b"HTTP/1.1 200 OK\r\n", b"X" * 1000), "malformed"),
        # cut short
        (answered(b"<p>Hello", Content_Length=100), "incomplete"),
        (reset(answered(b"<p>Hello", Content_Length=100)), "incomplete"),
        (chunked(b"<p>Hello", end=b""), "incomplete"),
        (chunked(b"<p>Hello", end=b"ff\r\nHe"), "incomplete"),
        (chunked(b"<p>Hello", end=b"zz\r\nHello\r\n0\r\n\r\n"), "incomplete"),
        (chunked(b"<p>Hello", end=b"-5\r\nHello\r\n0\r\n\r\n"), "incomplete"),
        (endless(chunked(b"<p>", end=b"5;"), b"x" * 1000), "incomplete"),
        # large
        (answered(b"<p>" + b"x" * 200_000), "too-large"),
        (answered(b"<p>Hello", Content_Length=10**12), "too-large"),
        (answered(b"<p>Hello", Content_Length="9" * 5000), "too-large"),
        (answered(b"<p>" + b"x" * 200_000, length=False), "too-large"),
        (endless(answered(b"<p>", length=False), b"x" * 1000), "too-large"),
        (endless(chunked(b"<p>", end=b""), b"5\r\nHello\r\n"), "too-large"),
        (answered(BOMB, Content_Encoding="gzip"), "too-large"),
        (answered(gzip.compress(BOMB), Content_Encoding="gzip, gzip"), "too-large"),
        (answered(zlib.compress(b" " * 10_000_000), Content_Encoding="deflate"), "too-large"),
        # packed
        (answered(gzip.compress(BOMB), Content_Encoding="gzip, gzip, gzip"), "encoding"),
        (answered(b"\x8b\x03\x80<p>Hello\x03", Content_Encoding="br"), "encoding"),
        (answered(b"<p>Hello", Content_Encoding="gzip"), "encoding"),
        (answered(gzip.compress(b"<p>Hello")[:-9], Content_Encoding="gzip"), "encoding"),
        # of another kind
        (answered(b"\x89PNG\r\n\x1a\n\0\0\0", Content_Type="image/png"), "not-text"),
        (answered(b"\x89PNG\r\n\x1a\n\0\0\0"), "not-text"),
        (answered(b"\x89PNG\r\n\x1a\n\0\0\0", Content_Type="application/octet-stream"), "not-text"),
        (answered(b"{}", Content_Type="application/json"), "not-text"),
        (answered(b"PK\3\4\0\0", Content_Type="application/zip"), "not-text"),
        (answered(b"p { color: red }", Content_Type="text/css"), "not-text"),
        (answered(b"Hello", Content_Type="application/pdf"), "not-text"),
        (answered(b"<p>Part", "206 Partial Content"), "incomplete"),
    ],
)
def test_bad_answers_are_refused_with_a_reason(server, answer, code):
    server.answers["/"] = answer
    assert failure(server, limits=SHORT if code == "timeout" else PATIENT) == code


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (answered(b""), b""),
        (answered(b"<p>Hello", length=False), b"<p>Hello"),
        (answered(b"<p>Hello", Content_Length=3), b"<p>"),
        (answered(b"<p>Hello", Content_Length="nonsense"), b"<p>Hello"),
        (chunked(b"<p>", b"Hello"), b"<p>Hello"),
        (chunked(b"<p>Hello", end=b"0\r\nX-Trailer: y\r\n\r\n"), b"<p>Hello"),
        (answered(gzip.compress(b"<p>Hello"), Content_Encoding="gzip"), b"<p>Hello"),
        (answered(gzip.compress(b"<p>") + gzip.compress(b"Hello"), Content_Encoding="GZip"), b"<p>Hello"),
        (answered(zlib.compress(b"<p>Hello"), Content_Encoding="deflate"), b"<p>Hello"),
        (answered(zlib.compress(b"<p>Hello")[2:-4], Content_Encoding="deflate"), b"<p>Hello"),
        (answered(b"<p>Hello", Content_Encoding="identity"), b"<p>Hello"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + answered(b"<p>Hello"), b"<p>Hello"),
        (b"HTTP/1.0 200 OK\r\n\r\n<p>Hello", b"<p>Hello"),
        (b"HTTP/1.1 200\r\n\r\n<p>Hello", b"<p>Hello"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Type: text/html\r\n\r\n<p>Hello", b"<p>Hello"),
        (b"HTTP/1.1 200 OK\r\nX: a\r\n\tb\r\nContent-Type: text/html\r\n\r\n<p>Hello", b"<p>Hello"),
        (b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n<p>Hello", b"<p>Hello"),
        (answered(b"%PDF-1.4", Content_Type="text/html"), b"%PDF-1.4"),
        (answered(b"<!doctype html>Hello", Content_Type=""), b"<!doctype html>Hello"),
        (answered(b"Hello", Content_Type="text/markdown"), b"Hello"),
        (dripped(PAGE, pause=0.001, size=40), b"<p>Hello there"),
    ],
)
def test_careless_answers_are_taken(server, answer, body):
    server.answers["/"] = answer
    assert from_server(server).body == body


def test_headers_hold_nothing_that_a_database_or_an_archive_cannot(server):
    server.answers["/"] = b"HTTP/1.1 200 O\0K\r\nContent-Type: text/html\r\nX: a\0b\r\n c\r\n\r\n<p>Hello"
    exchange = from_server(server)
    assert (exchange.reason, exchange.header("X")) == ("O K", "a b c")


def test_the_page_is_kept_as_it_was_packed_too(server):
    packed = gzip.compress(b"<p>Hello")
    server.answers["/"] = answered(packed, Content_Encoding="gzip")
    exchange = from_server(server)
    assert (exchange.payload, exchange.body) == (packed, b"<p>Hello")


def test_a_resolver_that_fails_or_never_answers_is_given_up(server):
    def fail(host, port):
        raise OSError("no such name")

    def ponder(host, port):
        time.sleep(3)
        return [PUBLIC]

    assert failure(server, resolve=fail) == "dns"
    assert failure(server, answers=[]) == "dns"
    assert failure(server, resolve=ponder, limits=SHORT) == "timeout"


def test_a_server_that_cannot_be_reached(server):
    def refuse(address, port, timeout):
        raise ConnectionRefusedError

    def stall(address, port, timeout):
        raise TimeoutError

    assert failure(server, connect=refuse) == "connection"
    assert failure(server, connect=stall) == "timeout"


def test_all_redirects_together_have_one_deadline(server):
    for hop in range(5):
        server.answers[f"/{hop}"] = dripped(moved(f"/{hop + 1}"), pause=0.02, size=10)
    server.answers["/5"] = answered()
    assert failure(server, "http://news.example/0", limits=Limits(total=0.3)) == "timeout"


def test_each_failure_has_a_sentence_that_names_what_it_was():
    for code in FETCHING:
        names = dict.fromkeys(["address", "scheme", "port", "host", "limit", "media_type", "encoding"], "x")
        assert str(FetchFailed(code, **names)).strip()


def test_servers_on_loopback_are_out_of_reach_without_an_injected_connector():
    server = Server()
    host, port = server._listener.getsockname()
    with pytest.raises(FetchFailed):
        fetch(f"http://{host}:{port}/", agent=AGENT)
    server.close()
    assert not server.requests
