"""The reading desk: a stored article on one side, what is proposed of it on the other, and the acts on one proposal.

Each act is a form that comes back to the same place. A script sends the same form and gets what changed instead of a
page. Forms for a statement are in `entries`, what concerns a whole article in `finishing`.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from briefings.editorial.proposals import accept, accept_as_evidence, merge, propose_statements, reject
from briefings.editorial.statements import NotDone
from briefings.editorial.undoing import undo
from briefings.models import Snapshot, Source, Statement
from briefings.permissions import ADD, may, readable

from . import entries, finishing
from .desks import ReadingDesk
from .reading_pages import (
    LONGEST_NUMBER,
    Outcome,
    answer,
    concerned,
    likenesses,
    names_made,
    number,
    page,
    parts,
    place,
)

PARTS_AT_ONCE = 600  # cards that a script may ask for


def addresses(site):
    """The URL patterns of the reading desk, for those with a role."""
    pages = [
        ("", reading, "desk-reading"),
        ("act/", act, "desk-reading-act"),
        ("news/", news, "desk-reading-news"),
        ("like/<int:proposal>/", like, "desk-reading-like"),
        ("edit/<int:proposal>/", entries.edit, "desk-reading-edit"),
        ("select/", entries.select, "desk-reading-select"),
        ("sure/", finishing.sure, "desk-reading-sure"),
        ("done/", finishing.done, "desk-reading-done"),
    ]
    return [
        path("reading/names/", site.admin_view(entries.names), name="desk-reading-names"),
        *(
            path(f"reading/<int:snapshot>/{rest}", site.admin_view(_at_desk(view)), name=name)
            for rest, view, name in pages
        ),
    ]


def _at_desk(view):
    """Let a view work on a copy whose source its user may read; what is hidden is not there."""

    def at_desk(request, snapshot, **rest):
        if snapshot >= 10**LONGEST_NUMBER:
            raise Http404
        copies = Snapshot.objects.filter(source__in=readable(request.user, Source.objects.all()))
        copy = get_object_or_404(copies.select_related("source__publisher"), pk=snapshot)
        if not may(request.user, ADD, Statement):
            raise PermissionDenied
        asked = request.POST if request.method == "POST" else request.GET
        return view(request, ReadingDesk(copy, request.user, at=number(asked.get("at"))), **rest)

    return at_desk


def reading(request, desk):
    """The article and its proposals; opening it makes them, once for each version of the rules."""
    propose_statements(desk.snapshot)
    return page(request, desk)


# Acts


def act(request, desk):
    """Do what a button says to one proposal, and come back to the next one that is open."""
    if request.method != "POST":
        return redirect(place(desk))
    do, _dash, about = request.POST.get("do", "").partition("-")
    try:
        outcome = ACTS.get(do, _unknown)(request, desk, about)
    except NotDone as refused:
        outcome = Outcome(refused.sentence, {number(request.POST.get("proposal"))}, is_done=False)
    return answer(request, desk, outcome)


def _proposal(request, desk):
    """The proposal that a form is about, and the version at which it was looked at."""
    found = desk.snapshot.proposals.filter(pk=number(request.POST.get("proposal"))).first()
    if found is None:
        raise NotDone(_("This proposal is not here any more: the proposals were made anew. Look at the list again."))
    return found, number(request.POST.get(f"v{found.pk}"))


def _chosen(request, proposal):
    """What was picked on the card for its names: {"speaker": "person:5", …}."""
    prefix = f"c{proposal.pk}-"
    return {name.removeprefix(prefix): value[:300] for name, value in request.POST.items() if name.startswith(prefix)}


def _accept(request, desk, about):
    proposal, version = _proposal(request, desk)
    statement = accept(proposal, by=request.user, version=version, chosen=_chosen(request, proposal))
    return Outcome(_("Accepted as “%(key)s”.") % {"key": statement.key}, _touched(desk, proposal, statement))


def _same(request, desk, about):
    proposal, version = _proposal(request, desk)
    other = _statement(request, about)
    chosen = _chosen(request, proposal)
    statement = accept(proposal, by=request.user, version=version, chosen=chosen, same_as=other)
    said = _("Accepted as “%(key)s”, linked with “%(other)s” as the same utterance.")
    return Outcome(said % {"key": statement.key, "other": other.key}, _touched(desk, proposal, statement))


def _evidence(request, desk, about):
    proposal, version = _proposal(request, desk)
    other = _statement(request, about)
    accept_as_evidence(proposal, other, by=request.user, version=version, chosen=_chosen(request, proposal))
    return Outcome(_("Added as evidence of “%(key)s”.") % {"key": other.key}, _touched(desk, proposal, other))


def _touched(desk, proposal, statement):
    return concerned(desk, [proposal], names=names_made(desk, statement))


def _statement(request, about):
    found = readable(request.user, Statement.objects.filter(pk=number(about))).first()
    if found is None:
        raise NotDone(_("That statement is not here any more. Look at the list again."))
    return found


def _reject(request, desk, about):
    proposal, version = _proposal(request, desk)
    reject(proposal, by=request.user, version=version)
    return Outcome(_("Rejected."), {proposal.pk})


def _merge(request, desk, about):
    """Merge with the next open proposal, or where there is none with the one before."""
    proposal, version = _proposal(request, desk)
    pks = [one.pk for one in desk.open]
    if proposal.pk not in pks or len(pks) < 2:
        raise NotDone(_("There is no other open proposal to merge this one with."))
    at = pks.index(proposal.pk)
    neighbour = desk.open[at + 1 if at + 1 < len(pks) else at - 1]
    seen = number(request.POST.get(f"v{neighbour.pk}")) or neighbour.version
    merged = merge(proposal, neighbour, by=request.user, version=version, neighbour_version=seen)
    said = _("Merged: one statement with all its passages.")
    return Outcome(said, {merged.pk}, {proposal.pk, neighbour.pk}, at=merged.pk)


def _undo(request, desk, about):
    undone = undo(desk.snapshot, by=request.user)
    count = len(undone.acts)
    said = (
        [ngettext("Took back %(count)d act.", "Took back %(count)d acts.", count) % {"count": count}] if count else []
    )
    changed = concerned(desk, undone.reopened, names=undone.took_names)
    at = min(undone.reopened, key=lambda one: one.start).pk if undone.reopened else 0
    is_done = bool(undone.acts)
    return Outcome(" ".join([*said, *undone.staying]), changed, set(undone.gone), at=at, is_done=is_done)


def _unknown(request, desk, about):
    raise NotDone(_("That button is not known here. Nothing was changed; load the page again."))


ACTS = {
    "accept": _accept,
    "reject": _reject,
    "merge": _merge,
    "undo": _undo,
    "evidence": _evidence,
    "same": _same,
}


# What a script asks for


def news(request, desk):
    """Nothing (204) where nobody decided anything since `stamp`; else all versions, or the parts that are asked for."""
    if wanted := request.GET.get("cards", ""):
        pks = {number(one) for one in wanted.split(",")[:PARTS_AT_ONCE]}
        return JsonResponse(parts(request, desk, pks))
    stamp = desk.stamp()
    if request.GET.get("stamp") == stamp:
        return HttpResponse(status=204)
    return JsonResponse({"stamp": stamp, "versions": {one.pk: one.version for one in desk.proposals}})


def like(request, desk, proposal):
    """The statements of other sources that resemble one proposal, as a part of its card."""
    found = next((one for one in desk.proposals if one.pk == proposal), None)
    context = {"likenesses": likenesses(desk, found) if found else []}
    return TemplateResponse(request, "admin/desk/_reading_like.html", context)
