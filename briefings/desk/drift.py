"""The drift list: which passages a newer copy no longer has as they were, what editors decided, and how pages stand."""

from collections import Counter, defaultdict

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from briefings.admin.publishing import change_address
from briefings.editorial.problems import Refused
from briefings.editorial.remedies import (
    LONGEST_NOTE,
    add_newer_evidence,
    let_stand,
    newer_evidence_problems,
    reopen,
    say_corrected,
)
from briefings.languages import direction_of
from briefings.models import Citation, PassageCheck, PassageState, Remedy, Source, SourceCheck, SourceState
from briefings.models.dates import day_of
from briefings.pagination import page_of
from briefings.permissions import RECAPTURE, may
from briefings.quotes import difference

from .captures import HIGHEST_NUMBER, page
from .checking import check_now, standing_of

PASSAGES, DECIDED = "passages", "decided"
SHOWN = {
    PASSAGES: gettext_lazy("To be decided"),
    DECIDED: gettext_lazy("Decided"),
    SourceState.GONE: gettext_lazy("Gone"),
    SourceState.UNDECIDED: gettext_lazy("Could not be read"),
    SourceState.CHANGED: gettext_lazy("Changed"),
}
PER_PAGE = 10  # each with its words, old and new
ACTS = {Remedy.STANDS: let_stand, Remedy.CORRECTED: say_corrected, Remedy.ADDED: add_newer_evidence}
DONE = {
    Remedy.STANDS: gettext_lazy("It stands as first captured."),
    Remedy.CORRECTED: gettext_lazy("Noted: the statement was corrected."),
    Remedy.ADDED: gettext_lazy("The statement rests on the newer copy as well."),
}


def addresses(site):
    """The list, and what is done from it, behind the login."""
    return [
        path("drift/", site.admin_view(list_view), name="desk-drift"),
        path("drift/<int:pk>/", site.admin_view(decide_view), name="desk-drift-decide"),
        path("drift/check/<int:pk>/", site.admin_view(check_view), name="desk-drift-check"),
    ]


def waiting(request):
    """What the front page of the desk counts of this list, for editors."""
    if not may(request.user, RECAPTURE, Source):
        return
    address, number = reverse("admin:desk-drift"), PassageCheck.objects.undecided().count()
    words = ngettext(
        "passage to decide about: its page has changed", "passages to decide about: their pages have changed", number
    )
    yield address, number, words
    states = SourceCheck.objects.current().values_list("state").annotate(Count("pk")).order_by()
    by_state = dict(states)
    for state, words in (
        (SourceState.GONE, _("pages gone")),
        (SourceState.UNDECIDED, _("pages that could not be read")),
    ):
        yield f"{address}?show={state}", by_state.get(state, 0), words


def list_view(request):
    _refuse_unless_editor(request.user)
    return _list(request, request.GET.get("show", ""))


def _refuse_unless_editor(user):
    if not may(user, RECAPTURE, Source):
        raise PermissionDenied(_("The list of changed pages is for editors."))


def _list(request, shown, refused=None):
    shown = shown if shown in SHOWN else PASSAGES
    is_of_passages = shown in (PASSAGES, DECIDED)
    if is_of_passages:
        found = page_of(_checks(shown), request, rows=_passage_rows, per_page=PER_PAGE)
    else:
        found = page_of(_sources(shown), request, rows=_source_rows)
    context = {
        "page": found,
        "shown": shown,
        "is_of_passages": is_of_passages,
        "filters": [(name, label, name == shown) for name, label in SHOWN.items()],
        "refused": refused or {},
        "longest_note": LONGEST_NOTE,
    }
    return page(request, "drift", _("Pages that changed"), context)


# Passages


def _checks(shown):
    checks = PassageCheck.objects.undecided().order_by("-pk")
    if shown == DECIDED:
        checks = PassageCheck.objects.exclude(remedy="").filter(is_current=True).order_by("-decided_at", "-pk")
    related = ("passage__evidence__statement", "passage__evidence__snapshot__source", "snapshot", "decided_by")
    return checks.select_related(*related).defer("snapshot__text", "passage__evidence__snapshot__text")


