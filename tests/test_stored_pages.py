"""Stored pages: found in one query, never older than what they show, the same bytes as a fresh rendering."""

import gzip
import json
import threading
import time
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import reversion
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory
from reversion.models import Version

from briefings import history, stored_pages
from briefings.models import (
    Alias,
    AttributionStep,
    Briefing,
    Evidence,
    LinkKind,
    Organization,
    PageEpoch,
    Passage,
    Person,
    Source,
    Statement,
    StatementLink,
    Status,
    StoredPage,
    Topic,
)
from briefings.permissions import Role
from briefings.stored_pages import render_page, renderer
from tests.factories import (
    make_event,
    make_evidence,
    make_illustration,
    make_organization,
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

PUBLIC = {"status": Status.PUBLISHED}
WORDS = "We will share the load."


@pytest.fixture
def site():
    """A briefing that shows one of everything, and another that cites nothing of it."""
    paper, portal = (make_organization(name=name, **PUBLIC) for name in ("The Paper", "The Portal"))
    speaker, author = make_person(name="The Speaker", **PUBLIC), make_person(name="The Author", **PUBLIC)
    topic, event = make_topic(name="The Topic", **PUBLIC), make_event(name="The Event", **PUBLIC)
    source = make_source(title="The Report", publisher=paper, published="2017-09", **PUBLIC)
    copy = make_snapshot(f"A report.\n\nHe said: “{WORDS}” He left.\n", source=source)
    statement = make_statement(WORDS, snapshot=copy, speaker=speaker, relays=[portal], event=event, **PUBLIC)
    other = make_statement("He left", kind="paraphrase", snapshot=copy, **PUBLIC)
    body = f"He said “{WORDS}”.[@{statement.key}] He left.[@{other.key}]"
    briefing = make_published_briefing(body, topics=[topic], authors=[author])
    return SimpleNamespace(
        paper=paper, portal=portal, speaker=speaker, author=author, topic=topic, event=event, source=source, copy=copy,
        statement=statement, other=other, briefing=briefing, evidence=statement.evidence.get(),
        elsewhere=make_published_briefing(),
    )  # fmt: skip


def read(client, briefing, **headers):
    return client.get(briefing.get_absolute_url(), headers=headers)


def is_fresh(briefing):
    return StoredPage.objects.fresh(renderer()).filter(briefing=briefing).exists()


def save(thing, **fields):
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.save()


def add_passage(site):
    Passage.objects.create(evidence=site.evidence, order=2, start=0, end=1, exact="A")


def publish_again(site):
    site.briefing.refresh_from_db()
    save(site.briefing, title="A New Title")
    make_revision(site.briefing)


def restore_person(site):
    with reversion.create_revision():
        site.speaker.save()
    save(site.speaker, name="Somebody Else")
    page = stored_pages.build(site.briefing.slug).html
    assert is_fresh(site.briefing)
    history.restore(Version.objects.get_for_object(site.speaker).first(), by=make_user(Role.ADMINISTRATOR))
    return page


def restore_statement(site):
    with reversion.create_revision():
        site.statement.save()
    EDITS["relay changed"](site)
    EDITS["statement saved"](site)
    page = stored_pages.build(site.briefing.slug).html
    assert is_fresh(site.briefing)
    history.restore(Version.objects.get_for_object(site.statement).first(), by=make_user(Role.ADMINISTRATOR))
    return page


def bulk_update(site):
    site.paper.name = "The Other Paper"
    Organization.objects.bulk_update([site.paper], ["name"])


def bulk_upsert(site):
    site.paper.name = "The Other Paper"
    Organization.objects.bulk_create(
        [site.paper], update_conflicts=True, unique_fields=["slug"], update_fields=["name"]
    )


def bulk_create_evidence(site):
    copy = make_snapshot(f"Elsewhere: {WORDS}", source=make_source(title="Another Report", **PUBLIC))
    Evidence.objects.bulk_create([Evidence(statement=site.other, snapshot=copy, order=2)])


def bulk_take_over(site):
    uncited = make_statement(WORDS, snapshot=site.copy, **PUBLIC)
    Passage.objects.filter(evidence__statement=uncited).update(evidence=site.other.evidence.get(), order=2)


def load_fixture(site):
    site.statement.refresh_from_db()
    path = stored_pages.settings.VAR_DIR / "statement.json"
    fields = {
        "key": site.statement.key, "kind": "opinion", "text": WORDS, "status": "published",
        "speaker_person": [site.speaker.slug], "topics": [],
    }  # fmt: skip
    path.write_text(json.dumps([{"model": "briefings.statement", "fields": fields}]))
    call_command("loaddata", path, verbosity=0)


EDITS = {
    "statement saved": lambda site: save(site.statement, kind="paraphrase"),
    "statement updated": lambda site: Statement.objects.filter(pk=site.statement.pk).update(kind="paraphrase"),
    "statement retracted": lambda site: save(site.statement, status=Status.RETRACTED, retraction_reason="Misread."),
    "speaker changed": lambda site: save(site.statement, speaker_person=None, speaker_description="an official"),
    "evidence saved": lambda site: save(site.evidence, name_printed="the minister"),
    "evidence added": lambda site: make_evidence(site.statement, snapshot=make_snapshot(WORDS, **PUBLIC)),
    "evidence added in bulk": bulk_create_evidence,
    "wording checked": lambda site: Evidence.objects.filter(pk=site.evidence.pk).update(verdict="altered"),
    "passage added": add_passage,
    "passage moved": lambda site: save(site.other.evidence.get().passages.get(), start=0, end=1, exact="A"),
    "passage taken over in bulk": bulk_take_over,
    "relay added": lambda site: AttributionStep.objects.create(evidence=site.evidence, order=2),
    "relay changed": lambda site: save(site.evidence.steps.get(), organization=None),
    "relay updated": lambda site: AttributionStep.objects.update(organization=site.paper),
    "source saved": lambda site: save(site.source, title="A Better Title"),
    "source dated": lambda site: Source.objects.update(published="2017-09-27"),
    "source retracted": lambda site: save(site.source, status=Status.RETRACTED, retraction_reason="Forged."),
    "publisher renamed": lambda site: save(site.paper, name="The New Paper"),
    "publisher updated in bulk": bulk_update,
    "publisher upserted in bulk": bulk_upsert,
    "relay renamed": lambda site: Organization.objects.filter(pk=site.portal.pk).update(name="The New Portal"),
    "relay retracted": lambda site: save(site.portal, status=Status.RETRACTED, retraction_reason="A copy."),
    "speaker renamed": lambda site: save(site.speaker, name="The Said Speaker"),
    "author renamed": lambda site: Person.objects.filter(pk=site.author.pk).update(name="An Author"),
    "topic renamed": lambda site: save(site.topic, name="Another Topic"),
    "topic back to draft": lambda site: Topic.objects.update(status=Status.DRAFT),
    "published again": publish_again,
    "fixture loaded": load_fixture,
}
# What changes records around the page without showing on it: the bytes stay, and are still those of a fresh rendering.
UNSEEN = {
    "event renamed": lambda site: save(site.event, name="Another Event"),
    "statement filed": lambda site: site.statement.topics.add(site.topic),
    "link added": lambda site: StatementLink.objects.create(
        from_statement=site.statement, to_statement=site.other, kind=LinkKind.SUPPORTS
    ),
    "other name added": lambda site: Alias.objects.create(person=site.speaker, name="Speaker, The"),
    "draft edited": lambda site: save(Briefing.objects.get(pk=site.briefing.pk), body="Quite another text.", title="X"),
    "illustration added": lambda site: make_illustration(site.briefing),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_after_an_edit_readers_get_what_a_fresh_rendering_shows(site, client, edit):
    before = read(client, site.briefing).content
    assert is_fresh(site.briefing)
    edit(site)
    after = read(client, site.briefing).content
    briefing = Briefing.objects.select_related("current").get(pk=site.briefing.pk)
    assert after == render_page(briefing).encode()
    assert after != before
    assert read(client, site.briefing).content == after


@pytest.mark.parametrize("restore", [restore_person, restore_statement])
def test_history_brings_the_page_back_as_it_was(site, client, restore):
    before = read(client, site.briefing).content
    between = restore(site)
    assert before == read(client, site.briefing).content != between.encode()


@pytest.mark.parametrize("edit", UNSEEN.values(), ids=UNSEEN)
def test_what_does_not_show_leaves_the_page_as_it_is(site, client, edit):
    before = read(client, site.briefing).content
    edit(site)
    briefing = Briefing.objects.select_related("current").get(pk=site.briefing.pk)
    assert read(client, site.briefing).content == before == render_page(briefing).encode()


@pytest.mark.parametrize("name", ["statement saved", "evidence added", "passage added", "relay changed"])
def test_an_edit_of_a_statement_leaves_other_pages_fresh(site, client, name):
    read(client, site.elsewhere)
    EDITS[name](site)
    assert is_fresh(site.elsewhere)


def test_a_stored_page_takes_one_query_and_two_when_first_packed(site, client, django_assert_num_queries):
    read(client, site.briefing)
    with django_assert_num_queries(1):
        read(client, site.briefing)
    with django_assert_num_queries(2):
        read(client, site.briefing, accept_encoding="gzip")
    with django_assert_num_queries(1):
        read(client, site.briefing, accept_encoding="gzip")


def test_a_stored_page_is_not_rendered(site, client, monkeypatch):
    page = read(client, site.briefing).content
    monkeypatch.setattr(stored_pages, "render_page", None)
    assert read(client, site.briefing).content == page


@pytest.mark.parametrize("accept", ["", "gzip"])
def test_a_conditional_request_is_answered_by_its_etag_in_one_query(site, client, accept, django_assert_num_queries):
    etag = read(client, site.briefing, accept_encoding=accept)["ETag"]
    with django_assert_num_queries(1):
        response = read(client, site.briefing, accept_encoding=accept, if_none_match=f'"old", W/{etag}')
    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"].strip('"') == etag.strip('"').removesuffix("-gzip")


def test_a_conditional_request_gets_the_page_after_an_edit(site, client):
    etag = read(client, site.briefing)["ETag"]
    EDITS["statement saved"](site)
    response = read(client, site.briefing, if_none_match=etag)
    assert response.status_code == 200
    assert response["ETag"] != etag


@pytest.mark.parametrize(
    ("accept", "packed"),
    [("gzip, br", True), ("br;q=1, gzip;q=0.5", True), ("gzip;q=0", False), ("br", False), ("", False)],
)
def test_the_page_is_packed_where_the_browser_takes_it(site, client, accept, packed):
    read(client, site.briefing)
    response = read(client, site.briefing, accept_encoding=accept)
    assert (response.get("Content-Encoding") == "gzip") is packed
    assert response["Vary"] == "Accept-Encoding"
    assert int(response["Content-Length"]) == len(response.content)
    content = gzip.decompress(response.content) if packed else response.content
    assert content == render_page(site.briefing).encode()


def test_a_page_is_public_sets_no_cookie_and_is_asked_for_again(site, client, admin_client):
    for response in (read(client, site.briefing), read(client, site.briefing), read(admin_client, site.briefing)):
        assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert not response.cookies
        assert response["X-Frame-Options"] == "DENY"
        assert "default-src 'none'" in response["Content-Security-Policy"]


def test_head_has_the_headers_and_no_body(site, client):
    page = read(client, site.briefing)
    response = client.head(site.briefing.get_absolute_url())
    assert response.content == b""
    assert response["ETag"] == page["ETag"]
    assert response["Content-Length"] == page["Content-Length"]


def test_other_methods_and_foreign_hosts_are_refused(site, client):
    read(client, site.briefing)
    assert client.post(site.briefing.get_absolute_url()).status_code == 405
    assert client.get(site.briefing.get_absolute_url(), headers={"host": "evil.example"}).status_code == 400


def test_what_was_published_is_no_longer_answered_once_it_is_retracted_or_a_draft(site, client):
    read(client, site.briefing)
    Briefing.objects.filter(pk=site.briefing.pk).update(status=Status.RETRACTED, retraction_reason="Wrong.")
    assert read(client, site.briefing).status_code == 410
    Briefing.objects.filter(pk=site.briefing.pk).update(status=Status.DRAFT)
    assert read(client, site.briefing).status_code == 404


def test_a_new_renderer_makes_every_page_anew(site, client, monkeypatch):
    read(client, site.briefing)
    monkeypatch.setattr(stored_pages, "renderer", lambda: "another")
    assert stored_pages.stored_answer(RequestFactory().get("/"), site.briefing.slug) is None
    read(client, site.briefing)
    assert StoredPage.objects.get(briefing=site.briefing).renderer == "another"


@pytest.mark.parametrize("setting", ["SITE_URL", "SITE_NAME", "LANGUAGE_CODE"])
def test_the_renderer_follows_the_settings_that_pages_show(settings, setting):
    before = stored_pages._renderer.__wrapped__()
    setattr(settings, setting, "de" if setting == "LANGUAGE_CODE" else "https://other.example")
    assert stored_pages._renderer.__wrapped__() != before


def test_the_renderer_knows_every_template_of_the_page():
    names = stored_pages._templates(stored_pages.TEMPLATE)
    assert {"base.html", "briefings/_note.html", "briefings/_passage.html", "briefings/_words.html"} <= names.keys()


def while_rendering(monkeypatch, act):
    """Let `act` happen after the page's content was read and before it is stored."""

    def render(briefing):
        html = render_page(briefing)
        act()
        return html

    monkeypatch.setattr(stored_pages, "render_page", render)


@pytest.mark.parametrize("name", ["statement saved", "publisher renamed", "published again", "relay changed"])
@pytest.mark.parametrize("stored_before", [True, False])
def test_an_edit_while_a_page_is_rendered_leaves_it_stale(site, client, monkeypatch, name, stored_before):
    if stored_before:
        read(client, site.briefing)
        PageEpoch.objects.update(number=100)
    while_rendering(monkeypatch, lambda: EDITS[name](site))
    assert read(client, site.briefing).status_code == 200
    assert not is_fresh(site.briefing)


def test_a_briefing_that_changes_between_its_reading_and_the_claim_is_not_stored(site, client, monkeypatch):
    claim = stored_pages._claim
    monkeypatch.setattr(stored_pages, "_claim", lambda *args: (publish_again(site), claim(*args)))
    read(client, site.briefing)
    assert not is_fresh(site.briefing)


def test_of_two_readers_at_once_only_the_last_claim_is_stored(site, client, monkeypatch):
    def edited_and_claimed_by_another():
        EDITS["statement saved"](site)
        monkeypatch.setattr(stored_pages, "render_page", render_page)
        stored_pages.build(site.briefing.slug)

    while_rendering(monkeypatch, edited_and_claimed_by_another)
    read(client, site.briefing)
    briefing = Briefing.objects.get(pk=site.briefing.pk)
    assert StoredPage.objects.get(briefing=briefing).html == render_page(briefing)
    assert is_fresh(briefing)


@pytest.mark.django_db(transaction=True)
def test_the_first_rendering_waits_for_an_edit_that_is_under_way(site):
    marked = threading.Event()

    def edit():
        with transaction.atomic():
            EDITS["statement saved"](site)
            marked.set()
            time.sleep(0.5)
        connection.close()

    editor = threading.Thread(target=edit)
    editor.start()
    marked.wait()
    stored_pages.build(site.briefing.slug)
    editor.join()
    if is_fresh(site.briefing):
        stored = StoredPage.objects.get(briefing=site.briefing).html
        assert stored == render_page(Briefing.objects.select_related("current").get(pk=site.briefing.pk))


def test_a_page_that_cannot_be_stored_is_shown_all_the_same(site, client, monkeypatch):
    def full(*args):
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(stored_pages, "_claim", full)
    response = read(client, site.briefing)
    assert response.content == render_page(site.briefing).encode()
    assert not StoredPage.objects.exists()


def test_the_first_page_of_a_new_database_is_stored(site, client):
    PageEpoch.objects.all().delete()
    read(client, site.briefing)
    assert is_fresh(site.briefing)


def test_a_page_is_the_same_at_another_time_and_in_another_language(site, client, settings):
    page = render_page(site.briefing)
    with stored_pages.timezone.override(datetime.now(UTC).astimezone().tzinfo):
        assert render_page(site.briefing) == page
