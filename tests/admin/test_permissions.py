"""What the screens of the admin refuse and what its lists leave out. Who gets which address is in `test_access`."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse

from briefings.models import Alias, Briefing, Evidence, Publishable, Snapshot, Statement, User
from briefings.permissions import Role
from tests.factories import (
    make_briefing,
    make_claim,
    make_event,
    make_organization,
    make_person,
    make_published_briefing,
    make_snapshot,
    make_source,
    make_statement,
    make_topic,
    make_user,
)

from .forms import fields_of

ROLES = [None, Role.CONTRIBUTOR, Role.EDITOR, Role.PUBLISHER, Role.ADMINISTRATOR]
NOUNS = ["briefing", "statement", "source", "organization", "person", "event", "topic"]
MAKERS = {
    "briefing": lambda **fields: make_briefing("Nothing cited.", **fields),
    "statement": lambda **fields: make_statement(**fields),
    "source": make_source,
    "organization": make_organization,
    "person": make_person,
    "event": make_event,
    "topic": make_topic,
}
LOGIN, YES, NO = "log in", "yes", "no"


def outcome(response):
    """Say what came of a request: sent to log in, let in, or not (what is out of reach sends to the front page)."""
    if response.status_code == 302 and response.url.startswith("/admin/login/"):
        return LOGIN
    if response.status_code in (403, 404) or (response.status_code == 302 and response.url == "/admin/"):
        return NO
    assert response.status_code in (200, 302), response.status_code
    return YES


def address(noun, screen, pk):
    return reverse(f"admin:briefings_{noun}_{screen}", args=[pk])


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_lists_and_searches_are_for_the_desk_and_people_for_administrators(log_in, role):
    client = log_in(role)
    for model in admin.site._registry:
        opts = model._meta
        people = model is User or opts.app_label == "auth"
        expected = LOGIN if role is None else YES if not people or role == Role.ADMINISTRATOR else NO
        assert outcome(client.get(reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist"))) == expected, opts
    search = "/admin/autocomplete/?app_label=briefings&model_name=user&field_name=groups&term="
    assert outcome(client.get(search)) == (LOGIN if role is None else YES if role == Role.ADMINISTRATOR else NO)


def test_every_model_of_ours_that_people_work_with_has_its_screens():
    registered = {model._meta.model_name for model in admin.site._registry}
    assert registered == {*NOUNS, "snapshot", "evidence", "claim", "publishedrevision", "user", "group"}


@pytest.mark.parametrize("noun", NOUNS)
def test_lists_and_searches_show_a_contributor_their_own_drafts_and_what_is_public(contributor, editor, noun):
    mine = MAKERS[noun](created_by=contributor.user)
    other, public = MAKERS[noun](), MAKERS[noun](status="published")
    changelist = reverse(f"admin:briefings_{noun}_changelist")
    seen = {thing.pk for thing in contributor.get(changelist).context["cl"].result_list}
    assert mine.pk in seen and other.pk not in seen
    assert (public.pk in seen) == (noun != "briefing")
    assert other.pk in {thing.pk for thing in editor.get(changelist).context["cl"].result_list}


@pytest.mark.parametrize("noun", NOUNS)
def test_what_a_contributor_may_not_change_is_not_changed_by_a_hostile_post(contributor, noun):
    for thing in (MAKERS[noun](), MAKERS[noun](status="published")):
        before = type(thing).objects.values().get(pk=thing.pk)
        for screen, fields in {
            "change": {"title": "x", "name": "x", "text": "x", "seen_version": "1"},
            "delete": {"post": "yes"},
            "publish": {"confirm": "1", "seen": f"{noun}:{thing.pk}:1"},
            "retract": {"confirm": "1", "reason": "x"},
        }.items():
            contributor.post(address(noun, screen, thing.pk), fields)
            assert type(thing).objects.values().get(pk=thing.pk) == before, screen


def test_a_contributor_is_offered_no_bulk_publication_and_may_not_force_one(contributor):
    mine = make_topic(created_by=contributor.user)
    assert "publish_selected" not in contributor.get("/admin/briefings/topic/").content.decode()
    fields = {"action": "publish_selected", "_selected_action": [mine.pk], "confirm": "1", "seen": f"topic:{mine.pk}:1"}
    contributor.post("/admin/briefings/topic/", fields)
    mine.refresh_from_db()
    assert not mine.is_public


def test_nobody_changes_or_deletes_a_stored_copy_or_a_published_revision(administrator):
    superuser = User.objects.create_superuser("root", password="secret")
    revision = make_published_briefing().current
    copy = make_snapshot()
    for user in (administrator.user, superuser):
        administrator.force_login(user)
        for noun, thing in (("snapshot", copy), ("publishedrevision", revision)):
            before = type(thing).objects.values().get(pk=thing.pk)
            assert administrator.post(address(noun, "delete", thing.pk), {"post": "yes"}).status_code == 403
            administrator.post(address(noun, "change", thing.pk), {"text": "x", "body": "x"})
            fields = {"action": "delete_selected", "_selected_action": [thing.pk], "post": "yes"}
            administrator.post(reverse(f"admin:briefings_{noun}_changelist"), fields)
            assert type(thing).objects.values().get(pk=thing.pk) == before


def test_nothing_published_is_deleted_and_the_refusal_is_a_sentence(administrator):
    superuser = User.objects.create_superuser("root", password="secret")
    administrator.force_login(superuser)
    for noun in NOUNS:
        thing = MAKERS[noun](status="published")
        assert 'class="deletelink"' not in administrator.get(address(noun, "change", thing.pk)).content.decode()
        shown = administrator.post(address(noun, "delete", thing.pk), {"post": "yes"}, follow=True).content.decode()
        assert "retract it instead" in shown
        fields = {"action": "delete_selected", "_selected_action": [thing.pk], "post": "yes"}
        administrator.post(reverse(f"admin:briefings_{noun}_changelist"), fields)
        assert type(thing).objects.filter(pk=thing.pk).exists(), noun


def test_drafts_are_deleted_one_by_one_and_in_bulk_and_what_rests_on_them_is_named(editor):
    topic, parent = make_topic(), make_topic(name="The parent")
    child = make_topic(name="The child", parent=parent)
    assert editor.post(address("topic", "delete", topic.pk), {"post": "yes"}).status_code == 302
    shown = editor.get(address("topic", "delete", parent.pk)).content.decode()
    assert "because this rests on it" in shown and "The child" in shown
    fields = {"action": "delete_selected", "_selected_action": [child.pk], "post": "yes"}
    editor.post("/admin/briefings/topic/", fields)
    assert editor.post(address("topic", "delete", parent.pk), {"post": "yes"}).status_code == 302
    assert not type(topic).objects.exists()


def test_a_bulk_deletion_with_something_published_in_it_deletes_nothing_and_says_why(editor):
    draft, public = make_topic(), make_topic(name="Public", status="published")
    fields = {"action": "delete_selected", "_selected_action": [draft.pk, public.pk], "post": "yes"}
    for sent in (fields, {**fields, "post": ""}):
        shown = editor.post("/admin/briefings/topic/", sent, follow=True).content.decode()
        assert "“Public” has been published" in shown
    assert type(draft).objects.count() == 2


def test_evidence_and_claims_are_asked_about_through_their_statement(contributor):
    mine, other = make_statement(created_by=contributor.user), make_statement()
    claims = make_claim(mine, make_organization()), make_claim(other, make_organization())
    evidence = mine.evidence.get(), other.evidence.get()
    for noun, (own, others) in {"claim": claims, "evidence": evidence}.items():
        assert contributor.get(address(noun, "change", own.pk)).status_code == 200
        assert outcome(contributor.get(address(noun, "change", others.pk))) == NO
        listed = contributor.get(reverse(f"admin:briefings_{noun}_changelist")).context["cl"].result_list
        assert [row.pk for row in listed] == [own.pk]


def test_claims_of_hidden_statements_are_not_shown_on_public_things(contributor, editor):
    organization = make_organization(status="published")
    make_claim(make_statement(), organization, value="a hidden claim")
    where = address("organization", "change", organization.pk)
    assert "a hidden claim" not in contributor.get(where).content.decode()
    assert "a hidden claim" in editor.get(where).content.decode()


def test_who_made_something_is_recorded_and_cannot_be_sent_along(contributor, editor):
    where = "/admin/briefings/organization/add/"
    fields = fields_of(contributor.get(where)) | {"name": "Body", "slug": "body", "kind": "other"}
    fields |= {"created_by": editor.user.pk, "aliases-TOTAL_FORMS": "1", "aliases-0-name": "B"}
    fields |= {"aliases-0-kind": "acronym", "aliases-0-language": "en"}
    assert contributor.post(where, fields).status_code == 302
    assert Alias.objects.get().created_by == contributor.user
    assert Alias.objects.get().organization.created_by == contributor.user


def test_roles_open_the_desk_and_staff_status_alone_does_not(log_in, client):
    make_user(None, username="staff", is_staff=True)
    make_user(Role.CONTRIBUTOR, username="carla")
    make_user(Role.EDITOR, username="gone", is_active=False)
    for name, sentence in (("staff", "you have no role here yet"), ("gone", "correct username and password")):
        shown = client.post("/admin/login/", {"username": name, "password": "secret"}).content.decode()
        assert sentence in shown
    assert client.post("/admin/login/?next=/admin/", {"username": "carla", "password": "secret"}).url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_the_front_page_shows_what_one_may_work_with(contributor, administrator):
    assert "People at the desk" not in contributor.get("/admin/").content.decode()
    shown = administrator.get("/admin/").content.decode()
    assert shown.index("Content") < shown.index("Reference") < shown.index("People at the desk")


SECRET = "what nobody else may read"


def test_a_draft_that_may_not_be_read_cannot_be_chosen_by_its_number(contributor):
    """Neither from a form that names it, which would then show what it is called, nor by an address."""
    hidden, relay = make_topic(name=SECRET), make_organization(name=SECRET)
    copy = make_snapshot(f"Here stands {SECRET}.", source=make_source(title=SECRET))
    where = "/admin/briefings/statement/add/"
    fields = fields_of(contributor.get(where)) | {"key": "mine", "kind": "paraphrase", "text": "So."}
    fields |= {
        "topics": [hidden.pk],
        "speaker_person": make_person(name=SECRET).pk,
        "event": make_event(name=SECRET).pk,
    }
    fields |= {"evidence-0-snapshot": copy.pk, "evidence-0-words": "stands"}
    fields |= {"evidence-0-route-0-relay": f"organization:{relay.pk}"}
    refused = contributor.post(where, fields)
    assert {"topics", "speaker_person", "event"} <= set(refused.context["adminform"].form.errors)
    assert {"snapshot", "route"} <= set(refused.context["inline_admin_formsets"][0].formset.errors[0])
    assert SECRET not in refused.content.decode()
    assert SECRET not in contributor.get(f"/admin/briefings/topic/add/?parent={hidden.pk}").content.decode()
    assert SECRET in editor_sees(f"/admin/briefings/topic/add/?parent={hidden.pk}")


def editor_sees(where):
    client = Client()
    client.force_login(make_user(Role.EDITOR))
    return client.get(where).content.decode()


def test_what_an_editor_chose_stays_when_a_contributor_saves(contributor):
    hidden, relay = make_topic(), make_organization()
    statement = make_statement(created_by=contributor.user, topics=[hidden], relays=[relay])
    where = f"/admin/briefings/statement/{statement.pk}/change/"
    assert contributor.post(where, fields_of(contributor.get(where)) | {"speaker_reason": "asked"}).status_code == 302
    statement.refresh_from_db()
    assert (statement.speaker_reason, list(statement.topics.all())) == ("asked", [hidden])
    assert statement.evidence.get().steps.get().organization == relay


def test_a_contributor_cites_no_statement_that_only_others_may_read(contributor):
    """Its words would stand in the preview."""
    make_statement(SECRET, key="hidden")
    where = "/admin/briefings/briefing/add/"
    fields = fields_of(contributor.get(where)) | {"title": "Mine", "slug": "mine", "body": "One.\n\nSo.[@hidden]"}
    refused = contributor.post(where, fields)
    assert refused.context["adminform"].form.errors["body"] == [
        "Line 3: There is no statement “hidden”. Correct the key, or add the statement first."
    ]
    mine = make_briefing("So.[@hidden]", created_by=contributor.user)  # as an editor left it
    where = f"/admin/briefings/briefing/{mine.pk}/change/"
    assert contributor.post(where, fields_of(contributor.get(where)) | {"title": "New"}).status_code == 302


def test_an_administrator_adds_somebody_with_a_role(administrator):
    where = "/admin/briefings/user/add/"
    fields = fields_of(administrator.get(where)) | {"username": "dora", "usable_password": "true"}
    fields |= {"password1": "a-long-secret-7", "password2": "a-long-secret-7"}
    assert administrator.post(where, fields).status_code == 302
    assert User.objects.get(username="dora").check_password("a-long-secret-7")


def test_every_address_of_the_admin_is_behind_the_login(client):
    for model in [*admin.site._registry]:
        opts = model._meta
        for screen in ("changelist", "add", "recoverlist"):
            try:
                where = reverse(f"admin:{opts.app_label}_{opts.model_name}_{screen}")
            except NoReverseMatch:
                continue
            assert outcome(client.get(where)) == LOGIN, where
    for where in ("/admin/", "/admin/autocomplete/", "/admin/password_change/", "/admin/jsi18n/"):
        assert outcome(client.get(where)) == LOGIN, where
    assert outcome(client.get(reverse("admin:briefings_evidence_parties"))) == LOGIN


def test_every_public_noun_is_in_these_tables():
    nouns = {model._meta.model_name for model in admin.site._registry if issubclass(model, Publishable)}
    assert nouns == set(NOUNS) == set(MAKERS)
    assert {Briefing, Statement, Evidence, Snapshot} <= set(admin.site._registry)


@pytest.mark.parametrize(
    "where",
    [
        "/admin/briefings/topic/?q=%00",
        "/admin/briefings/topic/?p=1000000000",
        "/admin/briefings/topic/?status__exact=%00&o=9.-9",
        "/admin/briefings/topic/?no_such_field=1",
        "/admin/briefings/briefing/?modified_at__year=99999999999999999999",
        "/admin/briefings/topic/99999999999999999999999/change/",
        "/admin/briefings/topic/%00/change/",
        "/admin/briefings/topic/1/history/99999999999999999999999/",
        "/admin/briefings/topic/recover/99999999999999999999999/",
        "/admin/briefings/topic/x/publish/",
        "/admin/briefings/statement/add/?speaker_person=" + "9" * 30,
        "/admin/briefings/statement/add/?topics=" + "9" * 30,
        "/admin/autocomplete/?app_label=briefings&model_name=topic&field_name=parent&term=%00",
        "/admin/autocomplete/?app_label=briefings&model_name=topic&field_name=parent&page=1000000000",
        "/admin/briefings/evidence/parties/?term=" + "x" * 8000,
    ],
)
def test_absurd_addresses_are_no_server_error(administrator, where):
    assert administrator.get(where).status_code in (200, 302, 400, 403, 404)


def test_absurd_numbers_of_records_are_refused_with_a_sentence(editor):
    where = "/admin/briefings/statement/add/"
    fields = fields_of(editor.get(where)) | {"speaker_person": "9" * 30, "topics": ["9" * 30, "x"], "event": "\x00"}
    response = editor.post(where, fields | {"evidence-0-snapshot": "9" * 30, "evidence-TOTAL_FORMS": "1"})
    assert response.status_code == 200
    assert {"speaker_person", "topics", "event"} <= set(response.context["adminform"].form.errors)
    assert editor.post(where, fields | {"evidence-0-places-0": "9" * 5000}).status_code == 200
