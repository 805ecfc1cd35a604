"""Notes: the words in their sentence, the route, the wording; what shows to whom; and how few queries it takes."""

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from briefings.editorial.evidence import check_wording
from briefings.languages import direction_of
from briefings.models import Source, Statement, Status
from briefings.notes import apparatus_of, notes_for
from briefings.notes.evidence_line import evidence_line
from briefings.parties import Party
from briefings.quotes import Location, Verdict
from tests.factories import make_evidence, make_organization, make_person, make_snapshot, make_source, make_statement

pytestmark = pytest.mark.django_db

PUBLIC = {"status": Status.PUBLISHED}
DAWN_TEXT = (
    "In Beijing, Iqbal urges cooperation\n"
    'He came on Tuesday. "The growing challenge requires a collaborative approach," China.org quoted the minister '
    "saying at the assembly. He left.\n"
    '"Countries," Xi said, "should share the load," and he paused.\n'
)


@pytest.fixture
def dawn():
    return make_organization(name="Dawn", kind="media", **PUBLIC)


@pytest.fixture
def copy(dawn):
    source = make_source(
        key="dawn-2017", title="In Beijing", publisher=dawn, address="https://dawn.example/1", published="2017-09",
        published_basis="editors", published_note="the list of articles we were given", **PUBLIC,
    )  # fmt: skip
    return make_snapshot(DAWN_TEXT, source=source)


def quotation(copy, text="The growing challenge requires a collaborative approach", **fields):
    return make_statement(text, snapshot=copy, **{**PUBLIC, **fields})


def only_note(*keys, **options):
    (note,) = notes_for(keys, **options).values()
    return note


def test_words_stand_in_their_sentence_with_their_marks(copy):
    (passage,) = only_note(quotation(copy).key).first.passages
    assert (passage.before, passage.after) == ('"', '," China.org quoted the minister saying at the assembly.')
    assert (passage.lead, passage.opening, passage.closing) == ("", '"', ',"')
    assert passage.tail == " China.org quoted the minister saying at the assembly."
    assert passage.paragraph == 2
    assert passage.url == f"/sources/dawn-2017/#passage-{passage.anchor}"
    assert DAWN_TEXT[passage.start : passage.end] == passage.exact


def test_an_apostrophe_within_a_word_is_no_quotation_mark(copy):
    statement = quotation(make_snapshot("Xi Jinping's vision.", source=copy.source), "Xi Jinping", kind="paraphrase")
    (passage,) = only_note(statement.key).first.passages
    assert (passage.closing, passage.tail) == ("", "'s vision.")


def test_the_route_runs_from_the_speaker_through_the_relays_to_the_publisher(copy, dawn):
    iqbal, portal = make_person(name="Ahsan Iqbal", **PUBLIC), make_organization(name="China.org")
    statement = quotation(copy, speaker=iqbal, relays=[portal, None])
    first = only_note(statement.key, preview=True).first
    assert [party.name for party in first.route] == ["Ahsan Iqbal", "China.org", "a relay not named", "Dawn"]
    assert [bool(party.url) for party in first.route] == [True, False, False, True]
    assert first.relays == (Party("China.org"),)
    assert first.unnamed_relays == 1


def test_a_name_that_was_never_public_is_kept_from_readers(copy):
    statement = quotation(copy, speaker=make_person(name="Not Yet"), relays=[make_organization(name="Draft Relay")])
    note = only_note(statement.key)
    assert "Not Yet" not in repr(note)
    assert "Draft Relay" not in repr(note)


def test_the_publisher_in_its_own_voice_stands_once(copy, dawn):
    statement = quotation(copy, kind="assertion", speaker=dawn)
    assert only_note(statement.key).first.route == (Party("Dawn", dawn.get_absolute_url()),)


@pytest.mark.parametrize(
    ("kind", "verdict", "location", "wording", "highlighted"),
    [
        ("quotation", Verdict.EXACT, Location.IN_PLACE, "matches Dawn’s text", True),
        ("quotation", Verdict.TYPOGRAPHIC, Location.IN_PLACE, "matches Dawn’s text but for", True),
        ("quotation", Verdict.EXACT, Location.MOVED, "at another place", True),
        ("quotation", Verdict.EXACT, Location.GONE, "no longer where", False),
        ("quotation", Verdict.ALTERED, Location.IN_PLACE, "differs from Dawn’s text", False),
        ("quotation", Verdict.MISSING, Location.GONE, "not found in Dawn’s text", False),
        ("quotation", "", "", "not yet compared with Dawn’s text", False),
        ("paraphrase", "", "", "a paraphrase", False),
        ("assertion", "", "", "in Dawn’s own voice", False),
        ("opinion", "", "", "in Dawn’s own voice", False),
    ],
)
def test_the_wording_is_told_in_plain_words_and_highlighted_only_where_it_stands(
    copy, kind, verdict, location, wording, highlighted
):
    statement = quotation(copy, kind=kind)
    statement.evidence.update(verdict=verdict, location=location)
    first = only_note(statement.key).first
    assert wording in first.wording
    assert first.stands is highlighted
    assert [passage.verbatim for passage in first.passages] == [highlighted]


