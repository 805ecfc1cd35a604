"""The evidence checks, over real statements with real stored copies."""

import datetime

import pytest
from django.utils import timezone

from briefings.editorial import body_problems, check_wording, words_of
from briefings.editorial.evidence import statement_problems, wordings
from briefings.models import Evidence, Passage, Snapshot, Statement, Status
from tests.factories import (
    WORDS,
    make_briefing,
    make_evidence,
    make_illustration,
    make_published_briefing,
    make_snapshot,
    make_source,
    make_statement,
)

pytestmark = pytest.mark.django_db


def found(body, **kwargs):
    """What is wrong with words and statements; what asks for a word has its own tests."""
    problems = [problem for problem in body_problems(body, **kwargs) if not problem.fingerprint]
    return [(problem.code, problem.line, problem.severity) for problem in problems]


def unchecked(**fields):
    """A statement whose evidence has the verdict of nobody yet."""
    statement = make_statement(**fields)
    Evidence.objects.update(verdict="", location="", checked_at=None)
    return statement


def behind_the_back(passage, **values):
    """Change a passage as no door of ours lets anybody: without its check against the stored copy."""
    Passage.objects.filter(pk=passage.pk).update(**values)


@pytest.mark.parametrize(
    ("text", "words", "kind", "verdict"),
    [
        (WORDS, WORDS, "quotation", "exact"),
        ("the “need of the hour”", 'the "need of the hour"', "quotation", "typographic"),
        ("Security, is indivisible", ["Security,", "is indivisible"], "quotation", "exact"),
        ("A growing challenge", "The growing challenge", "quotation", "altered"),
        ("Any words of ours", "The growing challenge", "paraphrase", ""),
        (WORDS, WORDS, "assertion", ""),
    ],
)
def test_the_wording_of_a_quotation_is_compared_with_its_passages(text, words, kind, verdict):
    statement = unchecked(text=text, words=words, kind=kind)
    assert check_wording(statement.evidence.all()) == 1
    evidence = statement.evidence.get()
    assert (evidence.verdict, evidence.location) == (verdict, "in place")
    assert evidence.checked_at is not None


@pytest.mark.parametrize(
    ("text", "start", "location"),
    [
        ("He said: “The growing challenge requires a collaborative approach.”", 10, "in place"),
        ("He said: “The growing challenge requires a collaborative approach.”", 3, "moved"),
        ("The growing challenge requires a collaborative approach. " * 2, 3, "ambiguous"),
        ("He said something else, and went on for as long as that.", 3, "gone"),
    ],
)
def test_the_place_of_a_passage_is_looked_up_in_its_stored_copy(text, start, location):
    words = "The growing challenge requires a collaborative approach."
    statement = make_statement(words, snapshot=make_snapshot(f"{words} {text}"))
    copy = make_snapshot(text)
    Evidence.objects.filter(statement=statement).update(snapshot=copy)
    behind_the_back(Passage.objects.get(), start=start, end=start + len(words))
    assert wordings(Evidence.objects.all()) == {Evidence.objects.get().pk: ("exact", location)}


def test_evidence_is_in_as_bad_a_place_as_the_worst_of_its_passages():
    statement = make_statement("One two three four", words=["One two", "three four"])
    behind_the_back(Passage.objects.get(order=2), exact="seven ten!")
    check_wording(statement.evidence.all())
    assert statement.evidence.get().location == "gone"


def test_evidence_without_passages_has_no_place():
    statement = unchecked()
    Passage.objects.all().delete()
    check_wording(statement.evidence.all())
    assert (statement.evidence.get().verdict, statement.evidence.get().location) == ("missing", "")


def test_a_check_is_no_edit_and_writes_only_what_changed():
    statement = make_published_briefing() and Statement.objects.get()
    check_wording(Evidence.objects.all())
    before = Evidence.objects.get()
    check_wording(Evidence.objects.all())
    assert Evidence.objects.get().checked_at == before.checked_at
    Statement.objects.filter(pk=statement.pk).update(text="Other words")
    check_wording(Evidence.objects.all())
    after = Evidence.objects.get()
    assert (before.verdict, after.verdict) == ("exact", "missing")
    assert after.checked_at > before.checked_at
    assert after.version == before.version


