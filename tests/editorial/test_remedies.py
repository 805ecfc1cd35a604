"""What editors decide about changed passages: who may, what is refused, what history keeps, what stays untouched."""

import pytest
from django.core.exceptions import PermissionDenied
from reversion.models import Version

from briefings.editorial.drift import check_source
from briefings.editorial.remedies import (
    RemedyRefused,
    add_newer_evidence,
    let_stand,
    newer_evidence_problems,
    reopen,
    say_corrected,
)
from briefings.models import Evidence, Passage, PassageCheck, Remedy, Snapshot
from briefings.permissions import Role
from tests.factories import make_evidence, make_organization, make_statement, make_user

from .pages import COST, JOINS, PARAGRAPHS, TWO_MORE, capture, changed, cite, days, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_user(Role.EDITOR)


def altered(news, kind="paraphrase", words=JOINS, old="joins what", new="connects what", **fields):
    """The undecided check of a statement whose words were changed on the page."""
    copy = capture()
    (statement,), _briefing = cite(copy, words, kind=kind)
    news.serve(page(changed(old, new)))
    check_source(copy.source, now=days(1))
    return PassageCheck.objects.undecided().get(passage__evidence__statement=statement)


def statement_of(check):
    return check.passage.evidence.statement


def test_a_passage_may_stand_as_first_captured_with_the_reason(news, editor):
    check = altered(news)
    let_stand(check, by=editor, seen=check.version, note=" The page  was tidied. ")
    check.refresh_from_db()
    assert (check.remedy, check.note, check.decided_by) == (Remedy.STANDS, "The page was tidied.", editor)
    assert check.decided_at
    assert not PassageCheck.objects.undecided().exists()
    comment = Version.objects.get_for_object(statement_of(check)).first().revision.get_comment()
    assert "stands as first captured" in comment and "The page was tidied." in comment


def test_without_a_reason_nothing_is_decided(news, editor):
    check = altered(news)
    with pytest.raises(RemedyRefused, match="Say in a sentence why"):
        let_stand(check, by=editor, seen=check.version, note="  ")
    assert PassageCheck.objects.undecided().get() == check


@pytest.mark.parametrize("act", [let_stand, say_corrected, add_newer_evidence])
def test_only_who_may_change_the_statement_decides(news, act):
    check = altered(news)
    with pytest.raises(PermissionDenied):
        act(check, by=make_user(Role.CONTRIBUTOR), seen=check.version, note="Why.")
    assert PassageCheck.objects.undecided().get() == check


def test_a_decision_that_somebody_else_overtook_is_refused(news, editor):
    check = altered(news)
    seen = check.version
    let_stand(check, by=editor, seen=seen, note="First.")
    for act in (let_stand, say_corrected, add_newer_evidence):
        with pytest.raises(RemedyRefused, match="Somebody else decided"):
            act(check, by=make_user(Role.EDITOR), seen=seen, note="Second.")
    check.refresh_from_db()
    assert check.note == "First."


def test_a_newer_change_overtakes_a_decision_about_the_older_one(news, editor):
    check = altered(news)
    news.serve(page(changed("joins what", "ties what")))
    check_source(check.snapshot.source, now=days(2))
    with pytest.raises(RemedyRefused, match="a newer copy came in"):
        let_stand(check, by=editor, seen=check.version, note="Why.")


def test_a_statement_counts_as_corrected_only_once_it_was_changed(news, editor):
    check = altered(news)
    with pytest.raises(RemedyRefused, match="has not been changed since"):
        say_corrected(check, by=editor, seen=check.version)
    statement = statement_of(check)
    statement.text = "This bridge connects what the river parted a hundred years ago"
    statement.save()
    say_corrected(check, by=editor, seen=check.version)
    check.refresh_from_db()
    assert check.remedy == Remedy.CORRECTED


