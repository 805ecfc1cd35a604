import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from briefings.models import Snapshot, Source
from tests.factories import make_snapshot, make_source, make_statement

from .forms import errors_of, fields_of

TEXT = "First paragraph, as printed.\r\n\r\n  “Second”, with its spaces.  \r\n"
ADD = "/admin/briefings/source/add/"


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def add_source(client, **values):
    fields = fields_of(client.get(ADD)) | {"title": "A report", "key": "a-report", "kind": "news"} | values
    return client.post(ADD, fields)


def change(source):
    return reverse("admin:briefings_source_change", args=[source.pk])


def test_a_source_is_added_with_its_text_which_becomes_a_stored_copy_letter_for_letter(editor):
    response = add_source(editor, text=TEXT, method="supplied")
    assert response.status_code == 302
    copy = Snapshot.objects.get(source__key="a-report")
    assert copy.text == TEXT.replace("\r\n", "\n")
    assert (copy.method, copy.created_by, copy.captured_at) == ("supplied", editor.user, None)
    assert Source.objects.get(key="a-report").created_by == editor.user
    assert "stored, in 2 paragraphs" in said(response)


def test_the_same_words_again_make_no_second_copy_and_the_page_says_so(editor):
    add_source(editor, text=TEXT)
    source = Source.objects.get()
    response = editor.post(change(source), fields_of(editor.get(change(source))) | {"text": TEXT})
    assert source.snapshots.count() == 1
    assert "no second copy" in said(response)


def test_a_source_without_text_and_an_existing_one_saved_again_make_no_copy(editor):
    add_source(editor)
    source = Source.objects.get()
    assert editor.post(change(source), fields_of(editor.get(change(source)))).status_code == 302
    assert not Snapshot.objects.exists()


def test_a_text_of_200_kilobytes_is_stored_whole(editor):
    text = "A sentence of the long report. \n\n" * 6_500
    assert add_source(editor, text=text).status_code == 302
    assert Snapshot.objects.get().text == text


def test_nul_bytes_are_refused_with_a_sentence_and_what_was_typed_stays(editor):
    response = add_source(editor, text="one\x00two", title="A title kept")
    assert response.status_code == 200
    assert "Null characters are not allowed" in errors_of(response)
    assert "A title kept" in response.content.decode()
    assert not Source.objects.exists()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.org/x", "https://", "http://[::1"])
def test_an_address_that_is_none_of_the_web_is_refused(editor, address):
    response = add_source(editor, address=address)
    assert response.status_code == 200 and "address" in response.context["adminform"].form.errors


def test_an_address_without_a_scheme_is_taken_as_https(editor):
    add_source(editor, address="example.org/report")
    assert Source.objects.get().address == "https://example.org/report"


def test_a_contributor_captures_a_first_text_but_no_second(contributor):
    add_source(contributor, text=TEXT)
    source = Source.objects.get()
    assert source.snapshots.count() == 1
    response = contributor.post(change(source), fields_of(contributor.get(change(source))) | {"text": "Another text."})
    assert "Ask an editor" in errors_of(response)
    assert source.snapshots.count() == 1


def test_the_stored_copy_can_be_read_whole_with_its_passages_marked(editor):
    copy = make_snapshot("First <b>paragraph</b>.\n\nHe said “peace in our time” there.\n")
    make_statement("peace in our time", snapshot=copy, key="on-peace")
    page = editor.get(reverse("admin:briefings_snapshot_change", args=[copy.pk])).content.decode()
    assert "First &lt;b&gt;paragraph&lt;/b&gt;." in page
    assert "<mark>peace in our time</mark>" in page
    assert "on-peace" in page and copy.text_sha256 in page


def test_passages_that_overlap_are_marked_once_and_no_letter_is_lost(editor):
    copy = make_snapshot("one two three four five six\n")
    make_statement("two three four", snapshot=copy)
    make_statement("three four five", snapshot=copy)
    response = editor.get(reverse("admin:briefings_snapshot_change", args=[copy.pk]))
    [paragraph] = response.context["paragraphs"]
    assert "".join(words for words, _marked in paragraph["pieces"]) == copy.text.strip()
    assert "".join(words for words, marked in paragraph["pieces"] if marked) == "two three four five"
    assert len(paragraph["statements"]) == 2


def test_a_contributor_reads_the_copies_of_public_sources_and_their_own_alone(contributor):
    mine = make_snapshot(source=make_source(created_by=contributor.user))
    public, hidden = make_snapshot(status="published"), make_snapshot("hidden words")
    address = [reverse("admin:briefings_snapshot_change", args=[copy.pk]) for copy in (mine, public, hidden)]
    assert [contributor.get(where).status_code for where in address] == [200, 200, 404]


def test_private_notes_are_shown_to_those_who_may_change_the_source(contributor, editor):
    source = make_source(status="published", private_notes="the phone number of the desk")
    assert "phone number" not in contributor.get(change(source)).content.decode()
    assert "phone number" in editor.get(change(source)).content.decode()
