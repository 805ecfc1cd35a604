"""What an administrator switches for the whole desk. Each switch is an act, with a reason, and stands in the log."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from briefings.models import DeskSettings, User
from briefings.permissions import SWITCH, may

from .log import log
from .problems import Refused, problem
from .typed import line


class SwitchRefused(Refused):
    """Nothing was switched."""


def four_eyes() -> bool:
    """Tell whether a briefing is published only after somebody who did not write it has approved it."""
    return DeskSettings.current().four_eyes


def switch_four_eyes(on: bool, *, by: User, reason: str) -> None:
    """Switch four eyes on or off for the whole desk, and log who did it and why.

    Raises PermissionDenied, or SwitchRefused without a reason or where nothing would change.
    """
    if not may(by, SWITCH, DeskSettings):
        raise PermissionDenied(_("Only an administrator can switch this. It stays as it is."))
    reason = line(reason)
    with transaction.atomic():
        DeskSettings.objects.get_or_create(pk=1, defaults={"four_eyes": four_eyes()})
        stored = DeskSettings.objects.select_for_update().get(pk=1)
        if stored.four_eyes == on:
            raise SwitchRefused([problem("switched-already")])
        if not reason:
            raise SwitchRefused([problem("no-switch-reason")])
        stored.four_eyes = on
        stored.save()
        said = _("Switched four eyes on: %(why)s") if on else _("Switched four eyes off: %(why)s")
        log("switch", None, by=by, sentence=said % {"why": reason}, four_eyes=on)
