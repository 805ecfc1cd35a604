"""What readers are told when an original is no longer as our copy has it: on source and statement pages, in notes, in
endnotes, in lists; plainly, and no more than was found."""

import pytest
from django.utils.html import strip_tags

from briefings.editorial.drift import check_source
from briefings.models import PassageCheck
from briefings.notes import notes_for
from tests.articles import servers
from tests.editorial.pages import ADDRESS, COST, JOINS, PARAGRAPHS, TWO_MORE, capture, changed, cite, days, page
from tests.factories import make_snapshot, make_source, make_statement

pytestmark = pytest.mark.django_db


def text_of(client, thing):
    return " ".join(strip_tags(client.get(thing.get_absolute_url()).content.decode()).split())


def check(copy, *at):
    for day in at:
        check_source(copy.source, now=days(day))


def test_before_any_check_nothing_is_said(client, news):
    copy = capture()
    cite(copy, JOINS)
    assert "Checked" not in text_of(client, copy.source)


def test_an_unchanged_source_says_so_with_the_date(client, news):
    copy = capture()
    check(copy, 3)
    assert "Checked 4 November 2026: its words are unchanged." in text_of(client, copy.source)


def test_of_a_text_that_was_handed_over_only_its_passages_are_vouched_for(client, news):
    source = make_source(address=ADDRESS, status="published")
    copy = make_snapshot("\n".join(PARAGRAPHS), source=source)
    cite(copy, JOINS)
    check(copy, 3)
    assert "Checked 4 November 2026: the passages cited here stand on the page." in text_of(client, source)
    news.serve(page(changed("joins what", "ties what")))
    check(copy, 4)
    shown = text_of(client, source)
    assert "its words differ from our copy (imported" in shown and "have changed since" not in shown


def test_a_changed_source_says_since_when_and_that_its_passages_stand(client, news):
    copy = capture()
    (statement,), briefing = cite(copy, JOINS)
    news.serve(page(changed("ninety", "ninety-five")))
    check(copy, 3)
    assert (
        "Checked 4 November 2026: its words have changed since our copy of 1 November 2026; the passages cited here "
        "still stand in it."
    ) in text_of(client, copy.source)
    for thing in (statement, briefing):
        assert "has changed since" not in text_of(client, thing)


def test_a_changed_source_counts_the_passages_that_were_touched(client, news):
    copy = capture()
    cite(copy, JOINS, TWO_MORE, COST, kind="paraphrase")
    news.serve(page([*changed("joins what", "ties what")[:3], PARAGRAPHS[4]]))
    check(copy, 3)
    shown = text_of(client, copy.source)
    assert "1 passage cited here reads differently and 1 passage cited here no longer stands in it." in shown
    assert "reads differently on the page now" in shown and "no longer stands on the page" in shown


LINES = {
    "altered": (
        changed("joins what", "ties what"),
        "The page has changed since: this passage reads differently there now; our copy of 1 November 2026 has it as",
    ),
    "gone": (
        [PARAGRAPHS[0], *PARAGRAPHS[2:]],
        "The page has changed since: these words no longer stand there; our copy of 1 November 2026 has them.",
    ),
}


@pytest.mark.parametrize(("paragraphs", "line"), LINES.values(), ids=LINES)
def test_a_note_whose_own_passage_is_touched_says_so_wherever_it_stands(client, news, paragraphs, line):
    copy = capture()
    (touched, other), briefing = cite(copy, JOINS, TWO_MORE)
    news.serve(page(paragraphs))
    check(copy, 3)
    assert text_of(client, briefing).count(line) == 2  # the note beside the text, and the one below and in print
    assert line in text_of(client, touched)
    assert "changed since" not in text_of(client, other)


def test_of_several_passages_some_may_be_touched(news):
    copy = capture()
    statement = make_statement(
        "Two things", words=[JOINS, TWO_MORE], kind="paraphrase", snapshot=copy, status="published"
    )
    news.serve(page([PARAGRAPHS[0], *PARAGRAPHS[2:]]))
    check(copy, 3)
    (note,) = notes_for([statement.key]).values()
    assert "some of these words no longer stand there" in note.first.drift
    assert [bool(passage.drift) for passage in note.first.passages] == [True, False]


