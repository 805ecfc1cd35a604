"""The desk's list of what the checks find: a word given on several warnings at once, and taken back."""

import pytest

from briefings.models import Acceptance
from tests.factories import make_briefing, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def briefing():
    make_statement(key="said", status="published")
    return make_briefing("A.[@said]\n\nB.\n\n“Made up”.[@said]", accepted=False)


def address(briefing):
    return f"/admin/checks/{briefing.pk}/"


def marks(answer):
    return [one.fingerprint for one in answer.context["open"]]


def test_an_editor_gives_one_word_on_what_is_ticked_and_takes_it_back(editor, briefing):
    shown = editor.get(address(briefing))
    assert len(marks(shown)) == 2 and len(shown.context["errors"]) == 1
    told = editor.post(address(briefing), {"mark": marks(shown), "reason": "It is <b>known</b>."}, follow=True)
    assert marks(told) == [] and "It is &lt;b&gt;known&lt;/b&gt;." in told.content.decode()
    assert Acceptance.objects.count() == 2
    one = Acceptance.objects.first()
    told = editor.post(f"/admin/checks/word/{one.pk}/back/", follow=True)
    assert marks(told) == [one.fingerprint]


def test_what_was_typed_is_kept_where_the_text_has_changed(editor, briefing):
    seen = marks(editor.get(address(briefing)))
    briefing.body = briefing.body.replace("B.", "C.")
    briefing.save()
    told = editor.post(address(briefing), {"mark": seen, "reason": "Known to all."})
    assert "Known to all." in told.content.decode() and "no longer there as you saw it" in told.content.decode()
    assert not Acceptance.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"mark": "x" * 9000, "reason": "\x00"}, {"reason": "a" * 200_000}])
def test_absurd_words_are_answered_kindly(editor, briefing, sent):
    assert editor.post(address(briefing), sent, follow=True).status_code == 200
    assert not Acceptance.objects.exists()


def test_it_is_for_those_who_may_read_the_draft(contributor, editor, client, briefing):
    assert contributor.get(address(briefing)).status_code == 404
    assert client.get(address(briefing)).status_code == 302
    assert editor.get(f"/admin/checks/{10**30}/").status_code == 404
    assert editor.post(f"/admin/checks/word/{10**30}/back/").status_code == 404
    assert editor.get("/admin/checks/word/1/back/").status_code == 405
    own = make_briefing("A.", accepted=False, created_by=contributor.user)
    assert contributor.get(address(own)).status_code == 200
    mark = marks(contributor.get(address(own)))
    assert contributor.post(address(own), {"mark": mark, "reason": "So."}).status_code == 403


def test_the_page_before_publication_leads_there(publisher, briefing):
    html = publisher.get(f"/admin/briefings/briefing/{briefing.pk}/publish/").content.decode()
    assert address(briefing) in html and "What waits for a word" in html
