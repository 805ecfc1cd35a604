"""The Word document: a package whose parts fit together, with real footnotes."""

import io
import zipfile

import pytest
from lxml import etree

from briefings.exports import as_docx

from .articles import make_article

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class Package:
    def __init__(self, content):
        self.zip = zipfile.ZipFile(io.BytesIO(content))
        self.names = self.zip.namelist()

    def part(self, name):
        return etree.fromstring(self.zip.read(name))


@pytest.fixture(scope="module")
def package():
    return Package(as_docx(make_article()))


def values(root, tag, attribute="val"):
    return [each.get(W + attribute) for each in root.iter(W + tag)]


def test_every_part_is_declared_and_every_relation_leads_somewhere(package):
    assert package.names[0] == "[Content_Types].xml" and package.zip.testzip() is None
    types = package.part("[Content_Types].xml")
    declared = {each.get("PartName", "").lstrip("/") for each in types} - {""}
    assert declared == {name for name in package.names if name.endswith(".xml") and name != "[Content_Types].xml"}
    for part in ("document", "footnotes"):
        relations = {each.get("Id"): each for each in package.part(f"word/_rels/{part}.xml.rels")}
        used = [
            each.get(R + "id") for each in package.part(f"word/{part}.xml").iter(W + "hyperlink") if each.get(R + "id")
        ]
        assert used and set(used) <= set(relations)
        inward = [each.get("Target") for each in relations.values() if each.get("TargetMode") != "External"]
        assert all(f"word/{target}" in package.names for target in inward)
    targets = [each.get("Target") for each in package.part("word/_rels/footnotes.xml.rels")]
    assert targets == ["https://dawn.com/a?b=1&c=2"]


def test_notes_are_footnotes_and_a_note_cited_again_refers_to_its_first_mark(package):
    document, notes = package.part("word/document.xml"), package.part("word/footnotes.xml")
    assert values(document, "footnoteReference", "id") == ["1", "2", "3"]
    assert values(notes, "footnote", "id") == ["-1", "0", "1", "2", "3"]
    assert "“quoted words”" in "".join(notes[2].itertext())
    fields = [each.text.strip() for each in document.iter(W + "instrText")]
    assert fields == ["NOTEREF _RefNote1 \\f \\h", "NOTEREF _RefNote2 \\f \\h"]
    names = values(document, "bookmarkStart", "name")
    assert {"_RefNote1", "_RefNote2", "_RefNote3", "r-a"} <= set(names)
    assert "r-a" in values(document, "hyperlink", "anchor")


def test_every_style_and_every_list_that_the_text_uses_is_there(package):
    document, styles = package.part("word/document.xml"), package.part("word/styles.xml")
    known = values(styles, "style", "styleId")
    assert {*values(document, "pStyle"), *values(document, "rStyle")} <= set(known)
    assert {"Title", "Heading1", "Quote", "Analysis", "Code", "ListParagraph"} <= set(values(document, "pStyle"))
    assert set(values(document, "numId")) <= set(values(package.part("word/numbering.xml"), "num", "numId"))
    assert values(document, "ilvl") == ["0", "0", "1", "0"]


def test_properties_stand_in_the_order_that_the_format_asks_for(package):
    order = ["pStyle", "keepNext", "numPr", "pBdr", "bidi", "spacing", "ind", "contextualSpacing", "outlineLvl"]
    for part in ("document", "styles", "footnotes"):
        for properties in package.part(f"word/{part}.xml").iter(W + "pPr"):
            places = [order.index(each.tag.removeprefix(W)) for each in properties]
            assert places == sorted(places)


def test_the_same_article_makes_the_same_bytes():
    assert as_docx(make_article()) == as_docx(make_article())


def test_language_and_direction_are_those_of_the_text():
    package = Package(as_docx(make_article(language="ur", is_rtl=True)))
    styles = package.part("word/styles.xml")
    assert values(styles, "lang") == ["ur"] and values(styles, "lang", "bidi") == ["ur"]
    assert styles.find(f".//{W}pPrDefault/{W}pPr/{W}bidi") is not None
    document = package.part("word/document.xml")
    assert document.find(f".//{W}sectPr/{W}bidi") is not None
    urdu = [run for run in document.iter(W + "r") if "اردو" in "".join(run.itertext())]
    assert urdu and urdu[0].find(f"{W}rPr/{W}rtl") is not None


def test_what_xml_cannot_hold_is_left_out():
    package = Package(as_docx(make_article(title="a\x00\x0b\ud800<b>&\uffff", byline="\x01")))
    assert "a<b>&" in "".join(package.part("word/document.xml").itertext())


def test_an_article_of_nothing_is_a_document_all_the_same():
    empty = make_article("", title="", standfirst="", byline="", sources=(), evidence_line="")
    assert Package(as_docx(empty)).part("word/document.xml") is not None