def test_the_words_that_the_page_has_now_are_not_shown(client, news):
    copy = capture()
    (statement,), briefing = cite(copy, JOINS)
    news.serve(page(changed("joins what", "ties what")))
    check(copy, 3)
    assert PassageCheck.objects.get().words
    for thing in (statement, briefing, copy.source):
        assert "ties what" not in text_of(client, thing)


def test_a_link_to_words_that_are_no_longer_there_leads_to_the_page_alone(news):
    copy = capture()
    (statement,), _briefing = cite(copy, JOINS)
    assert "#:~:text=" in notes_for([statement.key])[statement.key].first.live_url
    news.serve(page(changed("joins what", "ties what")))
    check(copy, 3)
    assert notes_for([statement.key])[statement.key].first.live_url == ADDRESS


def test_when_the_original_is_gone_readers_rely_on_our_copy(client, news):
    copy = capture()
    (statement,), briefing = cite(copy, JOINS)
    news.serve(b"", status="404 Not Found")
    check(copy, 2, 5)
    assert "No longer found" not in text_of(client, briefing)
    check(copy, 8)
    line = "No longer found at its address since 3 November 2026: you rely on our copy."
    for thing in (copy.source, statement, briefing):
        assert line in text_of(client, thing)
    assert "Read it in the original" not in text_of(client, statement)
    news.serve(page())
    check(copy, 9)
    for thing in (copy.source, statement, briefing):
        assert line not in text_of(client, thing)


def test_what_could_not_be_looked_at_again_says_what_is_known_and_why(client, news):
    copy = capture()
    check(copy, 2)
    news.serve(b"", status="402 Payment Required")
    check(copy, 3)
    assert (
        "Checked 3 November 2026: its words are unchanged. On 4 November 2026 it could not be looked at again: it is "
        "shown only to those who subscribe or log in."
    ) in text_of(client, copy.source)


def test_what_was_never_read_says_nothing(client, news):
    copy = capture()
    news.server.answers["/bridge"] = servers.reset()
    check(copy, 2)
    assert "could not be looked at" not in text_of(client, copy.source)


def test_further_copies_with_the_same_words_are_told_of_in_a_word(client, news):
    copy = capture()
    (statement,), briefing = cite(copy, JOINS)
    news.serve(page(changed("ninety", "ninety-five")))
    check(copy, 3)
    assert statement.evidence.count() == 2
    (note,) = notes_for([statement.key]).values()
    assert (len(note.evidence), len(note.first.again)) == (1, 1)
    assert f"The same words stand in our copy of {note.first.again[0]} too." in text_of(client, statement)
    assert "Also in" not in text_of(client, briefing)
    assert text_of(client, copy.source).count("people of") == 0
    assert client.get(copy.source.get_absolute_url()).content.decode().count('class="extract"') == 1


def test_sources_can_be_listed_by_how_their_pages_stand(client, news):
    gone, alive = capture(), capture(key="other", title="The other", address="http://paper.example/other")
    capture(key="third", title="Never checked", address="http://paper.example/third")
    news.serve(page(), path="/other")
    news.serve(b"", status="404 Not Found")
    check(gone, 2, 5, 8)
    check(alive, 2)
    shown = text_of_list(client, "gone")
    assert "Bridge opened" in shown and "The other" not in shown
    shown = text_of_list(client, "alive")
    assert "The other" in shown and "Bridge opened" not in shown and "Never checked" not in shown
    assert client.get("/sources/", {"page_state": "lost"}).status_code == 400


def text_of_list(client, state):
    return client.get("/sources/", {"page_state": state}).content.decode()


def test_notes_take_no_further_query_for_it(news, django_assert_num_queries):
    copy = capture()
    statements, _briefing = cite(copy, JOINS, TWO_MORE, COST)
    news.serve(page(changed("joins what", "ties what")))
    check(copy, 3)
    for keys in ([statements[0].key], [statement.key for statement in statements]):
        with django_assert_num_queries(6):
            notes_for(keys)
