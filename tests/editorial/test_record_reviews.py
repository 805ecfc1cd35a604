"""Reviews of statements and sources: by somebody else, of the content as it stands, and nothing of it for readers."""

import pytest
import reversion
from django.core.exceptions import PermissionDenied

from briefings.editorial import publish
from briefings.editorial.record_reviews import (
    ReviewRefused,
    ask,
    content_digest,
    content_digests,
    readings,
    review,
    take_back,
)
from briefings.models import LogEntry, Passage, ReviewState, Source, Statement
from briefings.permissions import Role
from tests.factories import (
    make_claim,
    make_evidence,
    make_organization,
    make_person,
    make_snapshot,
    make_source,
    make_statement,
    make_topic,
    make_user,
)


@pytest.fixture
def editor(db):
    return make_user(Role.EDITOR)


@pytest.fixture
def statement(db):
    return make_statement(key="said", relays=[make_organization()])


def codes(refused):
    return sorted({problem.code for problem in refused.value.problems})


def standing(record):
    record.refresh_from_db()
    reading = readings([record])[record.pk]
    return reading.state, reading.is_stale


def test_a_review_is_asked_for_and_given_and_taken_back(statement, editor):
    version = statement.version
    ask(statement, by=editor)
    assert standing(statement) == (ReviewState.ASKED, False)
    review(statement, by=editor)
    assert standing(statement) == (ReviewState.REVIEWED, False)
    assert (statement.reviewed_by, statement.version) == (editor, version)
    take_back(statement, by=editor)
    assert standing(statement) == (ReviewState.NONE, False)
    assert list(LogEntry.objects.about(statement).order_by("pk").values_list("act", flat=True)) == [
        "ask-review",
        "review",
        "take-back-review",
    ]


def save(record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()


CHANGES = {
    "words": lambda one: save(one, text="Other words."),
    "kind": lambda one: save(one, kind="opinion"),
    "speaker": lambda one: save(one, speaker_person=make_person()),
    "date": lambda one: save(one, said="2017-09"),
    "allegation": lambda one: save(one, allegation=True),
    "topic": lambda one: one.topics.add(make_topic()),
    "evidence": lambda one: make_evidence(one),
    "verb": lambda one: save(one.evidence.get(), verb="claimed"),
    "passage": lambda one: save(Passage.objects.get(), locator="p. 3"),
    "route": lambda one: save(one.evidence.get().steps.get(), organization=make_organization()),
    "claim": lambda one: make_claim(one, make_organization()),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_review_is_of_the_content_that_was_read(statement, editor, change):
    review(statement, by=editor)
    CHANGES[change](statement)
    assert standing(statement) == (ReviewState.NONE, True)
    review(statement, by=editor)
    assert standing(statement) == (ReviewState.REVIEWED, False)


def test_a_review_of_a_source_is_of_its_description_and_copies_and_not_of_what_editors_think_of_it(editor):
    source = make_snapshot().source
    review(source, by=editor)
    save(source, private_notes="Careful.", reliability="B")
    assert standing(source) == (ReviewState.REVIEWED, False)
    make_snapshot("Another text.", source=source)
    assert standing(source) == (ReviewState.NONE, True)
    review(source, by=editor)
    save(source, title="Another title")
    assert standing(source) == (ReviewState.NONE, True)


def test_nobody_reviews_what_they_made_or_changed_last(editor):
    own, changed = make_statement(created_by=editor), make_statement()
    with reversion.create_revision():
        reversion.set_user(editor)
        save(changed, said="2017")
    root = make_user(None, is_superuser=True)
    made_by_root = make_source(created_by=root)
    for record, by in ((own, editor), (changed, editor), (made_by_root, root)):
        with pytest.raises(ReviewRefused) as refused:
            review(record, by=by)
        assert codes(refused) == ["own-record"]
    with reversion.create_revision():
        reversion.set_user(root)
        save(changed, said="2018")
    review(changed, by=editor)


def test_to_publish_something_is_no_change_of_it(statement):
    publisher = make_user(Role.PUBLISHER)
    source = Source.objects.get()
    publish(source, by=publisher)
    review(source, by=publisher)
    assert standing(source) == (ReviewState.REVIEWED, False)


def test_what_was_changed_after_it_was_read_is_not_reviewed(statement, editor):
    seen = content_digest(statement)
    save(statement, text="Other words.")
    with pytest.raises(ReviewRefused) as refused:
        review(statement, by=editor, content=seen)
    assert codes(refused) == ["record-changed-meanwhile"]


def test_nothing_is_asked_or_given_twice(statement, editor):
    with pytest.raises(ReviewRefused) as refused:
        take_back(statement, by=editor)
    assert codes(refused) == ["not-reviewed"]
    ask(statement, by=editor)
    with pytest.raises(ReviewRefused) as refused:
        ask(statement, by=editor)
    assert codes(refused) == ["review-asked-already"]
    review(statement, by=editor)
    for act in (ask, review):
        with pytest.raises(ReviewRefused) as refused:
            act(statement, by=editor)
        assert "reviewed-already" in codes(refused)


def test_contributors_ask_for_their_own_and_review_nothing(statement):
    contributor = make_user(Role.CONTRIBUTOR)
    mine = make_statement(created_by=contributor)
    ask(mine, by=contributor)
    for act in (lambda: ask(statement, by=contributor), lambda: review(statement, by=contributor)):
        with pytest.raises(PermissionDenied):
            act()


def test_many_are_looked_at_in_as_few_queries_as_one(editor, django_assert_num_queries):
    made = [make_statement(relays=[make_organization()]) for _ in range(12)]
    Statement.objects.update(review=ReviewState.REVIEWED)
    rows = list(Statement.objects.all())
    with django_assert_num_queries(6):
        readings(rows[:1])
    with django_assert_num_queries(6):
        readings(rows)
    assert len(set(content_digests(Statement, [one.pk for one in made]).values())) == 12
