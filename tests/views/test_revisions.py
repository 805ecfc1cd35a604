"""History, a version as it stood, and the comparison of two: for what is public, and quiet about bad requests."""

import re
import time

import pytest
from django.utils.html import escape

from briefings.models import Briefing, Correction, Seal, Statement
from tests.factories import make_briefing, make_published_briefing, make_revision, make_statement

pytestmark = pytest.mark.django_db
PUBLIC = {"status": "published"}


def words(answer):
    return " ".join(re.sub("<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def briefing():
    """Three versions: a first one, a small change, and a major one."""
    make_statement("an open word", key="said", kind="assertion", **PUBLIC)
    briefing = make_published_briefing("One two three.[@said]\n\nSecond stays.", slug="work", title="Work")
    first = briefing.current
    briefing.body = "One two four.[@said]\n\nSecond stays."
    make_revision(briefing, change_note="Three was four.", is_major=False, dated=first.dated)
    briefing.body = "One two four.[@said]\n\nSecond stays.\n\nA third came."
    briefing.title = "Works"
    make_revision(briefing, change_note="More.")
    return briefing


def test_history_tells_each_version_with_its_note_its_digest_and_its_corrections(client, briefing):
    revision = briefing.revisions.get(version=2)
    Correction.objects.create(key="c1", kind="error", briefing=briefing, revision=revision, why="We miscounted.")
    answer = client.get("/briefings/work/history/")
    text = words(answer)
    assert text.index("Version 3") < text.index("Version 2") < text.index("Version 1")
    assert "Three was four." in text and "small change" in text and "Our error: We miscounted." in text
    for digest in Seal.objects.values_list("digest", flat=True):
        assert f'title="{digest}"' in answer.content.decode()
    assert "/briefings/work/v/2/" in answer.content.decode() and "compare/?from=2&amp;to=3" in answer.content.decode()


def test_history_takes_the_same_queries_however_long_it_is(client, briefing, django_assert_num_queries):
    for _number in range(3):
        make_revision(briefing)
    with django_assert_num_queries(4):
        client.get("/briefings/work/history/")


def test_a_version_shows_what_readers_saw_then(client, briefing):
    Statement.objects.update(text="another word")
    answer = client.get("/briefings/work/v/1/")
    page, text = answer.content.decode(), words(answer)
    assert Seal.objects.get(revision__version=1).html in page
    assert "Version 1, as it stood on" in text and "One two three." in text and "<h1" in page
    assert '<meta name="robots" content="noindex">' in page
    assert '<link rel="canonical" href="http://testserver/briefings/work/">' in page
    assert 'href="/briefings/work/"' in page and "What changed since" in text
    assert "It is the version shown now." in words(client.get("/briefings/work/v/3/"))


@pytest.mark.parametrize("number", ["0", "4", "01", "x", "9" * 30])
def test_a_version_that_is_not_there_is_not_found(client, briefing, number):
    assert client.get(f"/briefings/work/v/{number}/").status_code == 404


def test_a_comparison_marks_removed_and_added_words(client, briefing):
    page = client.get("/briefings/work/compare/?from=1&to=3").content.decode()
    assert "<del>three.</del> <ins>four.</ins> [said]" in page
    assert "<ins>A third came.</ins>" in page and "<del>Work</del> <ins>Works</ins>" in page
    same = words(client.get("/briefings/work/compare/?from=2&to=2"))
    assert "The words of these two versions are the same." in same


def test_without_a_choice_the_last_two_versions_are_compared(client, briefing):
    assert "From version 2" in words(client.get("/briefings/work/compare/"))


def test_what_differs_in_its_marking_alone_is_shown_as_it_was_written(client, briefing):
    briefing.body = briefing.body.replace("A third", "A *third*")
    make_revision(briefing)
    page = client.get("/briefings/work/compare/").content.decode()
    assert "Only links or emphasis differ" in page and "<ins>*third*</ins>" in page


@pytest.mark.parametrize(
    "query", ["from=1&to=9", "from=x&to=2", "from=1", "to=%00", f"from=1&to={'9' * 40}", "from=-1&to=2"]
)
def test_a_bad_choice_gets_a_message(client, briefing, query):
    answer = client.get(f"/briefings/work/compare/?{query}")
    assert answer.status_code == 400 and "There are no such versions" in words(answer)


@pytest.mark.parametrize("address", ["history/", "v/1/", "compare/"])
def test_drafts_are_not_found_and_retracted_briefings_leave_a_tombstone(client, briefing, address):
    make_briefing(slug="draft")
    assert client.get(f"/briefings/draft/{address}").status_code == 404
    assert client.get(f"/briefings/none/{address}").status_code == 404
    Briefing.objects.update(status="retracted", retraction_reason="Wrong.")
    answer = client.get(f"/briefings/work/{address}")
    assert answer.status_code == 410 and "three" not in words(answer)


def test_two_long_versions_are_compared_quickly(client, briefing):
    paragraphs = [f"Paragraph {number} tells of harbour {number} and of clerk {number * 7}." for number in range(3600)]
    briefing.body = "\n\n".join(paragraphs)
    make_revision(briefing)
    paragraphs[7] = paragraphs[1700] = "Other words stand here."
    briefing.body = "\n\n".join(paragraphs)
    assert len(briefing.body) > 180_000
    make_revision(briefing)
    started = time.process_time()
    page = client.get("/briefings/work/compare/").content.decode()
    assert time.process_time() - started < 4
    assert page.count("<ins>") == 3 and "1690 paragraphs without a change" in page


def test_the_page_shows_its_dates_and_leads_to_its_history(client, briefing):
    make_revision(briefing, is_major=False, dated="2020-02-03T10:00:00Z", at="2020-02-09T10:00:00Z")
    page = client.get("/briefings/work/")
    assert "Published 3 February 2020 · Small change 9 February 2020 · Version 4" in words(page)
    assert 'href="/briefings/work/history/"' in page.content.decode()


def test_only_a_major_change_moves_lists_and_the_feed(client, briefing):
    other = make_published_briefing(title="Other")
    make_revision(briefing, is_major=False, dated="2020-02-03T10:00:00Z")
    page = client.get("/briefings/").content.decode()
    assert page.index(escape(other.title)) < page.index("Works")
    assert "3 February 2020" in page
    feed = client.get("/feeds/briefings.atom").content.decode()
    assert feed.index("Other") < feed.index("Works") and "<updated>2020-02-03T10:00:00+00:00</updated>" in feed
    assert feed.count("<published>") == 2
