"""The plain sentences of a note: how the words match, how a copy was got, what a date rests on. They speak of wording
and of what was printed, never of truth.
"""

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from briefings.models import CaptureMethod, DateBasis, SourceKind, StatementKind
from briefings.models.dates import day_of
from briefings.quotes import PUBLISHABLE, EditKind, Location, Verdict

IN_PLACE = {Location.IN_PLACE, Location.MOVED}


def stands(kind, verdict, location):
    """Tell whether a quotation's words were compared with the stored text and stand in it."""
    return kind == StatementKind.QUOTATION and verdict in PUBLISHABLE and location in IN_PLACE


def wording(kind, verdict, location, *, publisher, own_voice, method=""):
    """Say how a statement's words stand to the stored text, to be read after its kind: "matches Dawn’s text".

    What we wrote down ourselves, from sound or paper, is our transcript whoever published it.
    """
    if kind == StatementKind.PARAPHRASE:
        return _("a paraphrase")
    if kind != StatementKind.QUOTATION:
        return _voice(publisher, own_voice)
    text = _("%(publisher)s’s text") % {"publisher": publisher} if publisher else _("the stored text")
    if method == CaptureMethod.TRANSCRIBED:
        text = _("our transcript")
    said = _verdict(verdict) % {"text": text}
    note = _place(location)
    return f"{said}, {note}" if note and verdict in PUBLISHABLE else said


def _voice(publisher, own_voice):
    """Say whose words an assertion or an opinion is printed in: nothing there was quoted."""
    if not publisher:
        return _("in the source’s own voice") if own_voice else _("as the source puts it")
    words = _("in %(publisher)s’s own voice") if own_voice else _("as %(publisher)s puts it")
    return words % {"publisher": publisher}


def _verdict(verdict):
    return {
        Verdict.EXACT: _("matches %(text)s"),
        Verdict.TYPOGRAPHIC: _("matches %(text)s but for its quotation marks, dashes or spaces"),
        Verdict.EDITED: _("matches %(text)s, with cuts and insertions marked"),
        Verdict.ALTERED: _("differs from %(text)s"),
        Verdict.MISSING: _("not found in %(text)s"),
    }.get(verdict, _("not yet compared with %(text)s"))


def _place(location):
    return {
        Location.MOVED: _("at another place than where it was first marked"),
        Location.AMBIGUOUS: _("in more than one place"),
        Location.GONE: _("no longer where it was marked"),
    }.get(location, "")


def edited(edits):
    """Say what each mark of an edited quotation left out, put in or stands for, in its order."""
    return tuple(said for edit in edits if (said := _edited(edit)))


def _edited(edit):
    words = {"mark": edit.quoted, "words": Truncator(edit.original).words(60)}
    if edit.kind == EditKind.OMISSION:
        return _("left out: “%(words)s”") % words if edit.original else ""
    return {
        EditKind.INSERTION: _("“%(mark)s” was put in"),
        EditKind.REPLACEMENT: _("“%(mark)s” stands for “%(words)s”"),
        EditKind.INITIAL: _("“%(mark)s” stands for “%(words)s”"),
    }[edit.kind] % words


def captured(method, captured_at, imported_at):
    """Say when and how a stored copy was got; the import date stands in where no capture date is known."""
    date = {"date": day_of(captured_at or imported_at)}
    if method == CaptureMethod.FETCHED:
        return (_("Captured %(date)s.") if captured_at else _("Fetched; imported %(date)s.")) % date
    how = {
        CaptureMethod.PASTED: _("Text pasted"),
        CaptureMethod.UPLOADED: _("File uploaded"),
        CaptureMethod.SUPPLIED: _("Text supplied"),
        CaptureMethod.TRANSCRIBED: _("Transcribed"),
    }[method]
    when = _("captured %(date)s.") if captured_at else _("imported %(date)s.")
    return f"{how}; {when % date}"


def basis(basis, note):
    """Say what a date rests on, unless the source prints it and there is nothing to add."""
    return ": ".join(part for part in (basis_label(basis), note.removesuffix(".")) if part)


def basis_label(basis):
    """Say in a word or two where a date comes from, unless the source prints it."""
    return {DateBasis.DERIVED: _("worked out"), DateBasis.EDITORS: _("known to the editors")}.get(basis, "")


def kind_of_statement(kind):
    return str(capfirst(StatementKind(kind).label))


def kind_of_source(kind):
    return str(SourceKind(kind).label)
