"""From proposals to statements: everything made in one step, decisions kept, nothing of two editors lost."""

import pytest
from django.core.exceptions import PermissionDenied
from reversion.models import Version

from briefings import speech
from briefings.editorial.drafting import begin_briefing
from briefings.editorial.evidence import body_problems
from briefings.editorial.further_evidence import WordsDiffer
from briefings.editorial.proposals import (
    Overtaken,
    accept,
    accept_all,
    accept_as_evidence,
    merge,
    propose_statements,
    reject,
)
from briefings.editorial.proposed_fields import suggest_for
from briefings.editorial.statements import Fields, NewName, NotDone
from briefings.editorial.undoing import undo
from briefings.editorial.utterances import like_elsewhere
from briefings.models import Briefing, Decision, Evidence, Organization, Person, Proposal, ProposalState, Statement
from briefings.permissions import Role
from tests.factories import (
    make_briefing,
    make_event,
    make_organization,
    make_person,
    make_proposal,
    make_snapshot,
    make_source,
    make_statement,
    make_topic,
    make_user,
)

FIRST = "The growing challenge of globalisation requires a collaborative approach"
SECOND = "Crime knows no borders at all"
REPORT = (
    f"A report on police work\n\n“{FIRST},” China.org quoted the minister saying. “{SECOND},” he went on.\n\n"
    "Pakistan joined Interpol in 1950, the page adds.\n"
)


@pytest.fixture
def editor(db):
    return make_user(Role.EDITOR, first_name="Amina")


@pytest.fixture
def other(db):
    return make_user(Role.EDITOR, first_name="Bilal")


@pytest.fixture
def copy(db):
    return make_snapshot(REPORT, source=make_source(key="dawn", published="2017-09-27"))


@pytest.fixture
def proposal(copy):
    return make_proposal(
        copy,
        FIRST,
        name="Ahsan Iqbal",
        name_printed="the minister",
        verb="quoted … saying",
        relays=[{"name": "China.org", "verb": "quoted"}, {"name": "", "verb": "was quoted as saying"}],
        event="86th Interpol General Assembly",
    )


def test_accepting_makes_statement_evidence_passages_and_route_in_one_step(editor, proposal):
    iqbal, portal = make_person(name="Ahsan Iqbal", slug="ahsan-iqbal"), make_organization(name="China.org")
    assembly, topic = make_event(name="86th General Assembly of Interpol"), make_topic(name="Globalisation")
    make_topic(name="Global")
    statement = accept(proposal, by=editor, version=proposal.version)
    evidence = statement.evidence.get()
    assert (statement.key, statement.kind, statement.text) == ("iqbal-2017-growing-challenge", "quotation", FIRST)
    assert (statement.speaker, statement.event, list(statement.topics.all())) == (iqbal, assembly, [topic])
    assert (evidence.name_printed, evidence.verb) == ("the minister", "quoted … saying")
    assert (evidence.verdict, evidence.location) == ("exact", "in place")
    assert [(step.relay, step.verb) for step in evidence.steps.all()] == [
        (portal, "quoted"),
        (None, "was quoted as saying"),
    ]
    passage = evidence.passages.get()
    assert (passage.exact, passage.start) == (FIRST, REPORT.index(FIRST))
    made = [statement, evidence, passage, *evidence.steps.all()]
    assert {row.created_by for row in made} == {editor}
    assert all(Version.objects.get_for_object(row).get().revision.user == editor for row in made)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.statement, proposal.decided_by) == (ProposalState.ACCEPTED, statement, editor)


def test_a_speaker_that_is_not_here_is_made_as_a_draft_with_the_role_as_printed(editor, copy, proposal):
    make_proposal(copy, SECOND, name="Ahsan Iqbal", name_printed="Interior Minister Ahsan Iqbal")
    for one in copy.proposals.in_reading_order():
        accept(one, by=editor, version=one.version)
    iqbal = Person.objects.get(name="Ahsan Iqbal")
    assert Statement.objects.by(iqbal).count() == 2
    assert iqbal.public_role == "Interior Minister"
    assert not iqbal.is_public and iqbal.created_by == editor
    assert Organization.objects.get(name="China.org").slug == "china-org"


