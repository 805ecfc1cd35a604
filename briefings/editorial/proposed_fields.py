"""What the desk suggests for each proposal: who its names are in the database, its topics, and what accepting makes.

Names are looked up anew each time, all of an article at once, so that what one act makes the next one finds.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from briefings.models import Proposal, Snapshot, Topic, User
from briefings.permissions import readable

from .names import Match, Matcher, plain
from .statements import NOUNS, Fields, NewName, NotDone

SURE = 0.75  # the least confidence of what may be accepted together after a look
NEW, NOBODY = "new", "nobody"
_MOST_TOPICS = 6
_WORD = re.compile(r"\w+")
_LONGEST_NUMBER = 18  # digits that every database takes for the number of a record
_ORGANIZATION_WORDS = """
    agency agencies army assembly association authority bank board bureau cabinet center centre coalition commission
    committee company congress corporation council court department division federation force forces foundation fund
    government group house institute international ministry movement network news office organisation organization
    parliament party police post press senate service society state television times tribune tribunal union university
"""
_OF_ORGANIZATIONS = frozenset(_ORGANIZATION_WORDS.split())
_PRONOUNS = frozenset(["he", "she", "they", "it", "we", "i", "you", "who", "one"])


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a proposal and what it is here; `suggested` is the noun of a new one where nothing bears the name."""

    field: str  # speaker, event, relay-0, …
    name: str
    match: Match
    suggested: str = ""
    verb: str = ""
    role: str = ""

    @property
    def is_open(self) -> bool:
        """Whether an editor has to choose: several bear the name."""
        return bool(self.match.candidates)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposal as the desk shows it, with the words of each passage."""

    proposal: Proposal
    words: tuple[str, ...]
    speaker: Named | None
    relays: tuple[Named, ...]
    event: Named | None
    topics: tuple[Topic, ...]

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def needs_a_speaker(self) -> bool:
        """Whether the article says that somebody spoke, but not who in words that describe anybody."""
        proposal = self.proposal
        is_described = bool(proposal.name_printed) and proposal.name_printed.casefold() not in _PRONOUNS
        return proposal.form != "own voice" and self.speaker is None and not is_described

    @property
    def is_sure(self) -> bool:
        """Whether it may be accepted together with others after a look: nothing about it is left to choose."""
        names = [*self.relays, *filter(None, [self.speaker])]
        return (
            self.proposal.confidence >= SURE and not self.needs_a_speaker and not any(named.is_open for named in names)
        )

    def fields(self, chosen: Mapping[str, str], by: User) -> Fields:
        """Return what accepting this proposal makes; `chosen` says for a name what was picked for it on the card.

        A choice is `person:5`, `new-person`, `nobody` or empty (as suggested). Raises NotDone where a choice is
        missing, or is not there to be read any more.
        """
        if self.needs_a_speaker and not chosen.get("speaker"):
            raise NotDone(_("Nobody is named as the speaker here. Edit the proposal and say who said it."))
        proposal = self.proposal
        speaker = self._chosen(self.speaker, chosen, by) if self.speaker else None
        return Fields(
            kind=proposal.kind,
            text=self.text,
            speaker=speaker,
            speaker_description="" if speaker or proposal.form == "own voice" else proposal.name_printed,
            name_printed=proposal.name_printed,
            verb=proposal.verb,
            relays=tuple((self._chosen(relay, chosen, by), relay.verb) for relay in self.relays),
            event=self._chosen(self.event, chosen, by) if self.event else None,
            topics=self.topics,
        )

    @staticmethod
    def _chosen(named: Named, chosen: Mapping[str, str], by: User) -> Any:
        choice = chosen.get(named.field, "")
        if choice == NOBODY:
            return None
        if not choice:
            if named.is_open:
                raise NotDone(_("Several bear the name “%(name)s”. Choose which one is meant.") % {"name": named.name})
            if named.match.pick or not named.suggested:
                return named.match.pick
            choice = f"{NEW}-{named.suggested}"
        return chosen_thing(choice, named, by)


def chosen_thing(choice: str, named: Named, by: User) -> Any:
    """Return what `person:5` or `new-person` means for a name; NotDone where it is nothing that `by` may read."""
    noun, _colon, number = choice.partition(":")
    if noun.removeprefix(f"{NEW}-") in NOUNS and noun.startswith(f"{NEW}-") and named.name:
        return NewName(noun.removeprefix(f"{NEW}-"), named.name, named.role)
    if noun in NOUNS and number.isdecimal() and len(number) <= _LONGEST_NUMBER:
        thing = readable(by, NOUNS[noun].objects.filter(pk=int(number))).first()
        if thing is not None:
            return thing
    raise NotDone(_("What was chosen for “%(name)s” is not here any more. Choose again.") % {"name": named.name})


def suggest_for(proposals: Sequence[Proposal], snapshot: Snapshot, *, by: User) -> list[Suggestion]:
    """Return a Suggestion for each of these proposals of one stored copy, in the same order, in six queries."""
    names = {one.name for one in proposals} | {relay["name"] for one in proposals for relay in one.relays}
    matcher = Matcher(by, names, events={one.event for one in proposals})
    topics = _by_first_word(readable(by, Topic.objects.all())) if proposals else {}
    roles = _roles(snapshot)
    return [_suggestion(one, snapshot.text, matcher, topics, roles) for one in proposals]


def noun_of(name: str, *, relay: bool = False) -> str:
    """Guess whether a name that is new here is a person's or an organization's; an editor sees the guess."""
    words = name.split()
    if relay or any(word.casefold().strip(".,") in _OF_ORGANIZATIONS for word in words):
        return "organization"
    is_acronym = len(words) == 1 and (len(name) > 1 and name.isupper())
    return "organization" if is_acronym or "." in name.rstrip(".")[2:] or words[:1] == ["The"] else "person"


def _suggestion(
    proposal: Proposal,
    text: str,
    matcher: Matcher,
    topics: Mapping[str, list[tuple[list[str], Topic]]],
    roles: Mapping[str, str],
) -> Suggestion:
    words = tuple(text[start:end] for start, end in proposal.spans)
    return Suggestion(
        proposal,
        words,
        speaker=_party("speaker", proposal.name, matcher, role=roles.get(proposal.name, "")),
        relays=tuple(
            _party(f"relay-{number}", relay["name"], matcher, relay=True, verb=relay["verb"])
            or Named(f"relay-{number}", "", Match(""), verb=relay["verb"])
            for number, relay in enumerate(proposal.relays)
        ),
        event=Named("event", proposal.event, matcher.find_event(proposal.event)) if proposal.event else None,
        topics=_named_in(" ".join(words), topics),
    )


def _party(
    field: str, name: str, matcher: Matcher, *, relay: bool = False, verb: str = "", role: str = ""
) -> Named | None:
    if not name:
        return None
    match = matcher.find(name)
    is_new = match.pick is None and not match.candidates
    return Named(field, name, match, noun_of(name, relay=relay) if is_new else "", verb, role)


def _by_first_word(topics: Iterable[Topic]) -> dict[str, list[tuple[list[str], Topic]]]:
    """The words of the names of topics, by the first of them, so that a text is read once for them all."""
    found: dict[str, list[tuple[list[str], Topic]]] = {}
    for topic in topics:
        if words := _WORD.findall(plain(topic.name)):
            found.setdefault(words[0], []).append((words, topic))
    return found


def _named_in(text: str, topics: Mapping[str, list[tuple[list[str], Topic]]]) -> tuple[Topic, ...]:
    """The topics whose name stands in a text, in the order of the text."""
    words = [plain(word) for word in _WORD.findall(text)]
    found = {
        topic.pk: topic
        for at, word in enumerate(words)
        for name, topic in topics.get(word, ())
        if words[at : at + len(name)] == name
    }
    return tuple(found.values())[:_MOST_TOPICS]


def _roles(snapshot: Snapshot) -> dict[str, str]:
    """The title that an article prints before a name ("Interior Minister Ahsan Iqbal"), for each name that has one."""
    found: dict[str, str] = {}
    for name, printed in snapshot.proposals.exclude(name="").in_reading_order().values_list("name", "name_printed"):
        if printed.endswith(f" {name}"):
            role = printed.removesuffix(name).strip(" ,")
            found.setdefault(name, role.removeprefix("The ").removeprefix("the "))
    return found
