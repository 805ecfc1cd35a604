"""The table of roles: one row an act, one column a role, asked of `may` alone."""

import pytest
from django.contrib.auth.models import AnonymousUser

from briefings.models import Status, User
from briefings.permissions import GROUPS, Role, may, role_of
from tests.factories import make_snapshot, make_topic, make_user

ROLES = [Role.ANONYMOUS, Role.CONTRIBUTOR, Role.EDITOR, Role.PUBLISHER, Role.ADMINISTRATOR]
TABLE = {  # what anonymous, contributor, editor, publisher and administrator may do
    ("read", "public"): "+++++",
    ("read", "own draft"): "-++++",
    ("read", "draft"): "--+++",
    ("history", "own draft"): "-++++",
    ("history", "draft"): "--+++",
    ("read", "model"): "-++++",
    ("add", "model"): "-++++",
    ("change", "own draft"): "-++++",
    ("change", "draft"): "--+++",
    ("change", "own public"): "--+++",
    ("delete", "own draft"): "-++++",
    ("delete", "draft"): "--+++",
    ("delete", "public"): "-----",
    ("recapture", "model"): "--+++",
    ("publish", "own draft"): "---++",
    ("publish", "draft"): "---++",
    ("retract", "public"): "---++",
    ("change", "snapshot"): "-----",
    ("delete", "snapshot"): "-----",
    ("add", "snapshot"): "-++++",
    ("change", "user"): "----+",
    ("add", "user model"): "----+",
}


def thing_for(name, user):
    own = {"created_by": user} if name.startswith("own") and user.is_authenticated else {}
    return {
        "model": lambda: type(make_topic()),
        "public": lambda: make_topic(status=Status.PUBLISHED),
        "snapshot": make_snapshot,
        "user": make_user,
        "user model": lambda: User,
    }.get(name, lambda: make_topic(status=Status.PUBLISHED if "public" in name else Status.DRAFT, **own))()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("question", "answers"), TABLE.items())
def test_the_table_of_roles(db, question, answers, role):
    user = AnonymousUser() if role == Role.ANONYMOUS else make_user(role)
    act, name = question
    assert may(user, act, thing_for(name, user)) is (answers[role] == "+")


def test_a_superuser_changes_no_snapshot_and_deletes_nothing_public(db):
    root = User.objects.create_superuser("root")
    assert may(root, "publish", make_topic())
    assert not may(root, "change", make_snapshot())
    assert not may(root, "delete", make_topic(status=Status.PUBLISHED))


def test_a_disabled_account_may_nothing(db):
    user = make_user(Role.ADMINISTRATOR, is_active=False)
    assert role_of(user) == Role.ANONYMOUS
    assert not may(user, "add", type(make_topic()))


def test_the_highest_group_counts(db):
    user = make_user(Role.CONTRIBUTOR)
    user.groups.add(make_user(Role.EDITOR).groups.get())
    assert role_of(user) == Role.EDITOR
    assert set(GROUPS.values()) == set(Role) - {Role.ANONYMOUS}
