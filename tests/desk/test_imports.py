"""Import of references: looked at first, then all of them as drafts or nothing, in a fixed number of queries."""

import json

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from briefings.models import Organization, Source
from tests.factories import make_organization, make_source

IMPORT = "/admin/capture/import/"
CSL = [
    {
        "type": "article-newspaper",
        "title": "Minister opens bridge",
        "container-title": "The Paper",
        "author": [{"family": "Writer", "given": "Ann"}],
        "issued": {"date-parts": [[2017, 9, 26]]},
        "URL": "https://paper.example/bridge?utm_source=x",
        "language": "en-GB",
        "abstract": "Somebody's private summary.",
    },
    {"type": "book", "title": "Bridges of the world", "publisher": "River Press", "issued": {"date-parts": [[1999]]}},
]
RIS = b"TY  - NEWS\nTI  - A report\nT2  - The Paper\nPY  - 2017/09/26\nUR  - https://paper.example/r\nER  - \n"
CSV = (
    b'"Key","Item Type","Publication Year","Author","Title","Publication Title","Url","Date"\n'
    b'"A1","newspaperArticle","2017","Writer, Ann","A report","The Paper","https://paper.example/z","2017-09-26"\n'
)


def upload(client, content, name="export.json"):
    content = json.dumps(content).encode() if isinstance(content, list) else content
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})


def confirm(client, preview):
    return client.post(IMPORT, {"confirmed": preview.context["confirmed"]})


def text_of(response):
    return " ".join(response.content.decode().split())


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


@pytest.mark.parametrize(("content", "name", "count"), [(CSL, "a.json", 2), (RIS, "a.ris", 1), (CSV, "a.csv", 1)])
def test_an_export_is_looked_at_and_then_becomes_drafts(editor, content, name, count):
    preview = upload(editor, content, name)
    assert not Source.objects.exists()
    response = confirm(editor, preview)
    assert response.status_code == 302
    assert Source.objects.count() == count
    assert all((one.status, one.created_by) == ("draft", editor.user) for one in Source.objects.all())
    assert not any(one.snapshots.exists() for one in Source.objects.all())


def test_every_field_arrives_and_private_notes_do_not(editor):
    paper = make_organization(name="The Paper", kind="media")
    preview = upload(editor, CSL)
    assert "private summary" not in text_of(preview)
    confirm(editor, preview)
    source = Source.objects.get(kind="news")
    assert (source.title, source.authors, source.published, source.language) == (
        "Minister opens bridge", "Ann Writer", "2017-09-26", "en-GB",
    )  # fmt: skip
    assert (source.publisher, source.key) == (paper, "paper-2017-minister-opens-bridge")
    assert source.canonical_address == "https://paper.example/bridge"
    assert Source.objects.get(kind="book").publisher.name == "River Press"
    assert Organization.objects.get(name="River Press").status == "draft"


def test_the_same_export_a_second_time_makes_nothing_of_what_has_an_address(editor):
    confirm(editor, upload(editor, CSL[:1]))
    preview = upload(editor, CSL[:1])
    assert "It is here already" in text_of(preview)
    assert preview.context["count"] == 0
    confirm(editor, preview)
    assert Source.objects.count() == 1


def test_one_address_twice_in_an_export_is_taken_once(editor):
    again = {**CSL[0], "title": "The same again", "URL": "http://paper.example/bridge#top"}
    preview = upload(editor, [CSL[0], again])
    assert "An earlier reference of this file has the same address." in text_of(preview)
    confirm(editor, preview)
    assert Source.objects.count() == 1


def test_what_has_no_title_is_left_out_and_said(editor):
    preview = upload(editor, [{**CSL[1], "title": ""}, CSL[0]])
    assert "It has no title." in text_of(preview)
    confirm(editor, preview)
    assert [one.title for one in Source.objects.all()] == ["Minister opens bridge"]


def test_of_somebodys_draft_no_title_is_shown(contributor):
    make_source(title="A secret plan", canonical_address="https://paper.example/bridge")
    preview = upload(contributor, CSL)
    assert "It is here already" in text_of(preview)
    assert "secret" not in text_of(preview)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"just some words", "not what its name says"),
        (b"[]", "There are no references in this file."),
        (b"[{", "damaged"),
        (b"x" * 5_000_001, "larger than 5 MB"),
    ],
)
def test_what_cannot_be_read_is_answered_with_a_sentence(editor, content, sentence):
    response = upload(editor, content)
    assert response.status_code == 200
    assert sentence in text_of(response)


def test_a_preview_that_was_changed_on_the_way_imports_nothing(editor):
    preview = upload(editor, CSL)
    response = editor.post(IMPORT, {"confirmed": preview.context["confirmed"] + "x"})
    assert "Nothing was imported" in said(response)
    assert not Source.objects.exists()


def test_hundreds_of_references_take_as_many_queries_as_two(editor):
    def queries(references):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            confirm(editor, upload(editor, references))
        return len(captured)

    few = queries(CSL)
    many = [
        {
            **CSL[0],
            "title": f"Report {number}",
            "URL": f"https://paper.example/{number}",
            "container-title": f"P {number}",
        }
        for number in range(300)
    ]
    assert queries(many) <= few + 12  # a database takes so many values at once
    assert Source.objects.count() == 302
    assert len(set(Source.objects.values_list("key", flat=True))) == 302
