"""`check_evidence`: what it prints in each format, and when it fails."""

import json
import os
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from briefings.editorial.problems import ASKING
from briefings.models import Briefing
from tests.factories import make_briefing, make_published_briefing, make_statement


def run(*args):
    out = StringIO()
    call_command("check_evidence", *args, stdout=out)
    return out.getvalue()


def failing(*args):
    out = StringIO()
    with pytest.raises(CommandError) as failed:
        call_command("check_evidence", *args, stdout=out)
    return out.getvalue(), str(failed.value)


@pytest.fixture
def briefings(db):
    make_statement(key="said", status="published")
    make_briefing("A.[@said]\n\n“Made up”.[@said]", slug="wrong")
    make_briefing("A.[@said]", slug="waiting", accepted=False)
    make_published_briefing("A.[@said]", slug="well")
    make_published_briefing("A.[@said]", slug="gone")
    Briefing.objects.filter(slug="gone").update(status="retracted", retraction_reason="Wrong.")


def test_text_names_briefing_line_and_code(briefings):
    out, why = failing()
    assert "wrong:3: error quotation-not-in-cited-passage: " in out
    assert "well:1: warning one-origin: " in out and "Accepted: Known." in out
    assert "Briefings checked: 3. Errors: 1. Warnings without a word: 1." in out
    assert "1" in why and "gone:" not in out


def test_only_open_warnings_fail_a_strict_run(briefings):
    run("well", "waiting")
    run("well", "--strict")
    failing("waiting", "--strict")


def test_an_unknown_name_is_refused(briefings):
    assert "nobody" in failing("nobody")[1]


def test_what_readers_see_is_checked_on_demand(briefings):
    from_published = run("--published")
    assert "well:1" in from_published and "wrong:" not in from_published


def test_json_has_every_finding(briefings):
    (one,) = json.loads(failing("wrong", "--format", "json")[0])
    assert one["slug"] == "wrong"
    (error,) = [found for found in one["problems"] if found["severity"] == "error"]
    assert error["line"] == 3 and "Made up" in error["sentence"] and error["remedy"]


def test_sarif_has_rules_with_help_places_and_suppressions(briefings):
    log = json.loads(failing("--format", "sarif")[0])
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-schema-2.1.0.json")
    (one,) = log["runs"]
    rules = one["tool"]["driver"]["rules"]
    assert {rule["id"] for rule in rules} >= ASKING
    for rule in rules:
        assert rule["help"]["text"] and rule["shortDescription"]["text"] and "%(" not in json.dumps(rule)
        assert rule["defaultConfiguration"]["level"] in ("error", "warning")
    for result in one["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] and result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"].startswith("briefings/") and place["region"]["startLine"] >= 1
        assert place["artifactLocation"]["uriBaseId"] in one["originalUriBaseIds"]
    suppressed = [result for result in one["results"] if "suppressions" in result]
    assert {result["suppressions"][0]["justification"] for result in suppressed} == {"Known."}


def test_it_starts_from_a_shell(tmp_path):
    environment = {**os.environ, "DJANGO_DEBUG": "true", "BRIEFINGS_VAR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "manage.py", "check_evidence", "--help"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0 and "SARIF" in done.stdout, done.stderr
