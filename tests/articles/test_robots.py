"""What robots may do, and how long they wait."""

from datetime import UTC, datetime

import pytest

from briefings.articles import retry_after, robots_allow

AGENT = "Briefings/1.0 (+https://briefings.example/)"


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        ("", "/news", True),
        ("User-agent: *\nDisallow: /", "/news", False),
        ("User-agent: *\nDisallow:", "/news", True),
        ("user-agent:*\ndisallow:/private # all of it", "/private/x", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/c", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x.pdf?y", True),
        ("User-agent: *\nDisallow: /a*c*e", "/abcde", False),
        ("User-agent: *\nDisallow: /a*c*e", "/ace", False),
        ("User-agent: *\nDisallow: /a*c*e", "/aec", True),
        ("User-agent: *\nDisallow: *a$", "/ba", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /é", "/%C3%A9", False),
        ("User-agent: *\nDisallow: /%7eme", "/~me", False),
        ("User-agent: *\nDisallow: /a%2Fb", "/a/b", True),
        ("User-agent: *\nDisallow: /?id=", "/?id=1", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: briefings\nAllow: /", "/news", True),
        ("User-agent: BRIEFINGS/2\nDisallow: /\n\nUser-agent: *\nAllow: /", "/news", False),
        ("User-agent: brief\nDisallow: /", "/news", True),
        ("User-agent: a\nUser-agent: briefings\nDisallow: /\nUser-agent: b\nAllow: /", "/news", False),
        ("User-agent: briefings\nDisallow: /a\nUser-agent: b\nUser-agent: briefings\nDisallow: /c", "/c", False),
        ("User-agent: briefings\nDisallow: /a\nUser-agent: b\n\nUser-agent: briefings\nDisallow: /", "/", False),
        ("User-agent: a\nCrawl-delay: 5\nUser-agent: briefings\nDisallow: /", "/news", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("\ufeffUser-agent: *\r\nDisallow: /x\r\n", "/x", False),
        ("Disallow: /\nUser-agent: *\nDisallow: /b", "/a", True),
        ("<html><p>Not found", "/a", True),
    ],
)  # fmt: skip
def test_the_longest_rule_of_the_own_group_decides(robots, path, allowed):
    assert robots_allow(robots, f"https://news.example{path}", AGENT) is allowed


def test_what_comes_after_half_a_megabyte_is_not_read():
    robots = "User-agent: *\n" + "# x\n" * 200_000 + "Disallow: /"
    assert robots_allow(robots, "https://news.example/", AGENT)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("9" * 400, 30 * 86_400),
        ("Wed, 25 Nov 2026 12:02:00 GMT", 120),
        ("Wednesday, 25-Nov-26 12:02:00 GMT", 120),
        ("Wed Nov 25 12:02:00 2026", 120),
        ("Wed, 25 Nov 2026 11:00:00 GMT", 0),
        ("Wed, 25 Nov 9999 11:00:00 GMT", 30 * 86_400),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("٣", None),
        ("", None),
    ],
)
def test_the_wait_is_read_in_seconds_and_as_a_date(value, seconds):
    assert retry_after(value, datetime(2026, 11, 25, 12, tzinfo=UTC)) == seconds