def test_words_are_those_of_all_passages_in_order_and_of_no_other_statement():
    make_statement(key="other", text="Other")
    statement = make_statement(key="said", text="One two", words=["One", "two"])
    make_evidence(statement, "Three")
    make_statement(key="bare", evidence=False)
    words = words_of(["said", "bare", "nobody"])
    assert {key: cited.words for key, cited in words.items()} == {"said": ("One", "two", "Three"), "bare": ()}


def test_the_problems_of_a_body_come_with_their_lines_in_order():
    make_statement(key="public", status=Status.PUBLISHED)
    make_statement(key="draft")
    make_statement(key="gone", status=Status.RETRACTED, retraction_reason="Wrong.")
    make_statement("Not so", key="wrong", words="It is so", status=Status.PUBLISHED)
    body = f"A “{WORDS}”.[@public]\n\nB “made up”.[@draft]\n\nC.[@gone]\nD.[@nobody] E.[@draft]\n\nF.[@wrong]"
    assert found(body) == [
        ("quotation-not-in-cited-passage", 3, "error"),
        ("unpublished-statement", 3, "warning"),
        ("retracted-statement", 5, "error"),
        ("unknown-citation", 6, "error"),
        ("wording-differs", 8, "error"),
    ]


def test_every_problem_says_what_it_is_about_and_what_to_do():
    make_statement(
        "Not so",
        key="wrong",
        snapshot=make_snapshot("It is so", source=make_source(title="The paper")),
        words="It is so",
    )
    sentences = " ".join(problem.sentence for problem in body_problems("[@nobody] “Made up” [@wrong] <b>"))
    for words in ("“nobody”", "“Made up”", "“wrong”", "“The paper”", "“<b>”", "%"):
        assert (words in sentences) == (words != "%")


def test_long_quotations_are_cut_short_in_their_problem():
    problem = body_problems(f"“{'many words ' * 100}”.")[0]
    assert len(problem.sentence) < 400 and "…”" in problem.sentence


def test_the_illustrations_are_those_of_the_briefing():
    briefing = make_briefing("![](hall)\n\n![](door)")
    make_illustration(briefing, key="hall")
    make_illustration(make_briefing(), key="door")
    assert found(briefing.body, briefing=briefing) == [("unknown-illustration", 3, "error")]
    assert len(found(briefing.body)) == 2


def test_what_a_statement_lacks():
    until = timezone.now() + datetime.timedelta(days=1)
    reply = {"reply_sought_on": "2017-05-01", "reply_sought_from": "The FIA", "reply_sought": "None came."}
    make_statement(key="fine", allegation=True, **reply)
    make_statement(key="bare", evidence=False, allegation=True, reply_sought=" ")
    make_statement(key="early", snapshot=make_snapshot(source=make_source(embargo_until=until)))
    make_statement("Not so", key="wrong", words="It is so")
    problems = statement_problems(Statement.objects.all())
    assert {key: [problem.code for problem in found] for key, found in problems.items()} == {
        "fine": [],
        "bare": ["allegation-without-reply", "statement-without-evidence"],
        "early": ["embargo"],
        "wrong": ["wording-differs"],
    }


def many(count):
    for number in range(count):
        make_statement(key=f"of-{count}-{number}", snapshot=make_snapshot(f"“{WORDS}” {number}"))
    return "\n\n".join(f"“{WORDS}” [@of-{count}-{number}]" for number in range(count))


def test_checks_ask_no_more_questions_of_400_citations_than_of_10(django_assert_max_num_queries):
    bodies, counts = [many(10), many(400)], []
    for body in bodies:
        with django_assert_max_num_queries(24) as captured:
            problems = body_problems(body)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert len(problems) == 401 and {problem.code for problem in problems} == {"unpublished-statement", "one-origin"}
    Evidence.objects.update(checked_at=None)
    assert Snapshot.objects.count() == 410
    with django_assert_max_num_queries(15):
        assert check_wording(Evidence.objects.all()) == 410
