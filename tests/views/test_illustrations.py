"""Pictures are sent where readers see them, and nothing else of the media folder ever is."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from briefings.models import Status
from briefings.permissions import Role
from tests.factories import make_briefing, make_illustration, make_revision, make_snapshot, make_statement, make_user

PNG = b"\x89PNG\r\n\x1a\n not much of a picture"


@pytest.fixture
def picture(db):
    body = f"It was said so.[@{make_statement(status=Status.PUBLISHED).key}]\n\n![](hall)"
    briefing = make_briefing(body, status=Status.PUBLISHED)
    return make_illustration(briefing, key="hall", file=ContentFile(PNG, name="hall.png"))


def test_a_picture_of_a_published_revision_is_sent_as_what_it_is(client, picture):
    make_revision(picture.briefing)
    response = client.get(picture.file.url)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content) == PNG
    assert f'src="{picture.file.url}"' in client.get(picture.briefing.get_absolute_url()).text


def test_a_picture_that_only_the_draft_has_is_for_editors_alone(client, picture):
    later = make_illustration(picture.briefing, key="later", file=ContentFile(PNG, name="later.png"))
    make_revision(picture.briefing)
    assert client.get(later.file.url).status_code == 404
    client.force_login(make_user(Role.EDITOR))
    response = client.get(later.file.url)
    assert (response.status_code, "no-store" in response["Cache-Control"]) == (200, True)


def test_a_missing_file_and_an_unknown_name_are_not_found(client, picture):
    make_revision(picture.briefing)
    assert client.get(reverse("illustration", args=["other.png"])).status_code == 404
    default_storage.delete(picture.file.name)
    assert client.get(picture.file.url).status_code == 404


def test_stored_originals_have_no_address(client, db):
    snapshot = make_snapshot(raw=ContentFile(b"<p>Words.", name="x"), raw_sha256="a" * 64)
    assert default_storage.exists(snapshot.raw.name)
    for address in (snapshot.raw.url, "/media/illustrations/..%2Foriginals%2Faa%2F" + "a" * 64):
        assert client.get(address).status_code == 404


def test_one_file_in_two_briefings_is_sent_where_either_shows_it(client, picture):
    make_illustration(make_briefing(), file=picture.file.name)
    assert client.get(picture.file.url).status_code == 404
    make_revision(picture.briefing)
    assert client.get(picture.file.url).status_code == 200


def test_a_webp_is_sent_as_one_and_its_size_keeps_the_page_still(client, picture):
    picture.file.save("hall.webp", ContentFile(PNG), save=False)
    picture.width, picture.height = 30, 60
    picture.save()
    make_revision(picture.briefing)
    assert client.get(picture.file.url)["Content-Type"] == "image/webp"
    assert 'width="30" height="60"' in client.get(picture.briefing.get_absolute_url()).text
