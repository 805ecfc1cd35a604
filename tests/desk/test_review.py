"""The review desk: who gets it, what it shows beside a sentence, what its forms do without a script and with one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from briefings.editorial.comments import add
from briefings.editorial.marks import sheet
from briefings.editorial.previews import comment, make, token_of
from briefings.models import Comment, Contribution, PreviewLink, SentenceMark, StatementKind
from briefings.permissions import Role
from tests.admin.test_permissions import LOGIN, NO, ROLES, YES, outcome
from tests.factories import make_briefing, make_organization, make_person, make_snapshot, make_statement, make_user

pytestmark = pytest.mark.django_db
SCRIPT = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def statement():
    relay = make_organization(name="China.org")
    copy = make_snapshot("Head.\n\nOn Tuesday the minister wanted more money for it.\n")
    return make_statement(
        "It asked for more money.", kind=StatementKind.PARAPHRASE, words="wanted more money", snapshot=copy,
        relays=[relay], speaker=make_person(name="Ahsan Iqbal"),
    )  # fmt: skip


@pytest.fixture
def briefing(statement):
    body = f"# Money\n\nHe wanted money.[@{statement.key}] No source here.\n\n::: analysis\nWe doubt it.\n:::\n"
    return make_briefing(f"{body}\nHe wanted money.[@{statement.key}] He did.[@{statement.key}]\n")


def at(thing, name=""):
    return reverse(f"admin:desk-review{name}", args=[thing.pk])


def fields_of(briefing, *said):
    """The form as a browser sends it, with (support, note) for each sentence in turn."""
    sent = {"version": briefing.version, "sentence": []}
    for read, (support, note) in zip(sheet(briefing).reads, said, strict=False):
        mark = read.mark
        stood = f"{mark.pk}:{mark.support}:{mark.note}" if mark else "0:None:"
        sent["sentence"].append(read.fingerprint)
        sent |= {f"support-{read.fingerprint}": support, f"note-{read.fingerprint}": note}
        sent[f"was-{read.fingerprint}"] = stood
    return sent


def text_of(answer):
    return answer.content.decode()


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_the_desk_and_its_acts_are_for_editors_and_hidden_from_others(log_in, briefing, role):
    client, editor = log_in(role), make_user(Role.EDITOR)
    link, said = make(briefing, by=editor, guest="Sana", days=3), add(briefing, by=editor, text="Hm.")
    expected = LOGIN if role is None else NO if role == Role.CONTRIBUTOR else YES
    hidden = 404 if role == Role.CONTRIBUTOR else None
    got = client.get(at(briefing))
    assert got.status_code == hidden if hidden else outcome(got) == expected
    for name, thing, fields in [
        ("-mark", briefing, fields_of(briefing, ("supported", ""))),
        ("-comment", briefing, {"comment": "So?"}),
        ("-settle", said, {"version": said.version, "do": "settle"}),
        ("-share", briefing, {"guest": "Ali", "days": "3", "version": briefing.version}),
        ("-revoke", link, {}),
    ]:
        got = client.post(at(thing, name), fields)
        assert got.status_code == hidden if hidden else outcome(got) == expected
        if expected == YES:
            assert client.get(at(thing, name)).status_code == 405
    done = (SentenceMark.objects.count(), Comment.objects.count(), PreviewLink.objects.count())
    assert done == ((1, 2, 2) if expected == YES else (0, 1, 1))


def test_contributors_read_and_comment_on_their_own_drafts_and_mark_nothing(contributor, briefing):
    briefing.created_by = contributor.user
    briefing.save()
    page = text_of(contributor.get(at(briefing)))
    assert "He wanted money." in page and "radio" not in page and "Make a link" not in page
    assert contributor.post(at(briefing, "-comment"), {"comment": "Done.", "paragraph": "2"}).status_code == 302
    assert contributor.post(at(briefing, "-mark"), fields_of(briefing, ("supported", ""))).status_code == 403
    answer = contributor.post(at(briefing, "-mark"), fields_of(briefing, ("supported", "")), **SCRIPT)
    assert answer.json()["done"] is False
    assert contributor.post(at(briefing, "-share"), {"guest": "x", "days": "3"}).status_code == 403


def test_a_sentence_stands_beside_its_passage_with_speaker_route_source_and_the_copy_at_that_place(
    editor, briefing, statement
):
    page = text_of(editor.get(at(briefing)))
    snapshot = statement.evidence.get().snapshot
    assert "On Tuesday the minister </span><mark>wanted more money</mark>" in page
    assert "Ahsan Iqbal" in page and "China.org" in page and snapshot.source.title in page
    assert f"{reverse('admin:briefings_snapshot_change', args=[snapshot.pk])}#p2" in page
    assert page.count("<article") == 2 and "the same as above" in page  # a sentence that stands twice is read once
    assert "No source here." in page and "We doubt it." in page and "0 of 2 read" in page


def test_all_marks_are_kept_together_without_a_script_and_only_what_is_new(editor, briefing):
    sent = fields_of(briefing, ("supported", "left over"), ("partly", "Not all of it."))
    answer = editor.post(at(briefing, "-mark"), sent, follow=True)
    assert "2 marks are kept." in text_of(answer) and "2 of 2 read" in text_of(answer)
    assert list(SentenceMark.objects.values_list("support", "note")) == [
        ("supported", ""),
        ("partly", "Not all of it."),
    ]
    again = fields_of(briefing, ("supported", ""), ("partly", "Not all of it."))
    assert "There was nothing new." in text_of(editor.post(at(briefing, "-mark"), again, follow=True))
    editor.post(at(briefing, "-mark"), fields_of(briefing, ("supported", ""), ("not", "None of it.")))
    assert SentenceMark.objects.count() == 3
    assert "1 not supported" in text_of(editor.get(at(briefing)))


def test_a_refused_form_keeps_all_that_was_chosen_and_typed(editor, briefing):
    answer = editor.post(at(briefing, "-mark"), fields_of(briefing, ("partly", "Half <of> it."), ("not", "")))
    page = text_of(answer)
    assert answer.status_code == 400 and "Say in a note" in page
    assert "Half &lt;of&gt; it." in page and page.count(" checked>") >= 2
    assert not SentenceMark.objects.exists()


def test_a_script_gets_what_changed(editor, briefing):
    told = editor.post(at(briefing, "-mark"), fields_of(briefing, ("supported", "")), **SCRIPT).json()
    assert told["done"] and told["progress"] == "1 of 2 read" and told["left"] == 1
    assert told["marks"][0]["support"] == "supported" and "Editor" in told["marks"][0]["said"]
    stale = {**fields_of(briefing, ("not", "No.")), f"was-{told['marks'][0]['sentence']}": "0:None:"}
    refused = editor.post(at(briefing, "-mark"), stale, **SCRIPT).json()
    assert not refused["done"] and "was marked after you opened the page" in refused["said"]


def test_who_wrote_it_is_told_why_somebody_else_marks_it(editor, briefing, settings):
    settings.FOUR_EYES = True
    Contribution.objects.create(briefing=briefing, user=editor.user)
    page = text_of(editor.get(at(briefing)))
    assert "You have written on this text" in page and "radio" not in page
    assert editor.post(at(briefing, "-mark"), fields_of(briefing, ("supported", ""))).status_code == 403


def test_comments_are_added_settled_and_reopened_beside_their_paragraph(editor, briefing):
    answer = editor.post(at(briefing, "-comment"), {"comment": "Which <year>?", "paragraph": "2"})
    assert answer.url == f"{at(briefing)}#b2"
    said = Comment.objects.get()
    page = text_of(editor.get(at(briefing)))
    assert "Which &lt;year&gt;?" in page and "1 open comment" in page
    editor.post(at(said, "-settle"), {"version": said.version, "do": "settle"})
    assert "settled by" in text_of(editor.get(at(briefing)))
    said.refresh_from_db()
    for back, where in [("/admin/", f"/admin/#comment-{said.pk}"), ("https://evil.example/", None), ("//evil", None)]:
        said.refresh_from_db()
        do = {"version": said.version, "do": "reopen" if said.settled_at else "settle", "back": back}
        assert editor.post(at(said, "-settle"), do).url == (where or f"{at(briefing)}#comment-{said.pk}")
    refused = editor.post(at(briefing, "-comment"), {"comment": " ", "paragraph": "77"})
    assert refused.status_code == 400


def test_a_comment_that_is_refused_is_kept_in_its_form(editor, briefing):
    answer = editor.post(at(briefing, "-comment"), {"comment": "x" * 5001, "paragraph": "2"})
    assert answer.status_code == 400 and "x" * 5001 in text_of(answer)


def test_links_are_made_shown_and_taken_back(editor, briefing):
    page = text_of(
        editor.post(at(briefing, "-share"), {"guest": "Sana", "days": "7", "version": briefing.version}, follow=True)
    )
    link = PreviewLink.objects.get()
    assert f"http://testserver/preview/{token_of(link)}/" in page
    assert "taken back" in text_of(editor.post(at(link, "-revoke"), follow=True))
    assert token_of(link) not in text_of(editor.get(at(briefing)))
    assert "expired, or somebody took it back" in text_of(editor.post(at(link, "-revoke"), follow=True))
    for fields in ({"guest": "", "days": "7"}, {"guest": "Sana", "days": "1000"}, {"guest": "Sana", "days": "7x"}):
        refused = editor.post(at(briefing, "-share"), {**fields, "version": briefing.version})
        assert refused.status_code == 400
    assert editor.post(at(briefing, "-share"), {"guest": "Ali", "days": "7", "version": "0"}).status_code == 400


def counted(client):
    """What the front page counts of comments."""
    return {words: number for _address, number, words in client.get("/admin/").context["waiting"] if "comment" in words}


def test_the_front_page_tells_of_comments_on_own_drafts_and_by_guests(log_in, briefing):
    writer, editor = log_in(Role.CONTRIBUTOR), make_user(Role.EDITOR)
    own = make_briefing("One.", created_by=writer.user)
    add(own, by=editor, text="Hm.")
    add(own, by=writer.user, text="My own.")
    comment(make(briefing, by=editor, guest="Sana", days=3), text="Hm.", paragraph=None)
    assert counted(writer) == {"open comment on your drafts": 1}
    assert counted(log_in(Role.EDITOR)) == {"open comment by a guest": 1}


def test_absurd_numbers_and_texts_are_answered_kindly(editor, briefing):
    for where in ("review/{}/", "review/{}/mark/", "review/comments/{}/", "review/links/{}/"):
        for number in (10**30, 999_999):
            address = "/admin/" + where.format(number)
            assert editor.post(address, {"version": "1"}).status_code == 404
    junk = {"version": "9" * 40, "sentence": ["\x00", "x" * 5000], "support-\x00": "supported", "was-\x00": "a:b:c"}
    assert editor.post(at(briefing, "-mark"), junk).status_code == 400
    empty = make_briefing("")
    assert "nothing to read against" in text_of(editor.get(at(empty)))
    unknown = make_briefing("So it is.[@no-such-key]")
    assert "look at the evidence checks" in text_of(editor.get(at(unknown)))


def test_the_desk_asks_no_more_questions_for_a_longer_text(editor, briefing):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            assert editor.get(at(briefing)).status_code == 200
        return len(captured)

    user = make_user(Role.EDITOR)
    add(briefing, by=user, text="One.", paragraph=2)
    make(briefing, by=user, guest="Sana", days=3)
    few = asked()
    for number in range(8):
        briefing.body += f"\n\nSentence {number}.[@{make_statement().key}]"
        add(briefing, by=user, text="More.", paragraph=2)
        make(briefing, by=user, guest=f"Guest {number}", days=3)
    briefing.save()
    assert asked() == few
