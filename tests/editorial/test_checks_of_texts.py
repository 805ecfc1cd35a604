"""Warnings of the evidence checks: paragraphs, figures, origins, second hands, contradictions, sources."""

import pytest
from django.utils import timezone

from briefings.editorial import body_problems
from briefings.editorial.problems import MOST_PROBLEMS
from briefings.models import Passage, PassageCheck, SourceCheck, StatementLink, Status
from tests.factories import (
    make_briefing,
    make_claim,
    make_event,
    make_evidence,
    make_organization,
    make_snapshot,
    make_source,
    make_statement,
)

pytestmark = pytest.mark.django_db
ABOUT_BODY = {"uncited-paragraph", "number-not-cited", "date-not-cited"}
ABOUT_ORIGINS = {"one-origin", "second-hand"}


def said(text="It has 194 members.", **fields):
    fields.setdefault("key", "said")
    return make_statement(text, kind=fields.pop("kind", "assertion"), status=Status.PUBLISHED, **fields)


def found(body, among, **kwargs):
    return [(one.code, one.line) for one in body_problems(body, **kwargs) if one.code in among]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("A.[@said]\n\nB.", [3]),
        ("# A heading\n\nA.[@said]\n\n---\n\n```\ncode\n```\n", []),
        ("::: analysis\nOurs.\n\nOurs too.\n:::\n\nB.", [7]),
        ("It has:\n\n- a[@said]\n- b", []),
        ("It has:[@said]\n\n- a\n- b", []),
        ("It has these.[@said]\n\n- a\n- b", [3]),
        ("It has:\n\n- a\n- b", [1, 3]),
        ("> A quote\n\nA.[@nobody]", [1]),
        ("…\n\n![](hall)\n\n`code`", []),
        ("", []),
    ],
)
def test_a_paragraph_without_a_citation_is_reported(body, lines):
    said()
    assert [line for _code, line in found(body, {"uncited-paragraph"})] == lines


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("It has 194 members.[@said]", []),
        ("It has one hundred and ninety-four.[@said]", []),
        ("It has 195.[@said]", [("number-not-cited", 1)]),
        ("A\nB\nIt has 195.[@said]", [("number-not-cited", 3)]),
        ("It has `195` and [these](https://x.org/195) members.[@said, para. 195]", []),
        ('It reads [“1984”]{.title reason="A novel"}.[@said]', []),
        ("In May it has 194, it may be.[@said]", [("date-not-cited", 1)]),
        ("## 195 members\n\nA.[@said]", [("number-not-cited", 1)]),
        ("## 194 members, three parts\n\nA.[@said]", []),
        (
            "A.[@said]\n\n::: analysis\nThe 194 are told of, in two places.\n\nThe 195 are not.\n:::",
            [("number-not-cited", 6)],
        ),
        ("A.[@said] It has 12, said on 3 June.", [("number-not-cited", 1), ("date-not-cited", 1)]),
        ("195 and 195.[@said]", [("number-not-cited", 1)]),
    ],
)
def test_a_figure_that_no_cited_passage_gives_is_reported(body, codes):
    said()
    assert found(body, ABOUT_BODY - {"uncited-paragraph"}) == codes


def test_what_records_of_a_cited_statement_say_is_known():
    source = make_source(published="2017-09-27", title="Forty things", status=Status.PUBLISHED)
    statement = said(
        said="2017-09-26",
        snapshot=make_snapshot("It has 194 members.", source=source),
        event=make_event(name="86th assembly", date="2017-09-26/2017-09-29"),
    )
    make_claim(statement, make_organization(), "established", "1923")
    body = "The 86th, of 26–29 September 2017, on a Tuesday, told on 27 September of 40 things since 1923.[@said]"
    assert found(body, ABOUT_BODY) == []
    assert found(body.replace("1923", "1924").replace("27 Sept", "28 Sept"), ABOUT_BODY) == [
        ("date-not-cited", 1),
        ("number-not-cited", 1),
    ]