def test_reported_speech_may_rest_on_the_words_of_the_newer_copy_as_well(news, editor):
    check = altered(news)
    before = list(Evidence.objects.values()), list(Passage.objects.values()), list(Snapshot.objects.values())
    old = check.passage.evidence
    evidence = add_newer_evidence(check, by=editor, seen=check.version)
    assert (evidence.statement, evidence.snapshot, evidence.created_by) == (old.statement, check.snapshot, editor)
    assert [one.exact for one in evidence.passages.all()] == [check.words]
    check.refresh_from_db()
    assert (check.remedy, check.evidence) == (Remedy.ADDED, evidence)
    assert [*Evidence.objects.exclude(pk=evidence.pk).values()] == before[0]
    assert [*Passage.objects.exclude(evidence=evidence).values()] == before[1]
    assert [*Snapshot.objects.values()] == before[2]


def test_the_route_of_the_words_is_taken_along(news, editor):
    copy = capture()
    relay = make_organization()
    make_statement(JOINS, kind="paraphrase", snapshot=copy, relays=[relay, None])
    news.serve(page(changed("joins what", "connects what")))
    check_source(copy.source, now=days(1))
    check = PassageCheck.objects.undecided().get()
    evidence = add_newer_evidence(check, by=editor, seen=check.version)
    assert [step.organization for step in evidence.steps.order_by("order")] == [relay, None]


def test_a_quotation_never_rests_on_other_words(news, editor):
    check = altered(news, kind="quotation")
    with pytest.raises(RemedyRefused, match="are not those of the quotation"):
        add_newer_evidence(check, by=editor, seen=check.version)
    assert Evidence.objects.count() == 1


def test_what_is_gone_has_no_place_to_rest_on_until_an_editor_finds_one(news, editor):
    copy = capture()
    (more,), _briefing = cite(copy, TWO_MORE, kind="paraphrase")
    news.serve(page([*PARAGRAPHS[:3], PARAGRAPHS[4]]))
    check_source(copy.source, now=days(1))
    check = PassageCheck.objects.undecided().get()
    with pytest.raises(RemedyRefused, match="has no place in the newer copy"):
        add_newer_evidence(check, by=editor, seen=check.version)
    made = make_evidence(more, COST, snapshot=check.snapshot)
    assert add_newer_evidence(check, by=editor, seen=check.version) == made


def test_a_decision_about_evidence_counts_for_all_its_passages(news, editor):
    copy = capture()
    words = [JOINS, TWO_MORE]
    make_statement("Two things", kind="paraphrase", words=words, snapshot=copy)
    news.serve(page([one.replace("joins what", "ties what").replace("two more", "three more") for one in
                     changed("joins what", "ties what")]))  # fmt: skip
    check_source(copy.source, now=days(1))
    first, second = PassageCheck.objects.undecided().order_by("passage__order")
    evidence = add_newer_evidence(first, by=editor, seen=first.version)
    assert evidence.passages.count() == 2
    second.refresh_from_db()
    assert (second.remedy, second.evidence) == (Remedy.ADDED, evidence)


def test_a_decision_can_be_taken_back(news, editor):
    check = altered(news)
    let_stand(check, by=editor, seen=check.version, note="Why.")
    check.refresh_from_db()
    with pytest.raises(PermissionDenied):
        reopen(check, by=make_user(Role.CONTRIBUTOR), seen=check.version)
    reopen(check, by=editor, seen=check.version)
    assert PassageCheck.objects.undecided().get() == check


def test_what_stands_against_newer_evidence_is_asked_in_a_fixed_number_of_queries(news, django_assert_num_queries):
    copy = capture()
    cite(copy, JOINS, TWO_MORE, COST, kind="paraphrase")
    news.serve(page([one.replace("joins what", "ties what").replace("two more", "three more").replace("ninety", "nine")
                     for one in changed("joins what", "ties what")]))  # fmt: skip
    check_source(copy.source, now=days(1))
    related = PassageCheck.objects.select_related("passage__evidence__statement")
    checks = list(related.undecided())
    assert len(checks) == 3
    for some in (checks[:1], checks):
        with django_assert_num_queries(2):
            found = newer_evidence_problems(some)
    assert [*found.values()] == [[], [], []]