def test_a_choice_on_the_card_decides_who_is_meant(editor, copy):
    first, second = make_person(name="Ali Khan"), make_person(name="Ali Khan")
    one = make_proposal(copy, FIRST, name="Ali Khan")
    with pytest.raises(NotDone, match="Several bear the name “Ali Khan”"):
        accept(one, by=editor, version=1)
    assert accept(one, by=editor, version=1, chosen={"speaker": f"person:{second.pk}"}).speaker == second
    assert not Statement.objects.by(first).exists()


@pytest.mark.parametrize("choice", ["person:0", "person:99999999999999999999", "user:1", "new-user", "person:", "x"])
def test_a_choice_of_nothing_that_is_there_makes_nothing(editor, proposal, choice):
    with pytest.raises(NotDone, match="not here any more"):
        accept(proposal, by=editor, version=1, chosen={"speaker": choice})
    assert not Statement.objects.exists() and not Decision.objects.exists()


def test_a_contributor_cannot_choose_what_they_may_not_read(db, copy, proposal):
    contributor = make_user(Role.CONTRIBUTOR)
    source = copy.source
    source.created_by = contributor
    source.save()
    hidden = make_person()
    with pytest.raises(NotDone):
        accept(proposal, by=contributor, version=1, chosen={"speaker": f"person:{hidden.pk}"})


@pytest.mark.parametrize("printed", ["", "he"])
def test_speech_of_nobody_named_is_not_accepted_as_the_sources_own(editor, copy, printed):
    one = make_proposal(copy, FIRST, name_printed=printed)
    with pytest.raises(NotDone, match="Nobody is named as the speaker"):
        accept(one, by=editor, version=1)


def test_an_unnamed_speaker_is_described_as_printed(editor, copy):
    one = make_proposal(copy, FIRST, name_printed="a senior official")
    statement = accept(one, by=editor, version=1)
    assert statement.speaker is None and statement.speaker_description == "a senior official"


def test_what_the_source_says_itself_has_no_speaker_and_is_keyed_by_its_publisher(editor, copy):
    words = "Pakistan joined Interpol in 1950"
    one = make_proposal(copy, words, form="own voice", kind="assertion", verb="")
    statement = accept(one, by=editor, version=1)
    assert statement.speaker is None and not statement.speaker_description
    assert statement.key == "dawn-2017-pakistan-joined"


def test_words_in_another_script_are_keyed_by_their_paragraph(editor):
    copy = make_snapshot("سرخی\n\n“ہم سب مل کر کام کریں گے” وزیر نے کہا\n", source=make_source(language="ur"))
    one = make_proposal(copy, "ہم سب مل کر کام کریں گے", name="Ahsan Iqbal")
    statement = accept(one, by=editor, version=1)
    assert statement.key == "iqbal-p2" and statement.language == "ur"


def test_a_key_that_is_taken_gets_a_number(editor, copy, proposal):
    make_statement(key="iqbal-2017-growing-challenge")
    assert accept(proposal, by=editor, version=1).key == "iqbal-2017-growing-challenge-2"


def test_an_editors_fields_are_taken_over_the_rules(editor, proposal):
    fields = Fields("paraphrase", "He asked for help.", speaker=NewName("person", "Ann Bee"), said="2017-09-26")
    statement = accept(proposal, by=editor, version=1, fields=fields)
    assert (statement.text, statement.kind, str(statement.speaker)) == ("He asked for help.", "paraphrase", "Ann Bee")
    assert statement.said == "2017-09-26" and statement.evidence.get().passages.get().exact == FIRST


