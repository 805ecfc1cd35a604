"""What readers of a briefing are told until somebody has looked at it: that something happened to what it cites."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.models import Citation, Flag, FlagCause
from briefings.models.dates import day_of

HAPPENED = {
    FlagCause.CORRECTED: gettext_lazy("A statement that this briefing cites has been corrected"),
    FlagCause.RETRACTED: gettext_lazy("A statement that this briefing cites has been retracted"),
    FlagCause.PASSAGE_LOST: gettext_lazy(
        "A page that this briefing quotes no longer has the words as they were when we stored it"
    ),
}
IN_NOTE = {
    FlagCause.CORRECTED: gettext_lazy("The statement in note %(number)s has been corrected"),
    FlagCause.RETRACTED: gettext_lazy("The statement in note %(number)s has been retracted"),
    FlagCause.PASSAGE_LOST: gettext_lazy(
        "The page behind note %(number)s no longer has the words as they were when we stored it"
    ),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One open flag: when it arose, what happened in a sentence, and the number of the note, if it has one."""

    day: str
    sentence: str
    number: int | None


def notices_of(briefing) -> list[Notice]:
    """The notices on the page of a public briefing, oldest first, in one query."""
    cited = Citation.objects.filter(revision=briefing.current_id, statement=OuterRef("statement"))
    flags = Flag.objects.open().filter(briefing=briefing).order_by("at", "pk")
    rows = flags.annotate(number=Subquery(cited.order_by("order").values("number")[:1]))
    return [_notice(*row) for row in rows.values_list("cause", "at", "number")]


def _notice(cause, at, number):
    happened = IN_NOTE[cause] % {"number": number} if number else HAPPENED[cause]
    sentence = _("%(happened)s. We are looking at what this means for the text.") % {"happened": happened}
    return Notice(day_of(at), sentence, number)
