"""From a record's page to where it is cited in a briefing that one is writing."""

from django.urls import reverse
from django.utils.translation import gettext as _

from briefings.models import Briefing
from briefings.permissions import ADD, may


def cite_in_tool(user, thing):
    """The link for a statement or a source, as `get_tools` takes it: [(address, label)]; none for what is retracted."""
    if not may(user, ADD, Briefing) or (thing.was_published and not thing.is_public):
        return []
    return [(reverse("admin:desk-cite-in", args=[thing._meta.model_name, thing.pk]), _("Cite in…"))]
