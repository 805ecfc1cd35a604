"""Marks of a reviewer: what they are of, who gives them, what unmarks a sentence, and what readers are told of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from briefings.briefing_pages import page_context
from briefings.editorial.evidence import check_wording
from briefings.editorial.marks import MarkRefused, NewMark, mark, mark_all, open_sentences, sheet
from briefings.models import Contribution, Evidence, LogEntry, SentenceMark, StatementKind, Status, StoredPage
from briefings.permissions import Role
from briefings.stored_pages import build
from tests.factories import (
    make_briefing,
    make_evidence,
    make_published_briefing,
    make_revision,
    make_snapshot,
    make_statement,
    make_user,
)

pytestmark = pytest.mark.django_db

TOLD = "It asked for more money."


@pytest.fixture
def statement():
    return make_statement(TOLD, kind=StatementKind.PARAPHRASE, words="wanted more money", status=Status.PUBLISHED)


@pytest.fixture
def briefing(statement):
    other = make_statement(status=Status.PUBLISHED)
    return make_briefing(f"It wanted money.[@{statement.key}] Globalisation is growing.[@{other.key}] No source.")


@pytest.fixture
def editor():
    return make_user(Role.EDITOR)


def say(briefing, by, support="supported", place=0, note="", **fields):
    read = sheet(briefing).reads[place]
    fields = {"seen_version": briefing.version, "note": note, "fingerprint": read.fingerprint, **fields}
    return mark(briefing, by=by, support=support, **fields)


def left(briefing):
    briefing.refresh_from_db()
    return [read.sentence.text for read in open_sentences(briefing.body, briefing=briefing)]


def codes(refusal):
    return [one.code for one in refusal.value.problems]


def test_every_sentence_that_cites_is_open_until_it_is_marked(briefing, editor):
    assert left(briefing) == ["It wanted money.", "Globalisation is growing."]
    made = say(briefing, editor)
    assert (made.sentence, made.created_by, made.by_second) == ("It wanted money.", editor, True)
    assert left(briefing) == ["Globalisation is growing."]
    say(briefing, editor, "partly", 1, "The passage says more.")
    assert left(briefing) == []
    say(briefing, editor, "not", 1, "It does not say so.")
    assert left(briefing) == ["Globalisation is growing."]
    assert [one.support for one in SentenceMark.objects.all()] == ["supported", "partly", "not"]
    entry = LogEntry.objects.about(briefing).last()
    assert entry.by == editor and "1 supported" in entry.sentence


def test_an_edit_of_the_sentence_unmarks_it_and_taking_it_back_does_not_lose_the_mark(briefing, editor):
    say(briefing, editor)
    body = briefing.body
    briefing.body = body.replace("It wanted", "It needed")
    briefing.save()
    assert left(briefing)[0] == "It needed money."
    briefing.body = body.replace("No source.", "None.").replace("It wanted", "It *wanted*")
    briefing.save()
    assert left(briefing) == ["Globalisation is growing."]


def test_an_edit_of_what_it_rests_on_unmarks_it(briefing, editor, statement):
    def unmarked():
        was_open = "It wanted money." in left(briefing)
        if was_open:
            say(briefing, editor)
        return was_open

    assert unmarked() and not unmarked()
    statement.text = "It asked for much money."
    statement.save()
    assert unmarked()
    passage = statement.evidence.get().passages.get()
    passage.end -= len(" money")
    passage.exact = passage.exact.removesuffix(" money")
    passage.save()
    assert unmarked()
    statement.kind = StatementKind.OPINION
    statement.save()
    assert unmarked()
    make_evidence(statement, "other words")
    assert unmarked()


def test_a_newer_copy_of_the_source_with_the_same_words_keeps_the_mark(briefing, editor, statement):
    say(briefing, editor)
    first = statement.evidence.get()
    newer = make_snapshot("Now longer: “wanted more money”.", source=first.snapshot.source)
    make_evidence(statement, "wanted more money", snapshot=newer)
    assert left(briefing) == ["Globalisation is growing."]
    check_wording(Evidence.objects.all())
    assert left(briefing) == ["Globalisation is growing."]


def test_partly_and_not_need_a_note_and_nothing_unknown_is_marked(briefing, editor):
    for support, note, code in [
        ("partly", " \x00 ", "mark-without-note"),
        ("not", "", "mark-without-note"),
        ("maybe", "x", "unknown-mark"),
        ("supported", "x" * 501, "mark-note-too-long"),
    ]:
        with pytest.raises(MarkRefused) as refusal:
            say(briefing, editor, support, note=note)
        assert codes(refusal) == [code]
    for version, code in [(briefing.version, "unknown-sentence"), (briefing.version + 1, "sentence-changed")]:
        with pytest.raises(MarkRefused) as refusal:
            say(briefing, editor, fingerprint="0" * 64, seen_version=version)
        assert codes(refusal) == [code]
    assert not SentenceMark.objects.exists()


def test_several_are_marked_together_or_not_at_all(briefing, editor):
    one, two = sheet(briefing).reads
    good = NewMark(one.fingerprint, "supported")
    with pytest.raises(MarkRefused):
        mark_all(briefing, by=editor, marks=[good, NewMark(two.fingerprint, "not")], seen_version=1)
    assert len(left(briefing)) == 2
    mark_all(briefing, by=editor, marks=[good, NewMark(two.fingerprint, "supported")], seen_version=1)
    assert left(briefing) == []
    assert LogEntry.objects.about(briefing).count() == 1


def test_a_mark_that_was_not_seen_is_not_marked_over(briefing, editor):
    say(briefing, editor, "not", note="Nothing of the kind.", seen_mark=0)
    colleague = make_user(Role.EDITOR)
    with pytest.raises(MarkRefused) as refusal:
        say(briefing, colleague, seen_mark=0)
    assert codes(refusal) == ["marked-meanwhile"]
    say(briefing, colleague, seen_mark=SentenceMark.objects.get().pk)
    assert left(briefing) == ["Globalisation is growing."]


def test_only_editors_mark(briefing):
    writer = make_user(Role.CONTRIBUTOR)
    briefing.created_by = writer
    briefing.save()
    with pytest.raises(PermissionDenied):
        say(briefing, writer)


def test_nobody_marks_their_own_text_while_four_eyes_are_on(briefing, editor, settings):
    briefing.created_by = editor
    briefing.save()
    writer = make_user(Role.ADMINISTRATOR)
    Contribution.objects.create(briefing=briefing, user=writer)
    say(briefing, writer)  # four eyes are off
    assert left(briefing) == ["Globalisation is growing."]
    settings.FOUR_EYES = True
    assert len(left(briefing)) == 2
    for somebody in (editor, writer):
        with pytest.raises(PermissionDenied, match="four eyes"):
            say(briefing, somebody)
    reader = make_user(Role.EDITOR)
    say(briefing, reader)
    assert left(briefing) == ["Globalisation is growing."]
    Contribution.objects.create(briefing=briefing, user=reader)  # writes on it later: what was read stays read
    assert left(briefing) == ["Globalisation is growing."]


def test_who_wrote_before_the_last_publication_may_mark_but_is_no_second_person(briefing, editor, settings):
    settings.FOUR_EYES = True
    Contribution.objects.create(briefing=briefing, user=editor)
    briefing.status = Status.PUBLISHED
    make_revision(briefing)
    Contribution.objects.update(at=briefing.current.at.replace(year=2000))
    assert say(briefing, editor).by_second is False
    assert left(briefing) == ["Globalisation is growing."]


def test_the_sheet_asks_no_more_questions_for_more_sentences(briefing, editor):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            assert sheet(briefing).reads
        return len(captured)

    say(briefing, editor)
    few = asked()
    briefing.body += "".join(f"\n\nSentence {n}.[@{make_statement().key}]" for n in range(12))
    assert asked() == few <= 10


# What readers are told


def line_of(briefing, **fields):
    return str(page_context(briefing, **fields)["apparatus"].evidence_line).replace("\xa0", " ")


def test_the_page_counts_statements_read_by_a_second_person(statement, editor):
    other = make_statement("It has a seat.", kind=StatementKind.ASSERTION, words="a seat", status=Status.PUBLISHED)
    body = f"It wanted money.[@{statement.key}]\n\nMoney it wanted.[@{statement.key}]\n\nIt sits.[@{other.key}]"
    briefing = make_published_briefing(body)
    writer = make_user(Role.EDITOR)
    Contribution.objects.create(briefing=briefing, user=writer)
    for place in range(3):
        say(briefing, writer, place=place)
    assert "read against" not in line_of(briefing)
    say(briefing, editor)
    assert "read against" not in line_of(briefing)  # the other sentence that cites it was not
    say(briefing, editor, place=1, support="partly", note="Not quite.")
    assert "<b>1</b> of these read against the sources by a second person" in line_of(briefing)
    assert line_of(briefing, preview=True) == line_of(briefing)
    say(briefing, editor, place=2)
    line = "<b>1</b> reported statement and <b>1</b> assertion were read against the sources by a second person."
    assert line in line_of(briefing)
    say(briefing, writer, place=2, support="not", note="It does not.")
    assert "<b>1</b> of these" in line_of(briefing)


def test_what_stands_in_analysis_as_well_and_what_is_quoted_is_not_counted(statement, editor):
    quoted = make_statement(status=Status.PUBLISHED)
    briefing = make_published_briefing(
        f"It wanted.[@{statement.key}] So.[@{quoted.key}]\n\n::: analysis\nHence.[@{statement.key}]\n:::\n"
    )
    say(briefing, editor)
    say(briefing, editor, place=1)
    assert "read against" not in line_of(briefing)


def test_a_mark_is_seen_on_the_stored_page_at_once(statement, editor):
    briefing = make_published_briefing(f"It wanted money.[@{statement.key}]")
    assert "second person" not in build(briefing.slug).html
    assert not StoredPage.objects.get().stale
    say(briefing, editor)
    assert StoredPage.objects.get().stale
    assert "<b>1</b> reported statement was read against it by a second person." in build(briefing.slug).html.replace(
        "\xa0", " "
    )
    SentenceMark(briefing=briefing, fingerprint="0" * 64, sentence="x", support="not").save()
    assert StoredPage.objects.get().stale
