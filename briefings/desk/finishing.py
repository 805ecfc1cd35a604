"""What concerns a whole article at the reading desk: accepting all sure proposals after a look, and what was made."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from briefings.admin.evidence import VERDICT_WORDS
from briefings.admin.publishing import change_address
from briefings.editorial.drafting import begin_briefing
from briefings.editorial.evidence import statement_problems
from briefings.editorial.proposals import accept_all
from briefings.editorial.statements import NotDone
from briefings.languages import direction_of
from briefings.models import Evidence, ProposalState, Statement
from briefings.permissions import PUBLISH, may

from .desks import made_here
from .reading_pages import Outcome, answer, number, place, site_context


def sure(request, desk):
    """List the proposals that are sure, to be looked at; accept those that stay chosen, as one act."""
    chosen = {number(pk): number(version) for pk, _dash, version in map(_seen, request.POST.getlist("seen"))}
    if request.method == "POST" and not chosen:
        messages.warning(request, _("Nothing was chosen, so nothing was accepted."))
    elif request.method == "POST":
        done = accept_all(desk.snapshot, chosen, by=request.user)
        count = len(done.statements)
        said = ngettext("Accepted %(count)d proposal.", "Accepted %(count)d proposals.", count) % {"count": count}
        outcome = Outcome(" ".join([said, *dict.fromkeys(done.left)]), set(chosen), is_done=bool(count))
        return answer(request, desk, outcome)
    wanted = {one.proposal.pk for one in desk.sure}
    cards = desk.cards(wanted)
    context = {
        **site_context(request),
        "title": _("Accept all sure ones"),
        "desk": desk,
        "snapshot": desk.snapshot,
        "direction": direction_of(desk.snapshot.source.language),
        "cards": cards,
        "new": _new_names(desk, wanted),
        "back": place(desk, desk.current.pk if desk.current else None),
        "is_nav_sidebar_enabled": False,
    }
    return TemplateResponse(request, "admin/desk/reading_sure.html", context)


def _seen(sent):
    return sent.partition("-")


def _new_names(desk, wanted):
    """The names that accepting these proposals would make, each once: [(name, noun in words)]."""
    found = {}
    for pk in wanted:
        one = desk.suggestions[pk]
        for named in (one.speaker, *one.relays):
            if named and named.suggested:
                noun = _("a person") if named.suggested == "person" else _("an organization")
                found[named.name] = noun
    return sorted(found.items())


def done(request, desk):
    """What was made of the article, what stands against it, and what is left; a briefing can be begun from it."""
    statements = made_here(desk.snapshot, request.user)
    if request.method == "POST":
        chosen = {number(pk) for pk in request.POST.getlist("cite")}
        try:
            briefing = begin_briefing(desk.snapshot, [one for one in statements if one.pk in chosen], by=request.user)
        except NotDone as refused:
            messages.warning(request, refused.sentence)
        else:
            messages.success(request, _("A draft was started. It cites each statement; now write around them."))
            return redirect("admin:desk-writing", briefing.pk)
    states = [one.state for one in desk.proposals]
    context = {
        **site_context(request),
        "title": _("Done with this article"),
        "desk": desk,
        "snapshot": desk.snapshot,
        "direction": direction_of(desk.snapshot.source.language),
        "rows": _rows(desk.snapshot, statements),
        "left": states.count(ProposalState.OPEN),
        "rejected": states.count(ProposalState.REJECTED),
        "may_publish": may(request.user, PUBLISH, Statement) and any(not one.was_published for one in statements),
        "drafts": [one.pk for one in statements if not one.was_published],
        "back": place(desk, desk.current.pk if desk.current else None),
        "is_nav_sidebar_enabled": False,
    }
    return TemplateResponse(request, "admin/desk/reading_done.html", context)


def _rows(snapshot, statements):
    """Each statement with how its wording compares here and what stands in the way of publishing it."""
    pks = [one.pk for one in statements]
    problems = statement_problems(Statement.objects.filter(pk__in=pks))
    evidence = Evidence.objects.filter(statement__in=pks, snapshot=snapshot).values_list("statement", "verdict")
    verdicts = dict(evidence)
    return [
        {
            "statement": one,
            "address": change_address(one),
            "verdict": VERDICT_WORDS.get(verdicts.get(one.pk), ""),
            "problems": problems.get(one.key, []),
        }
        for one in statements
    ]