def test_fields_that_cannot_be_kept_make_nothing_at_all(editor, proposal):
    fields = Fields("quotation", FIRST, speaker=NewName("person", "Ann Bee"), said="yesterday")
    with pytest.raises(NotDone, match="not a date we can keep"):
        accept(proposal, by=editor, version=1, fields=fields)
    assert not Person.objects.filter(name="Ann Bee").exists() and not Statement.objects.exists()
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.OPEN


# Two at once


def test_who_comes_second_is_told_what_the_first_decided_and_nothing_is_lost(editor, other, proposal):
    reject(proposal, by=editor, version=1)
    with pytest.raises(Overtaken, match="Amina rejected it on") as overtaken:
        accept(proposal, by=other, version=1)
    assert overtaken.value.proposal.state == ProposalState.REJECTED
    assert not Statement.objects.exists()
    with pytest.raises(Overtaken):
        reject(proposal, by=other, version=1)
    assert Decision.objects.count() == 1


def test_what_was_looked_at_before_a_change_is_not_decided_blindly(editor, other, proposal):
    reject(proposal, by=editor, version=1)
    undo(proposal.snapshot, by=editor)
    with pytest.raises(Overtaken, match="Look at it again"):
        accept(proposal, by=other, version=1)


def test_a_proposal_that_is_gone_is_told_in_a_sentence(editor, proposal):
    Proposal.objects.filter(pk=proposal.pk).delete()
    with pytest.raises(NotDone, match="not here any more"):
        accept(proposal, by=editor, version=1)


@pytest.mark.parametrize("act", [accept, reject])
def test_who_may_not_read_the_source_decides_nothing(db, proposal, act):
    with pytest.raises(PermissionDenied):
        act(proposal, by=make_user(Role.CONTRIBUTOR), version=1)
    with pytest.raises(PermissionDenied):
        act(proposal, by=make_user(None), version=1)
    assert not Decision.objects.exists()


# Proposing


def test_statements_are_proposed_once_for_each_version_of_the_rules(copy, monkeypatch):
    assert propose_statements(copy) > 0
    stored = list(copy.proposals.values())
    assert propose_statements(copy) == 0
    assert list(copy.proposals.values()) == stored
    assert all(copy.text[one.start : one.end] for one in copy.proposals.all())


def test_newer_rules_replace_what_is_open_and_keep_what_was_decided(editor, copy, monkeypatch):
    propose_statements(copy)
    first, *rest = copy.proposals.in_reading_order()
    reject(first, by=editor, version=first.version)
    old = make_proposal(copy, "police work", rules=speech.VERSION)
    monkeypatch.setattr(speech, "VERSION", speech.VERSION + 1)
    propose_statements(copy)
    assert not Proposal.objects.filter(pk__in=[old.pk, *(one.pk for one in rest)]).exists()
    assert copy.proposals.get(pk=first.pk).state == ProposalState.REJECTED
    assert copy.proposals.filter(rules=speech.VERSION).count() == copy.proposals.count() == 1 + len(rest)


def test_newer_rules_leave_what_an_editor_merged(editor, copy, monkeypatch):
    first, second = make_proposal(copy, FIRST), make_proposal(copy, SECOND)
    merged = merge(first, second, by=editor, version=1, neighbour_version=1)
    monkeypatch.setattr(speech, "VERSION", speech.VERSION + 1)
    propose_statements(copy)
    assert set(copy.proposals.values_list("pk", flat=True)) >= {first.pk, second.pk, merged.pk}


# Together, merged, taken back


def test_several_are_accepted_and_taken_back_as_one(editor, copy, proposal):
    second = make_proposal(copy, SECOND, name="Ahsan Iqbal")
    nobody = make_proposal(copy, "police work")
    done = accept_all(copy, {proposal.pk: 1, second.pk: 1, nobody.pk: 1}, by=editor)
    assert [one.text for one in done.statements] == [FIRST, SECOND]
    assert len(done.left) == 1 and "Nobody is named" in done.left[0]
    undone = undo(copy, by=editor)
    assert {one.pk for one in undone.reopened} == {proposal.pk, second.pk}
    assert not Statement.objects.exists() and not Person.objects.exists() and not Organization.objects.exists()
    assert copy.proposals.open().count() == 3


