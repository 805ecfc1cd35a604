"""Pictures on a briefing's own page: cleaned like all others, refused with a sentence, left alone if words change."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.editorial.test_pictures import SECRETS, WORDS, photograph
from tests.factories import make_briefing, make_illustration

from .forms import fields_of

pytestmark = pytest.mark.django_db


def save(client, briefing, row=0, **picture):
    address = reverse("admin:briefings_briefing_change", args=[briefing.pk])
    sent = fields_of(client.get(address)) | {f"illustrations-{row}-{name}": value for name, value in picture.items()}
    sent["illustrations-TOTAL_FORMS"] = str(max(int(sent["illustrations-TOTAL_FORMS"]), row + 1))
    return client.post(address, sent)


def test_an_upload_is_cleaned_before_it_is_kept(editor):
    briefing = make_briefing()
    answer = save(editor, briefing, key="hall", file=SimpleUploadedFile("x.jpg", photograph()), **WORDS)
    assert answer.status_code == 302
    picture = briefing.illustrations.get()
    assert (picture.width, picture.height, picture.created_by) == (30, 60, editor.user)
    content = picture.file.open().read()
    assert not [secret for secret in SECRETS if secret in content]


def test_what_is_no_picture_is_refused_whatever_its_name(editor):
    briefing = make_briefing()
    answer = save(editor, briefing, key="hall", file=SimpleUploadedFile("x.png", b"<svg onload=alert(1)/>"), **WORDS)
    assert "cannot be read as a picture" in answer.text
    assert not briefing.illustrations.exists()


def test_new_words_leave_the_file_as_it_is(editor):
    briefing = make_briefing()
    picture = make_illustration(briefing, caption="A hall")
    assert save(editor, briefing, alt="Another hall").status_code == 302
    picture.refresh_from_db()
    assert (picture.alt, picture.file.name) == ("Another hall", "illustrations/x.png")
