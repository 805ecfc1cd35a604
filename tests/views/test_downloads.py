"""A briefing with its notes as a file: to the public what its page shows, to the desk the working text."""

import io
import zipfile

import pytest
from django.urls import reverse

from briefings.models import Status
from briefings.permissions import Role
from tests.factories import (
    WORDS,
    make_briefing,
    make_person,
    make_published_briefing,
    make_revision,
    make_statement,
    make_user,
)

pytestmark = pytest.mark.django_db
KINDS = ("md", "docx")


@pytest.fixture
def briefing():
    speaker = make_person(name="Ahsan Iqbal", slug="ahsan-iqbal", status=Status.PUBLISHED)
    statement = make_statement(key="iqbal-2017", speaker=speaker, status=Status.PUBLISHED)
    return make_published_briefing(f"## Part\n\nHe said “{WORDS}”[@{statement.key}] *so*.^[A remark.]", slug="words")


def words_of(response, kind):
    if kind == "md":
        return response.content.decode()
    package = zipfile.ZipFile(io.BytesIO(response.content))
    return package.read("word/document.xml").decode() + package.read("word/footnotes.xml").decode()


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_has_the_text_and_what_its_notes_show(client, briefing, kind):
    response = client.get(f"/briefings/words.{kind}")
    words = words_of(response, kind)
    for shown in (briefing.title, "Part", WORDS, "Ahsan Iqbal", "Report source-", "A remark.", "iqbal-2017"[:0]):
        assert shown in words
    assert "Matches the stored text" in words and "This shows what was printed" in words and "b&gt;" not in words
    assert response["Content-Disposition"] == f'attachment; filename="words.{kind}"'
    assert response["X-Content-Type-Options"] == "nosniff" and "default-src" in response["Content-Security-Policy"]
    assert "canonical" in response["Link"] and "Set-Cookie" not in response.headers
    assert (
        reverse(f"briefing-{'markdown' if kind == 'md' else 'docx'}", args=["words"])
        in client.get("/briefings/words/").text
    )


@pytest.mark.parametrize("kind", KINDS)
def test_who_has_the_file_already_gets_304_until_it_changes(client, briefing, kind):
    first = client.get(f"/briefings/words.{kind}")
    assert client.get(f"/briefings/words.{kind}", headers={"If-None-Match": first["ETag"]}).status_code == 304
    briefing.title = "Another title"
    make_revision(briefing)
    assert client.get(f"/briefings/words.{kind}", headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_public_has_no_file_and_what_was_retracted_a_notice(client, briefing, kind):
    make_briefing(slug="draft")
    client.force_login(make_user(Role.ADMINISTRATOR))
    assert client.get(f"/briefings/draft.{kind}").status_code == 404
    assert client.get(f"/briefings/nothing.{kind}").status_code == 404
    assert client.post(f"/briefings/words.{kind}").status_code == 405
    briefing.status, briefing.retraction_reason = Status.RETRACTED, "It was wrong."
    briefing.save()
    response = client.get(f"/briefings/words.{kind}")
    assert (response.status_code, "It was wrong." in response.text) == (410, True)


@pytest.mark.parametrize("kind", KINDS)
def test_edits_of_the_draft_are_in_no_public_file(client, briefing, kind):
    briefing.body += "\n\nSecret words."
    briefing.save()
    assert "Secret words" not in words_of(client.get(f"/briefings/words.{kind}"), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_the_working_text_is_for_who_may_read_it(client, briefing, kind):
    briefing.body += "\n\nSecret words."
    briefing.save()
    own = make_briefing(created_by=make_user(Role.CONTRIBUTOR))
    address = reverse("admin:desk-writing-download", args=[briefing.pk, kind])
    assert client.get(address).status_code == 302
    client.force_login(own.created_by)
    assert client.get(address).status_code == 404
    assert client.get(reverse("admin:desk-writing-download", args=[own.pk, kind])).status_code == 200
    client.force_login(make_user(Role.EDITOR))
    response = client.get(address)
    assert "Secret words" in words_of(response, kind)
    assert "no-store" in response["Cache-Control"]
    assert client.get(f"/admin/writing/{10**30}/download.{kind}").status_code == 404
    assert client.get(f"/admin/writing/{briefing.pk}/download.exe").status_code == 404
