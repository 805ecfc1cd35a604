"""Publishing and retracting, with real records in a real database."""

import datetime
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from django.db.models import F
from django.utils import timezone

from briefings.editorial import PublicationRefused, RetractionRefused, plan_publication, publish, retract
from briefings.history import last_change
from briefings.models import (
    Briefing,
    Citation,
    Event,
    Evidence,
    Organization,
    Passage,
    Person,
    PublishedRevision,
    Snapshot,
    Source,
    Statement,
    Status,
    Topic,
)
from briefings.permissions import Role
from tests.factories import (
    WORDS,
    make_briefing,
    make_claim,
    make_event,
    make_evidence,
    make_illustration,
    make_organization,
    make_person,
    make_published_briefing,
    make_snapshot,
    make_source,
    make_statement,
    make_topic,
    make_user,
)

PUBLISHABLE = (Briefing, Event, Organization, Person, Source, Statement, Topic)


@pytest.fixture
def publisher(db):
    return make_user(Role.PUBLISHER)


def codes(problems):
    return sorted({problem.code for problem in problems})


def publish_all(thing, by):
    """Publish as a publisher does who confirms everything that the plan lists."""
    return publish(thing, by=by, along=plan_publication(thing, by=by).along)


def public_now():
    return [list(model.objects.published().values_list("pk", "version")) for model in PUBLISHABLE] + [
        PublishedRevision.objects.count()
    ]


def refusal(thing, by, **kwargs):
    """Publish, which is refused, and changes nothing; return the problems."""
    before = public_now()
    with pytest.raises(PublicationRefused) as refused:
        publish(thing, by=by, **kwargs)
    assert public_now() == before
    return refused.value.problems


def make_web():
    """A briefing whose statement points at one draft of every kind, some only through others."""
    wire = make_source(key="wire", publisher=make_organization(slug="agency"))
    source = make_source(key="paper", origin=wire, publisher=make_organization(slug="publisher"))
    make_snapshot(f"It was said: “{WORDS}”", source=source)
    statement = make_statement(
        key="said",
        snapshot=source.snapshots.get(),
        speaker=make_person(slug="minister"),
        relays=[make_organization(slug="portal"), None, make_person(slug="reporter")],
        event=make_event(slug="assembly"),
        topics=[make_topic(slug="crime", parent=make_topic(slug="law"))],
    )
    make_claim(statement, make_organization(slug="subject"), "member-of", object=make_organization(slug="object"))
    make_claim(statement, make_event(slug="speech"), "speaker", object=make_person(slug="somebody"))
    topics, authors = [make_topic(slug="policing")], [make_person(slug="author")]
    return make_briefing(f"He said: “{WORDS}” [@said]", slug="web", topics=topics, authors=authors)


WEB = {
    *("policing", "crime", "law", "author", "minister", "reporter", "somebody", "assembly", "speech"),
    *("agency", "publisher", "portal", "subject", "object", "wire", "paper", "said"),
}


def test_a_plan_names_every_draft_that_would_be_published_along(publisher):
    plan = plan_publication(make_web(), by=publisher)
    assert {thing.public_key for thing in plan.along} == WEB
    assert len(plan.along) == len(WEB)
    assert [one for one in plan.problems if one.is_open] == []


def test_publishing_makes_everything_pointed_at_public_together(publisher):
    briefing = make_web()
    publish_all(briefing, publisher)
    assert briefing.is_public
    assert {thing.public_key for model in PUBLISHABLE for thing in model.objects.published()} == WEB | {"web"}


def test_publishing_refuses_and_names_what_was_not_confirmed(publisher):
    briefing = make_web()
    along = [thing for thing in plan_publication(briefing, by=publisher).along if thing.public_key != "agency"]
    problems = refusal(briefing, publisher, along=along)
    assert codes(problems) == ["not-confirmed"]
    assert "Agency" in problems[0].sentence and "organization" in problems[0].sentence
    assert not any(model.objects.published().exists() for model in PUBLISHABLE)


def test_a_tombstone_may_be_pointed_at_and_stays_one(publisher):
    person = make_person(slug="minister", status=Status.RETRACTED, retraction_reason="Not the minister.")
    briefing = make_briefing(f"[@{make_statement(speaker=person).key}]")
    publish_all(briefing, publisher)
    assert Person.objects.retracted().get() == person