def _passage_rows(checks):
    checks = list(checks)
    citing = _citing({check.passage.evidence.statement_id for check in checks})
    problems = newer_evidence_problems(checks)
    return [_passage_row(check, citing, not problems[check.pk]) for check in checks]


def _citing(statements):
    """The public briefings that cite each statement: {statement: [(address, title, number of the note)]}."""
    found = defaultdict(list)
    rows = Citation.objects.published().filter(statement__in=statements).order_by("-revision__at", "number")
    columns = ("statement", "revision__briefing__slug", "revision__title", "number")
    for statement, slug, title, number in rows.values_list(*columns).distinct():
        found[statement].append((f"{reverse('briefing-detail', args=[slug])}#n{number}", title, number))
    return found


def _passage_row(check, citing, may_add):
    evidence = check.passage.evidence
    statement, source = evidence.statement, evidence.snapshot.source
    return {
        "check": check,
        "statement": statement,
        "statement_words": Truncator(statement.text).chars(140),
        "statement_address": change_address(statement),
        "source": source,
        "source_address": change_address(source),
        "direction": direction_of(source.language),
        "is_gone": check.state == PassageState.GONE,
        "changes": difference(check.passage.exact, check.words) if check.words else (),
        "stored": day_of(evidence.snapshot.captured_at or evidence.snapshot.imported_at),
        "stored_address": change_address(evidence.snapshot),
        "noticed": day_of(check.snapshot.captured_at or check.snapshot.imported_at),
        "newer_address": change_address(check.snapshot),
        "citing": citing[statement.pk],
        "may_add": may_add,
        "decided": day_of(check.decided_at) if check.decided_at else "",
    }


def decide_view(request, pk):
    """Write a decision down; where it is refused, the list comes again with the reason and what was typed."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    _refuse_unless_editor(request.user)
    check = PassageCheck.objects.filter(pk=pk).first() if pk <= HIGHEST_NUMBER else None
    act = request.POST.get("decision", "")
    seen = request.POST.get("seen", "")
    if check is None or act not in (*ACTS, "reopen") or not (seen.isascii() and seen.isdecimal() and len(seen) < 10):
        raise Http404
    note = request.POST.get("note", "").replace("\x00", "")
    try:
        _decide(check, act, by=request.user, seen=int(seen), note=note)
    except Refused as refusal:
        return _list(request, request.POST.get("show", ""), {"pk": pk, "why": str(refusal), "note": note})
    said = DONE[act] if act in DONE else _("It is on the list again.")
    messages.success(request, said)
    return redirect("admin:desk-drift")


def _decide(check, act, *, by, seen, note):
    if act in ACTS:
        ACTS[act](check, by=by, seen=seen, note=note)
    else:
        reopen(check, by=by, seen=seen)


# Sources


def _sources(state):
    checks = SourceCheck.objects.current().filter(state=state).select_related("source", "compared", "snapshot")
    return checks.defer("compared__text", "snapshot__text").order_by("-checked_at", "-pk")


def _source_rows(checks):
    checks = list(checks)
    current = PassageCheck.objects.current().filter(
        passage__evidence__snapshot__source__in=[check.source_id for check in checks]
    )
    states = defaultdict(Counter)
    for source, state in current.values_list("passage__evidence__snapshot__source", "state"):
        states[source][state] += 1
    return [
        {
            "check": check,
            "source": check.source,
            "source_address": change_address(check.source),
            "direction": direction_of(check.source.language),
            "standing": standing_of(check, states[check.source_id]),
            "newer_address": change_address(check.snapshot) if check.snapshot else "",
        }
        for check in checks
    ]


def check_view(request, pk):
    """Check a source now, and go back to where the button stood."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    source = Source.objects.filter(pk=pk).first() if pk <= HIGHEST_NUMBER else None
    if source is None:
        raise Http404
    check_now(request, [source])
    if request.POST.get("back") == "source":
        return redirect(change_address(source))
    show = request.POST.get("show", "")
    return redirect(f"{reverse('admin:desk-drift')}?show={show if show in SHOWN else PASSAGES}")
