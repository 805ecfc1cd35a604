"""Seals: what readers saw and what it rested on, each part hashed and bound to the version before."""

import hashlib
import json

import pytest
from django.db import connection, transaction

from briefings.editorial import workflow
from briefings.editorial.rebuilding import rebuild
from briefings.editorial.seal_checks import seal_findings
from briefings.editorial.workflow import publish
from briefings.models import Briefing, FormerAddress, ImmutableRecord, PublishedRevision, Seal
from tests.factories import (
    make_briefing,
    make_person,
    make_published_briefing,
    make_revision,
    make_snapshot,
    make_source,
    make_statement,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db
PUBLIC = {"status": "published"}


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def publisher():
    return make_user()


@pytest.fixture
def briefing():
    """A draft that cites one public quotation twice, with a byline and a topic."""
    source = make_source(key="report", title="A Report", address="https://paper.example/1", **PUBLIC)
    copy = make_snapshot("He said “we shall work together” there.", source=source)
    speaker = make_person(slug="minister", name="A. Minister", **PUBLIC)
    make_statement("we shall work together", key="together", snapshot=copy, speaker=speaker, **PUBLIC)
    return make_briefing(
        "“We shall work together”, he said.[@together]\n\nSo he did.[@together]".replace("We", "we"),
        slug="work",
        topics=[make_topic(slug="crime", **PUBLIC)],
        authors=[speaker],
    )


def edit_and_publish(briefing, publisher, **fields):
    for name, value in fields.items():
        setattr(briefing, name, value)
    briefing.save()
    publish(briefing, by=publisher, change_note="A word.")


def test_a_publication_is_sealed_with_what_readers_saw(briefing, publisher):
    revision = publish(briefing, by=publisher)
    sealed = revision.seal
    assert '<span class="verbatim">we shall work together</span>' in sealed.html
    assert 'id="n1"' in sealed.html and "A Report" in sealed.html
    assert sealed.leaves["slug"] == "work"
    assert {name: sealed.leaves[name] for name in ("title", "body", "html", "evidence")} == {
        "title": sha256(revision.title),
        "body": sha256(revision.body),
        "html": sha256(sealed.html),
        "evidence": sha256(sealed.evidence),
    }
    assert sealed.leaves["authors"] == sha256('["minister"]') and sealed.leaves["is_major"] == sha256("true")


def test_the_digest_can_be_worked_out_by_anybody(briefing, publisher):
    revision = publish(briefing, by=publisher)
    sealed = revision.seal
    bound = {"briefing": "work", "version": 1, "leaves": sealed.leaves, "previous": ""}
    canonical = json.dumps(bound, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert sealed.digest == sha256(canonical)


def test_the_evidence_names_every_citation_with_its_passages_and_copies(briefing, publisher):
    evidence = json.loads(publish(briefing, by=publisher).seal.evidence)
    assert evidence["citations"] == [
        {"statement": "together", "number": 1, "order": 1, "paragraph": 1},
        {"statement": "together", "number": 1, "order": 2, "paragraph": 2},
    ]
    (statement,) = evidence["statements"]
    assert statement["speaker"] == {"kind": "person", "key": "minister", "name": "A. Minister"}
    (piece,) = statement["evidence"]
    assert (piece["verdict"], piece["location"]) == ("exact", "in place")
    assert piece["source"] == {
        "key": "report", "title": "A Report", "address": "https://paper.example/1", "published": "", "publisher": "",
    }  # fmt: skip
    assert piece["copy"]["text_sha256"] == sha256("He said “we shall work together” there.")
    quote, position = piece["passages"][0]["selector"]
    assert quote == {
        "type": "TextQuoteSelector", "exact": "we shall work together", "prefix": "He said “", "suffix": "” there.",
    }  # fmt: skip
    assert position == {"type": "TextPositionSelector", "start": 9, "end": 31}


def test_each_version_continues_the_digest_of_the_one_before(briefing, publisher):
    first = publish(briefing, by=publisher).seal
    edit_and_publish(briefing, publisher, title="Another")
    second = Seal.objects.get(revision__version=2)
    assert first.previous == "" and second.previous == first.digest != second.digest
    assert not list(seal_findings())


def test_a_publication_that_cannot_be_sealed_leaves_nothing(briefing, publisher, monkeypatch):
    def fail(revision):
        raise RuntimeError("no power")

    monkeypatch.setattr(workflow, "seal", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        publish(briefing, by=publisher)
    assert not PublishedRevision.objects.exists() and not Briefing.objects.published().exists()


def test_a_seal_never_changes(briefing, publisher):
    sealed = publish(briefing, by=publisher).seal
    sealed.html = "other"
    for attempt in (sealed.save, sealed.delete, Seal.objects.all().delete, lambda: Seal.objects.update(html="x")):
        with pytest.raises(ImmutableRecord):
            attempt()


def test_a_seal_keeps_the_evidence_of_its_time(briefing, publisher):
    sealed = publish(briefing, by=publisher).seal
    make_statement("we shall", key="further", **PUBLIC)
    assert Seal.objects.get().evidence == sealed.evidence


def test_drafts_and_hidden_sources_stay_out_of_the_evidence():
    hidden = make_statement("a secret", key="hidden")
    shown = make_statement("an open word", key="shown", **PUBLIC)
    sealed = make_published_briefing(f"So.[@{hidden.key}] So.[@{shown.key}]").current.seal
    assert "a secret" not in sealed.evidence + sealed.html and "an open word" in sealed.evidence


def test_rebuild_seals_what_came_without_a_seal_in_order_and_nothing_twice():
    briefing = make_published_briefing()
    make_revision(briefing, title="Again")
    kept = list(Seal.objects.order_by("pk").values_list("digest", flat=True))
    drop_seals()
    assert rebuild()["seals"] == 2
    assert list(Seal.objects.order_by("revision__version").values_list("digest", flat=True)) == kept
    assert rebuild()["seals"] == 0


def drop_seals():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM briefings_seal")


def test_a_new_address_breaks_no_chain(briefing, publisher):
    publish(briefing, by=publisher)
    Briefing.objects.update(slug="labour")
    assert [str(one) for one in seal_findings()]
    FormerAddress.objects.create(model="briefing", key="work", now="labour")
    assert not list(seal_findings())
    edit_and_publish(Briefing.objects.get(), publisher, title="Another")
    assert not list(seal_findings())


def test_many_revisions_are_checked_in_a_fixed_number_of_queries(django_assert_max_num_queries):
    for _number in range(4):
        make_revision(make_published_briefing())
    with django_assert_max_num_queries(6):
        assert not list(seal_findings())
