"""One stored copy as the reading desk shows it to one user: proposals as cards, the article, and what is left to do."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Max, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.admin.publishing import change_address
from briefings.editorial.proposals import decided
from briefings.editorial.proposed_fields import NEW, NOBODY, SURE, suggest_for
from briefings.editorial.undoing import may_undo
from briefings.languages import direction_of
from briefings.models import Organization, Passage, Person, ProposalState, Statement
from briefings.permissions import readable

from .articles import Article, marks_of, names_in

FORMS = {
    "direct": gettext_lazy("Direct quotation"),
    "mixed": gettext_lazy("Partly quoted"),
    "indirect": gettext_lazy("Indirect"),
    "own voice": gettext_lazy("The source’s own words"),
}
NEAR = 40  # cards before and after the current one that a page brings whole


@dataclass(frozen=True, slots=True)
class NamePicker:
    """A name on a card: the record it is, or the choices of what it is to be."""

    field: str
    name: str
    label: str
    address: str
    verb: str
    choices: list[tuple[str, str, bool]]
    is_open: bool  # several bear the name: an editor has to choose


@dataclass(frozen=True, slots=True)
class LightCard:
    """A proposal far from the current one: its words alone, until one comes near."""

    proposal: object
    form: str
    paragraph: int
    words: str
    language: str
    direction: str
    is_quotation: bool
    is_light: bool = True


@dataclass(frozen=True, slots=True)
class Card:
    """A proposal as the list shows it."""

    proposal: object
    form: str
    paragraph: int
    words: str
    language: str
    direction: str
    is_quotation: bool
    speaker: NamePicker | None
    printed: str
    relays: list[NamePicker]
    event: NamePicker | None
    topics: str
    percent: int
    is_sure: bool
    needs_a_speaker: bool
    decided: str
    statement: tuple[str, str] | None
    carried: list[tuple[str, str]]
    is_current: bool
    is_light: bool = False

    @property
    def is_open(self):
        return self.proposal.state == ProposalState.OPEN


class ReadingDesk:
    """What is asked about a stored copy while one user works on it; each question is put to the database once."""

    def __init__(self, snapshot, user, at=0):
        self.snapshot, self.user, self._at = snapshot, user, at

    def go_to(self, proposal):
        """Be at the proposal with this number, if it is shown here."""
        self._at = proposal
        vars(self).pop("current", None)

    @cached_property
    def proposals(self):
        """All but those that were merged into another, in reading order."""
        shown = self.snapshot.proposals.exclude(state=ProposalState.MERGED).in_reading_order()
        return list(shown.select_related("decided_by"))

    @cached_property
    def article(self):
        return Article(self.snapshot.text)

    @cached_property
    def open(self):
        return [one for one in self.proposals if one.state == ProposalState.OPEN]

    @cached_property
    def current(self):
        """The proposal one is at: the one asked for, else the first that is open, else the first."""
        known = {one.pk: one for one in self.proposals}
        return known.get(self._at) or next(iter(self.open or self.proposals), None)

    @cached_property
    def passages(self):
        """The passages of this copy that carry statements which the user may read: [(start, end, key, number)]."""
        passages = Passage.objects.filter(
            evidence__snapshot=self.snapshot, evidence__statement__in=self._readable_statements()
        )
        columns = ("start", "end", "evidence__statement__key", "evidence__statement")
        return list(passages.order_by("start").values_list(*columns))

    @cached_property
    def suggestions(self):
        return self._suggested(self.proposals)

    def _suggested(self, proposals):
        made = suggest_for(proposals, self.snapshot, by=self.user)
        return {suggestion.proposal.pk: suggestion for suggestion in made}

    def suggestion(self, proposal):
        known = self.suggestions if "suggestions" in vars(self) else self._suggested([proposal])
        return known[proposal.pk]

    @cached_property
    def sure(self):
        """The suggestions of open proposals that may be accepted together after a look."""
        carried = [(start, end) for start, end, _key, _pk in self.passages]
        return [
            one
            for one in self.suggestions.values()
            if one.proposal.state == ProposalState.OPEN
            and one.is_sure
            and not any(_share(one.proposal, span) for span in carried)
        ]

    @cached_property
    def may_undo(self):
        return may_undo(self.snapshot, by=self.user)

    def counts(self):
        read = len(self.proposals) - len(self.open)
        sentence = _("%(read)d of %(all)d read") % {"read": read, "all": len(self.proposals)}
        return {"read": sentence, "left": len(self.open), "all": len(self.proposals)}

    def stamp(self):
        """What changes with every decision about this copy, whoever takes it."""
        rows = self.snapshot.proposals.aggregate(last=Max("pk"), versions=Sum("version"))
        acts = self.snapshot.decisions.aggregate(last=Max("pk"), versions=Sum("version"))
        return "-".join(str(value or 0) for value in (*rows.values(), *acts.values()))

    def paragraphs(self, numbers=None):
        current = self.current.pk if self.current else 0
        marks = marks_of(self.proposals, [(start, end) for start, end, _key, _pk in self.passages], current)
        return self.article.paragraphs(marks, names_in(self.article, self.proposals), numbers)

    def all_cards(self):
        """The cards of all proposals in reading order; those far from the current one are light."""
        pks = [one.pk for one in self.proposals]
        at = pks.index(self.current.pk) if self.current else 0
        near = {card.proposal.pk: card for card in self.cards(set(pks[max(0, at - NEAR) : at + NEAR + 1]))}
        return [near.get(one.pk) or self._light_card(one) for one in self.proposals]

    def cards(self, pks):
        """The cards of the proposals with these numbers, in reading order."""
        wanted = [one for one in self.proposals if one.pk in pks]
        statements = self._statements(wanted)
        return [self._card(one, self.suggestions[one.pk], statements) for one in wanted]

    def _statements(self, proposals):
        """The statements that came of proposals, as far as the user may read them: {number: (key, address)}."""
        pks = {one.statement_id for one in proposals if one.statement_id}
        found = self._readable_statements().filter(pk__in=pks) if pks else []
        return {one.pk: (one.key, change_address(one)) for one in found}

    def _readable_statements(self):
        return readable(self.user, Statement.objects.all())

    def _light_card(self, proposal):
        words = " … ".join(self.snapshot.text[start:end] for start, end in proposal.spans)
        return LightCard(
            proposal=proposal,
            form=FORMS.get(proposal.form, proposal.form),
            paragraph=self.article.number_at(proposal.start),
            words=words,
            language=self.snapshot.source.language,
            direction=direction_of(self.snapshot.source.language),
            is_quotation=proposal.kind == "quotation",
        )

    def _card(self, proposal, suggestion, statements):
        words = " … ".join(suggestion.words)
        return Card(
            proposal=proposal,
            form=FORMS.get(proposal.form, proposal.form),
            paragraph=self.article.number_at(proposal.start),
            words=words,
            language=self.snapshot.source.language,
            direction=direction_of(self.snapshot.source.language),
            is_quotation=proposal.kind == "quotation",
            speaker=self._picker(suggestion.speaker) if suggestion.speaker else None,
            printed=proposal.name_printed if proposal.name_printed != proposal.name else "",
            relays=[self._picker(relay, unnamed=_("a relay that is not named")) for relay in suggestion.relays],
            event=self._picker(suggestion.event) if suggestion.event else None,
            topics=", ".join(str(topic) for topic in suggestion.topics),
            percent=round(proposal.confidence * 100),
            is_sure=proposal.confidence >= SURE,
            needs_a_speaker=suggestion.needs_a_speaker,
            decided=decided(proposal),
            statement=statements.get(proposal.statement_id),
            carried=self._carried(proposal),
            is_current=self.current is not None and proposal.pk == self.current.pk,
        )

    def _carried(self, proposal):
        """The statements, others than its own, whose passages share words with an open proposal."""
        if proposal.state != ProposalState.OPEN:
            return []
        found = {pk: key for start, end, key, pk in self.passages if _share(proposal, (start, end))}
        return [(key, change_address(Statement(pk=pk))) for pk, key in found.items()]

    def _picker(self, named, unnamed=""):
        thing = named.match.pick
        return NamePicker(
            field=named.field,
            name=named.name or unnamed,
            label=str(thing) if thing else "",
            address=change_address(thing) if thing else "",
            verb=named.verb,
            choices=_choices(named) if named.name and thing is None else [],
            is_open=named.is_open,
        )


def _choices(named):
    """What a name may be, as (value, words, whether that is suggested)."""
    party = named.field != "event"
    choices = [("", _("Choose who is meant"), True)] if named.is_open else []
    choices += [
        (f"{thing._meta.model_name}:{thing.pk}", f"{thing} ({_what(thing)})", False) for thing in named.match.candidates
    ]
    if party:
        choices += [
            (f"{NEW}-person", _("new: make this person"), named.suggested == "person"),
            (f"{NEW}-organization", _("new: make this organization"), named.suggested == "organization"),
        ]
        left = _("do not name the relay") if named.field.startswith("relay") else _("describe, as printed")
    else:
        left = _("not here yet: leave it out")
        choices += [(f"{NEW}-event", _("new: make this event"), False)]
    return [*choices, (NOBODY, left, not party)]


def _what(thing):
    if isinstance(thing, Person):
        return thing.public_role or thing._meta.verbose_name
    return thing.get_kind_display() if isinstance(thing, Organization) else thing._meta.verbose_name


def _share(proposal, span):
    return any(start < span[1] and span[0] < end for start, end in proposal.spans)


def made_here(snapshot, user):
    """The statements that came of acts at this desk and stand, as far as `user` may read them, in reading order."""
    acts = snapshot.decisions.filter(undone_at=None).exclude(statement=None).order_by().values("statement")
    carried = Q(evidence__snapshot=snapshot)
    statements = readable(user, Statement.objects.filter(carried, pk__in=acts)).distinct()
    first = {
        pk: start
        for pk, start in Passage.objects.filter(evidence__snapshot=snapshot, evidence__statement__in=statements)
        .order_by("-start")
        .values_list("evidence__statement", "start")
    }
    shown = statements.select_related("speaker_person", "speaker_organization", "event")
    return sorted(shown, key=lambda one: (first.get(one.pk, 0), one.pk))
