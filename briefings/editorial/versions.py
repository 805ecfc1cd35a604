"""The state in which history first meets a thing, so that also its first edit can be taken back."""

import reversion
from django.db.models import Model
from django.utils.translation import gettext as _
from reversion.models import Version


def keep_first(thing: Model) -> None:
    """Keep the state of a thing that history does not know yet; to be called before the revision that changes it."""
    if not Version.objects.get_for_object(thing).exists():
        with reversion.create_revision():
            reversion.set_comment(_("As it was before its first change here"))
            reversion.add_to_revision(thing)
