"""Forms for one statement at the reading desk: a proposal edited before it is accepted, and selected words."""

import json

from django.http import Http404, JsonResponse
from django.template.loader import render_to_string
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from briefings.admin.routes import UNNAMED, party_name
from briefings.admin.words import search
from briefings.editorial.further_evidence import WordsDiffer
from briefings.editorial.proposals import accept
from briefings.editorial.selections import (
    evidence_from_selection,
    selectors_of,
    statement_from_selection,
    verified,
    words_of_spans,
)
from briefings.editorial.statements import NOUNS, NewName, NotDone
from briefings.models import ProposalState
from briefings.permissions import CHANGE, may, readable
from briefings.quotes import difference, quoted_spans, selector_at, to_annotation

from .entry_fields import FOUND, MADE, unnamed_option, written
from .entry_forms import EVIDENCE, EntryForm, SelectionForm
from .reading_pages import Outcome, answer, concerned, names_made, number, page, place, wants_parts

OFFERED = 12  # of each noun, while typing
PANEL = "admin/desk/_reading_form.html"


# A proposal, edited


def edit(request, desk, proposal):
    """A form with what a proposal would make; sending it makes the statement as corrected."""
    desk.go_to(proposal)
    found = desk.current
    if found is None or found.pk != proposal:
        raise Http404
    if found.state != ProposalState.OPEN:
        outcome = Outcome(_("This proposal was decided already. Nothing was changed."), {found.pk}, is_done=False)
        return answer(request, desk, outcome)
    if request.method != "POST":
        return _panel(request, desk, EntryForm(user=request.user, initial=_initial(desk, found)), found)
    form = EntryForm(request.POST, user=request.user)
    if form.is_valid():
        try:
            seen = number(request.POST.get("version"))
            statement = accept(found, by=request.user, version=seen, fields=form.fields_of_statement())
            said = _("Accepted as “%(key)s”.") % {"key": statement.key}
            return answer(request, desk, Outcome(said, concerned(desk, [found], names=names_made(desk, statement))))
        except NotDone as refused:
            form.add_error(None, refused.sentence)
    return _panel(request, desk, form, found)


def _panel(request, desk, form, proposal=None, **more):
    """The form in the place of the list: a part for a script, else a page."""
    context = {
        "form": form,
        "desk": desk,
        "proposal": proposal,
        "back": place(desk, desk.current.pk if desk.current else None),
        **more,
    }
    status = 422 if form.is_bound and form.errors else 200
    if wants_parts(request):
        return JsonResponse({"form": render_to_string(PANEL, context, request)}, status=status)
    return page(request, desk, panel=(PANEL, context), status=status)


def _initial(desk, proposal):
    """What the fields of a form say of a proposal, as the card suggests it."""
    suggestion = desk.suggestion(proposal)
    speaker = _suggested(suggestion.speaker)
    return {
        "kind": proposal.kind,
        "text": suggestion.text,
        "speaker": speaker,
        "speaker_description": "" if speaker or proposal.form == "own voice" else proposal.name_printed,
        "name_printed": proposal.name_printed,
        "verb": proposal.verb,
        "relays": [(_suggested(relay) or UNNAMED, relay.verb) for relay in suggestion.relays],
        "event": _suggested(suggestion.event),
        "topics": [written(topic) for topic in suggestion.topics],
    }


def _suggested(named):
    """How a form writes what a name of a proposal is, as far as one thing is suggested."""
    if named is None or named.is_open:
        return ""
    new = NewName(named.suggested, named.name) if named.suggested else None
    return written(named.match.pick or new)


# Selected words


def select(request, desk):
    """Words that were selected, or typed: the form that asks what they are, then the statement or evidence."""
    if request.method != "POST":
        return answer(request, desk, Outcome(_("Select some words in the article first."), set(), is_done=False))
    try:
        selectors = selectors_of(_sent(request, desk))
        spans = verified(desk.snapshot, selectors)
    except NotDone as refused:
        return answer(request, desk, Outcome(refused.sentence, set(), is_done=False))
    words = words_of_spans(desk.snapshot, spans)
    more = {"selected": _annotations(desk, spans), "words": [desk.snapshot.text[a:b] for a, b in spans]}
    if "kind" not in request.POST:
        form = SelectionForm(user=request.user, initial=_initial_of_selection(desk, spans, words))
        return _panel(request, desk, form, **more)
    form = SelectionForm(request.POST, user=request.user)
    if not form.is_valid():
        return _panel(request, desk, form, **more)
    try:
        return answer(request, desk, _make(request, desk, form, selectors))
    except WordsDiffer as differ:
        own, difference_shown = _as_its_own(request, differ)
        return _panel(request, desk, own, **more, **difference_shown)
    except NotDone as refused:
        form.add_error(None, refused.sentence)
    return _panel(request, desk, form, **more)


