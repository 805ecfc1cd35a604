"""Four eyes: who may approve what, that an approval is of one text, and what a publication asks of it."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from briefings.editorial import PublicationRefused, plan_publication, publish
from briefings.editorial.approval import (
    ApprovalRefused,
    approve,
    for_review_by,
    note_edit,
    send_back,
    submit,
    withdraw,
)
from briefings.editorial.texts import text_digest
from briefings.history import last_change
from briefings.models import (
    Briefing,
    Contribution,
    ImmutableRecord,
    LogEntry,
    PublishedRevision,
    Schedule,
    ScheduleState,
    Stage,
    Statement,
    Status,
)
from briefings.permissions import Role
from tests.editorial.reviews import approved, read_all
from tests.factories import (
    make_briefing,
    make_evidence,
    make_illustration,
    make_person,
    make_published_briefing,
    make_snapshot,
    make_source,
    make_statement,
    make_topic,
    make_user,
)


@pytest.fixture(autouse=True)
def four_eyes(settings, db):
    settings.FOUR_EYES = True


@pytest.fixture
def writer(db):
    return make_user(Role.CONTRIBUTOR, first_name="Wanda")


@pytest.fixture
def editor(db):
    return make_user(Role.EDITOR, first_name="Edith")


@pytest.fixture
def publisher(db):
    return make_user(Role.PUBLISHER)


@pytest.fixture
def briefing(writer):
    return make_briefing(created_by=writer)


def codes(refused):
    return sorted({problem.code for problem in refused.value.problems})


def publish_all(briefing, by, **kwargs):
    return publish(briefing, by=by, along=plan_publication(briefing, by=by).along, **kwargs)


def edit(briefing, **fields):
    for name, value in {"standfirst": briefing.standfirst + "!", **fields}.items():
        setattr(briefing, name, value)
    briefing.save()


def test_a_text_goes_from_its_writer_through_a_review_to_its_readers(briefing, writer, editor, publisher):
    submit(briefing, by=writer, note="Mind the second paragraph.", reviewer=editor)
    assert (briefing.stage, briefing.reviewer) == (Stage.IN_REVIEW, editor)
    send_back(briefing, by=editor, reason="The date is wrong.")
    assert (briefing.stage, briefing.reviewer) == (Stage.DRAFT, None)
    submit(briefing, by=writer)
    read_all(briefing, editor)
    approve(briefing, by=editor)
    assert (briefing.stage, briefing.approved_by, briefing.approved_text) == (
        Stage.APPROVED,
        editor,
        text_digest(briefing),
    )
    publish_all(briefing, publisher)
    briefing.refresh_from_db()
    assert briefing.is_public
    assert (briefing.stage, briefing.approved_by, briefing.approved_text) == (Stage.DRAFT, None, "")
    assert [(entry.act, entry.by) for entry in LogEntry.objects.about(briefing).order_by("pk")] == [
        ("submit", writer),
        ("send-back", editor),
        ("submit", writer),
        ("review", editor),
        ("approve", editor),
        ("publish", publisher),
    ]
    said = " ".join(LogEntry.objects.about(briefing).values_list("sentence", flat=True))
    assert "Asked Edith for a review. Mind the second paragraph." in said and "The date is wrong." in said


def test_publishing_needs_an_approval_and_administrators_are_no_exception(briefing):
    root = make_user(None, is_superuser=True)
    for by in (root, make_user(Role.ADMINISTRATOR), make_user(Role.PUBLISHER)):
        with pytest.raises(PublicationRefused) as refused:
            publish_all(briefing, by)
        assert codes(refused) == ["not-approved"]
    assert not PublishedRevision.objects.exists()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PUBLISHER, Role.ADMINISTRATOR, "root"])
def test_nobody_approves_what_they_began_or_wrote_on(role):
    somebody = make_user(None, is_superuser=True) if role == "root" else make_user(role)
    began, wrote = make_briefing(created_by=somebody), make_briefing()
    Contribution.objects.create(briefing=wrote, user=somebody)
    for one in (began, wrote):
        submit(one, by=make_user(Role.EDITOR))
        read_all(one)
        with pytest.raises(ApprovalRefused) as refused:
            approve(one, by=somebody)
        assert codes(refused) == ["own-text"]
        one.refresh_from_db()
        assert one.stage == Stage.IN_REVIEW


def test_who_wrote_before_the_last_publication_may_approve_what_others_wrote_since(editor):
    briefing = make_published_briefing(created_by=editor)
    Contribution.objects.create(briefing=briefing, user=editor)
    earlier = timezone.now() - datetime.timedelta(days=1)
    Contribution.objects.update(at=earlier)
    edit(briefing)
    assert approved(briefing, editor).stage == Stage.APPROVED


def test_a_publication_dated_into_the_future_by_a_wrong_clock_makes_nobody_a_stranger(editor):
    briefing = make_published_briefing()
    Contribution.objects.create(briefing=briefing, user=editor)
    revision = PublishedRevision.objects.create(
        briefing=briefing, version=2, title="T", body="B.", at=timezone.now() + datetime.timedelta(days=9)
    )
    Briefing.objects.filter(pk=briefing.pk).update(current=revision)
    briefing.refresh_from_db()
    submit(briefing, by=make_user(Role.EDITOR))
    read_all(briefing)
    with pytest.raises(ApprovalRefused) as refused:
        approve(briefing, by=editor)
    assert codes(refused) == ["own-text"]


def test_an_approver_who_writes_afterwards_approves_no_longer(briefing, editor, publisher):
    submit(briefing, by=editor)
    read_all(briefing)
    approve(briefing, by=editor)
    Contribution.objects.create(briefing=briefing, user=editor)
    with pytest.raises(PublicationRefused) as refused:
        publish_all(briefing, publisher)
    assert codes(refused) == ["approved-by-writer"]


CHANGES = {
    "title": lambda one: edit(one, title="Another"),
    "standfirst": lambda one: edit(one),
    "body": lambda one: edit(one, body=one.body + " More."),
    "language": lambda one: edit(one, language="fr"),
    "topics": lambda one: one.topics.add(make_topic()),
    "authors": lambda one: one.authors.add(make_person()),
    "byline": lambda one: turn_round(one.authors),
    "alt": lambda one: one.illustrations.filter(key="hall").update(alt="Another hall"),
    "file": lambda one: one.illustrations.get(key="hall").file.storage.delete("illustrations/hall.png"),
}


def turn_round(authors):
    people = [*authors.order_by("name")]
    authors.clear()
    for person in people:
        authors.add(person)


@pytest.fixture
def picture(briefing, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "illustrations").mkdir()
    (tmp_path / "illustrations" / "hall.png").write_bytes(b"a picture")
    edit(briefing, body=briefing.body + "\n\n![](hall)\n")
    make_illustration(briefing, key="hall", file="illustrations/hall.png")
    for name in ("Zoe", "Adam"):
        briefing.authors.add(make_person(name=name))


@pytest.mark.parametrize("change", CHANGES)
def test_an_approval_is_of_one_text_and_of_no_other(briefing, editor, publisher, picture, change):
    approved(briefing, editor)
    CHANGES[change](briefing)
    with pytest.raises(PublicationRefused) as refused:
        publish_all(briefing, publisher)
    assert "approved-other-text" in codes(refused)
    assert "Edith" in str(refused.value)
    assert "needs a new approval" in note_edit(briefing, by=editor)[0]
    assert (briefing.stage, briefing.approved_by) == (Stage.DRAFT, None)
    assert not note_edit(briefing, by=editor)


def test_a_picture_that_the_text_does_not_show_is_no_part_of_it(briefing, editor, picture):
    approved(briefing, editor)
    make_illustration(briefing, key="unused")
    assert not note_edit(briefing, by=editor)


def test_what_was_changed_after_it_was_read_is_not_approved(briefing, editor):
    submit(briefing, by=editor)
    read_all(briefing, editor)
    seen = Briefing.objects.get(pk=briefing.pk)
    digest = text_digest(seen)
    edit(briefing)
    for looked_at, words in ((briefing, {"text": digest}), (seen, {})):
        with pytest.raises(ApprovalRefused) as refused:
            approve(looked_at, by=editor, **words)
        assert codes(refused) == ["text-changed-meanwhile"]
        briefing.refresh_from_db()
    approve(briefing, by=editor)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("So it was.[@nobody-said-this]", "unknown-citation"),
        ("Said “words that nobody said” so.[@{key}]", "quotation-not-in-cited-passage"),
        (" ", "empty-body"),
    ],
)
def test_nothing_is_approved_that_errors_stand_in(editor, body, code):
    briefing = make_briefing(body.format(key=make_statement().key))
    Briefing.objects.filter(pk=briefing.pk).update(stage=Stage.IN_REVIEW)
    with pytest.raises(ApprovalRefused) as refused:
        approve(briefing, by=editor)
    assert code in codes(refused)


def test_nothing_is_approved_with_sentences_that_nobody_read_beside_their_passages(briefing, editor, publisher):
    submit(briefing, by=editor)
    with pytest.raises(ApprovalRefused) as refused:
        approve(briefing, by=editor)
    assert codes(refused) == ["sentences-unmarked"]
    read_all(briefing, editor)
    approve(briefing, by=editor)


def test_a_passage_that_was_changed_after_the_approval_is_read_again(briefing, editor, publisher):
    approved(briefing, editor)
    make_evidence(Statement.objects.get())
    with pytest.raises(PublicationRefused) as refused:
        publish_all(briefing, publisher)
    assert codes(refused) == ["sentences-unmarked"]


def test_an_embargo_and_drafts_it_cites_do_not_keep_a_text_from_being_approved(editor):
    until = timezone.now() + datetime.timedelta(days=2)
    statement = make_statement(snapshot=make_snapshot(source=make_source(embargo_until=until)))
    assert approved(make_briefing(f"It was said so.[@{statement.key}]"), editor).stage == Stage.APPROVED


@pytest.mark.parametrize(
    ("role", "act", "allowed"),
    [
        (Role.CONTRIBUTOR, lambda one, by: submit(one, by=by), False),  # somebody else's
        (Role.EDITOR, lambda one, by: submit(one, by=by), True),
        (Role.CONTRIBUTOR, lambda one, by: send_back(one, by=by, reason="Why."), False),
        (Role.CONTRIBUTOR, lambda one, by: approve(one, by=by), False),
        (Role.CONTRIBUTOR, lambda one, by: withdraw(one, by=by), False),
        (None, lambda one, by: submit(one, by=by), False),
    ],
)
def test_who_may_do_what(briefing, role, act, allowed):
    somebody = make_user(role)
    if allowed:
        act(briefing, somebody)
    else:
        with pytest.raises(PermissionDenied):
            act(briefing, somebody)
    assert LogEntry.objects.exists() == allowed


def test_each_act_is_refused_where_it_does_not_fit(briefing, writer, editor):
    for act in (lambda: approve(briefing, by=editor), lambda: send_back(briefing, by=editor, reason="Why.")):
        with pytest.raises(ApprovalRefused) as refused:
            act()
        assert codes(refused) == ["not-in-review"]
    with pytest.raises(ApprovalRefused) as refused:
        withdraw(briefing, by=editor)
    assert codes(refused) == ["not-approved-yet"]
    submit(briefing, by=writer)
    with pytest.raises(ApprovalRefused) as refused:
        submit(briefing, by=writer)
    assert codes(refused) == ["in-review-already"]
    with pytest.raises(ApprovalRefused) as refused:
        send_back(briefing, by=editor, reason=" \x00\n")
    assert codes(refused) == ["no-review-reason"]
    with pytest.raises(ApprovalRefused) as refused:
        send_back(briefing, by=editor, reason="x" * 200_000)
    assert codes(refused) == ["too-many-words"]
    read_all(briefing, editor)
    approve(briefing, by=editor)
    with pytest.raises(ApprovalRefused) as refused:
        submit(briefing, by=writer)
    assert codes(refused) == ["approved-already"]


def test_a_review_is_asked_of_somebody_who_may_give_it(briefing, writer, editor):
    Contribution.objects.create(briefing=briefing, user=editor)
    for nobody in (writer, editor, make_user(Role.CONTRIBUTOR), make_user(Role.EDITOR, is_active=False)):
        with pytest.raises(ApprovalRefused) as refused:
            submit(briefing, by=writer, reviewer=nobody)
        assert codes(refused) == ["reviewer-cannot"]


def test_no_review_is_asked_of_what_is_retracted_unchanged_or_empty(editor):
    for make, code in (
        (lambda: make_published_briefing(), "nothing-changed"),
        (lambda: make_briefing(status=Status.RETRACTED, retraction_reason="Wrong."), "retracted"),
        (lambda: make_briefing(" "), "empty-body"),
    ):
        with pytest.raises(ApprovalRefused) as refused:
            submit(make(), by=editor)
        assert codes(refused) == [code]


def test_a_withdrawn_approval_takes_back_what_waits_for_its_time(briefing, editor, publisher):
    approved(briefing, editor)
    due = timezone.now() + datetime.timedelta(days=1)
    Schedule.objects.create(briefing=briefing, due=due, text=text_digest(briefing), created_by=publisher)
    Briefing.objects.filter(pk=briefing.pk).update(stage=Stage.SCHEDULED, scheduled_for=due)
    withdraw(briefing, by=make_user(Role.EDITOR), reason="A source called.")
    assert (briefing.stage, briefing.approved_by, briefing.scheduled_for) == (Stage.IN_REVIEW, None, None)
    assert Schedule.objects.get().state == ScheduleState.CANCELLED


def test_a_review_is_no_edit(briefing, editor):
    """Whoever has the text open goes on writing, and history says who wrote last."""
    version, changed = briefing.version, last_change(briefing)
    approved(briefing, editor)
    withdraw(briefing, by=editor)
    assert (briefing.version, last_change(briefing)) == (version, changed)


def test_saving_a_text_that_was_read_before_brings_no_approval_back(briefing, editor):
    approved(briefing, editor)
    held = Briefing.objects.get(pk=briefing.pk)
    withdraw(briefing, by=editor)
    held.save()
    held.refresh_from_db()
    assert (held.stage, held.approved_by, held.approved_text) == (Stage.IN_REVIEW, None, "")


def test_with_four_eyes_off_one_may_approve_and_publish_alone_and_the_log_says_so(settings, publisher):
    settings.FOUR_EYES = False
    one, other = make_briefing(created_by=publisher), make_briefing(created_by=publisher)
    approved(one, publisher)
    publish_all(one, publisher)
    publish_all(other, publisher)
    for briefing in (one, other):
        entry = LogEntry.objects.about(briefing).get(act="publish")
        assert "Four eyes were off" in entry.sentence and entry.details["four_eyes"] is False
    settings.FOUR_EYES = True
    again = make_briefing(created_by=publisher)
    with pytest.raises(PublicationRefused):
        publish_all(again, publisher)


def test_an_approval_by_the_writer_from_when_four_eyes_were_off_counts_no_longer(settings, publisher):
    settings.FOUR_EYES = False
    briefing = approved(make_briefing(created_by=publisher), publisher)
    settings.FOUR_EYES = True
    read_all(briefing)
    with pytest.raises(PublicationRefused) as refused:
        publish_all(briefing, publisher)
    assert codes(refused) == ["approved-by-writer"]


def test_a_correction_of_what_is_public_waits_for_nobody_and_a_first_publication_is_none(publisher):
    briefing, draft = make_published_briefing(), make_briefing()
    edit(briefing)
    publish(briefing, by=publisher, change_note="Corrected.", is_correction=True)
    assert "a correction" in LogEntry.objects.about(briefing).get().sentence
    with pytest.raises(PublicationRefused) as refused:
        publish_all(draft, publisher, is_correction=True)
    assert codes(refused) == ["not-approved"]


def test_reviews_wait_for_whoever_may_give_them(briefing, writer, editor, settings):
    other = make_user(Role.EDITOR)
    asked, own, wrote = make_briefing(), make_briefing(created_by=editor), make_briefing()
    Contribution.objects.create(briefing=wrote, user=editor)
    submit(asked, by=other, reviewer=other)
    for one in (briefing, own, wrote):
        submit(one, by=other)
    assert set(for_review_by(editor)) == {briefing}
    assert set(for_review_by(other)) == {briefing, asked, own, wrote}
    settings.FOUR_EYES = False
    assert set(for_review_by(editor)) == {briefing, own, wrote}


def test_an_entry_of_the_log_is_never_changed_and_never_removed(briefing, editor):
    submit(briefing, by=editor)
    entry = LogEntry.objects.get()
    for act in (
        lambda: LogEntry.objects.update(sentence="Nothing happened."),
        lambda: LogEntry.objects.all().delete(),
        entry.delete,
        lambda: setattr(entry, "sentence", "Nothing happened.") or entry.save(),
    ):
        with pytest.raises(ImmutableRecord), transaction.atomic():
            act()
    assert LogEntry.objects.get().sentence == "Asked for a review."
