"""The front page of the desk and the health page: what needs whom, counted, each with a way to where it is mended."""

import pytest
from django.utils import timezone

from briefings.models import Contribution, Evidence
from tests.factories import make_briefing, make_published_briefing, make_statement, make_user

pytestmark = pytest.mark.django_db


def panel(client, name):
    return next((one for one in client.get("/admin/").context["panels"] if one.name == name), None)


def titles(client, name):
    return [briefing.title for _address, briefing in panel(client, name).rows]


def test_my_drafts_are_those_i_began_and_those_i_write_on(contributor, editor):
    make_briefing("So.", title="Mine", created_by=contributor.user)
    shared = make_briefing("So.", title="Shared")
    Contribution.objects.create(briefing=shared, user=contributor.user)
    make_briefing("So.", title="Other", created_by=editor.user)
    assert set(titles(contributor, "drafts")) == {"Mine", "Shared"}


def test_what_is_published_and_untouched_since_is_no_draft(editor):
    done = make_published_briefing("So.", title="Done", created_by=editor.user)
    assert titles(editor, "drafts") == []
    Contribution.objects.create(briefing=done, user=editor.user)
    done.body = "So it is."
    done.save()
    assert titles(editor, "drafts") == ["Done"]


def test_reviews_wait_for_those_who_did_not_write(editor, publisher, contributor):
    make_briefing("So.", title="To read", created_by=publisher.user, stage="in-review")
    assert titles(editor, "reviews") == ["To read"]
    assert titles(publisher, "reviews") == []
    assert panel(contributor, "reviews") is None


def test_what_is_scheduled_stands_in_its_order(editor):
    later, sooner = timezone.now() + timezone.timedelta(days=2), timezone.now() + timezone.timedelta(days=1)
    make_briefing("So.", title="Later", stage="scheduled", scheduled_for=later)
    make_briefing("So.", title="Sooner", stage="scheduled", scheduled_for=sooner)
    assert titles(editor, "scheduled") == ["Sooner", "Later"]


def test_broken_evidence_is_counted_and_its_link_lists_it(editor):
    make_statement(status="published")
    broken = make_statement(status="published").evidence.get()
    Evidence.objects.filter(pk=broken.pk).update(location="gone")
    address, number, _words = next(
        line for line in editor.get("/admin/").context["waiting"] if "no longer holds" in line[2]
    )
    assert number == 1
    assert [row.pk for row in editor.get(address).context["cl"].result_list] == [broken.pk]


def test_every_count_leads_to_a_page(administrator):
    lines = administrator.get("/admin/").context["waiting"]
    assert len(lines) >= 4
    assert {administrator.get(address).status_code for address, _number, _words in lines} == {200}


def test_the_front_page_asks_no_more_questions_of_many_briefings(editor, django_assert_max_num_queries):
    for number in range(12):
        make_briefing("So.", created_by=editor.user, stage="in-review" if number % 2 else "draft")
    with django_assert_max_num_queries(40):
        editor.get("/admin/")


def test_health_is_for_editors_and_each_list_has_its_page(contributor, editor):
    assert contributor.get("/admin/health/").status_code == 403
    for name in ("uncited", "contradicted", "one-origin", "second-hand", "no-copy", "loose-topic", "nonsense"):
        assert editor.get(f"/admin/health/?show={name}").status_code == 200


def test_a_paragraph_without_a_citation_is_named_with_its_line(editor):
    cited = make_statement(status="published").key
    make_published_briefing(f"So it was.[@{cited}]\n\nNobody says why this happened at all.", title="Half cited")
    shown = editor.get("/admin/health/").content.decode()
    assert "Half cited" in shown and "lines 3" in shown


def test_the_health_page_names_statements_that_nothing_cites(editor):
    make_statement("Nobody cites these words.", status="published")
    assert "Nobody cites these words." in editor.get("/admin/health/?show=loose-statement").content.decode()


def test_drafts_of_others_are_not_on_a_contributors_page(contributor):
    make_briefing("So.", title="Hidden from view", created_by=make_user())
    assert "Hidden from view" not in contributor.get("/admin/").content.decode()
