"""Detail pages: what each shows, that its links run both ways, and what stands where a page was withdrawn."""

import re
from html import unescape

import pytest
from django.urls import reverse

from briefings.models import Briefing, Event, Organization, Passage, Person, Source, Statement, Topic
from briefings.views import events, organizations, people, sources, statements, topics
from tests.factories import (
    make_claim,
    make_event,
    make_organization,
    make_person,
    make_snapshot,
    make_source,
    make_statement,
    make_topic,
)
from tests.views.content import PUBLIC, make_world

pytestmark = pytest.mark.django_db


def main(response):
    return response.content.decode().split("<main")[1].split("</main")[0]


def words(response):
    return unescape(re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", main(response)))).replace(" ,", ",").replace(" .", ".")


def links(response):
    return {unescape(link) for link in re.findall(r'href="([^"]+)"', main(response))}


def section(response, heading):
    """The part of a page under a heading of the second level."""
    for part in re.split("<h2", main(response))[1:]:
        if re.sub("<[^>]+>", "", part.split("</h2>")[0].split(">", 1)[1]).strip().startswith(heading):
            return part
    raise AssertionError(f"no section {heading}")


def test_a_statement_shows_words_who_when_where_and_topics(client):
    make_world()
    page = client.get("/statements/said/")
    text = words(page)
    assert "“Fight crime together”" in text and "26 September 2017 Worked out: from the calendar" in text
    assert {"/people/minister/", "/events/assembly/", "/topics/crime/"} <= links(page)


def test_a_statement_shows_its_passage_in_its_sentence_and_its_route(client):
    make_world()
    printed = section(client.get("/statements/said/"), "How it was printed")
    assert '<span class="verbatim">Fight crime together</span>' in printed
    assert "the minister said, the portal reports." in printed
    assert "/sources/report/#passage-said-1-1" in printed
    assert "https://paper.example/1#:~:text=" in printed
    assert re.search(r"A\. Minister.*The Portal.*The Paper", printed, re.S)


def test_the_highlighter_is_not_used_for_what_is_no_quotation(client):
    make_world()
    assert "verbatim" not in main(client.get("/statements/printed/"))


def test_a_statement_in_the_source_s_own_voice_says_according_to_whom(client):
    make_world()
    assert "According to The Paper, in its own voice" in words(client.get("/statements/printed/"))


def test_a_statement_says_how_an_unnamed_speaker_is_described(client):
    make_statement(key="unnamed", speaker_description="an official", speaker_reason="not allowed to speak", **PUBLIC)
    assert "an official (not named: not allowed to speak)" in words(client.get("/statements/unnamed/"))


def test_links_between_statements_read_in_both_directions(client):
    make_world(2)
    said, printed = client.get("/statements/said/"), client.get("/statements/printed/")
    assert "/statements/printed/" in section(said, "Supports")
    assert "/statements/said/" in section(printed, "Is supported by")
    assert "/statements/said-1/" in section(said, "Is contradicted by")
    assert "/statements/said/" in section(client.get("/statements/said-1/"), "Contradicts")


def test_a_statement_lists_what_was_read_from_it_and_who_cites_it(client):
    make_world()
    page = client.get("/statements/said/")
    assert "/events/assembly/" in section(page, "What the editors read from it")
    assert "/briefings/first/#c1" in section(page, "Briefings that cite it")
    assert "/briefings/first/#c2" in section(client.get("/statements/printed/"), "Briefings that cite it")


def test_a_statement_says_how_to_cite_it(client):
    make_world()
    cite = unescape(section(client.get("/statements/said/"), "How to cite it"))
    assert (
        "A. Minister: “Fight crime together”. In: “A Report”, The Paper, September 2017, https://paper.example/1."
        in cite
    )
    assert "http://testserver/statements/said/" in cite and "[@said]" in cite


def test_an_allegation_shows_the_reply_that_was_sought(client):
    make_statement(key="accused", allegation=True, reply_sought="Asked on Monday; no answer.", **PUBLIC)
    assert "Asked on Monday; no answer." in words(client.get("/statements/accused/"))


def test_a_source_shows_where_it_lives_and_how_it_was_stored(client):
    make_world()
    page, source = client.get("/sources/report/"), Source.objects.get(key="report")
    assert "https://paper.example/1" in section(page, "Where it lives")
    assert source.snapshots.get().text_sha256 in section(page, "Stored copy")
    assert "Text supplied; imported" in section(page, "Stored copy")
    assert "September 2017 (known to the editors)" in words(page) and "Handed over." in words(page)


def test_a_source_shows_cited_sentences_and_never_the_whole_text(client):
    source = make_source(key="long", **PUBLIC)
    copy = make_snapshot("One sentence is cited. Another is secret.\n\nA last one is cited too.", source=source)
    for text in ("A last one", "One sentence"):
        make_statement(text, kind="assertion", snapshot=copy, **PUBLIC)
    text = words(client.get("/sources/long/"))
    assert "secret" not in text
    assert text.index("One sentence is cited.") < text.index("A last one is cited too.")


def test_each_passage_of_a_source_has_its_anchor_and_its_statement(client):
    make_world(2)
    page = client.get("/sources/report/")
    for passage in Passage.objects.filter(evidence__snapshot__source__key="report"):
        anchor = f"{passage.evidence.statement.key}-{passage.evidence.order}-{passage.order}"
        assert main(page).count(f'id="passage-{anchor}"') == 1
        assert passage.evidence.statement.get_absolute_url() in links(page)


def test_a_source_tells_through_whom_its_reports_came(client):
    make_world(3)
    came = unescape(
        re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", section(client.get("/sources/report/"), "Through whom")))
    )
    assert "3 A. Minister The Portal The Paper" in came and "1 The Paper , in its own voice" in came
    assert "The Portal passed on 3 statements by others" in came
    assert "/statements/?source=report&via=portal" in links(client.get("/sources/report/"))


def test_reprints_and_their_origin_list_each_other(client):
    origin = make_source(key="wire", **PUBLIC)
    make_source(key="reprint", origin=origin, **PUBLIC)
    assert "/sources/reprint/" in section(client.get("/sources/wire/"), "Reprinted by")
    assert "/sources/wire/" in section(client.get("/sources/reprint/"), "It reprints")


def test_a_source_without_an_address_says_so(client):
    make_source(key="talk", kind="interview", **PUBLIC)
    assert "you rely on our copy" in words(client.get("/sources/talk/"))


def test_an_organization_shows_its_profile_with_who_says_so(client):
    make_world()
    page = client.get("/organizations/body/")
    said = section(page, "Membership")
    assert "194" in said and "according to The Paper" in said and "/statements/printed/" in said
    assert "TB" in section(page, "Other names") and "https://www.wikidata.org/wiki/Q8475" in links(page)
    assert "Note by the editors. Known to us." in words(page)


def test_values_that_differ_stand_side_by_side_with_a_line_that_says_so(client):
    make_world()
    make_claim(
        make_statement("192 members", kind="assertion", **PUBLIC),
        Organization.objects.get(slug="body"),
        "number-of-members",
        "192",
    )
    members = section(client.get("/organizations/body/"), "Membership")
    assert "These values do not agree." in members and "192" in members and "194" in members


@pytest.mark.parametrize(
    ("path", "heading", "link"),
    [
        ("/people/minister/", "Statements by", "/statements/said/"),
        ("/people/minister/", "Written by", "/briefings/first/"),
        ("/people/minister/", "Briefings", "/briefings/first/"),
        ("/people/minister/", "Events", "/events/assembly/"),
        ("/organizations/portal/", "Statements passed on", "/statements/said/"),
        ("/organizations/portal/", "Briefings", "/briefings/first/"),
        ("/organizations/paper/", "Sources published", "/sources/report/"),
        ("/organizations/body/", "Statements about", "/statements/printed/"),
        ("/organizations/body/", "Briefings", "/briefings/first/"),
        ("/events/assembly/", "What was said there", "/statements/said/"),
        ("/events/assembly/", "What was said there", "/people/minister/"),
        ("/events/assembly/", "Who took part", "/people/minister/"),
        ("/events/assembly/", "Briefings", "/briefings/first/"),
        ("/topics/crime/", "Statements", "/statements/said/"),
        ("/topics/crime/", "Briefings", "/briefings/first/"),
        ("/topics/crime/", "Sources", "/sources/report/"),
        ("/topics/policing/", "Within this topic", "/topics/crime/"),
        ("/sources/report/", "Briefings that rest on it", "/briefings/first/"),
    ],
)
def test_what_a_page_cites_lists_that_page(client, path, heading, link):
    make_world()
    assert f'href="{link}' in section(client.get(path), heading)


def test_an_event_tells_its_date_and_what_that_rests_on(client):
    make_world()
    assert "26–29 September 2017 Worked out: from elsewhere." in words(client.get("/events/assembly/"))


def test_a_long_list_is_short_and_leads_to_the_whole(client):
    make_world(15)
    page = client.get("/people/minister/")
    assert section(page, "Statements by").count('class="statement-row"') == 10
    assert "/statements/?person=minister" in links(page)
    assert ">15 statements<" in client.get("/statements/?person=minister").content.decode()


def test_a_list_too_long_to_count_admits_where_counting_stopped(client, monkeypatch):
    monkeypatch.setattr("briefings.pagination.MOST", 11)
    speaker = make_person(**PUBLIC)
    for _ in range(13):
        make_statement(speaker=speaker, **PUBLIC)
    page = client.get(speaker.get_absolute_url()).text
    assert "more than 11" in page
    assert "See the whole list" in page
    assert "See all" not in page


def test_a_body_s_country_leads_to_the_country(client):
    make_organization(slug="land", name="Landia", kind="country", country_code="LA", **PUBLIC)
    make_organization(slug="force", country_code="LA", **PUBLIC)
    assert "/organizations/land/" in links(client.get("/organizations/force/"))


@pytest.mark.parametrize("model", [Statement, Source, Organization, Person, Event, Topic, Briefing])
def test_a_retracted_page_leaves_its_reason_and_none_of_its_words(client, model):
    make_world()
    key = model.natural_key_fields[0]
    thing = model.objects.published().order_by("-pk").first()
    name = getattr(thing, "name", "") or getattr(thing, "title", "") or thing.text
    model.objects.filter(pk=thing.pk).update(status="retracted", retraction_reason="It was wrong.")
    page = client.get(reverse(f"{model._meta.model_name}-detail", args=[getattr(thing, key)]))
    assert page.status_code == 410
    assert "It was wrong." in words(page) and name not in words(page)
    assert 'content="noindex"' in page.content.decode()
    assert reverse(f"{model._meta.model_name}-list") in links(page)


@pytest.mark.parametrize(
    ("page", "make"),
    [
        (statements.statement_page, make_statement), (sources.source_page, make_source),
        (organizations.organization_page, make_organization), (people.person_page, make_person),
        (events.event_page, make_event), (topics.topic_page, make_topic),
    ],
)  # fmt: skip
def test_a_preview_shows_a_draft_and_says_that_it_is_one(rf, page, make):
    response = page(rf.get("/"), make(), preview=True)
    html = response.content.decode()
    assert response.status_code == 200
    assert "Preview of a draft: not public." in html and 'content="noindex"' in html


def test_two_clicks_from_a_claim_to_the_words_of_the_original(client):
    make_world()
    statement = re.search(r'href="(/statements/printed/)"', section(client.get("/organizations/body/"), "Membership"))[
        1
    ]
    page = client.get(statement)
    assert "The body has 194 members" in section(page, "How it was printed")
    assert any(link.startswith("https://paper.example/1#:~:text=") for link in links(page))


def test_the_page_or_timecode_of_a_passage_stands_with_it(client):
    copy = make_snapshot("Q: Why?\n\nA: It joins what the river parted.", method="transcribed", **PUBLIC)
    statement = make_statement("It joins what the river parted", snapshot=copy, **PUBLIC)
    Passage.objects.update(locator="00:12:30")
    assert "At 00:12:30." in words(client.get(statement.get_absolute_url()))
    page = words(client.get(copy.source.get_absolute_url()))
    assert "matches our transcript · 00:12:30" in page
