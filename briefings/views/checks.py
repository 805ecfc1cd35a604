"""How a briefing was checked, for its readers. What stands there is in `check_reports`."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from briefings.briefing_pages import dates_of
from briefings.check_reports import report_of
from briefings.heads import Head
from briefings.languages import direction_of
from briefings.models import Briefing

from .details import detail


def briefing_checks(request, key):
    return detail(request, Briefing, key, checks_page)


def checks_page(request, briefing):
    """The checks of the revision that readers see now."""
    title = _("How “%(title)s” was checked") % {"title": briefing.current.title}
    context = {
        "head": Head(
            title=title,
            description=_("The checks that the site ran on this briefing, what they found, and what its editors say."),
            path=reverse("briefing-checks", args=[briefing.slug]),
            section="briefings",
        ),
        "url": briefing.get_absolute_url(),
        "title": briefing.current.title,
        "language": briefing.current.language,
        "direction": direction_of(briefing.current.language),
        "dates": dates_of(briefing.current),
        "report": report_of(briefing),
    }
    return render(request, "briefings/briefing_checks.html", context)
