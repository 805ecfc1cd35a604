"""What one may cite, found by its words, its speaker, event, source or place, and words that stand in held sources."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from briefings.editorial.citable import citable, complete, find, find_sources, offered
from briefings.editorial.held_words import standing_in
from briefings.models import Alias, Source, Statement
from briefings.permissions import Role, readable
from tests.factories import (
    WORDS,
    make_briefing,
    make_event,
    make_organization,
    make_person,
    make_snapshot,
    make_source,
    make_statement,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_user(Role.EDITOR)


@pytest.fixture
def contributor():
    return make_user(Role.CONTRIBUTOR)


@pytest.fixture
def beijing():
    """A quotation with all that it can be found by."""
    speaker = make_person(name="Ahsan Iqbal", slug="iqbal")
    Alias.objects.create(person=speaker, name="احسن اقبال", language="ur")
    dawn = make_organization(name="Dawn", slug="dawn", kind="media-outlet")
    Alias.objects.create(organization=dawn, name="The morning star", language="en")
    source = make_source(key="dawn-2017", title="A call for cooperation", publisher=dawn, published="2017-09-26")
    copy = make_snapshot(f"A report.\n\nHe came.\n\n“{WORDS}”, he said.\n", source=source)
    event = make_event(name="86th General Assembly", slug="assembly-86")
    relay = make_organization(name="China.org", slug="china-org")
    make_statement("Something else entirely.", key="other-2017")
    return make_statement(key="iqbal-2017", speaker=speaker, snapshot=copy, event=event, relays=[relay], said="2017-09")


def keys(rows):
    return [row.key for row in rows]


@pytest.mark.parametrize(
    "asked",
    [
        {"words": "globalisation COLLABORATIVE"},
        {"words": "iqbal-2017"},
        {"words": "ahsan growing"},
        {"words": "اقبال"},
        {"words": "cooperation dawn"},
        {"words": "morning star"},
        {"speaker": "iqbal"},
        {"speaker": "Ahsan"},
        {"speaker": "احسن"},
        {"event": "assembly-86"},
        {"event": "general 86th"},
        {"source": "dawn-2017"},
        {"source": "dawn call"},
        {"words": "growing", "speaker": "iqbal", "event": "86th", "source": "star"},
        {"near": "iqbal-2017"},
    ],
    ids=str,
)
def test_a_statement_is_found_by_what_one_knows_of_it(editor, beijing, asked):
    assert keys(find(editor, **asked)) == ["iqbal-2017"]


@pytest.mark.parametrize(
    "asked",
    [{"words": "growing nowhere"}, {"speaker": "Carla"}, {"event": "87th"}, {"source": "cooperation nowhere"},
     {"near": "nowhere"}, {"words": "growing", "source": "nowhere"}, {"words": "%"}, {"words": "_"}],
    ids=str,
)  # fmt: skip
def test_all_that_is_asked_must_be_so(editor, beijing, asked):
    assert find(editor, **asked) == []


def test_a_row_says_by_which_way_the_words_came_and_how_they_compare(editor, beijing):
    [row] = find(editor, words="iqbal-2017")
    assert row.route == "Ahsan Iqbal → China.org → Dawn"
    assert (row.source, row.said, row.published) == ("A call for cooperation", "September 2017", "26 September 2017")
    assert row.wording == "matches Dawn’s text" and row.is_draft


def test_what_is_from_one_copy_comes_in_reading_order(editor):
    copy = make_snapshot("One thing was said. Another thing was said.")
    make_statement("Another thing was said", snapshot=copy, key="second")
    make_statement("One thing was said", snapshot=copy, key="first")
    make_statement(key="elsewhere")
    assert keys(find(editor, copy=copy)) == keys(find(editor, near="second")) == ["first", "second"]
    assert keys(find(editor, copy=copy, words="another")) == ["second"]


def test_recent_is_what_was_changed_last_and_what_ones_own_drafts_cite(editor, monkeypatch):
    monkeypatch.setattr("briefings.editorial.citable._LATEST", 1)
    for key in ("cited", "cited-by-others", "old", "new"):
        make_statement(key=key)
    make_briefing("So.[@cited]", created_by=editor)
    make_briefing("So.[@cited-by-others]")
    Statement.objects.get(key="old").save()
    assert keys(find(editor, recent=True)) == ["old", "cited"]


def test_one_cites_what_one_may_read_and_nothing_retracted(editor, contributor):
    make_statement(key="own", created_by=contributor)
    make_statement(key="hidden")
    make_statement(key="public", status="published")
    make_statement(key="gone", status="retracted", retraction_reason="Wrong.", created_by=contributor)
    assert set(keys(find(contributor))) == {"own", "public"}
    assert set(keys(find(editor))) == {"own", "public", "hidden"}
    assert keys(complete(contributor, "hid")) == []
    for user in (editor, contributor):
        for model in (Statement, Source):
            retracted = model.objects.retracted()
            allowed = set(readable(user, model.objects.exclude(pk__in=retracted)))
            assert set(offered(user, model)) == allowed


def test_a_draft_source_is_no_way_to_a_statement_and_is_not_named(contributor):
    source = make_source(title="Secret draft paper", key="secret-paper")
    statement = make_statement(key="public", status="published")
    copy = make_snapshot(f"Elsewhere: “{WORDS}”", source=source)
    make_statement("Elsewhere", key="near", snapshot=copy)
    evidence = statement.evidence.get()
    evidence.snapshot = copy
    evidence.save()
    assert find(contributor, words="secret") == find(contributor, source="secret-paper") == []
    [row] = find(contributor)
    assert row.source == "" and "Secret" not in row.route
    assert find_sources(contributor, "secret") == []


def test_a_key_is_completed_by_its_beginning_then_by_its_words(editor, beijing):
    make_statement("Iqbal was there.", key="about-iqbal")
    assert keys(complete(editor, "iqbal")) == ["iqbal-2017", "about-iqbal"]
    assert keys(complete(editor, "IQBAL-2"))[0] == "iqbal-2017"
    assert keys(complete(editor, "growing-challenge")) == ["iqbal-2017"]
    assert "iqbal-2017" in keys(complete(editor, ""))
    assert complete(editor, "nothing-like-it") == []


def test_a_source_offers_its_statements(editor, beijing):
    make_source(title="A call without statements")
    [row] = find_sources(editor, "call")
    assert (row.source.key, row.publisher, row.statements) == ("dawn-2017", "Dawn", 1)
    assert find_sources(editor, "") == find_sources(editor, "nowhere") == []


def test_finding_takes_as_many_queries_for_many_as_for_one(editor, beijing):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            find(editor, words="growing a", speaker="ahsan", source="call", recent=True)
            find(editor, near="iqbal-2017")
            find_sources(editor, "call")
            complete(editor, "growing")
        return len(seen)

    citable(editor)  # once it is known what the user may do
    before = queries()
    copy = beijing.evidence.get().snapshot
    for number in range(5):
        make_statement(key=f"iq-{number}", snapshot=copy, speaker=beijing.speaker, relays=[make_organization()])
        make_snapshot("x", source=make_source(title=f"Call {number}"))
    assert queries() == before


# Words that stand in a held source


LINES = (
    "A first paragraph — it has “marks” and more words.\n\n"
    "He said the growing challenge requires a truly collaborative approach to all of it, and left.\n\n"
    "The end of it comes here at last.\n"
)
SAID = "the growing challenge requires a truly collaborative approach to all of it"


@pytest.fixture
def held():
    return make_snapshot(LINES, source=make_source(key="held", title="A held paper"))


@pytest.mark.parametrize(
    "pasted",
    [
        SAID,
        f"“{SAID}”",
        f'"{SAID},"',
        f"  {SAID}, and left.\n",
        SAID.replace(" truly ", "  truly\n"),
        'A first paragraph - it has "marks" and more words.',
    ],
    ids=["words", "in marks", "with a stop", "to the end", "wrapped", "other typography"],
)
def test_pasted_words_are_found_in_the_copy_that_holds_them(editor, held, pasted):
    [found] = standing_in(editor, pasted)
    assert found.snapshot == held
    assert found.piece == pasted.strip() and found.piece in pasted
    assert held.text[found.start : found.end].strip(",")[:20] in (SAID[:20], "A first paragraph — ")


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "a truly collaborative approach",
        SAID.replace("truly", "wholly"),
        SAID.upper(),
        SAID[2:-2],
        "Words that nobody ever wrote in any paper at all",
        "\x00\x00 \x00 a b c d e",
        "— — — — — —",
        "x" * 300_000,
        "it has it has it has it has it has " * 8000,
    ],
    ids=[
        "none",
        "four words",
        "another word",
        "capitals",
        "inside words",
        "other words",
        "NUL",
        "dashes",
        "long",
        "many",
    ],
)
def test_what_stands_nowhere_is_not_offered(editor, held, pasted):
    assert standing_in(editor, pasted) == []


def test_the_statement_whose_passage_holds_the_words_is_offered_quotations_first(editor, held):
    make_statement(
        "It needs work.", words=[f"He said {SAID}, and left."], kind="paraphrase", snapshot=held, key="reported"
    )
    make_statement(SAID, snapshot=held, key="quoted")
    make_statement("The end of it comes here", kind="assertion", snapshot=held, key="elsewhere")
    gone = {"status": "retracted", "retraction_reason": "Wrong."}
    make_statement(SAID + ",", snapshot=held, key="gone", **gone)
    [found] = standing_in(editor, f"“{SAID}.”"[:-2] + "”")
    assert found.keys == ("quoted", "reported")
    [longer] = standing_in(editor, f"He said {SAID}")
    assert longer.keys == ("reported",)


def test_each_paragraph_is_looked_up_and_each_source_counts_once(editor, held):
    make_snapshot(LINES + "Changed since.\n", source=held.source)
    other = make_snapshot("Elsewhere: The end of it comes here at last.", source=make_source(key="other"))
    found = standing_in(editor, f"{SAID}\n\nThe end of it comes here at last.\n\nNothing of this stands here now.")
    assert [(one.source.key, one.piece[:7]) for one in found] == [
        ("held", "the gro"),
        (other.source.key, "The end"),
        ("held", "The end"),
    ]


def test_words_of_a_source_that_one_may_not_read_are_not_there(contributor, held):
    assert standing_in(contributor, SAID) == []
    own = make_snapshot(LINES, source=make_source(key="own", created_by=contributor))
    make_statement(SAID, snapshot=own, key="hidden")
    [found] = standing_in(contributor, SAID)
    assert found.source.key == "own" and found.keys == ()


def test_looking_words_up_takes_a_fixed_number_of_queries(editor, held):
    make_statement(SAID, snapshot=held)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            standing_in(editor, SAID)
        return len(seen)

    citable(editor)  # once it is known what the user may do
    before = queries()
    for _number in range(5):
        make_statement(SAID, snapshot=make_snapshot(LINES))
    assert queries() == before
