"""What the pages of the reading desk share: the page, the parts of it that a script puts in, and what an act says."""

from dataclasses import dataclass, field

from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import ngettext

from briefings.admin.publishing import change_address
from briefings.admin.sources import when_got
from briefings.editorial.utterances import like_elsewhere
from briefings.languages import direction_of, name_of_language
from briefings.models import AttributionStep, ProposalState
from briefings.permissions import CHANGE, may

from .desks import NEAR, ReadingDesk

LONGEST_NUMBER = 18  # digits that every database takes for the number of a record
MEDIA = AutocompleteSelect(AttributionStep._meta.get_field("organization"), None).media


def number(sent):
    """The number of a record as a browser sends it; 0 for whatever is none."""
    sent = str(sent or "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) <= LONGEST_NUMBER else 0


def wants_parts(request):
    """Whether a script asks, which puts parts into the page that it has."""
    return request.headers.get("Accept", "").startswith("application/json")


def place(desk, at=None):
    """The address of a desk, at one proposal."""
    address = reverse("admin:desk-reading", args=[desk.snapshot.pk])
    return f"{address}?at={at}#p{at}" if at else address


def page(request, desk, panel=None, status=200):
    """The desk as a page; `panel` (template, context) takes the place of the list of proposals."""
    snapshot = desk.snapshot
    context = {
        **site_context(request),
        "title": snapshot.source.title,
        "desk": desk,
        "snapshot": snapshot,
        "source_address": change_address(snapshot.source),
        "got": when_got(snapshot),
        "language": name_of_language(snapshot.source.language),
        "direction": direction_of(snapshot.source.language),
        "relays": _relays(desk),
        "paragraphs": desk.paragraphs(),
        "counts": desk.counts(),
        "panel": render_to_string(panel[0], panel[1], request) if panel else "",
        "cards": [] if panel else desk.all_cards(),
        "sure": [] if panel else desk.sure,
        "sure_said": sure_said(desk),
        "stamp": desk.stamp(),
        "at": desk.current.pk if desk.current else 0,
        "likenesses": [] if panel or not desk.current else likenesses(desk, desk.current),
        "neighbours": neighbours(desk),
        "media": MEDIA,
        "is_nav_sidebar_enabled": False,
    }
    return TemplateResponse(request, "admin/desk/reading.html", context, status=status)


def sure_said(desk):
    count = len(desk.sure)
    said = ngettext("Accept %(count)d sure one, after a look", "Accept all %(count)d sure ones, after a look", count)
    return said % {"count": count}


def site_context(request):
    request.current_app = admin.site.name
    return admin.site.each_context(request)


def _relays(desk):
    """The relays that the article names, for its head."""
    names = (relay["name"] for one in desk.proposals for relay in one.relays)
    return list(dict.fromkeys(filter(None, names)))[:3]


def neighbours(desk):
    """The numbers of the proposals before and after the current one, 0 where there is none."""
    pks = [one.pk for one in desk.proposals]
    at = pks.index(desk.current.pk) if desk.current else 0
    around = [0, *pks, 0]
    return {"before": around[at], "after": around[at + 2] if pks else 0}


def likenesses(desk, proposal):
    """Statements of other sources that may be the same utterance, with what one may do about each."""
    if proposal.state != ProposalState.OPEN:
        return []
    found = like_elsewhere(desk.suggestion(proposal), desk.snapshot, by=desk.user)
    return [
        {
            "statement": one.statement,
            "address": change_address(one.statement),
            "is_same": one.is_same,
            "changes": one.changes,
            "may_add": one.is_same and may(desk.user, CHANGE, one.statement),
        }
        for one in found
    ]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an act: what to say, which proposals look different now, and where to go on (0: the next open)."""

    said: str
    changed: set[int]
    gone: set[int] = field(default_factory=set)
    at: int = 0
    is_done: bool = True


def answer(request, desk, outcome):
    """Tell what came of an act: to a script as what changed, else on the page, at the next open proposal."""
    at = outcome.at or _next_at(request, desk.snapshot, outcome)
    if not wants_parts(request):
        messages.add_message(request, messages.SUCCESS if outcome.is_done else messages.WARNING, outcome.said)
        return redirect(place(desk, at))
    fresh = ReadingDesk(desk.snapshot, request.user, at=at)
    told = {"said": outcome.said, "done": outcome.is_done, "at": at}
    return JsonResponse(parts(request, fresh, outcome.changed, outcome.gone) | told)


def parts(request, desk, changed, gone=frozenset()):
    """What a script puts into the page: the cards with these numbers, and the paragraphs that they stand in."""
    cards = desk.cards(changed)
    spans = [span for card in cards for span in card.proposal.spans]
    spans += [span for one in desk.snapshot.proposals.filter(pk__in=gone) for span in one.spans]
    paragraphs = desk.paragraphs(desk.article.numbers(spans)) if spans else []
    return {
        "cards": {
            card.proposal.pk: render_to_string("admin/desk/_reading_card.html", {"card": card}, request)
            for card in cards
        },
        "paragraphs": {
            one.number: render_to_string("admin/desk/_reading_words.html", {"paragraph": one}) for one in paragraphs
        },
        "order": [one.pk for one in desk.proposals],
        "counts": desk.counts() | {"said": render_to_string("admin/desk/_reading_left.html", desk.counts())},
        "sure": len(desk.sure),
        "sure_said": sure_said(desk),
        "undo": desk.may_undo,
        "stamp": desk.stamp(),
    }


def _next_at(request, snapshot, outcome):
    """Where to go on: after a decision the next open proposal, else where one was."""
    at = number(request.POST.get("proposal")) or number(request.POST.get("at"))
    here = snapshot.proposals.filter(pk=at).first()
    if here is None or not outcome.is_done:
        return at if here else 0
    if here.state == ProposalState.MERGED and here.merged_into_id:
        return here.merged_into_id
    if here.state == ProposalState.OPEN:
        return at
    still_open = snapshot.proposals.open()
    later = still_open.filter(start__gte=here.start).in_reading_order().first()
    following = later or still_open.in_reading_order().first()
    return following.pk if following else at


def concerned(desk, proposals, *, names):
    """The numbers of proposals and, where drafts of `names` came or went, of open ones near by that share a name."""
    found = {one.pk for one in proposals}
    if not names or not proposals:
        return found
    shared = {name for one in proposals for name in _names(one)}
    fresh = ReadingDesk(desk.snapshot, desk.user)
    alike = [one for one in fresh.open if shared.intersection(_names(one))]
    alike.sort(key=lambda one: abs(one.start - proposals[0].start))
    return found | {one.pk for one in alike[: 2 * NEAR]}


def names_made(desk, statement):
    """Whether the last act of the user about a statement made drafts of names along with it."""
    last = desk.snapshot.decisions.filter(statement=statement, created_by=desk.user).order_by("-pk").first()
    return bool(last and last.before.get("names"))


def _names(proposal):
    return {proposal.name, proposal.event, *(relay["name"] for relay in proposal.relays)} - {""}
