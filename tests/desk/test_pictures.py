"""Adding a picture from the writing desk, without JavaScript."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.editorial.test_pictures import WORDS, photograph
from tests.factories import make_briefing

pytestmark = pytest.mark.django_db


def address(briefing):
    return reverse("admin:desk-writing-picture", args=[briefing.pk])


def sent(client, briefing, content=None, **words):
    file = SimpleUploadedFile("hall.jpg", photograph() if content is None else content)
    return client.post(address(briefing), {**WORDS, "upload": file, **words}, follow=True)


def test_a_picture_is_added_and_the_words_that_show_it_are_said(editor):
    briefing = make_briefing()
    assert 'enctype="multipart/form-data"' in editor.get(address(briefing)).text
    response = sent(editor, briefing, key="the-hall")
    assert "![](the-hall)" in response.text
    assert briefing.illustrations.get().width == 30


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"alt": ""}, "This field is required"),
        ({"caption": ""}, "This field is required"),
        ({"licence": " "}, "This field is required"),
        ({"key": "A B"}, "errorlist"),
        ({"content": b"<svg/>"}, "cannot be read as a picture"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_added(editor, words, said):
    briefing = make_briefing()
    response = sent(editor, briefing, **words)
    assert said in response.text and "A. Painter" in response.text
    assert not briefing.illustrations.exists()


def test_a_key_that_is_taken_is_refused(editor):
    briefing = make_briefing()
    sent(editor, briefing, key="hall")
    assert "already exists" in sent(editor, briefing, key="hall").text
    assert briefing.illustrations.count() == 1


def test_only_who_may_change_the_briefing_gets_the_form(contributor, editor):
    briefing = make_briefing()
    assert contributor.get(address(briefing)).status_code == 403
    assert sent(contributor, briefing).status_code == 403
    assert not briefing.illustrations.exists()
    assert editor.get(f"/admin/writing/{10**30}/picture/").status_code == 404
    assert editor.get("/admin/writing/999999/picture/").status_code == 404
