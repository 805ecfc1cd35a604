"""Who gets which address: every URL of the site × every role × every state of what it shows. One without a rule fails.

The rules are in `access`. A row has a letter for each role, from the anonymous reader to the administrator: `l` sent to
log in, `y` let in, `n` refused or not found, `g` gone (a tombstone).
"""

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from briefings.permissions import Role
from tests.access import LETTERS, MODELS, RULES, things_of
from tests.factories import make_user

ROLES = [None, Role.CONTRIBUTOR, Role.EDITOR, Role.PUBLISHER, Role.ADMINISTRATOR]


def names(resolver=None, namespace=""):
    """The name of every URL of the site; those of the admin begin with `admin:`."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            yield from names(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace)


def outcome(response):
    """The letter for what came of a request; what is out of reach of the admin sends to the front page."""
    if response.status_code == 302 and "/admin/login/" in response.url:
        return "l"
    if response.status_code in (403, 404) or (response.status_code == 302 and response.url == "/admin/"):
        return "n"
    if response.status_code == 410:
        return "g"
    assert response.status_code in (200, 301, 302, 304, 400, 405, 409, 422), response.status_code
    return "y"


@pytest.mark.django_db
def test_every_address_has_a_rule_and_every_rule_an_address():
    there = {name for name in names() if not name.endswith("None")}  # what has no name leads to something that has
    assert there - set(RULES) == set(), "an address without a rule"
    assert set(RULES) - there == set(), "a rule without an address"


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES, ids=str)
def test_every_address_answers_each_role_as_the_rules_say(role, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = Client()
    user = make_user(role) if role else make_user(None)
    if role:
        client.force_login(user)
    things = things_of(user)
    wrong = []
    for name, rule in RULES.items():
        for state, row in rule.rows.items():
            asked = rule.asked(things, state)
            address = reverse(name, args=asked.args) + asked.query
            answer = client.post(address, asked.fields) if rule.posts else client.get(address)
            found, expected = outcome(answer), row[ROLES.index(role)]
            if found != expected:
                wrong.append(f"{address} ({name}, {state}): {LETTERS[found]}, not {LETTERS[expected]}")
    assert not wrong, "\n".join(wrong)


def test_every_model_of_the_desk_is_in_the_rules():
    from django.contrib import admin

    assert {model._meta.model_name for model in admin.site._registry} == set(MODELS)
