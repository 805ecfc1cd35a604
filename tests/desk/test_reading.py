"""The reading desk over HTTP: who gets in, what each button does with and without a script, what hostile forms meet."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from briefings.models import Briefing, Decision, Evidence, Person, Proposal, Statement
from briefings.permissions import Role
from briefings.quotes import selector_at, to_annotation
from tests.factories import (
    make_organization,
    make_person,
    make_proposal,
    make_snapshot,
    make_source,
    make_statement,
    make_user,
)

FIRST = "The growing challenge of globalisation requires a collaborative approach"
SECOND = "Crime knows no borders at all"
REPORT = (
    f"A report on police work\n\n“{FIRST},” Portal News quoted Ahsan Iqbal saying.\n\n"
    f"“{SECOND},” Iqbal said on Monday.\n\nPakistan joined the body in 1950.\n"
)
SCRIPT = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def copy(db):
    return make_snapshot(REPORT, source=make_source(key="dawn", title="A report", published="2017-09-27"))


@pytest.fixture
def first(copy):
    relays = [{"name": "Portal News", "verb": "quoted"}]
    return make_proposal(copy, FIRST, name="Ahsan Iqbal", name_printed="Ahsan Iqbal", relays=relays)


@pytest.fixture
def second(copy):
    return make_proposal(copy, SECOND, name="Ahsan Iqbal", name_printed="Iqbal")


def at(copy, name="desk-reading", *more):
    return reverse(f"admin:{name}", args=[copy.pk, *more])


def act(client, proposal, do, how=None, **more):
    fields = {"do": do, "proposal": proposal.pk, f"v{proposal.pk}": proposal.version, **more}
    return client.post(at(proposal.snapshot, "desk-reading-act"), fields, **(how or {}))


def said(response):
    return re.sub(
        r"<[^>]+>", " ", response.content.decode().partition('class="reading-said"')[2].partition("</div>")[0]
    )


def selection(text, *words):
    spans = [(text.index(one), text.index(one) + len(one)) for one in words]
    return json.dumps([to_annotation(selector_at(text, *span), source="x") for span in spans])


# Who gets in


def addresses(copy, proposal):
    yield at(copy)
    for name in ("act", "news", "select", "sure", "done"):
        yield at(copy, f"desk-reading-{name}")
    for name in ("like", "edit"):
        yield at(copy, f"desk-reading-{name}", proposal.pk)


def test_without_a_role_every_address_asks_to_log_in(copy, first, log_in):
    for client in (Client(), log_in(None)):
        for address in [*addresses(copy, first), reverse("admin:desk-reading-names")]:
            for response in (client.get(address), client.post(address, {"do": "accept", "proposal": first.pk})):
                assert response.status_code == 302 and response.url.startswith("/admin/login/"), address
    assert not Decision.objects.exists()


def test_a_copy_of_a_source_that_one_may_not_read_is_not_there(copy, first, contributor):
    for address in addresses(copy, first):
        assert contributor.get(address).status_code == 404, address
        assert contributor.post(address, {"do": "reject", "proposal": first.pk, "v": 1}).status_code == 404, address
    assert Proposal.objects.get().state == "open"


def test_a_contributor_works_on_their_own_source_and_on_a_public_one(contributor):
    for source in (make_source(created_by=contributor.user), make_source(status="published")):
        copy = make_snapshot(REPORT, source=source)
        assert contributor.get(at(copy)).status_code == 200
        one = make_proposal(copy, "police work", name="Ann Bee")
        assert "Accepted as" in act(contributor, one, "accept", SCRIPT).json()["said"]
        assert Statement.objects.get(proposals=one).created_by == contributor.user


def test_a_contributor_does_not_see_what_became_of_a_proposal_in_a_draft_of_somebody_else(contributor, editor):
    copy = make_snapshot(REPORT, source=make_source(status="published"))
    one = make_proposal(copy, "police work", name="Ann Bee")
    act(editor, one, "accept")
    key = Statement.objects.get().key
    page = contributor.get(at(copy)).content.decode()
    assert key not in page and "Editor accepted it on" in page
    assert key in editor.get(at(copy)).content.decode()


@pytest.mark.parametrize("pk", [0, 10**12, 10**30])
def test_an_absurd_number_in_an_address_is_not_found(editor, pk):
    for rest in ("", "act/", "news/", "sure/", "done/", "select/", f"edit/{pk}/", f"like/{pk}/"):
        assert editor.get(f"/admin/reading/{pk}/{rest}").status_code == 404, rest


@pytest.mark.parametrize("value", ["0", "-1", "9" * 40, "x", "١٢", "\x00", "1.5"])
def test_absurd_values_in_a_form_change_nothing(editor, copy, first, value):
    where = at(copy, "desk-reading-act")
    assert editor.get(at(copy), {"at": value}).status_code == 200
    for fields in (
        {"do": "accept", "proposal": value},
        {"do": f"same-{value}", "proposal": first.pk, f"v{first.pk}": 1},
        {"do": f"evidence-{value}", "proposal": first.pk, f"v{first.pk}": 1},
        {"do": "reject", "proposal": first.pk, f"v{first.pk}": value},
        {"do": value, "proposal": first.pk},
    ):
        answer = editor.post(where, fields, **SCRIPT)
        assert answer.status_code == 200 and not answer.json()["done"], fields
    assert editor.get(at(copy, "desk-reading-news"), {"cards": value}).status_code == 200
    assert editor.get(at(copy, "desk-reading-news"), {"stamp": value}).status_code == 200
    assert not Decision.objects.exists()


def test_a_proposal_of_another_copy_is_not_decided_here(editor, copy, first):
    other = make_proposal(make_snapshot(REPORT), SECOND, name="Ann Bee")
    fields = {"do": "accept", "proposal": other.pk, f"v{other.pk}": 1}
    assert "not here any more" in editor.post(at(copy, "desk-reading-act"), fields, **SCRIPT).json()["said"]
    assert editor.get(at(copy, "desk-reading-edit", other.pk)).status_code == 404


# The page


def test_opening_an_article_proposes_and_shows_it_in_reading_order(editor, copy):
    page = editor.get(at(copy))
    cards = page.context["cards"]
    assert cards and [card.proposal.start for card in cards] == sorted(card.proposal.start for card in cards)
    assert editor.get(at(copy)).context["cards"][0].proposal == cards[0].proposal


def test_the_paragraphs_hold_the_text_letter_for_letter(editor, first, copy):
    page = editor.get(at(copy)).content.decode()
    found = re.findall(r'<p data-start="(\d+)" data-number="\d+">(.*?)</p>', page)
    assert len(found) == 4
    for start, html in found:
        words = re.sub(r"<[^>]+>", "", html)
        assert REPORT[int(start) :].startswith(words) and REPORT[int(start) + len(words)] == "\n"
    assert f'data-p="{first.pk}"' in page and '<span class="named">Portal News</span>' in page


def test_words_that_look_like_markup_are_shown_as_words(editor):
    copy = make_snapshot("Title <b>\n\n<script>alert(1)</script> & “quoted words”\n")
    page = editor.get(at(copy)).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in page


def test_names_that_are_here_are_linked_and_others_offered_to_be_made(editor, copy, first):
    iqbal = make_person(name="Ahsan Iqbal")
    page = editor.get(at(copy)).content.decode()
    assert f"/admin/briefings/person/{iqbal.pk}/change/" in page
    assert f'name="c{first.pk}-relay-0"' in page and "new: make this organization" in page


def test_an_article_written_from_right_to_left_reads_so(editor):
    copy = make_snapshot("سرخی\n\n“ہم سب مل کر کام کریں گے” وزیر نے کہا\n", source=make_source(language="ur"))
    assert re.search(r'class="reading-article"[^>]*lang="ur" dir="rtl"', editor.get(at(copy)).content.decode())


def test_statements_that_stand_on_the_same_words_are_named_on_the_card(editor, copy, first):
    there = make_statement(FIRST, snapshot=copy, key="there-already")
    assert editor.get(at(copy)).context["cards"][0].carried == [(there.key, there_address(there))]
    assert first.pk not in {one.proposal.pk for one in editor.get(at(copy)).context["sure"]}


def there_address(statement):
    return reverse("admin:briefings_statement_change", args=[statement.pk])


def test_the_queries_do_not_grow_with_proposals_and_statements(editor):
    def queries(count):
        text = "\n\n".join(f"“Words number {number} of many more,” Ann Bee said." for number in range(count))
        copy = make_snapshot(text)
        editor.get(at(copy))
        for one in copy.proposals.all()[: count // 2]:
            act(editor, one, "accept")
        with CaptureQueriesContext(connection) as captured:
            assert len(editor.get(at(copy)).context["cards"]) >= count
        return len(captured)

    few = queries(4)
    assert queries(40) == few <= 26


def test_accepting_costs_the_same_in_a_long_article(editor):
    make_person(name="Ann Bee")

    def queries(count):
        text = "\n\n".join(f"“Words number {number} of many more,” Ann Bee said." for number in range(count))
        copy = make_snapshot(text)
        editor.get(at(copy))
        one = copy.proposals.in_reading_order().first()
        with CaptureQueriesContext(connection) as captured:
            assert act(editor, one, "accept", SCRIPT).json()["done"]
        return len(captured)

    queries(2)  # what is asked once a process
    assert queries(60) <= queries(6)


# Acts


def test_without_a_script_an_act_comes_back_to_the_next_proposal_and_says_what_was_done(editor, copy, first, second):
    response = act(editor, first, "accept")
    assert response.url == f"{at(copy)}?at={second.pk}#p{second.pk}"
    page = editor.get(response.url)
    statement = Statement.objects.get()
    assert f"Accepted as “{statement.key}”." in said(page)
    assert page.context["cards"][1].is_current
    assert "1 of" in page.content.decode()


def test_a_script_gets_what_changed_and_the_other_cards_of_a_name_that_was_made(editor, copy, first, second):
    answer = act(editor, first, "accept", SCRIPT).json()
    assert set(answer["cards"]) == {str(first.pk), str(second.pk)} and answer["at"] == second.pk
    iqbal = Person.objects.get(name="Ahsan Iqbal")
    assert f"/admin/briefings/person/{iqbal.pk}/change/" in answer["cards"][str(second.pk)]
    assert 'class="done"' in answer["paragraphs"]["2"] and answer["undo"]
    assert answer["order"] == [one.pk for one in copy.proposals.in_reading_order()]


def test_a_name_on_the_card_is_what_was_picked_for_it(editor, copy, first):
    other = make_organization(name="Portal")
    act(
        editor,
        first,
        "accept",
        **{f"c{first.pk}-relay-0": f"organization:{other.pk}", f"c{first.pk}-speaker": "nobody"},
    )
    statement = Statement.objects.get()
    assert statement.evidence.get().steps.get().relay == other
    assert statement.speaker is None and statement.speaker_description == "Ahsan Iqbal"


def test_reject_merge_and_undo_go_there_and_back(editor, copy, first, second):
    merged = act(editor, first, "merge", SCRIPT).json()
    assert merged["order"] == [merged["at"]] and "Merged" in merged["said"]
    whole = Proposal.objects.get(pk=merged["at"])
    assert act(editor, whole, "reject", SCRIPT).json()["said"] == "Rejected."
    act(editor, whole, "undo")
    whole.refresh_from_db()
    assert whole.state == "open"
    answer = act(editor, whole, "undo", SCRIPT).json()
    assert answer["order"] == [first.pk, second.pk] and set(answer["cards"]) >= {str(first.pk), str(second.pk)}
    assert not act(editor, first, "undo", SCRIPT).json()["done"]


def test_whoever_comes_second_reads_what_the_first_decided(editor, publisher, copy, first, second):
    act(editor, first, "reject")
    answer = act(publisher, first, "accept", SCRIPT).json()
    assert not answer["done"] and "Editor rejected it on" in answer["said"] and str(first.pk) in answer["cards"]
    assert answer["at"] == first.pk
    page = publisher.get(act(publisher, first, "accept").url)
    assert "Nothing was changed by you." in said(page)
    assert not Statement.objects.exists()


def test_news_says_nothing_until_somebody_decides(editor, publisher, copy, first, second):
    news = at(copy, "desk-reading-news")
    stamp = editor.get(news).json()["stamp"]
    assert editor.get(news, {"stamp": stamp}).status_code == 204
    act(publisher, second, "reject")
    told = editor.get(news, {"stamp": stamp}).json()
    assert told["versions"] == {str(first.pk): 1, str(second.pk): 2}
    parts = editor.get(news, {"cards": f"{second.pk}"}).json()
    assert "Publisher rejected it" in parts["cards"][str(second.pk)] and "3" in parts["paragraphs"]


def test_likenesses_of_other_sources_come_with_their_difference_and_can_be_linked(editor, copy, first):
    iqbal = make_person(name="Ahsan Iqbal")
    like = make_statement("The growing challenges of globalisation require a collaborative approach", speaker=iqbal)
    part = editor.get(at(copy, "desk-reading-like", first.pk)).content.decode()
    assert "<del>challenges</del> <ins>challenge</ins>" in part and f"same-{like.pk}" in part
    assert f"evidence-{like.pk}" not in part
    act(editor, first, f"same-{like.pk}")
    assert Statement.objects.get(proposals=first).links_out.get().to_statement == like


def test_the_same_words_elsewhere_can_take_this_copy_as_evidence(editor, copy, first):
    same = make_statement(FIRST, speaker=make_person(name="Ahsan Iqbal"))
    assert f"evidence-{same.pk}" in editor.get(at(copy, "desk-reading-like", first.pk)).content.decode()
    act(editor, first, f"evidence-{same.pk}")
    assert same.evidence.count() == 2 and Statement.objects.count() == 1


def test_a_contributor_is_not_offered_to_add_evidence_to_what_they_may_not_change(contributor):
    copy = make_snapshot(REPORT, source=make_source(status="published"))
    one = make_proposal(copy, FIRST, name="Ahsan Iqbal")
    same = make_statement(FIRST, speaker=make_person(name="Ahsan Iqbal", status="published"), status="published")
    part = contributor.get(at(copy, "desk-reading-like", one.pk)).content.decode()
    assert same.key in part and f"evidence-{same.pk}" not in part
    assert act(contributor, one, f"evidence-{same.pk}", SCRIPT).status_code == 403
    assert same.evidence.count() == 1


# Forms


def entry(**fields):
    return {"kind": "quotation", "text": FIRST, "name_printed": "", "verb": "", **fields}


def test_an_edited_proposal_is_accepted_as_corrected(editor, copy, first):
    where = at(copy, "desk-reading-edit", first.pk)
    form = editor.get(where).context["panel"]
    assert "new: make the person “Ahsan Iqbal”" in form
    fields = entry(
        text=f"{FIRST}.", speaker="new-person:Ann  Bee", version=1, event="new-event:Summit", said="2017-09-26"
    )
    fields |= {
        "topics": ["new-topic:Globalisation"],
        "relays-0-relay": "new-organization:Portal",
        "relays-0-verb": "by",
    }
    assert editor.post(where, fields).status_code == 302
    statement = Statement.objects.get()
    assert (statement.speaker.name, statement.event.name, statement.said) == ("Ann Bee", "Summit", "2017-09-26")
    assert [topic.name for topic in statement.topics.all()] == ["Globalisation"]
    assert [(str(step.relay), step.verb) for step in statement.evidence.get().steps.all()] == [("Portal", "by")]
    assert statement.evidence.get().verdict == "typographic"


def test_a_form_without_a_speaker_is_kept_with_a_sentence(editor, copy, first):
    where = at(copy, "desk-reading-edit", first.pk)
    answer = editor.post(where, entry(text="My own words for it", version=1), **SCRIPT)
    assert answer.status_code == 422
    assert "Say who said it" in answer.json()["form"] and "My own words for it" in answer.json()["form"]
    assert editor.post(where, entry(version=1)).status_code == 422


def test_a_form_that_comes_too_late_keeps_what_was_typed(editor, publisher, copy, first):
    where = at(copy, "desk-reading-edit", first.pk)
    act(publisher, first, "reject")
    act(publisher, first, "undo")
    answer = editor.post(where, entry(text="My own words", speaker_description="an official", version=1), **SCRIPT)
    assert "Look at it again" in answer.json()["form"] and "My own words" in answer.json()["form"]
    assert not Statement.objects.exists()


def test_names_typed_whole_work_without_a_script(editor, copy, first):
    iqbal = make_person(name="Ahsan Iqbal")
    where = at(copy, "desk-reading-edit", first.pk)
    typed = {"speaker-typed": "ahsan iqbal", "topics-typed": "One, Two", "topics-make": "topic", "version": 1}
    assert editor.post(where, entry(**{**typed, "speaker-typed": "Nobody Here"})).status_code == 422
    assert editor.post(where, entry(**typed)).status_code == 302
    statement = Statement.objects.get()
    assert statement.speaker == iqbal and {topic.name for topic in statement.topics.all()} == {"One", "Two"}


@pytest.mark.parametrize(
    "speaker",
    ["person:999999", "event:1", "new-topic:x", "statement:1", "person:٣", "new-person:", "x" * 10_000, "user:1"],
)
def test_hostile_names_in_a_form_make_nothing(editor, copy, first, speaker):
    where = at(copy, "desk-reading-edit", first.pk)
    assert editor.post(where, entry(speaker=speaker, version=1)).status_code == 422
    assert not Statement.objects.exists()


def test_typing_a_name_offers_what_one_may_read_and_what_can_be_made(contributor):
    make_person(name="Hidden Ann")
    mine = make_person(name="My Ann", created_by=contributor.user)
    answer = contributor.get(reverse("admin:desk-reading-names"), {"of": "person,unnamed,user", "term": "Ann"}).json()
    assert answer["results"][0]["children"] == [{"id": f"person:{mine.pk}", "text": "My Ann"}]
    assert [one.get("id") for one in answer["results"][1:]] == ["unnamed", "new-person:Ann"]


# Selected words


def test_selected_words_open_a_form_and_become_a_statement(editor, copy, first):
    where = at(copy, "desk-reading-select")
    sent = selection(REPORT, "Pakistan joined the body in 1950")
    form = editor.post(where, {"selected": sent}, **SCRIPT).json()["form"]
    assert "Pakistan joined the body in 1950" in form
    answer = editor.post(
        where, entry(selected=sent, use="statement", kind="assertion", text="Pakistan joined in 1950"), **SCRIPT
    )
    assert "Made “dawn-2017-pakistan-joined”." in answer.json()["said"]
    assert Statement.objects.get().evidence.get().passages.get().exact == "Pakistan joined the body in 1950"


def test_a_selection_at_a_proposal_takes_over_what_it_says(editor, copy, first):
    form = editor.post(at(copy, "desk-reading-select"), {"selected": selection(REPORT, FIRST)}, **SCRIPT).json()["form"]
    assert "new: make the person “Ahsan Iqbal”" in form and 'value="quotation" selected' in form


def test_words_typed_without_a_script_are_found_in_the_article(editor, copy):
    where = at(copy, "desk-reading-select")
    page = editor.post(where, {"words": f"{SECOND}\r\n\r\nPakistan joined the body"})
    assert page.status_code == 200 and page.context["panel"].count("selected-words") == 2
    lost = editor.get(editor.post(where, {"words": "words that nobody printed"}).url)
    assert "does not contain these words" in said(lost)
    several = editor.get(editor.post(where, {"words": "Iqbal"}).url)
    assert "stands in several places" in said(several)


def test_words_of_another_copy_and_hostile_selectors_are_refused_with_a_sentence(editor, copy):
    where = at(copy, "desk-reading-select")
    other = "Other words altogether, of another paper."
    right = json.loads(selection(REPORT, FIRST))[0]["target"]
    quote, position = right["selector"]
    moved = {"selector": [quote, {**position, "start": 10**9, "end": 10**9 + len(FIRST)}]}
    hostile = [
        selection(other, "Other words altogether"),
        "[1]",
        "{}",
        "x" * 200_000,
        json.dumps({"selector": [{**quote, "exact": "x" * 200_000}, position]}),
        json.dumps({"selector": [{**quote, "exact": "\ud800" * len(FIRST)}, position]}),
        json.dumps([right] * 30),
        json.dumps({"selector": [quote, {**position, "end": -1}]}),
    ]
    for sent in hostile:
        answer = editor.post(where, entry(selected=sent, use="statement", speaker_description="x"), **SCRIPT)
        assert answer.status_code == 200 and not answer.json()["done"] and len(answer.json()["said"]) < 500, sent[:80]
    assert not Statement.objects.exists()
    fields = entry(selected=json.dumps(moved), use="statement", speaker_description="an official")
    assert editor.post(where, fields, **SCRIPT).json()["done"]
    assert Statement.objects.get().evidence.get().passages.get().start == REPORT.index(FIRST)


def test_selected_words_become_evidence_of_a_statement_from_another_paper(editor, copy):
    there = make_statement(FIRST)
    fields = {"selected": selection(REPORT, FIRST), "use": "evidence", "kind": "", "text": ""}
    assert "Choose the statement" in editor.post(at(copy, "desk-reading-select"), fields, **SCRIPT).json()["form"]
    fields |= {
        "existing": f"statement:{there.pk}",
        "name_printed": "Ahsan Iqbal",
        "verb": "quoted",
        "relays-0-relay": "unnamed",
    }
    answer = editor.post(at(copy, "desk-reading-select"), fields, **SCRIPT)
    assert answer.json()["said"] == f"Added as evidence of “{there.key}”."
    evidence = Evidence.objects.get(snapshot=copy)
    assert (evidence.name_printed, evidence.verdict, evidence.steps.count()) == ("Ahsan Iqbal", "exact", 1)


def test_other_words_are_offered_as_a_linked_statement_with_the_difference(editor, copy):
    there = make_statement("The growing challenges of globalisation require a joint approach", speaker=make_person())
    where = at(copy, "desk-reading-select")
    fields = {"selected": selection(REPORT, FIRST), "use": "evidence", "existing": f"statement:{there.pk}"}
    form = editor.post(where, {**fields, "kind": ""}, **SCRIPT).json()["form"]
    assert "<ins>challenge</ins>" in form and f'name="same_as" value="statement:{there.pk}"' in form
    fields = entry(
        selected=fields["selected"], use="statement", same_as=f"statement:{there.pk}", speaker_description="x"
    )
    editor.post(where, fields)
    assert Statement.objects.exclude(pk=there.pk).get().links_out.get().to_statement == there


def test_the_two_wordings_stand_word_by_word_on_both_pages(publisher, client):
    there = make_statement("Crime knows no border", status="published")
    here = make_statement(SECOND, status="published")
    here.links_out.create(from_statement=here, to_statement=there, kind="same-utterance")
    public = client.get(f"/statements/{here.key}/").content.decode()
    assert "<del>borders at all</del> <ins>border</ins>" in public
    assert "<ins>borders at all</ins>" in client.get(f"/statements/{there.key}/").content.decode()
    assert "<del>borders at all</del>" in publisher.get(there_address(here)).content.decode()


# The whole article


def test_all_sure_ones_are_accepted_after_a_look_and_taken_back_together(editor, copy, first, second):
    doubtful = make_proposal(copy, "police work", name="Ann Bee", confidence=0.3)
    page = editor.get(at(copy, "desk-reading-sure"))
    assert [card.proposal for card in page.context["cards"]] == [first, second]
    assert page.context["new"] == [("Ahsan Iqbal", "a person"), ("Portal News", "an organization")]
    assert not Statement.objects.exists()
    sent = re.findall(r'name="seen" value="([^"]+)"', page.content.decode())
    editor.post(at(copy, "desk-reading-sure"), {"seen": sent})
    assert Statement.objects.count() == 2 and Person.objects.filter(name="Ahsan Iqbal").count() == 1
    doubtful.refresh_from_db()
    assert doubtful.state == "open"
    act(editor, first, "undo")
    assert not Statement.objects.exists()


@pytest.mark.parametrize("seen", ["", "x-y", "1", "-", f"{'9' * 30}-1", "0-0"])
def test_absurd_choices_accept_nothing(editor, copy, first, seen):
    assert editor.post(at(copy, "desk-reading-sure"), {"seen": seen}).status_code in (200, 302)
    assert not Statement.objects.exists()


def test_done_shows_what_was_made_and_starts_a_briefing_that_cites_it(editor, copy, first, second):
    for one in (first, second):
        act(editor, one, "accept")
    page = editor.get(at(copy, "desk-reading-done"))
    rows = page.context["rows"]
    assert [row["statement"].text for row in rows] == [FIRST, SECOND] and not any(row["problems"] for row in rows)
    assert "The wording matches the stored copy." in page.content.decode()
    assert "publish_selected" not in page.content.decode()
    response = editor.post(at(copy, "desk-reading-done"), {"cite": [rows[1]["statement"].pk, rows[0]["statement"].pk]})
    briefing = Briefing.objects.get()
    assert response.url == reverse("admin:desk-writing", args=[briefing.pk])
    assert [key for key in re.findall(r"@([a-z0-9-]+)", briefing.body)] == [row["statement"].key for row in rows]


def test_a_publisher_may_publish_what_was_made_through_the_publish_page(publisher, copy, first):
    make_person(name="Ahsan Iqbal", status="published")
    act(publisher, first, "accept")
    page = publisher.get(at(copy, "desk-reading-done")).content.decode()
    pk = re.search(r'name="_selected_action" value="(\d+)"', page)[1]
    plan = publisher.post(
        reverse("admin:briefings_statement_changelist"), {"action": "publish_selected", "_selected_action": pk}
    )
    assert "become public along with it" in plan.content.decode()


def test_done_cites_nothing_that_was_not_made_here(editor, copy, first):
    elsewhere = make_statement()
    editor.post(at(copy, "desk-reading-done"), {"cite": [elsewhere.pk, "x", "9" * 50]})
    assert not Briefing.objects.exists()


def test_the_desk_is_linked_from_the_source_and_from_the_stored_copy(editor, copy):
    for address in (
        reverse("admin:briefings_source_change", args=[copy.source_id]),
        reverse("admin:briefings_snapshot_change", args=[copy.pk]),
    ):
        assert at(copy) in editor.get(address).content.decode()


def test_a_form_without_its_token_is_refused(copy, first):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(Role.EDITOR))
    assert act(client, first, "reject").status_code == 403
    assert not Decision.objects.exists()
