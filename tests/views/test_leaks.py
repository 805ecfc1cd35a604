"""Nothing that is not published leaves the site: not its words, not its name, not its key, not its number."""

import pytest

from briefings.models import (
    Alias,
    AttributionStep,
    Briefing,
    Event,
    Evidence,
    Illustration,
    LinkKind,
    Organization,
    Person,
    Snapshot,
    Source,
    Statement,
    StatementLink,
    Topic,
)
from tests.factories import (
    make_briefing,
    make_claim,
    make_event,
    make_evidence,
    make_illustration,
    make_organization,
    make_person,
    make_snapshot,
    make_source,
    make_statement,
    make_topic,
)
from tests.views.content import LISTS, PAGES, make_world

pytestmark = pytest.mark.django_db
MARK, KEY = "XYZZY", "xyzzy"
MACHINES = ["/feeds/briefings.atom", "/sitemap.xml", "/robots.txt", "/healthz"]
SECTIONS = ["pages", "briefings", "statements", "sources", "organizations", "people", "events", "topics"]
SEARCHES = [f"{path}?q={MARK}" for path in LISTS]


def plant():
    """A draft of every kind with the mark in every text, tied to public things wherever that is possible."""
    body, minister = Organization.objects.get(slug="body"), Person.objects.get(slug="minister")
    assembly, topic = Event.objects.get(slug="assembly"), Topic.objects.get(slug="crime")
    said, paper = Statement.objects.get(key="said"), Organization.objects.get(slug="paper")
    first = Briefing.objects.get(slug="first")
    mark = {"name": f"{MARK} name", "note": f"{MARK} note"}
    organization = make_organization(slug=f"{KEY}-organization", country_code="XY", **mark)
    person = make_person(slug=f"{KEY}-person", public_role=f"{MARK} role", **mark)
    event = make_event(slug=f"{KEY}-event", date="2017-09-27", date_note=f"{MARK} date", **mark)
    hidden_topic = make_topic(slug=f"{KEY}-topic", name=f"{MARK} topic", description=MARK, parent=topic)
    Alias.objects.create(organization=organization, name=f"{MARK} alias")
    source = make_source(
        key=f"{KEY}-source", title=f"{MARK} title", publisher=paper, authors=MARK, note=MARK, private_notes=MARK,
        published_note=MARK, address=f"https://{KEY}.example/", language="he",
        canonical_address=f"https://{KEY}.example/",
        origin=Source.objects.get(key="report"),
    )  # fmt: skip
    snapshot = make_snapshot(f"{MARK} Fight crime together. {MARK} said it.", source=source)
    make_evidence(said, "Fight crime together", snapshot=snapshot, name_printed=MARK)
    statement = make_statement(
        f"{MARK} words", key=f"{KEY}-statement", words=f"{MARK} said it", snapshot=snapshot, speaker=minister,
        relays=[Organization.objects.get(slug="portal")], event=assembly, said="2017-09-26",
        topics=[topic, hidden_topic],
        said_note=MARK, translation=MARK, translator=MARK,
    )  # fmt: skip
    in_report = make_statement(f"{MARK} reading", key=f"{KEY}-reading", words="Fight crime", kind="opinion",
                               snapshot=Snapshot.objects.get(source__key="report"), speaker=body)  # fmt: skip
    make_claim(statement, body, "described-as", f"{MARK} value")
    make_claim(in_report, minister, "holds-post", f"{MARK} post", during="2016")
    make_claim(said, organization, "part-of", object=body)
    make_claim(said, event, "participant", object=minister)
    make_claim(said, person, "represents", object=body)
    for kind in LinkKind.values:
        StatementLink.objects.create(from_statement=statement, to_statement=said, kind=kind, note=MARK)
        StatementLink.objects.create(from_statement=said, to_statement=statement, kind=kind, note=MARK)
    Source.objects.filter(key="report").update(private_notes=MARK, reliability="E")
    make_briefing(
        f"{MARK} body.[@said]",
        slug=f"{KEY}-briefing",
        title=f"{MARK} title",
        standfirst=MARK,
        topics=[topic],
        authors=[minister],
    )
    first.title, first.body, first.standfirst = f"{MARK} new title", f"{MARK} new body.[@said]", MARK
    first.save()
    first.topics.add(hidden_topic)
    first.authors.add(person)
    make_illustration(first, key=f"{KEY}-picture", alt=MARK, caption=MARK, credit=MARK)


@pytest.fixture
def hidden():
    make_world(3)
    plant()


@pytest.mark.parametrize(
    "path", [*PAGES, "/briefings/first/", *MACHINES, *(f"/sitemap-{name}.xml" for name in SECTIONS)]
)
def test_no_byte_of_a_draft_is_on_a_public_page(client, hidden, path):
    response = client.get(path)
    assert response.status_code == 200
    assert MARK not in response.content.decode().upper()


@pytest.mark.parametrize("path", SEARCHES)
def test_a_draft_is_not_found_by_its_words(client, hidden, path):
    html = client.get(path).content.decode()
    assert "Nothing published fits all of this." in html


@pytest.mark.parametrize("noun", ["statement", "source", "organization", "person", "event", "topic", "briefing"])
def test_a_draft_and_a_key_that_never_was_look_the_same(client, hidden, noun):
    plural = "people" if noun == "person" else f"{noun}s"
    draft, nothing = client.get(f"/{plural}/{KEY}-{noun}/"), client.get(f"/{plural}/never-was/")
    assert (draft.status_code, nothing.status_code) == (404, 404)
    assert draft.content == nothing.content


@pytest.mark.parametrize("field", ["person", "organization", "via", "about", "event", "topic", "source"])
def test_a_filter_does_not_know_drafts(client, hidden, field):
    noun = {"via": "organization", "about": "event"}.get(field, field)
    answer = client.get(f"/statements/?{field}={KEY}-{noun}")
    assert answer.status_code == 400
    assert "Nothing published here has the name" in answer.content.decode()


@pytest.mark.parametrize("path", [*PAGES, "/briefings/first/"])
def test_drafts_change_no_public_page(client, path):
    """Not a count, not a choice, not an order: byte for byte the page is the one without them."""
    make_world(3)
    before = client.get(path).content
    plant()
    assert client.get(path).content == before


def test_everything_planted_is_a_draft(hidden):
    for model in (Briefing, Event, Organization, Person, Source, Statement, Topic):
        key = model.natural_key_fields[0]
        planted = model.objects.filter(**{f"{key}__startswith": KEY})
        assert planted and not planted.filter(pk__in=model.objects.published())
    assert (
        Evidence.objects.filter(name_printed=MARK)
        and AttributionStep.objects.exists()
        and Illustration.objects.exists()
    )
