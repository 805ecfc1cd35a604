"""Exports of reference managers."""

import json

import pytest

from briefings.articles import PROBLEMS, Reference, Unreadable, parse_references
from briefings.models.sources import SourceKind

DAWN = Reference(
    title="In Beijing, Ahsan Iqbal urges global cooperation",
    kind="news",
    authors="Mara Quist, Tomas van der Ek",
    publisher="Dawn",
    published="2017-09-26",
    language="en",
    address="https://www.dawn.com/news/1360188",
)
CSL = [
    {
        "id": "http://zotero.org/users/1/items/ABC",
        "type": "article-newspaper",
        "title": "In Beijing, Ahsan Iqbal urges global cooperation",
        "container-title": "Dawn",
        "publisher": "Pakistan Herald Publications",
        "language": "en",
        "URL": "https://www.dawn.com/news/1360188",
        "abstract": "Private words",
        "note": "Private words",
        "author": [
            {"family": "Quist", "given": "Mara"},
            {"family": "Ek", "given": "Tomas", "non-dropping-particle": "van der"},
        ],
        "issued": {"date-parts": [["2017", 9, "26"]]},
        "accessed": {"date-parts": [[2020, 1, 1]]},
    }
]
RIS = """TY  - NEWS
TI  - In Beijing, Ahsan Iqbal urges global cooperation
AU  - Quist, Mara
AU  - Ek, Tomas van der
T2  - Dawn
AB  - Private words
DA  - 2017/09/26/
PY  - 2017
LA  - en
UR  - https://www.dawn.com/news/1360188
KW  - Private words
N1  - Private words
ER  -{space}

""".replace("{space}", " ")
ZOTERO = (
    '"Key","Item Type","Publication Year","Author","Title","Publication Title","Url","Abstract Note","Date","Language",'
    '"Notes"\n"ABC","newspaperArticle","2017","Quist, Mara; Ek, Tomas van der",'
    '"In Beijing, Ahsan Iqbal urges global cooperation","Dawn",'
    '"https://www.dawn.com/news/1360188","Private\nwords","2017-09-26","en","Private words"\n'
)


def csl(**item):
    return parse_references(json.dumps([item]).encode(), "library.json")[0]


@pytest.mark.parametrize(
    ("content", "name"),
    [(json.dumps(CSL), "library.json"), (RIS, "library.ris"), (ZOTERO, "library.csv"), ("\ufeff" + ZOTERO, "export"),
     (json.dumps(CSL[0]), "one"), (json.dumps({"items": CSL}), "one"), (RIS.replace("\n", "\r\n"), "LIBRARY.RIS")],
)  # fmt: skip
def test_the_same_source_is_read_from_each_format_without_private_words(content, name):
    assert parse_references(content.encode(), name) == [DAWN]


@pytest.mark.parametrize(
    ("kind", "ours"),
    [("article-newspaper", "news"), ("webpage", "web"), ("speech", "transcript"), ("report", "record"),
     ("interview", "interview"), ("broadcast", "broadcast"), ("book", "book"), ("post", "post"),
     ("manuscript", "document")],
)  # fmt: skip
def test_kinds_are_ours(kind, ours):
    assert csl(type=kind, title="T").kind == ours == SourceKind(ours)


def test_a_press_release_is_known_by_its_genre():
    assert csl(type="article", genre="Press release", title="T").kind == "release"


@pytest.mark.parametrize(
    ("issued", "published"),
    [
        ({"date-parts": [[2017]]}, "2017"),
        ({"date-parts": [[2017, 9]]}, "2017-09"),
        ({"date-parts": [[2017, 9, 26], [2017, 9, 29]]}, "2017-09-26/2017-09-29"),
        ({"date-parts": [[1950]], "circa": True}, "1950~"),
        ({"raw": "26 September 2017"}, "2017-09-26"),
        ({"literal": "September 2017"}, "2017-09"),
        ("2017-09-26", "2017-09-26"),
        ({"date-parts": [[]]}, ""),
        (None, ""),
    ],
)
def test_dates_keep_their_precision(issued, published):
    assert csl(type="book", title="T", issued=issued).published == published


@pytest.mark.parametrize(
    ("item", "problems"),
    [
        ({"type": "book"}, ("no-title",)),
        ({"type": "hologram", "title": "T"}, ("kind-unknown",)),
        ({"type": "book", "title": "T", "issued": {"raw": "09/10/2017"}}, ("date-unreadable",)),
        ({"type": "book", "title": "T", "issued": {"date-parts": [[2017, 2, 30]]}}, ("date-unreadable",)),
        ({"type": "book", "title": "T", "issued": {"date-parts": [[2018], [2017]]}}, ("date-unreadable",)),
        ({"type": "book", "title": "T", "URL": "javascript:alert(1)"}, ("address-unusable",)),
        ({"type": {}, "title": {"x": 1}, "author": "x", "issued": [[[]]], "URL": []}, ("no-title", "kind-unknown")),
    ],
)  # fmt: skip
def test_what_is_left_out_is_said(item, problems):
    reference = csl(**item)
    assert reference.problems == problems
    assert set(problems) <= set(PROBLEMS)
    assert reference.address == ""


def test_values_fit_their_fields():
    reference = csl(type="book", title="<i>word</i>\n" * 2000, author=[{"literal": "Name " * 900}], language="English")
    assert len(reference.title) <= 500 and "<" not in reference.title and "\n" not in reference.title
    assert len(reference.authors) <= 500
    assert reference.language == ""


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.json", "empty"),
        (b"[{", "a.json", "damaged"),
        (b"[" * 100_000, "a.json", "damaged"),
        (b"Dear editor", "a.txt", "not-references"),
        (b"Dear editor", "a.json", "damaged"),
        (b"Dear editor", "a.ris", "damaged"),
        (b"Name,Mail\na,b\n", "a.csv", "not-references"),
        (b"\x89PNG\0\0", "a.ris", "damaged"),
        (b"[" + b"{}," * 20_000 + b"{}]", "a.json", "too-large"),
    ],
)
def test_what_is_no_export_is_refused_with_a_reason(content, name, code):
    with pytest.raises(Unreadable) as caught:
        parse_references(content, name)
    assert caught.value.code == code