def _sent(request, desk):
    """The selection as JSON: as a script sends it, or found for the words that were typed where none runs."""
    words = request.POST.get("words", "").strip()
    if request.POST.get("selected") or not words:
        return request.POST.get("selected", "")
    found = search(desk.snapshot.text, words.replace("\r\n", "\n"))
    lost = next((piece for piece, places in found if len(places) != 1), None)
    if lost is not None:
        several = [places for piece, places in found if piece == lost and places]
        sentence = (
            _("“%(words)s” stands in several places here. Type a few more words of it.")
            if several
            else _("The article does not contain these words: “%(words)s”. Copy them from it, letter for letter.")
        )
        raise NotDone(sentence % {"words": Truncator(lost).chars(120)})
    return _annotations(desk, [(places[0].start, places[0].end) for _piece, places in found])


def _annotations(desk, spans):
    text, address = desk.snapshot.text, desk.snapshot.source.address
    return json.dumps([to_annotation(selector_at(text, *span), source=address)["target"] for span in spans])


def _initial_of_selection(desk, spans, words):
    """What can be told of a selection: its words, whether they are quoted, and what a proposal at the place says."""
    start, end = spans[0][0], spans[-1][1]
    near = [one for one in desk.proposals if one.start < end and start < one.end]
    initial = _initial(desk, near[0]) if near else {}
    line = desk.snapshot.text[max(0, start - 2000) : end + 200]
    offset = start - max(0, start - 2000)
    is_quoted = any(first <= offset and offset + 1 <= last for first, last in quoted_spans(line))
    kind = "quotation" if is_quoted else initial.get("kind", "paraphrase")
    kind = "paraphrase" if kind == "quotation" and not is_quoted else kind
    return {**initial, "text": words.rstrip(",،、"), "kind": kind, "use": "statement"}


def _make(request, desk, form, selectors):
    by, cleaned = request.user, form.cleaned_data
    if cleaned["use"] == EVIDENCE:
        statement = cleaned["existing"]
        evidence_from_selection(
            statement,
            desk.snapshot,
            selectors,
            by=by,
            name_printed=cleaned["name_printed"],
            verb=cleaned["verb"],
            relays=cleaned["relays"],
            locator=cleaned["locator"],
        )
        said = _("Added as evidence of “%(key)s”.") % {"key": statement.key}
    else:
        fields, other = form.fields_of_statement(), cleaned.get("same_as")
        statement = statement_from_selection(desk.snapshot, selectors, by=by, fields=fields, same_as=other)
        said = _("Made “%(key)s”.") % {"key": statement.key}
    near = {one.pk for one in desk.proposals if any(_touches(one, selector) for selector in selectors)}
    return Outcome(said, near, at=number(request.POST.get("at")))


def _touches(proposal, selector):
    return proposal.start < selector.end and selector.start < proposal.end


def _as_its_own(request, differ):
    """Offer to make a statement of its own of words that differ, linked, with the difference shown."""
    data = request.POST.copy()
    data["use"], data["same_as"], data["text"] = "statement", f"statement:{differ.statement.pk}", differ.words
    data["kind"] = differ.statement.kind
    if not data.get("speaker") and differ.statement.speaker:
        data["speaker"] = party_name(differ.statement.speaker)
    own = SelectionForm(data, user=request.user)
    own.is_valid()
    changes = difference(differ.statement.text, differ.words)
    return own, {"differs": differ.statement, "changes": changes, "sentence": differ.sentence}


# Typing a name


def names(request):
    """Answer the typing of a name: what the user may read of the nouns asked for, and what can be made in place."""
    term = " ".join(request.GET.get("term", "")[:200].replace("\x00", "").split())
    nouns = [noun for noun in request.GET.get("of", "").split(",") if noun in FOUND or noun == UNNAMED]
    groups = [_group(noun, term, request.user) for noun in nouns if noun in FOUND]
    groups = [group for group in groups if group["children"]]
    groups += [unnamed_option()] if UNNAMED in nouns else []
    makes = [
        {"id": f"new-{noun}:{term}", "text": MADE[noun] % {"name": term}} for noun in nouns if noun in NOUNS and term
    ]
    return JsonResponse({"results": [*groups, *makes], "pagination": {"more": False}})


def _group(noun, term, user):
    model = FOUND[noun]
    things = readable(user, model.objects.all())
    if noun == "statement":
        things = things.filter(key__icontains=term) | things.filter(text__icontains=term)
        shown = [one for one in things.order_by("-pk")[: OFFERED * 3] if may(user, CHANGE, one)][:OFFERED]
    else:
        named = things.filter(name__icontains=term)
        if noun in ("person", "organization"):
            named = named | things.filter(pk__in=model.objects.filter(aliases__name__icontains=term).values("pk"))
        shown = named.order_by("name")[:OFFERED]
    options = [{"id": f"{noun}:{one.pk}", "text": str(one)} for one in shown]
    return {"text": capfirst(model._meta.verbose_name_plural), "children": options}
