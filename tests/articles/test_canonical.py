"""One address for one original, case by case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.articles import BadAddress, canonical_address

DAWN = "https://www.dawn.com/news/1360188"
LONG = "https://www.dawn.com/news/1360188/in-beijing"


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        (DAWN, DAWN),
        ("https://interpolrednotice.net/pakistan", "https://interpolrednotice.net/pakistan"),
        # spelling
        ("HTTP://WWW.DAWN.COM:80/news/1360188", DAWN),
        ("https://www.dawn.com:443/news/1360188", DAWN),
        ("https://www.dawn.com./news/1360188", DAWN),
        ("  https://www.dawn.com/news/1360188 \n", DAWN),
        ("https://www.dawn.com/news/./x/../1360188", DAWN),
        ("https://www.dawn.com/%6eews/1360188", DAWN),
        ("https://dawn.com", "https://dawn.com/"),
        ("https://bücher.example/é", "https://xn--bcher-kva.example/%C3%A9"),
        ("https://a.example/%c3%a9?q=%7ea", "https://a.example/%C3%A9?q=~a"),
        ("https://a.example/a%2fb", "https://a.example/a%2Fb"),
        ("https://a.example/100%?q=%zz", "https://a.example/100%25?q=%25zz"),
        # places and slashes
        (DAWN + "#comments", DAWN),
        (DAWN + "#!/page", DAWN),
        (DAWN + "#:~:text=global%20cooperation", DAWN),
        (DAWN + "/", DAWN),
        (DAWN + "/?", DAWN),
        # tracking
        (DAWN + "?utm_source=twitter&utm_medium=social", DAWN),
        (DAWN + "?UTM_Source=x&fbclid=IwAR0&gclid=1&mc_cid=1&mc_eid=2&igshid=3&msclkid=4&_ga=5&ref_src=6", DAWN),
        (DAWN + "?page=2&utm_source=x&id=7", DAWN + "?page=2&id=7"),
        (DAWN + "/?id=7#x", DAWN + "?id=7"),
        (DAWN + ";jsessionid=ABC123?id=7", DAWN + "?id=7"),
        (DAWN + "?at_medium=RSS&at_campaign=KARANGA&xtor=AL-1&cmpid=x&smid=y", DAWN),
        # AMP
        (LONG + "/amp", LONG),
        (LONG + "/amp/", LONG),
        (LONG + "/?amp", LONG),
        (LONG + "?amp=1", LONG),
        (LONG + "?outputType=amp", LONG),
        (LONG + ".amp", LONG),
        (LONG + ".amp.html", LONG + ".html"),
        ("https://amp.dawn.com/news/1360188", DAWN),
        ("https://www.dawn.com/amp/news/1360188", DAWN),
        ("https://www.google.com/amp/s/www.dawn.com/news/1360188", DAWN),
        ("https://www.google.co.uk/amp/s/amp.dawn.com/news/1360188?usqp=mq331AQ", DAWN),
        ("https://www-dawn-com.cdn.ampproject.org/c/s/www.dawn.com/news/1360188?amp_js_v=0.1", DAWN),
        ("https://www-dawn-com.cdn.ampproject.org/v/www.dawn.com/news/1360188/amp", DAWN),
        # print
        (LONG + "/print", LONG),
        (LONG + "/print/", LONG),
        (LONG + "?print=1", LONG),
        (LONG + "?output=print&page=2", LONG + "?page=2"),
        # mobile
        ("https://m.dawn.com/news/1360188", DAWN),
        ("http://mobile.dawn.com/news/1360188/?utm_source=x", DAWN),
        ("https://m.news.co.uk/1", "https://www.news.co.uk/1"),
        ("https://en.m.wikipedia.org/wiki/Interpol", "https://en.wikipedia.org/wiki/Interpol"),
        ("https://m.en.news.example/1", "https://en.news.example/1"),
    ],
)
def test_variants_fold_into_one(address, canonical):
    assert canonical_address(address) == canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.dawn.com/news/1", "https://www.dawn.com/news/2"),
        ("https://www.dawn.com/news/1", "https://dawn.com/news/1"),
        ("https://a.example/news?id=1", "https://a.example/news?id=2"),
        ("https://a.example/news?a=1&b=2", "https://a.example/news?b=2&a=1"),
        ("https://a.example/News", "https://a.example/news"),
        ("https://a.example/a//b", "https://a.example/a/b"),
        ("https://a.example/a%2Fb", "https://a.example/a/b"),
        ("https://a.example/?q=a+b", "https://a.example/?q=a%2Bb"),
        ("https://a.example/amp", "https://a.example/"),
        ("https://a.example/guitars/amp", "https://a.example/guitars"),
        ("https://a.example/products/print", "https://a.example/products"),
        ("https://www.thenews.com.pk/print/232822-a-story", "https://www.thenews.com.pk/232822-a-story"),
        ("https://a.example/?ref=12", "https://a.example/"),
        ("https://a.example/?source=interpol", "https://a.example/"),
        ("https://a.example/?output=json", "https://a.example/"),
        ("https://a.example/?spmodel=1", "https://a.example/"),
        ("https://a.example/?pk_article=1", "https://a.example/"),
        ("https://amp.dev/docs-1", "https://www.dev/docs-1"),
        ("https://m.co.uk/1", "https://co.uk/1"),
        ("https://www.google.com/search?q=amp", "https://www.google.com/search"),
        ("https://a.example/index.html", "https://a.example/"),
    ],
)
def test_what_may_differ_stays_apart(one, other):
    assert canonical_address(one) != canonical_address(other)


@pytest.mark.parametrize(
    "address",
    ["", "dawn.com/news", "ftp://a.example/", "javascript:alert(1)", "mailto:a@b.example", "http://me:x@a.example/",
     "https://a.example:8443/", "http://127.1/", "http://[::1", "https://a.example/" + "a" * 2000,
     "https://a.example/" + "é" * 700, "https://www.google.com/amp/s/me@a.example/1"],
)  # fmt: skip
def test_what_would_not_be_fetched_has_no_canonical_address(address):
    with pytest.raises(ValueError, match=r"\w") as caught:
        canonical_address(address)
    assert isinstance(caught.value, BadAddress)


PIECES = st.sampled_from(
    ["/", "a", "-1", ".", "..", "//", "amp", "print", ".amp", ".html", "?", "&", "amp=1", "utm_a=b", "x=%", "%2f",
     "%41", "é", "#", ";jsessionid=1", "+", " ", "m.", "%", "%e2%80%8c", "www.google.com/amp/s/"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join), st.sampled_from(["a.example", "m.a.example", "amp.b.co.uk"]))
def test_a_canonical_address_stays_as_it_is(rest, host):
    try:
        canonical = canonical_address(f"http://{host}/{rest}")
    except BadAddress:
        return
    assert canonical_address(canonical) == canonical
    assert canonical.isascii() and "#" not in canonical