def test_whose_words_a_relayed_assertion_is_printed_in_is_told(copy):
    portal = make_organization(name="China.org", **PUBLIC)
    assert only_note(quotation(copy, kind="assertion", speaker=portal).key).first.wording == "as Dawn puts it"


def test_source_date_and_import_are_told(copy):
    first = only_note(quotation(copy).key).first
    assert first.published == "September 2017"
    assert first.published_note == "known to the editors: the list of articles we were given"
    assert first.captured.startswith("Text supplied; imported ")
    assert first.sha256 == copy.text_sha256


def test_the_live_original_is_linked_at_the_words(copy):
    address = only_note(quotation(copy).key).first.live_url
    assert address.startswith("https://dawn.example/1#:~:text=")
    assert "collaborative" in address


def test_a_source_without_an_address_has_no_link_to_a_live_original():
    assert only_note(make_statement(**PUBLIC).key).first.live_url == ""


def test_passages_of_one_sentence_stand_together_and_repeat_nothing(copy):
    statement = quotation(copy, "Countries should share the load", words=["Countries", "should share the load"])
    (extract,) = only_note(statement.key).first.extracts
    shown = "".join(passage.before + passage.exact + passage.after for passage in extract)
    assert shown == '"Countries," Xi said, "should share the load," and he paused.'


def test_passages_of_two_sentences_stand_apart(copy):
    statement = quotation(copy, "Countries He left", words=["Countries", "He left"])
    assert len(only_note(statement.key).first.extracts) == 2


def test_drafts_are_left_out_for_the_public_and_shown_in_previews(copy):
    statement = quotation(copy, status=Status.DRAFT)
    assert notes_for([statement.key, "no-such-key"]) == {}
    assert list(notes_for([statement.key, "no-such-key"], preview=True)) == [statement.key]


def test_a_retracted_statement_keeps_its_reason_and_no_words(copy):
    statement = quotation(copy, status=Status.RETRACTED, retraction_reason="It was misread.")
    note = only_note(statement.key)
    assert note.retracted == "It was misread."
    assert "growing challenge" not in repr(note)
    assert "growing challenge" in only_note(statement.key, preview=True).text  # its editors look at it


def test_evidence_in_a_source_that_is_not_public_is_left_out(copy):
    statement = quotation(copy)
    make_evidence(statement, snapshot=make_snapshot(f"Elsewhere: {statement.text}."))
    assert len(only_note(statement.key).evidence) == 1
    assert len(only_note(statement.key, preview=True).evidence) == 2


def test_a_queryset_keeps_its_order(copy):
    keys = [quotation(copy, key=key, evidence=False).key for key in ("b", "a", "c")]
    assert list(notes_for(Statement.objects.published().order_by("-key"))) == ["c", "b", "a"]
    assert list(notes_for(keys)) == keys


@pytest.mark.parametrize("number", [1, 40])
def test_queries_do_not_grow_with_the_number_of_statements(copy, number, django_assert_num_queries):
    portal = make_organization(**PUBLIC)
    keys = [quotation(copy, relays=[portal]).key for _ in range(number)]
    with django_assert_num_queries(6):
        notes_for(keys)
    with django_assert_num_queries(5):
        notes_for(keys, topics=False)


@pytest.mark.parametrize(
    ("language", "direction"),
    [("en", "ltr"), ("en-GB", "ltr"), ("ur", "rtl"), ("pa-Arab-PK", "rtl"), ("ur-Latn", "ltr"), ("az", "ltr")],
)
def test_the_direction_of_writing_follows_language_and_script(language, direction):
    assert direction_of(language) == direction


def test_a_repeated_citation_keeps_its_note_and_has_every_way_back(copy):
    first, second = quotation(copy, key="first"), quotation(copy, "He left", key="second", kind="paraphrase")
    body = "One.[@first]\n\nTwo.[@second] Again.[@first]\n\nAnd again.[@first]"
    apparatus = apparatus_of(body, illustrations={})
    assert [numbered.note.key for numbered in apparatus.notes] == [first.key, second.key]
    assert [[numbered.number for numbered in block.notes] for block in apparatus.blocks] == [[1], [2], []]
    assert [back.letter for back in apparatus.notes[0].backlinks] == ["a", "b", "c"]
    for back in apparatus.notes[0].backlinks:
        assert sum(block.html.count(f'id="{back.anchor}"') for block in apparatus.blocks) == 1


def test_the_source_list_groups_the_notes_that_rest_on_each_copy(copy):
    quotation(copy, key="first")
    make_statement(key="other", **PUBLIC)
    quotation(copy, "He left", key="third", kind="paraphrase")
    sources = apparatus_of("One.[@first; @other; @third]", illustrations={}).sources
    assert [entry.numbers for entry in sources] == [(1, 3), (2,)]


