"""A small world for the pages: everything that refers to something else, once or many times."""

from briefings.models import Alias, Event, LinkKind, Organization, Person, Snapshot, Statement, StatementLink, Topic
from tests.factories import (
    make_claim,
    make_event,
    make_evidence,
    make_organization,
    make_person,
    make_published_briefing,
    make_snapshot,
    make_source,
    make_statement,
    make_topic,
)

PUBLIC = {"status": "published"}
TEXT = "“Fight crime together,” the minister said, the portal reports. The body has 194 members."


def make_world(number=1):
    """Public things that refer to each other, with `number` of each list on each page."""
    parent = make_topic(slug="policing", name="Policing", **PUBLIC)
    topic = make_topic(slug="crime", name="Crime", parent=parent, description="What crosses borders.", **PUBLIC)
    body = make_organization(
        slug="body", name="The Body", kind="intergovernmental", note="Known to us.", wikidata="Q8475", **PUBLIC
    )
    portal = make_organization(slug="portal", name="The Portal", **PUBLIC)
    paper = make_organization(slug="paper", name="The Paper", **PUBLIC)
    minister = make_person(slug="minister", name="A. Minister", **PUBLIC)
    assembly = make_event(
        slug="assembly",
        name="The Assembly",
        date="2017-09-26/2017-09-29",
        date_basis="derived",
        date_note="from elsewhere",
        **PUBLIC,
    )
    source = make_source(
        key="report", title="A Report", publisher=paper, published="2017-09", published_basis="editors", language="en",
        address="https://paper.example/1", canonical_address="https://paper.example/1", note="Handed over.", **PUBLIC,
    )  # fmt: skip
    snapshot = make_snapshot(TEXT, source=source)
    said = make_statement(
        "Fight crime together", key="said", speaker=minister, event=assembly, topics=[topic], said="2017-09-26",
        said_basis="derived", said_note="from the calendar", snapshot=snapshot, relays=[portal], **PUBLIC,
    )  # fmt: skip
    printed = make_statement(
        "The body has 194 members", key="printed", kind="assertion", topics=[topic], snapshot=snapshot, **PUBLIC
    )
    make_claim(printed, body, "number-of-members", "194")
    make_claim(said, assembly, "speaker", object=minister)
    make_claim(said, body, "described-as", "together")
    StatementLink.objects.create(from_statement=said, to_statement=printed, kind=LinkKind.SUPPORTS)
    Alias.objects.create(organization=body, name="TB", kind="acronym")
    Alias.objects.create(person=minister, name="وزیر", language="ur", kind="script")
    make_published_briefing(
        "He said so.[@said] It has.[@printed]", slug="first", title="The First", topics=[topic], authors=[minister]
    )
    grow_world(range(1, number))


def grow_world(numbers):
    """One more of each list on each page for each number."""
    snapshot, said = Snapshot.objects.get(source__key="report"), Statement.objects.get(key="said")
    minister, assembly = Person.objects.get(slug="minister"), Event.objects.get(slug="assembly")
    body, portal, paper = (Organization.objects.get(slug=slug) for slug in ("body", "portal", "paper"))
    topic = Topic.objects.get(slug="crime")
    for one in numbers:
        other = make_organization(kind="organ", **PUBLIC)
        words = {"words": "Fight crime together", "snapshot": snapshot, "topics": [topic], **PUBLIC}
        more = make_statement(
            f"Fight, {one}", key=f"said-{one}", kind="paraphrase", speaker=minister, event=assembly, said="2017-09-26",
            relays=[portal], **words,
        )  # fmt: skip
        asserted = make_statement(
            f"It asserts, {one}", key=f"asserted-{one}", kind="assertion", speaker=body, said=f"19{one:02}", **words
        )
        make_claim(asserted, other, "part-of", object=body)
        make_claim(more, assembly, "participant", object=other)
        make_claim(more, minister, "holds-post", f"post {one}")
        make_claim(asserted, body, "activity", f"activity {one}", during=f"19{one:02}")
        StatementLink.objects.create(from_statement=more, to_statement=said, kind=LinkKind.CONTRADICTS)
        copy = make_snapshot(f"Fight crime together, {one}.", source=make_source(publisher=paper, **PUBLIC))
        make_evidence(said, snapshot=copy, relays=[portal])
        make_topic(parent=topic, **PUBLIC)
        Alias.objects.create(organization=body, name=f"Name {one}")
        make_published_briefing(f"So.[@said] So.[@said-{one}] So.[@asserted-{one}]", topics=[topic], authors=[minister])


LISTS = ["/briefings/", "/statements/", "/sources/", "/organizations/", "/people/", "/events/", "/topics/"]
DETAILS = [
    "/statements/said/", "/statements/printed/", "/sources/report/", "/organizations/body/", "/organizations/portal/",
    "/organizations/paper/", "/people/minister/", "/events/assembly/", "/topics/crime/",
]  # fmt: skip
PAGES = ["/", *LISTS, *DETAILS]