def test_drafts_behind_a_public_statement_are_published_along_too(publisher):
    statement = make_statement(status=Status.PUBLISHED)
    make_evidence(statement, snapshot=make_snapshot(f"Also “{WORDS}”", source=make_source(key="second")))
    plan = plan_publication(make_briefing(f"So.[@{statement.key}]"), by=publisher)
    assert [thing.public_key for thing in plan.along] == ["second"]


def test_a_published_briefing_has_its_revision_with_topics_byline_and_citations(publisher):
    first, second = make_person(name="Zoe"), make_person(name="Adam")
    topic = make_topic()
    one, two = make_statement(key="one"), make_statement(key="two")
    briefing = make_briefing("A.[@one]\n\nB.[@two] C.[@one; @two]", topics=[topic])
    briefing.authors.add(first)
    briefing.authors.add(second)
    revision = publish_all(briefing, publisher)
    assert (revision.version, revision.by, revision.body, revision.title) == (
        1,
        publisher,
        briefing.body,
        briefing.title,
    )
    assert briefing.current == revision
    assert list(revision.topics.all()) == [topic]
    assert [row.person for row in revision.author_rows.order_by("pk")] == [first, second]
    rows = Citation.objects.order_by("order").values_list("statement", "number", "order", "paragraph")
    assert list(rows) == [(one.pk, 1, 1, 1), (two.pk, 2, 2, 2), (one.pk, 1, 3, 2), (two.pk, 2, 4, 2)]


def test_the_next_revision_leaves_the_one_before_untouched(publisher):
    briefing = make_briefing()
    first = publish_all(briefing, publisher)
    briefing.standfirst = "What was said, and by whom."
    briefing.save()
    second = publish(briefing, by=publisher, change_note="Says who said it.")
    assert (first.version, second.version) == (1, 2)
    assert PublishedRevision.objects.get(pk=first.pk).standfirst == first.standfirst
    assert briefing.current == second


def test_publishing_moves_the_version_so_that_an_open_form_is_stale(publisher):
    briefing = make_briefing()
    version, statement = briefing.version, Statement.objects.get()
    publish_all(briefing, publisher)
    assert briefing.version > version
    assert Statement.objects.get().version > statement.version


def change_title(briefing):
    briefing.title += "!"
    briefing.save()


@pytest.mark.parametrize(
    "change",
    [
        change_title,
        lambda briefing: briefing.topics.add(make_topic(status=Status.PUBLISHED)),
        lambda briefing: briefing.authors.add(make_person(status=Status.PUBLISHED)),
    ],
)
def test_a_briefing_is_published_again_only_when_something_changed(publisher, change):
    briefing = make_briefing()
    publish_all(briefing, publisher)
    assert codes(refusal(briefing, publisher)) == ["nothing-changed"]
    assert briefing.revisions.count() == 1
    change(briefing)
    assert publish(briefing, by=publisher, change_note="More.").version == 2


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: make_briefing("So it was.[@nobody-said-this]"), "unknown-citation"),
        (lambda: make_briefing(f"“Other words” [@{make_statement().key}]"), "quotation-not-in-cited-passage"),
        (lambda: make_briefing(" \n"), "empty-body"),
        (lambda: make_briefing(title=" "), "empty-title"),
        (lambda: make_briefing(f"[@{retracted_statement().key}]"), "retracted-statement"),
        (lambda: make_briefing(f"[@{make_statement(evidence=False).key}]"), "statement-without-evidence"),
        (lambda: make_statement(evidence=False), "statement-without-evidence"),
        (lambda: evidence_without_passage(), "evidence-without-passage"),
        (lambda: make_statement("Words that it does not have.", words=WORDS), "wording-differs"),
        (lambda: without_its_words("elsewhere"), "passage-gone"),
        (lambda: without_its_words(f"{WORDS} {WORDS}"), "passage-ambiguous"),
        (lambda: make_statement(allegation=True), "allegation-without-reply"),
        (lambda: make_statement(speaker=make_person(public_role="")), "person-without-role"),
        (lambda: make_person(public_role=" "), "person-without-role"),
        (lambda: make_source(), "source-without-copy"),
        (lambda: embargoed(), "embargo"),
        (lambda: make_briefing(f"[@{embargoed().key}]"), "embargo"),
        (lambda: picture_without_alt(), "illustration-without-alt"),
        (lambda: translation(), "original-not-published"),
        (lambda: translation(status=Status.PUBLISHED, language="en"), "translation-in-same-language"),
        (lambda: translation(translation_of=make_published_briefing()), "translation-of-translation"),
        (lambda: make_topic(status=Status.RETRACTED, retraction_reason="Gone."), "retracted"),
        (lambda: make_topic(status=Status.PUBLISHED), "nothing-changed"),
    ],
)
def test_publishing_is_refused(publisher, make, code):
    thing = make()
    plan = plan_publication(thing, by=publisher)
    assert code in codes(plan.errors)
    assert code in codes(refusal(thing, publisher, along=plan.along))


