"""Reads the claims about an organization, person or event into a profile in which each value says who says so.

A conflict is two unequal values of one single-valued property whose dates overlap; nothing here decides between them.
"""

from dataclasses import dataclass
from itertools import combinations

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from briefings.models import NOUNS, PROPERTIES, Claim, Evidence
from briefings.models.dates import LAST_DAY, bounds, describe
from briefings.notes.wording import basis_label
from briefings.parties import Party, named, party
from briefings.rows import StatementRow, statement_rows

EVENT_DATES = ("date", "date_earliest", "date_latest", "date_basis")
MOST = 200  # claims in each direction; a page says when there are more
ABOUT, STRUCTURE, MEMBERSHIPS, POSTS, PARTICIPATION = "about", "structure", "memberships", "posts", "participation"
GROUPS = {
    **dict.fromkeys(
        ["composed-of", "part-of", "operates", "elects", "raised", "engages-through", "in-country", "sidelines-of"],
        STRUCTURE,
    ),
    **dict.fromkeys(["member-of", "number-of-members", "represents", "joined"], MEMBERSHIPS),
    **dict.fromkeys(["holds-post", "leads"], POSTS),
    **dict.fromkeys(
        ["host", "opened-by", "speaker", "participant", "counterpart-from", "attended-by", "attendance", "talks-with"],
        PARTICIPATION,
    ),
}
INVERSE_GROUPS = dict.fromkeys(["meeting-of", "concerns"], PARTICIPATION)
# Seen from the other end, these say no more of an event than its name does.
PLAIN = {"meeting-of", "concerns", "part-of"}


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so, in words, linked to the statement that says it."""

    url: str
    words: str
    date: str


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a property, or the thing at the other end of a claim, with everybody who gives it."""

    party: Party
    during: str
    language: str
    direction: str
    attributions: tuple[Attribution, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A property with its values side by side; `differ` where a single-valued one has several at the same time."""

    label: str
    values: tuple[Value, ...]
    differ: bool
    group: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a timeline: when, what, with whom or at what, who says so; `since` and `until` are ISO days to sort by.

    `basis` says where the date comes from, unless those who are named print it.
    """

    since: str
    until: str
    when: str
    basis: str
    what: str
    party: Party | None
    attributions: tuple[Attribution, ...]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """All that claims say of a thing. `is_cut` tells that there are more claims than a page shows."""

    lines: tuple[Line, ...]
    dated: tuple[Entry, ...]
    is_cut: bool
    of_event: bool

    def group(self, name):
        return [line for line in self.lines if line.group == name]

    @property
    def groups(self):
        """The sections that have something to show: (heading, lines)."""
        headings = {
            ABOUT: _("What is said"),
            STRUCTURE: _("Programme") if self.of_event else _("Structure"),
            MEMBERSHIPS: _("Membership"),
            POSTS: _("Posts"),
            PARTICIPATION: _("Who took part") if self.of_event else _("Events"),
        }
        return [(heading, lines) for name, heading in headings.items() if (lines := self.group(name))]


@dataclass(frozen=True, slots=True)
class Reading:
    """One claim seen from one of its ends."""

    property: str
    inverse: bool
    key: tuple
    party: Party
    during: str
    event: tuple[str, ...]  # the other end's date, its first and last possible day and its basis, where it is an event
    statement: StatementRow
    earliest: str
    latest: str

    @property
    def label(self):
        known = PROPERTIES[self.property]
        return str(capfirst((known.inverse or known.label) if self.inverse else known.label))


def profile_of(thing) -> Profile:
    """Return the profile of an organization, person or event, in a fixed number of queries."""
    public = Claim.objects.published().order_by("pk")
    rows = [(row, False) for row in public.with_subject(thing)[: MOST + 1].values(*_columns("object"))]
    back = [(row, True) for row in public.with_object(thing)[: MOST + 1].values(*_columns("subject"))]
    readings = _readings(rows[:MOST] + back[:MOST])
    order = {name: place for place, name in enumerate(PROPERTIES)}
    groups = {}
    for reading in sorted(readings, key=lambda reading: (order[reading.property], reading.inverse)):
        groups.setdefault((reading.property, reading.inverse), []).append(reading)
    return Profile(
        lines=tuple(_line(readings) for readings in groups.values()),
        dated=tuple(dated for readings in groups.values() for dated in _dated(readings)),
        is_cut=len(rows) > MOST or len(back) > MOST,
        of_event=thing._meta.model_name == "event",
    )


def _columns(side):
    """The columns of a claim with the thing at its other end, `side`."""
    other = [column for noun in NOUNS for column in (f"{side}_{noun}", *named(f"{side}_{noun}"))]
    dates = tuple(f"{side}_event__{name}" for name in EVENT_DATES)
    return ("statement", "property", "value", "during", "during_earliest", "during_latest", *other, *dates)


def _readings(rows):
    keys = list(dict.fromkeys(row["statement"] for row, _inverse in rows))
    statements = {row.pk: row for row in statement_rows(keys)}
    dates = _dates_of_sources([row["statement"] for row, _inverse in rows if not row["during"]])
    return [
        _reading(row, inverse, statements[row["statement"]], dates.get(row["statement"], "")) for row, inverse in rows
    ]


def _dates_of_sources(statements):
    """The first possible day on which each statement's first source was published, else that of its capture."""
    columns = ("statement", "snapshot__source__published_earliest", "snapshot__captured_at", "snapshot__imported_at")
    found = Evidence.objects.published().filter(statement__in=statements).order_by("-order").values_list(*columns)
    return {
        statement: published or timezone.localtime(captured or imported).date().isoformat()
        for statement, published, captured, imported in found
    }


def _reading(row, inverse, statement, counted_from):
    side = "subject" if inverse else "object"
    noun = next((noun for noun in NOUNS if row[f"{side}_{noun}"]), None)
    return Reading(
        property=row["property"],
        inverse=inverse,
        key=(noun, row[f"{side}_{noun}"]) if noun else ("", " ".join(row["value"].casefold().split())),
        party=party(row, f"{side}_{noun}", noun) if noun else Party(PROPERTIES[row["property"]].words(row["value"])),
        during=describe(row["during"]),
        event=tuple(row[f"{side}_event__{name}"] or "" for name in EVENT_DATES),
        statement=statement,
        earliest=row["during_earliest"] or counted_from,
        latest=row["during_latest"] or LAST_DAY,
    )


def _line(readings):
    first = readings[0]
    values = {}
    for reading in readings:
        values.setdefault((reading.key, reading.during), []).append(reading)
    single = PROPERTIES[first.property].single and not first.inverse
    return Line(
        label=first.label,
        values=tuple(_value(same) for same in values.values()),
        differ=single and any(_conflict(*pair) for pair in combinations(readings, 2)),
        group=(INVERSE_GROUPS if first.inverse else {}).get(first.property, GROUPS.get(first.property, ABOUT)),
    )


def _conflict(one, other):
    return one.key != other.key and one.earliest <= other.latest and other.earliest <= one.latest


def _value(readings):
    first = readings[0]
    return Value(
        party=first.party,
        during=first.during,
        language=first.statement.language,
        direction=first.statement.direction,
        attributions=_attributions(readings),
    )


def _attributions(readings):
    return tuple(dict.fromkeys(attribution(reading.statement) for reading in readings))


def attribution(row: StatementRow) -> Attribution:
    """Say by whom and by what way a statement reached us: "according to Xi Jinping, by way of China.org, in Dawn"."""
    names = [stop.name for stop in row.route] or [_("a source not public here")]
    words = {
        1: _("according to %(speaker)s"),
        2: _("according to %(speaker)s, in %(publisher)s"),
    }.get(len(names), _("according to %(speaker)s, by way of %(relays)s, in %(publisher)s"))
    words %= {"speaker": names[0], "publisher": names[-1], "relays": _(" and ").join(names[1:-1])}
    return Attribution(row.url, words, _date(row))


def _date(row):
    if row.said:
        date, note = _("said %(date)s") % {"date": row.said}, row.said_note
    elif row.published:
        date, note = _("published %(date)s") % {"date": row.published}, row.published_note
    else:
        return _("undated")
    return f"{date} ({note})" if note else date


def _dated(readings):
    """What of these readings belongs on a timeline: dates as values, dated claims, and events at the other end."""
    values = {}
    for reading in readings:
        values.setdefault((reading.key, reading.during), []).append(reading)
    for same in values.values():
        first = same[0]
        date, since, until, basis = first.event
        if date and first.party.url:
            label = "" if first.inverse and first.property in PLAIN else first.label
            yield Entry(since, until, describe(date), basis_label(basis), label, first.party, _attributions(same))
        elif PROPERTIES[first.property].datatype == "date":
            if first.property != "date":  # a date of its own: an event's page opens with it
                yield Entry(*bounds(first.key[1]), first.party.name, "", first.label, None, _attributions(same))
        elif first.during:
            yield Entry(first.earliest, first.latest, first.during, "", first.label, first.party, _attributions(same))