def test_merging_makes_one_statement_with_both_passages_in_order(editor, copy):
    first, second = make_proposal(copy, FIRST, name="Ahsan Iqbal"), make_proposal(copy, SECOND)
    merged = merge(second, first, by=editor, version=1, neighbour_version=1)
    statement = accept(merged, by=editor, version=merged.version)
    evidence = statement.evidence.get()
    assert statement.text == f"{FIRST} {SECOND}"
    assert [one.exact for one in evidence.passages.order_by("order")] == [FIRST, SECOND]
    assert evidence.verdict == "exact"
    assert set(copy.proposals.values_list("state", flat=True)) == {"merged", "accepted"}


def test_merging_what_two_people_said_is_refused(editor, copy):
    first, second = make_proposal(copy, FIRST, name="Ahsan Iqbal"), make_proposal(copy, SECOND, name="Xi Jinping")
    with pytest.raises(NotDone, match="one to Ahsan Iqbal and the other to Xi Jinping"):
        merge(first, second, by=editor, version=1, neighbour_version=1)
    assert copy.proposals.open().count() == 2


def test_a_merger_is_taken_back_before_what_came_before_it(editor, copy):
    first, second = make_proposal(copy, FIRST), make_proposal(copy, SECOND)
    third = make_proposal(copy, "police work")
    reject(third, by=editor, version=1)
    merged = merge(first, second, by=editor, version=1, neighbour_version=1)
    assert undo(copy, by=editor).gone == [merged.pk]
    assert set(copy.proposals.open()) == {first, second}
    assert undo(copy, by=editor).reopened == [third]
    with pytest.raises(NotDone, match="nothing of yours"):
        undo(copy, by=editor)


def test_undo_is_for_ones_own_acts_alone(editor, other, copy, proposal):
    reject(proposal, by=editor, version=1)
    with pytest.raises(NotDone, match="nothing of yours"):
        undo(copy, by=other)


def _publish(statement):
    Statement.objects.filter(pk=statement.pk).update(status="published")


def _edit(statement):
    statement.said_note = "as the paper says"
    statement.save()


def _add_evidence(statement):
    make_statement(evidence=False)
    Evidence.objects.create(statement=statement, snapshot=make_snapshot(), order=9)


def _cite(statement):
    make_briefing(f"So it was said.[@{statement.key}]")


@pytest.mark.parametrize(
    ("happens", "sentence"),
    [(_publish, "published"), (_edit, "was changed"), (_add_evidence, "was changed"), (_cite, "is cited in")],
)
def test_what_somebody_built_on_stays_and_undo_says_why(editor, copy, proposal, happens, sentence):
    second = make_proposal(copy, SECOND, name="Ahsan Iqbal")
    reject(second, by=editor, version=1)
    statement = accept(proposal, by=editor, version=1)
    happens(statement)
    undone = undo(copy, by=editor)
    assert sentence in undone.staying[0] and statement.key in undone.staying[0]
    assert Statement.objects.filter(pk=statement.pk).exists() and not undone.reopened
    assert undo(copy, by=editor).reopened == [second]  # the act before it can still be taken back


def test_a_name_that_another_statement_uses_by_now_stays(editor, other, copy, proposal):
    accept(proposal, by=editor, version=1)
    second = make_proposal(copy, SECOND, name="Ahsan Iqbal")
    accept(second, by=other, version=1)
    undo(copy, by=editor)
    assert Person.objects.get(name="Ahsan Iqbal") == Statement.objects.get().speaker
    assert not Organization.objects.exists()


# In other papers