def retracted_statement():
    return make_statement(status=Status.RETRACTED, retraction_reason="It was not said.")


def evidence_without_passage():
    statement = make_statement()
    Passage.objects.all().delete()
    return statement


def without_its_words(text):
    """A statement whose passage stands, by a change behind our back, at another place than it says, or nowhere."""
    statement = make_statement()
    Evidence.objects.update(snapshot=make_snapshot(text))
    Passage.objects.update(start=F("start") + 1, end=F("end") + 1)
    return statement


def embargoed():
    until = timezone.now() + datetime.timedelta(days=2)
    return make_statement(snapshot=make_snapshot(source=make_source(title="The release", embargo_until=until)))


def picture_without_alt():
    briefing = make_briefing("![](hall)")
    make_illustration(briefing, key="hall", alt=" ")
    return briefing


def translation(language="ur", **fields):
    original = make_briefing(language=language, **fields)
    return make_briefing(translation_of=original, language="en")


@pytest.mark.parametrize("make_resting", [lambda wire: wire, lambda wire: make_source(origin=wire)])
def test_an_embargo_is_named_once_with_its_end_and_binds_reprints_too(publisher, make_resting):
    until = datetime.datetime(2125, 9, 26, 10, tzinfo=datetime.UTC)
    wire = make_source(title="The wire", embargo_until=until)
    copy = make_snapshot(source=make_resting(wire))
    keys = [make_statement(snapshot=copy).key for _ in range(3)]
    problems = plan_publication(make_briefing(f"[@{'; @'.join(keys)}]"), by=publisher).errors
    assert [problem.code for problem in problems] == ["embargo"]
    assert "The wire" in problems[0].sentence and "26 September 2125, 10:00 UTC" in problems[0].sentence


def test_an_embargo_that_has_ended_stands_in_nobodys_way(publisher):
    source = make_source(embargo_until=timezone.now() - datetime.timedelta(minutes=1))
    publish_all(make_statement(snapshot=make_snapshot(source=source)), publisher)
    assert Source.objects.published().get() == source


def test_the_wording_is_compared_anew_whatever_was_stored(publisher):
    statement = make_statement("Words that it does not have.", words=WORDS)
    assert statement.evidence.get().verdict == "exact"
    assert "wording-differs" in codes(refusal(statement, publisher))
    statement.kind = "paraphrase"
    statement.save()
    publish_all(statement, publisher)
    assert (statement.evidence.get().verdict, statement.evidence.get().location) == ("", "in place")


@pytest.mark.parametrize("role", [None, Role.CONTRIBUTOR, Role.EDITOR])
def test_only_publishers_publish_and_retract(role, db):
    user, topic, public = make_user(role), make_topic(), make_topic(status=Status.PUBLISHED)
    for act in (
        lambda: plan_publication(topic, by=user),
        lambda: publish(topic, by=user),
        lambda: retract(public, by=user, reason="Wrong."),
    ):
        with pytest.raises(PermissionDenied, match="publisher"):
            act()
    assert list(Topic.objects.published()) == [public]


def test_what_was_changed_after_it_was_looked_at_is_not_published(publisher):
    briefing, seen = make_briefing(), None
    plan = plan_publication(briefing, by=publisher)
    seen = Briefing.objects.get(pk=briefing.pk)
    change_title(seen)
    assert codes(refusal(briefing, publisher, along=plan.along)) == ["changed-meanwhile"]
    statement = Statement.objects.get()
    statement.said = "2017"
    statement.save()
    assert codes(refusal(seen, publisher, along=plan.along)) == ["changed-meanwhile"]
    assert not PublishedRevision.objects.exists()


