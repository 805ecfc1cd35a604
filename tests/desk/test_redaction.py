"""The redaction screen: for administrators; it shows every place, wants a typed number, keeps what was typed."""

import pytest
from django.urls import reverse

from briefings.editorial.redacting import places_of
from briefings.models import Briefing, Redaction
from briefings.permissions import Role
from tests.admin.test_permissions import LOGIN, NO, ROLES, YES, outcome
from tests.factories import make_briefing

pytestmark = pytest.mark.django_db
LIST = "/admin/redaction/"
WORDS = "John Q. Witness"


@pytest.fixture
def draft():
    return make_briefing(f"<b>{WORDS}</b> was there.", title="A title")


def ask(client):
    return client.post(LIST, {"words": WORDS, "reason": "A court’s order."})


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_the_screen_is_for_administrators(log_in, draft, role):
    expected = LOGIN if role is None else YES if role == Role.ADMINISTRATOR else NO
    waiting = Redaction.objects.create(key="a1", words=WORDS, reason="So.")
    client = log_in(role)
    one = reverse("admin:desk-redaction-one", args=[waiting.key])
    for address in (LIST, one):
        assert outcome(client.get(address)) == expected
    if expected != YES:
        for address in (LIST, one, f"{one}withdraw/"):
            assert outcome(client.post(address, {"words": WORDS, "reason": "x", "places": 1})) == expected
        assert WORDS in Briefing.objects.get().body and Redaction.objects.count() == 1


def test_one_asks_and_another_confirms_by_typing_the_number_of_places(log_in, draft):
    first, second = log_in(Role.ADMINISTRATOR), log_in(Role.ADMINISTRATOR)
    one = ask(first).url
    assert "Another administrator has to confirm it." in first.get(one).content.decode()
    shown = second.get(one).content.decode()
    number = len(places_of(WORDS))
    assert f"&lt;b&gt;<b>{WORDS}</b>&lt;/b&gt; was there." in shown and f"({number})" in shown
    assert "Look at the places again" in second.post(one, {"places": "no"}).content.decode()
    assert WORDS in Briefing.objects.get().body
    assert second.post(one, {"places": str(number)}).status_code == 302
    assert Briefing.objects.get().body == "<b>████ ██ ███████</b> was there."
    history = second.get(LIST).content.decode()
    assert "A court’s order." in history and "Witness" not in history
    assert second.get(one).status_code == 404


def test_a_refusal_keeps_what_was_typed(log_in, draft):
    page = log_in(Role.ADMINISTRATOR).post(LIST, {"words": "nobody <i>", "reason": "An order."}).content.decode()
    assert "stand nowhere" in page and "nobody &lt;i&gt;</textarea>" in page and 'value="An order."' in page


def test_it_can_be_taken_back(log_in, draft):
    client = log_in(Role.ADMINISTRATOR)
    assert client.post(f"{ask(client).url}withdraw/").status_code == 302
    assert not Redaction.objects.exists()
    assert client.get("/admin/redaction/none/withdraw/").status_code == 405
    assert client.post("/admin/redaction/none/withdraw/").status_code == 404


@pytest.mark.parametrize("value", ["\x00", "9" * 40, "-1", "²"])
def test_an_absurd_number_is_refused(log_in, draft, value):
    one = ask(log_in(Role.ADMINISTRATOR)).url
    answer = log_in(Role.ADMINISTRATOR).post(one, {"places": value})
    assert answer.status_code == 200 and "Look at the places again" in answer.content.decode()