def test_a_like_statement_of_another_source_is_found_with_its_difference(editor, proposal):
    iqbal = make_person(name="Ahsan Iqbal")
    like = make_statement("The growing challenges of globalisation require a collaborative approach", speaker=iqbal)
    make_statement("Something else was said altogether by him", speaker=iqbal)
    suggestion = suggest_for([proposal], proposal.snapshot, by=editor)[0]
    (found,) = like_elsewhere(suggestion, proposal.snapshot, by=editor)
    assert found.statement == like and not found.is_same
    assert [(one.kind, one.words) for one in found.changes[1:3]] == [("removed", "challenges"), ("added", "challenge")]
    assert not like_elsewhere(suggestion, like.evidence.get().snapshot, by=editor)  # its own source


def test_the_same_words_of_another_source_are_told_as_the_same(editor, proposal):
    same = make_statement(f"{FIRST}.", speaker=make_person(name="Ahsan Iqbal"))
    suggestion = suggest_for([proposal], proposal.snapshot, by=editor)[0]
    (found,) = like_elsewhere(suggestion, proposal.snapshot, by=editor)
    assert found.statement == same and found.is_same


def test_drafts_that_one_may_not_read_are_not_suggested(db, proposal):
    make_statement(FIRST, speaker=make_person(name="Ahsan Iqbal", status="published"))
    contributor = make_user(Role.CONTRIBUTOR)
    suggestion = suggest_for([proposal], proposal.snapshot, by=contributor)[0]
    assert like_elsewhere(suggestion, proposal.snapshot, by=contributor) == []


def test_the_same_words_in_another_paper_become_evidence_with_their_own_name_and_route(editor, proposal):
    there = make_statement(FIRST)
    accept_as_evidence(proposal, there, by=editor, version=1)
    evidence = there.evidence.get(order=2)
    assert (evidence.name_printed, evidence.verdict) == ("the minister", "exact")
    assert [str(step) for step in evidence.steps.all()] == ["China.org", "not named"]
    proposal.refresh_from_db()
    assert proposal.statement == there
    undo(proposal.snapshot, by=editor)
    assert there.evidence.count() == 1


def test_other_words_do_not_become_evidence_of_a_quotation(editor, proposal):
    there = make_statement("The growing challenges of globalisation require a collaborative approach")
    with pytest.raises(WordsDiffer, match="linked as the same utterance"):
        accept_as_evidence(proposal, there, by=editor, version=1)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.OPEN and there.evidence.count() == 1


def test_accepting_as_the_same_utterance_links_the_two(editor, proposal):
    there = make_statement("The growing challenges of globalisation require a collaborative approach")
    statement = accept(proposal, by=editor, version=1, same_as=there)
    link = statement.links_out.get()
    assert (link.to_statement, link.kind, link.created_by) == (there, "same-utterance", editor)
    undo(proposal.snapshot, by=editor)
    assert not Statement.objects.filter(pk=statement.pk).exists() and Statement.objects.filter(pk=there.pk).exists()


# A briefing from them


def test_a_briefing_begun_from_statements_cites_each_and_nothing_stands_against_it(editor, copy, proposal):
    second = make_proposal(copy, "Pakistan joined Interpol in 1950", form="own voice", kind="assertion")
    statements = [accept(one, by=editor, version=1) for one in (proposal, second)]
    briefing = begin_briefing(copy, statements, by=editor)
    assert f"“{FIRST}”" in briefing.body and all(f"[@{one.key}]" in briefing.body for one in statements)
    assert not [one for one in body_problems(briefing.body) if one.blocks]
    assert briefing.created_by == editor and not briefing.is_public


def test_markup_in_the_words_stays_words(editor):
    words = "We *never* said [that] & <b>this</b> about @home or 5_6_7 `code`"
    copy = make_snapshot(f"Title\n\n“{words}”, she said.\n")
    statement = accept(make_proposal(copy, words, name="Ann Bee"), by=editor, version=1)
    briefing = begin_briefing(copy, [statement], by=editor)
    assert not [one for one in body_problems(briefing.body) if one.blocks]


def test_without_statements_there_is_no_briefing(editor, copy):
    with pytest.raises(NotDone):
        begin_briefing(copy, [], by=editor)
    assert not Briefing.objects.exists()
