"""The front page of the desk: what needs the one who looks at it, with counts, and a click to where it is mended."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from briefings.models import Briefing, Evidence, Statement
from briefings.permissions import READ, REVIEW, may

SHORT = 6


@dataclass(frozen=True)
class Panel:
    """One list of the page: its first rows, how many there are in all, and the address of the whole list."""

    name: str
    title: str
    rows: list
    number: int
    address: str
    empty: str


def panels(request):
    """The lists of the page, for one who may read what is in them; two queries each."""
    user, briefings = request.user, Briefing.objects.select_related("current")
    mine = briefings.written_by(user).unfinished().order_by("-modified_at")
    yield _panel("drafts", _("My drafts"), mine, "writer=me", _("You have nothing unfinished."))
    if may(user, REVIEW, Briefing()):
        others = briefings.in_review().exclude(pk__in=Briefing.objects.written_by(user)).order_by("modified_at")
        yield _panel("reviews", _("Waiting for my review"), others, "stage__exact=in-review", _("Nothing to read."))
        due = briefings.scheduled().order_by("scheduled_for")
        yield _panel("scheduled", _("Scheduled"), due, "stage__exact=scheduled", _("Nothing is scheduled."))


def _panel(name, title, briefings, narrowed, empty):
    address = f"{reverse('admin:briefings_briefing_changelist')}?{narrowed}"
    screen = {"reviews": "desk-review", "scheduled": "desk-workflow"}.get(name, "desk-writing")
    rows = [(reverse(f"admin:{screen}", args=[one.pk]), one) for one in briefings.defer("body")[:SHORT]]
    return Panel(name, title, rows, len(rows) if len(rows) < SHORT else briefings.count(), address, empty)


def waiting(request):
    """What this page counts itself: published statements whose evidence broke."""
    if may(request.user, READ, Statement()):
        number = Evidence.objects.broken().count()
        words = ngettext(
            "published statement whose evidence no longer holds",
            "published statements whose evidence no longer holds",
            number,
        )
        yield f"{reverse('admin:briefings_evidence_changelist')}?holds=no", number, words