def line_of(*statements):
    line = evidence_line(notes_for([statement.key for statement in statements]).values())
    return strip_tags(line).replace("\N{NO-BREAK SPACE}", " ")


def test_the_evidence_line_counts_what_is_known_and_claims_no_more(copy):
    portal = make_organization(name="China.org", **PUBLIC)
    statements = [quotation(copy, relays=[portal]), quotation(copy, "He left", kind="paraphrase", relays=[None])]
    statements.append(quotation(copy, "He came on Tuesday", kind="paraphrase"))
    assert line_of(*statements) == (
        "From 1 news report, much of it relayed from China.org. For 1 statement the relay is not named. "
        "1 quotation matches its text; 2 reported statements. This shows what was printed, not that it is true."
    )


def test_the_evidence_line_measures_the_share_of_the_relays(copy):
    portal = make_organization(name="China.org", **PUBLIC)
    relayed = [quotation(copy, relays=[portal]) for _ in range(2)]
    direct = [quotation(copy) for _ in range(3)]
    assert "all of it relayed from China.org" in line_of(*relayed)
    assert "most of it relayed from China.org" in line_of(*relayed, direct[0])
    assert "much of it relayed from China.org" in line_of(*relayed, *direct)
    assert "some of it relayed from China.org" in line_of(relayed[0], *direct)


def test_what_a_relay_says_itself_came_from_it_too(copy):
    portal = make_organization(name="China.org", **PUBLIC)
    statements = [quotation(copy, relays=[portal]), quotation(copy, kind="assertion", speaker=portal)]
    assert "all of it relayed from China.org" in line_of(*statements)


def test_the_evidence_line_counts_reprints_as_one_origin(copy):
    reprint = make_snapshot(DAWN_TEXT, source=make_source(origin=copy.source, published="2017", **PUBLIC))
    line = line_of(quotation(copy), quotation(reprint))
    assert line.startswith("From 2 news reports. They go back to 1 origin: some reprint the same text. 2 quotations")


def test_the_evidence_line_says_what_is_undated_and_what_is_a_page(copy):
    page = make_snapshot("Interpol was founded in 1923.", source=make_source(kind="web", **PUBLIC))
    founded = make_statement("Interpol was founded in 1923", kind="assertion", snapshot=page, **PUBLIC)
    assert line_of(founded).startswith("From 1 web page, undated. 1 assertion. ")
    assert line_of(quotation(copy), founded).startswith("From 1 news report and 1 web page, 1 of them undated. ")


def test_the_evidence_line_tells_of_quotations_that_do_not_stand(copy):
    statement = quotation(copy)
    statement.evidence.update(verdict=Verdict.ALTERED)
    assert "1 quotation not found there" in line_of(statement)
    assert "match" not in line_of(statement)


def test_without_evidence_there_is_no_evidence_line(copy):
    Source.objects.update(status=Status.DRAFT)
    assert line_of(quotation(copy)) == ""


def test_what_an_edited_quotation_left_out_put_in_and_replaced_is_told(copy):
    snapshot = make_snapshot("He was quite sure, he said, that they would come to the fair.", source=copy.source)
    text = "[Xi] was quite sure […] that they would come to [see] the fair."
    statement = quotation(snapshot, text, words=snapshot.text)
    check_wording(statement.evidence.all())
    first = only_note(statement.key).first
    assert first.edits == ("“[Xi]” stands for “He”", "left out: “, he said,”", "“[see]” was put in")
    shown = " ".join(strip_tags(render_to_string("briefings/_evidence.html", {"evidence": first})).split())
    assert "The quotation is edited: “[Xi]” stands for “He”; left out: “, he said,”; “[see]” was put in." in shown


def test_words_that_are_not_edited_have_no_edits_to_tell(copy):
    assert only_note(quotation(copy).key).first.edits == ()


def test_words_that_we_wrote_down_ourselves_match_our_transcript(db):
    source = make_source(publisher=make_organization(name="Radio One"), kind="broadcast", status=Status.PUBLISHED)
    transcript = make_snapshot("Q: Why?\n\nA: It joins what the river parted.", source=source, method="transcribed")
    first = only_note(quotation(transcript, "It joins what the river parted").key).first
    assert first.wording == "matches our transcript"
    assert first.captured.startswith("Transcribed; imported")


def test_pages_and_timecodes_are_told_once_each(copy):
    statement = quotation(copy)
    assert only_note(statement.key).first.locators == ""
    evidence = statement.evidence.get()
    evidence.passages.update(locator="p. 12")
    assert only_note(statement.key).first.locators == "p. 12"
    evidence.passages.create(order=2, start=0, end=1, exact=copy.text[:1], locator="p. 13")
    evidence.passages.create(order=3, start=1, end=2, exact=copy.text[1:2], locator="p. 12")
    assert only_note(statement.key).first.locators == "p. 12, p. 13"