def test_a_retracted_thing_keeps_its_reason_and_its_citations(publisher):
    briefing = make_published_briefing()
    statement = Statement.objects.get()
    retract(statement, by=publisher, reason=" The paper withdrew it. ")
    assert statement.retraction_reason == "The paper withdrew it."
    assert Statement.objects.retracted().get() == statement
    assert briefing.current.citations.get().statement == statement


@pytest.mark.parametrize(
    ("status", "reason", "code"), [("published", " ", "no-reason"), ("draft", "Wrong.", "not-public")]
)
def test_a_retraction_needs_a_reason_and_something_public(publisher, status, reason, code):
    topic = make_topic(status=status)
    with pytest.raises(RetractionRefused) as refused:
        retract(topic, by=publisher, reason=reason)
    assert codes(refused.value.problems) == [code]
    assert not Topic.objects.retracted().exists()


def test_a_retraction_of_what_was_changed_meanwhile_is_refused(publisher):
    topic = make_topic(status=Status.PUBLISHED)
    other = Topic.objects.get(pk=topic.pk)
    other.save()
    with pytest.raises(RetractionRefused) as refused:
        retract(topic, by=publisher, reason="Wrong.")
    assert codes(refused.value.problems) == ["changed-meanwhile"]


def test_history_says_who_published_and_who_retracted(publisher):
    topic, other = make_topic(), make_user(Role.ADMINISTRATOR)
    publish(topic, by=publisher)
    assert last_change(topic)[0] == publisher
    retract(topic, by=other, reason="Wrong.")
    assert last_change(topic)[0] == other


def make_citing(count):
    """A draft that cites `count` draft statements of as many sources, speakers and topics."""
    for number in range(count):
        copy = make_snapshot(f"“{WORDS}” {number}", source=make_source(publisher=make_organization()))
        speaker, topics = make_person(), [make_topic()]
        make_statement(
            key=f"of-{count}-{number}", snapshot=copy, speaker=speaker, topics=topics, relays=[make_person()]
        )
    return make_briefing("\n\n".join(f"“{WORDS}” [@of-{count}-{number}]" for number in range(count)))


def test_a_plan_asks_no_more_questions_with_400_citations_than_with_10(publisher, django_assert_max_num_queries):
    small, large = make_citing(10), make_citing(400)
    plan_publication(make_topic(), by=publisher)  # asks once for the role
    counts = []
    for briefing in (small, large):
        with django_assert_max_num_queries(50) as captured:
            plan = plan_publication(briefing, by=publisher)
        counts.append(len(captured))
    assert len(plan.along) == 400 * 6 and not [one for one in plan.problems if one.is_open]
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_two_publishers_at_once_make_one_revision():
    briefing, outcomes = make_briefing(), []
    users = [make_user(), make_user()]
    along = plan_publication(briefing, by=users[0]).along
    start = threading.Barrier(2)

    def run(user):
        mine = Briefing.objects.get(pk=briefing.pk)
        start.wait()
        try:
            outcomes.append(publish(mine, by=user, along=along))
        except PublicationRefused as refused:
            outcomes.append(codes(refused.problems))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ["nothing-changed"] in outcomes
    assert [revision.version for revision in PublishedRevision.objects.all()] == [1]


KILLED = """
import os, signal, django
django.setup()
from briefings.editorial import plan_publication, publish, workflow
from briefings.models import Briefing, User
user, briefing = User.objects.get(), Briefing.objects.get()
def killed(revision):
    print(revision.version, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
workflow.index_citations = killed
publish(briefing, by=user, along=plan_publication(briefing, by=user).along)
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_publication_leaves_nothing_behind():
    if connection.vendor != "sqlite":
        pytest.skip("the second process is given a database file")
    make_user(), make_briefing()
    before = public_now()
    connection.close()
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
    }
    root = Path(__file__).parent.parent.parent
    ended = subprocess.run(
        [sys.executable, "-c", KILLED],
        env=environment,
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (-signal.SIGKILL, "1\n"), ended.stderr
    assert public_now() == before
    assert Snapshot.objects.count() == 1
