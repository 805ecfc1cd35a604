"""Four eyes: on unless somebody switched them off, who may, and that the log keeps who did it and why."""

import pytest
from django.core.exceptions import PermissionDenied

from briefings.editorial.switches import SwitchRefused, four_eyes, switch_four_eyes
from briefings.models import DeskSettings, LogEntry
from briefings.permissions import Role
from config import settings as site_settings
from tests.factories import make_user


@pytest.fixture
def administrator(db):
    return make_user(Role.ADMINISTRATOR)


def test_four_eyes_are_on_unless_a_setting_or_an_administrator_says_otherwise(administrator, settings):
    assert site_settings.FOUR_EYES is True
    for value in (True, False):
        settings.FOUR_EYES = value
        assert four_eyes() is value
    switch_four_eyes(True, by=administrator, reason="We are two now.")
    assert four_eyes()
    settings.FOUR_EYES = True
    switch_four_eyes(False, by=administrator, reason="Holidays.")
    assert not four_eyes()


def test_each_switch_stands_in_the_log_with_its_reason(administrator, settings):
    settings.FOUR_EYES = True
    switch_four_eyes(False, by=administrator, reason=" Holidays.\x00\nBack on Monday. ")
    entry = LogEntry.objects.get()
    assert (entry.act, entry.by, entry.details) == ("switch", administrator, {"four_eyes": False})
    assert entry.sentence == "Switched four eyes off: Holidays. Back on Monday."


def test_a_switch_needs_a_reason_and_a_change(administrator):
    for on, reason, code in ((True, " ", "no-switch-reason"), (False, "Why.", "switched-already")):
        with pytest.raises(SwitchRefused) as refused:
            switch_four_eyes(on, by=administrator, reason=reason)
        assert [problem.code for problem in refused.value.problems] == [code]
    assert not LogEntry.objects.exists() and not four_eyes()


@pytest.mark.parametrize("role", [None, Role.CONTRIBUTOR, Role.EDITOR, Role.PUBLISHER])
def test_only_administrators_switch(db, role):
    with pytest.raises(PermissionDenied):
        switch_four_eyes(True, by=make_user(role), reason="Why.")
    assert not DeskSettings.objects.exists()
