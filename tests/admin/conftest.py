"""Somebody of each role, logged in to the desk."""

import pytest
from django.test import Client

from briefings.permissions import Role
from tests.factories import make_user


@pytest.fixture
def log_in(db):
    """A function from a Role (or None) to a client logged in as somebody new with it; the user is `client.user`."""

    def log_in(role):
        client = Client()
        client.user = make_user(role, first_name=role.name.title() if role else "Nobody")
        client.force_login(client.user)
        return client

    return log_in


@pytest.fixture
def editor(log_in):
    return log_in(Role.EDITOR)


@pytest.fixture
def publisher(log_in):
    return log_in(Role.PUBLISHER)


@pytest.fixture
def contributor(log_in):
    return log_in(Role.CONTRIBUTOR)


@pytest.fixture
def administrator(log_in):
    return log_in(Role.ADMINISTRATOR)
