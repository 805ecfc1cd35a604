"""A list costs the same number of queries whether it shows 5 rows or 50."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    make_claim,
    make_event,
    make_organization,
    make_person,
    make_published_briefing,
    make_source,
    make_statement,
    make_topic,
    make_user,
)

MAKERS = {
    "briefing": lambda: make_published_briefing("Nothing cited."),
    "publishedrevision": lambda: make_published_briefing("Nothing cited."),
    "statement": lambda: make_statement(speaker=make_person()),
    "source": lambda: make_source(publisher=make_organization()),
    "snapshot": lambda: make_statement(),
    "evidence": lambda: make_statement(),
    "claim": lambda: make_claim(make_statement(), make_organization(), "member-of", object=make_organization()),
    "organization": lambda: make_claim(make_statement(), make_organization()),
    "person": make_person,
    "event": make_event,
    "topic": lambda: make_topic(parent=make_topic()),
    "user": make_user,
}


@pytest.mark.parametrize("noun", MAKERS)
def test_the_queries_of_a_list_do_not_grow_with_its_rows(administrator, noun):
    where = reverse(f"admin:briefings_{noun}_changelist")

    def queries(rows):
        while len(administrator.get(where).context["cl"].result_list) < rows:
            MAKERS[noun]()
        with CaptureQueriesContext(connection) as captured:
            administrator.get(where)
        return len(captured)

    few = queries(5)
    assert queries(50) == few
    assert few <= 12


def test_typing_to_find_costs_the_same_however_much_is_found(administrator):
    where = "/admin/autocomplete/?app_label=briefings&model_name=evidence&field_name=snapshot&term=report"

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert administrator.get(where).json()["results"]
        return len(captured)

    for _ in range(2):
        make_statement()
    few = queries()
    for _ in range(15):
        make_statement()
    assert queries() == few
