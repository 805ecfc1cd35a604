"""What readers are told where an original is no longer as our copy has it: one plain line, dated, and no more than the
last check found.
"""

from datetime import datetime

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from briefings.models import PassageState, SourceState
from briefings.models.dates import day_of


def is_gone(copy):
    """Tell whether nothing is found any more at the address of a copy's source; `copy` is a row of `reading`."""
    return copy["look__state"] == SourceState.GONE


def passage_drift(state):
    """Say in a few words what the page has of a passage, where it is not the passage itself."""
    return {
        PassageState.ALTERED: _("reads differently on the page now"),
        PassageState.GONE: _("no longer stands on the page"),
    }.get(state, "")


def evidence_drift(copy, states):
    """Say what became of the original of a piece of evidence whose passages stand so; empty where nothing is to say."""
    if is_gone(copy):
        return gone_sentence(copy["look__reason_detail"])
    lost = states.count(PassageState.GONE)
    if not lost and PassageState.ALTERED not in states:
        return ""
    if not copy["text_version"]:  # handed over: whether the page ever had these words is not known
        words = _("The page does not have these words as they stand here; %(copy)s has them.")
    elif not lost:
        words = _("The page has changed since: this passage reads differently there now; %(copy)s has it as cited.")
    elif lost == len(states):
        words = _("The page has changed since: these words no longer stand there; %(copy)s has them.")
    else:
        words = _("The page has changed since: some of these words no longer stand there; %(copy)s has them.")
    return words % {"copy": our_copy(copy)}


def gone_sentence(detail):
    """Say since when a page is gone; `detail` is the `reason_detail` of the check that found it so."""
    since = datetime.fromisoformat(detail["since"])
    return _("No longer found at its address since %(date)s: you rely on our copy.") % {"date": day_of(since)}


def our_copy(copy):
    """Name a stored copy by its date, to stand within a sentence; a row or a mapping with the dates of a snapshot."""
    if copy["captured_at"]:
        return _("our copy of %(date)s") % {"date": day_of(copy["captured_at"])}
    return _("our copy (imported %(date)s)") % {"date": day_of(copy["imported_at"])}


def source_drift(check, cited, last=None):
    """Say how a source stands, in one line for its page; empty where nothing was ever learnt of it.

    `check` is its latest SourceCheck, `cited` the PassageStates (or None) of its passages in public work, `last` the
    latest check that brought an answer, where that is another one.
    """
    if check.state == SourceState.GONE:
        return gone_sentence(check.reason_detail)
    if check.state != SourceState.UNDECIDED:
        return _learnt(check, cited)
    if last is None:
        return ""
    words = _("%(learnt)s On %(date)s it could not be looked at again: %(why)s.")
    return words % {"learnt": _learnt(last, cited), "date": day_of(check.checked_at), "why": _why(check.reason)}


def _learnt(check, cited):
    if check.state == SourceState.CHANGED:
        return _changed(check, cited)
    if check.compared.text_version:
        words = _("Checked %(date)s: its words are unchanged.")
    elif cited:
        words = _("Checked %(date)s: the passages cited here stand on the page.")
    else:
        words = _("Checked %(date)s: the text that we were given stands on the page.")
    return words % {"date": day_of(check.checked_at)}


def _changed(check, cited):
    copy = {"captured_at": check.compared.captured_at, "imported_at": check.compared.imported_at}
    values = {"date": day_of(check.checked_at), "copy": our_copy(copy)}
    said = _("Checked %(date)s: its words have changed since %(copy)s")
    if not check.compared.text_version:
        said = _("Checked %(date)s: its words differ from %(copy)s")
    return f"{said % values}{_cited(cited)}."


def _cited(cited):
    """What a change did to the passages that public work rests on."""
    if not cited:
        return ""
    altered, lost = cited.count(PassageState.ALTERED), cited.count(PassageState.GONE)
    if not altered and not lost:
        return _("; the passages cited here still stand in it")
    parts = []
    if altered:
        words = ngettext(
            "%(n)d passage cited here reads differently", "%(n)d passages cited here read differently", altered
        )
        parts.append(words % {"n": altered})
    if lost:
        words = ngettext(
            "%(n)d passage cited here no longer stands in it", "%(n)d passages cited here no longer stand in it", lost
        )
        parts.append(words % {"n": lost})
    return f"; {get_text_list(parts, _('and'))}"


def _why(reason):
    """Why a page could not be compared, as a reader may know it."""
    if reason in ("http-401", "http-402", "http-403"):
        return _("it is shown only to those who subscribe or log in")
    if reason == "robots":
        return _("it asks programs not to visit")
    if reason == "http-429":
        return _("it asked for a pause")
    if reason in ("another-page", "front-page", "stub"):
        return _("its address showed another or a shortened text")
    return _("it did not answer as it should")
