"""Tags about the site as a whole: its name, its addresses, its sections, and directions of writing."""

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from briefings.languages import direction_of

register = template.Library()

SECTIONS = [
    ("briefings", _("Briefings"), "briefing-list"),
    ("statements", _("Statements"), "statement-list"),
    ("sources", _("Sources"), "source-list"),
    ("organizations", _("Organizations"), "organization-list"),
    ("people", _("People"), "person-list"),
    ("events", _("Events"), "event-list"),
    ("topics", _("Topics"), "topic-list"),
]


@register.simple_tag
def site_name():
    return settings.SITE_NAME


@register.simple_tag
def absolute(path):
    """The full public address of a path of this site."""
    return settings.SITE_URL + path


@register.simple_tag
def sections():
    """The sections of the site, in the order of the masthead."""
    return [{"name": name, "label": label, "url": reverse(view)} for name, label, view in SECTIONS]


@register.filter
def direction(language):
    """`rtl` or `ltr` for a language tag."""
    return direction_of(language or "")
