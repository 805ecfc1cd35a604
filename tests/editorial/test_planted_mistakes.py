"""Mistakes planted in a copy of a seed briefing are each found at their line: live, by the command, at publication."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from briefings.editorial import PublicationRefused, body_problems, plan_publication, publish
from briefings.models import Briefing, Statement, StatementLink
from tests.factories import make_statement, make_user

pytestmark = pytest.mark.usefixtures("seed")


def copy_of(slug, **changes):
    """A draft with the text of a seed briefing, in which each of `changes` stands for what it names."""
    body = Briefing.objects.get(slug=slug).body
    for before, after in changes.get("replaced", {}).items():
        assert body.count(before) >= 1, before
        body = body.replace(before, after, 1)
    seed = Briefing.objects.get(slug=slug)
    return Briefing.objects.create(
        title="A copy", slug="a-copy", standfirst="Copied.", body=body, language=seed.language
    )


def line_of(body, words):
    return body[: body.index(words)].count("\n") + 1


def test_the_seed_briefings_pass_every_check():
    for briefing in Briefing.objects.all():
        assert [str(one) for one in body_problems(briefing.body, briefing=briefing) if one.is_open] == []
    call_command("check_evidence", "--strict", stdout=StringIO())


def test_planted_mistakes_are_reported_at_their_lines_by_every_door():
    draft = copy_of(
        "how-interpol-is-built",
        replaced={
            "highest decision-making body": "highest decision-taking body",
            "the page counts 194 of these": "the page counts 195 of these",
            "in 1923,": "in 1932,",
            "## The committee oversees\n": "## The committee oversees\n\nIt is the stronger of them.\n",
        },
    )
    seat = Statement.objects.get(key="explainer-secretariat-lyon")
    other = make_statement(key="other-seat", status="published")
    StatementLink.objects.create(from_statement=other, to_statement=seat, kind="contradicts")
    expected = {
        ("quotation-not-in-cited-passage", line_of(draft.body, "decision-taking")),
        ("number-not-cited", line_of(draft.body, "195")),
        ("number-not-cited", line_of(draft.body, "1932")),
        ("uncited-paragraph", line_of(draft.body, "It is the stronger")),
        ("contradiction-not-mentioned", line_of(draft.body, "based in Lyon")),
    }
    live = {(one.code, one.line) for one in body_problems(draft.body, briefing=draft)}
    assert live - expected == {("one-origin", 1)} and expected <= live

    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_evidence", "a-copy", "--format", "json", stdout=out)
    (reported,) = json.loads(out.getvalue())
    assert expected <= {(one["code"], one["line"]) for one in reported["problems"]}

    publisher = make_user()
    assert expected <= {(one.code, one.line) for one in plan_publication(draft, by=publisher).problems}
    with pytest.raises(PublicationRefused) as refused:
        publish(draft, by=publisher)
    assert {one.code for one in refused.value.problems} >= {"quotation-not-in-cited-passage", "open-warnings"}
    draft.refresh_from_db()
    assert not draft.is_public