def test_reprints_and_reports_through_one_relay_are_one_origin():
    relay, wire = make_organization(), make_source()
    once = said(key="once")
    reprinted = said(key="reprinted", snapshot=make_snapshot("It has 194 members.", source=wire))
    make_evidence(reprinted, snapshot=make_snapshot("So: It has 194 members.", source=make_source(origin=wire)))
    relayed = said(key="relayed", relays=[relay])
    make_evidence(relayed, relays=[relay])
    own = make_source(publisher=relay)
    make_evidence(relayed, snapshot=make_snapshot("It has 194 members. So there.", source=own))
    twice = said(key="twice")
    make_evidence(twice)
    problems = body_problems("A.[@once] B.[@reprinted] C.[@relayed] D.[@twice]")
    (one,) = [one for one in problems if one.code == "one-origin"]
    assert "3 of 4" in one.sentence and one.line == 1
    assert found("A.[@once; @twice]", {"one-origin"}) == []
    assert found("A.[@once][@twice] B.[@once]", {"one-origin"}) == [("one-origin", 1)]
    StatementLink.objects.create(from_statement=twice, to_statement=once, kind="supports")
    assert found("A.[@once]", {"one-origin"}) == []


def test_an_opinion_needs_no_second_origin():
    said(key="praise", kind="opinion", relays=[None])
    assert found("A.[@praise]", ABOUT_ORIGINS) == []


def test_what_is_only_second_hand_is_told_once_for_a_text():
    for key in ("a", "b"):
        said(key=key, relays=[make_organization()])
    direct = said(key="c", relays=[None])
    make_evidence(direct)
    body = "A.[@a]\n\nB.[@b]\n\nC.[@c]"
    problems = [one for one in body_problems(body) if one.code == "second-hand"]
    assert len(problems) == 1 and "2 of 3" in problems[0].sentence


def test_a_contradiction_is_to_be_mentioned_if_it_is_public():
    StatementLink.objects.create(from_statement=said(key="other"), to_statement=said(), kind="contradicts")
    StatementLink.objects.create(
        from_statement=make_statement(key="hidden"), to_statement=said(key="third"), kind="contradicts"
    )
    among = {"contradiction-not-mentioned"}
    assert found("A.\n\nB.[@said] C.[@third]", among) == [("contradiction-not-mentioned", 3)]
    assert found("A.[@other]", among) == [("contradiction-not-mentioned", 1)]
    assert found("A.[@said] B.[@other]", among) == []


def look(source, state, snapshot=None):
    SourceCheck.objects.create(source=source, checked_at=timezone.now(), state=state, snapshot=snapshot)


def test_a_source_that_is_gone_or_changed_is_told_of_until_somebody_decided():
    gone, changed, alive = (make_source(title=title, status=Status.PUBLISHED) for title in ("Gone", "Changed", "Alive"))
    for source in (gone, changed, alive):
        said(key=source.title.lower(), snapshot=make_snapshot(f"It has 194 members. {source}", source=source))
    newer = make_snapshot("It has 195 members.", source=changed)
    look(gone, "gone")
    look(changed, "changed", newer)
    look(alive, "alive")
    body, among = "A.[@gone]\n\nB.[@changed]\n\nC.[@alive]", {"source-gone", "source-changed"}
    assert found(body, among) == [("source-gone", 1), ("source-changed", 3)]
    passage = Passage.objects.get(evidence__statement__key="changed")
    check = PassageCheck.objects.create(passage=passage, snapshot=newer, state="altered")
    assert "1 cited passage reads" in body_problems(body)[-1].sentence or found(body, among)
    PassageCheck.objects.filter(pk=check.pk).update(remedy="stands", note="So.")
    assert found(body, among) == [("source-gone", 1)]


@pytest.mark.parametrize("lacking", ["reply_sought_on", "reply_sought_from", "reply_sought"])
def test_an_allegation_needs_the_whole_record_of_the_reply_sought(lacking):
    record = {"reply_sought_on": "2017-09", "reply_sought_from": "The FIA", "reply_sought": "None came."}
    make_statement(key="fair", allegation=True, **record)
    make_statement(key="unfair", allegation=True, **(record | {lacking: ""}))
    assert found("A.[@fair]\nB.[@unfair]", {"allegation-without-reply"}) == [("allegation-without-reply", 2)]


def test_a_translation_without_its_original_is_an_error_of_its_text():
    briefing = make_briefing("", translation_of=make_briefing(""), language="ur")
    assert found("", {"original-not-published"}, briefing=briefing) == [("original-not-published", None)]


def test_a_list_that_is_cut_short_says_so_and_blocks():
    problems = body_problems("“Made up”.\n\n" * (MOST_PROBLEMS + 50))
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1].code == "too-many" and problems[-1].blocks


def test_every_warning_that_asks_has_a_fingerprint_and_a_remedy():
    said()
    for one in body_problems("A.\n\nB 195 in May 1950.[@said]"):
        assert one.remedy and one.finding and one.sentence == f"{one.finding} {one.remedy}"
        assert one.blocks or len(one.fingerprint) == 64
